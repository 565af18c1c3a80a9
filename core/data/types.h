// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// The project's rows as plain values. Ids are positive and never reused; 0 means "no row".

enum class SubjectRole { Train, Validation, Test, Unlabelled };
enum class SpanState { Proposed, Accepted, Corrected, Rejected, Skipped, Flagged };
enum class SpanOrigin { Human, Model, Import };

std::string_view nameOf(SubjectRole role); ///< "train", ...
std::string_view nameOf(SpanState state); ///< "proposed", ...
std::string_view nameOf(SpanOrigin origin); ///< "human", ...
/// False if the name is unknown; `out` is then untouched.
bool parseName(std::string_view name, SubjectRole& out);
bool parseName(std::string_view name, SpanState& out);
bool parseName(std::string_view name, SpanOrigin& out);

/// A video of the project. One that is not there keeps its nominal rate.
struct VideoEntry {
    int64_t id = 0;
    std::string path; ///< relative to the project folder where possible
    std::string name; ///< unique in the project: file name without extension, made unique
    std::string subject;
    SubjectRole role = SubjectRole::Train;
    std::string fingerprint; ///< of the file, empty while offline
    int64_t frameCount = 0;
    int64_t durationUs = 0;
    double fps = 0; ///< mean; for display and offline videos only
    int width = 0;
    int height = 0;
    bool offline = false;
    std::string track; ///< path of the pose track (68 points) relative to the project, empty if none
};

/// A labelled span. Proposals are spans in state Proposed with a prediction behind them.
struct Annotation {
    int64_t id = 0;
    int64_t videoId = 0;
    int person = 0;
    FrameSpan span;
    int classId = -1; ///< -1: a gesture without a name
    SpanState state = SpanState::Accepted;
    SpanOrigin origin = SpanOrigin::Human;
    std::string annotator;
    int64_t predictionId = 0;
    /// Microseconds as an import gave them for a video that is not there, so that the span can be aligned
    /// exactly when it is found; -1: none.
    int64_t startUs = -1;
    int64_t endUs = -1;

    bool operator==(const Annotation&) const = default;
};

/// One modality's vote on a span.
struct ModalityScores {
    std::vector<float> probabilities; ///< calibrated, one per class
    std::vector<float> embedding; ///< the backbone's feature: input of the head that retrains
};

/// What the models said of a span; immutable once written.
struct Prediction {
    int64_t id = 0;
    int64_t runId = 0;
    int64_t videoId = 0;
    int person = 0;
    FrameSpan span;
    double detectorScore = 0;
    std::vector<float> fused; ///< one probability per class; empty if the scheme has no trained head
    std::map<std::string, ModalityScores> modalities; ///< "joint", "heatmap", "rgb"
    bool pseudoLabel = false; ///< leave-one-out consensus reached
    std::string birth; ///< JSON: thresholds, votes, teacher scores, recipe of the consensus
};

/// Per-frame curves of one video for the timeline, [0, 1] each; one value per frame.
using LaneCurves
    = std::map<std::string, std::vector<float>>; ///< "detector", "joint", "heatmap", "rgb", "motion"

/// One run of a model over a video.
struct PredictionRun {
    int64_t id = 0;
    int64_t videoId = 0;
    std::string time; ///< ISO 8601, UTC
    std::string model; ///< name and digest of the weights
    std::string recipe;
    uint64_t seed = 0;
    std::string curves; ///< file of the LaneCurves relative to the project's cache/, may be gone
};

/// A trained set of heads in `models/` of the project.
struct ModelEntry {
    int64_t id = 0;
    std::string time;
    std::string file; ///< relative to the project
    std::string kind; ///< "heads"
    std::string recipe;
    std::string metrics; ///< JSON, measured when it was trained
    bool active = false;
};

/// A video's place in a session that two to four cameras recorded together.
struct SyncedVideo {
    int64_t id = 0;
    int64_t videoId = 0;
    int64_t session = 0; ///< the same number for all videos of one session
    int64_t offsetUs = 0; ///< when the video's time 0 is on the session's clock

    bool operator==(const SyncedVideo&) const = default;
};

struct ProjectSummary {
    int schema = 0;
    int64_t videos = 0;
    int64_t annotations = 0;
    std::map<std::string, int64_t> byState;
    std::map<std::string, int64_t> byClass; ///< live spans (not rejected) by class name
    int64_t proposals = 0;
    int64_t edits = 0;
};

} // namespace telltale
