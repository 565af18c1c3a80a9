// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/networkregistry.h"
#include "nn/vit/visiontransformer.h"
#include "nn/volumes/slowonly.h"
#include "nn/weights.h"
#include "nnfixtures.h"
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/optim/adamw.h>
#include <torch/script.h>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

using torch::Tensor;

/// Those of a fixture's parameters that describe the network; the others describe its input or its last
/// layer.
nlohmann::json only(const nlohmann::json& parameters, const std::vector<std::string>& names)
{
    nlohmann::json chosen = nlohmann::json::object();
    for (const std::string& name : names)
        if (parameters.contains(name))
            chosen[name] = parameters[name];
    return chosen;
}

NetworkSpec specOf(const std::string& kind, const nlohmann::json& parameters)
{
    NetworkSpec spec{kind, {}, {}};
    for (const auto& [name, value] : parameters.items()) {
        if (value.is_number())
            spec.numbers[name] = {value.get<double>()};
        else if (value.is_array())
            spec.numbers[name] = value.get<std::vector<double>>();
    }
    return spec;
}

NetworkInput inputOf(const Tensor& clips)
{
    NetworkInput input;
    input.channels = clips.size(1);
    input.frames = clips.size(2);
    input.height = clips.size(3);
    input.width = clips.size(4);
    return input;
}

Tensor noise(std::vector<int64_t> shape)
{
    torch::manual_seed(5);
    return torch::rand(shape);
}

std::string refusal(const std::function<void()>& work)
{
    try {
        work();
    } catch (const c10::Error& error) {
        return error.what_without_backtrace();
    }
    return "nothing was refused";
}

