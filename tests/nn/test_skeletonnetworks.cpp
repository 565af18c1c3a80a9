// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "nn/networkregistry.h"
#include "nn/skeleton/placement.h"
#include "nn/skeleton/skeletonnetworks.h"
#include "nn/weights.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <torch/torch.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

using torch::Tensor;

constexpr int kPoints = 13;

/// Two arms on a trunk.
SkeletonGraph someGraph()
{
    SkeletonGraph graph{kPoints, {}, 0};
    for (int i = 1; i < kPoints; ++i)
        graph.inward.emplace_back(i, i < 3 ? 0 : i - 2);
    return graph;
}

NetworkSpec small(const std::string& kind)
{
    NetworkSpec spec;
    spec.kind = kind;
    if (kind == "decoupled")
        spec.numbers = {{"widths", {16, 32}}, {"strides", {1, 2}}, {"places", {0, 5}}, {"groups", {4}},
            {"motion", {1}}, {"bones", {1}}};
    else
        spec.numbers = {{"base_channels", {12}}, {"stages", {3}}, {"inflate", {2}}, {"down", {3}}};
    if (kind == "ctrgcn")
        spec.numbers["persons"] = {2};
    return spec;
}

std::shared_ptr<ClipNetwork> made(const NetworkSpec& spec, uint64_t seed = 1)
{
    NetworkInput input;
    input.graph = someGraph();
    auto network = makeNetwork(spec, input, seed);
    EXPECT_TRUE(network) << network.error().message;
    return *network;
}

/// [clips, 2 persons, frames, points, 3]; the second person of the first clip is not there.
Tensor someClips(int64_t clips, int64_t frames, uint64_t seed)
{
    auto tensor = torch::empty({clips, 2, frames, kPoints, 3});
    Random random(seed);
    for (int64_t i = 0; i < tensor.numel(); ++i)
        tensor.data_ptr<float>()[i] = static_cast<float>(random.uniform(0.1, 1));
    tensor[0][1].zero_();
    return tensor;
}

class EachSkeletonNetwork : public testing::TestWithParam<const char*> { };

} // namespace

INSTANTIATE_TEST_SUITE_P(Nn, EachSkeletonNetwork, testing::Values("stgcnpp", "stgcn", "ctrgcn", "decoupled"),
    [](const auto& chosen) { return std::string(chosen.param); });

TEST_P(EachSkeletonNetwork, LearnsAFewRandomClipsByHeart)
{
    const auto network = made(small(GetParam()));
    torch::nn::Linear head(network->features(), 3);
    initialize(*head, 2);
    const auto clips = someClips(6, 10, 3);
    const auto labels = torch::tensor({0, 1, 2, 0, 1, 2}, torch::kLong);
    auto parameters = network->parameters();
    for (const auto& parameter : head->parameters())
        parameters.push_back(parameter);
    torch::optim::AdamW optimizer(parameters, torch::optim::AdamWOptions(5e-3));
    double loss = 0;
    for (int step = 0; step < 60; ++step) {
        optimizer.zero_grad();
        const auto value = torch::nn::functional::cross_entropy(head(network->embed(clips)), labels);
        value.backward();
        optimizer.step();
        loss = value.item<double>();
    }
    EXPECT_LT(loss, 0.3) << "the start is about " << std::log(3.0);
}

TEST_P(EachSkeletonNetwork, OneSeedGivesOneNetworkAlsoAfterTraining)
{
    const auto first = made(small(GetParam()), 7);
    const auto stored = formatSafetensors(saveWeights(*first));
    EXPECT_EQ(stored, formatSafetensors(saveWeights(*made(small(GetParam()), 7))));
    EXPECT_NE(stored, formatSafetensors(saveWeights(*made(small(GetParam()), 8))));
    first->embed(someClips(4, 6, 1)).square().sum().backward();
    torch::optim::SGD(first->parameters(), 0.1).step();
    EXPECT_NE(stored, formatSafetensors(saveWeights(*first)));
    first->drawWeights(7);
    EXPECT_EQ(stored, formatSafetensors(saveWeights(*first)));
}

TEST_P(EachSkeletonNetwork, ClipsOfABatchDoNotTouchEachOther)
{
    const auto network = made(small(GetParam()));
    network->eval();
    const torch::NoGradGuard guard;
    const auto clips = someClips(5, 9, 5);
    const auto together = network->embed(clips);
    EXPECT_EQ(together.sizes().vec(), (std::vector<int64_t>{5, network->features()}));
    EXPECT_TRUE(torch::allclose(together[2], network->embed(clips.narrow(0, 2, 1))[0], 1e-4, 1e-5));
}

TEST_P(EachSkeletonNetwork, NobodyOneFrameAndBrokenNumbersGiveNumbers)
{
    const auto network = made(small(GetParam()));
    network->eval();
    const torch::NoGradGuard guard;
    auto broken = someClips(1, 7, 6);
    broken[0][0][3][2][0] = NAN;
    broken[0][0][4][2][1] = INFINITY;
    for (const auto& clips : {someClips(3, 1, 6), torch::zeros({2, 2, 5, kPoints, 3}), broken})
        EXPECT_TRUE(network->embed(clips).isfinite().all().item<bool>()) << clips.sizes();
}

