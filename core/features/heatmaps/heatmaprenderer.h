// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "features/heatmaps/pointclip.h"
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace telltale {

/// Whose smallest score that draws anything: 1e-3 or 1e-4, the one difference between the two.
enum class HeatmapVariant { Pyskl, MmAction2 };
enum class HeatmapOrder {
    /// [views, C, T / clips, H, W] (NCTHW_Heatmap); views are the clips and then their mirror images.
    ChannelsFirst,
    /// [T, C, H, W], mirrored frames behind the others: [2 T, C, H, W] (GeneratePoseTarget itself).
    FramesFirst,
};
enum class NumberType {
    Float32,
    Float16, ///< IEEE 754 binary16, rounded to nearest even
    UInt8, ///< 255 is 1, rounded; more than 1 is 255
};
size_t numberSize(NumberType type);

/// How maps are drawn. Reference: PYSKL GeneratePoseTarget (heatmap_related.py), MMAction2
/// (pose_transforms.py).
struct HeatmapSpec {
    double sigma = 0.6; ///< in pixels of the map
    bool useScore = true; ///< otherwise every point counts as 1, missing ones at (0, 0) too
    double scaling = 1; ///< map pixels per pixel of the clip; sizes are int(size * scaling + 0.5)
    HeatmapVariant variant = HeatmapVariant::Pyskl;
    bool withLimbs = false; ///< a channel for each limb instead of one for each point
    std::vector<std::pair<int, int>> limbs; ///< their ends
    /// Not empty: the clip is followed by its mirrored maps ("double"), whose channel c shows mirror[c].
    std::vector<int> mirror;
    HeatmapOrder order = HeatmapOrder::ChannelsFirst;
    int clips = 1; ///< that the frames are cut into where channels come first
    NumberType type = NumberType::Float32;
    int threads = 1; ///< worth it from some milliseconds of work on
};

/// The channel permutation that swaps left and right: of `count` points or limbs, from pairs of them.
std::vector<int> mirrorOf(int count, std::span<const std::pair<int, int>> pairs);
/// The same for limbs, from the pairs of their points; a limb without a partner is its own.
std::vector<int> mirrorOfLimbs(
    std::span<const std::pair<int, int>> limbs, std::span<const std::pair<int, int>> flipPairs);

/// Sizes of the volume that a clip and a spec give, and whether they make sense together.
struct HeatmapShape {
    int64_t views = 1;
    int64_t channels = 0;
    int64_t frames = 0; ///< of a view
    int height = 0;
    int width = 0;
    HeatmapOrder order = HeatmapOrder::ChannelsFirst;

    int64_t planes() const { return views * channels * frames; }
    int64_t pixels() const { return int64_t{height} * width; }
    std::vector<int64_t> dimensions() const; ///< a single view has no axis of its own
};
/// InvalidArgument for a sigma or scaling that is no positive number, limbs or mirrors of channels that are
/// not there, and sizes of nothing or over 2^40 numbers.
Result<HeatmapShape> heatmapShape(const PointClip& clip, const HeatmapSpec& spec);

/// Draws planes [first, first + count) of the volume, in the order in which they lie there, into `out`, which
/// holds exactly them: a whole volume at once or, where that would be too much memory, a stretch at a time.
/// What `out` held is overwritten. Pixels differ from the reference's by less than 1e-6 (float32).
Status drawHeatmaps(
    const PointClip& clip, const HeatmapSpec& spec, int64_t first, int64_t count, std::span<std::byte> out);
/// The whole volume.
Result<std::vector<std::byte>> drawHeatmaps(const PointClip& clip, const HeatmapSpec& spec);

/// A volume that is drawn again and again, for clip after clip: only what was drawn before is cleared, which
/// is several times faster than clearing everything. Belongs to one thread.
class HeatmapBuffer {
public:
    /// Draws and returns the volume; valid until the next call. A new shape or type makes it anew.
    Result<std::span<const std::byte>> draw(const PointClip& clip, const HeatmapSpec& spec);
    const HeatmapShape& shape() const { return m_shape; }

private:
    std::vector<std::byte> m_volume;
    std::vector<PixelBox> m_drawn; ///< one per plane
    HeatmapShape m_shape;
    NumberType m_type = NumberType::Float32;
};

} // namespace telltale
