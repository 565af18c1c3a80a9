// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "eval/averageprecision.h"
#include "eval/spanevaluation.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

using namespace telltale;
using testing::ElementsAre;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// Several people with two videos each; predictions are the truth moved, renamed or from nowhere.
struct Crowd {
    std::vector<ScoredSpan> truth;
    std::vector<ScoredSpan> predicted;
    std::map<std::string, std::string> subjects;
};

Crowd crowd(int people, uint64_t seed)
{
    Crowd made;
    Random random(seed);
    for (int person = 0; person < people; ++person)
        for (const char* part : {"a", "b"}) {
            const std::string video = "video" + std::to_string(person) + part;
            made.subjects[video] = "person" + std::to_string(person);
            for (int i = 0; i < 12; ++i) {
                const double start = random.uniform(0, 900);
                const double length = random.uniform(5, 60);
                const int classId = static_cast<int>(random.below(4));
                made.truth.push_back({video, classId, start, start + length, 1});
                for (int copy = 0; copy < 2; ++copy) {
                    const double moved = start + random.uniform(-20, 20);
                    made.predicted.push_back(
                        {video, random.chance(0.3) ? static_cast<int>(random.below(5)) : classId, moved,
                            moved + length * random.uniform(0.6, 1.4), random.uniform()});
                }
            }
        }
    return made;
}

int64_t correctOf(const SpanReport& report)
{
    return std::accumulate(report.perClass.begin(), report.perClass.end(), int64_t{0},
        [](int64_t sum, const auto& entry) { return sum + entry.second.correct; });
}

/// The same people, each as often as the counts say, under other names.
Crowd copied(const Crowd& original, const std::vector<std::string>& people, const std::vector<int>& counts)
{
    Crowd made;
    for (size_t i = 0; i < people.size(); ++i)
        for (int copy = 0; copy < counts[i]; ++copy) {
            const auto take = [&](const std::vector<ScoredSpan>& from, std::vector<ScoredSpan>& to) {
                for (ScoredSpan span : from)
                    if (original.subjects.at(span.video) == people[i]) {
                        span.video += "copy" + std::to_string(copy);
                        to.push_back(span);
                    }
            };
            take(original.truth, made.truth);
            take(original.predicted, made.predicted);
        }
    return made;
}

} // namespace

TEST(SpanEvaluation, CountsOfTheSubjectsAddUpToThoseOfAll)
{
    const Crowd people = crowd(5, 1);
    for (const SpanMatch match : {SpanMatch::Strict, SpanMatch::Starter}) {
        SpanEvaluationOptions options;
        options.match = match;
        options.subjects = people.subjects;
        const SpanEvaluation evaluation = evaluateSpans(people.truth, people.predicted, options);
        EXPECT_EQ(evaluation.subjects.size(), 5U);
        for (const SpanFigures& figures : evaluation.at) {
            int64_t sum = 0;
            for (const auto& [name, report] : figures.perSubject)
                sum += correctOf(report);
            EXPECT_GT(sum, 0);
            EXPECT_EQ(sum, correctOf(figures.report(match)));
        }
    }
}

TEST(SpanEvaluation, AResampleIsTheFiguresOfThePeopleDrawnAsOftenAsTheyWereDrawn)
{
    const Crowd people = crowd(4, 2);
    for (uint64_t seed = 0; seed < 5; ++seed)
        for (const SpanMatch match : {SpanMatch::Strict, SpanMatch::Starter}) {
            SpanEvaluationOptions options;
            options.match = match;
            options.subjects = people.subjects;
            options.bootstrap = {1, 0.95, seed};
            const SpanEvaluation evaluation = evaluateSpans(people.truth, people.predicted, options);
            const auto drawn = resampledSubjects(4, options.bootstrap);
            EXPECT_EQ(std::accumulate(drawn[0].begin(), drawn[0].end(), 0), 4);
            const Crowd again = copied(people, evaluation.subjects, drawn[0]);
            double meanAp = 0;
            for (const SpanFigures& figures : evaluation.at) {
                const SpanReport expected = spanReport(again.truth, again.predicted, figures.tiou, match);
                EXPECT_NEAR(figures.intervals->f1.low, expected.f1, 1e-12);
                EXPECT_NEAR(figures.intervals->f1.high, expected.f1, 1e-12);
                EXPECT_NEAR(figures.intervals->precision.low, expected.precision, 1e-12);
                EXPECT_NEAR(figures.intervals->recall.low, expected.recall, 1e-12);
                EXPECT_NEAR(figures.intervals->meanAp.low, expected.meanAp, 1e-12);
                for (const auto& [classId, interval] : figures.intervals->classF1)
                    EXPECT_NEAR(interval.low, expected.perClass.at(classId).f1, 1e-12);
                meanAp += expected.meanAp / static_cast<double>(evaluation.at.size());
            }
            EXPECT_NEAR(evaluation.averageMeanApInterval->low, meanAp, 1e-12);
        }
}

