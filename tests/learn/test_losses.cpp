// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/losses.h"
#include <cmath>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <torch/nn/functional.h>
#include <torch/optim/adam.h>

using namespace telltale;
using Json = nlohmann::json;
using testing::HasSubstr;

namespace {

std::optional<Json> fixture(const std::string& name)
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    const std::filesystem::path fixtures
        = folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/fixtures";
    const auto text = readFile(fixtures / name);
    return text ? std::optional(Json::parse(*text)) : std::nullopt;
}

torch::Tensor matrix(const Json& rows)
{
    const auto values = rows.get<std::vector<std::vector<float>>>();
    std::vector<torch::Tensor> tensors;
    tensors.reserve(values.size());
    for (const auto& row : values)
        tensors.push_back(torch::tensor(row));
    return torch::stack(tensors);
}

torch::Tensor classes(const Json& labels) { return torch::tensor(labels.get<std::vector<int64_t>>()); }

NdArray arrayOf(const torch::Tensor& tensor)
{
    NdArray array(tensor.sizes().vec());
    const auto plain = tensor.contiguous();
    std::copy_n(plain.data_ptr<float>(), plain.numel(), array.values.begin());
    return array;
}

/// What a test needs of a batch: 12 clips of 5 features in 4 classes, one class absent.
struct Batch {
    Batch()
    {
        torch::manual_seed(3);
        features = torch::randn({12, 5});
        logits = torch::randn({12, 4});
    }
    torch::Tensor features;
    torch::Tensor logits;
    torch::Tensor labels = torch::tensor({0, 1, 2, 0, 0, 0, 1, 0, 2, 0, 0, 1}, torch::kLong);
    torch::Tensor weights = torch::tensor({0.2f, 1.0f, 1.8f, 1.0f});
    torch::Tensor vectors = torch::nn::functional::normalize(torch::randn({4, 6}));
};

std::shared_ptr<SemanticHead> headOf(
    const std::string& name, const torch::Tensor& vectors, int64_t features = 5)
{
    const auto options = semanticOptions(name);
    EXPECT_TRUE(options) << options.error().message;
    const auto head = makeSemanticHead(*options, features, vectors.size(0), arrayOf(vectors), 1);
    EXPECT_TRUE(head) << head.error().message;
    return *head;
}

/// A head whose projection is the identity, so that a loss can be computed by hand from the features.
std::shared_ptr<SemanticHead> plainHead(SemanticOptions options, const torch::Tensor& vectors)
{
    const auto head = makeSemanticHead(options, vectors.size(1), vectors.size(0), arrayOf(vectors), 1);
    EXPECT_TRUE(head) << head.error().message;
    const torch::NoGradGuard guard;
    (*head)->named_parameters()["project.weight"].copy_(torch::eye(vectors.size(1)));
    return *head;
}

bool finite(const torch::Tensor& tensor) { return torch::isfinite(tensor).all().item<bool>(); }

class EachSemanticLoss : public testing::TestWithParam<const char*> { };

} // namespace

TEST(parity, TheSemanticLossOf2023HasParity)
{
    const auto json = fixture("p_miga_emb_loss.json");
    if (!json)
        GTEST_SKIP() << "p_miga_emb_loss.json is not there";
    const auto labels = classes((*json)["labels"]);
    const auto predicted = matrix((*json)["emb_pred"]);
    const auto target = matrix((*json)["emb_target"]);
    const auto logits = matrix((*json)["logits"]);
    const double entropy = crossEntropy(logits, labels).item<double>();
    EXPECT_NEAR(entropy, (*json)["ce"].get<double>(), 1e-6);
    // The fixture's targets belong to samples, not to classes: each sample is a class of its own here.
    const auto head = plainHead(*semanticOptions("mse"), target);
    const auto own = torch::arange(target.size(0));
    const double semantic = head->loss(predicted, own).item<double>();
    EXPECT_NEAR(semantic, head->options().lambda * (*json)["mse"].get<double>(), 1e-5);
    EXPECT_NEAR(entropy + semantic, (*json)["total"].get<double>(), 1e-5);
}

