// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/picturefeed.h"
#include "pose/estimator.h"
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace telltale {

/// The people of one picture.
struct PosedFrame {
    int64_t frame = -1;
    PosePeople people;
};

/// One thread that takes pictures from a feed and several that run networks on them; what comes out is in
/// order. What is under way is bounded by the number of networks. Threads start with the constructor and end
/// with the destructor. All calls from one thread.
class PosePool {
public:
    using OpenEstimator = std::function<Result<std::unique_ptr<PoseEstimator>>()>;

    /// `first` runs on the first worker; `open` makes those of the others, on their threads. `width` and
    /// `height` of the whole pictures.
    PosePool(std::unique_ptr<PictureFeed> feed, std::unique_ptr<PoseEstimator> first, OpenEstimator open,
        int workers, std::array<int, 2> fullSize);
    ~PosePool();
    PosePool(const PosePool&) = delete;
    PosePool& operator=(const PosePool&) = delete;

    enum class State { Ready, Waiting, Done };
    /// Takes the next batch if it is there within `patience`. Done after the last one. An error of the
    /// reading or of a network comes at its place in the order.
    Result<State> take(std::vector<PosedFrame>& frames, std::chrono::milliseconds patience);
    /// Of the pictures so far that take() has given or passed over.
    int64_t damaged() const { return m_damagedTaken; }

private:
    /// Pictures that go through a network together, or how the reading ended.
    struct Batch {
        int64_t number = 0;
        std::vector<VideoFrame> pictures;
        int64_t damaged = 0; ///< pictures that were left out since the batch before
    };
    struct Answer {
        Result<std::vector<PosedFrame>> frames;
        int64_t damaged = 0;
    };

    void read(const std::stop_token& stop);
    /// False once the work is to stop.
    bool put(const std::stop_token& stop, Batch batch);
    void work(const std::stop_token& stop, std::unique_ptr<PoseEstimator> estimator);
    Result<std::vector<PosedFrame>> pose(PoseEstimator& estimator, Batch& batch) const;
    void answer(int64_t number, Answer answer);

    const std::unique_ptr<PictureFeed> m_feed;
    const OpenEstimator m_open;
    const std::array<int, 2> m_fullSize;
    const size_t m_batchSize;
    const int64_t m_mostUnderWay;

    std::mutex m_mutex; ///< guards what follows, but not the threads and m_damagedTaken
    std::condition_variable_any m_changed;
    std::deque<Batch> m_waiting;
    std::map<int64_t, Answer> m_answers;
    int64_t m_read = 0; ///< batches
    int64_t m_taken = 0; ///< batches
    bool m_ended = false; ///< nothing more is read
    int64_t m_damagedTaken = 0;

    std::vector<std::jthread> m_threads; ///< last, so that they end before what they use
};

} // namespace telltale
