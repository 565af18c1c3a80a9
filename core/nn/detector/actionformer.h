// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "nn/detector/actionformeroptions.h"
#include <memory>
#include <string>
#include <torch/nn/module.h>
#include <vector>

namespace telltale {

/// What the detector says at one level of its pyramid; T_l = ceil(T / 2^level).
struct DetectorLevel {
    torch::Tensor logits; ///< [N, T_l, classes]
    torch::Tensor offsets; ///< [N, T_l, 2]: start and end from here, at least 0, in strides of the level
    torch::Tensor mask; ///< [N, T_l], bool: positions inside the video
};

/// One-stage temporal detector. Parameters have OpenTAD's names ("projection.", "neck.", "rpn_head."). Drop
/// path draws while training. One thread at a time; errors are c10::Error with a sentence.
class ActionFormer : public torch::nn::Module {
public:
    /// Weights drawn from `seed`, the same on every machine.
    explicit ActionFormer(const ActionFormerOptions& options, uint64_t seed = 1);
    ~ActionFormer() override;

    /// Features [N, inputs, T] of any length, mask [N, T] (bool: inside the video; a video without any such
    /// position is allowed) to levels, finest first. What lies outside the mask has no influence on what
    /// is inside.
    std::vector<DetectorLevel> forward(const torch::Tensor& features, const torch::Tensor& mask);
    /// The pyramid alone, before its norms: [N, width, T_l] per level.
    std::vector<torch::Tensor> pyramid(const torch::Tensor& features, const torch::Tensor& mask);

    const ActionFormerOptions& options() const { return m_options; }
    /// Kernels uniform within 1 / sqrt(fan-in), as PyTorch draws them; biases 0, class bias of the prior.
    void drawWeights(uint64_t seed);

private:
    struct Parts;
    void checkInput(const torch::Tensor& features, const torch::Tensor& mask) const;

    ActionFormerOptions m_options;
    std::unique_ptr<Parts> m_parts;
};

/// Whether weight decay applies to a parameter: kernels and matrices; not biases, norms, nor learned scales
/// (OpenTAD and ActionFormer; adapters the same).
bool isDecayed(const std::string& name, const torch::Tensor& parameter);

} // namespace telltale
