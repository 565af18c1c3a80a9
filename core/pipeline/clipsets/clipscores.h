// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "learn/clips/clipset.h"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// In Prediction::modalities: what a detector says of each class of what it found, without an embedding.
inline constexpr const char* kDetectorModality = "detector";

/// What a system says of one span of the project.
struct ScoredClip {
    ClipInfo clip; ///< as exportClips() made it; `video` and `span` find its place
    std::map<std::string, ModalityScores> streams; ///< calibrated probabilities and embedding, by stream
    std::map<std::string, std::vector<float>> logits; ///< as the networks gave them, by stream
    std::vector<float> fused; ///< one calibrated probability per class
    /// The accepted pseudo-label, if there is one: class, round, voters, scores, thresholds, models, recipe.
    std::optional<PseudoLabel> pseudoLabel;
};

/// Scores of spans of any videos of the project, made by one system.
struct ClipScoreRun {
    std::string model; ///< "track1"
    std::string digest; ///< of its weights and calibration
    std::string recipe;
    /// "transductive", "inductive": the system had adapted itself to unlabelled clips of the scored subjects.
    /// The predictions are marked so.
    std::string adapted;
    uint64_t seed = 0;
    int64_t basedOn = 0; ///< entry of the edit log that the clips were cut from
    std::vector<ScoredClip> clips;
};

struct AppliedScores {
    int64_t videos = 0;
    int64_t predictions = 0;
    int64_t pseudoLabels = 0;
    std::vector<std::string> notes;
};

/// What of a project scores need to become predictions: the project as it is now, for another thread.
struct ScoreContext {
    FrozenProject project;
    std::shared_ptr<ScoreFiles> files;
};
ScoreContext scoreContext(const Document& document);

/// Scores whose numbers are on the disk already, so that entering them is quick.
struct PreparedScores {
    /// One video: what each prediction is of, and the run with all of them.
    struct Video {
        std::vector<Prediction> predictions;
        std::map<size_t, PseudoLabel> labels; ///< by place in `predictions`
        std::vector<int64_t> annotations; ///< by place; 0: none
        std::vector<int64_t> replaced; ///< predictions that these take the place of
        PredictionRun entry;
        PreparedRun run;
    };
    size_t classes = 0; ///< of the scheme
    std::map<int64_t, Video> videos;
};

/// On any thread. InvalidArgument: a video that the project does not have, scores of another number of
/// classes, numbers that are not finite; Io.
Result<PreparedScores> prepareClipScores(const ScoreContext& context, const ClipScoreRun& run);

/// One run per video with a prediction per scored span, as one undo step. Spans that a person decided stay
/// as they are; open proposals get the new scores; those that were not scored keep theirs, spans that were
/// removed meanwhile do not come back. InvalidArgument, and nothing changed: the scheme has other classes
/// now.
Result<AppliedScores> applyClipScores(Document& document, const PreparedScores& scores);
/// Both at once.
Result<AppliedScores> applyClipScores(Document& document, const ClipScoreRun& run);

} // namespace telltale
