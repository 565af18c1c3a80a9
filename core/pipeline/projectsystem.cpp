// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/projectsystem.h"
#include "data/times.h"
#include "pipeline/clipsets/projectclips.h"
#include "pipeline/modelfolder.h"
#include "pipeline/projectadaptation.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::vector<float> narrowed(const std::vector<double>& values) { return {values.begin(), values.end()}; }

/// The pseudo-label of each clip of the set.
std::map<size_t, PseudoLabel> pseudoLabelsOf(const std::vector<AcceptedClip>& accepted)
{
    std::map<size_t, PseudoLabel> labels;
    for (const AcceptedClip& clip : accepted) {
        PseudoLabel label;
        label.classId = clip.birth.label;
        label.round = clip.birth.round;
        label.voters = clip.birth.voters;
        label.scores = clip.birth.scores;
        label.thresholds = clip.birth.thresholds;
        label.models = clip.birth.models;
        label.recipe = clip.birth.recipe;
        labels.emplace(clip.clip, std::move(label));
    }
    return labels;
}

ScoredClip scoredClip(const ClipSet& set, const ClipScores& scores, size_t place, const SystemFacts& facts)
{
    ScoredClip scored;
    scored.clip = set.clips()[scores.clips[place]];
    scored.logits = scores.logitsAt(place);
    const StreamProbabilities rows = facts.calibration.probabilities(scored.logits);
    for (const auto& [stream, row] : rows)
        scored.streams[stream] = {narrowed(row), scores.streams.at(stream).features[place]};
    scored.fused = narrowed(facts.calibration.vote(rows));
    return scored;
}

} // namespace

ModelEntry systemEntry(const Document& document, const fs::path& folder, const SystemFacts& facts)
{
    ModelEntry entry;
    entry.time = timeNow();
    entry.file = fs::relative(folder, document.folder()).generic_string();
    entry.kind = kTrack1Kind;
    entry.recipe = Json({{"name", facts.recipe.name}, {"seed", facts.seed},
                            {"adapted", facts.adapted ? std::string(nameOf(*facts.adapted)) : ""}})
                       .dump();
    entry.metrics = facts.figures;
    entry.basedOn = document.sequence();
    return entry;
}

Result<ClipExportRequest> makeProjectCut(Document& document, bool unlabelled)
{
    ClipExportOptions options;
    options.unlabelled = unlabelled;
    const fs::path folder = document.folder() / "cache" / "clips";
    return makeClipExport(
        document, folder / (unlabelled ? "all.safetensors" : "labelled.safetensors"), options);
}

Result<ProjectClips> cutProjectClips(Document& document, bool unlabelled, ProgressSink& progress)
{
    const auto request = makeProjectCut(document, unlabelled);
    if (!request)
        return request.error();
    const auto exported = exportClips(*request, progress);
    if (!exported)
        return exported.error();
    if (Status status = keepFoundCrops(document, exported->crops); !status)
        return status.error();
    auto set = ClipSet::open(request->out);
    if (!set)
        return set.error();
    return ProjectClips{std::move(*set), request->basedOn, exported->notes};
}

Result<SystemFacts> trainOnProject(Document& document, const Track1Recipe& recipe,
    const SystemOptions& options, ProgressSink& progress, const StreamEpoch& onEpoch)
{
    const auto clips = cutProjectClips(document, false, progress);
    if (!clips)
        return clips.error();
    const fs::path folder = freshModelFolder(document, kTrack1Kind);
    auto facts = trainSystem(clips->set, recipe, folder, options, progress, onEpoch);
    if (!facts)
        return facts;
    ModelEntry entry = systemEntry(document, folder, *facts);
    entry.basedOn = clips->basedOn;
    entry.active = true;
    if (const auto id = document.addModel(entry); !id)
        return id.error();
    return facts;
}

Result<fs::path> activeSystem(const Document& document)
{
    return activeModelFolder(document, kTrack1Kind,
        "The project has no trained system yet; run telltale-cli train on it first, or name one with "
        "--model.");
}

Result<ClipScoreRun> scoreClips(const std::shared_ptr<const ClipSet>& set, const fs::path& folder,
    const std::vector<AcceptedClip>& accepted, const std::string& device, int64_t basedOn,
    ProgressSink& progress)
{
    const auto system = Track1System::load(folder, device);
    if (!system)
        return system.error();
    std::vector<size_t> all(set->clips().size());
    for (size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    const auto scores = (*system)->scores(set, all, progress);
    if (!scores)
        return scores.error();
    const SystemFacts& facts = (*system)->facts();
    ClipScoreRun run;
    run.model = "track1";
    run.digest = (*system)->digest();
    run.recipe = facts.recipe.name;
    run.adapted = facts.adapted ? std::string(nameOf(*facts.adapted)) : "";
    run.seed = facts.seed;
    run.basedOn = basedOn;
    auto labels = pseudoLabelsOf(accepted);
    for (size_t place = 0; place < all.size(); ++place) {
        ScoredClip scored = scoredClip(*set, *scores, place, facts);
        if (const auto found = labels.find(place); found != labels.end())
            scored.pseudoLabel = found->second;
        if (!scored.fused.empty())
            run.clips.push_back(std::move(scored));
    }
    return run;
}

Result<AppliedScores> scoreProject(Document& document, const fs::path& folder,
    const std::vector<AcceptedClip>& accepted, const std::string& device, ProgressSink& progress)
{
    const auto clips = cutProjectClips(document, true, progress);
    if (!clips)
        return clips.error();
    const auto run = scoreClips(clips->set, folder, accepted, device, clips->basedOn, progress);
    return run ? applyClipScores(document, *run) : Result<AppliedScores>(run.error());
}

Result<AdaptationResult> adaptOnProject(
    Document& document, const AdaptationOptions& options, AppliedScores& applied, ProgressSink& progress)
{
    const auto request = makeAdaptationRequest(document, options);
    if (!request)
        return request.error();
    const auto outcome = adaptClips(*request, progress);
    if (!outcome)
        return outcome.error();
    const auto entered = applyAdaptation(document, *outcome);
    if (!entered)
        return entered.error();
    applied.videos = entered->videos;
    applied.predictions = entered->predictions;
    applied.pseudoLabels = entered->pseudoLabels;
    applied.notes = entered->notes;
    return resultOf(*outcome);
}

} // namespace telltale
