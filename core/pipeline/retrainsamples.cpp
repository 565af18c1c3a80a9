// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What a retraining learns from, copied out of the document.
#include "pipeline/retrainsamples.h"
#include "data/birthrecord.h"
#include "data/confirmed.h"
#include "pipeline/headmodels.h"
#include "pipeline/retrainrecipe.h"
#include "pipeline/teamnumbers.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {
namespace {

constexpr size_t kReportEvery = 256; ///< spans

bool decided(const Annotation& span) { return isConfirmed(span.state) && span.classId >= 0; }

/// A sample of the span with what its prediction knows already; weight 0.
HeadSample sampleOf(
    PredictionReader& predictions, const Annotation& span, const VideoEntry& video, BirthRecord& birth)
{
    HeadSample sample;
    sample.annotationId = span.id;
    sample.videoId = span.videoId;
    sample.subject = video.subject;
    sample.span = span.span;
    sample.person = span.person;
    sample.classId = span.classId;
    sample.weight = 0;
    const auto prediction = span.predictionId > 0 ? predictions.prediction(span.predictionId) : nullptr;
    if (!prediction)
        return sample;
    birth = readBirth(prediction->birth);
    birth.accepted = prediction->pseudoLabel;
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

/// An open proposal: a pseudo-label if the modalities agreed on it.
void weighOpen(HeadSample& sample, const BirthRecord& birth, const RetrainRecipe& recipe, int classes)
{
    const bool usable = birth.accepted.value_or(false) && birth.label >= 0 && birth.label < classes;
    sample.classId = usable ? birth.label : -1;
    sample.weight = usable ? recipe.pseudoLabelWeight * std::clamp(birth.score.value_or(0), 0.0, 1.0) : 0;
}

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};

/// Everything but the samples. The heads: the active ones.
RetrainRequest emptyRequest(const FrozenProject& project)
{
    RetrainRequest request;
    request.project = project.folder();
    request.scheme = project.scheme();
    request.videos = project.videos();
    for (const VideoEntry& video : request.videos)
        request.corrections[video.id] = correctionsOf(project, video.id);
    request.basedOn = project.sequence();
    if (const ModelEntry* heads = activeHeads(project.models())) {
        request.heads = project.absolute(heads->file);
        request.former = heads->id;
    }
    return request;
}

/// Open and decided spans as samples, in the order of the spans.
Status addSamples(const FrozenProject& project, const RetrainRecipe& recipe, RetrainRequest& request,
    ProgressSink& progress)
{
    const std::vector<Annotation> spans = project.annotations();
    PredictionReader predictions(project);
    for (size_t i = 0; i < spans.size(); ++i) {
        if (progress.cancelled())
            return kCancelled;
        if (i % kReportEvery == 0)
            progress.report(static_cast<int64_t>(i), static_cast<int64_t>(spans.size()), "spans");
        const Annotation& span = spans[i];
        const VideoEntry* video = project.video(span.videoId);
        const bool open = span.state == SpanState::Proposed;
        if (!video || (!decided(span) && !open))
            continue;
        BirthRecord birth;
        HeadSample sample = sampleOf(predictions, span, *video, birth);
        if (!open)
            sample.weight
                = span.state == SpanState::Corrected ? recipe.correctedWeight : recipe.acceptedWeight;
        else if (sample.predictionId > 0)
            weighOpen(sample, birth, recipe, request.scheme.classCount());
        request.samples.push_back(std::move(sample));
    }
    return {};
}

} // namespace

Result<RetrainRequest> openProposals(const FrozenProject& project, ProgressSink& progress)
{
    RetrainRequest request = emptyRequest(project);
    const std::vector<Annotation> spans = project.annotations();
    PredictionReader predictions(project);
    for (const Annotation& span : spans) {
        if (progress.cancelled())
            return kCancelled;
        const VideoEntry* video = project.video(span.videoId);
        if (!video || span.state != SpanState::Proposed || span.predictionId == 0)
            continue;
        BirthRecord birth;
        if (HeadSample sample = sampleOf(predictions, span, *video, birth); sample.predictionId > 0)
            request.samples.push_back(std::move(sample));
    }
    return request;
}

Result<RetrainRequest> makeRetrainRequest(
    const FrozenProject& project, uint64_t seed, bool cold, ProgressSink& progress)
{
    const Result<RetrainRecipe> recipe = readRetrainRecipe();
    if (!recipe)
        return recipe.error();
    RetrainRequest request = emptyRequest(project);
    request.seed = seed;
    request.cold = cold;
    if (Status status = addSamples(project, *recipe, request, progress); !status)
        return status.error();
    if (classesOf(request.samples, true) < 2)
        return Error{ErrorCode::InvalidArgument,
            "Retraining needs spans of at least two classes that a person accepted, corrected or added; so "
            "far there are "
                + std::string(classesOf(request.samples, true) == 0 ? "none" : "spans of only one class")
                + ". Review some proposals first."};
    chooseHeldOut(request.samples, *recipe);
    if (classesOf(request.samples, false) < 2)
        for (HeadSample& sample : request.samples)
            sample.held = false; // too little to hold anything back
    return request;
}

Result<RetrainRequest> makeRetrainRequest(Document& document, uint64_t seed, bool cold)
{
    if (Status written = document.flush(); !written)
        return written.error();
    fetchNumbers(document);
    CancelFlag never;
    return makeRetrainRequest(document.freeze(), seed, cold, never);
}

} // namespace telltale
