// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track1/system.h"

namespace telltale {

/// What each part of the system adds, on the test subjects: plain cross-entropy, + square-root weights, +
/// OSE, + CMPL under both protocols (and its control: as much further training without pseudo-labels),
/// + calibrated fusion.
struct AblationRow {
    std::string step; ///< "plain", "+ weights", "+ OSE", "+ CMPL", "+ control", each also "+ fusion"
    std::string protocol; ///< "", "transductive", "inductive": figures that know unlabelled evaluation clips
    std::string clips; ///< "test", or "inductive half": which clips are evaluated
    std::string stream; ///< or "fused"
    uint64_t seed = 1;
    ClipFigures figures;
};

struct AblationOptions {
    int seeds = 3;
    uint64_t firstSeed = 1;
    std::string device = "auto";
    int workers = 0;
    /// Where trained networks are kept, so that a run that was stopped goes on; those of another recipe or
    /// set are not used. Empty: nothing is kept.
    std::filesystem::path folder;
};

struct AblationTable {
    std::vector<AblationRow> rows;
    std::vector<std::string> notes; ///< precision of pseudo-labels, dominance, ...
};

/// Every step from the recipe: "plain" is the recipe's training without class weights and semantic loss.
/// Streams of one seed and step differ in nothing else. Cancelled: what is finished is kept in the folder.
Result<AblationTable> ablateSystem(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe,
    const AblationOptions& options, ProgressSink& progress);

/// Mean and standard deviation over the seeds of one figure.
struct Spread {
    double mean = 0;
    double deviation = 0; ///< of the sample; NaN for one seed
    int64_t seeds = 0;
};
Spread spreadOf(const AblationTable& table, const std::string& step, const std::string& protocol,
    const std::string& clips, const std::string& stream, double ClipFigures::*figure);

/// A row per step, protocol, clips and stream in the order of the steps.
std::string ablationText(const AblationTable& table); ///< JSON: means, deviations and every seed's figures
std::string ablationLines(const AblationTable& table); ///< for people, aligned columns

} // namespace telltale
