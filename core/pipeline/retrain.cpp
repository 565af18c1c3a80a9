// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/retrain.h"
#include "base/files.h"
#include "data/times.h"
#include "learn/training.h"
#include "pipeline/models.h"
#include "pipeline/retrainrecipe.h"
#include "pipeline/spanembeddings.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using Json = nlohmann::json;

/// What a person decided weighs at least as much as an accepted span.
bool byPerson(const HeadSample& sample) { return sample.weight >= 1; }

/// The vote of all modalities, or one alone, on what people decided. Of some only when cancelled.
ClipReport measure(const HeadSet& heads, const std::vector<HeadSample>& samples, bool heldOnly, int classes,
    const ProgressSink& progress, const std::string& modality = {})
{
    std::vector<int> truth;
    std::vector<int> predicted;
    std::vector<std::vector<double>> scores;
    for (const HeadSample& sample : samples) {
        if (!byPerson(sample) || (heldOnly && !sample.held))
            continue;
        if (progress.cancelled())
            break;
        const auto only = sample.embeddings.find(modality);
        if (!modality.empty() && only == sample.embeddings.end())
            continue;
        const Vote vote = modality.empty() ? voteOf(heads, sample.embeddings) : voteOf(heads, {*only});
        if (vote.fused.empty())
            continue;
        truth.push_back(sample.classId);
        predicted.push_back(topClass(vote.fused));
        scores.emplace_back(vote.fused.begin(), vote.fused.end());
    }
    return clipReport(truth, predicted, scores, classes);
}

Json numbersOf(const ClipReport& report, const LongTailF1& groups)
{
    const auto number = [](double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); };
    Json classes = Json::array();
    for (const ClassScore& score : report.perClass)
        classes.push_back(score.truth + score.predicted > 0 ? Json(score.f1) : Json(nullptr));
    return {{"accuracy", number(report.accuracy)}, {"top5", number(report.top5)},
        {"macro_f1", number(report.macroF1)}, {"weighted_f1", number(report.weightedF1)},
        {"head_f1", number(groups.head)}, {"medium_f1", number(groups.medium)},
        {"tail_f1", number(groups.tail)}, {"class_f1", std::move(classes)}};
}

Json forgottenOf(const RetrainResult& result, const ForgettingRule& rule)
{
    Json classes = Json::array();
    for (const ForgottenClass& one : result.forgotten)
        classes.push_back(
            {{"class", one.classId}, {"from", one.from}, {"to", one.to}, {"examples", one.examples}});
    return {
        {"margin", rule.margin}, {"fewest_examples", rule.fewestExamples}, {"classes", std::move(classes)}};
}

Json classCounts(const ClipReport& report, int64_t ClassScore::*count)
{
    Json counts = Json::array();
    for (const ClassScore& score : report.perClass)
        counts.push_back(score.*count);
    return counts;
}

/// How many spans of each class it learns from.
std::vector<int64_t> trainingCounts(const std::vector<HeadSample>& samples, int classes)
{
    std::vector<int64_t> counts(static_cast<size_t>(classes));
    for (const HeadSample& sample : samples)
        if (sample.weight > 0 && !sample.held && sample.classId >= 0)
            ++counts[static_cast<size_t>(sample.classId)];
    return counts;
}

Json metricsOf(const RetrainResult& result, const std::vector<HeadSample>& samples, const HeadSet& heads,
    const ForgettingRule& rule)
{
    int64_t human = 0;
    int64_t held = 0;
    int64_t pseudo = 0;
    for (const HeadSample& sample : samples) {
        human += byPerson(sample) ? 1 : 0;
        held += sample.held ? 1 : 0;
        pseudo += sample.weight > 0 && sample.weight < 1 ? 1 : 0;
    }
    Json json = {{"before", numbersOf(result.before, result.beforeGroups)},
        {"after", numbersOf(result.after, result.afterGroups)},
        {"measured_on", result.measuredOnHeldOut ? "held-out spans" : "the training spans"},
        {"decided", human}, {"held_out", held}, {"pseudo_labels", pseudo},
        {"class_examples", classCounts(result.after, &ClassScore::truth)},
        {"class_predicted", classCounts(result.after, &ClassScore::predicted)},
        {"class_correct", classCounts(result.after, &ClassScore::correct)},
        {"class_training", trainingCounts(samples, static_cast<int>(result.after.perClass.size()))},
        {"forgotten", forgottenOf(result, rule)}};
    for (const auto& [modality, head] : heads.heads)
        json["modalities"][modality]
            = {{"temperature", head.temperature}, {"fusion_weight", head.fusionWeight}};
    return json;
}

