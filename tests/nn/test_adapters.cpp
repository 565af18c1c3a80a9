// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/adapters/adaptedtransformer.h"
#include "nn/adapters/checkpoint.h"
#include "nn/weights.h"
#include "nnfixtures.h"
#include <c10/core/Allocator.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>
#include <torch/version.h>

using namespace telltale;
using testing::HasSubstr;
using torch::Tensor;

namespace {

VisionTransformerOptions tinyTrunk()
{
    VisionTransformerOptions options;
    options.width = 16;
    options.depth = 3;
    options.heads = 2;
    options.patch = 4;
    options.clip = {4, 12, 12};
    return options;
}

AdaptedTransformer makeAdapted(
    const AdaptedTransformerOptions& options, const VisionTransformerOptions& of = tinyTrunk())
{
    auto trunk = std::make_shared<VisionTransformer>(of);
    trunk->drawWeights(7);
    return AdaptedTransformer(trunk, options, 3);
}

/// Adapters whose up projection is drawn too, so that they change something.
void stir(torch::nn::Module& module)
{
    const torch::NoGradGuard guard;
    Random random(11);
    for (auto& item : module.named_parameters())
        if (item.key().find("up_proj") != std::string::npos || item.key().ends_with("bias"))
            fillNormal(item.value(), 0.1, random);
}

Tensor drawn(std::vector<int64_t> shape, uint64_t seed = 5)
{
    Tensor tensor = torch::empty(shape);
    Random random(seed);
    fillNormal(tensor, 1, random);
    return tensor;
}

void setParameters(torch::nn::Module& to, torch::nn::Module& from)
{
    const torch::NoGradGuard guard;
    const auto values = from.named_parameters();
    for (auto& item : to.named_parameters())
        if (const auto* value = values.find(item.key()))
            item.value().copy_(*value);
}

/// Chunks [windows * chunks, channels, frames, H, W] as the windows they were cut from.
Tensor windowsOf(const Tensor& chunks, int64_t perWindow)
{
    return chunks.unflatten(0, {-1, perWindow}).transpose(1, 2).flatten(2, 3);
}

} // namespace

TEST(parity, TheTemporalAdapterComputesWhatAdaTadsDoes)
{
    TELLTALE_FIXTURE(fixture, "k_tia_adapter");
    const auto& told = fixture->parameters();
    AdapterOptions options = temporalAdapterOptions();
    options.ratio = told["mlp_ratio"];
    options.temporalKernel = told["kernel_size"];
    Adapter adapter(told["embed_dims"].get<int64_t>(), options);
    const Status loaded = loadWeights(*adapter, NnFixture::weights("k_tia_adapter"), "k_tia_adapter");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(adapter->inner(), told["hidden"].get<int64_t>());
    const torch::NoGradGuard guard;
    const auto found = adapter(
        NnFixture::tensor("k_tia_adapter_in.npy"), TokenGrid{told["temporal_size"], told["h"], told["w"]});
    EXPECT_LE(NnFixture::difference(found, NnFixture::tensor("k_tia_adapter_out.npy")), fixture->tolerance());
}

TEST(parity, TheAdaptedTransformerComputesWhatOpenTadsDoes)
{
    TELLTALE_FIXTURE(fixture, "l_vit_adapter_tiny");
    const auto& told = fixture->parameters();
    VisionTransformerOptions trunk;
    trunk.width = told["embed_dims"];
    trunk.depth = told["depth"];
    trunk.heads = told["num_heads"];
    trunk.mlpRatio = told["mlp_ratio"];
    trunk.patch = told["patch_size"];
    const int64_t side = told["img_size"];
    trunk.clip = {told["num_frames"].get<int64_t>(), side, side};
    AdaptedTransformerOptions options;
    options.adapters = temporalAdapterOptions();
    options.adapters.blocks = told["adapter_index"].get<std::vector<int64_t>>();
    AdaptedTransformer network(std::make_shared<VisionTransformer>(trunk), options);
    const auto loaded
        = loadReleased(network, nullptr, NnFixture::weights("l_vit_adapter_tiny"), "l_vit_adapter_tiny");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->keys, "mmaction2");
    network.eval();
    const int64_t chunks = told["total_frames"].get<int64_t>() / trunk.clip[0];
    for (const bool learning : {false, true})
        for (const char* size : {"14", "16"}) {
            SCOPED_TRACE(size);
            const torch::AutoGradMode mode(learning);
            const auto name
                = [&](const char* what) { return std::string("l_vit_adapter_tiny_") + what + size + ".npy"; };
            const auto windows = windowsOf(NnFixture::tensor(name("in")), chunks);
            const auto map
                = network.featureMap(windows).unflatten(2, {chunks, -1}).transpose(1, 2).flatten(0, 1);
            EXPECT_LE(NnFixture::difference(map, NnFixture::tensor(name("out"))), fixture->tolerance());
        }
    const auto windows = windowsOf(NnFixture::tensor("l_vit_adapter_tiny_in14.npy"), chunks);
    const auto pooled = NnFixture::tensor("l_vit_adapter_tiny_pooled14.npy");
    EXPECT_LE(NnFixture::difference(network.ofNormalized(windows), pooled), fixture->tolerance());
    const auto resized = NnFixture::tensor("l_vit_adapter_tiny_up14.npy");
    EXPECT_LE(
        NnFixture::difference(network.ofNormalized(windows, resized.size(2)), resized), fixture->tolerance());
}

