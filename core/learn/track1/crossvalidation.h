// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track1/system.h"

namespace telltale {

struct CrossValidationOptions {
    int folds = 0; ///< groups of subjects; 0: every subject by itself (leave one subject out)
    SystemOptions system; ///< seed, device, workers
};

/// What systems reach on people they do not know, when each subject is such a person once.
struct CrossValidation {
    int64_t folds = 0;
    std::map<std::string, ClipFigures> pooled; ///< over all clips, by stream and "fused"
    std::map<std::string, std::map<std::string, ClipFigures>> folded; ///< by the fold's subjects
    std::vector<std::string> notes;
};

/// Per fold a system is trained without its subjects (the next fold's subjects select and calibrate, with two
/// folds some of the others' clips; the roles of the set do not count) and asked about their clips. Nothing
/// is kept. InvalidArgument: fewer than two subjects with labelled clips, or more folds than subjects.
/// Cancelled.
Result<CrossValidation> crossValidate(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe,
    const CrossValidationOptions& options, ProgressSink& progress);

} // namespace telltale
