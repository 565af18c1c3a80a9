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

/// Skeleton files, told apart by content: a folder of OpenPose JSON (0.1 to 1.3); JSON of MMPose, AlphaPose
/// (17, 26 and 136 points), COCO and COCO-WholeBody; .pose (versions 0.0 to 0.2); csv with named columns
/// (MediaPipe and others), DeepLabCut's csv and h5, SMG Kinect csv (25 x 11 columns), iMiGUE 137-point table
/// (csv or xlsx, 411 columns); SLEAP's .slp and analysis files; PYSKL's pickle, of which FILE#CLIP names one
/// clip; .npy and .npz arrays of points; TRACK .npz.
/// Frames are numbered as the file numbers them, else by row. People keep the numbers that a file gives them.
/// A frame that is there twice is refused, as are points that are no number (in .pose files, named columns,
/// arrays and HDF5 such a point counts as missing).
/// NotFound, Io; BadFormat names file, place and remedy; Unsupported: a pickle that calls code. Any thread.
Result<SkeletonFile> readSkeletonFile(const std::filesystem::path& path);

/// Several files of one video that have different points of it (MediaPipe's body and hands), in the widest of
/// their layouts. Where two have a point, the earlier file's stays. BadFormat where their frames differ, and
/// where most points of one are there already: it shows somebody else.
Result<SkeletonFile> readSkeletonFiles(const std::vector<std::filesystem::path>& paths);

/// Shares of the picture become pixels of a picture of that size; files in pixels stay as they are.
/// InvalidArgument for a size that is none.
Status toPixels(SkeletonFile& file, int width, int height);

} // namespace telltale