TEST(Adapters, ANewOneChangesNothing)
{
    for (const AdapterFuse fuse : {AdapterFuse::Sum, AdapterFuse::Concat, AdapterFuse::Gated})
        for (const bool temporal : {false, true})
            for (const bool spatial : {false, true}) {
                AdapterOptions options;
                options.fuse = fuse;
                options.temporal = temporal;
                options.spatial = spatial;
                Adapter adapter(16, options);
                Random random(2);
                adapter->drawWeights(random);
                const auto tokens = drawn({2, 24, 16});
                EXPECT_TRUE(torch::equal(adapter(tokens, TokenGrid{4, 2, 3}), tokens));
            }
}

TEST(Adapters, WithoutItsSpatialBranchTheDecoupledOneIsTheTemporalOneToTheBit)
{
    for (const AdapterOrder order : {AdapterOrder::Parallel, AdapterOrder::TemporalThenSpatial}) {
        Adapter temporal(16, temporalAdapterOptions());
        stir(*temporal);
        AdapterOptions both;
        both.order = order;
        Adapter decoupled(16, both);
        stir(*decoupled);
        setParameters(*decoupled, *temporal);
        {
            const torch::NoGradGuard guard;
            decoupled->named_parameters()["scale"][1] = 0;
        }
        AdapterOptions off = both;
        off.spatial = false;
        Adapter single(16, off);
        setParameters(*single, *temporal);
        const auto tokens = drawn({2, 24, 16});
        const TokenGrid grid{4, 2, 3};
        const auto expected = temporal(tokens, grid);
        ASSERT_FALSE(torch::equal(expected, tokens));
        expected.square().sum().backward();
        for (Adapter& other : std::vector<Adapter>{decoupled, single}) {
            const auto found = other(tokens, grid);
            EXPECT_TRUE(torch::equal(found, expected));
            found.square().sum().backward();
            for (const auto& item : temporal->named_parameters())
                EXPECT_TRUE(torch::equal(item.value().grad(), other->named_parameters()[item.key()].grad()))
                    << item.key();
        }
    }
}

TEST(Adapters, BranchesKeepTimeAndSpaceApart)
{
    const TokenGrid grid{5, 3, 4};
    const auto tokens = drawn({1, 60, 16});
    const auto touched = tokens.clone();
    touched.view({5, 3, 4, 16})[2][1][1] += 1;
    const auto reach = [&](bool temporal, bool spatial) {
        AdapterOptions options;
        options.temporal = temporal;
        options.spatial = spatial;
        Adapter adapter(16, options);
        Random random(2);
        adapter->drawWeights(random);
        stir(*adapter);
        const auto changed = adapter(touched, grid) - adapter(tokens, grid);
        return (changed.abs().amax(2) > 0).view({5, 3, 4}).to(torch::kInt);
    };
    const auto cells = [](auto... places) {
        auto wanted = torch::zeros({5, 3, 4}, torch::kInt);
        (wanted.index_put_(places, 1), ...);
        return wanted;
    };
    using torch::indexing::Slice;
    using Place = std::vector<torch::indexing::TensorIndex>;
    const Place overTime{Slice(1, 4), 1, 1};
    const Place overPlaces{2, Slice(0, 3), Slice(0, 3)};
    EXPECT_TRUE(torch::equal(reach(true, false), cells(overTime)));
    EXPECT_TRUE(torch::equal(reach(false, true), cells(overPlaces)));
    EXPECT_TRUE(torch::equal(reach(true, true), cells(overTime, overPlaces)));
    EXPECT_TRUE(torch::equal(reach(false, false), cells(Place{2, 1, 1})));
}