TEST_P(EachSkeletonNetwork, AClipOfAnotherShapeIsRefusedWithASentence)
{
    const auto network = made(small(GetParam()));
    for (const auto& clips : {torch::zeros({1, 2, 5, kPoints + 1, 3}), torch::zeros({1, 2, 5, kPoints, 2}),
             torch::zeros({1, 5, kPoints, 3})}) {
        try {
            network->embed(clips);
            FAIL() << clips.sizes();
        } catch (const c10::Error& error) {
            EXPECT_THAT(error.what_without_backtrace(), HasSubstr("13 points, 3 channels"));
        }
    }
}

TEST(SkeletonNetworks, NumbersThatDoNotFitAreNamed)
{
    const std::pair<NetworkSpec, const char*> cases[] = {
        {{"stgcnpp", {{"base_channels", {3}}}, {}}, "base channels"},
        {{"ctrgcn", {{"base_channels", {13}}}, {}}, "13 channels"},
        {{"ctrgcn", {{"kernel", {4}}}, {}}, "odd"},
        {{"stgcn", {{"stages", {0}}}, {}}, "stages"},
        {{"decoupled", {{"widths", {16, 20}}}, {}}, "groups"},
        {{"decoupled", {{"widths", {16}}, {"places", {99}}}, {}}, "places"},
        {{"decoupled", {{"widths", {16}}, {"strides", {1, 1}}}, {}}, "strides"},
        {{"decoupled", {{"dilations", {}}}, {}}, "dilations"},
    };
    NetworkInput input;
    input.graph = someGraph();
    for (const auto& [spec, expected] : cases) {
        const auto network = makeNetwork(spec, input, 1);
        ASSERT_FALSE(network) << expected;
        EXPECT_EQ(network.error().code, ErrorCode::InvalidArgument);
        EXPECT_THAT(network.error().message, HasSubstr(expected));
    }
    input.graph.inward.emplace_back(99, 0);
    EXPECT_FALSE(makeNetwork(small("decoupled"), input, 1)) << "a link to a point that is not there";
}

TEST(SkeletonNetworks, CtrGcnTakesFewerPersonsThanItWasBuiltFor)
{
    const auto network = made(small("ctrgcn"));
    network->eval();
    const torch::NoGradGuard guard;
    const auto clips = someClips(1, 6, 4);
    EXPECT_TRUE(torch::allclose(network->embed(clips), network->embed(clips.narrow(1, 0, 1))));
    EXPECT_THROW(network->embed(torch::zeros({1, 3, 6, kPoints, 3})), c10::Error);
}

TEST(Decoupled, PersonsWhoAreNotThereDoNotCount)
{
    const auto network = made(small("decoupled"));
    network->eval();
    const torch::NoGradGuard guard;
    const auto clips = someClips(1, 6, 4);
    EXPECT_TRUE(torch::allclose(network->embed(clips), network->embed(clips.narrow(1, 0, 1)), 1e-4, 1e-6));
}

TEST(Decoupled, MissingPointsDoNotCountWhateverTheirCoordinates)
{
    const auto network = made(small("decoupled"));
    network->eval();
    const torch::NoGradGuard guard;
    auto clips = someClips(2, 6, 4);
    clips.narrow(3, 4, 3).select(4, 2).zero_();
    auto other = clips.clone();
    other.narrow(3, 4, 3).narrow(4, 0, 2).add_(9);
    EXPECT_TRUE(torch::allclose(network->embed(clips), network->embed(other)));
}

TEST(NetworkRegistry, AConstantThatANetworkDoesNotHaveIsRefusedByName)
{
    for (const char* kind : {"decoupled", "stgcnpp"}) {
        NetworkSpec spec = small(kind);
        spec.numbers["chanels"] = {64};
        const auto network = makeNetwork(spec, {someGraph(), 3, 8, 16, 16}, 1);
        ASSERT_FALSE(network.ok()) << kind;
        EXPECT_NE(network.error().message.find("\"chanels\""), std::string::npos) << network.error().message;
    }
}

TEST(Gathering, SpreadsPlacesOverTheGraphAndGivesEachPointToOne)
{
    for (const int places : {1, 2, 5, kPoints}) {
        const auto gathering = gathered(someGraph(), places);
        const std::set<int> used(gathering.placeOf.begin(), gathering.placeOf.end());
        EXPECT_EQ(used.size(), static_cast<size_t>(places));
        EXPECT_EQ(*used.rbegin(), places - 1);
        EXPECT_GE(gathering.graph.inward.size() + 1, static_cast<size_t>(places)) << "still connected";
    }
    const SkeletonGraph islands{4, {{1, 0}, {3, 2}}, 0};
    const auto apart = gathered(islands, 2);
    EXPECT_EQ(apart.placeOf, (std::vector<int>{0, 0, 1, 1}));
    EXPECT_TRUE(apart.graph.inward.empty());
}
