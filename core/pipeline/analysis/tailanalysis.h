// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/frozenproject.h"
#include "eval/coverage.h"
#include "eval/f1interval.h"
#include "eval/learningcurve.h"
#include "eval/longtail.h"
#include "eval/tailshape.h"
#include "pipeline/augmentationcourse.h"
#include "review/audit.h"
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace telltale {

/// The long tail of a project: how many spans each class has and of whom, where it is missing, how good the
/// models are at it, and what to label next. Splits are the roles of subjects, in the order of SubjectRole.

inline constexpr int kSplits = 4;

enum class TailPart { Head, Medium, Tail, Unseen };

struct TailClass {
    int classId = 0;
    int64_t decided = 0; ///< accepted and corrected
    int64_t proposed = 0; ///< open
    TailPart part = TailPart::Unseen; ///< by decided spans; longTailGroups()
    double effective = 0; ///< effective number of the decided ones at TailAnalysis::beta
    ClassCoverage coverage; ///< of the decided ones; subjects as TailAnalysis::subjects
    std::vector<int64_t> proposedBySplit;
};

/// A subject or a file in two splits of train, validation and test.
struct TailLeak {
    bool file = false; ///< else a subject
    std::string name;
    std::vector<SubjectRole> splits;
    std::vector<std::string> videos; ///< in which it shows
};

/// Which weights the classes have in a loss.
struct ClassWeights {
    enum class Of { Heads, System };
    enum class Rule { None, SquareRoot, EffectiveNumber };
    Of of = Of::Heads;
    std::string name; ///< of the recipe
    Rule rule = Rule::None;
    double smoothing = 0;
    double cap = 0; ///< 0: none
    double beta = 0;
    /// Of the training itself; where heads do not tell (older ones, or those that came with the program), of
    /// the spans that are decided now.
    std::vector<int64_t> counts; ///< by class
    bool ofTraining = false;
    std::vector<double> weights; ///< by class; 0: no example
};

/// What the F1 of a class is measured on.
enum class TailBasis {
    Heads, ///< held-out spans, when the heads in use were retrained
    Audits, ///< proposals that were drawn at random and decided in turn (review/audit.h)
    Decisions, ///< all decided proposals: biased, because a queue chose them
};
enum class TailScoreProblem {
    None,
    NoHeads, ///< no retrained heads are in use
    LearnedFrom, ///< the heads' figures are on the spans that they learned from
    NoPredictions, ///< no decided span has a prediction
    NoAudits, ///< no audit item is decided
};
enum class TailInterval {
    None, ///< older heads do not tell what it needs
    Wilson, ///< clips as if independent (f1WilsonInterval())
    Subjects, ///< resampled subjects (subjectF1Intervals())
};

struct ClassScoreAt {
    int classId = 0;
    int64_t size = 0; ///< spans to learn from
    double f1 = 0; ///< finite
    double low = 0;
    double high = 0;
    TailInterval interval = TailInterval::None;
    int64_t clips = 0; ///< measured on: of the class
};
struct TailScores {
    TailBasis basis = TailBasis::Heads;
    TailScoreProblem problem = TailScoreProblem::None;
    std::vector<ClassScoreAt> classes; ///< that are measured, by id
    int64_t clips = 0;
    int subjects = 0; ///< 0: not known
    bool sizesOfTraining = false; ///< sizes are those of the training, else decided spans of now
    CurveProblem curveProblem = CurveProblem::TooFewPoints;
    LearningCurve curve; ///< over the classes, as if all were alike hard
    SampleProjection toTarget; ///< spans of a class for TailAnalysis::target
};

/// Mean F1 against all spans to learn from, over the heads of the project.
struct TailRounds {
    std::vector<CurvePoint> points; ///< by round
    CurveProblem problem = CurveProblem::TooFewPoints;
    LearningCurve curve;
    SampleProjection toTarget; ///< spans of all classes together
};

/// What to do about a class, most urgent first.
enum class AdviceKind {
    Find, ///< no decided span at all
    OtherSubjects, ///< seen in one subject only
    LabelMore, ///< below the target, and smaller than what the curve says it wants
    NotByNumber, ///< below the target though it has as many as that: more alone will not do
};
struct TailAdvice {
    AdviceKind kind = AdviceKind::Find;
    int classId = 0;
    int64_t more = 0; ///< of LabelMore: spans, by the curve; 0: the curve cannot tell
    int64_t moreLow = 0;
    int64_t moreHigh = 0; ///< -1: without end
    int64_t waiting = 0; ///< proposals of the class that can be decided
};

struct TailAnalysis {
    enum class Missing { None, Videos, Classes, Spans, Decisions };
    Missing missing = Missing::Videos;
    std::vector<TailClass> classes; ///< those in use and those with spans, by id
    std::vector<std::string> subjects; ///< who is filmed
    std::vector<SubjectRole> roles; ///< of them
    int64_t decided = 0;
    int64_t proposed = 0;
    double beta = 0.999;
    ZipfFit zipf; ///< of the decided spans
    double imbalance = 0;
    double gini = 0;
    double entropy = 0;
    std::vector<CoverageFinding> findings; ///< classId: of the scheme
    std::vector<TailLeak> leaks;
    /// Decided spans of test subjects: retraining takes decided spans whatever the role, so they are no test
    /// of the heads.
    int64_t testSpansLearned = 0;
    bool adaptedOnTest = false; ///< the system in use adapted on the clips that it is tested with
    std::vector<ClassWeights> weights;
    std::optional<AugmentationCourse> augmentation; ///< of the detector in use
    double target = 0;
    bool complete = false; ///< what follows is there
    std::vector<TailScores> scores; ///< one of each basis
    TailRounds rounds;
    std::vector<TailAdvice> advice;

    const TailClass* find(int classId) const; ///< null if it is not listed
    int64_t count(TailPart part) const; ///< classes
    const TailScores* best() const; ///< first basis that has a curve or, without any, figures; null: none
};

/// Predicted class by prediction: predictions never change, so what was read once is kept between analyses.
/// Any thread.
class PredictedClasses {
public:
    std::optional<int> of(int64_t predictionId) const;
    void put(int64_t predictionId, int classId);

private:
    mutable std::mutex m_mutex;
    std::unordered_map<int64_t, int> m_classes;
};

struct TailOptions {
    double target = 0.7; ///< F1 (ours)
    double auditShare = kAuditShare;
    BootstrapOptions bootstrap = {400, 0.95, 1};
    CurveLimits limits;
    CoverageRule rule = {5, {0, 1, 2}};
    std::shared_ptr<PredictedClasses> predicted; ///< null: none is kept
};

/// The counts alone, without F1: some milliseconds for 100,000 spans. Any thread.
TailAnalysis tailCounts(const FrozenProject& project, const TailOptions& options = {});
/// All of it. Any thread; Cancelled.
Result<TailAnalysis> tailAnalysis(
    const FrozenProject& project, const TailOptions& options, ProgressSink& progress);

} // namespace telltale
