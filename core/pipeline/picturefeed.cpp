// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/picturefeed.h"
#include "media/parallelreader.h"
#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>

namespace telltale {
namespace {

constexpr int64_t kQueueBytes = int64_t{16} << 20; ///< decoded pictures that wait for a network
/// Decoding takes a small part of what networks take.
constexpr unsigned kMostDecoders = 2;

class ReadThrough final : public PictureFeed {
public:
    ReadThrough(std::unique_ptr<ParallelReader> reader, const FeedOptions& options)
        : m_reader(std::move(reader))
        , m_options(options)
    {
    }
    int64_t frameCount() const override { return m_reader->info().frameCount; }
    void cancel() override { m_reader->cancel(); }
    Result<std::optional<VideoFrame>> next() override
    {
        for (;;) {
            auto frame = m_reader->next();
            const int64_t index = m_next++;
            if (frame && !*frame)
                return frame;
            const bool damaged = !frame && frame.error().code == ErrorCode::BadFormat;
            if (!frame && !damaged)
                return frame;
            if ((index - m_options.first) % m_options.stride == 0)
                return frame;
        }
    }

private:
    std::unique_ptr<ParallelReader> m_reader;
    FeedOptions m_options;
    int64_t m_next = m_options.first;
};

class Jumping final : public PictureFeed {
public:
    Jumping(std::unique_ptr<FrameSource> source, const FeedOptions& options)
        : m_source(std::move(source))
        , m_options(options)
    {
        m_source->setView(options.view);
        m_source->setInterrupt([this] { return m_cancelled.load(); });
    }
    int64_t frameCount() const override { return m_source->info().frameCount; }
    void cancel() override { m_cancelled = true; }
    Result<std::optional<VideoFrame>> next() override
    {
        if (m_next >= frameCount())
            return std::optional<VideoFrame>();
        auto frame = m_source->read(m_next);
        m_next += m_options.stride;
        if (!frame)
            return frame.error();
        return std::optional<VideoFrame>(*std::move(frame));
    }

private:
    std::unique_ptr<FrameSource> m_source;
    FeedOptions m_options;
    int64_t m_next = m_options.first;
    std::atomic<bool> m_cancelled = false;
};

} // namespace

Result<std::unique_ptr<PictureFeed>> PictureFeed::open(
    const VideoInfo& info, const FeedOptions& options, ProgressSink& progress)
{
    if (options.stride > std::max<int64_t>(info.longestGop, 1)) {
        OpenOptions open;
        open.stream = info.streamIndex;
        open.cacheBytes = kQueueBytes;
        auto source = openVideo(info.file, open, &progress);
        if (!source)
            return source.error();
        return std::unique_ptr<PictureFeed>(std::make_unique<Jumping>(*std::move(source), options));
    }
    ParallelOptions parallel;
    parallel.frames = {options.first, std::numeric_limits<int64_t>::max()};
    parallel.view = options.view;
    parallel.workers = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, kMostDecoders));
    parallel.queueBytes = kQueueBytes;
    parallel.stream = info.streamIndex;
    auto reader = ParallelReader::open(info.file, parallel, &progress);
    if (!reader)
        return reader.error();
    return std::unique_ptr<PictureFeed>(std::make_unique<ReadThrough>(*std::move(reader), options));
}

} // namespace telltale
