// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/live/followlive.h"
#include "pipeline/clipsets/clipskeleton.h"
#include <algorithm>
#include <chrono>
#include <cmath>

namespace telltale {

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kTimesKept = 1024; // pictures that the median is taken of (ours)

class Following {
public:
    Following(LiveStream& stream, LivePerson& person, LiveDetector& detector, double rate,
        const std::function<void(const LiveSpan&)>& onSpan)
        : m_stream(stream)
        , m_person(person)
        , m_detector(detector)
        , m_onSpan(onSpan)
    {
        m_report.rate = stream.isCamera() && rate > 0 ? rate : stream.info().meanFps;
    }
    Result<LiveReport> run(ProgressSink& progress);

private:
    int64_t numberOf(const VideoFrame& frame) const
    {
        if (!m_stream.isCamera())
            return frame.index;
        return std::llround(std::chrono::duration<double>(frame.time).count() * m_report.rate);
    }
    Status take(const VideoFrame& frame);
    Status tell(const Result<std::vector<LiveSpan>>& spans);
    LiveReport report();

    LiveStream& m_stream;
    LivePerson& m_person;
    LiveDetector& m_detector;
    const std::function<void(const LiveSpan&)>& m_onSpan;
    LiveReport m_report;
    std::vector<double> m_times;
};

Status Following::tell(const Result<std::vector<LiveSpan>>& spans)
{
    if (!spans)
        return spans.error();
    m_report.spans += static_cast<int64_t>(spans->size());
    for (const LiveSpan& span : *spans)
        m_onSpan(span);
    return {};
}

Status Following::take(const VideoFrame& frame)
{
    const int64_t number = numberOf(frame);
    if (number < m_detector.windows().seen()) {
        ++m_report.passed;
        return {};
    }
    const auto start = Clock::now();
    const auto found = m_person.find(frame, number);
    if (!found)
        return found.error();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (m_times.size() < kTimesKept)
        m_times.push_back(seconds);
    else
        m_times[static_cast<size_t>(m_report.posed) % kTimesKept] = seconds;
    m_report.poseWorstSeconds = std::max(m_report.poseWorstSeconds, seconds);
    ++m_report.posed;
    m_report.seen += found->points.empty() ? 0 : 1;
    if (found->somebodyElse) {
        ++m_report.changes;
        m_detector.forget();
    }
    return tell(m_detector.add(number, found->points));
}

LiveReport Following::report()
{
    m_report.frames = m_detector.windows().seen();
    m_report.lost = m_stream.lost();
    m_report.damaged += m_stream.damaged();
    m_report.cost = m_detector.windows().cost();
    if (!m_times.empty()) {
        const auto middle = m_times.begin() + static_cast<std::ptrdiff_t>(m_times.size() / 2);
        std::nth_element(m_times.begin(), middle, m_times.end());
        m_report.poseMedianSeconds = *middle;
    }
    return m_report;
}

Result<LiveReport> Following::run(ProgressSink& progress)
{
    m_stream.setView(m_person.view());
    VideoFrame frame;
    for (;;) {
        m_report.stopped = progress.cancelled();
        if (m_report.stopped)
            break;
        const auto state = m_stream.next(frame);
        if (!state && state.error().code == ErrorCode::Cancelled)
            continue;
        if (!state && state.error().code == ErrorCode::BadFormat) {
            ++m_report.damaged;
            continue;
        }
        if (!state) { // what was found so far stays found
            const Status told = tell(m_detector.finish());
            return told ? state.error() : told.error();
        }
        if (*state == LiveStream::State::Ended)
            break;
        if (*state == LiveStream::State::Picture)
            if (Status status = take(frame); !status)
                return status.error();
    }
    if (Status status = tell(m_detector.finish()); !status)
        return status.error();
    return report();
}

} // namespace

Result<LiveReport> followLive(LiveStream& stream, LivePerson& person, LiveDetector& detector, double rate,
    ProgressSink& progress, const std::function<void(const LiveSpan&)>& onSpan)
{
    return Following(stream, person, detector, rate, onSpan).run(progress);
}

Result<ClipSkeleton> poseSkeletonOf(const DetectorFacts& facts)
{
    const auto layout = findPoseLayout(facts.set.skeleton.layout);
    if (!layout || facts.set.channels != 3)
        return Error{ErrorCode::InvalidArgument,
            "The detector learned from points that pose models do not find in pictures ("
                + facts.set.skeleton.layout + ", " + std::to_string(facts.set.channels)
                + " numbers a point); use one that was trained on tracks of videos."};
    return clipSkeleton(**layout);
}

} // namespace telltale
