// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/retrain.h"
#include "base/files.h"
#include "data/times.h"
#include "learn/training.h"
#include "pipeline/models.h"
#include "pipeline/recipefile.h"
#include "pipeline/spanembeddings.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

using Json = nlohmann::json;

struct RetrainRecipe {
    std::string name;
    HeadTraining training;
    double pseudoLabelWeight = 0.5;
    double heldShare = 0.25;
    int heldEvery = 5;
};

Result<RetrainRecipe> readRetrainRecipe()
{
    RetrainRecipe recipe;
    const Status status
        = RecipeFile(dataFolder() / "models" / "recipes" / "retrain.json").read([&](RecipeFile& in) {
              recipe.name = in.name();
              in.get("training", "epochs", recipe.training.epochs);
              in.get("training", "pull", recipe.training.pull);
              in.get("training", "weightSmoothing", recipe.training.weightSmoothing);
              in.get("training", "weightCap", recipe.training.weightCap);
              in.get("samples", "pseudoLabelWeight", recipe.pseudoLabelWeight);
              in.get("samples", "heldShare", recipe.heldShare);
              in.get("samples", "heldEvery", recipe.heldEvery);
          });
    if (!status)
        return status.error();
    return recipe;
}

bool decided(const Annotation& span)
{
    return (span.state == SpanState::Accepted || span.state == SpanState::Corrected) && span.classId >= 0;
}

/// The networks' digest and the consensus label, from a prediction's birth.
struct Birth {
    std::string digest;
    int label = -1;
    double score = 0;
    bool accepted = false; ///< as a pseudo-label
};

Birth birthOf(const Prediction& prediction)
{
    const Json json = Json::parse(prediction.birth, nullptr, false);
    if (!json.is_object())
        return {};
    return {
        json.value("digest", ""), json.value("label", -1), json.value("score", 0.0), prediction.pseudoLabel};
}

std::string activeHeads(const Document& document)
{
    std::string file;
    for (const ModelEntry& model : document.models())
        if (model.active && model.kind == "heads")
            file = model.file;
    return file;
}

/// A sample of the span with what its prediction knows already; weight 0.
HeadSample sampleOf(const Document& document, const Annotation& span, const VideoEntry& video, Birth& birth)
{
    HeadSample sample;
    sample.annotationId = span.id;
    sample.videoId = span.videoId;
    sample.subject = video.subject;
    sample.span = span.span;
    sample.person = span.person;
    sample.classId = span.classId;
    sample.weight = 0;
    const auto prediction = span.predictionId > 0 ? document.prediction(span.predictionId) : nullptr;
    if (!prediction)
        return sample;
    birth = birthOf(*prediction);
    sample.predictionId = prediction->id;
    if (prediction->span != span.span || prediction->person != span.person)
        return sample;
    sample.weights = birth.digest;
    for (const auto& [modality, scores] : prediction->modalities)
        if (!scores.embedding.empty())
            sample.embeddings[modality] = scores.embedding;
    return sample;
}

/// Holds out whole subjects where there are several, else every n-th decided span.
void chooseHeldOut(std::vector<HeadSample>& samples, const RetrainRecipe& recipe)
{
    std::map<std::string, int> counts;
    int total = 0;
    for (const HeadSample& sample : samples)
        if (sample.weight >= 1) {
            ++counts[sample.subject];
            ++total;
        }
    if (counts.size() < 2) {
        int index = 0;
        for (HeadSample& sample : samples)
            if (sample.weight >= 1)
                sample.held = ++index % recipe.heldEvery == 0;
        return;
    }
    const auto away = [&](const auto& entry) { return std::abs(entry.second - recipe.heldShare * total); };
    const auto chosen = std::min_element(
        counts.begin(), counts.end(), [&](const auto& a, const auto& b) { return away(a) < away(b); });
    for (HeadSample& sample : samples) {
        if (sample.subject != chosen->first)
            continue;
        sample.held = sample.weight >= 1;
        if (!sample.held)
            sample.weight = 0; // its pseudo-labels must not leak into the training either
    }
}

int classesOf(const std::vector<HeadSample>& samples, bool alsoHeld)
{
    std::set<int> classes;
    for (const HeadSample& sample : samples)
        if (sample.weight >= 1 && (alsoHeld || !sample.held))
            classes.insert(sample.classId);
    return static_cast<int>(classes.size());
}

ClipReport measure(const HeadSet& heads, const std::vector<HeadSample>& samples, bool heldOnly, int classes)
{
    std::vector<int> truth;
    std::vector<int> predicted;
    std::vector<std::vector<double>> scores;
    for (const HeadSample& sample : samples) {
        if (sample.weight < 1 || (heldOnly && !sample.held))
            continue;
        const Vote vote = voteOf(heads, sample.embeddings);
        if (vote.fused.empty())
            continue;
        truth.push_back(sample.classId);
        predicted.push_back(topClass(vote.fused));
        scores.emplace_back(vote.fused.begin(), vote.fused.end());
    }
    return clipReport(truth, predicted, scores, classes);
}

Json numbersOf(const ClipReport& report)
{
    const auto number = [](double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); };
    return {{"accuracy", number(report.accuracy)}, {"top5", number(report.top5)},
        {"macro_f1", number(report.macroF1)}, {"weighted_f1", number(report.weightedF1)}};
}

