// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// How to feed and read a pose network. A card file (`MODEL.card.json` beside the model, or a built-in rule
/// for the model's output shape) gives it.
struct PoseModelCard {
    std::string name;
    std::string layout = "mobile14";
    std::string decoder = "heatmap"; ///< "heatmap", "heatmap_paf"
    int inputWidth = 192;
    int inputHeight = 192;
    double scale = 1.0; ///< multiplied to 0..255 values after `mean` is subtracted
    double mean = 0.0;
    bool rgb = false; ///< channel order of the input
    bool letterbox = true;
    double minScore = 0.1; ///< below this a point is missing
    std::string licence;
};

/// One person per picture (thin stage). Belongs to one thread.
class PoseEstimator {
public:
    virtual ~PoseEstimator() = default;
    virtual const PoseModelCard& card() const = 0;
    /// Points of the card's layout in pixels of the picture. `bgra` packed rows of width * 4 bytes.
    virtual Result<std::vector<PosePoint>> estimate(std::span<const uint8_t> bgra, int width, int height) = 0;
};

/// Opens a model through OpenCV's DNN module. NotFound; BadFormat when OpenCV refuses it or its outputs are
/// not those of a known decoder: the message says which and what kinds are read.
Result<std::unique_ptr<PoseEstimator>> openPoseModel(const std::filesystem::path& file);

} // namespace telltale
