// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Public skeleton data sets as clip sets, for leave-one-subject-out figures: points are x, y, z in the
/// set's own unit, and a score.

struct SkeletonClipCounts {
    int64_t clips = 0;
    std::vector<std::string> subjects; ///< in the order of their names
    std::string test;
    std::string validation;
    std::vector<std::string> notes; ///< sentences: what was left out or repaired
};

/// UTKinect-Action3D (Xia et al. 2012): joints/joints_sXX_eYY.txt and actionLabel.txt in `folder` or its
/// subfolder `joints`. A clip is a given span of frame numbers; rows of one frame number are taken once, and
/// a span whose ends are no numbers is left out. Empty `test`: the first subject; validation is the one
/// after it. NotFound, BadFormat (file, line), InvalidArgument for a subject that is not there. Cancelled.
Result<SkeletonClipCounts> writeUtKinectClips(const std::filesystem::path& folder, const std::string& test,
    const std::filesystem::path& out, ProgressSink& progress);

/// Gesture Phase Segmentation (Madeo et al. 2013, UCI): *_raw.csv in `folder`. A clip is a stretch of rows
/// of one phase without a jump of the clock; the person is the letter of the file. Else as above.
Result<SkeletonClipCounts> writeGesturePhaseClips(const std::filesystem::path& folder,
    const std::string& test, const std::filesystem::path& out, ProgressSink& progress);

} // namespace telltale
