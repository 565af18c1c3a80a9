// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/detector/actionformer.h"
#include "nn/detector/releaseddetector.h"
#include "nn/weights.h"
#include "nnfixtures.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <torch/torch.h>

using namespace telltale;
using testing::HasSubstr;
using torch::Tensor;

namespace {

ActionFormerOptions optionsOf(const nlohmann::json& told)
{
    ActionFormerOptions options;
    options.inputs = told["in_channels"];
    options.width = told["out_channels"];
    options.convolutions = told["arch"][0];
    options.stem = told["arch"][1];
    options.branches = told["arch"][2];
    options.heads = told["n_head"];
    options.window = told["n_mha_win_size"];
    options.classes = told["num_classes"];
    options.headConvolutions = told["num_convs"];
    options.dropPath = told["path_pdrop"];
    return options;
}

/// Segments and probabilities of a video's positions, all levels after each other (OpenTAD, forward_test).
std::pair<Tensor, Tensor> decoded(const std::vector<DetectorLevel>& levels, int64_t video)
{
    std::vector<Tensor> segments;
    std::vector<Tensor> scores;
    for (size_t i = 0; i < levels.size(); ++i) {
        const auto inside = levels[i].mask[video].nonzero().squeeze(1);
        const auto stride = static_cast<double>(ActionFormerOptions::stride(static_cast<int64_t>(i)));
        const auto centres = inside.to(torch::kFloat) * stride;
        const auto offsets = levels[i].offsets[video].index_select(0, inside) * stride;
        segments.push_back(torch::stack({centres - offsets.select(1, 0), centres + offsets.select(1, 1)}, 1));
        scores.push_back(torch::sigmoid(levels[i].logits[video].index_select(0, inside)));
    }
    return {torch::cat(segments), torch::cat(scores)};
}

void expectParity(const std::string& id, const NnFixture& fixture)
{
    const auto file = [&](const std::string& what) { return NnFixture::tensor(id + "_" + what + ".npy"); };
    ActionFormer detector(optionsOf(fixture.parameters()));
    const Status loaded = loadWeights(detector, NnFixture::weights(id), id);
    ASSERT_TRUE(loaded) << loaded.error().message;
    detector.eval();
    const torch::NoGradGuard guard;
    const auto features = file("in");
    const auto mask = file("mask") != 0;
    const auto pyramid = detector.pyramid(features, mask);
    const auto levels = detector.forward(features, mask);
    ASSERT_EQ(levels.size(), fixture.parameters()["strides"].size());
    for (size_t i = 0; i < levels.size(); ++i) {
        SCOPED_TRACE(i);
        const std::string level = std::to_string(i);
        EXPECT_EQ(ActionFormerOptions::stride(static_cast<int64_t>(i)), fixture.parameters()["strides"][i]);
        EXPECT_LE(NnFixture::difference(pyramid[i], file("feat" + level)), fixture.tolerance());
        EXPECT_LE(NnFixture::difference(levels[i].logits.transpose(1, 2), file("cls" + level)),
            fixture.tolerance());
        EXPECT_LE(NnFixture::difference(levels[i].offsets.transpose(1, 2), file("reg" + level)),
            fixture.tolerance());
    }
    for (int64_t video = 0; video < features.size(0); ++video) {
        SCOPED_TRACE(video);
        const auto [segments, scores] = decoded(levels, video);
        EXPECT_LE(NnFixture::difference(segments, file("prop" + std::to_string(video))), fixture.tolerance());
        EXPECT_LE(NnFixture::difference(scores, file("score" + std::to_string(video))), fixture.tolerance());
    }
}

} // namespace

TEST(parity, ActionFormerWithLocalAttentionComputesWhatOpenTadsDoes)
{
    TELLTALE_FIXTURE(fixture, "m_actionformer_tiny_w5");
    expectParity("m_actionformer_tiny_w5", *fixture);
}

