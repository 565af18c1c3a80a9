// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/fast/faststgcn.h"
#include "nn/fast/skeletonspeed.h"
#include <gtest/gtest.h>
#include <torch/torch.h>

using namespace telltale;

namespace {

using torch::Tensor;

SkeletonGraph ring(int points)
{
    SkeletonGraph graph{points, {}, 0};
    for (int i = 1; i < points; ++i)
        graph.inward.emplace_back(i, i / 2);
    return graph;
}

/// A network that has learned something: every tensor differs from what it began with.
std::shared_ptr<SkeletonNetwork> trained(int points, const StGcnOptions& options)
{
    torch::manual_seed(1);
    const auto network = *makeStGcn(ring(points), options);
    const torch::NoGradGuard guard;
    for (auto& parameter : network->parameters())
        parameter.add_(torch::rand_like(parameter) * 0.2 - 0.1);
    for (const auto& buffer : network->named_buffers())
        if (buffer.key().find("running") != std::string::npos)
            buffer.value().add_(torch::rand_like(buffer.value()) * 0.5);
    network->eval();
    return network;
}

double relativeDifference(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>() / b.abs().max().item<double>();
}

StGcnOptions small()
{
    auto options = stGcnPlusPlus();
    options.stages.baseChannels = 20;
    options.stages.count = 5;
    options.stages.inflate = {3, 4};
    options.stages.down = {3, 5};
    return options;
}

} // namespace

TEST(FastStGcn, GivesTheNumbersOfTheNetworkForClipsOfAnyLength)
{
    for (const int points : {1, 17, 70}) {
        const auto network = trained(points, small());
        const auto fast = FastStGcn::create(*network, small());
        ASSERT_TRUE(fast) << fast.error().message;
        const torch::NoGradGuard guard;
        for (const int64_t frames : {1, 2, 7, 100}) {
            const auto clips = torch::rand({3, 2, frames, points, 3});
            EXPECT_LT(relativeDifference((*fast)->maps(clips), network->maps(clips)), 1e-5)
                << points << " points, " << frames << " frames";
            EXPECT_LT(relativeDifference((*fast)->embed(clips), network->embed(clips)), 1e-5);
        }
        EXPECT_LT(relativeDifference((*fast)->embed(torch::ones({1, 1, 9, points, 3})),
                      network->embed(torch::ones({1, 1, 9, points, 3}))),
            1e-5)
            << "a single person";
    }
}

TEST(FastStGcn, NormalisesOverPersonsAsTheNetworkDoes)
{
    for (const auto norm : {InputNorm::PersonsPointsAndChannels, InputNorm::None}) {
        auto options = small();
        options.norm = norm;
        options.persons = 2;
        const auto network = trained(5, options);
        const auto fast = FastStGcn::create(*network, options);
        ASSERT_TRUE(fast) << fast.error().message;
        const torch::NoGradGuard guard;
        const auto clips = torch::rand({2, 2, 8, 5, 3});
        EXPECT_LT(relativeDifference((*fast)->embed(clips), network->embed(clips)), 1e-5);
    }
}

TEST(FastStGcn, WhatItDoesNotKnowIsRefused)
{
    EXPECT_FALSE(FastStGcn::create(*trained(5, stGcn()), stGcn()));
    EXPECT_FALSE(FastStGcn::create(torch::nn::LinearImpl(2, 2), small())) << "tensors of another network";
    const auto fast = FastStGcn::create(*trained(5, small()), small());
    ASSERT_TRUE(fast);
    EXPECT_THROW((*fast)->embed(torch::zeros({1, 1, 8, 6, 3})), c10::Error);
}

TEST(FastStGcn, ItsResultCanBeLearnedFrom)
{
    const auto network = trained(5, small());
    const auto fast = FastStGcn::create(*network, small());
    ASSERT_TRUE(fast);
    torch::nn::Linear head(network->features(), 2);
    EXPECT_NO_THROW(head((*fast)->embed(torch::rand({2, 1, 8, 5, 3}))).sum().backward());
    EXPECT_NO_THROW(head((*fast)->maps(torch::rand({2, 1, 8, 5, 3})).mean({3, 4})).sum().backward());
}

TEST(SkeletonSpeed, BothFormsAreMeasuredOnTheSameWork)
{
    const auto speed = measureSkeletonSpeed({3, 4, 2, 1}, 2);
    ASSERT_TRUE(speed) << speed.error().message;
    EXPECT_EQ(speed->rounds.size(), 2u);
    EXPECT_LT(speed->worstDifference, 1e-5);
    EXPECT_GT(speed->products, 0);
    EXPECT_FALSE(measureSkeletonSpeed({0, 4, 2, 1}, 2));
    const auto training = SkeletonTraining::create({3, 4, 2, 1});
    ASSERT_TRUE(training);
    const double first = (*training)->run(1);
    EXPECT_LT((*training)->run(10), first);
}