std::string weightsDigest(const HeadSet& heads)
{
    std::string bytes;
    for (const auto& [modality, head] : heads.heads) {
        bytes += modality;
        for (const auto* values : {&head.weight, &head.bias, &head.hiddenWeight, &head.hiddenBias})
            bytes.append(reinterpret_cast<const char*>(values->data()), values->size() * sizeof(float));
        bytes += std::to_string(head.temperature) + " " + std::to_string(head.fusionWeight);
    }
    return contentDigest(bytes);
}

std::vector<HeadSampleRow> rowsOf(const std::vector<HeadSample>& samples)
{
    std::vector<HeadSampleRow> rows;
    for (const HeadSample& sample : samples)
        if (sample.weight > 0 && !sample.embeddings.empty())
            rows.push_back({sample.embeddings, sample.classId, sample.weight, sample.held});
    return rows;
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr size_t kShown = 5;
    std::string text;
    for (size_t i = 0; i < std::min(names.size(), kShown); ++i)
        text += (i > 0 ? ", " : "") + names[i];
    return names.size() > kShown ? text + " and " + std::to_string(names.size() - kShown) + " more" : text;
}

/// Sentences about classes that it cannot learn, or hardly.
void noteRareClasses(
    const std::vector<int64_t>& counts, const LabelScheme& scheme, std::vector<std::string>& notes)
{
    std::vector<std::string> none;
    std::vector<std::string> one;
    for (size_t c = 0; c < counts.size(); ++c)
        if (!scheme.classes[c].retired && counts[c] < 2)
            (counts[c] == 0 ? none : one).push_back(scheme.classes[c].name);
    if (!none.empty())
        notes.push_back(
            "No decided span to learn from, so their heads stay as they were: " + listed(none) + ".");
    if (!one.empty())
        notes.push_back("Only one span to learn from, decide more of them: " + listed(one) + ".");
}

/// What a cold retraining starts from.
HeadSet shippedHeads(const LoadedModels& models, const LabelScheme& scheme)
{
    const HeadSet* shipped = models.ensemble->heads(scheme.name);
    if (!shipped || shipped->classes > scheme.classCount())
        return {};
    return withClasses(*shipped, scheme.classCount());
}

Status addLabelVectors(RetrainRecipe& recipe, const LabelScheme& scheme)
{
    if (recipe.training.semanticWeight <= 0)
        return {};
    std::vector<std::string> names;
    names.reserve(scheme.classes.size());
    for (const LabelClass& one : scheme.classes)
        names.push_back(one.name);
    Result<LabelVectors> vectors = labelVectors(scheme.name, names);
    if (!vectors)
        return vectors.error();
    recipe.training.labelVectors = std::move(*vectors);
    return {};
}

/// Scores per modality of the active heads, and how to tell those of the heads in training beside them.
class LiveScores {
public:
    LiveScores(const HeadSet& current, const std::vector<HeadSample>& samples, LongTailGroups groups,
        const ForgettingRule& rule, int classes, bool held, const ProgressSink& progress)
        : m_groups(std::move(groups))
        , m_rule(rule)
    {
        for (const auto& entry : current.heads)
            if (held)
                m_current[entry.first] = measure(current, samples, true, classes, progress, entry.first);
    }
    RetrainProgress at(const HeadEpoch& epoch) const
    {
        RetrainProgress progress;
        progress.epoch = epoch.epoch;
        progress.epochs = epoch.epochs;
        progress.modality = epoch.modality;
        progress.loss = epoch.loss;
        progress.heldAccuracy = epoch.heldAccuracy;
        progress.heldMacroF1 = epoch.heldMacroF1;
        progress.held = epoch.held;
        progress.heldGroups = longTailF1(epoch.held, m_groups);
        if (const auto current = m_current.find(epoch.modality); current != m_current.end()) {
            progress.current = current->second;
            progress.currentGroups = longTailF1(current->second, m_groups);
            progress.forgotten = forgottenClasses(current->second.perClass, epoch.held.perClass, m_rule);
        }
        return progress;
    }

private:
    LongTailGroups m_groups;
    ForgettingRule m_rule;
    std::map<std::string, ClipReport> m_current;
};

