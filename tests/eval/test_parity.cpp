// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

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

TEST_F(parity, TopFiveMeanClassAccuracyAndConfusionHaveParityWithPyskl)
{
    NEED(fixture, "t_topk.json");
    const auto scores = fixture["scores"].get<std::vector<std::vector<double>>>();
    const auto labels = fixture["labels"].get<std::vector<int>>();
    std::vector<int> predicted;
    for (const auto& row : scores)
        predicted.push_back(static_cast<int>(std::ranges::max_element(row) - row.begin()));
    const auto report = clipReport(labels, predicted, scores, static_cast<int>(scores.front().size()));
    EXPECT_NEAR(report.top5, fixture["top_k"]["5"].get<double>(), 1e-12);
    double recall = 0;
    int present = 0;
    for (size_t i = 0; i < report.perClass.size(); ++i) {
        const ClassScore& score = report.perClass[i];
        recall += score.recall;
        present += score.truth > 0 ? 1 : 0;
        for (size_t j = 0; j < report.confusion[i].size() && score.truth > 0; ++j)
            EXPECT_NEAR(static_cast<double>(report.confusion[i][j]) / static_cast<double>(score.truth),
                fixture["confusion_normalized_true"][i][j].get<double>(), 1e-12);
    }
    EXPECT_NEAR(recall / present, fixture["mean_class_acc"].get<double>(), 1e-12);
}

TEST_F(parity, SquareRootWeightsHaveParityWithTheFormula)
{
    NEED(fixture, "g_class_weights.json");
    const auto weights = squareRootWeights(fixture["counts"].get<std::vector<int64_t>>());
    const json& expected = fixture["formula_only"]["sqrt_inv_meannorm"];
    ASSERT_EQ(weights.size(), expected.size());
    for (size_t i = 0; i < weights.size(); ++i)
        EXPECT_NEAR(weights[i], expected[i].get<double>(), 1e-8);
}