TEST(parity, ClassBalancedLossesHaveParity)
{
    const auto json = fixture("g_class_weights.json");
    if (!json)
        GTEST_SKIP() << "g_class_weights.json is not there";
    const Json& cases = (*json)["cb_loss"];
    const auto logits = matrix(cases["logits"]);
    const auto labels = classes(cases["labels"]);
    const auto counts = cases["samples_per_cls"].get<std::vector<double>>();
    for (const Json& one : cases["cases"]) {
        const double beta = one["beta"];
        std::vector<double> weights;
        double sum = 0;
        for (const double count : counts)
            sum += weights.emplace_back((1 - beta) / (1 - std::pow(beta, count)));
        const auto byClass = torch::tensor(weights) * (static_cast<double>(counts.size()) / sum);
        const auto kind = classLossKind(one["loss_type"] == "focal" ? "focal" : "balanced-softmax");
        ASSERT_TRUE(kind);
        const auto loss = classLoss(logits, labels, {byClass, {}}, {*kind, 0, one["gamma"]});
        EXPECT_NEAR(loss.item<double>(), one["value"].get<double>(), 1e-5) << one;
    }
}

TEST(CrossEntropy, ClassWeightsAndSmoothingAreThoseOfTheLibrary)
{
    const Batch batch;
    for (const double smoothing : {0.0, 0.1}) {
        const auto expected = torch::nn::functional::cross_entropy(batch.logits, batch.labels,
            torch::nn::functional::CrossEntropyFuncOptions()
                .weight(batch.weights)
                .label_smoothing(smoothing));
        const auto found = crossEntropy(batch.logits, batch.labels, {batch.weights, {}}, smoothing);
        EXPECT_NEAR(found.item<double>(), expected.item<double>(), 1e-6) << smoothing;
        const auto shares
            = crossEntropy(batch.logits, targetShares(batch.labels, 4), {batch.weights, {}}, smoothing);
        EXPECT_NEAR(shares.item<double>(), expected.item<double>(), 1e-6) << "targets given as shares";
    }
}

TEST(CrossEntropy, ASampleThatWeighsTwiceCountsAsTwoAndOneThatWeighsNothingIsNotThere)
{
    const Batch batch;
    auto samples = torch::ones({12});
    samples[2] = 2;
    samples[5] = 0;
    const auto rows = torch::tensor({0, 1, 2, 2, 3, 4, 6, 7, 8, 9, 10, 11}, torch::kLong);
    const auto weighted = crossEntropy(batch.logits, batch.labels, {batch.weights, samples});
    const auto repeated = crossEntropy(
        batch.logits.index_select(0, rows), batch.labels.index_select(0, rows), {batch.weights, {}});
    EXPECT_NEAR(weighted.item<double>(), repeated.item<double>(), 1e-6);
}

TEST(CrossEntropy, MixedTargetsAreTheMixtureOfTheirLosses)
{
    const Batch batch;
    const auto first = targetShares(batch.labels, 4);
    const auto second = targetShares(batch.labels.flip(0), 4);
    const auto mixed = crossEntropy(batch.logits, 0.3 * first + 0.7 * second);
    const auto parts = 0.3 * crossEntropy(batch.logits, first) + 0.7 * crossEntropy(batch.logits, second);
    EXPECT_NEAR(mixed.item<double>(), parts.item<double>(), 1e-6);
}

TEST(CrossEntropy, IsZeroWithAZeroGradientWhereNothingWeighsAnything)
{
    Batch batch;
    auto logits = batch.logits.clone().requires_grad_();
    const auto loss = crossEntropy(logits, batch.labels, {{}, torch::zeros({12})}, 0.1);
    loss.backward();
    EXPECT_EQ(loss.item<double>(), 0);
    EXPECT_EQ(logits.grad().abs().max().item<double>(), 0);
}

TEST(CrossEntropy, HalvesAreWidenedBeforeTheirLogarithms)
{
    const Batch batch;
    const auto halves = (batch.logits * 8).to(torch::kBFloat16);
    const auto expected = crossEntropy(halves.to(torch::kFloat), batch.labels);
    EXPECT_EQ(crossEntropy(halves, batch.labels).item<double>(), expected.item<double>());
}

