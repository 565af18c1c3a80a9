// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Skeleton networks and streams beside what the references computed. Sizes and weights are the fixtures'.
#include "base/files.h"
#include "base/npy.h"
#include "nn/inputs/pointinputs.h"
#include "nn/skeleton/skeletonnetworks.h"
#include "nn/weights.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <torch/torch.h>

using namespace telltale;

namespace {

using nlohmann::json;
using torch::Tensor;
using Pairs = std::vector<std::pair<int, int>>;

std::filesystem::path fixtures()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/fixtures";
}

/// COCO's links as PYSKL's graph has them, (child, parent).
SkeletonGraph cocoGraph()
{
    return {17,
        {{15, 13}, {13, 11}, {16, 14}, {14, 12}, {11, 5}, {12, 6}, {9, 7}, {7, 5}, {10, 8}, {8, 6}, {5, 0},
            {6, 0}, {1, 0}, {3, 1}, {2, 0}, {4, 2}},
        0};
}

/// PYSKL's bones of COCO, which are not the graph's links (JointToBone).
Pairs cocoBones()
{
    return {{0, 0}, {1, 0}, {2, 0}, {3, 1}, {4, 2}, {5, 0}, {6, 0}, {7, 5}, {8, 6}, {9, 7}, {10, 8}, {11, 0},
        {12, 0}, {13, 11}, {14, 12}, {15, 13}, {16, 14}};
}

json entry(const std::string& id)
{
    const auto text = readFile(fixtures() / "manifest.json");
    if (!text)
        return {};
    const json manifest = json::parse(*text);
    for (const json& fixture : manifest["fixtures"])
        if (fixture["id"] == id)
            return fixture;
    return {};
}

double toleranceOf(const json& fixture) { return std::stod(fixture["tolerance"].get<std::string>()); }

Tensor load(const std::string& name)
{
    const auto array = readNpy(fixtures() / name);
    EXPECT_TRUE(array.ok()) << name;
    const auto numbers = toFloat(*array, name);
    return torch::tensor(numbers->values).view(numbers->shape);
}

/// The fixture's weights by name.
TensorFile weightsOf(const std::string& id)
{
    TensorFile content;
    const auto numbers = load(id + "_params.npy");
    const json table = json::parse(*readFile(fixtures() / (id + "_params.json")));
    for (const json& item : table["params"]) {
        NdArray array(item["shape"].get<std::vector<int64_t>>());
        const auto* start = numbers.data_ptr<float>() + item["offset"].get<int64_t>();
        std::copy_n(start, array.values.size(), array.values.begin());
        content.tensors[item["name"].get<std::string>()] = std::move(array);
    }
    return content;
}

GraphStages stagesOf(const json& parameters)
{
    GraphStages stages;
    stages.baseChannels = parameters["base_channels"];
    stages.count = parameters["num_stages"];
    stages.inflate = parameters["inflate_stages"].get<std::vector<int64_t>>();
    stages.down = parameters["down_stages"].get<std::vector<int64_t>>();
    return stages;
}

void expectNear(const Tensor& found, const Tensor& wanted, double tolerance)
{
    ASSERT_EQ(found.sizes().vec(), wanted.sizes().vec());
    EXPECT_GT(wanted.abs().max().item<double>(), 0);
    EXPECT_LE((found - wanted).abs().max().item<double>(), tolerance);
}

void expectParity(const std::string& id, const Result<std::shared_ptr<SkeletonNetwork>>& network)
{
    ASSERT_TRUE(network) << network.error().message;
    const auto loaded = loadWeights(**network, weightsOf(id), id);
    ASSERT_TRUE(loaded) << loaded.error().message;
    (*network)->eval();
    const auto clips = load("n_gcn_in.npy");
    const auto wanted = load(id + "_out.npy");
    const torch::NoGradGuard guard;
    expectNear((*network)->maps(clips), wanted, toleranceOf(entry(id)));
    expectNear((*network)->embed(clips), wanted.mean({3, 4}).mean(1), toleranceOf(entry(id)));
}

} // namespace

TEST(parity, StGcnPlusPlusComputesWhatTheReferenceDoes)
{
    const json fixture = entry("n_stgcnpp_tiny");
    if (fixture.is_null())
        GTEST_SKIP() << fixtures() << " is not there";
    auto options = stGcnPlusPlus();
    options.stages = stagesOf(fixture["parameters"]);
    expectParity("n_stgcnpp_tiny", makeStGcn(cocoGraph(), options));
}

TEST(parity, StGcnComputesWhatTheReferenceDoes)
{
    const json fixture = entry("n_stgcn_tiny");
    if (fixture.is_null())
        GTEST_SKIP() << fixtures() << " is not there";
    auto options = stGcn();
    options.stages = stagesOf(fixture["parameters"]);
    expectParity("n_stgcn_tiny", makeStGcn(cocoGraph(), options));
}

TEST(parity, CtrGcnComputesWhatTheReferenceDoes)
{
    const json fixture = entry("n_ctrgcn_tiny");
    if (fixture.is_null())
        GTEST_SKIP() << fixtures() << " is not there";
    const json& parameters = fixture["parameters"];
    CtrGcnOptions options;
    options.stages = stagesOf(parameters);
    options.kernel = parameters["kernel_size"];
    options.dilations = parameters["dilations"].get<std::vector<int64_t>>();
    options.persons = parameters["num_person"];
    expectParity("n_ctrgcn_tiny", makeCtrGcn(cocoGraph(), options));
}

TEST(parity, AStageOfCtrGcnComputesWhatItsAuthorsRepositoryDoes)
{
    const std::string id = "n_ctrgcn_orig_unit";
    const json fixture = entry(id);
    if (fixture.is_null())
        GTEST_SKIP() << fixtures() << " is not there";
    const auto weights = weightsOf(id);
    const auto clips = load(id + "_in.npy");
    const auto wanted = load(id + "_out.npy");
    CtrGcnOptions options;
    options.original = true;
    const CtrGcnUnit shape{clips.size(1), wanted.size(1), clips.size(2) / wanted.size(2), true};
    auto unit = makeCtrGcnUnit(cocoGraph(), shape, options);
    ASSERT_TRUE(unit) << unit.error().message;
    const auto loaded = loadWeights(*unit->ptr(), weights, id);
    ASSERT_TRUE(loaded) << loaded.error().message;
    unit->ptr()->eval();
    const torch::NoGradGuard guard;
    expectNear(unit->forward(clips), wanted, toleranceOf(fixture));
}

TEST(parity, PointStreamsAreWhatTheReferenceMakesOfThem)
{
    const json fixture = entry("n_skeleton_streams");
    if (fixture.is_null())
        GTEST_SKIP() << fixtures() << " is not there";
    const auto places = load("n_ske_kp_in.npy");
    const auto scores = load("n_ske_score_in.npy").unsqueeze(3);
    const double tolerance = toleranceOf(fixture);
    const auto points = torch::cat({places, scores}, 3);
    const auto bones = boneStream(points, cocoBones());
    expectNear(points, load("n_ske_j_out.npy"), tolerance);
    expectNear(bones, load("n_ske_b_out.npy"), tolerance);
    expectNear(motionStream(points), load("n_ske_jm_out.npy"), tolerance);
    expectNear(motionStream(bones), load("n_ske_bm_out.npy"), tolerance);
    const auto pixels = torch::cat({places * torch::tensor({1920.f, 1080.f}), scores}, 3);
    expectNear(normalizeToPicture(pixels, 1080, 1920), load("n_ske_prenorm_out.npy"), tolerance);
}
