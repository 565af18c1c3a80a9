// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "data/posetypes.h"
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
/// What a member of a team may do: annotators edit their own spans, reviewers everybody's and adjudicate,
/// owners also videos, subjects, the scheme and the members.
enum class MemberRole { Annotator, Reviewer, Owner };

std::string_view nameOf(SubjectRole role); ///< "train", ...
std::string_view nameOf(SpanState state); ///< "proposed", ...
std::string_view nameOf(SpanOrigin origin); ///< "human", ...
std::string_view nameOf(MemberRole role); ///< "annotator", ...
/// False if the name is unknown; `out` is then untouched.
bool parseName(std::string_view name, SubjectRole& out);
bool parseName(std::string_view name, SpanState& out);
bool parseName(std::string_view name, SpanOrigin& out);
bool parseName(std::string_view name, MemberRole& out);

/// Somebody who is filmed. Splits are made by subject, so the role belongs to the person and not to a video.
struct Subject {
    int64_t id = 0;
    std::string name; ///< unique
    SubjectRole role = SubjectRole::Train;

    bool operator==(const Subject&) const = default;
};

/// A video of the project. One that is not there keeps its nominal rate.
struct VideoEntry {
    int64_t id = 0;
    std::string path; ///< where it is for this machine; relative to the project folder where possible
    std::string sharedPath; ///< as the store has it; given by the document
    std::string name; ///< unique in the project: file name without extension, made unique
    int64_t subjectId = 0; ///< given by the document
    std::string subject; ///< name of the subject
    SubjectRole role = SubjectRole::Train; ///< of the subject
    std::string fingerprint; ///< of the file, empty while offline
    int64_t bytes = 0; ///< size of the file, 0 if not known
    int64_t frameCount = 0;
    int64_t durationUs = 0;
    double fps = 0; ///< mean; for display and offline videos only
    int width = 0;
    int height = 0;
    bool offline = false;
    std::string track; ///< path of the active pose track (68 points) relative to the project, empty if none
};

/// Somebody who is seen in a video: the person with this number in its tracks and spans.
struct Person {
    int64_t id = 0;
    int64_t videoId = 0;
    int number = 0;
    std::string name;
    int64_t subjectId = 0; ///< 0: the video's subject

    bool operator==(const Person&) const = default;
};

/// A pose track of a video.
struct TrackEntry {
    int64_t id = 0;
    int64_t videoId = 0;
    std::string file; ///< relative to the project
    std::string layout; ///< name of the skeleton layout, empty if not known
    std::string model; ///< what made it, empty if not known
    std::string time;
    bool active = false; ///< one at most of each video
    std::string digest; ///< SHA-256 of the file, empty if not known

    bool operator==(const TrackEntry&) const = default;
};

/// The layer in which a reviewer settles what independent coders made of a video.
inline constexpr std::string_view kAdjudicatedLayer = "adjudicated";

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
    std::string layer; ///< empty: shared; a coder's name; kAdjudicatedLayer
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
    int64_t basedOn = 0; ///< entry of the edit log whose state the run has read, 0 if not known
    int64_t firstPrediction = 0; ///< its predictions have the ids from here on; given by the document
    int64_t predictions = 0; ///< how many

    bool operator==(const PredictionRun&) const = default;
};

/// Where a block of numbers lies: the index row of the append-only files under scores/.
struct ScoreBlock {
    int64_t id = 0;
    int64_t runId = 0;
    std::string digest; ///< SHA-256 of the bytes, hexadecimal
    std::string file; ///< under scores/ of the machine that wrote it; the digest finds it elsewhere
    int64_t offset = 0;
    int64_t bytes = 0;

    bool operator==(const ScoreBlock&) const = default;
};

/// The birth record of a pseudo-label (CMPL, arXiv 2606.13030).
struct PseudoLabel {
    int64_t id = 0;
    int64_t runId = 0;
    int64_t videoId = 0;
    int64_t predictionId = 0;
    int classId = -1;
    int round = 0;
    std::string voters; ///< JSON list of the modalities that agreed
    std::string scores; ///< JSON: raw and calibrated scores of each modality
    std::string thresholds; ///< JSON
    std::string models; ///< JSON: digests of the weights
    std::string recipe;

    bool operator==(const PseudoLabel&) const = default;
};

/// A stretch that somebody has looked through: only here no span means no gesture.
struct ReviewedRange {
    int64_t id = 0;
    int64_t videoId = 0;
    FrameSpan span;
    std::string annotator;
    std::string layer; ///< as Annotation::layer

    bool operator==(const ReviewedRange&) const = default;
};

/// A remark on the project, a video, a frame or a span; never used for training.
struct Note {
    int64_t id = 0;
    int64_t videoId = 0; ///< 0: on the project
    int64_t annotationId = 0; ///< 0: on no span
    int64_t frame = -1; ///< -1: on no frame
    std::string author;
    std::string time;
    std::string text;

    bool operator==(const Note&) const = default;
};

struct Member {
    int64_t id = 0;
    std::string name; ///< unique; an annotator's name
    MemberRole role = MemberRole::Annotator;

    bool operator==(const Member&) const = default;
};

/// Somebody who codes a video alone, without seeing what others make of it.
struct Assignment {
    int64_t id = 0;
    int64_t videoId = 0;
    std::string annotator;
    bool finished = false;

    bool operator==(const Assignment&) const = default;
};

/// So many of a hundred proposals a coder of a video does not get to see, so that agreement with and without
/// what a model shows can be told apart. The record stays when the assignment goes.
struct Withholding {
    int64_t id = 0;
    int64_t videoId = 0;
    std::string annotator;
    int percent = 0; ///< 100: the coder sees nothing of what models say of the video

    bool operator==(const Withholding&) const = default;
};
/// Whether a prediction is among the `percent` of a hundred that are withheld. The same for all coders, so
/// that there are gestures of which none of them saw a proposal; more percent withhold those of fewer, too.
bool isWithheld(int64_t predictionId, int percent);

/// An edit that met a change of somebody else. Both versions are kept until a person chooses.
struct EditConflict {
    int64_t id = 0;
    std::string time;
    std::string annotator; ///< whose edit did not fit any more
    std::string other; ///< who had changed the same row
    std::string command;
    int64_t videoId = 0; ///< 0: several or none
    std::string base; ///< JSON: the rows as the edit knew them
    std::string mine; ///< JSON: the rows as the edit wanted them
    std::string theirs; ///< JSON: the rows as they were found
    bool open = true;

    bool operator==(const EditConflict&) const = default;
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
    std::string digest; ///< of the file, empty if not known
    int64_t basedOn = 0; ///< entry of the edit log whose state it was trained on, 0 if not known

    bool operator==(const ModelEntry&) const = default;
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