/// Writes the heads under the project's models/ and enters digest and file.
Status save(const RetrainRequest& request, const HeadSet& heads, RetrainResult& result)
{
    const std::filesystem::path folder = request.project / "models";
    if (Status status = ensureWritableFolder(folder); !status)
        return status;
    result.digest = weightsDigest(heads);
    result.basedOn = request.basedOn;
    result.file = folder / ("heads-" + result.digest.substr(0, 12) + ".safetensors");
    const Json info = {{"scheme", request.scheme.name}, {"recipe", Json::parse(result.recipe)},
        {"metrics", Json::parse(result.metricsJson)}};
    return writeHeads(result.file, heads, info.dump());
}

ModelEntry entryOf(const RetrainResult& result)
{
    ModelEntry entry;
    entry.time = timeNow();
    entry.file = "models/" + result.file.filename().string();
    entry.kind = "heads";
    entry.recipe = result.recipe;
    entry.metrics = result.metricsJson;
    entry.digest = result.digest;
    entry.basedOn = result.basedOn;
    return entry;
}

} // namespace

Result<RetrainResult> retrainHeads(const RetrainRequest& request, ProgressSink& progress,
    const std::function<void(const RetrainProgress&)>& onEpoch)
{
    Result<RetrainRecipe> recipe = readRetrainRecipe();
    if (!recipe)
        return recipe.error();
    recipe->training.seed = request.seed;
    if (Status status = addLabelVectors(*recipe, request.scheme); !status)
        return status.error();
    progress.report(0, 0, "models");
    Result<LoadedModels> models = loadModels(request.heads, request.scheme);
    if (!models)
        return models.error();
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    std::vector<HeadSample> samples = request.samples;
    RetrainResult result;
    Result<std::vector<std::string>> notes
        = completeEmbeddings(request, *models->ensemble, samples, progress);
    if (!notes)
        return notes.error();
    result.notes = std::move(*notes);
    const int classes = request.scheme.classCount();
    const std::vector<int64_t> counts = trainingCounts(samples, classes);
    noteRareClasses(counts, request.scheme, result.notes);
    result.measuredOnHeldOut
        = std::any_of(samples.begin(), samples.end(), [](const HeadSample& sample) { return sample.held; });
    const LongTailGroups groups = longTailGroups(counts);
    const LiveScores live(
        models->heads, samples, groups, recipe->forgetting, classes, result.measuredOnHeldOut, progress);
    const auto forward = [&](const HeadEpoch& epoch) {
        if (onEpoch)
            onEpoch(live.at(epoch));
    };
    const HeadSet start = request.cold ? shippedHeads(*models, request.scheme) : models->heads;
    const Result<HeadSet> heads
        = trainHeads(start, classes, rowsOf(samples), recipe->training, progress, forward);
    if (!heads)
        return heads.error();
    progress.report(0, 0, "scores");
    result.before = measure(models->heads, samples, result.measuredOnHeldOut, classes, progress);
    result.after = measure(*heads, samples, result.measuredOnHeldOut, classes, progress);
    result.beforeGroups = longTailF1(result.before, groups);
    result.afterGroups = longTailF1(result.after, groups);
    if (!result.measuredOnHeldOut)
        result.notes.emplace_back(
            "Too few decided spans to hold some back: the scores are on the spans it learnt from.");
    if (result.measuredOnHeldOut)
        result.forgotten
            = forgottenClasses(result.before.perClass, result.after.perClass, recipe->forgetting);
    result.recipe = Json({{"name", recipe->name}, {"seed", request.seed}, {"start", models->name},
                             {"cold", request.cold}, {"former", request.former}})
                        .dump();
    result.metricsJson = metricsOf(result, samples, *heads, recipe->forgetting).dump();
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    if (Status status = save(request, *heads, result); !status)
        return status.error();
    return result;
}

Status applyRetraining(Document& document, const RetrainResult& result)
{
    const Result<int64_t> id = document.addModel(entryOf(result));
    return id ? Status() : Status(id.error());
}

Result<int64_t> addCandidate(Document& document, const RetrainResult& result)
{
    return document.addCandidate(entryOf(result));
}

} // namespace telltale
