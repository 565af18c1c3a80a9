// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/skeleton/graphblocks.h"

namespace telltale {

/// Graph convolution (PYSKL, unit_gcn with conv_pos "pre"): 1 x 1 convolution to one set of channels per
/// slice of the graph, each mixed over the points by its slice, summed, normalised, rectified.
class GraphUnitImpl : public torch::nn::Module {
public:
    GraphUnitImpl(int64_t in, int64_t out, const torch::Tensor& adjacency, const StGcnOptions& options);
    torch::Tensor forward(const torch::Tensor& x);
    /// [slices, points, points], as it is applied: from, to.
    torch::Tensor adjacency() const;

private:
    bool m_residual;
    GraphLearning m_learning;
    torch::Tensor m_graph;
    torch::Tensor m_learned;
    torch::nn::Conv2d m_conv;
    torch::nn::BatchNorm2d m_norm;
    NormedPointwise m_down{nullptr};
};
TORCH_MODULE(GraphUnit);

/// Six temporal operators side by side (PYSKL, mstcn): four dilated convolutions, the greatest of three, and
/// the points as they are.
class MultiScaleTimeImpl : public torch::nn::Module {
public:
    MultiScaleTimeImpl(int64_t channels, int64_t stride);
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::nn::ModuleList m_branches;
    torch::nn::BatchNorm2d m_transformNorm;
    torch::nn::Conv2d m_transform;
    torch::nn::BatchNorm2d m_norm;
};
TORCH_MODULE(MultiScaleTime);

} // namespace telltale
