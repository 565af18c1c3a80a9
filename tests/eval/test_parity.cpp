// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/longtail.h"
#include "eval/metrics.h"
#include "evalfixtures.h"
#include <algorithm>
#include <numeric>
#include <set>

using namespace telltale;
using nlohmann::json;

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
