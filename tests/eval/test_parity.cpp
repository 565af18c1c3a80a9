// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/longtail.h"
#include "eval/metrics.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

using namespace telltale;
using nlohmann::json;

namespace {

std::filesystem::path fixtures()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / ".." / "shared" / "fixtures";
}

class Parity : public testing::Test {
protected:
    /// Null if the fixture is not there.
    static json load(const std::string& name)
    {
        std::ifstream in(fixtures() / name);
        return in ? json::parse(in) : json();
    }
};

using parity = Parity; // in lower case, so that `ctest -R parity` finds it

#define NEED(fixture, name)                                                                                  \
    const json fixture = load(name);                                                                         \
    if (fixture.is_null())                                                                                   \
    GTEST_SKIP() << "no reference values: " << fixtures() / (name)

std::vector<ScoredSpan> activitynet(const json& videos, const std::map<std::string, int>& classes, bool truth)
{
    std::vector<ScoredSpan> spans;
    for (const auto& [video, entry] : videos.items())
        for (const json& one : truth ? entry["annotations"] : entry) {
            const auto known = classes.find(one["label"].get<std::string>());
            if (known != classes.end())
                spans.push_back(
                    {video, known->second, one["segment"][0], one["segment"][1], one.value("score", 1.0)});
        }
    return spans;
}

} // namespace

TEST_F(parity, StarterF1ParityWithTheOrganisersKit)
{
    NEED(fixture, "j_miga_f1.json");
    for (const json& one : fixture["cases"]) {
        std::vector<ScoredSpan> truth;
        std::vector<ScoredSpan> predicted;
        for (size_t i = 0; i < one["samples"].size(); ++i) {
            const std::string video = std::to_string(i);
            for (const json& row : one["samples"][i]["gt"])
                truth.push_back({video, row[0], row[1], row[2]});
            for (const json& row : one["samples"][i]["pred"])
                predicted.push_back({video, row[0], row[1], row[2]});
        }
        for (const json& expected : one["out"]) {
            const auto report = spanReport(truth, predicted, expected["threshold"], SpanMatch::Starter);
            EXPECT_NEAR(report.precision, expected["precision"].get<double>(), 1e-7);
            EXPECT_NEAR(report.recall, expected["recall"].get<double>(), 1e-7);
            EXPECT_NEAR(report.f1, expected["f1"].get<double>(), 1e-7);
        }
    }
}

TEST_F(parity, MeanAveragePrecisionParityWithOpenTad)
{
    NEED(fixture, "d_map_case.json");
    const auto classes = fixture["class_index"].get<std::map<std::string, int>>();
    json videos = json::object();
    for (const auto& [video, entry] : fixture["ground_truth"]["database"].items())
        if (entry["subset"] == fixture["subset"])
            videos[video] = entry;
    const auto truth = withoutDuplicates(activitynet(videos, classes, true));
    const auto predicted = activitynet(fixture["predictions"]["results"], classes, false);
    ASSERT_EQ(static_cast<int64_t>(truth.size()), fixture["n_gt"].get<int64_t>());
    for (size_t t = 0; t < fixture["tiou"].size(); ++t) {
        const double tiou = fixture["tiou"][t];
        EXPECT_NEAR(spanReport(truth, predicted, tiou, SpanMatch::Strict).meanAp,
            fixture["mAP"][t].get<double>(), 1e-8);
        for (const auto& [label, index] : classes) {
            const auto own = [index = index](std::vector<ScoredSpan> spans) {
                std::erase_if(spans, [index](const ScoredSpan& span) { return span.classId != index; });
                return spans;
            };
            EXPECT_NEAR(spanReport(own(truth), own(predicted), tiou, SpanMatch::Strict).meanAp,
                fixture["ap_per_class"][t][static_cast<size_t>(index)].get<double>(), 1e-8)
                << label << " at " << tiou;
        }
    }
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
        for (size_t t = 0; t < fixture["tiou"].size(); ++t)
            EXPECT_NEAR(spanReport(truth, predicted, fixture["tiou"][t], SpanMatch::Strict).meanAp,
                one["ap"][t].get<double>(), 1e-8);
    }
}

TEST_F(parity, TopKMeanClassAccuracyAndConfusionHaveParityWithPyskl)
{
    NEED(fixture, "t_topk.json");
    const auto scores = fixture["scores"].get<std::vector<std::vector<double>>>();
    const auto labels = fixture["labels"].get<std::vector<int>>();
    std::vector<int> predicted;
    for (const auto& row : scores)
        predicted.push_back(static_cast<int>(std::ranges::max_element(row) - row.begin()));
    const auto report = clipReport(labels, predicted, scores, static_cast<int>(scores.front().size()));
    EXPECT_NEAR(report.top5, fixture["top_k"]["5"].get<double>(), 1e-12);
    for (const auto& [k, expected] : fixture["top_k"].items())
        EXPECT_NEAR(topKAccuracy(scores, labels, std::stoi(k)), expected.get<double>(), 1e-12) << k;
    EXPECT_NEAR(meanClassAccuracy(scores, labels), fixture["mean_class_acc"].get<double>(), 1e-12);
    // The reference has rows and columns for classes that occur somewhere.
    std::set<int> occurring(labels.begin(), labels.end());
    occurring.insert(predicted.begin(), predicted.end());
    size_t row = 0;
    for (const int truth : occurring) {
        const auto t = static_cast<size_t>(truth);
        const auto support = static_cast<double>(std::max<int64_t>(1, report.perClass[t].truth));
        size_t column = 0;
        for (const int guess : occurring)
            EXPECT_NEAR(static_cast<double>(report.confusion[t][static_cast<size_t>(guess)]) / support,
                fixture["confusion_normalized_true"][row][column++].get<double>(), 1e-12);
        ++row;
    }
}

/// `expected` is printed with nine digits.
void expectNear(const std::vector<double>& weights, const json& expected, double factor = 1)
{
    ASSERT_EQ(weights.size(), expected.size());
    for (size_t i = 0; i < weights.size(); ++i) {
        const double value = expected[i].get<double>() * factor;
        EXPECT_NEAR(weights[i], value, 1e-9 + 5e-9 * value) << i;
    }
}

TEST_F(parity, SquareRootWeightsHaveParityWithEachFormOfTheFormula)
{
    NEED(fixture, "g_class_weights.json");
    const auto weights = squareRootWeights(fixture["counts"].get<std::vector<int64_t>>());
    const json& forms = fixture["formula_only"];
    expectNear(weights, forms["sqrt_inv_meannorm"]);
    // The other two forms differ by a constant.
    for (const char* form : {"sqrt_max_ratio", "sqrt_of_inv"}) {
        const auto values = forms[form].get<std::vector<double>>();
        const double mean
            = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
        expectNear(weights, forms[form], 1 / mean);
    }
}

TEST_F(parity, EffectiveNumberWeightsHaveParityWithClassBalancedLoss)
{
    NEED(fixture, "g_class_weights.json");
    const auto counts = fixture["counts"].get<std::vector<int64_t>>();
    for (const json& one : fixture["class_balanced"])
        expectNear(effectiveNumberWeights(counts, one["beta"]), one["weights"]);
    const auto inverse = fixture["formula_only"]["inv"].get<std::vector<double>>();
    const double sum = std::accumulate(inverse.begin(), inverse.end(), 0.0);
    expectNear(effectiveNumberWeights(counts, 1), fixture["formula_only"]["inv"],
        static_cast<double>(counts.size()) / sum);
}