TEST(parity, ActionFormerWithGlobalAttentionComputesWhatOpenTadsDoes)
{
    TELLTALE_FIXTURE(fixture, "m_actionformer_tiny_wglobal");
    expectParity("m_actionformer_tiny_wglobal", *fixture);
}

namespace {

ActionFormerOptions tiny(int64_t window = -1)
{
    ActionFormerOptions options;
    options.inputs = 6;
    options.classes = 3;
    options.width = 8;
    options.heads = 2;
    options.branches = 3;
    options.window = window;
    options.layerScale = 0.5; // so that blocks say something
    return options;
}

Tensor drawn(std::vector<int64_t> shape)
{
    torch::manual_seed(6);
    return torch::randn(shape);
}

Tensor maskOf(int64_t length, std::vector<int64_t> valid)
{
    return torch::arange(length).unsqueeze(0) < torch::tensor(valid).unsqueeze(1);
}

} // namespace

TEST(ActionFormer, HasAsManyParametersAsAdaTads)
{
    // Counted in the reference's modules.
    ActionFormerOptions options;
    options.inputs = 1408;
    options.classes = 16;
    const ActionFormer detector(options);
    int64_t count = 0;
    for (const auto& parameter : detector.parameters())
        count += parameter.numel();
    EXPECT_EQ(count, 28'262'424);
}

TEST(ActionFormer, TakesWindowsOfAnyLength)
{
    const torch::NoGradGuard guard;
    for (const int64_t window : {-1, 5}) {
        ActionFormer detector(tiny(window));
        detector.eval();
        for (const int64_t length : {1, 2, 3, 7, 33, 100}) {
            const auto levels = detector.forward(drawn({2, 6, length}), maskOf(length, {length, 1}));
            ASSERT_EQ(levels.size(), 4u);
            int64_t expected = length;
            for (const DetectorLevel& level : levels) {
                EXPECT_EQ(level.logits.sizes(), (std::vector<int64_t>{2, expected, 3}));
                EXPECT_EQ(level.offsets.sizes(), (std::vector<int64_t>{2, expected, 2}));
                EXPECT_EQ(level.mask.sizes(), (std::vector<int64_t>{2, expected}));
                EXPECT_EQ(level.mask[1].sum().item<int64_t>(), 1);
                EXPECT_TRUE(level.logits.isfinite().all().item<bool>());
                EXPECT_GE(level.offsets.min().item<float>(), 0);
                expected = (expected + 1) / 2;
            }
        }
    }
}

TEST(ActionFormer, WhatLiesOutsideTheMaskHasNoInfluenceEvenIfItIsNoNumber)
{
    for (const int64_t window : {-1, 5}) {
        ActionFormer detector(tiny(window));
        detector.eval();
        const auto features = drawn({2, 6, 40});
        auto other = features.clone();
        other[1].narrow(1, 25, 15).fill_(std::numeric_limits<float>::quiet_NaN());
        const auto mask = maskOf(40, {40, 25});
        const auto levels = detector.forward(features, mask);
        const auto again = detector.forward(other, mask);
        for (size_t i = 0; i < levels.size(); ++i) {
            EXPECT_TRUE(torch::equal(levels[i].logits, again[i].logits));
            EXPECT_TRUE(torch::equal(levels[i].offsets, again[i].offsets));
        }
    }
}

TEST(ActionFormer, AVideoOfNothingGivesNumbersAndGradients)
{
    for (const int64_t window : {-1, 5}) {
        ActionFormer detector(tiny(window));
        auto features = drawn({2, 6, 20}).requires_grad_();
        Tensor sum = torch::zeros({});
        for (const DetectorLevel& level : detector.forward(features, maskOf(20, {20, 0})))
            sum = sum + level.logits.sum() + level.offsets.sum();
        sum.backward();
        EXPECT_TRUE(sum.isfinite().item<bool>());
        EXPECT_EQ(features.grad()[1].abs().max().item<float>(), 0);
        for (const auto& item : detector.named_parameters())
            EXPECT_TRUE(item.value().grad().defined() && item.value().grad().isfinite().all().item<bool>())
                << item.key();
    }
}

