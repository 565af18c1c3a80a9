// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/indexbuilder.h"
#include "media/payloadcheck.h"
#include "media/savedindex.h"
#include <algorithm>
#include <system_error>

namespace telltale {
namespace {

using Clock = std::chrono::steady_clock;

/// Packets between two looks at the clock.
constexpr int64_t kAtATime = 256;
/// A beginning is published again once this many times as many pictures are known.
constexpr int64_t kGrowthWorthPublishing = 2;

/// What libav's tables and the way to an index of more packets take is worth giving back to the system.
constexpr int64_t kManyPackets = 100'000;

} // namespace

Result<std::unique_ptr<IndexBuilder>> IndexBuilder::open(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress)
{
    av::silenceLog();
    std::unique_ptr<IndexBuilder> builder(new IndexBuilder);
    builder->m_file = file;
    builder->m_options = options;
    builder->m_progress = progress;
    if (!options.cacheFolder.empty() && options.verify && !options.decodeAll) {
        builder->m_published = loadIndex(options.cacheFolder, file, options.stream);
        if (builder->m_published) {
            builder->m_stage = Stage::Done;
            return builder;
        }
        if (auto key = indexKey(file))
            builder->m_key = *std::move(key);
    }
    auto demuxer = Demuxer::open(file, progress, options.stream);
    if (!demuxer)
        return demuxer.error();
    builder->m_demuxer = *std::move(demuxer);
    if (builder->m_demuxer->facts()->direct)
        if (Status status = builder->read(Deadline::max()); !status)
            return status.error();
    return builder;
}

Status IndexBuilder::advance(std::chrono::milliseconds budget)
{
    const Deadline deadline = Clock::now() + budget;
    switch (m_stage) {
    case Stage::Reading:
        return read(deadline);
    case Stage::Verifying:
        return verify(deadline);
    case Stage::Counting:
        return count(deadline);
    case Stage::Done:
        break;
    }
    return {};
}

Status IndexBuilder::finish()
{
    constexpr std::chrono::milliseconds kStep{100};
    while (m_stage != Stage::Done)
        if (Status status = advance(kStep); !status)
            return status;
    return {};
}

Status IndexBuilder::read(Deadline deadline)
{
    const auto state = m_demuxer->scan(m_index, deadline);
    if (!state)
        return state.error();
    if (*state == Demuxer::Scan::More) {
        publishBeginning();
        return {};
    }
    m_broken = *state == Demuxer::Scan::Broken;
    if (m_index.packetCount() == 0)
        return Error{ErrorCode::BadFormat,
            m_file.string()
                + ": the video is cut short, no picture is left in it; copy it again from its source"};
    return order();
}

void IndexBuilder::publishBeginning()
{
    if (m_index.packetCount() < m_publishAgain)
        return;
    m_publishAgain = kGrowthWorthPublishing * m_index.packetCount();
    if (m_index.orderByTimeStamps(*m_demuxer->stream()->codecpar, false))
        m_published = std::make_shared<const IndexedVideo>(describe(false));
}

Status IndexBuilder::order()
{
    if (m_index.orderByTimeStamps(*m_demuxer->stream()->codecpar))
        return publish(afterOrder());
    m_stage = Stage::Counting;
    return {};
}

IndexBuilder::Stage IndexBuilder::afterOrder() const
{
    const bool checkable = m_options.verify && m_demuxer->facts()->direct
        && PayloadCheck(*m_demuxer->stream()->codecpar).possible();
    if (checkable && m_verified < m_index.packetCount())
        return Stage::Verifying;
    return m_options.decodeAll ? Stage::Counting : Stage::Done;
}

Status IndexBuilder::verify(Deadline deadline)
{
    const PayloadCheck check(*m_demuxer->stream()->codecpar);
    const PacketIndex& index = m_published->packets;
    while (m_verified < index.packetCount()) {
        const int64_t end = std::min(index.packetCount(), m_verified + kAtATime);
        for (; m_verified < end; ++m_verified)
            if (!check.isWhole(index.packet(m_verified), m_demuxer->io()))
                working().markDamaged(m_verified);
        if (m_demuxer->cancelled())
            return Error{ErrorCode::Cancelled, m_file.string() + ": opening was cancelled"};
        if (Clock::now() >= deadline)
            break;
    }
    if (m_verified < index.packetCount())
        return {};
    m_stage = m_index.damagedPackets() > 0 || m_options.decodeAll ? Stage::Counting : Stage::Done;
    settle();
    return {};
}

Status IndexBuilder::count(Deadline deadline)
{
    PacketIndex& index = working();
    if (!m_counter) {
        m_counter = std::make_unique<Counter>();
        auto demuxer = reader();
        if (!demuxer)
            return demuxer.error();
        m_counter->demuxer = *std::move(demuxer);
        auto decoder = Decoder::open(*m_counter->demuxer);
        if (!decoder)
            return decoder.error();
        m_counter->decoder = *std::move(decoder);
        if (Status status = m_counter->decoder->start(index, 0); !status)
            return status;
    }
    const int64_t packets = index.packetCount();
    do {
        const DecodedPicture decoded = m_counter->decoder->next(index);
        if (m_progress && m_progress->cancelled())
            return Error{ErrorCode::Cancelled, m_file.string() + ": opening was cancelled"};
        if (!decoded.frame)
            return endCount();
        m_counter->pictures.push_back({std::clamp<int64_t>(decoded.packet, 0, packets - 1),
            decoded.frame->best_effort_timestamp, planesHash(*decoded.frame)});
        m_counter->framePts.push_back(decoded.frame->pts);
        if (decoded.frame->decode_error_flags != 0 || (decoded.frame->flags & AV_FRAME_FLAG_CORRUPT) != 0)
            m_counter->flawed.push_back(m_counter->pictures.back().packet);
        if (m_progress)
            m_progress->report(m_counter->demuxer->position(), packets,
                "counting the pictures of a damaged or unusual video");
    } while (Clock::now() < deadline);
    return {};
}

Status IndexBuilder::endCount()
{
    PacketIndex& index = working();
    const std::unique_ptr<Counter> counter = std::move(m_counter);
    bool asTold
        = index.damagedPackets() == 0 && index.frameCount() == static_cast<int64_t>(counter->pictures.size());
    for (int64_t i = 0; asTold && i < index.frameCount(); ++i)
        asTold = index.picture(i).packet == counter->pictures[static_cast<size_t>(i)].packet;
    if (!asTold)
        index.orderByDecoding(counter->pictures, counter->framePts);
    for (const int64_t packet : counter->flawed)
        index.markDamaged(packet);
    return index.frameCount() > 0 ? publish(Stage::Done) : noPictures();
}

Status IndexBuilder::noPictures() const
{
    return Error{ErrorCode::BadFormat,
        m_file.string() + ": none of its " + std::to_string(m_index.packetCount())
            + " coded pictures can be decoded; copy it again from its source"};
}

IndexedVideo IndexBuilder::describe(bool whole) const
{
    const std::shared_ptr<const StreamFacts>& facts = m_demuxer ? m_demuxer->facts() : m_published->facts;
    const int64_t bytes = m_demuxer ? m_demuxer->io().size() : m_published->fileBytes;
    VideoDescription description = describeVideo(
        *facts, m_index, {whole, m_broken, bytes, m_demuxer ? m_demuxer->layout().promisedBytes : 0});
    return {m_index, std::move(description.info), std::move(description.times), facts, bytes};
}

Status IndexBuilder::publish(Stage next)
{
    auto video = std::make_shared<const IndexedVideo>(describe(true));
    // Kept once: whatever changes it later takes a copy.
    m_index = {};
    m_published = std::move(video);
    m_stage = next;
    settle();
    return {};
}

void IndexBuilder::settle() const
{
    if (m_stage != Stage::Done)
        return;
    if (!m_key.empty())
        saveIndex(m_options.cacheFolder, m_key, m_options.stream, *m_published);
    if (m_published->packets.packetCount() > kManyPackets)
        av::returnFreeMemory();
}

PacketIndex& IndexBuilder::working()
{
    if (m_index.packetCount() == 0 && m_published)
        m_index = m_published->packets;
    return m_index;
}

void IndexBuilder::suspect(int64_t packet)
{
    if (m_stage != Stage::Done || m_published->packets.madeByDecoding())
        return;
    working().markDamaged(packet);
    m_stage = Stage::Counting;
}

Result<bool> IndexBuilder::pollGrowth()
{
    if (m_stage != Stage::Done)
        return false;
    std::error_code error;
    const auto bytes = static_cast<int64_t>(std::filesystem::file_size(m_file, error));
    const int64_t before = m_published->fileBytes;
    const auto& facts = *m_published->facts;
    const bool followed = facts.kind != ContainerLayout::Kind::Avi
        && (facts.kind != ContainerLayout::Kind::Other || facts.container == "mpegts");
    // Counting begins at the start of the file every time, so it has to be worth it.
    const int64_t enough = m_published->packets.madeByDecoding() ? before + before / 2 : before;
    if (error || !followed || bytes <= enough)
        return false;
    if (!m_demuxer) {
        auto demuxer = Demuxer::open(m_file, m_progress, m_options.stream);
        if (!demuxer)
            return demuxer.error();
        m_demuxer = *std::move(demuxer);
    }
    m_key.clear();
    PacketIndex& index = working();
    if (Status status = m_demuxer->resume(index); !status) {
        // Cut in the middle of what describes pictures: opened anew when it has grown further.
        m_demuxer.reset();
        m_index = {};
        return status.error();
    }
    m_verified = std::min(m_verified, index.packetCount());
    m_publishAgain = kGrowthWorthPublishing * m_published->packets.packetCount();
    m_stage = Stage::Reading;
    return true;
}

Result<std::unique_ptr<Demuxer>> IndexBuilder::reader() const
{
    return Demuxer::open(m_demuxer ? m_demuxer->facts() : m_published->facts);
}

} // namespace telltale
