// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/parallelrange.h"
#include "media/keypictures.h"
#include <algorithm>

namespace telltale {
namespace {

/// Shorter stretches cost more in jumps than they gain.
constexpr int64_t kShortestStretch = 32;
class StopSink final : public ProgressSink {
public:
    explicit StopSink(const std::stop_token& stop) : m_stop(stop) { }
    bool cancelled() const override { return m_stop.stop_requested(); }

private:
    const std::stop_token m_stop;
};

int64_t bytesOf(const Result<RangeProduct>& product)
{
    constexpr int64_t kOverhead = 256;
    if (!product)
        return kOverhead;
    if (const auto* frame = std::get_if<VideoFrame>(&*product))
        return kOverhead + static_cast<int64_t>(frame->picture.bgra.size());
    if (const auto* packet = std::get_if<av::PacketPtr>(&*product))
        return kOverhead + (*packet ? (*packet)->size : 0);
    return kOverhead;
}

int workersFor(const ParallelRangeOptions& options, size_t stretches)
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int wanted = options.workers > 0 ? options.workers : cores;
    return static_cast<int>(std::min<size_t>(static_cast<size_t>(wanted), std::max<size_t>(1, stretches)));
}

/// Whether decoding can begin where the stretches begin, as far as three of them tell. With gradual refresh
/// it cannot: each worker would have to decode what lies before its stretch.
bool standAlone(const std::vector<FrameSpan>& stretches, const NativeSource& source)
{
    if (stretches.size() < 2)
        return true;
    auto keys = KeyPictures::open(source.info().file, source.info().streamIndex);
    const PacketIndex& index = source.packetIndex();
    for (const size_t number : {size_t{1}, stretches.size() / 2, stretches.size() - 1}) {
        const int64_t packet = index.shown()[static_cast<size_t>(stretches[number].first)].packet;
        if (!keys || !(*keys)->read(index, packet))
            return false;
    }
    return true;
}

std::vector<FrameSpan> stretchesFor(const FrameSpan& frames, const NativeSource& source)
{
    std::vector<FrameSpan> stretches = planStretches(source.packetIndex(), frames);
    return standAlone(stretches, source) ? stretches : std::vector<FrameSpan>{frames};
}

} // namespace

std::vector<FrameSpan> planStretches(const PacketIndex& index, const FrameSpan& frames)
{
    std::vector<FrameSpan> stretches;
    if (frames.empty())
        return stretches;
    int64_t start = frames.first;
    const bool splits = !index.madeByDecoding() && index.identity() == PictureIdentity::Pts;
    for (int64_t i = start + kShortestStretch; splits && i < frames.last; ++i) {
        const auto& packet
            = index.packets()[static_cast<size_t>(index.shown()[static_cast<size_t>(i)].packet)];
        if (!packet.key || i - start < kShortestStretch)
            continue;
        stretches.push_back({start, i});
        start = i;
    }
    stretches.push_back({start, frames.last});
    return stretches;
}

ParallelRange::ParallelRange(
    ParallelRangeOptions options, std::unique_ptr<NativeSource> first, const MakeFactory& factory)
    : m_options(std::move(options))
    , m_factory(factory)
    , m_stretches(stretchesFor(m_options.frames, *first))
    , m_first(std::move(first))
    , m_lanes(m_options.inOrder ? std::max<size_t>(1, m_stretches.size()) : 1)
{
    const int workers = workersFor(m_options, m_stretches.size());
    m_threads.reserve(static_cast<size_t>(workers));
    for (int i = 0; i < workers; ++i)
        m_threads.emplace_back(
            [this, i](const std::stop_token& stop) { work(stop, i == 0 ? std::move(m_first) : nullptr); });
}

ParallelRange::~ParallelRange() { cancel(); }

void ParallelRange::cancel()
{
    fail({ErrorCode::Cancelled, m_options.file.string() + ": reading was cancelled"});
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

void ParallelRange::fail(Error error)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = std::move(error);
    }
    m_filled.notify_all();
    m_drained.notify_all();
}