TEST(ClassLoss, NamesThatAreUnknownAreAnsweredWithTheKnownOnes)
{
    const auto loss = classLossKind("hinge");
    ASSERT_FALSE(loss);
    EXPECT_THAT(loss.error().message, HasSubstr("cross-entropy, focal, balanced-softmax"));
    const auto semantic = semanticOptions("glove");
    ASSERT_FALSE(semantic);
    EXPECT_THAT(semantic.error().message, HasSubstr("none, mse, ose, opl, proto"));
}

TEST(OrthogonalSemanticLoss, IsTheFormulaSampleBySample)
{
    const Batch batch;
    const auto features = torch::randn({12, 6});
    const auto head = plainHead({SemanticKind::Ose, 0.7, 0.4}, batch.vectors);
    double expected = 0;
    for (int64_t i = 0; i < 12; ++i) {
        const auto unit = features[i] / features[i].norm();
        const int64_t own = batch.labels[i].item<int64_t>();
        double others = 0;
        for (int64_t k = 0; k < 4; ++k)
            if (k != own)
                others += std::pow(unit.dot(batch.vectors[k]).item<double>(), 2) / 3;
        expected += batch.weights[own].item<double>() / 12
            * (1 - unit.dot(batch.vectors[own]).item<double>() + 0.4 * others);
    }
    const auto found = head->loss(features, batch.labels, {batch.weights, {}});
    EXPECT_NEAR(found.item<double>(), 0.7 * expected, 1e-6);
}

TEST(OrthogonalSemanticLoss, IsLeastAtTheOwnVectorWhereVectorsAreOrthogonal)
{
    const auto vectors = torch::eye(4, 6);
    const auto head = plainHead(*semanticOptions("ose"), vectors);
    const auto labels = torch::arange(4);
    EXPECT_NEAR(head->loss(vectors * 3, labels).item<double>(), 0, 1e-6) << "length does not matter";
    EXPECT_NEAR(head->loss(vectors.roll(1, 0), labels).item<double>(), 0.5 * (1 + 0.5 / 3), 1e-6);
}

TEST(BatchProjection, SeesPairsOfOneClassAndOfTwo)
{
    const Batch batch;
    const auto head = headOf("opl", batch.vectors);
    double same = 0;
    double other = 0;
    int sames = 0;
    int others = 0;
    for (int64_t i = 0; i < 12; ++i)
        for (int64_t k = 0; k < i; ++k) {
            const double cosine
                = torch::cosine_similarity(batch.features[i], batch.features[k], 0).item<double>();
            const bool alike = batch.labels[i].item<int64_t>() == batch.labels[k].item<int64_t>();
            (alike ? same : other) += cosine;
            ++(alike ? sames : others);
        }
    const double expected = (1 - same / sames) + std::abs(other / others);
    EXPECT_NEAR(
        head->loss(batch.features, batch.labels).item<double>(), head->options().lambda * expected, 1e-6);
}

TEST(Prototypes, AreParametersThatThePenaltyMakesOrthogonal)
{
    const Batch batch;
    const auto head = headOf("proto", 0.6 * torch::ones({4, 6}) + batch.vectors);
    const auto prototypes = head->named_parameters()["prototypes"];
    const auto overlap = [&] {
        const auto unit = torch::nn::functional::normalize(prototypes.detach());
        return (unit.matmul(unit.t()) - torch::eye(4)).abs().max().item<double>();
    };
    const double before = overlap();
    EXPECT_GT(before, 0.6);
    torch::optim::Adam optimizer(head->parameters(), torch::optim::AdamOptions(0.05));
    for (int step = 0; step < 200; ++step) {
        optimizer.zero_grad();
        head->loss(batch.features, batch.labels).backward();
        optimizer.step();
    }
    EXPECT_LT(overlap(), 0.4 * before);
    SemanticOptions options = *semanticOptions("proto");
    options.dimension = 9;
    const auto drawn = makeSemanticHead(options, 5, 4, NdArray(), 2);
    ASSERT_TRUE(drawn);
    const auto rows = (*drawn)->named_parameters()["prototypes"].detach();
    EXPECT_TRUE(torch::allclose(rows.matmul(rows.t()), torch::eye(4), 1e-5, 1e-5));
}

