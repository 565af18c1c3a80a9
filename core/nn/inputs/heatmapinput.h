// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <span>
#include <torch/types.h>
#include <utility>
#include <vector>

namespace telltale {

/// Heatmap volumes of clips of points, on whatever device the points are. Free of state, any thread; errors
/// are c10::Error. The painter for single clips without LibTorch is in features/heatmaps.

struct HeatmapVolumeOptions {
    int64_t height = 56; ///< of a map, in its pixels
    int64_t width = 56;
    double sigma = 0.6; ///< in pixels of the map
    bool useScore = true; ///< otherwise every point counts as 1, missing ones at (0, 0) too
    double leastScore = 1e-3; ///< that draws anything; 1e-4 for MMAction2
    std::vector<std::pair<int64_t, int64_t>> limbs; ///< not empty: a channel per limb instead of per point
};

/// Points [N, persons, T, V, 3] (x and y in pixels of the map, score) to float32 volumes
/// [N, channels, T, height, width], channels being points or limbs. A pixel is the maximum over persons of
/// score * exp(-d^2 / (2 sigma^2)) within the box of 3 sigma around the point, whose corners are truncated
/// toward zero (PYSKL, heatmap_related.py, GeneratePoseTarget). Points with NaN draw nothing.
torch::Tensor heatmapVolumes(const torch::Tensor& points, const HeatmapVolumeOptions& options);

struct MapOptions {
    int64_t height = 56;
    int64_t width = 56;
    double padding = 0.25; ///< share of the box's half size that is added on each side
    double leastSide = 10; ///< in the units of the points; of smaller bodies a square of twice that is shown
};

/// Points in pixels of a picture to pixels of a map, each clip by itself: the square around all its points
/// with a score, over all frames and persons, becomes the map (after PoseCompact of PYSKL, augmentations.py,
/// with hw_ratio 1; the square is not rounded to whole pixels). Points without a score or with NaN become
/// (0, 0, 0). [N, persons, T, V, 3 or more], of which the first three channels come out.
torch::Tensor pointsToMap(const torch::Tensor& points, const MapOptions& options);

/// What may happen to a clip on its map while a network learns.
struct MapAugmentation {
    double leastArea = 0.56; ///< share of the map that a random crop shows (PYSKL, RandomResizedCrop)
    double mostArea = 1;
    double leastAspect = 3.0 / 4; ///< width / height of the crop
    double mostAspect = 4.0 / 3;
    double flip = 0.5; ///< share of the clips that are mirrored
    std::vector<int64_t> mirror; ///< of each point the one on the other side; empty: nothing is mirrored
};

/// Points on their map [N, persons, T, V, 3], cropped, resized and mirrored by chance, each clip as its seed
/// says whatever else is in the batch. Missing points stay (0, 0, 0); x becomes width - x in a mirrored clip.
torch::Tensor augmentOnMap(const torch::Tensor& points, const MapOptions& map,
    const MapAugmentation& augmentation, std::span<const uint64_t> seeds);

} // namespace telltale
