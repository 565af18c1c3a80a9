// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "learn/track1/adaptation.h"
#include "learn/track1/system.h"
#include "pipeline/clipsets/clipscores.h"
#include "pipeline/clipsets/projectclips.h"

namespace telltale {

/// The Track 1 system on a project: its labelled spans are the clips, the system lands in its models/, scores
/// come back as predictions. All functions block and change the document; those of the window's thread use
/// their parts (clipsets/, learn/track1).

inline constexpr const char* kTrack1Kind = "track1"; ///< ModelEntry::kind of a system

struct ProjectClips {
    std::shared_ptr<const ClipSet> set;
    int64_t basedOn = 0; ///< entry of the edit log that the clips were cut from
    std::vector<std::string> notes;
};
/// Cuts the project's clips into its cache. `unlabelled`: also what nobody decided.
Result<ProjectClips> cutProjectClips(Document& document, bool unlabelled, ProgressSink& progress);

/// What cutProjectClips() cuts, for another thread.
Result<ClipExportRequest> makeProjectCut(Document& document, bool unlabelled);

/// Trains on the project's labelled spans and registers the system as the active one: one undo step.
Result<SystemFacts> trainOnProject(Document& document, const Track1Recipe& recipe,
    const SystemOptions& options, ProgressSink& progress, const StreamEpoch& onEpoch);

/// Folder of the active system. NotFound with what to do.
Result<std::filesystem::path> activeSystem(const Document& document);

/// Scores every span and open proposal with the system in `folder`; `accepted` are its pseudo-labels, which
/// enter with their birth records.
Result<AppliedScores> scoreProject(Document& document, const std::filesystem::path& folder,
    const std::vector<AcceptedClip>& accepted, const std::string& device, ProgressSink& progress);

/// The same for clips that are cut already, on any thread; applyClipScores() enters them. `accepted` are
/// clips of this set; `basedOn`: entry of the edit log that they were cut from.
Result<ClipScoreRun> scoreClips(const std::shared_ptr<const ClipSet>& set,
    const std::filesystem::path& folder, const std::vector<AcceptedClip>& accepted, const std::string& device,
    int64_t basedOn, ProgressSink& progress);

/// The row of a system that lies in `folder` of the project.
ModelEntry systemEntry(
    const Document& document, const std::filesystem::path& folder, const SystemFacts& facts);

/// Adapts the active system on the clips of people whom nobody labelled, registers the adapted one as a
/// candidate beside it, and enters scores and pseudo-labels; the steps are in projectadaptation.h.
Result<AdaptationResult> adaptOnProject(
    Document& document, const AdaptationOptions& options, AppliedScores& applied, ProgressSink& progress);

} // namespace telltale
