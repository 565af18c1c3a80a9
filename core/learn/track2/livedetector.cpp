// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/livedetector.h"

namespace telltale {

namespace fs = std::filesystem;

Status checkLiveTiming(const LiveTiming& timing)
{
    if (timing.hop < 1 || timing.settle < 0 || timing.late < 0)
        return Error{ErrorCode::InvalidArgument,
            "Looking while frames come wants a hop of at least one frame, and no other time below 0."};
    return {};
}

Result<LiveDetector> LiveDetector::open(
    const fs::path& folder, const ClipSkeleton& skeleton, const LiveOptions& options)
{
    if (Status status = checkLiveTiming(options.timing); !status)
        return status.error();
    auto windows = LiveWindows::open(folder, skeleton, options.timing.hop, options.device);
    if (!windows)
        return windows.error();
    const SpanDecision decision = options.decision.value_or((*windows)->facts().decision);
    return LiveDetector(std::move(*windows), decision, options.timing);
}

LiveDetector::LiveDetector(
    std::unique_ptr<LiveWindows> windows, const SpanDecision& decision, const LiveTiming& timing)
    : m_windows(std::move(windows))
    , m_decision(decision)
    , m_emitter(decision, timing, m_windows->capacity())
{
}

Result<std::vector<LiveSpan>> LiveDetector::told(const Result<std::optional<LiveLook>>& look)
{
    if (!look)
        return look.error();
    if (!*look)
        return std::vector<LiveSpan>();
    return m_emitter.take(liveCandidates((*look)->found, m_decision), (*look)->seen, (*look)->last);
}

Result<std::vector<LiveSpan>> LiveDetector::add(int64_t frame, std::span<const float> points)
{
    return told(m_windows->add(frame, points));
}

Result<std::vector<LiveSpan>> LiveDetector::finish() { return told(m_windows->finish()); }

void LiveDetector::restart()
{
    m_windows->restart();
    m_emitter.restart();
}

} // namespace telltale
