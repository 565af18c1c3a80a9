// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/predictionblock.h"
#include "base/bytestream.h"
#include <algorithm>
#include <array>
#include <cstring>

namespace telltale {
namespace {

constexpr uint64_t kLine = 64; ///< bytes
constexpr uint64_t kMost = uint64_t{1}
    << 40; ///< bytes of a row: sums of hostile lengths stay far from overflow
constexpr std::array<char, 8> kMagic = {'T', 'T', 'P', 'R', 'E', 'D', 'S', '\n'};
constexpr uint32_t kVersion = 1;
constexpr uint32_t kPseudoLabel = 1; ///< flag
constexpr uint32_t kAbsent = UINT32_MAX; ///< the prediction lacks this modality

/// The block's first line; behind it the table of the modalities.
struct Head {
    std::array<char, 8> magic = kMagic;
    uint32_t version = kVersion;
    uint32_t modalities = 0;
    uint64_t count = 0;
    uint64_t fused = 0; ///< numbers at most
    uint64_t tableBytes = 0;
    uint64_t textBytes = 0;
    uint64_t reserved = 0;
    uint64_t checksum = 0; ///< of what stands above and of the table

    uint64_t expectedChecksum(std::string_view table) const
    {
        constexpr size_t kAbove = sizeof(Head) - sizeof checksum;
        return checksum64({reinterpret_cast<const char*>(this), kAbove}, checksum64(table));
    }
};
static_assert(sizeof(Head) == kLine);

/// How many numbers a prediction has of a modality.
struct Lengths {
    uint32_t probabilities = kAbsent;
    uint32_t embedding = 0;
};

/// A modality's numbers: room for the longest of the block.
struct Column {
    std::string name;
    uint64_t probabilities = 0; ///< numbers at most
    uint64_t embedding = 0; ///< numbers at most
    uint64_t offset = 0; ///< bytes from the row's start; the embedding follows the room for the probabilities

    uint64_t embeddingOffset() const { return offset + probabilities * sizeof(float); }
};

uint64_t aligned(uint64_t bytes) { return (bytes + kLine - 1) / kLine * kLine; }

void putFloats(std::string& row, uint64_t offset, const std::vector<float>& numbers)
{
    if (!numbers.empty())
        std::memcpy(row.data() + offset, numbers.data(), numbers.size() * sizeof(float));
}

/// False if they do not lie in the row.
bool takeFloats(std::string_view row, uint64_t offset, uint64_t count, std::vector<float>& numbers)
{
    if (offset > row.size() || count > (row.size() - offset) / sizeof(float))
        return false;
    numbers.resize(count);
    if (count > 0)
        std::memcpy(numbers.data(), row.data() + offset, count * sizeof(float));
    return true;
}

/// The checksum stands first in a row and covers the rest of it and its text.
uint64_t rowChecksum(std::string_view row, std::string_view text)
{
    return checksum64(row.substr(sizeof(uint64_t)), checksum64(text));
}

} // namespace

/// The beginning of each row; behind it a Lengths per modality, then the numbers.
struct PredictionBlock::Row {
    uint64_t checksum = 0;
    int64_t first = 0;
    int64_t last = 0;
    double detectorScore = 0;
    uint64_t textOffset = 0;
    uint32_t textBytes = 0;
    uint32_t fused = 0; ///< numbers
    int32_t person = 0;
    uint32_t flags = 0;

    bool textWithin(std::string_view texts) const
    {
        return textOffset <= texts.size() && textBytes <= texts.size() - textOffset;
    }
};

/// Where everything of a row stands; follows from the longest of everything.
struct PredictionBlock::Layout {
    uint64_t fused = 0; ///< numbers at most
    uint64_t fusedOffset = 0;
    std::vector<Column> columns;
    uint64_t rowBytes = 0;

    /// From the lengths to the places. False if a row would be too long for any block.
    bool arrange()
    {
        fusedOffset = sizeof(Row) + columns.size() * sizeof(Lengths);
        uint64_t end = fusedOffset + fused * sizeof(float);
        for (Column& column : columns) {
            column.offset = end;
            end = column.embeddingOffset() + column.embedding * sizeof(float);
            if (end > kMost)
                return false;
        }
        rowBytes = aligned(end);
        return true;
    }

    void fit(const Prediction& prediction)
    {
        fused = std::max<uint64_t>(fused, prediction.fused.size());
        for (const auto& [name, scores] : prediction.modalities) {
            auto column = std::ranges::find(columns, name, &Column::name);
            if (column == columns.end())
                column = columns.insert(columns.end(), {name, 0, 0, 0});
            column->probabilities = std::max<uint64_t>(column->probabilities, scores.probabilities.size());
            column->embedding = std::max<uint64_t>(column->embedding, scores.embedding.size());
        }
    }

