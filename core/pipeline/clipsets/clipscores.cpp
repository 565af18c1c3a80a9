// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/clipscores.h"
#include "data/birthrecord.h"
#include "data/store/scorefiles.h"
#include "data/times.h"
#include "pipeline/counted.h"
#include "pipeline/teamnumbers.h"
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

/// Scores become predictions of one project.
class Preparation {
public:
    Preparation(const FrozenProject& project, const ClipScoreRun& run)
        : m_project(project)
        , m_run(run)
        , m_before(project)
    {
        for (const VideoEntry& video : project.videos())
            m_videos.emplace(video.name, video.id);
    }
    Status check(const ScoredClip& scored) const;
    Prediction predictionOf(const ScoredClip& scored);

private:
    const FrozenProject& m_project;
    const ClipScoreRun& m_run;
    PredictionReader m_before; ///< what was said before
    std::map<std::string, int64_t> m_videos; ///< by name
};

Status Preparation::check(const ScoredClip& scored) const
{
    const LabelScheme& scheme = m_project.scheme();
    const auto classes = static_cast<size_t>(scheme.classCount());
    if (!m_videos.contains(scored.clip.video))
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
            "are not of the " + std::to_string(classes) + " classes of the scheme '" + scheme.name
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

Prediction Preparation::predictionOf(const ScoredClip& scored)
{
    Prediction prediction;
    prediction.videoId = m_videos.at(scored.clip.video);
    prediction.person = scored.clip.person;
    prediction.span = scored.clip.span;
    prediction.fused = scored.fused;
    prediction.modalities = scored.streams;
    prediction.pseudoLabel = scored.pseudoLabel.has_value();
    prediction.birth = birthOf(m_run, scored, m_project.scheme());
    if (const auto before = m_before.prediction(scored.clip.prediction))
        keepDetection(*before, prediction);
    return prediction;
}

/// A new run takes the place of open proposals: those that were not scored keep what was said of them.
int64_t carryOver(const Document& document, int64_t video, PreparedScores::Video& into)
{
    int64_t carried = 0;
    std::set<int64_t> done(into.replaced.begin(), into.replaced.end());
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
        into.annotations.push_back(span.id);
        ++carried;
    }
    return carried;
}

/// Takes out what was said of spans that are not there any more.
int64_t dropGone(const Document& document, PreparedScores::Video& video)
{
    PreparedScores::Video kept;
    for (size_t i = 0; i < video.predictions.size(); ++i) {
        if (video.annotations[i] > 0 && !document.annotation(video.annotations[i]))
            continue;
        if (const auto label = video.labels.find(i); label != video.labels.end())
            kept.labels[kept.predictions.size()] = label->second;
        kept.predictions.push_back(std::move(video.predictions[i]));
        kept.annotations.push_back(video.annotations[i]);
    }
    const auto gone = static_cast<int64_t>(video.predictions.size() - kept.predictions.size());
    video.predictions = std::move(kept.predictions);
    video.annotations = std::move(kept.annotations);
    video.labels = std::move(kept.labels);
    return gone;
}

bool anyGone(const Document& document, const PreparedScores::Video& video)
{
    return std::ranges::any_of(
        video.annotations, [&](int64_t id) { return id > 0 && !document.annotation(id); });
}

/// Open proposals that were not scored.
bool anyOther(const Document& document, int64_t video, const PreparedScores::Video& scores)
{
    const std::set<int64_t> replaced(scores.replaced.begin(), scores.replaced.end());
    return std::ranges::any_of(document.annotations(video), [&](const Annotation& span) {
        return span.state == SpanState::Proposed && !replaced.contains(span.predictionId);
    });
}

PredictionRun entryOf(int64_t video, const ClipScoreRun& run)
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
    return entry;
}

Status writeRun(ScoreFiles& files, PreparedScores::Video& video)
{
    Result<PreparedRun> ready = prepareRun(files, video.entry, video.predictions);
    if (!ready)
        return ready.error();
    for (PseudoLabel& label : ready->pseudoLabels)
        if (const auto known = video.labels.find(static_cast<size_t>(label.predictionId));
            known != video.labels.end()) {
            const int64_t place = label.predictionId;
            label = known->second;
            label.id = 0;
            label.predictionId = place;
        }
    video.run = std::move(*ready);
    return {};
}

} // namespace

ScoreContext scoreContext(const Document& document)
{
    fetchNumbers(document);
    return {document.freeze(), document.scoreFiles()};
}

Result<PreparedScores> prepareClipScores(const ScoreContext& context, const ClipScoreRun& run)
{
    PreparedScores prepared;
    prepared.classes = context.project.scheme().classes.size();
    Preparation preparation(context.project, run);
    for (const ScoredClip& scored : run.clips) {
        if (Status status = preparation.check(scored); !status)
            return status.error();
        Prediction prediction = preparation.predictionOf(scored);
        PreparedScores::Video& video = prepared.videos[prediction.videoId];
        if (scored.pseudoLabel)
            video.labels[video.predictions.size()] = *scored.pseudoLabel;
        video.predictions.push_back(std::move(prediction));
        video.annotations.push_back(scored.clip.annotation);
        video.replaced.push_back(scored.clip.prediction);
    }
    for (auto& [id, video] : prepared.videos) {
        video.entry = entryOf(id, run);
        if (Status status = writeRun(*context.files, video); !status)
            return status.error();
    }
    return prepared;
}

Result<AppliedScores> applyClipScores(Document& document, const PreparedScores& scores)
{
    if (scores.classes != document.scheme().classes.size())
        return Error{ErrorCode::InvalidArgument,
            "The scores are of " + std::to_string(scores.classes) + " classes, but the scheme '"
                + document.scheme().name + "' has " + std::to_string(document.scheme().classes.size())
                + " now; nothing was entered. Train a system for the new classes."};
    AppliedScores applied;
    ImportBatch batch;
    int64_t gone = 0;
    int64_t carried = 0;
    for (const auto& [id, ready] : scores.videos) {
        std::optional<PreparedScores::Video> edited; // meanwhile, or not all clips could be cut
        size_t scored = ready.predictions.size();
        if (anyGone(document, ready) || anyOther(document, id, ready)) {
            edited = ready;
            gone += dropGone(document, *edited);
            scored = edited->predictions.size();
            if (scored == 0)
                continue;
            carried += carryOver(document, id, *edited);
            if (Status status = writeRun(*document.scoreFiles(), *edited); !status)
                return status.error();
        }
        const PreparedScores::Video& entered = edited ? *edited : ready;
        applied.predictions += static_cast<int64_t>(scored);
        applied.pseudoLabels += std::ranges::count_if(
            entered.labels, [scored](const auto& label) { return label.first < scored; });
        batch.runs.push_back(entered.run);
    }
    if (gone > 0)
        applied.notes.push_back(counted(gone, "span was", "spans were")
            + " removed while the system worked; their scores were not entered.");
    if (carried > 0)
        applied.notes.push_back(counted(carried, "open proposal was", "open proposals were")
            + " not scored and keep what was said of them.");
    applied.videos = static_cast<int64_t>(batch.runs.size());
    if (batch.runs.empty())
        return applied;
    if (Status status = document.importBatch(std::move(batch), Document::tr("Add proposals")); !status)
        return status.error();
    return applied;
}

Result<AppliedScores> applyClipScores(Document& document, const ClipScoreRun& run)
{
    const auto prepared = prepareClipScores(scoreContext(document), run);
    return prepared ? applyClipScores(document, *prepared) : Result<AppliedScores>(prepared.error());
}

} // namespace telltale
