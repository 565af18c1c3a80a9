// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/posepool.h"
#include <algorithm>

namespace telltale {
namespace {

/// Networks that need full pictures get one at a time: a batch of them is made of the persons in it.
size_t batchSize(const PoseEstimator& estimator, const std::array<int, 2>& size)
{
    const bool whole = estimator.usefulSize(size[0], size[1])[0] > 0;
    return whole ? static_cast<size_t>(std::max(1, estimator.card().batch)) : 1;
}

} // namespace

PosePool::PosePool(std::unique_ptr<PictureFeed> feed, std::unique_ptr<PoseEstimator> first,
    OpenEstimator open, int workers, std::array<int, 2> fullSize)
    : m_feed(std::move(feed))
    , m_open(std::move(open))
    , m_fullSize(fullSize)
    , m_batchSize(batchSize(*first, fullSize))
    , m_mostUnderWay(2 * int64_t{workers} + 2)
{
    m_threads.reserve(static_cast<size_t>(workers) + 1);
    m_threads.emplace_back([this](const std::stop_token& stop) { read(stop); });
    for (int i = 0; i < workers; ++i)
        m_threads.emplace_back([this, own = i == 0 ? std::move(first) : nullptr](
                                   const std::stop_token& stop) mutable { work(stop, std::move(own)); });
}

PosePool::~PosePool()
{
    m_feed->cancel();
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

void PosePool::read(const std::stop_token& stop)
{
    Batch batch;
    for (bool more = true; more && !stop.stop_requested();) {
        auto frame = m_feed->next();
        if (!frame && frame.error().code == ErrorCode::BadFormat) {
            ++batch.damaged;
            continue;
        }
        more = frame && *frame;
        if (more)
            batch.pictures.push_back(*std::move(*frame));
        if (batch.pictures.size() == m_batchSize || !more) {
            if (!put(stop, std::exchange(batch, {})))
                return;
        }
        if (!frame) {
            std::unique_lock lock(m_mutex);
            const int64_t number = m_read++;
            lock.unlock();
            answer(number, {frame.error(), 0});
        }
    }
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_changed.notify_all();
}

bool PosePool::put(const std::stop_token& stop, Batch batch)
{
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, stop, [this] { return m_read - m_taken < m_mostUnderWay; }))
        return false;
    batch.number = m_read++;
    m_waiting.push_back(std::move(batch));
    m_changed.notify_all();
    return true;
}

void PosePool::work(const std::stop_token& stop, std::unique_ptr<PoseEstimator> estimator)
{
    Error failure;
    if (!estimator) {
        auto opened = m_open();
        if (opened)
            estimator = *std::move(opened);
        else
            failure = opened.error();
    }
    for (;;) {
        std::unique_lock lock(m_mutex);
        const bool goesOn = m_changed.wait(lock, stop, [this] { return !m_waiting.empty() || m_ended; })
            && !m_waiting.empty();
        if (!goesOn)
            return;
        Batch batch = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        const int64_t damaged = batch.damaged;
        if (!estimator)
            return answer(batch.number, {failure, damaged});
        answer(batch.number, {pose(*estimator, batch), damaged});
    }
}

Result<std::vector<PosedFrame>> PosePool::pose(PoseEstimator& estimator, Batch& batch) const
{
    std::vector<PosePicture> pictures;
    pictures.reserve(batch.pictures.size());
    for (const VideoFrame& frame : batch.pictures)
        pictures.push_back({frame.picture.bgra, frame.picture.width, frame.picture.height, m_fullSize[0],
            m_fullSize[1], {}});
    auto people = estimator.estimate(pictures);
    if (!people)
        return people.error();
    std::vector<PosedFrame> frames;
    frames.reserve(batch.pictures.size());
    for (size_t i = 0; i < batch.pictures.size(); ++i)
        frames.push_back({batch.pictures[i].index, std::move((*people)[i])});
    return frames;
}

void PosePool::answer(int64_t number, Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answers.emplace(number, std::move(answer));
    m_changed.notify_all();
}

Result<PosePool::State> PosePool::take(std::vector<PosedFrame>& frames, std::chrono::milliseconds patience)
{
    frames.clear();
    std::unique_lock lock(m_mutex);
    const auto found = [this] { return m_answers.contains(m_taken) || (m_ended && m_taken == m_read); };
    if (!m_changed.wait_for(lock, patience, found))
        return State::Waiting;
    const auto place = m_answers.find(m_taken);
    if (place == m_answers.end())
        return State::Done;
    Answer answer = std::move(place->second);
    m_answers.erase(place);
    ++m_taken;
    lock.unlock();
    m_changed.notify_all();
    m_damagedTaken += answer.damaged;
    if (!answer.frames)
        return answer.frames.error();
    frames = *std::move(answer.frames);
    return State::Ready;
}

} // namespace telltale
