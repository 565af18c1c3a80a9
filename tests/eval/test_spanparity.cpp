// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/averageprecision.h"
#include "eval/spanevaluation.h"
#include "evalfixtures.h"
#include <algorithm>

using namespace telltale;
using nlohmann::json;

namespace {

constexpr double kTolerance = 1e-8; ///< of the manifest; the values have nine digits
constexpr double kKitTolerance = 1e-7;

/// Samples of the organisers' kit, each a video and a subject of its own.
struct KitCase {
    std::vector<ScoredSpan> truth;
    std::vector<ScoredSpan> predicted;
};

std::string sampleName(size_t index)
{
    const std::string number = std::to_string(index);
    return "sample" + std::string(4 - std::min<size_t>(4, number.size()), '0') + number;
}

KitCase kitCase(const json& one)
{
    KitCase lists;
    for (size_t i = 0; i < one["samples"].size(); ++i) {
        for (const json& row : one["samples"][i]["gt"])
            lists.truth.push_back({sampleName(i), row[0], row[1], row[2]});
        for (const json& row : one["samples"][i]["pred"])
            lists.predicted.push_back({sampleName(i), row[0], row[1], row[2]});
    }
    return lists;
}

ClassScore sums(const SpanReport& report)
{
    ClassScore sum;
    for (const auto& [classId, score] : report.perClass) {
        sum.truth += score.truth;
        sum.predicted += score.predicted;
        sum.correct += score.correct;
    }
    return sum;
}

struct MapCase {
    std::map<std::string, int> classes;
    std::vector<ScoredSpan> truth; ///< with its repetitions
    std::vector<ScoredSpan> predicted;
};

/// Predictions of a class that the truth does not have get a number of their own.
MapCase mapCase(const json& fixture)
{
    MapCase lists;
    lists.classes = fixture["class_index"].get<std::map<std::string, int>>();
    auto numbers = lists.classes;
    const auto add = [&](std::vector<ScoredSpan>& spans, const std::string& video, const json& one) {
        const int unknown = static_cast<int>(numbers.size());
        const int classId = numbers.emplace(one["label"].get<std::string>(), unknown).first->second;
        spans.push_back({video, classId, one["segment"][0], one["segment"][1], one.value("score", 1.0)});
    };
    for (const auto& [video, entry] : fixture["ground_truth"]["database"].items())
        if (entry["subset"] == fixture["subset"])
            for (const json& one : entry["annotations"])
                add(lists.truth, video, one);
    for (const auto& [video, list] : fixture["predictions"]["results"].items())
        for (const json& one : list)
            add(lists.predicted, video, one);
    return lists;
}

} // namespace

TEST_F(parity, StarterF1HasParityWithTheOrganisersKitInEveryCount)
{
    NEED(fixture, "j_miga_f1.json");
    bool above = false;
    for (const json& one : fixture["cases"]) {
        const KitCase lists = kitCase(one);
        SpanEvaluationOptions options;
        options.match = SpanMatch::Starter;
        options.tious.clear();
        for (const json& expected : one["out"])
            options.tious.push_back(expected["threshold"]);
        for (size_t i = 0; i < one["samples"].size(); ++i)
            options.videos.push_back(sampleName(i));
        const SpanEvaluation evaluation = evaluateSpans(lists.truth, lists.predicted, options);
        for (size_t t = 0; t < one["out"].size(); ++t) {
            const json& expected = one["out"][t];
            const SpanReport& report = evaluation.at[t].starter;
            EXPECT_NEAR(report.precision, expected["precision"].get<double>(), kKitTolerance);
            EXPECT_NEAR(report.recall, expected["recall"].get<double>(), kKitTolerance);
            EXPECT_NEAR(report.f1, expected["f1"].get<double>(), 1e-8);
            EXPECT_EQ(static_cast<double>(sums(report).correct), expected["correct"].get<double>());
            EXPECT_EQ(sums(report).truth, expected["n_gt"].get<int64_t>());
            EXPECT_EQ(sums(report).predicted, expected["n_pred"].get<int64_t>());
            above = above || report.f1 > 1;
            for (size_t i = 0; i < expected["per_sample_correct"].size(); ++i)
                EXPECT_EQ(static_cast<double>(sums(evaluation.at[t].perSubject.at(sampleName(i))).correct),
                    expected["per_sample_correct"][i].get<double>())
                    << "sample " << i << " at " << expected["threshold"];
        }
    }
    const bool expectedAbove = std::ranges::any_of(fixture["cases"], [](const json& one) {
        return std::ranges::any_of(one["out"], [](const json& out) { return out["f1"] > 1; });
    });
    EXPECT_EQ(above, expectedAbove) << "where a prediction serves several truths F1 exceeds 1";
}

