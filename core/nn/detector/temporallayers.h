// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

namespace telltale {

/// Layers of the temporal detector over sequences [N, T, channels] with a mask [N, T, 1] of ones and zeros
/// in the sequence's type. Errors are c10::Error.
struct MaskedSequence {
    torch::Tensor values;
    torch::Tensor mask;
};

inline constexpr double kPyramidNormEpsilon = 1e-6; ///< OpenTAD: convolutions and pyramid
inline constexpr double kBlockNormEpsilon = 1e-5; ///< OpenTAD: inside transformer blocks

torch::nn::LayerNorm channelNorm(int64_t channels, double epsilon);
/// Every `stride`th position of a mask.
torch::Tensor strided(const torch::Tensor& mask, int64_t stride);
/// A sequence by the kernel of a layer over time, before masking.
torch::Tensor convolved(const torch::Tensor& sequence, const torch::nn::Conv1d& layer);

/// Convolution without bias, norm, ReLU; what lies outside the mask is zero (OpenTAD, ConvModule).
class ConvUnitImpl : public torch::nn::Module {
public:
    ConvUnitImpl(int64_t in, int64_t out, int64_t kernel);
    torch::Tensor forward(const MaskedSequence& x);

private:
    torch::nn::Conv1d m_convolution;
    torch::nn::LayerNorm m_norm;
};
TORCH_MODULE(ConvUnit);

/// Some of them, one after the other.
torch::nn::ModuleList convUnits(int64_t in, int64_t width, int64_t kernel, int64_t count);
torch::Tensor throughUnits(const torch::nn::ModuleList& units, const MaskedSequence& x);

} // namespace telltale