TEST(Adapters, FusingAndOrderAreWhatTheOptionsSay)
{
    const TokenGrid grid{4, 2, 3};
    const auto tokens = drawn({2, 24, 16});
    for (const AdapterFuse fuse : {AdapterFuse::Sum, AdapterFuse::Concat, AdapterFuse::Gated})
        for (const AdapterOrder order : {AdapterOrder::Parallel, AdapterOrder::TemporalThenSpatial})
            for (const bool pointwise : {false, true}) {
                AdapterOptions options;
                options.fuse = fuse;
                options.order = order;
                options.temporalPointwise = pointwise;
                options.spatialPointwise = !pointwise;
                Adapter adapter(16, options);
                stir(*adapter);
                const auto named = adapter->named_parameters();
                const auto get = [&](const std::string& name) { return named[name].detach(); };
                const torch::NoGradGuard guard;
                // As layers over [N, channels, moments, rows, columns].
                const auto h = torch::gelu(tokens.matmul(get("down_proj.weight").t()) + get("down_proj.bias"))
                                   .view({2, 4, 2, 3, 4})
                                   .permute({0, 4, 1, 2, 3});
                auto t = torch::conv3d(h, get("dwconv.weight").view({4, 1, 3, 1, 1}), get("dwconv.bias"), 1,
                    torch::IntArrayRef{1, 0, 0}, 1, 4);
                if (pointwise)
                    t = torch::conv3d(t, get("conv.weight").view({4, 4, 1, 1, 1}), get("conv.bias"));
                const auto read = order == AdapterOrder::Parallel ? h : h + t;
                auto s = torch::conv3d(read, get("spatial_dwconv.weight").unsqueeze(2),
                    get("spatial_dwconv.bias"), 1, torch::IntArrayRef{0, 1, 1}, 1, 4);
                if (!pointwise)
                    s = torch::conv3d(s, get("spatial_conv.weight").unsqueeze(2), get("spatial_conv.bias"));
                Tensor joined = h + t + s;
                if (fuse == AdapterFuse::Concat)
                    joined = torch::cat({h + t, h + s}, 1);
                if (fuse == AdapterFuse::Gated) {
                    const auto gate = 2
                        * torch::sigmoid(
                            h.mean({3, 4}).transpose(1, 2).matmul(get("gate.weight").t()) + get("gate.bias"));
                    const auto shaped = [&](int64_t half) {
                        return gate.chunk(2, 2)[half].transpose(1, 2).view({2, 4, 4, 1, 1});
                    };
                    joined = h + t * shaped(0) + s * shaped(1);
                }
                const auto last = joined.permute({0, 2, 3, 4, 1}).reshape({2, 24, -1});
                const auto wanted = tokens + last.matmul(get("up_proj.weight").t()) + get("up_proj.bias");
                EXPECT_LE(NnFixture::difference(adapter(tokens, grid), wanted), 1e-5);
            }
}

TEST(Adapters, BlocksAreAllTheLastOrThoseNamed)
{
    AdapterOptions options;
    EXPECT_EQ(*adaptedBlocks(options, 3), (std::vector<bool>{true, true, true}));
    options.last = 1;
    EXPECT_EQ(*adaptedBlocks(options, 3), (std::vector<bool>{false, false, true}));
    options.last = 0;
    EXPECT_EQ(*adaptedBlocks(options, 3), (std::vector<bool>{false, false, false}));
    options.blocks = {0, 2};
    EXPECT_EQ(*adaptedBlocks(options, 3), (std::vector<bool>{true, false, true}));
    options.blocks = {3};
    EXPECT_THAT(adaptedBlocks(options, 3).error().message, HasSubstr("no block 3"));
    options.blocks = {};
    options.last = 4;
    EXPECT_THAT(adaptedBlocks(options, 3).error().message, HasSubstr("last 4 blocks"));
}

TEST(AdaptedTransformer, OnlyAdaptersLearnAndTheTrunkStaysInEvalMode)
{
    auto network = makeAdapted({});
    network.train();
    for (const auto& [name, parameter] : network.trunkParameters()) {
        EXPECT_FALSE(parameter.requires_grad()) << name;
        EXPECT_FALSE(isAdapterParameter(name));
    }
    const auto adapters = network.adapterParameters();
    EXPECT_EQ(adapters.size() + network.trunkParameters().size(), network.parameters().size());
    for (const auto& block : network.named_children()["blocks"]->children())
        EXPECT_FALSE(block->is_training());
    const auto before = saveWeights(network);
    network.forward(torch::rand({1, 3, 8, 12, 12})).square().sum().backward();
    for (const auto& [name, parameter] : adapters) {
        EXPECT_TRUE(parameter.requires_grad()) << name;
        EXPECT_TRUE(parameter.grad().defined()) << name;
    }
    for (const auto& [name, parameter] : network.trunkParameters())
        EXPECT_FALSE(parameter.grad().defined()) << name;
}

