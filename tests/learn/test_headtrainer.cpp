// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "learn/heads/headproblem.h"
#include "learn/heads/headtrainer.h"
#include "learn/heads/lbfgs.h"
#include "learn/heads/projection.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr int64_t kInputs = 300; // long enough to be projected

struct Planted {
    std::vector<float> values;
    std::vector<int> labels;

    FeatureRows features(size_t rows) const
    {
        return {{values.data(), rows * static_cast<size_t>(kInputs)}, kInputs};
    }
    FeatureRows features() const { return features(labels.size()); }
};

/// Classes differ along a few of `directions` strong directions; the rest is weak noise.
Planted planted(int64_t rows, int classes, uint64_t seed = 1, int64_t directions = 12)
{
    Random random(7); // the same directions for every seed
    std::vector<double> axes(static_cast<size_t>(directions * kInputs));
    for (double& value : axes)
        value = random.normal() / std::sqrt(static_cast<double>(kInputs));
    Random draw(seed);
    Planted data;
    for (int64_t i = 0; i < rows; ++i) {
        const auto label = static_cast<int>(i % classes);
        data.labels.push_back(label);
        std::vector<double> x(kInputs);
        for (double& value : x)
            value = 1 + 0.05 * draw.normal();
        for (int64_t k = 0; k < directions; ++k) {
            const double along = 8 * draw.normal() + (k == label ? 60 : 0);
            for (int64_t j = 0; j < kInputs; ++j)
                x[static_cast<size_t>(j)] += along * axes[static_cast<size_t>(k * kInputs + j)];
        }
        data.values.insert(data.values.end(), x.begin(), x.end());
    }
    return data;
}

std::vector<float> logitsOf(const HeadSet::Head& head, int classes, const float* row)
{
    HeadSet set;
    set.classes = classes;
    set.heads["any"] = head;
    return set.logits("any", {row, row + head.inputs});
}

double accuracy(const HeadSet::Head& head, int classes, const Planted& data)
{
    double right = 0;
    for (size_t i = 0; i < data.labels.size(); ++i) {
        const auto logits = logitsOf(head, classes, data.values.data() + i * static_cast<size_t>(kInputs));
        right += std::max_element(logits.begin(), logits.end()) - logits.begin() == data.labels[i] ? 1 : 0;
    }
    return right / static_cast<double>(data.labels.size());
}

HeadTargets targetsOf(const Planted& data, int classes) { return {classes, data.labels, {}, {}, {}}; }

LabelVectors someVectors(int classes)
{
    LabelVectors vectors{classes, classes + 1, {}, "names", {}};
    Random random(11);
    for (int i = 0; i < classes * (classes + 1); ++i)
        vectors.values.push_back(random.normal());
    return vectors;
}

/// Says yes to cancelling from the n-th question on.
class CancelsLater : public ProgressSink {
public:
    explicit CancelsLater(int questions) : m_left(questions) { }
    bool cancelled() const override { return m_left-- <= 0; }

private:
    mutable int m_left;
};

/// Twelve rows of three numbers in four classes.
HeadProblem smallProblem(int64_t hidden)
{
    Random random(3);
    HeadProblem problem;
    const auto normals = [&](at::IntArrayRef shape) {
        at::Tensor values = at::empty(shape, at::kDouble);
        for (int64_t i = 0; i < values.numel(); ++i)
            values.data_ptr<double>()[i] = random.normal();
        return values;
    };
    problem.features = normals({12, 3});
    problem.labels = at::arange(12, at::kLong).remainder(4);
    problem.weights = at::arange(1, 13, at::kDouble) / 78;
    problem.classes = 4;
    problem.hidden = hidden;
    const at::Tensor vectors = normals({4, 5});
    problem.metric = vectors.mm(vectors.t());
    problem.semanticWeight = 0.7;
    problem.semanticScale = 3;
    problem.pull = 0.3;
    problem.centre = normals({problem.parameters()});
    return problem;
}

