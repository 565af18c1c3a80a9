// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/detectionlosses.h"
#include "tests/learn/spanfixtures.h"
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <torch/types.h>

namespace telltale {
namespace {

using Json = nlohmann::ordered_json;

torch::Tensor tensorOf(const Json& json)
{
    std::vector<float> values;
    std::vector<int64_t> shape;
    for (const Json* level = &json; level->is_array(); level = &(*level)[0]) {
        shape.push_back(static_cast<int64_t>(level->size()));
        if (level->empty())
            break;
    }
    const std::function<void(const Json&)> collect = [&](const Json& part) {
        if (part.is_array())
            for (const Json& entry : part)
                collect(entry);
        else
            values.push_back(part.get<float>());
    };
    collect(json);
    return torch::tensor(values).view(shape);
}

double difference(const torch::Tensor& a, const torch::Tensor& b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : INFINITY;
}

std::vector<Segment> truthOf(const Json& bounds, const Json& labels)
{
    std::vector<Segment> truth;
    for (size_t i = 0; i < bounds.size(); ++i)
        truth.push_back({bounds[i][0].get<float>(), bounds[i][1].get<float>(), 1, labels[i].get<int>()});
    return truth;
}

std::vector<PyramidPoint> pointsOf(const Json& fixture)
{
    std::vector<ReachOfLevel> reach;
    for (const auto& range : fixture["regression_range"])
        reach.push_back({range[0].get<float>(), range[1].get<float>()});
    return pyramidPoints(fixture["T"].get<int64_t>(), reach);
}

constexpr double kTolerance = 1e-5;

} // namespace

TEST(parity, FocalLossAndItsGradient)
{
    TELLTALE_SPAN_FIXTURE(fixture, "e_losses.json");
    for (const auto& one : (*fixture)["focal"]) {
        torch::Tensor logits = tensorOf((*fixture)["logits"]).requires_grad_(true);
        const torch::Tensor loss = focalLoss(
            logits, tensorOf((*fixture)["targets"]), one["alpha"].get<double>(), one["gamma"].get<double>());
        EXPECT_LT(difference(loss.detach(), tensorOf(one["none"])), kTolerance);
        EXPECT_NEAR(loss.sum().item<double>(), one["sum"].get<double>(), 1e-4);
        EXPECT_NEAR(loss.mean().item<double>(), one["mean"].get<double>(), kTolerance);
        loss.sum().backward();
        EXPECT_LT(difference(logits.grad(), tensorOf(one["grad_of_sum"])), kTolerance);
    }
}

TEST(parity, OverlapLossesOfOffsetsAndSegments)
{
    TELLTALE_SPAN_FIXTURE(fixture, "e_losses.json");
    const auto part = [&](const char* name) { return tensorOf((*fixture)[name]); };
    torch::Tensor offsets = part("pred_offsets").requires_grad_(true);
    const torch::Tensor loss = diouLoss(offsets, part("gt_offsets"));
    EXPECT_LT(difference(loss.detach(), part("af_diou")), kTolerance);
    loss.sum().backward();
    EXPECT_LT(difference(offsets.grad(), part("af_diou_grad_pred")), kTolerance);
    EXPECT_LT(difference(giouLoss(part("pred_offsets"), part("gt_offsets")), part("af_giou")), kTolerance);
    const auto found = part("pred_segments");
    const auto truth = part("gt_segments");
    EXPECT_LT(difference(segmentDiouLoss(found, truth), part("opentad_diou")), kTolerance);
    EXPECT_LT(difference(segmentGiouLoss(found, truth), part("opentad_giou")), kTolerance);
}

TEST(parity, PointsOfThePyramidAndWhatTheyShouldSay)
{
    TELLTALE_SPAN_FIXTURE(fixture, "f_points_targets.json");
    const auto points = pointsOf(*fixture);
    ASSERT_EQ(points.size(), (*fixture)["points"].size());
    for (size_t i = 0; i < points.size(); ++i) {
        const auto wanted = (*fixture)["points"][i].get<std::vector<float>>();
        EXPECT_EQ((std::vector<float>{points[i].at, points[i].shortest, points[i].longest, points[i].stride}),
            wanted);
    }
    for (const auto& one : (*fixture)["target_cases"]) {
        SCOPED_TRACE(one["center_sample"]);
        TargetOptions options;
        options.centreRadius = one["center_sample"] == "radius" ? one["radius"].get<double>() : 0;
        options.onlyShortest = one.value("filter_similar_gt", true);
        const auto classes = static_cast<int>(one["cls_targets"][0].size());
        const auto targets
            = targetsOf(points, truthOf(one["gt_segments"], one["gt_labels"]), classes, options);
        EXPECT_EQ(difference(targets.classes, tensorOf(one["cls_targets"])), 0);
        EXPECT_LT(difference(targets.offsets, tensorOf(one["reg_targets"])), kTolerance);
        EXPECT_EQ(targets.positive.sum().item<int64_t>(), one["num_pos"].get<int64_t>());
        EXPECT_TRUE(torch::equal(targets.positive, targets.segment >= 0));
    }
}

TEST(parity, LossesOfThreeStepsWithTheMovingNormaliser)
{
    TELLTALE_SPAN_FIXTURE(fixture, "f_points_targets.json");
    const auto& loss = (*fixture)["loss"];
    const auto points = pointsOf(*fixture);
    const torch::Tensor logits = tensorOf(loss["cls_logits"]);
    const torch::Tensor offsets = tensorOf(loss["offsets"]);
    const torch::Tensor mask = tensorOf(loss["masks"]) > 0;
    std::vector<DetectionTargets> windows;
    for (size_t i = 0; i < loss["gt_segments"].size(); ++i)
        windows.push_back(targetsOf(points, truthOf(loss["gt_segments"][i], loss["gt_labels"][i]),
            static_cast<int>(logits.size(-1))));
    const DetectionTargets targets = stackedTargets(windows);
    double normaliser = DetectionLossOptions().firstNormaliser;
    for (const auto& wanted : loss["results"]) {
        DetectionLossOptions options;
        options.smoothing = wanted.value("label_smoothing", 0.0);
        DetectionLoss detection(options);
        if (wanted.contains("step"))
            detection.setNormaliser(normaliser);
        const bool moving = wanted.contains("loss_normalizer_after");
        const auto value = detection(logits, offsets, mask, targets, {}, moving);
        EXPECT_NEAR(value.classes.item<double>(), wanted["cls_loss"].get<double>(), kTolerance) << wanted;
        EXPECT_NEAR(value.offsets.item<double>(), wanted["reg_loss"].get<double>(), kTolerance) << wanted;
        EXPECT_NEAR(value.total.item<double>(),
            wanted["cls_loss"].get<double>() + wanted["reg_loss"].get<double>(), 2 * kTolerance);
        if (!moving)
            continue;
        EXPECT_NEAR(detection.normaliser(), wanted["loss_normalizer_after"].get<double>(), 1e-4) << wanted;
        if (wanted.contains("step"))
            normaliser = detection.normaliser();
    }
}

TEST(DetectionTargets, OddTruthIsDefined)
{
    const auto points = pyramidPoints(16, defaultReach(3));
    EXPECT_EQ(points.size(), 16U + 8U + 4U);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<Segment> odd{{2, 6, 1, 7}, {2, 6, 1, -1}, {nan, 6, 1, 0}, {6, 6, 1, 0}, {8, 3, 1, 0}};
    for (const auto& truth : {std::vector<Segment>(), odd}) {
        const auto targets = targetsOf(points, truth, 2);
        EXPECT_EQ(targets.classes.sum().item<float>(), 0);
        EXPECT_EQ(targets.positive.sum().item<int64_t>(), 0);
        EXPECT_TRUE(torch::isfinite(targets.offsets).all().item<bool>());
    }
    EXPECT_EQ(targetsOf({}, {{0, 4, 1, 0}}, 2).classes.sizes(), (std::vector<int64_t>{0, 2}));
}

TEST(DetectionTargets, OverlappingTruthOfOneClassGoesToTheShortest)
{
    const auto points = pyramidPoints(16, {{0, 100}});
    const auto targets = targetsOf(points, {{0, 16, 1, 0}, {6, 10, 1, 0}, {6, 10, 1, 1}}, 2, {0, true});
    EXPECT_EQ(targets.segment[8].item<int64_t>(), 1) << "of equally short ones the first";
    EXPECT_EQ(targets.segment[3].item<int64_t>(), 0);
    EXPECT_EQ(targets.classes[8].sum().item<float>(), 2) << "both short ones' classes";
    EXPECT_EQ(targets.classes[3][1].item<float>(), 0);
}

TEST(DetectionLoss, OfNothingButBackgroundIsFiniteAndHasGradients)
{
    const auto points = pyramidPoints(8, defaultReach(2));
    const auto count = static_cast<int64_t>(points.size());
    torch::Tensor logits = torch::zeros({2, count, 3}).requires_grad_(true);
    torch::Tensor offsets = torch::ones({2, count, 2}).requires_grad_(true);
    const auto targets = stackedTargets({targetsOf(points, {}, 3), targetsOf(points, {}, 3)});
    for (const double offsetWeight : {1.0, 0.0}) {
        DetectionLossOptions options;
        options.offsetWeight = offsetWeight;
        DetectionLoss loss(options);
        const auto value = loss(logits, offsets, torch::ones({2, count}, torch::kBool), targets);
        EXPECT_EQ(value.positives, 0);
        EXPECT_EQ(value.offsets.item<float>(), 0);
        EXPECT_TRUE(std::isfinite(value.total.item<float>()));
        value.total.backward();
        EXPECT_TRUE(torch::isfinite(logits.grad()).all().item<bool>());
        const auto none = loss(logits, offsets, torch::zeros({2, count}, torch::kBool), targets);
        EXPECT_EQ(none.total.item<float>(), 0) << "a window without a frame";
    }
}

TEST(DetectionLoss, WhatIsMaskedOrWeighsNothingDoesNotCount)
{
    const auto points = pyramidPoints(8, defaultReach(2));
    const auto count = static_cast<int64_t>(points.size());
    const auto targets = stackedTargets({targetsOf(points, {{1, 5, 1, 0}}, 2)});
    ASSERT_GT(targets.positive.sum().item<int64_t>(), 0);
    const torch::Tensor logits = torch::full({1, count, 2}, -1.0);
    const torch::Tensor offsets = torch::full({1, count, 2}, 2.0);
    torch::Tensor mask = torch::ones({1, count}, torch::kBool);
    DetectionLoss loss;
    const auto all = loss(logits, offsets, mask, targets, {}, false);
    mask[0][7] = false;
    torch::Tensor broken = logits.clone();
    broken[0][7] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_LT(loss(broken, offsets, mask, targets, {}, false).total.item<float>(), all.total.item<float>());
    const auto half = loss(
        logits, offsets, torch::ones({1, count}, torch::kBool), targets, torch::full({1, count}, 0.5), false);
    EXPECT_NEAR(half.total.item<float>(), all.total.item<float>() / 2, 1e-6);
    const auto none = loss(
        logits, offsets, torch::ones({1, count}, torch::kBool), targets, torch::zeros({1, count}), false);
    EXPECT_EQ(none.total.item<float>(), 0);
    EXPECT_EQ(loss.normaliser(), DetectionLossOptions().firstNormaliser) << "not moving";
}

} // namespace telltale
