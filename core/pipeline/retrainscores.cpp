// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/retrainscores.h"
#include "pipeline/analyzerecipe.h"
#include "pipeline/models.h"
#include "pipeline/retrainsamples.h"
#include "pipeline/spanembeddings.h"
#include <functional>

namespace telltale {
namespace {

constexpr size_t kReportEvery = 256; // proposals

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};

/// The open proposals with the embeddings that there are, and the heads in use.
struct OpenScores {
    RetrainRequest request;
    LoadedModels models;
};

/// `wanted`: whether a prediction is to be looked at, by the heads in use.
using Wanted = std::function<bool(int64_t prediction, const LoadedModels& models)>;

Result<OpenScores> openScores(const FrozenProject& project, ProgressSink& progress, const Wanted& wanted = {})
{
    Result<RetrainRequest> request = openProposals(project, progress);
    if (!request)
        return request.error();
    Result<LoadedModels> models = loadModels(request->heads, request->scheme);
    if (!models)
        return models.error();
    if (progress.cancelled())
        return kCancelled;
    if (wanted)
        std::erase_if(request->samples,
            [&](const HeadSample& sample) { return !wanted(sample.predictionId, *models); });
    const auto notes
        = completeEmbeddings(*request, *models->ensemble, request->samples, progress, EmbeddingSource::Cache);
    if (!notes)
        return notes.error();
    return OpenScores{std::move(*request), std::move(*models)};
}

Result<HeadSet> headsFor(const LabelScheme& scheme, const std::filesystem::path& file)
{
    Result<HeadSet> heads = readHeads(file);
    if (!heads)
        return heads.error();
    if (heads->classes > scheme.classCount())
        return Error{ErrorCode::Conflict,
            file.string() + " knows " + std::to_string(heads->classes) + " classes and the label scheme only "
                + std::to_string(scheme.classCount()) + "; retrain to make heads for it."};
    return withClasses(std::move(*heads), scheme.classCount());
}

ProposalVerdict verdictOf(const Vote& vote, const ConsensusOptions& options)
{
    ProposalVerdict verdict;
    verdict.classId = topClass(vote.fused);
    if (verdict.classId >= 0)
        verdict.probability = vote.fused[static_cast<size_t>(verdict.classId)];
    verdict.accepted = leaveOneOutConsensus(vote.probabilities, vote.weights, options).accepted;
    return verdict;
}

/// Calls `visit(sample)` for each; Cancelled.
template <typename Visit>
Status forEachSample(const std::vector<HeadSample>& samples, ProgressSink& progress, const Visit& visit)
{
    for (size_t i = 0; i < samples.size(); ++i) {
        if (progress.cancelled())
            return kCancelled;
        if (i % kReportEvery == 0)
            progress.report(static_cast<int64_t>(i), static_cast<int64_t>(samples.size()), "proposals");
        visit(samples[i]);
    }
    return {};
}

} // namespace

Result<std::map<int64_t, std::vector<float>>> rescoreProposals(
    const FrozenProject& project, ProgressSink& progress)
{
    const PredictionReader runs(project);
    // What these very heads have named needs no embedding to be found.
    const auto byOthers = [&runs](int64_t prediction, const LoadedModels& models) {
        const PredictionRun* run = runs.runOf(prediction);
        return !run || run->model != models.name;
    };
    const Result<OpenScores> open = openScores(project, progress, byOthers);
    if (!open)
        return open.error();
    std::map<int64_t, std::vector<float>> fused;
    const Status status = forEachSample(open->request.samples, progress, [&](const HeadSample& sample) {
        if (Vote vote = voteOf(open->models.heads, sample.embeddings); !vote.fused.empty())
            fused[sample.predictionId] = std::move(vote.fused);
    });
    if (!status)
        return status.error();
    return fused;
}

Result<WhatIf> whatIf(
    const FrozenProject& project, const std::filesystem::path& newHeads, ProgressSink& progress)
{
    const Result<AnalyzeRecipe> recipe = readAnalyzeRecipe(analyzeRecipeFile());
    if (!recipe)
        return recipe.error();
    const Result<HeadSet> next = headsFor(project.scheme(), newHeads);
    if (!next)
        return next.error();
    const Result<OpenScores> open = openScores(project, progress);
    if (!open)
        return open.error();
    std::vector<ScoredProposal> proposals;
    proposals.reserve(open->request.samples.size());
    const Status status = forEachSample(open->request.samples, progress, [&](const HeadSample& sample) {
        const Vote vote = voteOf(*next, sample.embeddings);
        if (vote.fused.empty())
            return; // nothing is known of it, so nothing would change
        proposals.push_back({sample.annotationId, false,
            verdictOf(voteOf(open->models.heads, sample.embeddings), recipe->consensus),
            verdictOf(vote, recipe->consensus)});
    });
    if (!status)
        return status.error();
    return compareProposals(proposals);
}

} // namespace telltale