TEST(AdaptedTransformer, NewAdaptersLeaveWhatTheTrunkSaysOfEachChunk)
{
    auto trunk = std::make_shared<VisionTransformer>(tinyTrunk());
    trunk->drawWeights(7);
    auto alone = std::make_shared<VisionTransformer>(tinyTrunk());
    ASSERT_TRUE(loadWeights(*alone, saveWeights(*trunk), "trunk"));
    AdaptedTransformer network(trunk, {});
    const auto windows = drawn({2, 3, 8, 12, 12});
    const torch::NoGradGuard guard;
    const auto features = network.ofNormalized(windows);
    EXPECT_EQ(features.sizes(), (std::vector<int64_t>{2, 16, 4}));
    for (int64_t chunk = 0; chunk < 2; ++chunk) {
        const auto tokens = alone->tokens(windows.narrow(2, 4 * chunk, 4)).view({2, 2, 9, 16}).mean(2);
        EXPECT_LE(NnFixture::difference(features.narrow(2, 2 * chunk, 2), tokens.transpose(1, 2)), 1e-5);
    }
}

TEST(AdaptedTransformer, AdaptersMixAcrossTheBordersOfChunksAndNotOfWindows)
{
    auto network = makeAdapted({});
    stir(network);
    const auto windows = drawn({2, 3, 12, 12, 12});
    auto touched = windows.clone();
    touched[0].narrow(1, 4, 4) += 1; // the middle chunk
    const torch::NoGradGuard guard;
    const auto changed = [&](AdaptedTransformer& of) {
        return ((of.ofNormalized(touched) - of.ofNormalized(windows)).abs().amax(1) > 1e-6).to(torch::kInt);
    };
    const auto reached = changed(network);
    EXPECT_EQ(reached[0].sum().item<int64_t>(), 6);
    EXPECT_EQ(reached[1].sum().item<int64_t>(), 0);
    AdaptedTransformerOptions frozen;
    frozen.adapters.last = 0;
    auto without = makeAdapted(frozen);
    EXPECT_TRUE(without.adapterParameters().empty());
    EXPECT_TRUE(torch::equal(changed(without)[0], torch::tensor({0, 0, 1, 1, 0, 0}, torch::kInt)));
}

TEST(AdaptedTransformer, BytesAreReadAsSharesOfTheirGreatest)
{
    auto network = makeAdapted({});
    stir(network);
    const auto bytes = torch::randint(256, {1, 3, 8, 12, 12}, torch::kByte);
    const torch::NoGradGuard guard;
    const auto expected = network.forward(bytes.to(torch::kFloat) / 255, 8);
    EXPECT_EQ(expected.size(2), 8);
    EXPECT_LE(NnFixture::difference(network.forward(bytes, 8), expected), 1e-6);
}

TEST(AdaptedTransformer, AWindowThatIsNoWholeNumberOfChunksIsRefused)
{
    auto network = makeAdapted({});
    try {
        network.forward(torch::rand({1, 3, 10, 12, 12}));
        FAIL();
    } catch (const c10::Error& error) {
        EXPECT_THAT(error.what_without_backtrace(), HasSubstr("chunks of 4 frames; these have 10"));
    }
    AdaptedTransformerOptions options;
    options.adapters.blocks = {9};
    EXPECT_THROW(makeAdapted(options), c10::Error);
}

namespace {

/// Gradients of all adapters, and what the loss was.
std::vector<Tensor> gradientsOf(AdaptedTransformer& network, const Tensor& windows)
{
    torch::manual_seed(4);
    network.zero_grad();
    const auto loss = network.ofNormalized(windows).square().sum();
    loss.backward();
    std::vector<Tensor> all{loss.detach()};
    for (const auto& item : network.adapterParameters())
        all.push_back(item.second.grad().clone());
    return all;
}

} // namespace

