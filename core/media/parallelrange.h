// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: decoding a range of pictures on several threads, each on stretches that begin with a
// key picture, so that no picture is decoded twice.
#include "media/nativesource.h"
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace telltale {

/// What a worker makes of a picture.
using RangeProduct = std::variant<std::monostate, VideoFrame, FrameDigest, av::PacketPtr>;

struct RangeItem {
    int64_t index = -1;
    Result<RangeProduct> product; ///< or why this picture could not be made
};

/// Splits `frames`, which lie inside the video, at key pictures. One stretch where pictures can only be told
/// apart by counting or by looking, so that decoding in sequence is the only way.
std::vector<FrameSpan> planStretches(const PacketIndex& index, const FrameSpan& frames);

/// Decoded pictures that the source of a worker keeps. Few, so that decoding goes on in memory that is still
/// in the processor's cache: nobody comes back to them.
inline constexpr int64_t kWorkerCacheBytes = int64_t{4} << 20;

struct ParallelRangeOptions {
    std::filesystem::path file;
    OpenOptions open; ///< for the sources of the further workers
    FrameSpan frames; ///< inside the video
    int workers = 0; ///< 0: one for each core
    int64_t queueBytes = int64_t{256} << 20; ///< of products that wait to be taken
    bool inOrder = true;
};

/// Threads start with the constructor and end with the destructor.
class ParallelRange {
public:
    /// Makes the product of one picture; belongs to one worker's thread.
    using Make = std::function<Result<RangeProduct>(NativeSource& source, int64_t index)>;
    /// Called once on each worker's thread.
    using MakeFactory = std::function<Result<Make>(NativeSource& source)>;

    /// `first` becomes the source of the first worker.
    ParallelRange(
        ParallelRangeOptions options, std::unique_ptr<NativeSource> first, const MakeFactory& factory);
    ~ParallelRange();
    ParallelRange(const ParallelRange&) = delete;
    ParallelRange& operator=(const ParallelRange&) = delete;

    /// The next picture, waiting for it; nothing after the last one. An item without an index is the last
    /// one: the work failed as a whole or was cancelled. One thread at a time.
    std::optional<RangeItem> next();
    /// From any thread.
    void cancel();
    int workers() const { return static_cast<int>(m_threads.size()); }

private:
    struct Waiting {
        RangeItem item;
        int64_t bytes = 0;
    };
    /// What waits of one stretch, or with inOrder off of all.
    struct Lane {
        std::deque<Waiting> items;
        bool closed = false;
    };

    void work(const std::stop_token& stop, std::unique_ptr<NativeSource> source);
    Status runStretch(const std::stop_token& stop, size_t number, NativeSource& source, const Make& make);
    std::optional<size_t> takeStretch();
    void closeStretch(size_t number);
    /// Waits for room. False once the work is to stop.
    bool put(const std::stop_token& stop, size_t number, RangeItem item);
    void fail(Error error);

    const ParallelRangeOptions m_options;
    const MakeFactory m_factory;
    const std::vector<FrameSpan> m_stretches;
    std::unique_ptr<NativeSource> m_first; ///< until the first worker takes it

    std::mutex m_mutex; ///< guards what follows, but not the threads
    std::condition_variable_any m_filled;
    std::condition_variable_any m_drained;
    std::vector<Lane> m_lanes;
    size_t m_head = 0; ///< lane that next() reads
    size_t m_taken = 0; ///< stretches given to workers
    size_t m_finished = 0; ///< stretches
    int64_t m_bytes = 0;
    std::optional<Error> m_failure;

    std::vector<std::jthread> m_threads; ///< last, so that they end before what they use
};

} // namespace telltale