TEST(ActionFormer, AWindowAsWideAsTheVideoIsGlobalAttention)
{
    ActionFormer global(tiny());
    ActionFormer local(tiny(2 * 40 + 1));
    ActionFormer narrow(tiny(3));
    const auto features = drawn({2, 6, 40});
    const auto mask = maskOf(40, {40, 30});
    const torch::NoGradGuard guard;
    for (ActionFormer* detector : {&global, &local, &narrow})
        detector->eval();
    const auto wanted = global.forward(features, mask);
    const auto found = local.forward(features, mask);
    for (size_t i = 0; i < wanted.size(); ++i) {
        const auto inside = wanted[i].mask.unsqueeze(2);
        EXPECT_LE(NnFixture::difference(found[i].logits * inside, wanted[i].logits * inside), 1e-5);
    }
    EXPECT_GT(NnFixture::difference(narrow.forward(features, mask)[0].logits, wanted[0].logits), 1e-3);
}

TEST(ActionFormer, DrawsEqualWeightsFromEqualSeedsAndBeginsWithThePrior)
{
    const ActionFormer one(tiny(), 3);
    const ActionFormer same(tiny(), 3);
    const ActionFormer other(tiny(), 4);
    EXPECT_EQ(formatSafetensors(saveWeights(one)), formatSafetensors(saveWeights(same)));
    EXPECT_NE(formatSafetensors(saveWeights(one)), formatSafetensors(saveWeights(other)));
    const auto bias = one.named_parameters()["rpn_head.cls_head.bias"];
    EXPECT_NEAR(torch::sigmoid(bias[0]).item<double>(), tiny().prior, 1e-7);
}

TEST(ActionFormer, NoEndOfANewDetectorsSpansIsShut)
{
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        ActionFormerOptions options;
        options.inputs = 6;
        options.classes = 3;
        options.width = 32;
        options.heads = 2;
        ActionFormer detector(options, seed);
        detector.eval();
        const torch::NoGradGuard guard;
        torch::manual_seed(static_cast<int64_t>(seed));
        const auto levels = detector.forward(torch::randn({1, 6, 64}), torch::ones({1, 64}, torch::kBool));
        for (const auto& level : levels)
            for (int64_t end = 0; end < 2; ++end)
                EXPECT_GT(level.offsets.select(2, end).gt(0).to(torch::kFloat).mean().item<float>(), 0.7)
                    << "seed " << seed << ", end " << end;
    }
}

TEST(ActionFormer, KernelsDecayAndBiasesNormsAndScalesDoNot)
{
    const ActionFormer detector(tiny());
    for (const auto& item : detector.named_parameters()) {
        const std::string& name = item.key();
        const bool spared = name.ends_with("bias") || name.ends_with("scale")
            || name.find("norm") != std::string::npos || name.find(".ln") != std::string::npos;
        EXPECT_EQ(isDecayed(name, item.value()), !spared) << name;
    }
}

TEST(ActionFormer, LeavesBranchesOutForSomeVideosWhileItTrainsOnly)
{
    ActionFormerOptions options = tiny();
    options.dropPath = 0.5;
    ActionFormer detector(options);
    const auto features = drawn({1, 6, 16}).expand({64, 6, 16});
    const auto mask = maskOf(16, std::vector<int64_t>(64, 16));
    const auto kinds = [&] {
        const auto first
            = std::get<0>(torch::unique_dim(detector.pyramid(features, mask)[0].detach().flatten(1), 0));
        return first.size(0);
    };
    EXPECT_GT(kinds(), 1);
    detector.eval();
    EXPECT_EQ(kinds(), 1);
}

