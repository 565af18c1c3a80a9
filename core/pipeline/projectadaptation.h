// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/document.h"
#include "learn/track1/adaptationoptions.h"
#include "pipeline/clipsets/clipscores.h"
#include "pipeline/clipsets/projectclips.h"
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

struct AdaptationResult;

/// Adapting the Track 1 system of a project in three steps, so that the long one can run on any thread: a
/// copy of what is needed, the work, and what came of it as edits. adaptOnProject() does all three.

enum class AdaptationObstacle {
    None,
    NoSystem, ///< none was trained yet
    AdaptedAlready, ///< the one in use is an adapted one
};
/// Quick; what can only be seen in the clips the work itself reports.
AdaptationObstacle adaptationObstacle(const Document& document);
/// How a system was adapted: "inductive", "transductive"; empty for an unadapted one, for other models, and
/// where its recipe cannot be read.
std::string protocolOf(const ModelEntry& model);

struct AdaptationRequest {
    ClipExportRequest clips;
    ScoreContext scores;
    std::filesystem::path base; ///< the system in use
    std::filesystem::path
        scratch; ///< under the project's cache: holds the adapted system until it is entered
    AdaptationOptions options;
};

/// Waits until the edits so far are durable. NotFound: no system, or a project without spans; says what to
/// do.
Result<AdaptationRequest> makeAdaptationRequest(Document& document, const AdaptationOptions& options);

/// What the work has made; the last one who lets go of it removes the files that were not entered.
class AdaptationWork;
struct AdaptationOutcome {
    std::shared_ptr<AdaptationWork> work;
};
/// Any thread, for minutes. Writes into the project's cache, and the numbers of the new scores, which count
/// for nothing until they are entered. Cancelled: within a batch, and nothing stays behind.
Result<AdaptationOutcome> adaptClips(const AdaptationRequest& request, ProgressSink& progress);

struct AppliedAdaptation {
    int64_t model = 0; ///< the candidate's id
    int64_t videos = 0;
    int64_t predictions = 0;
    int64_t pseudoLabels = 0;
    std::vector<std::string> notes;
};
/// Enters the scores with the pseudo-labels of the last round, crops that were found, and the adapted system
/// as a candidate beside the one in use. Refused (a class that was added meanwhile): the project stays as it
/// was. Crops that cannot be kept are a note: they are found again when they are needed.
Result<AppliedAdaptation> applyAdaptation(Document& document, const AdaptationOutcome& outcome);

/// Figures and rounds, for a report.
const AdaptationResult& resultOf(const AdaptationOutcome& outcome);

} // namespace telltale