TEST_F(parity, StrictF1NeverExceedsOneOnTheKitsCasesNorFindsMoreThanTheKit)
{
    NEED(fixture, "j_miga_f1.json");
    for (const json& one : fixture["cases"]) {
        const KitCase lists = kitCase(one);
        for (const json& expected : one["out"]) {
            const auto report
                = spanReport(lists.truth, lists.predicted, expected["threshold"], SpanMatch::Strict);
            EXPECT_LE(report.f1, 1);
            EXPECT_LE(sums(report).correct, std::min(sums(report).truth, sums(report).predicted));
        }
    }
}

TEST_F(parity, MeanAveragePrecisionHasParityWithOpenTadPerClassAndInTheMean)
{
    NEED(fixture, "d_map_case.json");
    const MapCase lists = mapCase(fixture);
    ASSERT_EQ(static_cast<int64_t>(withoutDuplicates(lists.truth).size()), fixture["n_gt"].get<int64_t>());
    EXPECT_EQ(static_cast<int64_t>(lists.predicted.size()), fixture["n_pred"].get<int64_t>());
    SpanEvaluationOptions options;
    options.tious = fixture["tiou"].get<std::vector<double>>();
    const SpanEvaluation evaluation = evaluateSpans(lists.truth, lists.predicted, options);
    EXPECT_NEAR(evaluation.averageMeanAp, fixture["average_mAP"].get<double>(), kTolerance);
    for (size_t t = 0; t < options.tious.size(); ++t) {
        const SpanReport& report = evaluation.at[t].strict;
        EXPECT_NEAR(report.meanAp, fixture["mAP"][t].get<double>(), kTolerance);
        ASSERT_EQ(report.averagePrecision.size(), lists.classes.size());
        for (const auto& [label, index] : lists.classes)
            EXPECT_NEAR(report.averagePrecision.at(index),
                fixture["ap_per_class"][t][static_cast<size_t>(index)].get<double>(), kTolerance)
                << label << " at " << options.tious[t];
    }
}

TEST_F(parity, TopKxRecallHasParityWithOpenTad)
{
    NEED(fixture, "d_map_case.json");
    const MapCase lists = mapCase(fixture);
    const json factors = parameters("d_map_opentad").value("top_k", json{1, 5});
    SpanEvaluationOptions options;
    options.tious = fixture["tiou"].get<std::vector<double>>();
    options.recallFactors = factors.get<std::vector<int>>();
    const SpanEvaluation evaluation = evaluateSpans(lists.truth, lists.predicted, options);
    for (const auto& [label, rows] : fixture["topkx_recall"].items())
        for (size_t t = 0; t < rows.size(); ++t)
            for (size_t k = 0; k < rows[t].size(); ++k)
                EXPECT_NEAR(evaluation.at[t].topKxRecall[k].at(lists.classes.at(label)),
                    rows[t][k].get<double>(), kTolerance)
                    << label << " at " << options.tious[t] << ", top " << options.recallFactors[k] << "x";
}

TEST_F(parity, TiesInScoreAndOverlapHaveParityWithOpenTad)
{
    NEED(fixture, "d_map_ties.json");
    std::vector<ScoredSpan> truth;
    for (const json& row : fixture["gt"])
        truth.push_back({row[0], 0, row[1], row[2]});
    for (const json& one : fixture["cases"]) {
        std::vector<ScoredSpan> predicted;
        for (const json& index : one["pred_order"]) {
            const json& row = fixture["pred"][index.get<size_t>()];
            predicted.push_back({row[0], 0, row[1], row[2], row[3]});
        }
        EXPECT_EQ(rankedByScore(predicted), one["sort_idx"].get<std::vector<size_t>>());
        for (size_t t = 0; t < fixture["tiou"].size(); ++t)
            EXPECT_NEAR(spanReport(truth, predicted, fixture["tiou"][t], SpanMatch::Strict).meanAp,
                one["ap"][t].get<double>(), 1e-9);
    }
}
