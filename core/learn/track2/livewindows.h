// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/detectorsystem.h"
#include "learn/track2/liveemitter.h"
#include <optional>
#include <span>

namespace telltale {

/// What a detector sees in the window that ends at the newest frame.
struct LiveLook {
    int64_t seen = 0; ///< frames of the stream so far
    std::vector<Segment> found; ///< in frames of the stream, best first
    bool last = false; ///< no frame comes any more
};

/// What looking costs on this machine, network and all.
struct LiveCost {
    int64_t looks = 0;
    double medianSeconds = 0; ///< over the latest looks
    double worstSeconds = 0; ///< over all
};

/// One person's points, frame by frame, through a detector that sees skeletons: a ring of the latest frames,
/// as many as a window of the detector has, is all that is kept. One thread at a time.
class LiveWindows {
public:
    /// NotFound, BadFormat of the folder; Unsupported where the detector sees pictures or cached features;
    /// InvalidArgument: a skeleton of other points, a hop below 1. `channels` of a point: those that the
    /// detector learned from.
    static Result<std::unique_ptr<LiveWindows>> open(const std::filesystem::path& folder,
        const ClipSkeleton& skeleton, int64_t hop, const std::string& device = "auto");
    virtual ~LiveWindows() = default;

    virtual const DetectorFacts& facts() const = 0;
    /// Points of a frame [points, channels]; empty: nobody is seen. Frames ascend from 0; those left out
    /// count as frames without points. A look every `hop` frames. InvalidArgument for a frame that is not
    /// behind the one before, or of another number of points; Internal.
    virtual Result<std::optional<LiveLook>> add(int64_t frame, std::span<const float> points) = 0;
    /// The last look. Nothing where no frame came.
    virtual Result<std::optional<LiveLook>> finish() = 0;
    /// Another stream begins.
    virtual void restart() = 0;
    /// What came so far is of somebody else: it is not looked at any more. The count of frames goes on.
    virtual void forget() = 0;
    virtual void setHop(int64_t hop) = 0;

    virtual int64_t seen() const = 0; ///< frames of the stream so far
    virtual int64_t capacity() const = 0; ///< frames that are kept
    virtual int64_t bytes() const = 0; ///< that they take
    virtual LiveCost cost() const = 0;
};

} // namespace telltale
