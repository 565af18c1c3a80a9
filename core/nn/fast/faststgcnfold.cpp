// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/fast/faststgcnblock.h"
#include <torch/torch.h>

namespace telltale {

namespace {

using torch::Tensor;

/// Tensors below a common prefix, in double precision: folding should not cost digits.
class Names {
public:
    Names(const NamedTensors& tensors, std::string prefix) : m_tensors(tensors), m_prefix(std::move(prefix))
    {
    }
    Tensor get(const std::string& name) const
    {
        const auto found = m_tensors.find(m_prefix + name);
        TORCH_CHECK(found != m_tensors.end(), "the network has no tensor \"", m_prefix, name, "\"");
        return found->second.detach().to(torch::kCPU, torch::kDouble);
    }
    bool has(const std::string& name) const { return m_tensors.contains(m_prefix + name); }
    Names below(const std::string& name) const { return {m_tensors, m_prefix + name}; }

private:
    const NamedTensors& m_tensors;
    std::string m_prefix;
};

/// What a normalisation in evaluation does: x * scale + shift.
struct Affine {
    Tensor scale;
    Tensor shift;
};

Affine affine(const Names& norm)
{
    const auto scale = norm.get("weight") / (norm.get("running_var") + kNormEpsilon).sqrt();
    return {scale, norm.get("bias") - norm.get("running_mean") * scale};
}

/// A convolution and what follows it as one.
struct Folded {
    Tensor weight; ///< [out, in, ...]
    Tensor bias;
};

Folded folded(const Names& conv, const Affine& after)
{
    const auto weight = conv.get("weight");
    std::vector<int64_t> shape(static_cast<size_t>(weight.dim()), 1);
    shape[0] = -1;
    return {weight * after.scale.view(shape), conv.get("bias") * after.scale + after.shift};
}

Tensor ready(const Tensor& values) { return values.to(torch::kFloat).contiguous(); }
Tensor asMatrix(const Tensor& kernel) { return kernel.flatten(1); }

void foldGraph(FastBlock& block, const Names& unit)
{
    const auto graph = unit.get("A");
    const auto norm = affine(unit.below("bn."));
    const int64_t slices = graph.size(0);
    const auto kernel = asMatrix(unit.get("conv.weight"));
    block.in = kernel.size(1);
    block.out = kernel.size(0) / slices;
    const auto bySlice = kernel.view({slices, block.out, block.in}) * norm.scale.view({1, -1, 1});
    const auto bias = unit.get("conv.bias").view({slices, block.out}) * norm.scale;
    auto mix = bySlice.transpose(0, 1).reshape({block.out, slices * block.in});
    auto mixBias = bias.t().mm(graph.sum(1)) + norm.shift.unsqueeze(1);
    block.mixShortcut = unit.has("down.0.weight");
    if (block.mixShortcut) {
        const auto down = folded(unit.below("down.0."), affine(unit.below("down.1.")));
        mix = torch::cat({mix, asMatrix(down.weight)}, 1);
        mixBias = mixBias + down.bias.unsqueeze(1);
    }
    block.mix = ready(mix);
    block.mixBias = ready(mixBias);
    for (int64_t slice = 0; slice < slices; ++slice)
        block.graphs.push_back(ready(graph[slice]));
}

void foldTime(FastBlock& block, const Names& unit)
{
    const auto after = affine(unit.below("transform.0."));
    std::vector<Tensor> weights;
    std::vector<Tensor> biases;
    std::vector<Tensor> scales;
    std::vector<Tensor> shifts;
    int64_t row = 0;
    for (int64_t i = 0; i <= kDilatedBranches; ++i) {
        const auto branch = unit.below("branches." + std::to_string(i) + ".");
        const auto in = folded(branch.below("0."), affine(branch.below("1.")));
        const int64_t width = in.bias.size(0);
        (i == 0 ? block.firstWidth : block.width) = width;
        weights.push_back(asMatrix(in.weight));
        biases.push_back(in.bias);
        const Affine rows{after.scale.narrow(0, row, width), after.shift.narrow(0, row, width)};
        row += width;
        if (i == kDilatedBranches) { // the greatest of three: nothing to fold into
            scales.push_back(rows.scale);
            shifts.push_back(rows.shift);
            break;
        }
        const auto time = folded(branch.below("3.conv."), rows);
        for (int64_t tap = 0; tap < kTimeTaps; ++tap)
            block.taps.push_back(ready(time.weight.select(2, tap).squeeze(2)));
        scales.push_back(torch::ones_like(time.bias));
        shifts.push_back(time.bias);
    }
    const Affine rest{after.scale.narrow(0, row, block.width), after.shift.narrow(0, row, block.width)};
    const auto last = folded(unit.below("branches." + std::to_string(kDilatedBranches + 1) + "."), rest);
    weights.push_back(asMatrix(last.weight));
    biases.push_back(last.bias);
    scales.push_back(torch::ones_like(last.bias));
    shifts.push_back(torch::zeros_like(last.bias));
    block.branches = ready(torch::cat(weights));
    block.branchBias = ready(torch::cat(biases));
    block.timeScale = ready(torch::cat(scales));
    block.timeBias = ready(torch::cat(shifts));
}

} // namespace

FastBlock foldedBlock(const NamedTensors& tensors, const std::string& prefix, int64_t stride, bool residual)
{
    const Names names(tensors, prefix);
    FastBlock block;
    block.stride = stride;
    block.residual = residual;
    foldGraph(block, names.below("gcn."));
    foldTime(block, names.below("tcn."));
    const auto transform = folded(names.below("tcn.transform.2."), affine(names.below("tcn.bn.")));
    auto bias = transform.bias;
    block.transform = ready(asMatrix(transform.weight));
    if (residual && names.has("residual.conv.weight")) {
        const auto shortcut = folded(names.below("residual.conv."), affine(names.below("residual.bn.")));
        block.shortcut = ready(asMatrix(shortcut.weight));
        bias = bias + shortcut.bias;
    }
    block.transformBias = ready(bias);
    return block;
}

int64_t FastBlock::products(int64_t frames) const
{
    const int64_t points = mixBias.size(1);
    const int64_t fewer = (frames - 1) / stride + 1;
    const int64_t before = static_cast<int64_t>(graphs.size()) * in * points + mix.numel() + branches.numel();
    int64_t after = transform.numel() + (shortcut.defined() ? shortcut.numel() : 0);
    for (const auto& tap : taps)
        after += tap.numel();
    return (before * frames + after * fewer) * points;
}

} // namespace telltale
