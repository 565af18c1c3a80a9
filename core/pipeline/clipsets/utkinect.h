// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "pipeline/clipsets/skeletonset.h"
#include <filesystem>

namespace telltale {

/// A sequence with the frame number of each row: ascending, but not evenly.
struct NumberedSequence {
    SkeletonSequence sequence;
    std::vector<double> frames;
};

/// UTKinect-Action3D (Xia et al. 2012) as its files have it.
struct UtKinect {
    std::vector<NumberedSequence> sequences; ///< rows of one frame number are taken once
    std::vector<SequenceClip> spans; ///< rows; in the order of the labels, which may touch and go back
    std::vector<std::string> notes; ///< sentences: spans that were left out
};

/// joints/joints_sXX_eYY.txt and actionLabel.txt in `folder` or its subfolder `joints`. NotFound, BadFormat
/// (file, line), Cancelled.
Result<UtKinect> readUtKinect(const std::filesystem::path& folder, ProgressSink& progress);

std::vector<std::string> utKinectClasses();

} // namespace telltale