TEST(SpanEvaluation, TheSameSeedGivesTheSameIntervalsAndTheyHoldTheFigure)
{
    const Crowd people = crowd(6, 3);
    SpanEvaluationOptions options;
    options.subjects = people.subjects;
    options.bootstrap = {300, 0.95, 7};
    const SpanEvaluation first = evaluateSpans(people.truth, people.predicted, options);
    const SpanEvaluation again = evaluateSpans(people.truth, people.predicted, options);
    options.bootstrap.seed = 8;
    const SpanEvaluation other = evaluateSpans(people.truth, people.predicted, options);
    const SpanIntervals& interval = *first.at[1].intervals;
    EXPECT_EQ(interval.f1.low, again.at[1].intervals->f1.low);
    EXPECT_EQ(interval.meanAp.high, again.at[1].intervals->meanAp.high);
    EXPECT_NE(interval.f1.low, other.at[1].intervals->f1.low);
    EXPECT_LT(interval.f1.low, first.at[1].strict.f1);
    EXPECT_GT(interval.f1.high, first.at[1].strict.f1);
    EXPECT_EQ(interval.f1.resamples, 300);
}

TEST(SpanEvaluation, OneSubjectOrNoResamplesGiveNoIntervals)
{
    const Crowd people = crowd(1, 4);
    SpanEvaluationOptions options;
    options.subjects = people.subjects;
    EXPECT_FALSE(evaluateSpans(people.truth, people.predicted, options).averageF1Interval);
    options.subjects.clear(); // two videos, two people
    EXPECT_TRUE(evaluateSpans(people.truth, people.predicted, options).averageF1Interval);
    options.bootstrap.resamples = 0;
    EXPECT_FALSE(evaluateSpans(people.truth, people.predicted, options).at[0].intervals);
}

TEST(SpanEvaluation, AResampleWithNothingToCountIsLeftOut)
{
    // One of two people has nothing at all: a quarter of the resamples, on average, consists of that one.
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}};
    SpanEvaluationOptions options;
    options.videos = {"v", "w"};
    options.bootstrap = {200, 0.95, 0};
    const SpanEvaluation evaluation = evaluateSpans(truth, truth, options);
    EXPECT_THAT(evaluation.subjects, ElementsAre("v", "w"));
    const BootstrapInterval interval = evaluation.at[0].intervals->f1;
    EXPECT_GT(interval.resamples, 100);
    EXPECT_LT(interval.resamples, 200);
    EXPECT_DOUBLE_EQ(interval.low, 1);
}

TEST(SpanEvaluation, TheKitCountsWhatItReadsAndTheOthersLeaveRepetitionsOut)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 0, 0, 10}, {"v", 0, 30, 30}};
    const SpanEvaluation evaluation = evaluateSpans(truth, {{"v", 0, 0, 10}}, {});
    EXPECT_EQ(evaluation.at[1].strict.perClass.at(0).truth, 1);
    EXPECT_DOUBLE_EQ(evaluation.at[1].strict.recall, 1);
    EXPECT_EQ(evaluation.at[1].starter.perClass.at(0).truth, 3);
    EXPECT_EQ(evaluation.at[1].starter.perClass.at(0).correct, 2);
    EXPECT_DOUBLE_EQ(evaluation.at[1].starter.meanAp, 1) << "average precision is not the kit's";
}

