// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/document.h"
#include "data/store/scorefiles.h"
#include "data/types.h"
#include "pipeline/corrections.h"
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Everything one analysis needs, copied out of the document, so that it can run on any thread.
struct AnalyzeRequest {
    std::filesystem::path project;
    VideoEntry video;
    LabelScheme scheme;
    std::filesystem::path poseModel; ///< empty: use the video's track; without one the motion path runs
    std::filesystem::path heads; ///< retrained heads of the project; empty: the demo weights' heads
    std::shared_ptr<ScoreFiles> scores; ///< of the project, for the numbers
    VideoCorrections corrections; ///< what people changed in the track and the crops
    int64_t basedOn = 0; ///< entry of the edit log whose state this is
};

struct AnalyzeResult {
    PredictionRun run;
    std::vector<Prediction> predictions;
    PreparedRun prepared; ///< the run with its numbers on the disk, ready to be entered
    double poseShare = -1; ///< share of the video with an upper body in view; -1 without poses
    std::string track; ///< new pose track, relative to the project; empty if none was made
    std::string poseModel; ///< name of the model that made it
    std::vector<SavedCrop> crops; ///< where the models look; empty without the video
    std::vector<std::string> notes; ///< what the user should know: no pose found, no trained head, ...
};

/// A snapshot: waits until the edits so far are durable, so that the run can say on which entry of the log it
/// is based.
AnalyzeRequest makeAnalyzeRequest(
    Document& document, const VideoEntry& video, const std::filesystem::path& poseModel);
/// video -> pose -> features -> detector spans -> modality scores -> fusion -> consensus. Stages report
/// progress.
Result<AnalyzeResult> analyzeVideo(const AnalyzeRequest& request, ProgressSink& progress);
/// Enters the result into the document (one undo step for the run).
Status applyAnalysis(Document& document, int64_t videoId, const AnalyzeResult& result);
/// Curves of the newest run for the timeline; empty if there are none.
LaneCurves loadCurves(const Document& document, int64_t videoId);

} // namespace telltale
