// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/projectadaptation.h"
#include "pipeline/modelfolder.h"
#include "pipeline/projectsystem.h"
#include <QUndoStack>
#include <atomic>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace telltale {

namespace fs = std::filesystem;

class AdaptationWork {
public:
    explicit AdaptationWork(fs::path scratch) : folder(std::move(scratch)) { }
    ~AdaptationWork()
    {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    AdaptationWork(const AdaptationWork&) = delete;
    AdaptationWork& operator=(const AdaptationWork&) = delete;

    fs::path folder;
    AdaptationResult result;
    PreparedScores scores;
    int64_t basedOn = 0;
    std::map<int64_t, std::vector<SavedCrop>> crops;
    std::vector<std::string> notes;
};

namespace {

/// Of this program and moment alone: a run that was cancelled may still be on its way out.
fs::path freshScratch(const Document& document)
{
    static std::atomic<int> number = 0;
    return document.folder() / "cache"
        / std::string("adapting-")
              .append(std::to_string(getpid()))
              .append("-")
              .append(std::to_string(++number));
}

/// Into models/, where rename() is not possible by copying.
Status moveFolder(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    fs::rename(from, to, error);
    if (error) {
        error.clear();
        fs::copy(from, to, fs::copy_options::recursive, error);
    }
    if (!error)
        return {};
    std::error_code ignored;
    fs::remove_all(to, ignored);
    return Error{ErrorCode::Io,
        to.string() + " cannot be written (" + error.message()
            + "); nothing was entered. Make room on the disk, then adapt again."};
}

} // namespace

AdaptationObstacle adaptationObstacle(const Document& document)
{
    for (const ModelEntry& model : document.models())
        if (model.kind == kTrack1Kind && model.active)
            return protocolOf(model).empty() ? AdaptationObstacle::None : AdaptationObstacle::AdaptedAlready;
    return AdaptationObstacle::NoSystem;
}

std::string protocolOf(const ModelEntry& model)
{
    if (model.kind != kTrack1Kind)
        return {};
    const auto recipe = nlohmann::json::parse(model.recipe, nullptr, false);
    if (!recipe.is_object() || !recipe.contains("adapted") || !recipe["adapted"].is_string())
        return {};
    return recipe["adapted"].get<std::string>();
}

Result<AdaptationRequest> makeAdaptationRequest(Document& document, const AdaptationOptions& options)
{
    Result<fs::path> base = activeSystem(document);
    if (!base)
        return base.error();
    auto clips = makeProjectCut(document, true);
    if (!clips)
        return clips.error();
    return AdaptationRequest{
        std::move(*clips), scoreContext(document), std::move(*base), freshScratch(document), options};
}

Result<AdaptationOutcome> adaptClips(const AdaptationRequest& request, ProgressSink& progress)
{
    auto work = std::make_shared<AdaptationWork>(request.scratch);
    auto cut = exportClips(request.clips, progress);
    if (!cut)
        return cut.error();
    const auto set = ClipSet::open(request.clips.out);
    if (!set)
        return set.error();
    auto result = adaptSystem(*set, request.base, request.scratch, request.options, progress);
    if (!result)
        return result.error();
    auto scores = scoreClips(
        *set, request.scratch, result->accepted, request.options.device, request.clips.basedOn, progress);
    if (!scores)
        return scores.error();
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    auto prepared = prepareClipScores(request.scores, *scores);
    if (!prepared)
        return prepared.error();
    work->result = std::move(*result);
    work->scores = std::move(*prepared);
    work->basedOn = request.clips.basedOn;
    work->crops = std::move(cut->crops);
    work->notes = std::move(cut->notes);
    return AdaptationOutcome{std::move(work)};
}

Result<AppliedAdaptation> applyAdaptation(Document& document, const AdaptationOutcome& outcome)
{
    AdaptationWork& work = *outcome.work;
    const fs::path folder = freshModelFolder(document, kTrack1Kind);
    if (Status status = moveFolder(work.folder, folder); !status)
        return status.error();
    const auto refused = [&folder](const Error& error) {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
        return error;
    };
    QUndoStack& steps = *document.undoStack();
    const int before = steps.index();
    auto scored = applyClipScores(document, work.scores);
    if (!scored)
        return refused(scored.error());
    // After the scores, which may be refused; before the system, so that an undo takes that back first.
    if (const Status kept = keepFoundCrops(document, work.crops); !kept)
        scored->notes.push_back(kept.error().message);
    ModelEntry entry = systemEntry(document, folder, work.result.facts);
    entry.basedOn = work.basedOn;
    const auto id = document.addCandidate(entry);
    if (!id) {
        steps.setIndex(before);
        return refused(id.error());
    }
    AppliedAdaptation applied{*id, scored->videos, scored->predictions, scored->pseudoLabels, work.notes};
    applied.notes.insert(applied.notes.end(), scored->notes.begin(), scored->notes.end());
    return applied;
}

const AdaptationResult& resultOf(const AdaptationOutcome& outcome) { return outcome.work->result; }

} // namespace telltale