TEST(SpanEvaluation, TrimmedEndsMatterToTheKitsRuleAlone)
{
    // Frames 0 to 9 and 0 to 3, ends included: 3 / 9 as the kit counts, 4 / 10 half-open.
    SpanEvaluationOptions options;
    options.tious = {0.35};
    options.starterTrim = 1;
    const auto evaluation = evaluateSpans({{"v", 0, 0, 10}}, {{"v", 0, 0, 4}}, options);
    EXPECT_DOUBLE_EQ(evaluation.at[0].strict.f1, 1);
    EXPECT_DOUBLE_EQ(evaluation.at[0].starter.f1, 0);
}

TEST(SpanEvaluation, NothingOnEitherSideGivesZerosEverywhere)
{
    const std::vector<ScoredSpan> some{{"v", 0, 0, 10}, {"w", 1, 0, 10}};
    const std::vector<ScoredSpan> none;
    for (const auto& [truth, predicted] :
        {std::pair{none, none}, std::pair{some, none}, std::pair{none, some}}) {
        SpanEvaluationOptions options;
        options.videos = {"v", "w"};
        const SpanEvaluation evaluation = evaluateSpans(truth, predicted, options);
        for (const SpanFigures& figures : evaluation.at) {
            for (const SpanReport* report : {&figures.strict, &figures.starter}) {
                EXPECT_DOUBLE_EQ(report->f1, 0);
                EXPECT_DOUBLE_EQ(report->precision, 0);
                EXPECT_DOUBLE_EQ(report->recall, 0);
                EXPECT_DOUBLE_EQ(report->meanAp, 0);
            }
            EXPECT_THAT(figures.meanTopKxRecall, ElementsAre(0, 0));
            EXPECT_THAT(figures.proposalRecall, ElementsAre(0, 0, 0));
            EXPECT_EQ(figures.errors.all[SpanErrorKind::Background], static_cast<int64_t>(predicted.size()));
            EXPECT_EQ(figures.errors.all.missed, static_cast<int64_t>(truth.size()));
            EXPECT_EQ(figures.perSubject.size(), 2U) << "people in empty videos count";
        }
    }
}

TEST(SpanEvaluation, NumbersThatAreNoneAreWrongAndComeLast)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 0, kNan, 20}, {"v", 0, 0, kInfinite}};
    EXPECT_EQ(withoutDuplicates(truth).size(), 1U);
    const std::vector<ScoredSpan> predicted{{"v", 0, 0, 10, kNan}, {"v", 0, 40, 50, -5},
        {"v", 0, kNan, kNan, 0.3}, {"v", 0, -kInfinite, kInfinite, 0.2}};
    EXPECT_THAT(rankedByScore(predicted), ElementsAre(2, 3, 1, 0));
    const SpanEvaluation evaluation = evaluateSpans(truth, predicted, {});
    EXPECT_EQ(evaluation.at[0].strict.perClass.at(0).correct, 1);
    EXPECT_DOUBLE_EQ(evaluation.at[0].strict.meanAp, 0.25) << "the last of four";
    EXPECT_EQ(evaluation.at[0].errors.all[SpanErrorKind::Background], 3);
    EXPECT_TRUE(std::isfinite(evaluation.at[0].starter.f1));
}

TEST(SpanEvaluation, OverlappingTruthsOfOneClassAreFoundOneByOne)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 100}, {"v", 0, 10, 90}, {"v", 0, 20, 80}};
    const std::vector<ScoredSpan> predicted{
        {"v", 0, 0, 100, 0.9}, {"v", 0, 12, 88, 0.8}, {"v", 0, 25, 80, 0.7}, {"v", 0, 30, 70, 0.6}};
    const SpanReport report = spanReport(truth, predicted, 0.5, SpanMatch::Strict);
    EXPECT_DOUBLE_EQ(report.recall, 1);
    EXPECT_DOUBLE_EQ(report.precision, 0.75);
    EXPECT_DOUBLE_EQ(report.meanAp, 1);
}

TEST(SpanEvaluation, OfTruthsThatOverlapAlikeTheLaterIsTaken)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 0, 10, 20}};
    const std::vector<ScoredSpan> first{{"v", 0, 5, 15, 0.9}, {"v", 0, 0, 10, 0.8}};
    EXPECT_DOUBLE_EQ(spanReport(truth, first, 0.3, SpanMatch::Strict).recall, 1);
    const std::vector<ScoredSpan> second{{"v", 0, 5, 15, 0.9}, {"v", 0, 10, 20, 0.8}};
    EXPECT_DOUBLE_EQ(spanReport(truth, second, 0.3, SpanMatch::Strict).recall, 0.5);
}

