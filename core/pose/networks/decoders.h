// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/estimator.h"
#include "pose/layout.h"
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// One output of a network for one picture: without the dimension of the batch. Not owned.
struct OutputView {
    std::string name;
    std::vector<int64_t> shape;
    const float* values = nullptr;
    int64_t count() const
    {
        int64_t product = 1;
        for (const int64_t size : shape)
            product *= size;
        return product;
    }
};

/// What a decoder knows beside the numbers.
struct DecoderInput {
    const DecoderOptions& options;
    int points = 0; ///< of the layout
    int width = 0; ///< of the network's input
    int height = 0;
};

/// Outputs of a family of networks as people. Pure functions; numbers that are not finite count as missing.
struct PoseDecoder {
    const char* name; ///< as in a card
    const char* wanted; ///< shape of the outputs, for sentences
    bool needsLayout;
    bool (*severalPeople)(const DecoderOptions& options);
    /// Why the outputs are not those of such a network with this layout; empty: they are.
    std::string (*mismatch)(std::span<const OutputView> outputs, const DecoderInput& input);
    /// People, best first, in pixels of the network's input. Only for outputs without a mismatch.
    PosePeople (*decode)(std::span<const OutputView> outputs, const DecoderInput& input);
};

/// "heatmap", "heatmap_paf", "simcc", "regression", "boxes".
std::span<const PoseDecoder> poseDecoders();
/// Null where there is none of this name.
const PoseDecoder* findPoseDecoder(const std::string& name);

/// "1 x 17 x 3"
std::string shapeText(std::span<const int64_t> shape);

// For the decoders.
std::string heatmapMismatch(std::span<const OutputView> outputs, const DecoderInput& input);
PosePeople decodeHeatmaps(std::span<const OutputView> outputs, const DecoderInput& input);
std::string fieldsMismatch(std::span<const OutputView> outputs, const DecoderInput& input);
PosePeople decodeFields(std::span<const OutputView> outputs, const DecoderInput& input);
std::string simccMismatch(std::span<const OutputView> outputs, const DecoderInput& input);
PosePeople decodeSimcc(std::span<const OutputView> outputs, const DecoderInput& input);
std::string regressionMismatch(std::span<const OutputView> outputs, const DecoderInput& input);
PosePeople decodeRegression(std::span<const OutputView> outputs, const DecoderInput& input);
std::string boxesMismatch(std::span<const OutputView> outputs, const DecoderInput& input);
PosePeople decodeBoxes(std::span<const OutputView> outputs, const DecoderInput& input);

/// Sub-pixel place of a maximum between its neighbours: vertex of the parabola, in [-0.5, 0.5].
float peakVertex(float before, float at, float after);
/// Box around the present points; empty where there are none.
PoseBox boxAround(std::span<const PosePoint> points);
/// Mean score over all points of the layout, missing ones as 0.
float meanScore(std::span<const PosePoint> points);

} // namespace telltale