void expectSlope(const HeadProblem& problem)
{
    CancelFlag flag;
    Random random(4);
    std::vector<double> at(static_cast<size_t>(problem.parameters()));
    for (double& value : at)
        value = random.normal();
    std::vector<double> gradient;
    std::vector<double> unused;
    ASSERT_TRUE(problem.evaluate(at, gradient, flag));
    for (size_t i = 0; i < at.size(); ++i) {
        auto moved = at;
        moved[i] += 1e-5;
        const auto above = problem.evaluate(moved, unused, flag);
        moved[i] -= 2e-5;
        const auto below = problem.evaluate(moved, unused, flag);
        EXPECT_NEAR(gradient[i], (*above - *below) / 2e-5, 1e-6) << "parameter " << i;
    }
}

} // namespace

TEST(HeadProblem, GradientIsTheSlopeOfTheLoss)
{
    expectSlope(smallProblem(0));
    expectSlope(smallProblem(5));
}

TEST(HeadProblem, WhatMayNotMoveHasNoSlope)
{
    HeadProblem problem = smallProblem(0);
    problem.movable = at::ones({problem.parameters()}, at::kDouble);
    problem.movable[2] = 0;
    CancelFlag flag;
    std::vector<double> gradient;
    ASSERT_TRUE(problem.evaluate(std::vector<double>(16, 0.2), gradient, flag));
    EXPECT_EQ(gradient[2], 0);
    EXPECT_NE(gradient[3], 0);
}

TEST(Lbfgs, FindsTheBottomOfABentValley)
{
    // Rosenbrock's function, minimum 0 at (1, 1).
    const Objective valley = [](const std::vector<double>& at, std::vector<double>& slope) {
        const double a = 1 - at[0];
        const double b = at[1] - at[0] * at[0];
        slope = {-2 * a - 400 * at[0] * b, 200 * b};
        return std::optional<double>(a * a + 100 * b * b);
    };
    const LbfgsResult found = minimize(valley, {-1.2, 1}, {200, 0, 1e-9}, {});
    ASSERT_EQ(found.at.size(), 2U);
    EXPECT_NEAR(found.at[0], 1, 1e-6);
    EXPECT_NEAR(found.at[1], 1, 1e-6);
    EXPECT_LT(found.steps, 80);
}

TEST(Projection, GivesUncorrelatedNumbersOfDeviationOne)
{
    const Planted data = planted(2000, 6);
    HeadOptions options;
    options.rank = 10;
    options.retained = 0;
    CancelFlag flag;
    const auto projection = Projection::fit(data.features(), options, flag);
    ASSERT_TRUE(projection) << projection.error().message;
    EXPECT_EQ(projection->rank(), 10);
    const auto rows = projection->apply(data.features(), 0, flag);
    ASSERT_TRUE(rows);
    const at::Tensor z = rows->to(at::kDouble);
    EXPECT_LT(z.mean(0).abs().max().item<double>(), 1e-3);
    const at::Tensor products = z.t().mm(z) / 2000;
    EXPECT_LT((products - at::eye(10, at::kDouble)).abs().max().item<double>(), 0.02);
}

TEST(Projection, GrowsUntilItRetainsEnough)
{
    const Planted data = planted(2000, 6);
    HeadOptions options;
    options.rank = 3;
    options.retained = 0.95;
    CancelFlag flag;
    const auto projection = Projection::fit(data.features(), options, flag);
    ASSERT_TRUE(projection);
    EXPECT_EQ(projection->rank(), 12) << "twelve strong directions, doubled from three";
    EXPECT_GT(projection->retained(), 0.95);
}

