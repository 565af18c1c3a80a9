// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeleton/skeletonnetworks.h"
#include "nn/vit/visiontransformer.h"
#include "nn/volumes/slowonly.h"
#include "nn/weightfiles/weightfile.h"
#include "nn/weights.h"
#include "nnfixtures.h"
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/nn.h>

using namespace telltale;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::filesystem::path checkpoint(const std::string& name)
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    return std::filesystem::path(folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/testdata")
        / "checkpoints" / name;
}

TensorFile contentOf(const std::string& name)
{
    auto content = readWeightFile(checkpoint(name));
    EXPECT_TRUE(content) << content.error().message;
    return content ? *std::move(content) : TensorFile();
}

std::shared_ptr<VisionTransformer> tinyTransformer(const nlohmann::json& told)
{
    VisionTransformerOptions options;
    options.width = told["embed_dim"];
    options.depth = told["depth"];
    options.heads = told["num_heads"];
    const std::string ratio = told["mlp_ratio"];
    options.mlpRatio = std::stod(ratio) / std::stod(ratio.substr(ratio.find('/') + 1));
    options.patch = told["patch_size"];
    options.tubelet = told["tubelet_size"];
    const int64_t side = told["img_size"];
    options.clip = {told["all_frames"].get<int64_t>(), side, side};
    return std::make_shared<VisionTransformer>(options);
}

std::shared_ptr<SlowOnly> tinySlowOnly(const nlohmann::json& told)
{
    SlowOnlyOptions options;
    options.channels = told["in_channels"];
    options.base = told["base_channels"];
    options.blocks = told["stage_blocks"].get<std::vector<int64_t>>();
    options.inflate = told["inflate"].get<std::vector<int64_t>>();
    options.spaceStrides = told["spatial_strides"].get<std::vector<int64_t>>();
    options.timeStrides = told["temporal_strides"].get<std::vector<int64_t>>();
    return std::make_shared<SlowOnly>(options);
}

/// What it learned is in the file; the graph it begins with is of no matter.
std::shared_ptr<SkeletonNetwork> tinyStGcn(const nlohmann::json& told, int64_t points)
{
    SkeletonGraph graph;
    graph.points = static_cast<int>(points);
    for (int i = 1; i < graph.points; ++i)
        graph.inward.emplace_back(i, i - 1);
    StGcnOptions options = stGcnPlusPlus();
    options.stages.baseChannels = told["base_channels"];
    options.stages.count = told["num_stages"];
    options.stages.inflate = told["inflate_stages"].get<std::vector<int64_t>>();
    options.stages.down = told["down_stages"].get<std::vector<int64_t>>();
    const auto made = makeStGcn(graph, options);
    EXPECT_TRUE(made) << made.error().message;
    return *made;
}

/// The network with the file's weights gives the fixture's output.
void expectOutput(torch::nn::Module& network, const std::string& file,
    const std::function<torch::Tensor()>& run, const std::string& expected, double tolerance)
{
    SCOPED_TRACE(file);
    const auto released = loadReleased(network, nullptr, contentOf(file), file);
    ASSERT_TRUE(released) << released.error().message;
    network.eval();
    EXPECT_LE(NnFixture::difference(run(), NnFixture::tensor(expected)), tolerance);
}

} // namespace

TEST(parity, NetworksWithWeightsOfOtherProgramsReproduceTheirOutputs)
{
    if (!std::filesystem::exists(checkpoint("README.md")))
        GTEST_SKIP() << checkpoint("") << " is not there";
    TELLTALE_FIXTURE(transformer, "l_videomaev2_tiny");
    TELLTALE_FIXTURE(volumes, "o_slowonly_tiny");
    TELLTALE_FIXTURE(graphs, "n_stgcnpp_tiny");
    const torch::NoGradGuard guard;
    const auto pictures = NnFixture::tensor("l_videomaev2_tiny_in.npy");
    const std::vector<std::pair<const char*, double>> files = {{"videomaev2_tiny_module.pth", 1},
        {"videomaev2_tiny_training_state.pth", 1}, {"videomaev2_tiny_legacy.pth", 1},
        {"videomaev2_tiny.safetensors", 1}, {"videomaev2_tiny_fp16.pth", 100}};
    for (const auto& [file, times] : files) {
        const auto network = tinyTransformer(transformer->parameters());
        expectOutput(
            *network, file, [&] { return network->embedNormalized(pictures); }, "l_videomaev2_tiny_feat.npy",
            times * transformer->tolerance());
    }
    const auto slowOnly = tinySlowOnly(volumes->parameters());
    const auto heatmaps = NnFixture::tensor("o_slowonly_tiny_in.npy");
    expectOutput(
        *slowOnly, "posec3d_slowonly_tiny_pyskl.pth", [&] { return slowOnly->featureMap(heatmaps); },
        "o_slowonly_tiny_out.npy", volumes->tolerance());
    const auto skeletons = NnFixture::tensor("n_gcn_in.npy");
    const auto stGcn = tinyStGcn(graphs->parameters(), skeletons.size(3));
    expectOutput(
        *stGcn, "stgcnpp_tiny_pyskl.pth", [&] { return stGcn->maps(skeletons); }, "n_stgcnpp_tiny_out.npy",
        graphs->tolerance());
}

