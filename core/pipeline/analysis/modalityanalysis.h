// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/frozenproject.h"
#include "eval/bootstrap.h"
#include "eval/classscore.h"
#include "eval/modalityagreement.h"
#include "pipeline/analysis/spananswers.h"
#include "report/table.h"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// What each modality and their vote call the spans that people decided, how alike they are, and what
/// adapting to unlabelled people has changed. Only names are judged: spans that people accepted, corrected or
/// added and gave a class. Decided spans are no random sample of all (calibrationanalysis.h has one).

enum class ModalityMissing {
    Nothing,
    NoVideos,
    NoPredictions, ///< no model has looked at a video
    NothingDecided, ///< no span has a class that a person gave
    NoAnswers, ///< the chosen system answered none of the decided spans
    NoneHeldOut, ///< it did, but learned from all the people in them
};

struct ModalitySettings {
    /// AnsweringSystem::name; empty: what was said of each span when it was proposed, whoever said it.
    /// Nothing: that, or where no decided span was proposed the newest system.
    std::optional<std::string> system;
    bool heldOutOnly = false; ///< only people whom the system did not learn from and was not tuned on
    BootstrapOptions bootstrap;
};

/// A decided span with what the voters call it.
struct AnsweredSpan {
    int64_t annotation = 0;
    int truth = -1;
    size_t subject = 0; ///< in ModalityAnalysis::subjects
    Acquaintance acquaintance = Acquaintance::NotKnown;
    std::vector<int> answers; ///< by voter: class or kNoAnswer
};

struct VoterReport {
    std::string name; ///< kFusedVoter, "joint", ...
    int64_t spans = 0; ///< that it answered; figures are over these
    double accuracy = 0;
    double macroF1 = 0; ///< over classes that occur in its truth or answers
    std::vector<ClassScore> classes; ///< by class of the scheme
    /// 95 %, over subjects; nothing for fewer than two, or before addIntervals(). A class's: over the
    /// resamples in which it occurs.
    std::optional<BootstrapInterval> accuracyInterval;
    std::optional<BootstrapInterval> macroF1Interval;
    std::map<int, BootstrapInterval> classIntervals;
};

/// Which modalities spoke of spans, and how often their vote was right.
struct Evidence {
    std::vector<std::string> modalities;
    int64_t spans = 0;
    int64_t right = 0;
};

enum class GainMissing {
    Nothing,
    NotAdapted, ///< no system of the project was adapted
    NoBase, ///< the system before adaptation has not answered: predict with it
    NoCommonSpans, ///< no decided span was answered by both
};

/// One class or subject before and after adaptation, on the same spans.
struct GainRow {
    int classId = -1; ///< of a class: its F1
    std::string subject; ///< of a subject: the share of spans named right
    int64_t spans = 0;
    double before = 0;
    double after = 0;
    /// 95 % of the change, the same draws on both sides: of a class over subjects, of a subject over spans.
    std::optional<BootstrapInterval> change;
};

struct VoterGain {
    std::string name;
    int64_t spans = 0;
    double before = 0; ///< macro F1
    double after = 0;
    std::optional<BootstrapInterval> change;
    std::vector<GainRow> classes;
    std::vector<GainRow> subjects;
};

struct AdaptationGain {
    GainMissing missing = GainMissing::NotAdapted;
    std::string adapted; ///< AnsweringSystem::name
    std::string base;
    std::string protocol; ///< "transductive", "inductive"
    /// Only spans of people that the systems did not learn from; false: there are none, so that all count
    /// and the gain says nothing of other people.
    bool heldOut = false;
    std::vector<VoterGain> voters; ///< the vote of all first
    /// Spans behind `voters`, and what base and adapted system called them; for addIntervals().
    std::vector<AnsweredSpan> before;
    std::vector<AnsweredSpan> after;
    std::vector<std::string> subjects; ///< of these spans
    int classes = 0;
    /// As it was measured when the system was adapted, on held-out spans of that time; classes alone.
    std::vector<VoterGain> measured;
};

struct ModalityAnalysis {
    ModalityMissing missing = ModalityMissing::NoVideos;
    std::vector<AnsweringSystem> systems; ///< to choose from, newest first
    std::string system; ///< that was counted; empty: as proposed
    bool heldOutOnly = false;
    int64_t decided = 0; ///< spans with a class that a person gave
    std::map<Acquaintance, int64_t> acquaintance; ///< of all answered spans, held out or not
    int64_t transductive = 0; ///< of the counted ones: answered by a system that had adapted to them
    std::vector<std::string> voters; ///< the vote of all first
    std::vector<std::string> subjects;
    std::vector<AnsweredSpan> spans; ///< counted
    std::vector<VoterReport> reports; ///< by voter
    std::vector<std::vector<VoterPair>> pairs; ///< [voter][voter], the vote of all among them
    VoterOracle oracle; ///< of the modalities, without the vote
    double disagreement = 0; ///< mean over the spans, review/disagreement.h; NaN without
    std::vector<Evidence> evidence; ///< most spans first
    AdaptationGain gain;

    /// Spans of a class that the voter called otherwise, or all of the class (voter < 0).
    std::vector<int64_t> wrongSpans(int classId, int voter) const;
    /// Spans to which two voters gave different classes.
    std::vector<int64_t> differingSpans(size_t first, size_t second) const;
};

/// Any thread. Reads what was said of spans once (seconds for 100,000), later calls with the same book take
/// milliseconds. Cancelled.
Result<ModalityAnalysis> analyzeModalities(
    const FrozenProject& project, const ModalitySettings& settings, AnswerBook& book, ProgressSink& progress);
/// Adds the bootstrap intervals. Cancelled.
Status addIntervals(ModalityAnalysis& analysis, const ModalitySettings& settings, ProgressSink& progress);

/// What adapting has changed; part of analyzeModalities(). The caller holds the book's mutex.
Result<AdaptationGain> adaptationGain(const FrozenProject& project, const std::vector<Annotation>& decided,
    AnswerBook& book, PredictionReader& predictions, ProgressSink& progress);

/// "modalities", "modality_classes", "modality_agreement", "modality_evidence", "adaptation",
/// "adaptation_classes", "adaptation_subjects", "adaptation_measured"; those without rows are left out.
std::vector<Table> tables(const ModalityAnalysis& analysis, const LabelScheme& scheme);

} // namespace telltale
