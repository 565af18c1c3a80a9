// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/detectorsystem.h"

namespace telltale {

/// What each part of the detector adds, on the test subjects, beside a baseline that learns no detection.

/// One training, or the baseline.
struct DetectorRow {
    std::string
        variant; ///< "skeleton", "rgb frozen", "rgb TIA", "rgb STDA", "both STDA", "motion energy", ...
    bool asba = true; ///< false: all windows are varied alike
    uint64_t seed = 1;
    DetectionFigures figures;
};

struct DetectorAblationOptions {
    int seeds = 3;
    uint64_t firstSeed = 1;
    std::string device = "auto";
    /// Where trained detectors are kept, so that a run that was stopped goes on; those of another recipe or
    /// set are not used. Empty: nothing is kept.
    std::filesystem::path folder;
};

struct DetectorTable {
    std::vector<double> overlaps; ///< tIoU of the figures
    std::vector<DetectorRow> rows;
    std::vector<std::string> notes;
};

/// Every variant that the recipe's inputs allow: skeleton, pictures with a frozen transformer, with TIA, with
/// STDA, both; the first and the richest of them also without ASBA. Variants of one seed differ in nothing
/// else. Cancelled: what is finished is kept in the folder.
Result<DetectorTable> ablateDetector(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
    const DetectorAblationOptions& options, ProgressSink& progress);

std::string detectorTableText(const DetectorTable& table); ///< JSON: means, deviations, every seed's figures
std::string detectorTableLines(const DetectorTable& table); ///< for people, aligned columns

} // namespace telltale
