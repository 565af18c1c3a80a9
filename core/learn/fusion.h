// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// softmax(logits / temperature), in double precision.
std::vector<float> softmax(const std::vector<float>& logits, double temperature = 1);

/// The temperature in [0.05, 20] that minimises the negative log-likelihood (Guo et al. 2017), by
/// one-dimensional search. 1 if there is nothing to fit on.
double fitTemperature(const std::vector<std::vector<float>>& logits, const std::vector<int>& labels);

/// Temperature-scaled soft voting (2606.13030; weights ours): weighted mean of the modalities' probabilities.
/// Modalities without probabilities do not vote; empty if none does.
std::vector<float> softVote(const std::map<std::string, std::vector<float>>& probabilities,
    const std::map<std::string, double>& weights);

/// Weights on the simplex (step 0.05) with the least negative log-likelihood of the vote.
std::map<std::string, double> fitFusionWeights(
    const std::vector<std::map<std::string, std::vector<float>>>& probabilities,
    const std::vector<int>& labels);

/// Cross-modal pseudo-labelling: leave-one-out consensus (reconstruction, papers: 2606.13030 abstract;
/// constants ours).
struct ConsensusOptions {
    double threshold = 0.6; ///< least teacher probability
    double margin = 0.2; ///< least top1 - top2 of the teacher
    int agreeing = 2; ///< modalities whose own top class is the label
};

struct Consensus {
    bool accepted = false;
    int label = -1;
    double score = 0; ///< least teacher probability over the students
    int votes = 0; ///< modalities that name the label
    std::map<std::string, double>
        teacher; ///< per student: probability its leave-one-out teacher gives the label
};

/// For each student modality the teacher is the weighted mean of the *other* modalities. Accepted when every
/// teacher names the same label above the threshold with the margin and enough modalities agree.
Consensus leaveOneOutConsensus(const std::map<std::string, std::vector<float>>& probabilities,
    const std::map<std::string, double>& weights, const ConsensusOptions& options);

} // namespace telltale
