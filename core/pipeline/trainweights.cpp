// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "eval/metrics.h"
#include "pipeline/analyzerecipe.h"
#include "pipeline/demo.h"
#include "pipeline/models.h"
#include "pipeline/sequence.h"
#include "pipeline/synthdataset.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr double kOverlaps[] = {0.3, 0.5};

Result<SynthDataOptions> readDataOptions(const EnsembleRecipe& recipe, const std::filesystem::path& file)
{
    const Json document = Json::parse(recipe.text, nullptr, false);
    SynthDataOptions options;
    std::string key;
    try {
        const auto get = [&](const char* name, auto& out) {
            key = name;
            document.at("data").at(name).at("value").get_to(out);
        };
        get("subjects", options.subjects);
        get("held_subjects", options.heldSubjects);
        get("minutes", options.minutes);
        get("gestures_per_minute", options.gesturesPerMinute);
        get("sparse_subjects", options.sparseSubjects);
        get("sparse_gestures_per_minute", options.sparseGesturesPerMinute);
        get("balanced_share", options.balancedShare);
        get("sequence_versions", options.sequenceVersions);
    } catch (const Json::exception&) {
        return Error{ErrorCode::BadFormat,
            file.string() + ": \"data." + key
                + "\" is missing or no such number; compare it with models/recipes/demo.json."};
    }
    if (options.subjects < 1 || options.heldSubjects < 1 || !(options.minutes > 0)
        || options.sequenceVersions < 1)
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": \"data\" wants at least one subject, one held-out subject, one version and some "
                  "minutes."};
    return options;
}

/// Truth and top classes of one voter over the held-out clips of a scheme.
struct Tally {
    std::vector<int> truth;
    std::vector<int> predicted;
};

Json scoresOf(const Tally& tally, int classes)
{
    const ClipReport report = clipReport(tally.truth, tally.predicted, {}, classes);
    return {{"accuracy", report.accuracy}, {"macro_f1", report.macroF1}, {"clips", tally.truth.size()}};
}

/// Accuracy and macro-F1 by scheme and voter ("joint", ..., "fused").
Json measureClips(Ensemble& ensemble, const SynthClipDataset& held, PointSet points, ProgressSink& progress)
{
    std::map<std::string, std::map<std::string, Tally>> tallies;
    for (int64_t i = 0; i < held.size() && !progress.cancelled(); ++i) {
        progress.report(i, held.size(), points == PointSet::All68 ? "measuring" : "measuring with 14 points");
        const std::string scheme = held.scheme(i);
        const HeadSet* heads = ensemble.heads(scheme);
        if (!heads)
            continue;
        const Vote vote = voteOf(*heads, ensemble.embed(held.inputWith(i, points)));
        auto rows = vote.probabilities;
        rows["fused"] = vote.fused;
        for (const auto& [voter, probabilities] : rows) {
            Tally& tally = tallies[scheme][voter];
            tally.truth.push_back(held.label(i));
            tally.predicted.push_back(topClass(probabilities));
        }
    }
    Json out = Json::object();
    for (const auto& [scheme, voters] : tallies)
        for (const auto& [voter, tally] : voters)
            out[scheme][voter] = scoresOf(tally, ensemble.heads(scheme)->classes);
    return out;
}

/// F1 of the decoded spans against the truth, whatever the class.
Json measureSpans(Ensemble& ensemble, const std::vector<HeldSession>& sessions, PointSet points,
    const DecodeOptions& decode)
{
    std::vector<ScoredSpan> truth;
    std::vector<ScoredSpan> found;
    for (size_t s = 0; s < sessions.size(); ++s) {
        const HeldSession& session = sessions[s];
        const std::string name = std::to_string(s);
        for (const HeldSession::Truth& span : session.truth)
            truth.push_back({name, 0, span.start, span.end, 1});
        const auto curve
            = ensemble.actionness(points == PointSet::All68 ? session.features : session.mobileFeatures);
        for (const RowSpan& span : decodeSpans(curve, kSequenceRate, decode))
            found.push_back(
                {name, 0, static_cast<double>(span.first), static_cast<double>(span.last), span.score});
    }
    Json out = {{"truth", truth.size()}, {"found", found.size()}};
    for (const double overlap : kOverlaps) {
        const SpanReport report = spanReport(truth, found, overlap, SpanMatch::Strict);
        out["tiou " + std::to_string(overlap).substr(0, 3)]
            = {{"f1", report.f1}, {"precision", report.precision}, {"recall", report.recall}};
    }
    return out;
}

} // namespace

Status trainDemoWeights(const std::filesystem::path& recipeFile, const std::filesystem::path& out,
    uint64_t seed, ProgressSink& progress)
{
    Result<EnsembleRecipe> recipe = readEnsembleRecipe(recipeFile);
    if (!recipe)
        return recipe.error();
    recipe->seed = seed;
    Result<SynthDataOptions> options = readDataOptions(*recipe, recipeFile);
    if (!options)
        return options.error();
    options->seed = seed;
    const Result<AnalyzeRecipe> analyze = readAnalyzeRecipe(analyzeRecipeFile());
    if (!analyze)
        return analyze.error();
    const Result<SynthData> data = makeSynthData(*options, progress);
    if (!data)
        return data.error();
    if (Status status = trainEnsemble(
            *recipe, *data->train, *data->held, data->sequences, data->heldSequences, out, progress);
        !status)
        return status;
    const Result<std::unique_ptr<Ensemble>> ensemble = loadEnsemble(out);
    if (!ensemble)
        return ensemble.error();
    Json measured;
    measured["what"]
        = "measured here on held-out synthetic subjects with the decoding of analyze.json; temperatures "
          "and fusion weights were fitted on the same subjects";
    measured["digest"] = (*ensemble)->digest();
    measured["seed"] = seed;
    measured["train_clips"] = data->train->size();
    for (const auto& [name, points] :
        {std::pair("points68", PointSet::All68), std::pair("points14", PointSet::Mobile14)})
        measured[name] = {{"clips", measureClips(**ensemble, *data->held, points, progress)},
            {"spans", measureSpans(**ensemble, data->heldSessions, points, analyze->decode)}};
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    return writeFileAtomically(out / "measured.json", measured.dump(2) + "\n");
}

} // namespace telltale
