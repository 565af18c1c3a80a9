// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/spanevaluation.h"
#include "eval/averageprecision.h"
#include "eval/spanmatch.h"
#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

namespace telltale {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double mean(const std::vector<double>& values)
{
    return values.empty()
        ? 0
        : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<ScoredSpan> trimmed(std::vector<ScoredSpan> spans, double trim)
{
    for (ScoredSpan& span : spans)
        span.end -= trim;
    return spans;
}

/// Truth and prediction as each of the two rules reads them, matched.
class Compared {
public:
    Compared(const std::vector<ScoredSpan>& read, const std::vector<ScoredSpan>& found, double trim)
        : truth(withoutDuplicates(read))
        , predicted(found)
        , matcher(truth, predicted)
        , m_kitTruth(trimmed(read, trim))
        , m_kitPredicted(trimmed(found, trim))
        , m_kitMatcher(m_kitTruth, m_kitPredicted)
    {
    }

    SpanReport strict(double tiou) const
    {
        return spanReport(truth, predicted, matcher, tiou, SpanMatch::Strict);
    }
    /// Average precision is not the kit's: it comes from the strict rule.
    SpanReport starter(double tiou, const SpanReport& strict) const
    {
        SpanReport report = spanReport(m_kitTruth, m_kitPredicted, m_kitMatcher, tiou, SpanMatch::Starter);
        report.meanAp = strict.meanAp;
        report.averagePrecision = strict.averagePrecision;
        return report;
    }
    SpanReport report(double tiou, SpanMatch match) const
    {
        SpanReport one = strict(tiou);
        return match == SpanMatch::Strict ? one : starter(tiou, one);
    }

    const std::vector<ScoredSpan> truth;
    const std::vector<ScoredSpan> predicted;
    const SpanMatcher matcher;

private:
    std::vector<ScoredSpan> m_kitTruth;
    std::vector<ScoredSpan> m_kitPredicted;
    SpanMatcher m_kitMatcher;
};

/// Who is in which video, as numbers.
class Subjects {
public:
    Subjects(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
        const SpanEvaluationOptions& options)
    {
        std::set<std::string> names;
        const auto add = [&](const std::string& video) {
            const auto known = options.subjects.find(video);
            const std::string& name = known != options.subjects.end() ? known->second : video;
            if (m_ofVideo.emplace(video, name).second)
                names.insert(name);
        };
        for (const auto* side : {&truth, &predicted})
            for (const ScoredSpan& span : *side)
                add(span.video);
        for (const std::string& video : options.videos)
            add(video);
        m_names.assign(names.begin(), names.end());
    }

    const std::vector<std::string>& names() const { return m_names; }
    size_t of(const ScoredSpan& span) const
    {
        const auto place = std::ranges::lower_bound(m_names, m_ofVideo.at(span.video));
        return static_cast<size_t>(place - m_names.begin());
    }
    std::vector<std::vector<ScoredSpan>> split(const std::vector<ScoredSpan>& spans) const
    {
        std::vector<std::vector<ScoredSpan>> parts(m_names.size());
        for (const ScoredSpan& span : spans)
            parts[of(span)].push_back(span);
        return parts;
    }

private:
    std::map<std::string, std::string> m_ofVideo;
    std::vector<std::string> m_names;
};

/// What mAP of a class needs in every resample: matching stays within a video and so within a subject,
/// hence a resample only changes how often each prediction counts.
struct ClassRanking {
    std::vector<bool> hits; ///< best score first
    std::vector<size_t> subjects; ///< of the same predictions
    std::vector<int64_t> truths; ///< by subject
};

std::map<int, ClassRanking> classRankings(const Compared& lists, const Subjects& subjects, double tiou)
{
    std::map<int, ClassRanking> rankings;
    for (const ScoredSpan& span : lists.truth) {
        ClassRanking& ranking = rankings[span.classId];
        ranking.truths.resize(subjects.names().size(), 0);
        ++ranking.truths[subjects.of(span)];
    }
    const std::vector<int64_t> owned = lists.matcher.strict(tiou);
    for (const size_t index : lists.matcher.ranking()) {
        const auto ranking = rankings.find(lists.predicted[index].classId);
        if (ranking == rankings.end())
            continue;
        ranking->second.hits.push_back(owned[index] >= 0);
        ranking->second.subjects.push_back(subjects.of(lists.predicted[index]));
    }
    return rankings;
}

double resampledMeanAp(const std::map<int, ClassRanking>& rankings, const std::vector<int>& drawn)
{
    double sum = 0;
    int classes = 0;
    std::vector<int> weights;
    for (const auto& [classId, ranking] : rankings) {
        int64_t truths = 0;
        for (size_t i = 0; i < drawn.size(); ++i)
            truths += drawn[i] * ranking.truths[i];
        if (truths == 0)
            continue;
        weights.clear();
        weights.reserve(ranking.subjects.size());
        for (const size_t subject : ranking.subjects)
            weights.push_back(drawn[subject]);
        sum += averagePrecision(ranking.hits, weights, truths);
        ++classes;
    }
    return classes > 0 ? sum / classes : kUndefined;
}

void addTimes(ClassScore& sum, const ClassScore& part, int times)
{
    sum.truth += times * part.truth;
    sum.predicted += times * part.predicted;
    sum.correct += times * part.correct;
}

/// The figures of one threshold in every resample.
struct Resamples {
    std::vector<double> f1;
    std::vector<double> precision;
    std::vector<double> recall;
    std::vector<double> meanAp;
    std::map<int, std::vector<double>> classF1;

