// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/livedetector.h"
#include "pipeline/live/liveperson.h"
#include "pipeline/live/livestream.h"
#include <functional>

namespace telltale {

/// What became of a stream.
struct LiveReport {
    int64_t frames = 0; ///< that the stream was long
    int64_t posed = 0; ///< pictures that were looked at
    int64_t lost = 0; ///< of a camera, because this machine was too slow
    int64_t passed = 0; ///< that came sooner than the rate wants them
    int64_t damaged = 0; ///< that could not be decoded or converted
    int64_t seen = 0; ///< with a person
    int64_t changes = 0; ///< how often somebody else was followed
    double rate = 0; ///< frames a second
    double poseMedianSeconds = 0; ///< of a picture, over the latest ones
    double poseWorstSeconds = 0;
    LiveCost cost;
    int64_t spans = 0;
    bool stopped = false; ///< by `progress`
};

/// Detector, person and stream brought together until the stream ends or `progress` says stop; either way
/// what was found is told. Frames of a stream are the picture numbers of a file, and 1 / `rate` seconds of a
/// camera (0: its own rate). Pictures that cannot be converted are passed over. Errors of the three.
Result<LiveReport> followLive(LiveStream& stream, LivePerson& person, LiveDetector& detector, double rate,
    ProgressSink& progress, const std::function<void(const LiveSpan&)>& onSpan);

/// InvalidArgument where poses cannot give what the detector learned from: points with a depth, or a skeleton
/// that is no pose layout.
Result<ClipSkeleton> poseSkeletonOf(const DetectorFacts& facts);

} // namespace telltale
