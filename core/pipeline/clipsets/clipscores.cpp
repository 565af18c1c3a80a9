// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/clipscores.h"
#include "data/birthrecord.h"
#include "data/store/scorefiles.h"
#include "data/times.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

using Json = nlohmann::json;

bool finite(const std::vector<float>& values)
{
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

Error refused(const ScoredClip& scored, const std::string& what)
{
    return {ErrorCode::InvalidArgument,
        "The scores of the clip \"" + scored.clip.id + "\" " + what + "; nothing was entered."};
}

Status checkScores(const Document& document, const ScoredClip& scored)
{
    const auto classes = static_cast<size_t>(document.scheme().classCount());
    if (!document.videoByName(scored.clip.video))
        return refused(
            scored, "are of the video \"" + scored.clip.video + "\", which the project does not have");
    const auto fits = [&](const std::vector<float>& row) { return row.empty() || row.size() == classes; };
    bool sized = fits(scored.fused);
    bool numbers = finite(scored.fused);
    for (const auto& [stream, scores] : scored.streams) {
        sized = sized && fits(scores.probabilities);
        numbers = numbers && finite(scores.probabilities) && finite(scores.embedding);
    }
    for (const auto& [stream, logits] : scored.logits) {
        sized = sized && fits(logits);
        numbers = numbers && finite(logits);
    }
    if (!sized)
        return refused(scored,
            "are not of the " + std::to_string(classes) + " classes of the scheme '" + document.scheme().name
                + "'; use a system that was trained for it");
    if (!numbers)
        return refused(scored, "hold a number that is not finite");
    if (scored.pseudoLabel
        && (scored.pseudoLabel->classId < 0 || scored.pseudoLabel->classId >= static_cast<int>(classes)))
        return refused(scored, "hold a pseudo-label of no class of the scheme");
    return {};
}

/// JSON that a birth record has as text, or null.
Json parsed(const std::string& text)
{
    Json json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? Json(text) : json;
}

Json votesOf(const ScoredClip& scored)
{
    Json votes = Json::object();
    for (const auto& [stream, scores] : scored.streams) {
        const auto top = std::ranges::max_element(scores.probabilities);
        if (top != scores.probabilities.end())
            votes[stream] = {{"class", top - scores.probabilities.begin()}, {"probability", *top}};
    }
    return votes;
}

std::string birthOf(const ClipScoreRun& run, const ScoredClip& scored, const LabelScheme& scheme)
{
    Json birth = {{"method", "cross-modal pseudo-labels"}, {"model", run.model}, {"digest", run.digest},
        {"recipe", run.recipe}, {"accepted", scored.pseudoLabel.has_value()}, {"label", -1},
        {"votes", votesOf(scored)}, {"raw", scored.logits}};
    if (!run.adapted.empty())
        birth["adapted"] = run.adapted;
    if (const auto& label = scored.pseudoLabel) {
        const auto place = static_cast<size_t>(label->classId);
        birth["label"] = label->classId;
        birth["name"] = scheme.classes[place].name;
        birth["round"] = label->round;
        birth["voters"] = parsed(label->voters);
        birth["scores"] = parsed(label->scores);
        birth["thresholds"] = parsed(label->thresholds);
        birth["models"] = parsed(label->models);
        if (place < scored.fused.size())
            birth["score"] = scored.fused[place];
    }
    return birth.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What one video gets: predictions and, by place, the pseudo-labels that belong to them.
struct VideoRun {
    std::vector<Prediction> predictions;
    std::map<size_t, PseudoLabel> labels;
};

/// What found the span stays beside what names it now.
void keepDetection(const Prediction& before, Prediction& prediction)
{
    prediction.detectorScore = before.detectorScore;
    const auto detector = before.modalities.find(kDetectorModality);
    if (detector == before.modalities.end())
        return;
    prediction.modalities.insert(*detector);
    prediction.birth = withDetector(prediction.birth, before.birth);
}

Prediction predictionOf(
    const Document& document, int64_t video, const ClipScoreRun& run, const ScoredClip& scored)
{
    Prediction prediction;
    prediction.videoId = video;
    prediction.person = scored.clip.person;
    prediction.span = scored.clip.span;
    prediction.fused = scored.fused;
    prediction.modalities = scored.streams;
    prediction.pseudoLabel = scored.pseudoLabel.has_value();
    prediction.birth = birthOf(run, scored, document.scheme());
    const auto before = scored.clip.prediction > 0 ? document.prediction(scored.clip.prediction) : nullptr;
    if (before)
        keepDetection(*before, prediction);
    return prediction;
}

/// A new run takes the place of open proposals: those that were not scored keep what was said of them.
int64_t carryOver(const Document& document, int64_t video, const std::set<int64_t>& scored, VideoRun& into)
{
    int64_t carried = 0;
    std::set<int64_t> done = scored;
    for (const Annotation& span : document.annotations(video)) {
        if (span.state != SpanState::Proposed || !done.insert(span.predictionId).second)
            continue;
        const auto before = span.predictionId > 0 ? document.prediction(span.predictionId) : nullptr;
        if (!before)
            continue;
        if (before->pseudoLabel)
            if (const auto label = document.pseudoLabel(before->id))
                into.labels[into.predictions.size()] = *label;
        into.predictions.push_back(*before);
        ++carried;
    }
    return carried;
}

Result<PreparedRun> prepared(const Document& document, int64_t video, const ClipScoreRun& run, VideoRun made)
{
    PredictionRun entry;
    entry.videoId = video;
    entry.time = timeNow();
    entry.model = run.model + " " + run.digest;
    if (!run.adapted.empty())
        entry.model += " (" + run.adapted + " adaptation)";
    entry.recipe = run.recipe;
    entry.seed = run.seed;
    entry.basedOn = run.basedOn;
    Result<PreparedRun> ready = prepareRun(*document.scoreFiles(), entry, made.predictions);
    if (!ready)
        return ready;
    for (PseudoLabel& label : ready->pseudoLabels)
        if (const auto known = made.labels.find(static_cast<size_t>(label.predictionId));
            known != made.labels.end()) {
            const int64_t place = label.predictionId;
            label = known->second;
            label.id = 0;
            label.predictionId = place;
        }
    return ready;
}

} // namespace

Result<AppliedScores> applyClipScores(Document& document, const ClipScoreRun& run)
{
    AppliedScores applied;
    std::map<int64_t, VideoRun> videos;
    std::map<int64_t, std::set<int64_t>> scoredPredictions;
    int64_t gone = 0;
    for (const ScoredClip& scored : run.clips) {
        if (Status status = checkScores(document, scored); !status)
            return status.error();
        if (scored.clip.annotation > 0 && !document.annotation(scored.clip.annotation)) {
            ++gone;
            continue;
        }
        const int64_t video = document.videoByName(scored.clip.video)->id;
        VideoRun& into = videos[video];
        if (scored.pseudoLabel) {
            into.labels[into.predictions.size()] = *scored.pseudoLabel;
            ++applied.pseudoLabels;
        }
        into.predictions.push_back(predictionOf(document, video, run, scored));
        scoredPredictions[video].insert(scored.clip.prediction);
        ++applied.predictions;
    }
    if (gone > 0)
        applied.notes.push_back(std::to_string(gone) + (gone == 1 ? " span was" : " spans were")
            + " removed while the system worked; their scores were not entered.");
    ImportBatch batch;
    int64_t carried = 0;
    for (auto& [video, made] : videos) {
        carried += carryOver(document, video, scoredPredictions[video], made);
        Result<PreparedRun> ready = prepared(document, video, run, std::move(made));
        if (!ready)
            return ready.error();
        batch.runs.push_back(std::move(*ready));
    }
    if (carried > 0)
        applied.notes.push_back(std::to_string(carried)
            + (carried == 1 ? " open proposal was" : " open proposals were")
            + " not scored and keep what was said of them.");
    applied.videos = static_cast<int64_t>(batch.runs.size());
    if (batch.runs.empty())
        return applied;
    if (Status status = document.importBatch(std::move(batch), Document::tr("Add proposals")); !status)
        return status.error();
    return applied;
}

std::string adaptationOf(const Prediction& prediction) { return readBirth(prediction.birth).adapted; }

} // namespace telltale