TEST(HeadTrainer, LearnsAndItsHeadTakesFeaturesAsTheyAre)
{
    const Planted data = planted(1200, 6);
    const Planted other = planted(300, 6, 2);
    HeadTrainer trainer({});
    CancelFlag flag;
    ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
    EXPECT_EQ(trainer.rows(), 1200);
    EXPECT_LT(trainer.rank(), kInputs);
    std::vector<HeadStep> steps;
    const auto fit = trainer.train(targetsOf(data, 6), nullptr, false, {other.features(), other.labels}, flag,
        [&](const HeadStep& step) { steps.push_back(step); });
    ASSERT_TRUE(fit) << fit.error().message;
    EXPECT_EQ(fit->head.inputs, kInputs);
    ASSERT_FALSE(steps.empty());
    EXPECT_NEAR(accuracy(fit->head, 6, other), steps.back().held.accuracy, 1e-12)
        << "measured on projected rows, and on the features as they are";
    EXPECT_GT(steps.back().held.macroF1, 0.95);
}

TEST(HeadTrainer, GivesTheSameHeadToTheBit)
{
    const Planted data = planted(6000, 6);
    std::vector<float> weights[2];
    for (auto& weight : weights) {
        HeadTrainer trainer({});
        CancelFlag flag;
        ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
        const auto fit = trainer.train(targetsOf(data, 6), nullptr, false, {}, flag, {});
        ASSERT_TRUE(fit);
        weight = fit->head.weight;
    }
    EXPECT_EQ(weights[0], weights[1]);
}

TEST(HeadTrainer, AfterAFewChangedLabelsItNeedsFewerStepsFromWhereItWas)
{
    const Planted data = planted(3000, 6);
    HeadOptions options;
    options.pull = 1e-4;
    HeadTrainer trainer(options);
    CancelFlag flag;
    ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
    HeadTargets targets = targetsOf(data, 6);
    ASSERT_TRUE(trainer.train(targets, nullptr, false, {}, flag, {}));
    for (size_t i = 0; i < 30; ++i)
        targets.labels[i * 100] = static_cast<int>(i % 6);
    const auto warm = trainer.train(targets, nullptr, true, {}, flag, {});
    const auto cold = trainer.train(targets, nullptr, false, {}, flag, {});
    ASSERT_TRUE(warm && cold);
    EXPECT_LT(warm->steps, cold->steps);
    EXPECT_NEAR(warm->loss, cold->loss, 0.02 * cold->loss);
}

TEST(HeadTrainer, TheProjectionIsMadeAnewOnlyWhenATenthOfTheRowsIsNew)
{
    Planted data = planted(1000, 6);
    HeadTrainer trainer({});
    CancelFlag flag;
    ASSERT_TRUE(trainer.setFeatures(data.features(900), flag));
    data.values[0] = std::numeric_limits<float>::quiet_NaN(); // seen only by who looks at all rows again
    ASSERT_TRUE(trainer.setFeatures(data.features(980), flag));
    EXPECT_EQ(trainer.rows(), 980);
    const Status status = trainer.setFeatures(data.features(1000), flag);
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("Row 1 "));
    EXPECT_EQ(trainer.rows(), 980) << "the former rows stay";
}

TEST(HeadTrainer, AClassWithoutRowsKeepsTheStartingHeadToTheBit)
{
    const Planted data = planted(1200, 6);
    HeadTrainer trainer({});
    CancelFlag flag;
    ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
    const auto start = trainer.train(targetsOf(data, 6), nullptr, false, {}, flag, {});
    ASSERT_TRUE(start);
    HeadTargets fewer = targetsOf(data, 7);
    for (int& label : fewer.labels)
        label = label == 3 ? 6 : label;
    const auto fit = trainer.train(fewer, &start->head, false, {}, flag, {});
    ASSERT_TRUE(fit) << fit.error().message;
    const auto same = [&](long c) {
        return std::equal(start->head.weight.begin() + c * kInputs,
            start->head.weight.begin() + (c + 1) * kInputs, fit->head.weight.begin() + c * kInputs);
    };
    EXPECT_TRUE(same(3));
    EXPECT_FALSE(same(2));
    EXPECT_EQ(fit->head.bias.size(), 7U);
}