int64_t parametersOf(torch::nn::Module& module)
{
    int64_t count = 0;
    for (const auto& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

struct Small {
    const char* kind;
    nlohmann::json numbers;
    std::vector<int64_t> clips;
};

class EachVolumeNetwork : public testing::TestWithParam<Small> { };

/// A TorchScript file that is gone with the object.
class ScriptFile {
public:
    explicit ScriptFile(const std::string& body, bool weights = true)
        : m_path(
            std::filesystem::temp_directory_path() / ("telltale_script_" + std::to_string(getpid()) + ".pt"))
    {
        torch::jit::Module module("m");
        if (weights) {
            torch::jit::Module inner("inner");
            inner.register_parameter("scale", torch::full({1}, 2.0), false);
            inner.register_buffer("shift", torch::full({1}, 1.0));
            module.register_module("inner", inner);
        }
        module.define("def forward(self, x: Tensor):" + body);
        module.save(m_path.string());
    }
    ~ScriptFile() { std::filesystem::remove(m_path); }
    NetworkSpec spec() const { return {"script", {}, {{"file", m_path.string()}}}; }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

constexpr const char* kScaled = "\n    return x * self.inner.scale + self.inner.shift\n";

} // namespace

INSTANTIATE_TEST_SUITE_P(Nn, EachVolumeNetwork,
    testing::Values(Small{"slowonly", {{"base_channels", 4}, {"stage_blocks", {1, 1, 1}}}, {6, 5, 6, 16, 16}},
        Small{"r2plus1d", {{"width", 4}, {"stage_blocks", {1, 1}}}, {6, 3, 4, 24, 24}},
        Small{"videomae", {{"embed_dim", 24}, {"depth", 2}, {"num_heads", 2}, {"patch_size", 8}},
            {6, 3, 4, 16, 16}}),
    [](const auto& chosen) { return std::string(chosen.param.kind); });

TEST_P(EachVolumeNetwork, LearnsAFewRandomClipsByHeart)
{
    const auto clips = noise(GetParam().clips);
    const auto made = makeNetwork(specOf(GetParam().kind, GetParam().numbers), inputOf(clips), 1);
    ASSERT_TRUE(made) << made.error().message;
    torch::nn::Linear head((*made)->features(), 3);
    initialize(*head, 2);
    const auto labels = torch::tensor({0, 1, 2, 0, 1, 2}, torch::kLong);
    auto parameters = (*made)->parameters();
    for (const auto& parameter : head->parameters())
        parameters.push_back(parameter);
    torch::optim::AdamW optimizer(parameters, torch::optim::AdamWOptions(5e-3));
    double loss = 0;
    for (int step = 0; step < 60; ++step) {
        optimizer.zero_grad();
        const auto value = torch::nn::functional::cross_entropy(head((*made)->embed(clips)), labels);
        value.backward();
        optimizer.step();
        loss = value.item<double>();
    }
    EXPECT_LT(loss, 0.2) << "the start is about " << std::log(3.0);
}

TEST_P(EachVolumeNetwork, OneSeedGivesOneNetworkAndItsFileRestoresIt)
{
    const auto clips = noise(GetParam().clips);
    const auto spec = specOf(GetParam().kind, GetParam().numbers);
    const auto first = *makeNetwork(spec, inputOf(clips), 7);
    const auto second = *makeNetwork(spec, inputOf(clips), 7);
    const auto stored = saveWeights(*first);
    EXPECT_EQ(formatSafetensors(stored), formatSafetensors(saveWeights(*second)));
    second->drawWeights(8);
    EXPECT_NE(formatSafetensors(stored), formatSafetensors(saveWeights(*second)));
    ASSERT_TRUE(loadWeights(*second, stored, "memory"));
    first->eval();
    second->eval();
    EXPECT_TRUE(first->embed(clips).equal(second->embed(clips)));
    EXPECT_EQ(first->embed(clips).sizes(), (std::vector<int64_t>{clips.size(0), first->features()}));
}

TEST_P(EachVolumeNetwork, ClipsOfOtherChannelsAreRefusedInASentence)
{
    const auto clips = noise(GetParam().clips);
    const auto network = *makeNetwork(specOf(GetParam().kind, GetParam().numbers), inputOf(clips), 7);
    const auto more = torch::cat({clips, clips.narrow(1, 0, 1)}, 1);
    EXPECT_THAT(refusal([&] { network->embed(more); }),
        HasSubstr("reads clips of " + std::to_string(clips.size(1)) + " channels, these have "
            + std::to_string(clips.size(1) + 1)));
    EXPECT_THAT(refusal([&] { network->embed(clips[0]); }), HasSubstr("[clips, channels, frames"));
}

TEST(parity, SlowOnlyHasTheReferencesNamesAndFeatureMap)
{
    TELLTALE_FIXTURE(fixture, "o_slowonly_tiny");
    const auto clips = NnFixture::tensor("o_slowonly_tiny_in.npy");
    NetworkInput input = inputOf(clips);
    input.channels = fixture->parameters()["in_channels"];
    const auto made = makeNetwork(specOf("slowonly",
                                      only(fixture->parameters(),
                                          {"base_channels", "stage_blocks", "conv1_stride", "pool1_stride",
                                              "inflate", "spatial_strides", "temporal_strides"})),
        input, 1);
    ASSERT_TRUE(made) << made.error().message;
    const Status loaded = loadWeights(**made, NnFixture::weights("o_slowonly_tiny"), "o_slowonly_tiny");
    ASSERT_TRUE(loaded) << loaded.error().message;
    (*made)->eval();
    const auto expected = NnFixture::tensor("o_slowonly_tiny_out.npy");
    const auto map = std::dynamic_pointer_cast<SlowOnly>(*made)->featureMap(clips);
    EXPECT_LE(NnFixture::difference(map, expected), fixture->tolerance());
    EXPECT_LE(NnFixture::difference((*made)->embed(clips), expected.mean({2, 3, 4})), fixture->tolerance());
}

TEST(parity, VideoMaeHasTheReferencesNamesFeaturesAndLogits)
{
    TELLTALE_FIXTURE(fixture, "l_videomaev2_tiny");
    const auto& told = fixture->parameters();
    NetworkSpec spec = specOf("videomae",
        only(told,
            {"img_size", "patch_size", "embed_dim", "depth", "num_heads", "all_frames", "tubelet_size"}));
    const std::string ratio = told["mlp_ratio"];
    spec.numbers["mlp_ratio"] = {std::stod(ratio) / std::stod(ratio.substr(ratio.find('/') + 1))};
    const auto clips = NnFixture::tensor("l_videomaev2_tiny_in.npy");
    const auto made = makeNetwork(spec, inputOf(clips), 1);
    ASSERT_TRUE(made) << made.error().message;
    TensorFile weights = NnFixture::weights("l_videomaev2_tiny");
    const auto headOf = [&](const char* name) {
        const NdArray array = weights.tensors.extract(name).mapped();
        return torch::tensor(array.values).view(array.shape);
    };
    const auto head = headOf("head.weight");
    const auto headBias = headOf("head.bias");
    const Status loaded = loadWeights(**made, weights, "l_videomaev2_tiny");
    ASSERT_TRUE(loaded) << loaded.error().message;
    (*made)->eval();
    const auto features = std::dynamic_pointer_cast<VisionTransformer>(*made)->embedNormalized(clips);
    EXPECT_LE(NnFixture::difference(features, NnFixture::tensor("l_videomaev2_tiny_feat.npy")),
        fixture->tolerance());
    EXPECT_LE(NnFixture::difference(torch::addmm(headBias, features, head.t()),
                  NnFixture::tensor("l_videomaev2_tiny_logits.npy")),
        fixture->tolerance());
}

TEST(parity, SinusoidTablesAreTheReferences)
{
    TELLTALE_FIXTURE(fixture, "h_sinusoid");
    const auto& told = fixture->parameters();
    const auto table = [&](size_t i) { return sinusoidTable(told["tables"][i][0], told["tables"][i][1]); };
    EXPECT_LE(
        NnFixture::difference(table(0), NnFixture::tensor("h_sinusoid_24x16.npy")), fixture->tolerance());
    const auto rows = torch::tensor(told["rows_of_vitg"].get<std::vector<int64_t>>());
    EXPECT_LE(
        NnFixture::difference(table(1).index_select(0, rows), NnFixture::tensor("h_sinusoid_vitg_rows.npy")),
        fixture->tolerance());
}

TEST(parity, SinusoidTablesAreThoseOfMmActionToo)
{
    TELLTALE_FIXTURE(fixture, "h_sinusoid_mmaction");
    const auto& told = fixture->parameters();
    const auto table = sinusoidTable(told["n_position"], told["embed_dims"]);
    const auto rows = torch::tensor(told["rows"].get<std::vector<int64_t>>());
    EXPECT_LE(NnFixture::difference(
                  table.index_select(0, rows), NnFixture::tensor("h_sinusoid_vitg_rows_mmaction.npy")),
        fixture->tolerance());
}

TEST(parity, ResizedSinusoidTablesAreTheReferences)
{
    TELLTALE_FIXTURE(fixture, "h_sinusoid_interp");
    const auto& told = fixture->parameters();
    const auto sizes = [&](const char* name) { return told[name].get<Sizes3>(); };
    const Sizes3 from = sizes("from_grid");
    const auto expected = NnFixture::tensor("h_sinusoid_vitg_interp11_rows.npy");
    const auto large
        = resizedTable(sinusoidTable(from[0] * from[1] * from[2], expected.size(1)), from, sizes("to_grid"));
    const auto rows = torch::tensor(told["rows"].get<std::vector<int64_t>>());
    EXPECT_LE(NnFixture::difference(large.index_select(0, rows), expected), fixture->tolerance());
    const auto small = NnFixture::tensor("h_sinusoid_small_2x4x4x8.npy");
    const auto resized = resizedTable(small.view({32, 8}), {2, 4, 4}, {2, 3, 3});
    EXPECT_LE(NnFixture::difference(resized, NnFixture::tensor("h_sinusoid_small_interp3.npy")),
        fixture->tolerance());
}

TEST(VisionTransformer, AddsTheTableOfItsGridToThePatchesAt160And224Pixels)
{
    for (const char* size : {"S", "B", "L", "H", "g"})
        for (const int64_t side : {160, 224}) {
            auto options = *visionTransformerOfSize(size);
            options.depth = 1;
            VisionTransformer network(options);
            const torch::NoGradGuard guard;
            for (auto& parameter : network.parameters())
                parameter.zero_(); // what is left is where a token lies
            const int64_t cells = side / options.patch;
            const auto found = network.embedded(torch::zeros({1, 3, 16, side, side}))[0];
            const auto wanted = resizedTable(
                sinusoidTable(8 * (224 / options.patch) * (224 / options.patch), options.width),
                {8, 224 / options.patch, 224 / options.patch}, {8, cells, cells});
            EXPECT_TRUE(torch::equal(found, wanted)) << size << " at " << side;
        }
}

TEST(SlowOnly, HasAsManyParametersAsThePublishedNetworks)
{
    // Counted in the reference's modules (17, 22 and 68 channels, and the blocks used for Kinetics).
    const auto count = [](int64_t channels, std::vector<int64_t> blocks) {
        SlowOnlyOptions options;
        options.channels = channels;
        options.blocks = std::move(blocks);
        SlowOnly network(options);
        return parametersOf(network);
    };
    EXPECT_EQ(count(17, {4, 6, 3}), 1'994'080);
    EXPECT_EQ(count(22, {4, 6, 3}), 2'001'920);
    EXPECT_EQ(count(68, {4, 6, 3}), 2'074'048);
    EXPECT_EQ(count(17, {3, 4, 6}), 3'003'360);
}

TEST(SlowOnly, EveryBlockBeginsAsNothing)
{
    const auto network = *makeNetwork({"slowonly", {{"base_channels", {4}}}, {}}, NetworkInput{}, 3);
    const auto named = network->named_parameters();
    for (const char* name : {"layer1.0", "layer1.3", "layer2.5", "layer3.2"})
        EXPECT_EQ(named[name + std::string(".conv3.bn.weight")].abs().max().item<float>(), 0) << name;
    const auto deviation = named["layer2.1.conv2.conv.weight"].std().item<double>();
    EXPECT_NEAR(deviation, std::sqrt(2.0 / (9 * 8)), 0.02);
}

TEST(SlowOnly, StagesWithoutTheirStridesAreRefusedByName)
{
    const auto made = makeNetwork({"slowonly", {{"stage_blocks", {1, 1}}}, {}}, NetworkInput{}, 3);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("\"stage_blocks\" names 2 stages"));
}

TEST(FramePool, IsPoolingOfEachFrame)
{
    const auto volume = noise({2, 3, 5, 9, 8}) - 0.5;
    for (const int64_t time : {1, 2})
        for (const int64_t space : {1, 2})
            EXPECT_TRUE(framePool(volume, {time, space, space})
                            .equal(torch::max_pool3d(volume, {1, 3, 3}, {time, space, space}, {0, 1, 1})));
}

TEST(R2Plus1d, HasAsManyParametersAsTorchvisionsWithoutItsClassifier)
{
    const auto network = *makeNetwork({"r2plus1d", {}, {}}, NetworkInput{}, 3);
    EXPECT_EQ(parametersOf(*network), 31'505'325 - (512 * 400 + 400));
    const auto named = network->named_parameters();
    EXPECT_EQ(named["layer1.0.conv1.0.0.weight"].sizes(), (std::vector<int64_t>{144, 64, 1, 3, 3}));
    EXPECT_EQ(named["layer2.0.conv1.0.3.weight"].sizes(), (std::vector<int64_t>{128, 230, 3, 1, 1}));
    for (const char* name : {"stem.0.weight", "stem.3.weight", "stem.4.bias", "layer1.0.conv1.1.weight",
             "layer4.1.conv2.0.1.weight", "layer3.0.downsample.0.weight", "layer3.0.downsample.1.bias"})
        EXPECT_TRUE(named.contains(name)) << name;
}

TEST(VideoMae, TheGiantsBlockHasAsManyParametersAsPublished)
{
    const auto giant = visionTransformerOfSize("g");
    ASSERT_TRUE(giant);
    TransformerBlock block(*giant, 0.0);
    EXPECT_EQ(parametersOf(*block), 25'248'768);
    const auto unknown = visionTransformerOfSize("XL");
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("S, B, L, H, g"));
}

