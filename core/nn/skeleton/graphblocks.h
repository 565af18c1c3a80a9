// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/skeleton/skeletonnetworks.h"
#include <torch/nn.h>

namespace telltale {

/// What the graph networks have in common; tensors [N, channels, frames, points]. Modules register their
/// children by PYSKL's names.

/// Kernel over frames alone, as many frames out as in unless it strides.
struct TemporalKernel {
    int64_t in = 1;
    int64_t out = 1;
    int64_t kernel = 9;
    int64_t stride = 1;
    int64_t dilation = 1;
};
torch::nn::Conv2d temporalConvolution(const TemporalKernel& kernel);
torch::nn::Conv2d pointwiseConvolution(int64_t in, int64_t out, int64_t stride = 1);

/// PYSKL's unit_tcn: convolution over frames and, unless `norm` is false, normalisation.
class TemporalUnitImpl : public torch::nn::Module {
public:
    explicit TemporalUnitImpl(const TemporalKernel& kernel, bool norm = true);
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::nn::Conv2d m_conv;
    torch::nn::BatchNorm2d m_norm{nullptr};
};
TORCH_MODULE(TemporalUnit);

/// Convolution 1 x 1 ("0") and normalisation ("1").
class NormedPointwiseImpl : public torch::nn::Module {
public:
    NormedPointwiseImpl(int64_t in, int64_t out, int64_t stride = 1);
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::nn::Conv2d m_conv;
    torch::nn::BatchNorm2d m_norm;
};
TORCH_MODULE(NormedPointwise);

/// One of several temporal operators side by side: 1 x 1 convolution, normalisation, rectifier, then a
/// convolution over frames ("3") or the greatest of three, with or without normalisation of its own.
struct BranchShape {
    int64_t in = 1;
    TemporalKernel time; ///< kernel 0: the greatest of three frames
    bool norm = false;
};
class TemporalBranchImpl : public torch::nn::Module {
public:
    explicit TemporalBranchImpl(const BranchShape& shape);
    torch::Tensor forward(const torch::Tensor& x);

private:
    int64_t m_stride;
    torch::nn::Conv2d m_in;
    torch::nn::BatchNorm2d m_inNorm;
    TemporalUnit m_time{nullptr};
    torch::nn::BatchNorm2d m_poolNorm{nullptr};
};
TORCH_MODULE(TemporalBranch);

/// The greatest of each three frames.
torch::Tensor greatestOfThree(const torch::Tensor& x, int64_t stride);

/// Normalises clips [N, persons, frames, points, channels] and folds the persons into the batch: [N *
/// persons, channels, frames, points]. `norm` may be empty.
torch::Tensor normalizedInput(const torch::Tensor& clips, torch::nn::BatchNorm1d& norm, InputNorm over);

/// Channels and strides of the stages after the first. The message of an error names the number.
struct Stage {
    int64_t in = 1;
    int64_t out = 1;
    int64_t stride = 1;
};
Result<std::vector<Stage>> stagesOf(const GraphStages& stages);

/// [slices, points, points], float32.
torch::Tensor adjacencyTensor(const AdjacencyStack& stack);

/// Refuses clips that are not [N, persons, frames, points, channels] with these.
void checkClips(const torch::Tensor& clips, int64_t points, int64_t channels);

} // namespace telltale
