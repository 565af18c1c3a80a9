// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumes/poseconvlayers.h"
#include <cmath>

namespace telltale {

namespace {

constexpr double kNormEpsilon = 1e-5;

BatchNormWeights normOf(const TensorFile& weights, const std::string& name)
{
    const auto values = [&](const char* part) { return weights.tensors.at(name + ".bn." + part).values; };
    return {values("weight"), values("bias"), values("running_mean"), values("running_var"), kNormEpsilon};
}

/// The layer of the tensors below `name`.
PoseConvLayer foldedLayer(const TensorFile& weights, const std::string& name)
{
    const NdArray& kernel = weights.tensors.at(name + ".conv.weight");
    const BatchNormWeights norm = normOf(weights, name);
    PoseConvLayer layer;
    layer.outputs = kernel.shape[0];
    layer.inputs = kernel.shape[1];
    layer.kernel = {kernel.shape[2], kernel.shape[3], kernel.shape[4]};
    layer.weight = kernel.values;
    const size_t each = layer.weight.size() / static_cast<size_t>(layer.outputs);
    layer.bias.reserve(norm.bias.size());
    for (size_t out = 0; out < norm.bias.size(); ++out) {
        const double scale
            = norm.weight[out] / std::sqrt(static_cast<double>(norm.variance[out]) + norm.epsilon);
        for (size_t i = out * each; i < (out + 1) * each; ++i)
            layer.weight[i] = static_cast<float>(layer.weight[i] * scale);
        layer.bias.push_back(static_cast<float>(norm.bias[out] - norm.mean[out] * scale));
    }
    return layer;
}

/// Appends the three or four convolutions of a block that reads layer `from`; the place of the last one.
int appendBlock(std::vector<PoseConvLayer>& layers, const TensorFile& weights, const std::string& name,
    int from, const std::array<int64_t, 3>& stride)
{
    const auto append = [&](const char* part, int reads) -> PoseConvLayer& {
        layers.push_back(foldedLayer(weights, name + part));
        layers.back().from = reads;
        return layers.back();
    };
    const auto last = [&] { return static_cast<int>(layers.size()) - 1; };
    int shortcut = from;
    if (weights.tensors.contains(name + ".downsample.conv.weight")) {
        PoseConvLayer& downsample = append(".downsample", from);
        downsample.stride = stride;
        downsample.relu = false;
        shortcut = last();
    }
    append(".conv1", from);
    append(".conv2", last()).stride = stride;
    append(".conv3", last()).add = shortcut;
    return last();
}

} // namespace

Result<PoseConvLayers> foldedLayers(const SlowOnlyOptions& options, const TensorFile& weights)
{
    for (const auto& strides : {options.stemStride, options.poolStride})
        if (strides[0] != 1 || strides[1] != 1)
            return Error{ErrorCode::Unsupported,
                "The fast PoseConv3D needs a stem and a pool without strides, as the published one has."};
    const auto stem = foldBatchNorm({static_cast<int>(options.channels), static_cast<int>(options.base),
                                        weights.tensors.at("conv1.conv.weight").values, {}},
        normOf(weights, "conv1"));
    if (!stem)
        return stem.error();
    PoseConvLayers result{*stem, {}};
    int from = -1;
    for (size_t stage = 0; stage < options.blocks.size(); ++stage)
        for (int64_t block = 0; block < options.blocks[stage]; ++block) {
            const std::array<int64_t, 3> stride = block == 0
                ? std::array{options.timeStrides[stage], options.spaceStrides[stage],
                    options.spaceStrides[stage]}
                : std::array<int64_t, 3>{1, 1, 1};
            const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(block);
            from = appendBlock(result.layers, weights, name, from, stride);
        }
    return result;
}

} // namespace telltale
