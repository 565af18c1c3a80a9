// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/spanfiles.h"
#include "exchange/spanformat.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Beyond this a frame number is damage; also keeps the sums below from overflowing.
constexpr int64_t kFarFrame = 1'000'000'000'000;
constexpr const char* kHeader = "video_id,class_id,start_frame,end_frame,score";

std::optional<IntakeSpan> spanOfRow(
    const CsvRow& row, const ImportPlace& place, int frameBase, const ReadContext& context)
{
    const auto bad = [&](const std::string& what) {
        context.problem(place, what);
        return std::nullopt;
    };
    if (row.fields.size() < 4 || row.fields.size() > 5)
        return bad(
            std::string("has ") + std::to_string(row.fields.size()) + " columns, wanted are " + kHeader);
    if (row.fields.front().empty())
        return bad("names no video");
    IntakeSpan span;
    span.place = place;
    if (const auto id = wholeNumber(row.fields[1]); id && *id >= -1 && *id < 100'000)
        span.classId = static_cast<int>(*id);
    else if (id)
        return bad("there is no class " + row.fields[1]);
    else
        span.label = row.fields[1];
    const auto first = wholeNumber(row.fields[2]);
    const auto last = wholeNumber(row.fields[3]);
    if (!first || !last || std::min(*first, *last) < -kFarFrame || std::max(*first, *last) > kFarFrame)
        return bad("start and end have to be whole frame numbers");
    span.frames = {*first - frameBase, *last - frameBase};
    if (row.fields.size() == 5 && !row.fields[4].empty()) {
        span.score = decimalNumber(row.fields[4]);
        if (!span.score)
            return bad("the score '" + row.fields[4] + "' is not a number");
        span.state = SpanState::Proposed;
    }
    return span;
}

class CsvFormat final : public SpanFormat {
public:
    std::string name() const override { return "csv"; }
    std::string title() const override { return "Span list (CSV)"; }
    std::string fileFilter() const override { return "*.csv"; }

    Conventions conventions(const ImportOptions& options) const override
    {
        return {"frames", "frames count from " + std::to_string(baseOf(options)), "the end is exclusive", {}};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const auto rows = parseCsv(file.content, *file.name);
        if (!rows)
            return rows.error();
        if (rows->empty())
            return file.broken(std::string("is empty, the header ") + kHeader + " is wanted at least");
        std::vector<IntakeVideo> videos;
        std::map<std::string, size_t> places;
        for (size_t i = 0; i < rows->size(); ++i) {
            const CsvRow& row = (*rows)[i];
            if (i == 0 && row.fields.front() == "video_id")
                continue;
            auto span = spanOfRow(row, file.at(row.line), baseOf(context.options), context);
            if (!span)
                continue;
            const auto [place, fresh] = places.emplace(row.fields.front(), videos.size());
            if (fresh) {
                videos.emplace_back();
                videos.back().name = row.fields.front();
            }
            videos[place->second].spans.push_back(std::move(*span));
        }
        return videos;
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>&) const override
    {
        std::string text = std::string(kHeader) + "\n";
        for (const OutgoingVideo& video : project.videos)
            for (const OutgoingSpan& span : video.spans) {
                std::array<char, 32> score{};
                if (span.score)
                    std::snprintf(score.data(), score.size(), "%.9g", *span.score);
                text += csvField(video.name) + "," + std::to_string(span.classId) + ","
                    + std::to_string(span.frames.first) + "," + std::to_string(span.frames.last) + ","
                    + score.data() + "\n";
            }
        return OutgoingFile{"spans.csv", std::move(text)};
    }

private:
    static int baseOf(const ImportOptions& options) { return std::max(options.frameBase, 0); }
};

} // namespace

Result<std::vector<IntakeVideo>> readSpanList(const fs::path& file, int frameBase)
{
    ImportOptions options;
    options.frameBase = frameBase;
    return readSpanFile(CsvFormat(), file, options);
}

std::unique_ptr<ExchangeFormat> makeCsvFormat() { return std::make_unique<CsvFormat>(); }

} // namespace telltale
