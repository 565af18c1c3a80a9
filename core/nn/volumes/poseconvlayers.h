// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/safetensors.h"
#include "nn/sparsestem.h"
#include "nn/volumes/slowonlyoptions.h"

namespace telltale {

/// A convolution with the normalisation that follows it in evaluation folded into it.
struct PoseConvLayer {
    std::array<int64_t, 3> kernel{1, 1, 1}; ///< time, height, width; padded by half of it
    std::array<int64_t, 3> stride{1, 1, 1};
    int64_t inputs = 0;
    int64_t outputs = 0;
    int from = -1; ///< the layer whose output it reads; -1: what the pooled stem gives
    int add = kNothing; ///< the layer (-1: the stem) whose output is added to its own
    bool relu = true; ///< at the end
    std::vector<float> weight; ///< [outputs, inputs, kernel]
    std::vector<float> bias;

    static constexpr int kNothing = -2;
};

/// SlowOnly for inference: its stem (to be followed by ReLU and pooling) and the convolutions behind it in
/// the order in which they can be computed; the features are the mean over what the last one gives.
struct PoseConvLayers {
    StemWeights stem;
    std::vector<PoseConvLayer> layers;
};

/// The layers of weights that fit the network (names and shapes are trusted). Unsupported for a stem or
/// pool with a stride.
Result<PoseConvLayers> foldedLayers(const SlowOnlyOptions& options, const TensorFile& weights);

} // namespace telltale
