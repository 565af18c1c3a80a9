// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/projectsystem.h"
#include "data/times.h"
#include "pipeline/clipsets/projectclips.h"
#include "pipeline/modelfolder.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::vector<float> narrowed(const std::vector<double>& values) { return {values.begin(), values.end()}; }

ModelEntry entryFor(const Document& document, const fs::path& folder, const SystemFacts& facts)
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

/// The pseudo-label of each clip of the set, with the most probable birth where several students took it.
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

Result<ProjectClips> cutProjectClips(Document& document, bool unlabelled, ProgressSink& progress)
{
    ClipExportOptions options;
    options.unlabelled = unlabelled;
    const fs::path folder = document.folder() / "cache" / "clips";
    const fs::path file = folder / (unlabelled ? "all.safetensors" : "labelled.safetensors");
    const auto request = makeClipExport(document, file, options);
    if (!request)
        return request.error();
    const auto exported = exportClips(*request, progress);
    if (!exported)
        return exported.error();
    if (Status status = keepFoundCrops(document, exported->crops); !status)
        return status.error();
    auto set = ClipSet::open(file);
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
    ModelEntry entry = entryFor(document, folder, *facts);
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

Result<AppliedScores> scoreProject(Document& document, const fs::path& folder,
    const std::vector<AcceptedClip>& accepted, const std::string& device, ProgressSink& progress)
{
    const auto clips = cutProjectClips(document, true, progress);
    if (!clips)
        return clips.error();
    const auto system = Track1System::load(folder, device);
    if (!system)
        return system.error();
    std::vector<size_t> all(clips->set->clips().size());
    for (size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    const auto scores = (*system)->scores(clips->set, all, progress);
    if (!scores)
        return scores.error();
    const SystemFacts& facts = (*system)->facts();
    ClipScoreRun run;
    run.model = "track1";
    run.digest = (*system)->digest();
    run.recipe = facts.recipe.name;
    run.adapted = facts.adapted ? std::string(nameOf(*facts.adapted)) : "";
    run.seed = facts.seed;
    run.basedOn = clips->basedOn;
    auto labels = pseudoLabelsOf(accepted);
    for (size_t place = 0; place < all.size(); ++place) {
        ScoredClip scored = scoredClip(*clips->set, *scores, place, facts);
        if (const auto found = labels.find(place); found != labels.end())
            scored.pseudoLabel = found->second;
        if (!scored.fused.empty())
            run.clips.push_back(std::move(scored));
    }
    return applyClipScores(document, run);
}

Result<AdaptationResult> adaptOnProject(
    Document& document, const AdaptationOptions& options, AppliedScores& applied, ProgressSink& progress)
{
    const auto base = activeSystem(document);
    if (!base)
        return base.error();
    const auto clips = cutProjectClips(document, true, progress);
    if (!clips)
        return clips.error();
    const fs::path folder = freshModelFolder(document, kTrack1Kind);
    auto result = adaptSystem(clips->set, *base, folder, options, progress);
    if (!result)
        return result;
    if (const auto id = document.addCandidate(entryFor(document, folder, result->facts)); !id)
        return id.error();
    auto scored = scoreProject(document, folder, result->accepted, options.device, progress);
    if (!scored)
        return scored.error();
    applied = std::move(*scored);
    return result;
}

} // namespace telltale