std::optional<RangeItem> ParallelRange::next()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        Lane& lane = m_lanes[m_head];
        m_filled.wait(lock, [&] {
            return m_failure || !lane.items.empty() || lane.closed || m_finished == m_stretches.size();
        });
        if (m_failure)
            return RangeItem{-1, *m_failure};
        if (!lane.items.empty()) {
            Waiting waiting = std::move(lane.items.front());
            lane.items.pop_front();
            m_bytes -= waiting.bytes;
            lock.unlock();
            m_drained.notify_all();
            return std::move(waiting.item);
        }
        if (m_head + 1 >= m_lanes.size())
            return std::nullopt;
        ++m_head;
        m_drained.notify_all();
    }
}

std::optional<size_t> ParallelRange::takeStretch()
{
    const std::lock_guard lock(m_mutex);
    if (m_failure || m_taken == m_stretches.size())
        return std::nullopt;
    return m_taken++;
}

void ParallelRange::closeStretch(size_t number)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_finished;
        if (m_options.inOrder)
            m_lanes[number].closed = true;
    }
    m_filled.notify_all();
}

bool ParallelRange::put(const std::stop_token& stop, size_t number, RangeItem item)
{
    const int64_t bytes = bytesOf(item.product);
    const size_t lane = m_options.inOrder ? number : 0;
    {
        std::unique_lock lock(m_mutex);
        // Part of the room is kept for what is wanted next, lest stretches that come later fill all of it.
        const auto hasRoom = [&] {
            const int64_t room = lane == m_head ? m_options.queueBytes : m_options.queueBytes / 8 * 7;
            return m_failure || m_bytes + bytes <= room || (lane == m_head && m_lanes[lane].items.empty());
        };
        if (!m_drained.wait(lock, stop, hasRoom) || m_failure)
            return false;
        m_bytes += bytes;
        m_lanes[lane].items.push_back({std::move(item), bytes});
    }
    m_filled.notify_one();
    return true;
}

void ParallelRange::work(const std::stop_token& stop, std::unique_ptr<NativeSource> source)
{
    std::optional<size_t> stretch = takeStretch();
    if (!stretch)
        return;
    if (!source) {
        OpenOptions open = m_options.open;
        // The first worker's source has been verified; where that cannot be looked up, it need not be
        // repeated.
        open.verify = !open.cacheFolder.empty();
        StopSink progress(stop);
        auto opened = openNativeSource(m_options.file, open, &progress);
        if (!opened)
            return fail(opened.error());
        source = *std::move(opened);
    }
    source->setInterrupt([stop] { return stop.stop_requested(); });
    auto make = m_factory(*source);
    if (!make)
        return fail(make.error());
    for (; stretch; stretch = takeStretch()) {
        if (Status status = runStretch(stop, *stretch, *source, *make); !status)
            return fail(status.error());
        closeStretch(*stretch);
    }
}

Status ParallelRange::runStretch(
    const std::stop_token& stop, size_t number, NativeSource& source, const Make& make)
{
    const FrameSpan frames = m_stretches[number];
    const Error cancelled{ErrorCode::Cancelled, m_options.file.string() + ": reading was cancelled"};
    for (int64_t i = frames.first; i < frames.last; ++i) {
        if (stop.stop_requested() || i >= source.info().frameCount)
            return stop.stop_requested()
                ? cancelled
                : Error{ErrorCode::Conflict,
                    m_options.file.string() + ": the file became shorter while it was read; try again"};
        RangeItem item{i, make(source, i)};
        const bool damaged = !item.product && item.product.error().code == ErrorCode::BadFormat;
        if (!item.product && !damaged)
            return item.product.error();
        if (!put(stop, number, std::move(item)))
            return cancelled;
    }
    return {};
}

} // namespace telltale
