// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/gridsample.h"
#include "nn/adapters/adaptedtransformer.h"
#include "nn/detector/actionformer.h"
#include <memory>
#include <vector>

namespace telltale {

/// Windows beside each other.
struct DetectorBatch {
    torch::Tensor features; ///< [N, channels, rows]; undefined without any
    torch::Tensor pictures; ///< [N, 3, T, side, side], bytes; undefined without
    torch::Tensor mask; ///< [N, rows], bool: inside the video
    torch::Tensor counted; ///< [N, rows], bool: of these the loss is taken; undefined: of all
    std::vector<std::vector<GridTruth>> truth;
};

/// The whole detector: features on the grid, and those of a transformer with adapters where it sees
/// pictures, brought to mean 0 and deviation 1 by what the training windows have; then ActionFormer. Children
/// "backbone" (the transformer) and "detector". One thread at a time; errors are c10::Error.
class DetectorNetwork : public torch::nn::Module {
public:
    /// `channels`: of DetectorBatch::features. `backbone`: null without pictures. `detector.inputs` is set
    /// here.
    DetectorNetwork(int64_t channels, std::shared_ptr<AdaptedTransformer> backbone,
        ActionFormerOptions detector, uint64_t seed);

    std::vector<DetectorLevel> forward(const DetectorBatch& batch);
    /// What the detector proper sees: [N, inputs, rows], standardised, zeros outside the mask.
    torch::Tensor inputs(const DetectorBatch& batch);
    /// Takes mean and deviation of each input over the rows of these windows.
    void standardise(const std::vector<DetectorBatch>& batches);

    ActionFormer& detector() { return *m_detector; }
    AdaptedTransformer* backbone() { return m_backbone.get(); }

private:
    torch::Tensor raw(const DetectorBatch& batch);

    std::shared_ptr<AdaptedTransformer> m_backbone;
    std::shared_ptr<ActionFormer> m_detector;
    torch::Tensor m_mean; ///< [inputs, 1]
    torch::Tensor m_scale; ///< [inputs, 1]: 1 / deviation
};

} // namespace telltale
