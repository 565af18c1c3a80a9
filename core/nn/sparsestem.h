// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// Height and width of the first convolution's kernel, and zeros around the map.
inline constexpr int kStemKernel = 7;
inline constexpr int kStemPadding = 3;

/// The first layer of PoseC3D: a 1 x 7 x 7 convolution, stride 1, padding 3 (PYSKL, resnet3d_slowonly.py).
struct StemWeights {
    int inputs = 0; ///< points of the layout
    int outputs = 0; ///< 32 in PoseC3D
    std::vector<float> kernel; ///< [outputs, inputs, 7, 7], as LibTorch stores it
    std::vector<float> bias{}; ///< one per output; empty: zeros
};
struct BatchNormWeights {
    std::vector<float> weight;
    std::vector<float> bias;
    std::vector<float> mean;
    std::vector<float> variance;
    double epsilon = 1e-5;
};
/// The stem with the batch normalisation that follows it in evaluation folded into it. InvalidArgument for
/// wrong lengths.
Result<StemWeights> foldBatchNorm(StemWeights stem, const BatchNormWeights& norm);

/// Points in pixels of the map: x, y, score of each, [persons, frames, points].
struct StemPoints {
    std::span<const float> values;
    int persons = 0;
    int64_t frames = 0;
    int points = 0;
    int height = 0; ///< of the map
    int width = 0;
};

struct StemOptions {
    double sigma = 0.6; ///< in pixels of the map
    float leastScore = 1e-3f; ///< 1e-4 for MMAction2
    bool useScore = true; ///< otherwise every point counts as 1
    bool mirrored = false; ///< of the maps reversed from left to right; the caller swaps the points
    bool relu = false;
    bool pool = false; ///< then the greatest of 3 x 3 neighbours, stride 1
    int threads = 1; ///< over frames
};

/// The first layer without its input: what the Gaussian maps of the points (as drawHeatmaps() makes them,
/// maximum over persons) would give is added up from the points' patches, each by way of its 7 convolved
/// rows. The volume of maps is never built. Immutable after creation; any thread.
class SparseStem {
public:
    /// InvalidArgument for a kernel of another size.
    static Result<SparseStem> create(const StemWeights& weights);

    /// [outputs, frames, height, width]. InvalidArgument for points or sizes that do not fit.
    Result<NdArray> run(const StemPoints& points, const StemOptions& options) const;
    /// The same into memory of exactly that size, which may hold anything.
    Status run(const StemPoints& points, const StemOptions& options, std::span<float> out) const;

    int inputs() const { return m_inputs; }
    int outputs() const { return m_outputs; }

private:
    SparseStem() = default;
    int m_inputs = 0;
    int m_outputs = 0;
    std::vector<float> m_kernel; ///< [blocks of 32 outputs][inputs][7][7][32]
    std::vector<float> m_bias; ///< [blocks][32]
};

} // namespace telltale