Json metricsOf(const RetrainResult& result, const std::vector<HeadSample>& samples, const HeadSet& heads)
{
    int64_t human = 0;
    int64_t held = 0;
    int64_t pseudo = 0;
    for (const HeadSample& sample : samples) {
        human += sample.weight >= 1 ? 1 : 0;
        held += sample.held ? 1 : 0;
        pseudo += sample.weight > 0 && sample.weight < 1 ? 1 : 0;
    }
    Json json = {{"before", numbersOf(result.before)}, {"after", numbersOf(result.after)},
        {"measured_on", result.measuredOnHeldOut ? "held-out spans" : "the training spans"},
        {"decided", human}, {"held_out", held}, {"pseudo_labels", pseudo}};
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
        bytes.append(reinterpret_cast<const char*>(head.weight.data()), head.weight.size() * sizeof(float));
        bytes.append(reinterpret_cast<const char*>(head.bias.data()), head.bias.size() * sizeof(float));
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

} // namespace

Result<RetrainRequest> makeRetrainRequest(Document& document, uint64_t seed)
{
    if (Status written = document.flush(); !written)
        return written.error();
    const Result<RetrainRecipe> recipe = readRetrainRecipe();
    if (!recipe)
        return recipe.error();
    RetrainRequest request;
    request.project = document.folder();
    request.scheme = document.scheme();
    request.videos = document.videos();
    for (const VideoEntry& video : request.videos)
        request.corrections[video.id] = correctionsOf(document, video.id);
    request.seed = seed;
    request.basedOn = document.sequence();
    if (const std::string heads = activeHeads(document); !heads.empty())
        request.heads = document.absolute(heads);
    for (const Annotation& span : document.allAnnotations()) {
        const VideoEntry* video = document.video(span.videoId);
        const bool open = span.state == SpanState::Proposed;
        if (!video || (!decided(span) && !open))
            continue;
        Birth birth;
        HeadSample sample = sampleOf(document, span, *video, birth);
        if (!open) {
            sample.weight = 1;
        } else if (sample.predictionId > 0) {
            const bool usable
                = birth.accepted && birth.label >= 0 && birth.label < request.scheme.classCount();
            sample.classId = usable ? birth.label : -1;
            sample.weight = usable ? recipe->pseudoLabelWeight * std::clamp(birth.score, 0.0, 1.0) : 0;
        }
        request.samples.push_back(std::move(sample));
    }
    if (classesOf(request.samples, true) < 2)
        return Error{ErrorCode::InvalidArgument,
            "Retraining needs spans of at least two classes that a person accepted, corrected or added; so "
            "far there "
            "are "
                + std::string(classesOf(request.samples, true) == 0 ? "none" : "spans of only one class")
                + ". Review some proposals first."};
    chooseHeldOut(request.samples, *recipe);
    if (classesOf(request.samples, false) < 2)
        for (HeadSample& sample : request.samples)
            sample.held = false; // too little to hold anything back
    return request;
}

Result<RetrainResult> retrainHeads(const RetrainRequest& request, ProgressSink& progress,
    const std::function<void(const RetrainProgress&)>& onEpoch)
{
    Result<RetrainRecipe> recipe = readRetrainRecipe();
    if (!recipe)
        return recipe.error();
    recipe->training.seed = request.seed;
    Result<LoadedModels> models = loadModels(request.heads, request.scheme);
    if (!models)
        return models.error();
    std::vector<HeadSample> samples = request.samples;
    RetrainResult result;
    Result<std::vector<std::string>> notes
        = completeEmbeddings(request, *models->ensemble, samples, progress);
    if (!notes)
        return notes.error();
    result.notes = std::move(*notes);
    const int classes = request.scheme.classCount();
    const auto forward = [&](const HeadEpoch& epoch) {
        if (onEpoch)
            onEpoch({epoch.epoch, epoch.epochs, epoch.modality, epoch.loss, epoch.heldAccuracy,
                epoch.heldMacroF1});
    };
    const Result<HeadSet> heads
        = trainHeads(models->heads, classes, rowsOf(samples), recipe->training, progress, forward);
    if (!heads)
        return heads.error();

    result.measuredOnHeldOut
        = std::any_of(samples.begin(), samples.end(), [](const HeadSample& sample) { return sample.held; });
    result.before = measure(models->heads, samples, result.measuredOnHeldOut, classes);
    result.after = measure(*heads, samples, result.measuredOnHeldOut, classes);
    if (!result.measuredOnHeldOut)
        result.notes.emplace_back(
            "Too few decided spans to hold some back: the scores are on the spans it learnt from.");
    for (const HeadSample& sample : samples)
        if (sample.weight < 1 && sample.predictionId > 0)
            if (Vote vote = voteOf(*heads, sample.embeddings); !vote.fused.empty())
                result.fused[sample.predictionId] = std::move(vote.fused);
    result.recipe = Json({{"name", recipe->name}, {"seed", request.seed}, {"start", models->name}}).dump();
    result.metricsJson = metricsOf(result, samples, *heads).dump();
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    const std::filesystem::path folder = request.project / "models";
    if (const Status status = ensureWritableFolder(folder); !status)
        return status.error();
    result.digest = weightsDigest(*heads);
    result.basedOn = request.basedOn;
    result.file = folder / ("heads-" + result.digest.substr(0, 12) + ".safetensors");
    const Json info = {{"scheme", request.scheme.name}, {"recipe", Json::parse(result.recipe)},
        {"metrics", Json::parse(result.metricsJson)}};
    if (const Status status = writeHeads(result.file, *heads, info.dump()); !status)
        return status.error();
    return result;
}

Status applyRetraining(Document& document, const RetrainResult& result)
{
    ModelEntry entry;
    entry.time = timeNow();
    entry.file = "models/" + result.file.filename().string();
    entry.kind = "heads";
    entry.recipe = result.recipe;
    entry.metrics = result.metricsJson;
    entry.digest = result.digest;
    entry.basedOn = result.basedOn;
    entry.active = true;
    const Result<int64_t> id = document.addModel(entry);
    return id ? Status() : Status(id.error());
}

} // namespace telltale
