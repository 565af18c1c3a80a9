// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/livewindows.h"

namespace telltale {

struct LiveOptions {
    LiveTiming timing;
    std::optional<SpanDecision> decision; ///< instead of the detector's
    std::string device = "auto";
};

/// Finds gestures in a stream of one person's points, with the past alone: every `hop` frames the detector
/// looks at the window that ends at the newest frame, and a span is told once, when its end lies `settle`
/// frames back. What was told is never changed. One thread at a time.
class LiveDetector {
public:
    /// Errors of LiveWindows::open(); InvalidArgument for times below 0.
    static Result<LiveDetector> open(
        const std::filesystem::path& folder, const ClipSkeleton& skeleton, const LiveOptions& options = {});

    /// The spans that this frame brings. As LiveWindows::add().
    Result<std::vector<LiveSpan>> add(int64_t frame, std::span<const float> points);
    /// Those that had not settled yet.
    Result<std::vector<LiveSpan>> finish();
    void restart();
    void forget() { m_windows->forget(); }

    const DetectorFacts& facts() const { return m_windows->facts(); }
    const SpanDecision& decision() const { return m_decision; }
    const LiveTiming& timing() const { return m_emitter.timing(); }
    const LiveWindows& windows() const { return *m_windows; }

private:
    LiveDetector(
        std::unique_ptr<LiveWindows> windows, const SpanDecision& decision, const LiveTiming& timing);
    Result<std::vector<LiveSpan>> told(const Result<std::optional<LiveLook>>& look);

    std::unique_ptr<LiveWindows> m_windows;
    SpanDecision m_decision;
    LiveEmitter m_emitter;
};

Status checkLiveTiming(const LiveTiming& timing);

} // namespace telltale