TEST(ActionFormer, RefusesWhatDoesNotFitWithASentence)
{
    ActionFormer detector(tiny());
    const auto message = [&](const Tensor& features, const Tensor& mask) -> std::string {
        try {
            detector.forward(features, mask);
            return "";
        } catch (const c10::Error& error) {
            return error.what_without_backtrace();
        }
    };
    EXPECT_THAT(message(drawn({1, 5, 8}), maskOf(8, {8})), HasSubstr("features [N, 6, T]"));
    EXPECT_THAT(message(drawn({1, 6, 8}), maskOf(7, {7})), HasSubstr("mask"));
    ActionFormerOptions options = tiny();
    options.heads = 3;
    EXPECT_THROW(ActionFormer{options}, c10::Error);
}

namespace {

/// The weights of a detector under the names, and in the shapes, that ActionFormer's own program writes.
TensorFile asActionFormerWrites(const TensorFile& ours)
{
    const std::vector<std::pair<const char*, const char*>> names
        = {{R"(projection\.embed\.(\d+)\.norm\.)", "backbone.embd_norm.$1."},
            {R"(projection\.embed\.)", "backbone.embd."}, {R"(projection\.)", "backbone."},
            {R"(rpn_head\.(cls|reg)_convs\.(\d+)\.norm\.)", "$1_head.norm.$2."},
            {R"(rpn_head\.(cls|reg)_convs\.)", "$1_head.head."},
            {R"(rpn_head\.cls_head\.)", "cls_head.cls_head.conv."},
            {R"(rpn_head\.reg_head\.)", "reg_head.offset_head.conv."},
            {R"(rpn_head\.scale\.)", "reg_head.scale."}};
    TensorFile theirs;
    for (const auto& [name, tensor] : ours.tensors) {
        std::string key = name;
        for (const auto& [from, to] : names)
            key = std::regex_replace(key, std::regex(std::string("^") + from), to);
        NdArray array = tensor;
        if (name.find("norm") != std::string::npos || name.find(".ln") != std::string::npos)
            array.shape = {1, tensor.shape[0], 1};
        theirs.tensors["module." + key] = std::move(array);
    }
    theirs.tensors["module.point_generator.buffer_points.0"] = NdArray({4, 4});
    return theirs;
}

} // namespace

TEST(ActionFormer, DetectorsOfOtherProgramsAreRead)
{
    const ActionFormer written(tiny(), 3);
    const TensorFile ours = saveWeights(written);
    TensorFile openTad;
    for (const auto& [name, tensor] : ours.tensors)
        openTad.tensors["module." + name] = tensor;
    openTad.tensors["module.backbone.model.backbone.blocks.0.norm1.weight"] = NdArray({4});
    const std::map<std::string, TensorFile> files
        = {{"OpenTAD", openTad}, {"ActionFormer", asActionFormerWrites(ours)}};
    for (const auto& [program, file] : files) {
        ActionFormer detector(tiny(), 4);
        const auto released = loadReleasedDetector(detector, file, "w.pth");
        ASSERT_TRUE(released) << released.error().message;
        EXPECT_EQ(released->program, program);
        EXPECT_TRUE(released->notes.empty());
        EXPECT_EQ(formatSafetensors(saveWeights(detector)), formatSafetensors(ours)) << program;
    }
}

TEST(ActionFormer, AReleasedClassifierOfOtherClassesIsLeftOutAndAnotherSizeRefused)
{
    const TensorFile file = asActionFormerWrites(saveWeights(ActionFormer(tiny(), 3)));
    ActionFormerOptions options = tiny();
    options.classes = 5;
    ActionFormer more(options, 4);
    const auto released = loadReleasedDetector(more, file, "w.pth");
    ASSERT_TRUE(released) << released.error().message;
    ASSERT_EQ(released->notes.size(), 1u);
    EXPECT_THAT(released->notes.front(), HasSubstr("w.pth: its last layer of shape [3, 8, 3]"));
    options.width = 16;
    ActionFormer wider(options, 4);
    const auto before = formatSafetensors(saveWeights(wider));
    EXPECT_THAT(loadReleasedDetector(wider, file, "w.pth").error().message, HasSubstr("w.pth: tensor"));
    EXPECT_EQ(formatSafetensors(saveWeights(wider)), before);
}