TEST(VideoMae, WhatFillsNoTokenIsNotSeenAndLessThanATokenIsRefused)
{
    const NetworkSpec spec = specOf("videomae",
        {{"embed_dim", 16}, {"depth", 1}, {"num_heads", 2}, {"patch_size", 8},
            {"mean", nlohmann::json::array()}, {"deviation", nlohmann::json::array()}});
    const auto clips = noise({2, 3, 5, 20, 23});
    const auto network = *makeNetwork(spec, inputOf(clips), 3);
    network->eval();
    const auto seen = clips.slice(2, 0, 4).slice(3, 0, 16).slice(4, 0, 16);
    EXPECT_TRUE(network->embed(clips).allclose(network->embed(seen), 1e-5, 1e-6));
    EXPECT_THAT(refusal([&] { network->embed(clips.slice(2, 0, 1)); }), HasSubstr("at least 2 x 8 x 8"));
    EXPECT_THAT(refusal([&] { network->embed(clips.slice(3, 0, 7)); }), HasSubstr("at least 2 x 8 x 8"));
    const auto made = makeNetwork(specOf("videomae", {{"embed_dim", 16}, {"num_heads", 3}}), {}, 3);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("16 cannot be shared by 3 heads"));
}

TEST(ScriptBackbone, MapsAreAveragedAndFeaturesTakenAsTheyAre)
{
    const auto clips = noise({2, 3, 4, 6, 6});
    const ScriptFile map(kScaled);
    const auto network = *makeNetwork(map.spec(), inputOf(clips), 1);
    EXPECT_EQ(network->features(), 3);
    EXPECT_TRUE(network->embed(clips).allclose(clips.mean({2, 3, 4}) * 2 + 1));
    const ScriptFile flat("\n    return x.flatten(1)[:, :7]\n");
    EXPECT_EQ((*makeNetwork(flat.spec(), inputOf(clips), 1))->features(), 7);
}

