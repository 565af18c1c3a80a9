// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/ndarray.h"
#include "base/result.h"
#include "features/crops/cropbox.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// `count` frames spread evenly over the span (middle of each of `count` equal parts), clamped into it.
std::vector<int64_t> sampleUniform(const FrameSpan& span, int count);

/// The person's 68 points at `frames` (rows that are missing in the track give missing points): [T, 68, 3].
NdArray gatherPoints(const PoseTrack& track68, int person, std::span<const int64_t> frames);

/// Centre at the neck, divide by the median shoulder width (robust fall-backs where they are missing), linear
/// interpolation over short gaps. In [T, 68, 3] pixels, out [T, 68, 3] body units; missing stays 0 with score
/// 0.
NdArray normalizeSkeleton(const NdArray& points);

/// Pixels of one body unit, the median shoulder width with fall-backs, of [T, 68, 3]; 1 where nothing is
/// known.
float skeletonUnit(const NdArray& points);

/// Network input [C = 9, T, 68]: x, y, score, bone dx, dy, motion dx, dy (per sampled step), and distance of
/// the point to its own hand's wrist and to the nose (body units).
NdArray jointFeatures(const NdArray& normalized);

struct HeatmapOptions {
    int height = 32;
    int width = 32;
    float sigma = 0.6f; ///< in output pixels
    bool limbs = false;
    float padding = 0.25f;
    bool compact = true; ///< crop to the points' box first (pose-compact), square
};

/// Gaussian maps of [T, V, 3] pixel points: [V, T, H, W] (limbs: [E, T, H, W]); reference: PYSKL
/// GeneratePoseTarget.
NdArray heatmapVolume(const NdArray& points, const HeatmapOptions& options);

/// One map [H, W] in [0, 1] over the whole picture for the overlay: maximum over points.
NdArray heatmapOverlay(std::span<const PosePoint> points, int pictureWidth, int pictureHeight, int height,
    int width, float sigma);

/// Square box around the person over the sampled points, padded; empty box if no point is present.
CropBox poseBox(const NdArray& points, float padding = 0.25f);

/// Per-frame motion energy (body units per second) of body parts from a track: [rows, 8 parts] in BodyPart
/// order.
NdArray motionEnergy(const PoseTrack& track68, int person, double fps);

/// Chooses where to look in a clip: grayscale pictures [T, H, W] (0..255) -> a square box in *their* pixels
/// around the frame-difference energy inside `region` (the person's box, or everything when empty).
CropBox motionSaliency(const NdArray& gray, const CropBox& region);

/// Cuts `box` out of a BGRA picture (outside = edge colour) and scales it to size x size: adds RGB 0..1 to
/// `out` [3, T, size, size] at time `t`.
void cropRgb(
    std::span<const uint8_t> bgra, int width, int height, const CropBox& box, int64_t t, NdArray& out);

} // namespace telltale
