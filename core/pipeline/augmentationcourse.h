// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// How Adaptive Soft Balanced Augmentation (arXiv 2606.07355) went while a detector was trained, read from
/// its track2.json alone. Values lie in [0, 1]; lists by epoch have one entry for each of
/// AugmentationCourse::epochs.

struct AugmentedClass {
    std::string name; ///< as the detector knows the class
    int64_t gestures = 0; ///< to learn from
    double rarity = 0;
    std::vector<double> difficulty; ///< running loss over that of the hardest class
    std::vector<double> intensity; ///< that the epoch after it was varied by
};

/// Means over the classes of one part of the long tail.
struct AugmentedGroup {
    int classes = 0;
    std::vector<double> intensity;
};

struct AugmentationCourse {
    std::string recipe; ///< name
    bool adaptive = true; ///< false: every class was varied by the same intensity, the control
    std::vector<int> epochs; ///< ascending
    int bestEpoch = 0; ///< whose weights the detector has
    std::vector<AugmentedClass> classes; ///< rarest first, by name where as rare
    AugmentedGroup head; ///< most frequent third of the classes; longTailGroups() of core/eval
    AugmentedGroup medium;
    AugmentedGroup tail;
};

/// `folder`: of a detector. NotFound; BadFormat names the file and what does not fit. Any thread.
Result<AugmentationCourse> readAugmentationCourse(const std::filesystem::path& folder);

} // namespace telltale
