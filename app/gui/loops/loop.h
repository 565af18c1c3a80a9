// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/posetypes.h"
#include "pose/posetrack.h"
#include <QImage>
#include <QRect>
#include <QSize>
#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace telltale {

/// Pictures that a loop keeps at most, however long its span is.
inline constexpr int kMostLoopPictures = 16;

/// A span as a handful of small pictures that go round: the person, with the skeleton over the picture or
/// alone. Immutable once made.
struct Loop {
    std::vector<QImage> pictures; ///< first to last of the span, evenly spread; at most kMostLoopPictures
    std::chrono::milliseconds length{0}; ///< that the span takes
    bool hasPicture = false; ///< of the video
    bool hasSkeleton = false;
};

/// All that making a loop needs, so that it can be made on any thread.
struct LoopTask {
    int64_t id = 0; ///< of the span
    int64_t videoId = 0;
    int person = 0;
    FrameSpan span;
    std::filesystem::path video; ///< empty, or not there: the skeleton alone
    std::filesystem::path track; ///< empty: no skeleton
    std::vector<TrackEdit> edits; ///< of the track
    std::vector<PoseCorrection> corrections;
    std::filesystem::path indexFolder; ///< where indexes of videos are kept
    QSize videoSize; ///< as displayed, while the file does not say better
    double fps = 25;
    QSize pixels{160, 120}; ///< of a picture of the loop
};

/// Frames of `span` that `count` pictures show at most: the middles of equal parts, ascending, none twice.
std::vector<int64_t> loopFrames(const FrameSpan& span, int count);

/// The part of a picture of `picture` pixels that shows all of `points` (68 each) with room around, in the
/// proportions of `shape`, inside the picture; the whole picture in these proportions without points.
QRect loopRegion(const std::vector<std::vector<PosePoint>>& points, const QSize& picture, const QSize& shape);

class FrameSource;

/// What loops are made from: keeps the skeleton and the pictures of the video that was asked for last, since
/// the next span is often of the same. One thread at a time.
class LoopSources {
public:
    LoopSources();
    ~LoopSources();
    /// In 68 points, as people corrected it; null if there is none or it cannot be read.
    std::shared_ptr<const PoseTrack> track(const LoopTask& task);
    /// Null if the task wants no pictures, or its file is not there.
    Result<FrameSource*> video(const LoopTask& task);

private:
    int64_t m_trackOf = 0;
    std::filesystem::path m_trackFile;
    std::shared_ptr<const PoseTrack> m_track;
    std::filesystem::path m_videoFile;
    std::unique_ptr<FrameSource> m_video;
};

/// Decodes and draws; blocks. Cancelled; NotFound if there is neither a video nor a skeleton; what opening
/// the video says, if there is no skeleton to show instead.
Result<Loop> makeLoop(const LoopTask& task, LoopSources& sources, const ProgressSink& sink);

} // namespace telltale