TEST(Checkpointing, GradientsAreTheSameToTheBit)
{
    for (const double dropPath : {0.0, 0.5})
        for (const int64_t atOnce : {0, 1, 2}) {
            VisionTransformerOptions trunk = tinyTrunk();
            trunk.dropPath = dropPath;
            AdaptedTransformerOptions options;
            options.chunksAtOnce = atOnce;
            options.adapters.blocks = {0, 2};
            auto network = makeAdapted(options, trunk);
            stir(network);
            network.train();
            const auto windows = drawn({2, 3, 12, 12, 12});
            const auto kept = gradientsOf(network, windows);
            const auto next = torch::rand({1});
            network.setCheckpointing(false);
            const auto plain = gradientsOf(network, windows);
            EXPECT_TRUE(torch::equal(next, torch::rand({1}))); // as many random numbers were drawn
            ASSERT_EQ(kept.size(), plain.size());
            for (size_t i = 0; i < kept.size(); ++i)
                EXPECT_TRUE(torch::equal(kept[i], plain[i])) << i << ", " << dropPath << ", " << atOnce;
            EXPECT_GT(kept[1].abs().max().item<float>(), 0);
        }
}

namespace {

/// Bytes that LibTorch holds of what this thread asked for while it lived, and the most of it.
class HeldBytes : public c10::MemoryReportingInfoBase {
public:
#if TORCH_VERSION_MAJOR >= 2
    using Total = size_t;
#else
    using Total = int64_t;
#endif
    void reportMemoryUsage(void*, int64_t bytes, Total, Total, c10::Device) override
    {
        m_now += bytes;
        most = std::max(most, m_now);
    }
    bool memoryProfilingEnabled() const override { return true; }
    int64_t most = 0;

private:
    int64_t m_now = 0;
};

int64_t mostBytesOf(AdaptedTransformer& network, const Tensor& windows)
{
    const auto held = std::make_shared<HeldBytes>();
    const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, held);
    network.ofNormalized(windows).sum().backward();
    return held->most;
}

} // namespace

TEST(Checkpointing, TheMostMemoryIsAFractionAndGrowsByBlockInputsAlone)
{
    VisionTransformerOptions trunk = tinyTrunk();
    trunk.depth = 6;
    AdaptedTransformerOptions options;
    options.chunksAtOnce = 1;
    auto network = makeAdapted(options, trunk);
    const int64_t frames = trunk.clip[0];
    mostBytesOf(network, drawn({1, 3, frames, 12, 12})); // gradients of the adapters are there from now on
    const int64_t eight = mostBytesOf(network, drawn({1, 3, 8 * frames, 12, 12}));
    const int64_t sixteen = mostBytesOf(network, drawn({1, 3, 16 * frames, 12, 12}));
    network.setCheckpointing(false);
    const int64_t kept = mostBytesOf(network, drawn({1, 3, 8 * frames, 12, 12}));
    EXPECT_LT(3 * eight, kept);
    // Of a chunk: the input of each block and of each adapter, and while one adapter learns what that needs.
    const int64_t tokens = 2 * 9 * trunk.width * static_cast<int64_t>(sizeof(float));
    const int64_t atOnce = 12;
    EXPECT_LE(sixteen - eight, 8 * (2 * trunk.depth + atOnce) * tokens);
}

TEST(Checkpointing, WorkIsDoneOnceMoreOnTheWayBackAndOnlyOnceWhereNothingLearns)
{
    int calls = 0;
    auto weight = torch::full({3}, 2.0f).requires_grad_();
    const CheckpointedWork work = [&calls, weight](const Tensor& x) {
        ++calls;
        return (x * weight).square();
    };
    const auto input = torch::arange(3, torch::kFloat).requires_grad_();
    const auto output = checkpointed(work, input, {weight});
    EXPECT_EQ(calls, 1);
    output.sum().backward();
    EXPECT_EQ(calls, 2);
    EXPECT_TRUE(torch::equal(input.grad(), torch::tensor({0.0f, 8.0f, 16.0f})));
    EXPECT_TRUE(torch::equal(weight.grad(), torch::tensor({0.0f, 4.0f, 16.0f})));
    const torch::NoGradGuard guard;
    checkpointed(work, input, {weight}).sum();
    EXPECT_EQ(calls, 3);
}

TEST(TransformerBlock, TheFastWayGivesWhatTheLayersDo)
{
    const torch::NoGradGuard guard;
    for (const auto& [width, heads] : std::vector<std::pair<int64_t, int64_t>>{{24, 4}, {64, 1}, {88, 1}})
        for (const int64_t tokens : {1, 5, 9, 64, 333, 900}) {
            VisionTransformerOptions options;
            options.width = width;
            options.heads = heads;
            TransformerBlock block(options, 0);
            Random random(3);
            for (auto& parameter : block->parameters())
                fillNormal(parameter, 0.3, random);
            const auto x = drawn({3, tokens, width});
            const auto wanted = block->forward(x);
            EXPECT_LE(
                NnFixture::difference(block->inferred(x), wanted), 1e-5 * wanted.abs().max().item<double>())
                << width << " x " << tokens;
        }
}
