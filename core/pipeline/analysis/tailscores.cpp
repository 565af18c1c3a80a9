// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/tailscores.h"
#include "pipeline/headmodels.h"
#include "pipeline/models.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr int kFewestSubjects = 3; ///< from which resampled subjects say more than clips (ours)
constexpr size_t kAskEvery = 256; ///< spans between looks at a cancel

std::vector<int64_t> numbersOf(const Json& metrics, const char* key)
{
    std::vector<int64_t> numbers;
    if (!metrics.is_object() || !metrics.contains(key) || !metrics[key].is_array())
        return numbers;
    for (const Json& one : metrics[key])
        numbers.push_back(one.is_number_integer() ? one.get<int64_t>() : 0);
    return numbers;
}

int64_t at(const std::vector<int64_t>& numbers, size_t place)
{
    return place < numbers.size() ? numbers[place] : 0;
}

/// A proposal that somebody has decided.
struct DecidedProposal {
    int truth = -1; ///< -1: no gesture
    int predicted = -1;
    int subject = 0;
};

/// What is right of each class, by subject.
TailScores scoresOf(TailBasis basis, const std::vector<DecidedProposal>& proposals, const TailAnalysis& tail,
    int classes, const BootstrapOptions& bootstrap)
{
    TailScores scores;
    scores.basis = basis;
    scores.clips = static_cast<int64_t>(proposals.size());
    std::map<int, std::vector<ClassTally>> tallies;
    for (const DecidedProposal& one : proposals) {
        std::vector<ClassTally>& own = tallies[one.subject];
        own.resize(static_cast<size_t>(classes));
        ++own[static_cast<size_t>(one.predicted)].predicted;
        if (one.truth >= 0)
            ++own[static_cast<size_t>(one.truth)].truth;
        if (one.truth == one.predicted)
            ++own[static_cast<size_t>(one.truth)].correct;
    }
    scores.subjects = static_cast<int>(tallies.size());
    std::vector<std::vector<ClassTally>> bySubject;
    std::vector<ClassTally> sums(static_cast<size_t>(classes));
    for (const auto& [subject, own] : tallies) {
        bySubject.push_back(own);
        for (size_t c = 0; c < sums.size(); ++c)
            sums[c] += own[c];
    }
    const bool several = scores.subjects >= kFewestSubjects;
    const auto intervals
        = several ? subjectF1Intervals(bySubject, bootstrap) : std::vector<BootstrapInterval>();
    for (size_t c = 0; c < sums.size(); ++c) {
        const double f1 = f1Of(sums[c]);
        const TailClass* known = tail.find(static_cast<int>(c));
        if (!known || !std::isfinite(f1))
            continue;
        ClassScoreAt one{static_cast<int>(c), known->decided, f1, 0, 0, TailInterval::Wilson, sums[c].truth};
        // A class of one subject, or always right or wrong, has no spread over subjects to resample.
        const bool resampled = several && intervals[c].resamples > 0 && intervals[c].low < intervals[c].high;
        const ShareInterval wilson = f1WilsonInterval(sums[c]);
        one.interval = resampled ? TailInterval::Subjects : TailInterval::Wilson;
        one.low = resampled ? intervals[c].low : wilson.low;
        one.high = resampled ? intervals[c].high : wilson.high;
        scores.classes.push_back(one);
    }
    return scores;
}

/// A proposal as the audit stream sees it.
struct Drawn {
    double place = 0;
    Verdict verdict = Verdict::Open;
    DecidedProposal decided;
};

/// Predictions of the run that a video's proposals come from.
std::map<int64_t, const PredictionRun*> newestRuns(const FrozenProject& project)
{
    std::map<int64_t, const PredictionRun*> newest;
    for (const PredictionRun& run : project.runs())
        newest[run.videoId] = &run; // by id: the last one stays
    return newest;
}