INSTANTIATE_TEST_SUITE_P(Losses, EachSemanticLoss, testing::Values("none", "mse", "ose", "opl", "proto"),
    [](const auto& chosen) { return std::string(chosen.param); });

TEST_P(EachSemanticLoss, AndItsGradientAreFiniteForPoorBatches)
{
    const Batch batch;
    auto vectors = batch.vectors.clone();
    vectors[1].zero_();
    const auto head = headOf(GetParam(), vectors);
    const std::vector<std::pair<torch::Tensor, torch::Tensor>> batches = {
        {batch.features, batch.labels},
        {batch.features.narrow(0, 1, 1), batch.labels.narrow(0, 1, 1)},
        {batch.features, torch::full({12}, 1, torch::kLong)},
        {torch::zeros({3, 5}), torch::tensor({0, 1, 3}, torch::kLong)},
        {batch.features, torch::softmax(batch.logits, 1)},
        {torch::zeros({0, 5}), torch::zeros({0}, torch::kLong)},
    };
    for (const auto& [given, targets] : batches) {
        const auto features = given.clone().requires_grad_();
        const auto loss = head->loss(features, targets, {batch.weights, torch::ones({given.size(0)})});
        EXPECT_TRUE(finite(loss)) << given.sizes();
        loss.backward();
        EXPECT_TRUE(finite(features.grad())) << given.sizes();
        for (const auto& parameter : head->parameters())
            EXPECT_TRUE(!parameter.grad().defined() || finite(parameter.grad())) << given.sizes();
    }
}

TEST_P(EachSemanticLoss, TreatsSharesThatNameOneClassAsThatClass)
{
    const Batch batch;
    const auto head = headOf(GetParam(), batch.vectors);
    const auto byClass = head->loss(batch.features, batch.labels, {batch.weights, {}});
    const auto byShare = head->loss(batch.features, targetShares(batch.labels, 4), {batch.weights, {}});
    EXPECT_NEAR(byClass.item<double>(), byShare.item<double>(), 1e-5);
}

TEST_P(EachSemanticLoss, FallsWhenItIsMinimised)
{
    const Batch batch;
    const auto head = headOf(GetParam(), batch.vectors);
    auto features = batch.features.clone().requires_grad_();
    auto parameters = head->parameters();
    parameters.push_back(features);
    torch::optim::Adam optimizer(parameters, torch::optim::AdamOptions(0.05));
    double first = 0;
    double last = 0;
    for (int step = 0; step < 100; ++step) {
        optimizer.zero_grad();
        const auto loss = head->loss(features, batch.labels);
        loss.backward();
        optimizer.step();
        last = loss.item<double>();
        first = step == 0 ? last : first;
    }
    EXPECT_LE(last, 0.5 * first);
}

TEST(SemanticHead, OneSeedGivesOneBranch)
{
    const Batch batch;
    const auto first = headOf("ose", batch.vectors);
    torch::manual_seed(99);
    const auto second = headOf("ose", batch.vectors);
    EXPECT_TRUE(torch::equal(first->embed(batch.features), second->embed(batch.features)));
}

TEST(SemanticHead, WhatItCannotUseIsRefusedWithASentence)
{
    const auto ose = *semanticOptions("ose");
    const auto vectors = arrayOf(torch::eye(4));
    auto broken = vectors;
    broken.values[3] = NAN;
    auto negative = ose;
    negative.lambda = -1;
    const std::vector<std::pair<Result<std::shared_ptr<SemanticHead>>, const char*>> cases = {
        {makeSemanticHead(ose, 5, 4, NdArray(), 1), "needs a vector for each class"},
        {makeSemanticHead(ose, 5, 3, vectors, 1), "3 classes and the label vectors have 4 rows"},
        {makeSemanticHead(ose, 5, 4, broken, 1), "not finite"},
        {makeSemanticHead(ose, 0, 4, vectors, 1), "1 or more"},
        {makeSemanticHead(negative, 5, 4, vectors, 1), "lambda and mu"},
    };
    for (const auto& [made, expected] : cases) {
        ASSERT_FALSE(made) << expected;
        EXPECT_EQ(made.error().code, ErrorCode::InvalidArgument);
        EXPECT_THAT(made.error().message, HasSubstr(expected));
    }
}