    void add(const SpanFigures& figures, const std::map<int, ClassRanking>& rankings,
        const std::vector<int>& drawn, double smoothing)
    {
        std::map<int, ClassScore> classes;
        size_t subject = 0;
        for (const auto& [name, report] : figures.perSubject) {
            for (const auto& [classId, score] : report.perClass)
                addTimes(classes[classId], score, drawn[subject]);
            ++subject;
        }
        ClassScore all;
        for (auto& [classId, score] : classes) {
            addTimes(all, score, 1);
            fillScores(score, smoothing);
            classF1[classId].push_back(score.truth > 0 ? score.f1 : kUndefined);
        }
        fillScores(all, smoothing);
        f1.push_back(all.truth + all.predicted > 0 ? all.f1 : kUndefined);
        precision.push_back(all.predicted > 0 ? all.precision : kUndefined);
        recall.push_back(all.truth > 0 ? all.recall : kUndefined);
        meanAp.push_back(resampledMeanAp(rankings, drawn));
    }
};

void addIntervals(SpanEvaluation& evaluation, const Compared& lists, const Subjects& subjects,
    const SpanEvaluationOptions& options)
{
    const auto drawn = resampledSubjects(static_cast<int>(subjects.names().size()), options.bootstrap);
    const double level = options.bootstrap.level;
    const double smoothing = options.match == SpanMatch::Starter ? kStarterSmoothing : 0;
    std::vector<double> f1(drawn.size(), 0);
    std::vector<double> meanAp(drawn.size(), 0);
    for (SpanFigures& figures : evaluation.at) {
        const auto rankings = classRankings(lists, subjects, figures.tiou);
        Resamples resamples;
        for (const std::vector<int>& counts : drawn)
            resamples.add(figures, rankings, counts, smoothing);
        for (size_t i = 0; i < drawn.size(); ++i) {
            f1[i] += resamples.f1[i] / static_cast<double>(evaluation.at.size());
            meanAp[i] += resamples.meanAp[i] / static_cast<double>(evaluation.at.size());
        }
        SpanIntervals& intervals = figures.intervals.emplace();
        intervals.f1 = percentileInterval(std::move(resamples.f1), level);
        intervals.precision = percentileInterval(std::move(resamples.precision), level);
        intervals.recall = percentileInterval(std::move(resamples.recall), level);
        intervals.meanAp = percentileInterval(std::move(resamples.meanAp), level);
        for (auto& [classId, values] : resamples.classF1)
            if (figures.report(options.match).perClass.at(classId).truth > 0)
                intervals.classF1[classId] = percentileInterval(std::move(values), level);
    }
    evaluation.averageF1Interval = percentileInterval(std::move(f1), level);
    evaluation.averageMeanApInterval = percentileInterval(std::move(meanAp), level);
}

SpanFigures figuresAt(double tiou, const Compared& lists, const SpanRecall& recall,
    const SpanErrorFinder& errors, const SpanEvaluationOptions& options)
{
    SpanFigures figures;
    figures.tiou = tiou;
    figures.strict = lists.strict(tiou);
    figures.starter = lists.starter(tiou, figures.strict);
    for (const int factor : options.recallFactors) {
        auto ofClasses = recall.topKx(tiou, factor);
        std::vector<double> values;
        values.reserve(ofClasses.size());
        for (const auto& [classId, value] : ofClasses)
            values.push_back(value);
        figures.meanTopKxRecall.push_back(mean(values));
        figures.topKxRecall.push_back(std::move(ofClasses));
    }
    for (const int count : options.proposals)
        figures.proposalRecall.push_back(recall.proposals(tiou, count));
    figures.errors = errors.at(tiou, options.background);
    return figures;
}

void addMeans(SpanEvaluation& evaluation, const SpanEvaluationOptions& options)
{
    evaluation.averageRecall.assign(options.proposals.size(), 0);
    if (evaluation.at.empty())
        return;
    const double share = 1.0 / static_cast<double>(evaluation.at.size());
    for (const SpanFigures& figures : evaluation.at) {
        evaluation.averageF1 += share * figures.report(options.match).f1;
        evaluation.averageMeanAp += share * figures.strict.meanAp;
        for (const auto& [classId, precision] : figures.strict.averagePrecision)
            evaluation.averagePrecision[classId] += share * precision;
        for (size_t i = 0; i < figures.proposalRecall.size(); ++i)
            evaluation.averageRecall[i] += share * figures.proposalRecall[i];
    }
}

} // namespace

SpanEvaluation evaluateSpans(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    const SpanEvaluationOptions& options)
{
    const Subjects subjects(truth, predicted, options);
    const Compared lists(truth, predicted, options.starterTrim);
    SpanEvaluation evaluation;
    evaluation.subjects = subjects.names();
    const SpanRecall recall(lists.truth, lists.predicted);
    const SpanErrorFinder errors(lists.truth, lists.predicted, lists.matcher);
    evaluation.at.reserve(options.tious.size());
    for (const double tiou : options.tious)
        evaluation.at.push_back(figuresAt(tiou, lists, recall, errors, options));

    const auto truths = subjects.split(truth);
    const auto predictions = subjects.split(predicted);
    for (size_t i = 0; i < evaluation.subjects.size(); ++i) {
        const Compared own(truths[i], predictions[i], options.starterTrim);
        for (SpanFigures& figures : evaluation.at)
            figures.perSubject[evaluation.subjects[i]] = own.report(figures.tiou, options.match);
    }
    addMeans(evaluation, options);
    if (evaluation.subjects.size() > 1 && options.bootstrap.resamples > 0)
        addIntervals(evaluation, lists, subjects, options);
    return evaluation;
}

} // namespace telltale