    std::string table() const
    {
        ByteWriter out;
        for (const Column& column : columns) {
            out.text(column.name);
            out.value(column.probabilities);
            out.value(column.embedding);
        }
        return out.bytes();
    }

    /// False if the bytes are no table of so many modalities or the lengths make no sense.
    bool parse(std::string_view table, uint32_t modalities)
    {
        ByteReader in(table);
        while (columns.size() < modalities && in.ok()) {
            Column& column = columns.emplace_back();
            column.name = in.text();
            column.probabilities = in.value<uint64_t>();
            column.embedding = in.value<uint64_t>();
            if (column.probabilities >= kAbsent || column.embedding >= kAbsent)
                return false;
        }
        return in.ok() && in.atEnd() && fused < kAbsent && arrange();
    }

    Lengths lengths(std::string_view row, size_t column) const
    {
        Lengths read;
        std::memcpy(&read, row.data() + sizeof(Row) + column * sizeof(Lengths), sizeof read);
        return read;
    }

    void put(std::string& row, const Prediction& prediction) const
    {
        putFloats(row, fusedOffset, prediction.fused);
        for (size_t i = 0; i < columns.size(); ++i) {
            const Column& column = columns[i];
            Lengths lengths;
            if (const auto scores = prediction.modalities.find(column.name);
                scores != prediction.modalities.end()) {
                lengths.probabilities = static_cast<uint32_t>(scores->second.probabilities.size());
                lengths.embedding = static_cast<uint32_t>(scores->second.embedding.size());
                putFloats(row, column.offset, scores->second.probabilities);
                putFloats(row, column.embeddingOffset(), scores->second.embedding);
            }
            std::memcpy(row.data() + sizeof(Row) + i * sizeof(Lengths), &lengths, sizeof lengths);
        }
    }

