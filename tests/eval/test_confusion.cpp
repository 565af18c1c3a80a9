// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "eval/clustering.h"
#include "eval/confusedpairs.h"
#include "eval/confusion.h"
#include "eval/metrics.h"
#include "eval/spanerrors.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

using testing::ElementsAre;

namespace telltale {
namespace {

using Json = nlohmann::json;
constexpr double kExact = 1e-9;

/// golden/confusion.py says where the values are from.
const Json& golden()
{
    static const Json values = [] {
        std::ifstream in(TELLTALE_SOURCE_DIR "/tests/eval/golden/confusion.json");
        return Json::parse(in);
    }();
    return values;
}

using Counts = std::vector<std::vector<int64_t>>;

ConfusionMatrix matrixOf(Counts counts, bool background = false)
{
    ConfusionMatrix matrix;
    matrix.classes = static_cast<int>(counts.size()) - (background ? 1 : 0);
    matrix.background = background;
    matrix.counts = std::move(counts);
    return matrix;
}

/// Nothing exactly where the reference's row (or column) has no support.
void expectScaled(const ConfusionMatrix& matrix, ConfusionScale scale, const Json& expected)
{
    const ConfusionValues values = scaledConfusion(matrix, scale);
    for (int i = 0; i < matrix.side(); ++i)
        for (int j = 0; j < matrix.side(); ++j) {
            const int64_t sum = scale == ConfusionScale::Row ? matrix.rowSum(i) : matrix.columnSum(j);
            const auto& value = values[static_cast<size_t>(i)][static_cast<size_t>(j)];
            ASSERT_EQ(value.has_value(), sum > 0) << i << ", " << j;
            if (value) {
                EXPECT_NEAR(
                    *value, expected[static_cast<size_t>(i)][static_cast<size_t>(j)].get<double>(), kExact);
            }
        }
}

std::vector<ScoredSpan> spansOf(const Json& rows)
{
    std::vector<ScoredSpan> spans;
    for (const Json& row : rows)
        spans.push_back({std::to_string(row[0].get<int>()), row[1], row[2], row[3], 1});
    return spans;
}

/// Whole frames, so that many overlaps are equal.
std::vector<ScoredSpan> randomSpans(uint64_t seed, int count)
{
    Random random(seed);
    std::vector<ScoredSpan> spans;
    for (int i = 0; i < count; ++i) {
        const auto start = static_cast<double>(random.below(60));
        spans.push_back({random.below(2) == 0 ? "a" : "b", static_cast<int>(random.below(3)), start,
            start + 1 + static_cast<double>(random.below(9)), static_cast<double>(random.below(5))});
    }
    return spans;
}

} // namespace

TEST(Confusion, OfClipsIsWhatScikitLearnSays)
{
    ASSERT_EQ(golden()["clips"].size(), 5U);
    for (const Json& one : golden()["clips"]) {
        const auto truth = one["truth"].get<std::vector<int>>();
        const auto predicted = one["predicted"].get<std::vector<int>>();
        const ConfusionMatrix matrix = clipConfusion(truth, predicted, one["classes"]);
        EXPECT_EQ(matrix.counts, one["counts"].get<Counts>());
        expectScaled(matrix, ConfusionScale::Row, one["rows"]);
        expectScaled(matrix, ConfusionScale::Column, one["columns"]);
        const ConfusionScores scores = confusionScores(matrix);
        for (size_t c = 0; c < scores.perClass.size(); ++c) {
            EXPECT_NEAR(scores.perClass[c].precision, one["precision"][c].get<double>(), kExact);
            EXPECT_NEAR(scores.perClass[c].recall, one["recall"][c].get<double>(), kExact);
            EXPECT_NEAR(scores.perClass[c].f1, one["f1"][c].get<double>(), kExact);
            EXPECT_EQ(scores.perClass[c].truth, one["support"][c].get<int64_t>());
        }
        EXPECT_NEAR(scores.macroF1, one["macro"].get<double>(), kExact);
        EXPECT_NEAR(scores.microF1, one["micro"].get<double>(), kExact);
        EXPECT_NEAR(scores.weightedF1, one["weighted"].get<double>(), kExact);
        EXPECT_NEAR(scores.accuracy, one["accuracy"].get<double>(), kExact);
        // And so is the older report of clips.
        const ClipReport report = clipReport(truth, predicted, {}, one["classes"]);
        EXPECT_NEAR(report.macroF1, one["macro"].get<double>(), kExact);
        EXPECT_NEAR(report.microF1, one["micro"].get<double>(), kExact);
        EXPECT_NEAR(report.weightedF1, one["weighted"].get<double>(), kExact);
    }
}

TEST(Confusion, OfSpansPairsThemAsTheHeaviestAssignmentDoes)
{
    for (const Json& one : golden()["spans"]) {
        const std::vector<ScoredSpan> truth = spansOf(one["truth"]);
        const std::vector<ScoredSpan> found = spansOf(one["found"]);
        const std::vector<SpanPair> pairs = pairSpans(truth, found, one["tiou"], SpanPairing::Optimal);
        ASSERT_EQ(pairs.size(), one["pairs"].size());
        for (size_t i = 0; i < pairs.size(); ++i) {
            EXPECT_EQ(pairs[i].first, one["pairs"][i][0].get<size_t>());
            EXPECT_EQ(pairs[i].second, one["pairs"][i][1].get<size_t>());
            EXPECT_NEAR(pairs[i].overlap, one["pairs"][i][2].get<double>(), kExact);
        }
        const SpanConfusion confusion
            = spanConfusion(truth, found, one["classes"], one["tiou"], SpanPairing::Optimal);
        EXPECT_EQ(confusion.matrix.counts, one["counts"].get<Counts>());
        const ConfusionScores scores = confusionScores(confusion.matrix);
        EXPECT_NEAR(scores.macroF1, one["macro"].get<double>(), kExact);
        EXPECT_NEAR(scores.microF1, one["micro"].get<double>(), kExact);
        EXPECT_NEAR(scores.weightedF1, one["weighted"].get<double>(), kExact);
    }
}

TEST(Confusion, StrictPairsAreThoseOfTheScoringWithoutClasses)
{
    for (uint64_t seed = 1; seed < 40; ++seed) {
        std::vector<ScoredSpan> truth = randomSpans(seed, 30);
        std::vector<ScoredSpan> found = randomSpans(seed + 1000, 30);
        for (std::vector<ScoredSpan>* spans : {&truth, &found})
            for (ScoredSpan& span : *spans)
                span.classId = 0;
        const std::vector<int64_t> owned = SpanMatcher(truth, found).strict(0.3);
        std::vector<int64_t> mine(found.size(), -1);
        for (const SpanPair& pair : pairSpans(truth, found, 0.3, SpanPairing::Strict))
            mine[pair.second] = static_cast<int64_t>(pair.first);
        EXPECT_EQ(mine, owned) << seed;
    }
}

TEST(Confusion, TheHeaviestAssignmentOfSmallMatricesIsThatOfAllPermutations)
{
    Random random(7);
    for (int round = 0; round < 200; ++round) {
        const auto rows = static_cast<size_t>(1 + random.below(4));
        const auto columns = static_cast<size_t>(1 + random.below(5));
        std::vector<std::vector<double>> weights(rows, std::vector<double>(columns, 0));
        for (auto& row : weights)
            for (double& weight : row)
                weight = random.below(3) == 0 ? 0 : static_cast<double>(random.below(100)) / 100;
        // Every way to give the rows places of a list that is as long as both together.
        std::vector<size_t> places(rows + columns);
        std::iota(places.begin(), places.end(), size_t{0});
        double best = 0;
        do {
            double sum = 0;
            for (size_t row = 0; row < rows; ++row)
                sum += places[row] < columns ? weights[row][places[row]] : 0;
            best = std::max(best, sum);
            std::reverse(places.begin() + static_cast<std::ptrdiff_t>(rows), places.end());
        } while (std::next_permutation(places.begin(), places.end()));
        double sum = 0;
        std::vector<bool> taken(columns, false);
        const std::vector<int> own = heaviestAssignment(weights);
        for (size_t row = 0; row < rows; ++row) {
            if (own[row] < 0)
                continue;
            const auto column = static_cast<size_t>(own[row]);
            ASSERT_LT(column, columns);
            EXPECT_FALSE(taken[column]);
            taken[column] = true;
            EXPECT_GT(weights[row][column], 0);
            sum += weights[row][column];
        }
        EXPECT_NEAR(sum, best, kExact);
    }
}

TEST(Confusion, AFoundAndMisnamedGestureIsOneConfusionAndWhatNobodyMetIsBackground)
{
    const std::vector<ScoredSpan> truth{
        {"v", 0, 0, 10}, {"v", 1, 20, 30}, {"v", 1, 40, 50}, {"w", 0, 0, 10}, {"v", 7, 60, 70}};
    const std::vector<ScoredSpan> found{{"v", 1, 0, 10, 0.9}, {"v", 1, 21, 30, 0.8}, {"v", 0, 0, 9, 0.7},
        {"x", 0, 0, 10, 0.6}, {"v", 1, 45, std::numeric_limits<double>::quiet_NaN(), 0.5}};
    for (const SpanPairing pairing : {SpanPairing::Strict, SpanPairing::Optimal}) {
        const SpanConfusion confusion = spanConfusion(truth, found, 2, 0.5, pairing);
        // Row by row: class 0, class 1, background. The class that the scheme does not have is left out.
        EXPECT_EQ(confusion.matrix.counts, (Counts{{0, 1, 1}, {0, 1, 1}, {2, 1, 0}}));
        ASSERT_EQ(confusion.spans.size(), 7U);
        EXPECT_EQ(confusion.spans[0].truthPlace, 0U);
        EXPECT_EQ(confusion.spans[0].predictedPlace, 0U);
        EXPECT_EQ(confusion.spans[3].truthPlace, 3U);
        EXPECT_FALSE(confusion.spans[3].predictedPlace);
        EXPECT_EQ(confusion.spans[4].predicted, 0);
        EXPECT_EQ(confusion.spans[4].predictedPlace, 2U);
        EXPECT_FALSE(scaledConfusion(confusion.matrix, ConfusionScale::Count)[2][2])
            << "what neither side saw";
    }
}

TEST(Confusion, DifferencesAreOfWhatBothHave)
{
    const ConfusionMatrix before = matrixOf({{3, 1}, {0, 0}});
    const ConfusionMatrix after = matrixOf({{1, 1}, {2, 2}});
    const ConfusionValues shares = confusionDifference(before, after, ConfusionScale::Row);
    EXPECT_DOUBLE_EQ(shares[0][0].value(), 0.5 - 0.75);
    EXPECT_DOUBLE_EQ(shares[0][1].value(), 0.25);
    EXPECT_FALSE(shares[1][0]) << "before it had no row to be a share of";
    EXPECT_DOUBLE_EQ(confusionDifference(before, after, ConfusionScale::Count)[1][1].value(), 2);
    // A class was added since: the backgrounds are still held against each other.
    const ConfusionMatrix fewer = matrixOf({{1, 2}, {3, 0}}, true);
    const ConfusionMatrix more = matrixOf({{1, 0, 5}, {0, 0, 0}, {7, 0, 0}}, true);
    const ConfusionValues some = confusionDifference(fewer, more, ConfusionScale::Count);
    ASSERT_EQ(some.size(), 2U);
    EXPECT_DOUBLE_EQ(some[0][1].value(), 3);
    EXPECT_DOUBLE_EQ(some[1][0].value(), 4);
}

TEST(Confusion, OrdersAreStable)
{
    // Support: 2, 5, 2, 0; predictions: 3, 3, 2, 1.
    const ConfusionMatrix matrix = matrixOf({{2, 0, 0, 0}, {1, 3, 0, 1}, {0, 0, 2, 0}, {0, 0, 0, 0}});
    EXPECT_THAT(orderByFrequency(matrix), ElementsAre(1, 0, 2, 3));
    EXPECT_THAT(orderByGroup(matrix, {1, 2, 0, 0}), ElementsAre(2, 3, 0, 1));
    EXPECT_THAT(orderByFrequency(emptyConfusion(0, true)), ElementsAre());
    EXPECT_THAT(orderByClustering(emptyConfusion(1, true)), ElementsAre(0));
    EXPECT_THAT(orderByClustering(emptyConfusion(3, false)), testing::UnorderedElementsAre(0, 1, 2));
}

TEST(Confusion, AverageLinkageIsThatOfScipy)
{
    for (const Json& one : golden()["clustering"]) {
        const auto distances = one["distances"].get<std::vector<std::vector<double>>>();
        const std::vector<ClusterStep> steps = averageLinkage(distances);
        ASSERT_EQ(steps.size(), one["steps"].size());
        for (size_t i = 0; i < steps.size(); ++i) {
            EXPECT_EQ(steps[i].first, one["steps"][i][0].get<double>());
            EXPECT_EQ(steps[i].second, one["steps"][i][1].get<double>());
            EXPECT_NEAR(steps[i].distance, one["steps"][i][2].get<double>(), kExact);
            EXPECT_EQ(steps[i].size, one["steps"][i][3].get<double>());
        }
        EXPECT_EQ(
            leafOrder(steps, static_cast<int>(distances.size())), one["leaves"].get<std::vector<int>>());
    }
    const ConfusionMatrix matrix = matrixOf(golden()["clustered"]["counts"].get<Counts>());
    EXPECT_EQ(orderByClustering(matrix), golden()["clustered"]["order"].get<std::vector<int>>());
}

TEST(Confusion, ClusteringPutsTwinsSideBySideWhateverStandsBetweenThem)
{
    // 0 and 3 are taken for each other, so are 1 and 4; 2 is like none.
    const ConfusionMatrix matrix
        = matrixOf({{5, 0, 0, 5, 0}, {0, 8, 0, 0, 2}, {0, 0, 9, 0, 0}, {5, 0, 0, 5, 0}, {0, 2, 0, 0, 8}});
    const std::vector<int> order = orderByClustering(matrix);
    const auto place = [&order](int c) { return std::ranges::find(order, c) - order.begin(); };
    EXPECT_EQ(std::abs(place(0) - place(3)), 1);
    EXPECT_EQ(std::abs(place(1) - place(4)), 1);
}

TEST(ConfusedPairs, HaveTheIntervalOfWilson)
{
    for (const Json& one : golden()["wilson"]) {
        const PrecisionEstimate share = wilsonInterval(one[0], one[1]);
        EXPECT_NEAR(share.low, std::max(0.0, one[2].get<double>()), kExact);
        EXPECT_NEAR(share.high, std::min(1.0, one[3].get<double>()), kExact);
    }
    const auto pairs = confusedPairs(matrixOf({{7, 3}, {0, 7}}), {});
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_EQ(pairs[0].there.truth, 0);
    EXPECT_EQ(pairs[0].there.count, 3);
    EXPECT_NEAR(pairs[0].there.share.low, golden()["wilson"][0][2].get<double>(), kExact);
    EXPECT_NEAR(pairs[0].both.precision, 3.0 / 17, kExact);
}

TEST(ConfusedPairs, SayWhatMightBeDone)
{
    const auto suggestion = [](const ConfusionMatrix& matrix, int64_t doubted = 0) {
        const auto pairs = confusedPairs(matrix, doubted ? DoubtedPairs{{{0, 1}, doubted}} : DoubtedPairs{});
        return pairs.empty() ? PairSuggestion::None : pairs.front().suggestion;
    };
    EXPECT_EQ(suggestion(matrixOf({{20, 20}, {18, 22}})), PairSuggestion::Merge);
    EXPECT_EQ(suggestion(matrixOf({{20, 20}, {1, 39}})), PairSuggestion::OneSided);
    EXPECT_EQ(suggestion(matrixOf({{3, 6}, {2, 98}})), PairSuggestion::Examples);
    EXPECT_EQ(suggestion(matrixOf({{98, 2}, {6, 3}})), PairSuggestion::Examples) << "whichever stands first";
    EXPECT_EQ(suggestion(matrixOf({{20, 20}, {18, 22}}), 4), PairSuggestion::Guideline)
        << "people are in doubt themselves";
    EXPECT_EQ(suggestion(matrixOf({{200, 20}, {18, 220}}), 4), PairSuggestion::None)
        << "of 458 spans, four are few";
    EXPECT_EQ(suggestion(matrixOf({{40, 0}, {0, 40}}), 4), PairSuggestion::Guideline)
        << "also where the models are not";
    EXPECT_EQ(suggestion(matrixOf({{0, 2}, {1, 0}})), PairSuggestion::None) << "three clips may be chance";
    EXPECT_EQ(suggestion(matrixOf({{95, 5}, {5, 95}})), PairSuggestion::None);
}

TEST(ConfusedPairs, AreListedMostConfusedFirstAndTheBackgroundOnlyByDirection)
{
    const ConfusionMatrix matrix = matrixOf({{5, 1, 4, 9}, {2, 5, 0, 0}, {4, 0, 5, 1}, {7, 0, 0, 0}}, true);
    const auto pairs = confusedPairs(matrix, {});
    ASSERT_EQ(pairs.size(), 2U);
    EXPECT_EQ(pairs[0].count(), 8);
    EXPECT_EQ(pairs[0].there.truth, 0) << "as often either way: the smaller class first";
    EXPECT_EQ(pairs[0].there.support, 19) << "with those that were missed";
    EXPECT_EQ(pairs[1].count(), 3);
    EXPECT_EQ(pairs[1].there.truth, 1) << "the stronger direction first";
    const auto directions = confusedDirections(matrix);
    ASSERT_EQ(directions.size(), 7U);
    EXPECT_EQ(directions[0].predicted, 3) << "missed";
    EXPECT_EQ(directions[1].truth, 3) << "detections of nothing";
    EXPECT_EQ(directions[1].support, 7);
}

TEST(SpanErrors, EveryPredictionHasItsKind)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 1, 40, 50}};
    const std::vector<ScoredSpan> found{{"v", 0, 0, 10, 0.9}, {"v", 0, 1, 10, 0.8}, {"v", 0, 40, 50, 0.7},
        {"v", 1, 47, 60, 0.6}, {"v", 0, 47, 60, 0.5}, {"v", 0, 80, 90, 0.4}};
    const SpanMatcher matcher(truth, found);
    EXPECT_THAT(SpanErrorFinder(truth, found, matcher).at(0.5).kinds,
        ElementsAre(SpanErrorKind::Correct, SpanErrorKind::DoubleDetection, SpanErrorKind::WrongLabel,
            SpanErrorKind::BadLocalisation, SpanErrorKind::WrongLabelAndLocalisation,
            SpanErrorKind::Background));
}

} // namespace telltale
