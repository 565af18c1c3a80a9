// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "learn/clips/clipset.h"
#include <map>
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

/// One run per video with a prediction per scored span, as one undo step. Spans that a person decided stay
/// as they are; open proposals get the new scores; those that were not scored keep theirs. InvalidArgument,
/// and nothing changed: a video that the project does not have, scores of another number of classes, numbers
/// that are not finite.
Result<AppliedScores> applyClipScores(Document& document, const ClipScoreRun& run);

/// "transductive", "inductive", or empty, from a prediction's birth.
std::string adaptationOf(const Prediction& prediction);

} // namespace telltale