TEST(SpanRecall, TopKxTakesKForEachTruthOfTheClassInTheVideo)
{
    // Two truths in v, so that top-1x are the best two of the class there.
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 0, 20, 30}, {"w", 0, 0, 10}, {"w", 1, 0, 10}};
    const std::vector<ScoredSpan> predicted{{"v", 0, 0, 10, 0.5}, {"v", 0, 50, 60, 0.9},
        {"v", 0, 20, 30, 0.1}, {"w", 0, 40, 50, 0.9}, {"w", 0, 1, 10, 0.8}, {"v", 1, 0, 10, 1}};
    const SpanRecall recall(truth, predicted);
    EXPECT_DOUBLE_EQ(recall.topKx(0.5, 1).at(0), 1.0 / 3);
    EXPECT_DOUBLE_EQ(recall.topKx(0.5, 2).at(0), 1);
    EXPECT_DOUBLE_EQ(recall.topKx(0.5, 2).at(1), 0);
    EXPECT_DOUBLE_EQ(recall.topKx(0.95, 2).at(0), 2.0 / 3);
    EXPECT_DOUBLE_EQ(recall.topKx(0.5, 0).at(0), 0);
}

TEST(SpanRecall, ProposalsAreCountedByVideoWhateverTheirClass)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 1, 20, 30}, {"w", 0, 0, 10}};
    const std::vector<ScoredSpan> predicted{
        {"v", 7, 0, 10, 0.9}, {"v", 7, 20, 29, 0.8}, {"w", 0, 50, 60, 0.9}, {"w", 3, 0, 10, 0.1}};
    const SpanRecall recall(truth, predicted);
    EXPECT_DOUBLE_EQ(recall.proposals(0.5, 1), 1.0 / 3);
    EXPECT_DOUBLE_EQ(recall.proposals(0.5, 2), 1);
    EXPECT_DOUBLE_EQ(recall.proposals(0.95, 2), 2.0 / 3);
    SpanEvaluationOptions options;
    options.tious = {0.5, 0.95};
    options.proposals = {2};
    EXPECT_DOUBLE_EQ(evaluateSpans(truth, predicted, options).averageRecall[0], (1 + 2.0 / 3) / 2);
}

TEST(SpanErrors, EveryPredictionIsOfOneKindByHand)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 100}, {"v", 1, 200, 300}, {"v", 2, 400, 500},
        {"v", 0, 600, 700}, {"v", 3, 800, 900}, {"w", 0, 0, 100}};
    const std::vector<ScoredSpan> predicted{
        {"v", 0, 0, 100, 0.9}, // correct
        {"v", 0, 5, 100, 0.8}, // the same once more
        {"v", 0, 200, 290, 0.7}, // there, but of class 1
        {"v", 2, 400, 430, 0.6}, // class 2, 0.3 of it
        {"v", 1, 600, 630, 0.5}, // neither class nor place
        {"v", 3, 895, 1000, 0.4}, // 0.02 of it
        {"x", 0, 0, 100, 0.3}, // a video without truth
    };
    const SpanMatcher matcher(truth, predicted);
    const SpanErrors errors = SpanErrorFinder(truth, predicted, matcher).at(0.5);
    EXPECT_THAT(errors.all.of, ElementsAre(1, 1, 1, 1, 1, 2));
    EXPECT_EQ(errors.all.unmatched, 5);
    EXPECT_EQ(errors.all.missed, 3) << "an error is about the truths of classes 1 and 2";
    EXPECT_EQ(errors.perClass.at(0)[SpanErrorKind::WrongLabel], 1) << "by the class that was predicted";
    EXPECT_EQ(errors.perClass.at(1).unmatched, 1);
    EXPECT_EQ(errors.perClass.at(1).missed, 0);
    const auto f1 = [](double correct, double predictions) { return 2 * correct / (6 + predictions); };
    EXPECT_THAT(errors.f1Without, ElementsAre(f1(1, 7), f1(1, 6), f1(2, 7), f1(2, 7), f1(1, 6), f1(1, 5)));
    EXPECT_DOUBLE_EQ(errors.f1WithoutMissed, f1(4, 10));
    EXPECT_DOUBLE_EQ(errors.f1Without[0], spanReport(truth, predicted, 0.5, SpanMatch::Strict).f1);
}

