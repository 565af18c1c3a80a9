// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/document.h"
#include "eval/longtail.h"
#include "eval/metrics.h"
#include "pipeline/corrections.h"
#include "review/forgetting.h"
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// One labelled sample for the heads, copied out of the document.
struct HeadSample {
    int64_t annotationId = 0;
    int64_t videoId = 0;
    std::string subject;
    FrameSpan span;
    int person = 0;
    int classId = -1;
    /// What people corrected weighs more than what they accepted (1), that more than pseudo-labels; open
    /// proposals 0: only re-scored.
    double weight = 1;
    bool held = false; ///< held out: only measured
    int64_t predictionId = 0;
    std::string weights; ///< digest of the networks that made the embeddings
    std::map<std::string, std::vector<float>> embeddings; ///< per modality; empty: to be computed
};

struct RetrainRequest {
    std::filesystem::path project;
    LabelScheme scheme;
    std::vector<VideoEntry> videos;
    std::map<int64_t, VideoCorrections> corrections; ///< by video
    std::vector<HeadSample> samples;
    std::filesystem::path heads; ///< the active ones; empty: the demo weights' heads
    int64_t former = 0; ///< their number in the project, 0: the demo weights' heads
    bool cold = false; ///< starts from the demo weights' heads instead of the active ones
    uint64_t seed = 1;
    int64_t basedOn = 0; ///< entry of the edit log whose state this is
};

/// What the panel shows after each epoch.
struct RetrainProgress {
    int epoch = 0;
    int epochs = 0;
    std::string modality;
    double loss = 0;
    double heldAccuracy = 0; ///< NaN while nothing is held out
    double heldMacroF1 = 0;
    /// Of this modality alone on the held-out spans: the heads in training, and the active ones beside them.
    /// Without classes while nothing is held out.
    ClipReport held;
    ClipReport current;
    LongTailF1 heldGroups;
    LongTailF1 currentGroups;
    std::vector<ForgottenClass> forgotten; ///< so far, by this modality alone; the largest fall first
};

struct RetrainResult {
    std::filesystem::path file; ///< written under the project's models/, not registered yet
    std::string recipe;
    std::string metricsJson;
    ClipReport before; ///< the old heads on the held-out (or, if none, all) decided spans
    ClipReport after;
    LongTailF1 beforeGroups; ///< classes grouped by how many spans the training had of them
    LongTailF1 afterGroups;
    bool measuredOnHeldOut = false;
    /// What the old heads knew of the held-out spans and the new ones do not; none where nothing is held out.
    std::vector<ForgottenClass> forgotten;
    std::vector<std::string> notes;
    std::string digest; ///< of the weights
    int64_t basedOn = 0; ///< as in the request
};

/// Snapshot of everything decided (accepted, corrected) and of consensus pseudo-labels. Frames without a span
/// are not used at all: unreviewed is never background.
/// InvalidArgument with a sentence if fewer than two classes are decided. Any thread; Cancelled.
Result<RetrainRequest> makeRetrainRequest(
    const FrozenProject& project, uint64_t seed, bool cold, ProgressSink& progress);
/// The same of an open project. Waits until the edits so far are durable, so that the heads can say on which
/// entry of the log they are based, and until the numbers of its predictions are on this machine.
Result<RetrainRequest> makeRetrainRequest(Document& document, uint64_t seed = 1, bool cold = false);
/// Retrains the heads (weighted by the square root of class counts), re-fits temperatures and fusion weights,
/// and re-scores. Runs on any thread; touches no person's span. Cancelled within a second leaves nothing
/// behind.
Result<RetrainResult> retrainHeads(const RetrainRequest& request, ProgressSink& progress,
    const std::function<void(const RetrainProgress&)>& onEpoch);
/// Registers the heads as the active model.
Status applyRetraining(Document& document, const RetrainResult& result);
/// Registers the heads beside the active ones, to be promoted or discarded (pipeline/headmodels.h). Returns
/// their number.
Result<int64_t> addCandidate(Document& document, const RetrainResult& result);

/// What people decided against what the models had said of those spans when they proposed them, for the
/// confusion view. The recorded answer counts, not the active heads': those have learned from these very
/// spans.
struct ProjectConfusion {
    ClipReport report;
    std::vector<std::string> classes;
    int64_t spans = 0; ///< decided spans that have a prediction
};
ProjectConfusion projectConfusion(const Document& document);

} // namespace telltale
