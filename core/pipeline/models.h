// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "learn/ensemble.h"
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// The demo weights with the heads that name the classes of one project. Belongs to one thread.
struct LoadedModels {
    std::unique_ptr<Ensemble> ensemble;
    HeadSet heads; ///< classes 0: nobody can name the scheme's classes
    std::string name; ///< "demo 1a2b3c4d" or "demo 1a2b3c4d + heads-5e6f.safetensors"
    std::vector<std::string> notes;
};

std::filesystem::path demoWeightsFolder(); ///< models/demo in the data folder

/// Loads models/demo and the heads from `headsFile` (empty: the demo weights' own for the scheme). Heads that
/// know fewer classes than the scheme (classes were added since) get untrained rows, with a note.
Result<LoadedModels> loadModels(const std::filesystem::path& headsFile, const LabelScheme& scheme);

/// `heads` with rows for classes it has never seen: zero weights and a low bias, so that they never win
/// untrained.
HeadSet withClasses(HeadSet heads, int classes);

/// Calibrated probabilities per modality and their soft vote.
struct Vote {
    std::map<std::string, std::vector<float>> probabilities;
    std::map<std::string, double> weights;
    std::vector<float> fused; ///< empty if no modality votes
};
Vote voteOf(const HeadSet& heads, const std::map<std::string, std::vector<float>>& embeddings);

/// Index of the largest value; -1 if empty.
int topClass(const std::vector<float>& scores);

} // namespace telltale