class ProposalReader {
public:
    ProposalReader(const FrozenProject& project, const TailOptions& options)
        : m_reader(project)
        , m_classes(project.scheme().classCount())
        , m_newest(newestRuns(project))
        , m_known(options.predicted)
    {
    }
    /// Class that the prediction names best; -1: none that the scheme has.
    int predicted(int64_t predictionId)
    {
        if (m_known)
            if (const auto known = m_known->of(predictionId))
                return *known;
        const auto prediction = m_reader.prediction(predictionId);
        const int top = prediction ? topClass(prediction->fused) : -1;
        const int named = top < m_classes ? top : -1;
        if (m_known && prediction)
            m_known->put(predictionId, named);
        return named;
    }
    bool isNewest(const Annotation& span) const
    {
        const auto run = m_newest.find(span.videoId);
        return run != m_newest.end() && span.predictionId >= run->second->firstPrediction
            && span.predictionId < run->second->firstPrediction + run->second->predictions;
    }

private:
    PredictionReader m_reader;
    int m_classes;
    std::map<int64_t, const PredictionRun*> m_newest;
    std::shared_ptr<PredictedClasses> m_known;
};

Verdict verdictOf(const Annotation& span)
{
    const bool unclear = span.state == SpanState::Skipped || span.state == SpanState::Flagged;
    const bool nameless = span.state != SpanState::Rejected && span.classId < 0;
    return span.state == SpanState::Proposed ? Verdict::Open
        : unclear || nameless                ? Verdict::Unclear
        : span.state == SpanState::Rejected  ? Verdict::Wrong
                                             : Verdict::Right; // whether it is, its classes say
}

/// The unbroken run of decided audit items from the first place on.
std::vector<DecidedProposal> auditRun(std::vector<Drawn> drawn)
{
    std::ranges::sort(drawn, {}, &Drawn::place);
    std::vector<DecidedProposal> run;
    for (const Drawn& one : drawn) {
        if (one.verdict == Verdict::Open)
            break;
        if (one.verdict != Verdict::Unclear && one.decided.predicted >= 0)
            run.push_back(one.decided);
    }
    return run;
}

} // namespace

TailScores headScores(const FrozenProject& project, const TailAnalysis& tail)
{
    TailScores scores;
    scores.basis = TailBasis::Heads;
    const ModelEntry* heads = activeHeads(project.models());
    const Json metrics = heads ? Json::parse(heads->metrics, nullptr, false) : Json();
    if (!metrics.is_object() || !metrics.contains("after") || !metrics["after"].contains("class_f1")) {
        scores.problem = TailScoreProblem::NoHeads;
        return scores;
    }
    if (metrics.value("measured_on", "") != "held-out spans") {
        scores.problem = TailScoreProblem::LearnedFrom;
        return scores;
    }
    const auto truth = numbersOf(metrics, "class_examples");
    const auto predicted = numbersOf(metrics, "class_predicted");
    const auto correct = numbersOf(metrics, "class_correct");
    const auto training = numbersOf(metrics, "class_training");
    scores.sizesOfTraining = !training.empty();
    const Json& f1 = metrics["after"]["class_f1"];
    for (size_t c = 0; c < f1.size(); ++c) {
        const TailClass* known = tail.find(static_cast<int>(c));
        if (!f1[c].is_number() || !known)
            continue;
        ClassScoreAt one;
        one.classId = static_cast<int>(c);
        one.size = scores.sizesOfTraining ? at(training, c) : known->decided;
        one.f1 = f1[c].get<double>();
        one.clips = at(truth, c);
        if (!predicted.empty()) {
            const ShareInterval ends = f1WilsonInterval({at(truth, c), at(predicted, c), at(correct, c)});
            one.low = ends.low;
            one.high = ends.high;
            one.interval = TailInterval::Wilson;
        }
        scores.clips += one.clips;
        scores.classes.push_back(one);
    }
    if (scores.classes.empty())
        scores.problem = TailScoreProblem::NoHeads;
    return scores;
}

