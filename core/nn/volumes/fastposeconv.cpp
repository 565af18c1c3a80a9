// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumes/fastposeconv.h"
#include "nn/threadcount.h"
#include "nn/volumes/slowonly.h"
#include "nn/weights.h"
#include <torch/script.h>

namespace telltale {

namespace {

using torch::Tensor;

std::string listOf(const std::array<int64_t, 3>& values, int64_t divisor = 1)
{
    std::string text;
    for (const int64_t value : values)
        text += (text.empty() ? "[" : ", ") + std::to_string(value / divisor);
    return text + "]";
}

/// "w3". Not by operator+: GCC 12 sees an overflow in that where there is none (GCC bug 105329).
std::string numbered(const char* name, int number)
{
    return std::string(name).append(std::to_string(number));
}

/// What the graph calls the output of a layer.
std::string outputName(int layer) { return layer < 0 ? std::string("x") : numbered("y", layer); }

/// The layers as a TorchScript function of what the stem gives.
std::string sourceOf(const std::vector<PoseConvLayer>& layers)
{
    std::string source = "def forward(self, x):\n";
    for (size_t i = 0; i < layers.size(); ++i) {
        const PoseConvLayer& layer = layers[i];
        const std::string number = std::to_string(i);
        std::string value = "torch.conv3d(" + outputName(layer.from) + ", self.w" + number + ", self.b"
            + number + ", " + listOf(layer.stride) + ", " + listOf(layer.kernel, 2) + ")";
        if (layer.add != PoseConvLayer::kNothing)
            value += " + " + outputName(layer.add);
        if (layer.relu)
            value = "torch.relu(" + value + ")";
        source += "    " + outputName(static_cast<int>(i)) + " = " + value + "\n";
    }
    return source + "    return torch.mean(" + outputName(static_cast<int>(layers.size()) - 1)
        + ", [2, 3, 4])\n";
}

torch::jit::Module frozenGraph(const std::vector<PoseConvLayer>& layers)
{
    torch::jit::Module module("PoseConv");
    for (size_t i = 0; i < layers.size(); ++i) {
        const PoseConvLayer& layer = layers[i];
        const auto weight
            = torch::tensor(layer.weight)
                  .view({layer.outputs, layer.inputs, layer.kernel[0], layer.kernel[1], layer.kernel[2]});
        module.register_parameter(numbered("w", static_cast<int>(i)), weight, false);
        module.register_parameter(numbered("b", static_cast<int>(i)), torch::tensor(layer.bias), false);
    }
    module.define(sourceOf(layers));
    module.eval();
    torch::jit::Module frozen = torch::jit::freeze(module);
    return torch::jit::optimize_for_inference(frozen);
}

} // namespace

struct FastPoseConv::Parts {
    SparseStem stem;
    torch::jit::Module graph;
    std::vector<float> pooled; ///< what the stem gave last
};

FastPoseConv::FastPoseConv(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) { }
FastPoseConv::~FastPoseConv() = default;
FastPoseConv::FastPoseConv(FastPoseConv&&) noexcept = default;
FastPoseConv& FastPoseConv::operator=(FastPoseConv&&) noexcept = default;

Result<FastPoseConv> FastPoseConv::create(
    const SlowOnlyOptions& options, const TensorFile& weights, const std::string& file)
{
    try {
        SlowOnly network(options);
        if (Status status = loadWeights(network, weights, file); !status)
            return status.error();
        const auto folded = foldedLayers(options, weights);
        if (!folded)
            return folded.error();
        auto stem = SparseStem::create(folded->stem);
        if (!stem)
            return stem.error();
        return FastPoseConv(
            std::make_unique<Parts>(Parts{std::move(*stem), frozenGraph(folded->layers), {}}));
    } catch (const c10::Error& error) {
        return Error{ErrorCode::InvalidArgument, file + ": " + error.what_without_backtrace()};
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, file + ": LibTorch cannot prepare the network: " + error.what()};
    }
}

Result<NdArray> FastPoseConv::embed(const StemPoints& points, const StemOptions& stem)
{
    StemOptions whole = stem;
    whole.relu = true;
    whole.pool = true;
    const int64_t outputs = m_parts->stem.outputs();
    const int64_t size = outputs * std::max<int64_t>(points.frames, 0) * std::max(points.height, 0)
        * std::max(points.width, 0);
    m_parts->pooled.resize(static_cast<size_t>(size));
    const ThreadCount threads(std::max(stem.threads, 1)); // for both halves
    if (Status status = m_parts->stem.run(points, whole, m_parts->pooled); !status)
        return status.error();
    try {
        const c10::InferenceMode inference;
        // What the first runs are watched for would change the numbers of later ones.
        const torch::jit::GraphOptimizerEnabledGuard asItIs(false);
        const auto input = torch::from_blob(
            m_parts->pooled.data(), {1, outputs, points.frames, points.height, points.width});
        const Tensor features = m_parts->graph.forward({input}).toTensor().to_dense().contiguous();
        NdArray array({features.size(1)});
        std::copy_n(features.data_ptr<float>(), array.values.size(), array.values.begin());
        return array;
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, std::string("LibTorch cannot run the network: ") + error.what()};
    }
}

} // namespace telltale
