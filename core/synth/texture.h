// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/subject.h"
#include <functional>

namespace telltale::synth {

/// A square picture whose side is a power of two; looked up without filtering and repeated.
struct Texture {
    int bits = 0; ///< log2 of the side
    std::vector<uint32_t> texels; ///< B, G, R, x from the lowest byte

    int side() const { return 1 << bits; }
};

using Painting = std::function<Color(float u, float v)>;
/// Calls `painting` at 2 x 2 places of each texel, u and v in [0, 1).
Texture paintTexture(int bits, const Painting& painting);
/// A copy of `texture` with the rows for whose v `wanted` says so painted again.
Texture repaintTexture(Texture texture, const Painting& painting, const std::function<bool(float v)>& wanted);

Color operator*(const Color& c, float k);
Color mix(const Color& a, const Color& b, float s);

/// Smooth noise in [0, 1] of period `period` (whole number) in both directions, `octaves` layers.
float noise(float x, float y, int period, int octaves, uint32_t seed);
/// 0 below `low`, 1 above `high`, smooth between.
float ramp(float low, float high, float x);

/// Cloth of a garment, 0.25 m wide.
Texture clothTexture(ClothPattern pattern, const Color& first, const Color& second, uint32_t seed);
/// Front (u = 0.25) and back (u = 0.75) of the trunk from the neck (v = 0) to the hips (v = 1).
Texture trunkTexture(const Look& look, uint32_t seed);
Texture skinTexture(const Color& skin, uint32_t seed);
Texture hairTexture(const Color& hair, uint32_t seed);

} // namespace telltale::synth