TEST(ScriptBackbone, AnEntryOfADictionaryOrTupleCanBeChosen)
{
    const auto clips = noise({2, 3, 4, 6, 6});
    const ScriptFile dictionary("\n    return {\"a\": x[:, :1].flatten(1), \"b\": x.mean([2, 3, 4])}\n");
    NetworkSpec spec = dictionary.spec();
    spec.texts["output"] = "b";
    EXPECT_TRUE((*makeNetwork(spec, inputOf(clips), 1))->embed(clips).allclose(clips.mean({2, 3, 4})));
    spec.texts["output"] = "c";
    const auto missing = makeNetwork(spec, inputOf(clips), 1);
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("no tensor \"c\""));
    const ScriptFile tuple("\n    return x.flatten(1), x.mean([2, 3, 4])\n");
    spec.texts["output"] = "1";
    EXPECT_EQ((*makeNetwork(spec, inputOf(clips), 1))->features(), 3);
}

TEST(ScriptBackbone, ItsWeightsAreLearnedUnlessTheyAreFrozen)
{
    const auto clips = noise({2, 3, 4, 6, 6});
    const ScriptFile file(kScaled);
    const auto network = *makeNetwork(file.spec(), inputOf(clips), 1);
    ASSERT_TRUE(network->named_parameters().contains("inner.scale"));
    network->embed(clips).sum().backward();
    EXPECT_GT(network->named_parameters()["inner.scale"].grad().abs().item<float>(), 0);
    {
        const torch::NoGradGuard guard;
        network->named_parameters()["inner.scale"].fill_(5);
    }
    EXPECT_TRUE(network->embed(clips).allclose(clips.mean({2, 3, 4}) * 5 + 1)) << "the same numbers";
    TensorFile stored = saveWeights(*network);
    EXPECT_EQ(stored.tensors.at("inner.shift").values, std::vector<float>{1});
    NetworkSpec frozen = file.spec();
    frozen.numbers["frozen"] = {1};
    const auto still = *makeNetwork(frozen, inputOf(clips), 1);
    still->train();
    EXPECT_FALSE(still->embed(clips).requires_grad());
}

TEST(ScriptBackbone, AFileThatCannotServeSaysWhyByName)
{
    const auto clips = noise({2, 3, 4, 6, 6});
    const auto message = [&](const NetworkSpec& spec) {
        const auto made = makeNetwork(spec, inputOf(clips), 1);
        return made ? "nothing was refused" : made.error().message;
    };
    EXPECT_THAT(message({"script", {}, {}}), HasSubstr("needs \"file\""));
    EXPECT_THAT(
        message({"script", {}, {{"file", "/nowhere/net.pt"}}}), HasSubstr("/nowhere/net.pt: there is no"));
    const ScriptFile failing("\n    return x.view(5, 5)\n");
    EXPECT_THAT(message(failing.spec()),
        testing::AllOf(HasSubstr(failing.path().string()), HasSubstr("fails on clips of 3 x 4 x 6 x 6"),
            HasSubstr("shape '[5, 5]' is invalid")));
    const ScriptFile number("\n    return 3\n");
    EXPECT_THAT(message(number.spec()), HasSubstr("no tensor"));
    std::ofstream(number.path()) << "weights";
    EXPECT_THAT(message(number.spec()), HasSubstr("cannot load it as TorchScript"));
}