TEST(SpanErrors, LimitsAreReachedByEqualOverlapAndALowThresholdLeavesNoLocalisation)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 100}};
    const std::vector<ScoredSpan> half{{"v", 1, 0, 50}};
    const SpanMatcher matcher(truth, half);
    const SpanErrorFinder finder(truth, half, matcher);
    EXPECT_EQ(finder.at(0.5).all[SpanErrorKind::WrongLabel], 1);
    EXPECT_EQ(finder.at(0.51).all[SpanErrorKind::WrongLabelAndLocalisation], 1);
    EXPECT_EQ(finder.at(0.9, 0.5).all[SpanErrorKind::WrongLabelAndLocalisation], 1);
    EXPECT_EQ(finder.at(0.9, 0.6).all[SpanErrorKind::Background], 1);
    EXPECT_EQ(finder.at(0.05).all[SpanErrorKind::WrongLabel], 1);
    const std::vector<ScoredSpan> apart{{"v", 0, 100, 200}};
    const SpanMatcher none(truth, apart);
    EXPECT_EQ(SpanErrorFinder(truth, apart, none).at(0, 0).all[SpanErrorKind::Background], 1)
        << "spans that only touch do not meet, whatever the limit";
}

TEST(SpanErrors, OfTruthsThatOverlapAlikeAnErrorIsAboutTheFirst)
{
    const std::vector<ScoredSpan> truth{{"v", 1, 0, 10}, {"v", 2, 0, 10}};
    const std::vector<ScoredSpan> predicted{{"v", 0, 0, 10}};
    const SpanMatcher matcher(truth, predicted);
    const SpanErrors errors = SpanErrorFinder(truth, predicted, matcher).at(0.5);
    EXPECT_EQ(errors.perClass.at(1).missed, 0);
    EXPECT_EQ(errors.perClass.at(2).missed, 1);
}

TEST(SpanErrors, KindsAddUpAndMendingNeverHurts)
{
    const Crowd people = crowd(4, 5);
    const SpanMatcher matcher(people.truth, people.predicted);
    const SpanErrorFinder finder(people.truth, people.predicted, matcher);
    for (const double tiou : {0.1, 0.3, 0.5, 0.7}) {
        const SpanErrors errors = finder.at(tiou);
        const SpanReport report = spanReport(people.truth, people.predicted, tiou, SpanMatch::Strict);
        EXPECT_EQ(std::accumulate(errors.all.of.begin(), errors.all.of.end(), int64_t{0}),
            static_cast<int64_t>(people.predicted.size()));
        EXPECT_EQ(errors.all[SpanErrorKind::Correct], correctOf(report));
        EXPECT_EQ(errors.all.unmatched, static_cast<int64_t>(people.truth.size()) - correctOf(report));
        EXPECT_NEAR(errors.f1Without[0], report.f1, 1e-12);
        for (const double f1 : errors.f1Without)
            EXPECT_GE(f1 + 1e-12, report.f1);
        EXPECT_GE(errors.f1WithoutMissed + 1e-12, report.f1);
    }
}

TEST(Percentiles, LieBetweenValuesAndLeaveOutWhatIsNoNumber)
{
    const BootstrapInterval interval = percentileInterval({4, kNan, 0, 1, 3, 2}, 0.5);
    EXPECT_DOUBLE_EQ(interval.low, 1);
    EXPECT_DOUBLE_EQ(interval.high, 3);
    EXPECT_EQ(interval.resamples, 5);
    EXPECT_DOUBLE_EQ(percentileInterval({0, 1}, 0.5).low, 0.25);
    EXPECT_TRUE(std::isnan(percentileInterval({kNan}, 0.9).low));
    EXPECT_EQ(percentileInterval({}, 0.9).resamples, 0);
    EXPECT_TRUE(resampledSubjects(0, {}).empty());
}