    /// False if a length is more than the block has room for.
    bool take(std::string_view row, const Row& head, Prediction& out) const
    {
        if (head.fused > fused || !takeFloats(row, fusedOffset, head.fused, out.fused))
            return false;
        for (size_t i = 0; i < columns.size(); ++i) {
            const Column& column = columns[i];
            const Lengths there = lengths(row, i);
            if (there.probabilities == kAbsent)
                continue;
            ModalityScores& scores = out.modalities[column.name];
            if (there.probabilities > column.probabilities || there.embedding > column.embedding
                || !takeFloats(row, column.offset, there.probabilities, scores.probabilities)
                || !takeFloats(row, column.embeddingOffset(), there.embedding, scores.embedding))
                return false;
        }
        return true;
    }
};

std::string formatPredictions(const std::vector<Prediction>& predictions)
{
    PredictionBlock::Layout layout;
    for (const Prediction& prediction : predictions)
        layout.fit(prediction);
    layout.arrange();
    const std::string table = layout.table();
    std::string texts;
    std::map<std::string_view, uint64_t> offsets; // equal births are stored once
    for (const Prediction& prediction : predictions)
        if (offsets.emplace(prediction.birth, texts.size()).second)
            texts += prediction.birth;

    Head head;
    head.modalities = static_cast<uint32_t>(layout.columns.size());
    head.count = predictions.size();
    head.fused = layout.fused;
    head.tableBytes = table.size();
    head.textBytes = texts.size();
    head.checksum = head.expectedChecksum(table);
    std::string block;
    block.reserve(aligned(sizeof head + table.size()) + predictions.size() * layout.rowBytes + texts.size());
    block.append(reinterpret_cast<const char*>(&head), sizeof head);
    block += table;
    block.resize(aligned(block.size()));
    std::string row;
    for (const Prediction& prediction : predictions) {
        row.assign(layout.rowBytes, '\0');
        PredictionBlock::Row start;
        start.first = prediction.span.first;
        start.last = prediction.span.last;
        start.detectorScore = prediction.detectorScore;
        start.textOffset = offsets.at(prediction.birth);
        start.textBytes = static_cast<uint32_t>(prediction.birth.size());
        start.fused = static_cast<uint32_t>(prediction.fused.size());
        start.person = prediction.person;
        start.flags = prediction.pseudoLabel ? kPseudoLabel : 0;
        std::memcpy(row.data(), &start, sizeof start);
        layout.put(row, prediction);
        start.checksum = rowChecksum(row, prediction.birth);
        std::memcpy(row.data(), &start.checksum, sizeof start.checksum);
        block += row;
    }
    return block += texts;
}

Result<PredictionBlock> PredictionBlock::read(MappedBytes bytes)
{
    static const Error damaged{ErrorCode::BadFormat,
        "a run's block of predictions is damaged, restore the project's folder scores or analyse the video "
        "again"};
    const std::string_view all = bytes.view();
    Head head;
    if (all.size() < sizeof head)
        return damaged;
    std::memcpy(&head, all.data(), sizeof head);
    if (head.magic != kMagic)
        return damaged;
    if (head.version > kVersion)
        return Error{ErrorCode::NewerSchema,
            "a run's predictions were written by a newer Telltale, install that version to see them"};
    if (head.tableBytes > all.size() - sizeof head)
        return damaged;
    const std::string_view table = all.substr(sizeof head, head.tableBytes);
    auto layout = std::make_shared<Layout>();
    layout->fused = head.fused;
    if (head.checksum != head.expectedChecksum(table) || !layout->parse(table, head.modalities))
        return damaged;
    const uint64_t start = aligned(sizeof head + head.tableBytes);
    if (start > all.size() || head.textBytes > all.size() - start)
        return damaged;
    const uint64_t room = all.size() - start - head.textBytes;
    if (head.count != room / layout->rowBytes || room % layout->rowBytes != 0)
        return damaged;
    PredictionBlock block;
    block.m_count = static_cast<int64_t>(head.count);
    block.m_rows = all.substr(start, room);
    block.m_texts = all.substr(start + room);
    block.m_layout = std::move(layout);
    block.m_bytes = std::move(bytes);
    return block;
}

bool PredictionBlock::readHead(int64_t i, Row& head) const
{
    if (i < 0 || i >= m_count)
        return false;
    std::memcpy(&head, m_rows.data() + static_cast<uint64_t>(i) * m_layout->rowBytes, sizeof head);
    return true;
}

Result<Prediction> PredictionBlock::at(int64_t i) const
{
    Row head;
    if (!readHead(i, head))
        return Error{ErrorCode::InvalidArgument,
            "prediction " + std::to_string(i) + " of a run that has " + std::to_string(m_count)
                + " was asked for"};
    const Error damaged{ErrorCode::BadFormat,
        "prediction " + std::to_string(i)
            + " of a run is damaged, restore the project's folder scores or analyse the video again"};
    const std::string_view row
        = m_rows.substr(static_cast<uint64_t>(i) * m_layout->rowBytes, m_layout->rowBytes);
    if (!head.textWithin(m_texts))
        return damaged;
    const std::string_view text = m_texts.substr(head.textOffset, head.textBytes);
    Prediction out;
    if (head.checksum != rowChecksum(row, text) || !m_layout->take(row, head, out))
        return damaged;
    out.person = head.person;
    out.span = {head.first, head.last};
    out.detectorScore = head.detectorScore;
    out.pseudoLabel = (head.flags & kPseudoLabel) != 0;
    out.birth = text;
    return out;
}

FrameSpan PredictionBlock::span(int64_t i) const
{
    Row head;
    return readHead(i, head) ? FrameSpan{head.first, head.last} : FrameSpan{};
}

double PredictionBlock::detectorScore(int64_t i) const
{
    Row head;
    return readHead(i, head) ? head.detectorScore : 0;
}

float PredictionBlock::bestScore(int64_t i) const
{
    Row head;
    if (!readHead(i, head))
        return 0;
    const char* const numbers
        = m_rows.data() + static_cast<uint64_t>(i) * m_layout->rowBytes + m_layout->fusedOffset;
    float best = 0;
    for (uint64_t k = 0; k < std::min<uint64_t>(head.fused, m_layout->fused); ++k) {
        float number = 0;
        std::memcpy(&number, numbers + k * sizeof number, sizeof number);
        best = std::max(best, number);
    }
    return best;
}

Result<MappedBytes> bytesOf(const ScoreFiles& files, const ScoreBlock& block)
{
    auto bytes = files.map({block.file, block.offset, block.bytes, block.digest});
    if (bytes)
        return bytes;
    const auto place = files.find(block.digest);
    return place ? files.map(*place) : bytes;
}

std::shared_ptr<const Prediction> predictionOf(
    const PredictionBlock& block, const PredictionRun& run, int64_t id)
{
    auto read = block.at(id - run.firstPrediction);
    if (!read)
        return nullptr;
    auto prediction = std::make_shared<Prediction>(std::move(*read));
    prediction->id = id;
    prediction->runId = run.id;
    prediction->videoId = run.videoId;
    return prediction;
}

} // namespace telltale
