// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/models.h"
#include "base/files.h"
#include "learn/fusion.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr float kUntrainedBias = -12;

} // namespace

std::filesystem::path demoWeightsFolder() { return dataFolder() / "models" / "demo"; }

HeadSet withClasses(HeadSet heads, int classes)
{
    for (auto& [modality, head] : heads.heads) {
        head.weight.resize(static_cast<size_t>(classes) * static_cast<size_t>(head.width()), 0.0f);
        head.bias.resize(static_cast<size_t>(classes), kUntrainedBias);
    }
    heads.classes = classes;
    return heads;
}

Result<LoadedModels> loadModels(const std::filesystem::path& headsFile, const LabelScheme& scheme)
{
    LoadedModels models;
    Result<std::unique_ptr<Ensemble>> ensemble = loadEnsemble(demoWeightsFolder());
    if (!ensemble)
        return ensemble.error();
    models.ensemble = std::move(*ensemble);
    models.name = "demo " + models.ensemble->digest().substr(0, 8);
    if (!headsFile.empty()) {
        Result<HeadSet> heads = readHeads(headsFile);
        if (!heads)
            return heads.error();
        models.heads = std::move(*heads);
        models.name += " + " + headsFile.filename().string();
    } else if (const HeadSet* heads = models.ensemble->heads(scheme.name)) {
        models.heads = *heads;
    } else {
        models.notes.push_back("No trained head knows the label scheme '" + scheme.name
            + "': the spans come without names. Name some of them in at least two classes, then retrain.");
        return models;
    }
    if (models.heads.classes > scheme.classCount()) {
        models.notes.push_back("The heads know " + std::to_string(models.heads.classes)
            + " classes, the scheme '" + scheme.name + "' has " + std::to_string(scheme.classCount())
            + ": the spans come without names.");
        models.heads = {};
    } else if (models.heads.classes < scheme.classCount()) {
        models.notes.push_back("The scheme has grown since the heads were trained: the new classes are named "
                               "only after retraining.");
        models.heads = withClasses(std::move(models.heads), scheme.classCount());
    }
    return models;
}

Vote voteOf(const HeadSet& heads, const std::map<std::string, std::vector<float>>& embeddings)
{
    Vote vote;
    for (const auto& [modality, embedding] : embeddings) {
        const auto head = heads.heads.find(modality);
        if (head == heads.heads.end() || embedding.size() != static_cast<size_t>(head->second.inputs))
            continue;
        vote.probabilities[modality] = heads.probabilities(modality, embedding);
        vote.weights[modality] = head->second.fusionWeight;
    }
    vote.fused = softVote(vote.probabilities, vote.weights);
    return vote;
}

int topClass(const std::vector<float>& scores)
{
    return scores.empty() ? -1
                          : static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

} // namespace telltale
