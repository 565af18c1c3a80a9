// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/detector/actionformeroptions.h"
#include "nn/detector/temporallayers.h"
#include <torch/nn/modules/container/sequential.h>

namespace telltale {

/// What is multiplied with a learned number per channel and, while training, left out for some videos
/// (OpenTAD, AffineDropPath).
class ScaledPathImpl : public torch::nn::Module {
public:
    ScaledPathImpl(int64_t channels, double first, double left);
    torch::Tensor forward(const torch::Tensor& change);

private:
    torch::Tensor m_scale; ///< [1, channels, 1]
    double m_left;
};
TORCH_MODULE(ScaledPath);

/// Attention whose queries, keys and values come from depthwise kernels that can halve the rate (OpenTAD,
/// MaskedMHCA and LocalMaskedMHCA).
class SequenceAttentionImpl : public torch::nn::Module {
public:
    SequenceAttentionImpl(const ActionFormerOptions& options, int64_t stride);
    MaskedSequence forward(const MaskedSequence& x);

private:
    struct Input {
        torch::nn::Conv1d kernel{nullptr};
        torch::nn::LayerNorm norm{nullptr};
        torch::nn::Conv1d mix{nullptr};
    };
    Input makeInput(const std::string& name, int64_t width, int64_t stride);
    torch::Tensor heads(Input& input, const torch::Tensor& x, const torch::Tensor& mask);

    int64_t m_stride;
    int64_t m_heads;
    int64_t m_window;
    Input m_query;
    Input m_key;
    Input m_value;
    torch::nn::Conv1d m_projection;
};
TORCH_MODULE(SequenceAttention);

/// Transformer block of the pyramid, pre-norm (OpenTAD, TransformerBlock).
class PyramidBlockImpl : public torch::nn::Module {
public:
    PyramidBlockImpl(const ActionFormerOptions& options, int64_t stride);
    MaskedSequence forward(const MaskedSequence& x);

private:
    int64_t m_stride;
    torch::nn::LayerNorm m_norm1;
    torch::nn::LayerNorm m_norm2;
    SequenceAttention m_attention;
    torch::nn::Conv1d m_widen;
    torch::nn::Conv1d m_narrow;
    ScaledPath m_attentionPath;
    ScaledPath m_networkPath;
};
TORCH_MODULE(PyramidBlock);

} // namespace telltale