Result<std::vector<TailScores>> decidedScores(const FrozenProject& project, const TailAnalysis& tail,
    const TailOptions& options, const SubjectOfSpan& subjectOf, ProgressSink& progress)
{
    const int classes = project.scheme().classCount();
    ProposalReader reader(project, options);
    std::vector<Drawn> drawn;
    std::vector<DecidedProposal> decided;
    std::unordered_set<int64_t> seen; // the parts of a span that was split are one proposal
    const std::vector<Annotation> spans = project.annotations();
    for (size_t i = 0; i < spans.size(); ++i) {
        const Annotation& span = spans[i];
        if (i % kAskEvery == 0) {
            progress.report(static_cast<int64_t>(i), static_cast<int64_t>(spans.size()), "predictions");
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
        }
        if (span.predictionId == 0 || span.classId >= classes || !seen.insert(span.predictionId).second)
            continue;
        const Verdict verdict = verdictOf(span);
        const double place = auditPlace(span.predictionId);
        const bool audited = place < options.auditShare && reader.isNewest(span);
        const bool counts = verdict == Verdict::Right || verdict == Verdict::Wrong;
        DecidedProposal one;
        if (counts)
            one = {verdict == Verdict::Wrong ? -1 : span.classId, reader.predicted(span.predictionId),
                subjectOf(span)};
        if (counts && one.predicted >= 0)
            decided.push_back(one);
        if (audited)
            drawn.push_back({place, verdict, one});
    }
    const std::vector<DecidedProposal> audits = auditRun(std::move(drawn));
    std::vector<TailScores> result{scoresOf(TailBasis::Audits, audits, tail, classes, options.bootstrap),
        scoresOf(TailBasis::Decisions, decided, tail, classes, options.bootstrap)};
    if (audits.empty())
        result[0].problem = TailScoreProblem::NoAudits;
    if (decided.empty())
        for (TailScores& one : result)
            one.problem = TailScoreProblem::NoPredictions;
    return result;
}

void fitCurve(TailScores& scores, const TailAnalysis& tail, const TailOptions& options)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    scores.toTarget = {CurveProblem::TooFewPoints, kNone, kNone, kNone, 0};
    if (scores.problem != TailScoreProblem::None)
        return;
    std::vector<CurvePoint> points;
    for (const ClassScoreAt& one : scores.classes)
        if (one.clips > 0) // a class that is only predicted has an F1 of 0 that says nothing of its size
            points.push_back({static_cast<double>(one.size), one.f1, static_cast<double>(one.clips)});
    const CurveBand band(points, options.bootstrap, options.limits);
    scores.curve = band.curve();
    scores.curveProblem = band.problem();
    scores.toTarget = band.examplesFor(tail.target);
}

TailRounds retrainRounds(const FrozenProject& project, const TailOptions& options)
{
    TailRounds rounds;
    for (const ModelEntry& model : project.models()) {
        const Json metrics = Json::parse(model.metrics, nullptr, false);
        if (model.kind != "heads" || !metrics.is_object()
            || metrics.value("measured_on", "") != "held-out spans" || !metrics.contains("after")
            || !metrics["after"].value("macro_f1", Json()).is_number())
            continue;
        const auto held = metrics.value("held_out", int64_t(0));
        const auto learned = metrics.value("decided", int64_t(0)) - held;
        rounds.points.push_back({static_cast<double>(learned), metrics["after"]["macro_f1"].get<double>(),
            static_cast<double>(held)});
    }
    const CurveBand band(rounds.points, options.bootstrap, options.limits);
    rounds.curve = band.curve();
    rounds.problem = band.problem();
    rounds.toTarget = band.examplesFor(options.target);
    return rounds;
}

std::vector<TailAdvice> adviceOf(const TailAnalysis& tail)
{
    const TailScores* scores = tail.best();
    std::vector<TailAdvice> advice;
    for (const TailClass& one : tail.classes) {
        TailAdvice said;
        said.classId = one.classId;
        said.waiting = one.proposed;
        if (one.decided == 0) {
            advice.push_back(said);
            continue;
        }
        if (one.coverage.bySubject.size() == 1) {
            said.kind = AdviceKind::OtherSubjects;
            advice.push_back(said);
            continue;
        }
        if (!scores)
            continue;
        const auto score = std::ranges::find(scores->classes, one.classId, &ClassScoreAt::classId);
        if (score == scores->classes.end() || score->clips == 0 || score->f1 >= tail.target)
            continue;
        const SampleProjection& wanted = scores->toTarget;
        const double size = static_cast<double>(score->size);
        said.kind = AdviceKind::LabelMore;
        if (wanted.problem == CurveProblem::None) {
            const auto more = [size](double examples) {
                return static_cast<int64_t>(std::ceil(std::max(0.0, examples - size)));
            };
            said.more = more(wanted.examples);
            said.moreLow = more(wanted.low);
            said.moreHigh = std::isfinite(wanted.high) ? more(wanted.high) : -1;
            if (said.more == 0)
                said.kind = AdviceKind::NotByNumber;
        }
        advice.push_back(said);
    }
    std::ranges::stable_sort(advice, [](const TailAdvice& a, const TailAdvice& b) {
        return std::pair(a.kind, -a.more) < std::pair(b.kind, -b.more);
    });
    return advice;
}

} // namespace telltale
