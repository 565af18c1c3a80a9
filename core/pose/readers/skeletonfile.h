// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// What a skeleton file holds and what it says of the video it was made from.
struct SkeletonFile {
    PoseTrack track;
    bool normalised = false; ///< coordinates are shares of the picture's width and height, not pixels
    int width = 0; ///< picture that the coordinates refer to, 0: the file does not say
    int height = 0;
    double fps = 0; ///< 0: the file does not say
    std::vector<double> times; ///< seconds, one per row; empty: the file has none
    std::vector<std::string> notes; ///< what was decided or left out, in sentences
};

/// Skeleton files, told apart by content: a folder of OpenPose JSON; JSON of MMPose, AlphaPose, COCO and
/// COCO-WholeBody; .pose (versions 0.0 to 0.2); csv with named columns (MediaPipe and others), SMG Kinect csv
/// (25 x 11 columns), iMiGUE 137-point table (csv or xlsx, 411 columns); TRACK .npz.
/// Frames are numbered as the file numbers them, else by row. A frame that is there twice is refused, as are
/// points that are no number (in .pose files and named columns such a point counts as missing).
/// NotFound, Io; BadFormat names file, place and remedy. Any thread.
Result<SkeletonFile> readSkeletonFile(const std::filesystem::path& path);

/// Several files of one video that have different points of it (MediaPipe's body and hands), in the widest of
/// their layouts. Where two have a point, the
/// earlier file's stays. BadFormat where their frames differ.
Result<SkeletonFile> readSkeletonFiles(const std::vector<std::filesystem::path>& paths);

/// Shares of the picture become pixels of a picture of that size; files in pixels stay as they are.
/// InvalidArgument for a size that is none.
Status toPixels(SkeletonFile& file, int width, int height);

} // namespace telltale