TEST(HeadTrainer, TheSemanticPartBringsLogitsToTheirScale)
{
    const Planted data = planted(1200, 6);
    HeadOptions options;
    options.pull = 1e-6;
    options.semanticWeight = 1000;
    options.semanticScale = 5;
    HeadTrainer trainer(options);
    CancelFlag flag;
    ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
    HeadTargets targets = targetsOf(data, 6);
    targets.labelVectors = someVectors(6);
    const auto fit = trainer.train(targets, nullptr, false, {}, flag, {});
    ASSERT_TRUE(fit) << fit.error().message;
    double mean = 0;
    for (size_t i = 0; i < 600; ++i)
        mean += logitsOf(fit->head, 6, data.values.data() + i * static_cast<size_t>(kInputs))
                    .at(static_cast<size_t>(data.labels[i]))
            / 600;
    EXPECT_NEAR(mean, 5, 1);
}

TEST(HeadTrainer, StopsWhenAskedAtAnyMoment)
{
    const Planted data = planted(3000, 6);
    for (int questions = 0; questions < 4; ++questions) {
        HeadTrainer trainer({});
        const Status status = trainer.setFeatures(data.features(), CancelsLater(questions));
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, ErrorCode::Cancelled);
    }
    HeadTrainer trainer({});
    CancelFlag flag;
    ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
    for (int questions = 0; questions < 4; ++questions) {
        const auto fit = trainer.train(targetsOf(data, 6), nullptr, false, {}, CancelsLater(questions), {});
        ASSERT_FALSE(fit);
        EXPECT_EQ(fit.error().code, ErrorCode::Cancelled);
    }
}

TEST(HeadTrainer, BadInputIsASentence)
{
    const Planted data = planted(600, 6);
    CancelFlag flag;
    HeadTrainer trainer({});
    EXPECT_FALSE(trainer.setFeatures({}, flag));
    EXPECT_FALSE(trainer.train(targetsOf(data, 6), nullptr, false, {}, flag, {})) << "no features yet";
    ASSERT_TRUE(trainer.setFeatures(data.features(), flag));
    const auto message = [&](const HeadTargets& targets, const HeldRows& held = {}) {
        const auto fit = trainer.train(targets, nullptr, false, held, flag, {});
        return fit ? std::string("accepted") : fit.error().message;
    };
    HeadTargets targets = targetsOf(data, 6);
    targets.labels.pop_back();
    EXPECT_THAT(message(targets), HasSubstr("599 labels"));
    targets = targetsOf(data, 5);
    EXPECT_THAT(message(targets), HasSubstr("Clip 6 of the training set has the class 5"));
    targets = targetsOf(data, 6);
    targets.weights.assign(600, -1);
    EXPECT_THAT(message(targets), HasSubstr("numbers from 0 up"));
    targets.weights.assign(600, 0);
    targets.weights[0] = targets.weights[6] = 1;
    EXPECT_THAT(message(targets), HasSubstr("only one"));
    targets = targetsOf(data, 6);
    targets.labelVectors = someVectors(5);
    EXPECT_THAT(message(targets), HasSubstr("label vectors for 5 classes, wanted 6"));
    const std::vector<float> shorter(20);
    EXPECT_THAT(message(targetsOf(data, 6), {{shorter, 10}, {0, 1}}), HasSubstr("features of 10 numbers"));

    auto broken = data;
    broken.values[static_cast<size_t>(41 * kInputs + 3)] = std::numeric_limits<float>::infinity();
    const Status status = trainer.setFeatures(broken.features(), flag);
    EXPECT_TRUE(status) << "these rows are known already";
    HeadTrainer another({});
    const Status refused = another.setFeatures(broken.features(), flag);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("Row 42 "));
}