TEST(ReleasedWeights, AClassifierIsTakenWhereItFitsAndLeftOutWithANoteWhereNot)
{
    if (!std::filesystem::exists(checkpoint("README.md")))
        GTEST_SKIP() << checkpoint("") << " is not there";
    TELLTALE_FIXTURE(fixture, "l_videomaev2_tiny");
    const auto content = contentOf("videomaev2_tiny_module.pth");
    const int64_t classes = fixture->parameters()["num_classes"];
    const auto network = tinyTransformer(fixture->parameters());
    torch::nn::Linear same(network->features(), classes);
    const auto taken = loadReleased(*network, same.get(), content, "w.pth");
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->keys, "videomaev2");
    EXPECT_TRUE(taken->classifier);
    EXPECT_THAT(taken->notes, IsEmpty());
    network->eval();
    const torch::NoGradGuard guard;
    const auto logits = same(network->embedNormalized(NnFixture::tensor("l_videomaev2_tiny_in.npy")));
    EXPECT_LE(NnFixture::difference(logits, NnFixture::tensor("l_videomaev2_tiny_logits.npy")),
        fixture->tolerance());

    torch::nn::Linear other(network->features(), classes + 1);
    const auto before = other->weight.detach().clone();
    const auto left = loadReleased(*network, other.get(), content, "w.pth");
    ASSERT_TRUE(left) << left.error().message;
    EXPECT_FALSE(left->classifier);
    ASSERT_EQ(left->notes.size(), 1u);
    EXPECT_THAT(left->notes.front(), HasSubstr("w.pth: its last layer of shape [" + std::to_string(classes)));
    EXPECT_TRUE(torch::equal(other->weight, before));
}

TEST(ReleasedWeights, AWrongShapeOrAnotherNetworkIsRefusedByNameAndChangesNothing)
{
    if (!std::filesystem::exists(checkpoint("README.md")))
        GTEST_SKIP() << checkpoint("") << " is not there";
    TELLTALE_FIXTURE(fixture, "l_videomaev2_tiny");
    const auto network = tinyTransformer(fixture->parameters());
    const auto before = formatSafetensors(saveWeights(*network));
    const auto content = contentOf("wrong_shape.pth");
    const auto wrong = loadReleased(*network, nullptr, content, "wrong_shape.pth");
    ASSERT_FALSE(wrong);
    std::string expected;
    for (const auto& [name, shape] : wantedTensors(*network))
        if (const auto found = content.tensors.find(name);
            found != content.tensors.end() && found->second.shape != shape)
            expected = "wrong_shape.pth: tensor \"" + name + "\" has shape " + shapeText(found->second.shape)
                + ", wanted " + shapeText(shape);
    ASSERT_FALSE(expected.empty());
    EXPECT_THAT(wrong.error().message, HasSubstr(expected));
    const auto another
        = loadReleased(*network, nullptr, contentOf("stgcnpp_tiny_pyskl.pth"), "stgcnpp_tiny_pyskl.pth");
    ASSERT_FALSE(another);
    EXPECT_THAT(another.error().message, HasSubstr("weights of another network"));
    EXPECT_EQ(formatSafetensors(saveWeights(*network)), before);
}

TEST(ReleasedWeights, StepCountersArePassedOver)
{
    torch::nn::BatchNorm2d norm(3);
    TensorFile content = saveWeights(*norm);
    content.tensors["num_batches_tracked"] = NdArray(std::vector<int64_t>());
    EXPECT_TRUE(loadWeights(*norm, content, "w.pth"));
    content.tensors["surplus"] = NdArray({1});
    EXPECT_FALSE(loadWeights(*norm, content, "w.pth"));
}
