// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/texture.h"
#include <numbers>

namespace telltale::synth {
namespace {

constexpr float kTwoPi = 2 * std::numbers::pi_v<float>;

float latticeValue(int x, int y, uint32_t seed)
{
    uint32_t h = static_cast<uint32_t>(x) * 0x8da6b343U ^ static_cast<uint32_t>(y) * 0xd8163841U
        ^ seed * 0xcb1ab31fU;
    h ^= h >> 15;
    h *= 0x2c1b3c6dU;
    h ^= h >> 12;
    h *= 0x297a2d39U;
    h ^= h >> 15;
    return static_cast<float>(h & 0xffffff) / static_cast<float>(0x1000000);
}

/// 1 inside a band of half width w around `centre`, soft by `soft`.
float band(float x, float centre, float w, float soft)
{
    return 1 - ramp(w - soft, w + soft, std::abs(x - centre));
}

Color pattern(ClothPattern kind, const Color& first, const Color& second, float u, float v)
{
    switch (kind) {
    case ClothPattern::Stripes:
        return std::sin(kTwoPi * v * 8) > 0.35f ? second : first;
    case ClothPattern::Checks: {
        const float a = std::sin(kTwoPi * u * 5) > 0.3f ? 0.5f : 0.0f;
        const float b = std::sin(kTwoPi * v * 5) > 0.3f ? 0.5f : 0.0f;
        return mix(first, second, a + b);
    }
    case ClothPattern::Knit: {
        const float row = std::abs(std::sin(kTwoPi * (v * 24 + 0.25f * std::sin(kTwoPi * u * 24))));
        return first * (0.72f + 0.35f * row);
    }
    case ClothPattern::Jacket:
    case ClothPattern::Plain:
        return first;
    }
    return first;
}

/// Shade of folds and weave around 1.
float clothShade(float u, float v, uint32_t seed)
{
    const float folds = noise(u * 4 + 1.5f * noise(u * 3, v * 3, 3, 2, seed + 1), v * 5, 20, 3, seed);
    const float weave = noise(u * 128, v * 128, 128, 1, seed + 2);
    return 0.74f + 0.40f * folds + 0.09f * weave;
}

} // namespace

Color operator*(const Color& c, float k) { return {c.r * k, c.g * k, c.b * k}; }

Color mix(const Color& a, const Color& b, float s)
{
    return {a.r + (b.r - a.r) * s, a.g + (b.g - a.g) * s, a.b + (b.b - a.b) * s};
}

float ramp(float low, float high, float x)
{
    const float s = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return s * s * (3 - 2 * s);
}

float noise(float x, float y, int period, int octaves, uint32_t seed)
{
    float sum = 0;
    float weight = 0;
    float gain = 1;
    for (int octave = 0; octave < octaves; ++octave) {
        const float fx = std::floor(x);
        const float fy = std::floor(y);
        const int ix = static_cast<int>(fx);
        const int iy = static_cast<int>(fy);
        const float sx = ramp(0, 1, x - fx);
        const float sy = ramp(0, 1, y - fy);
        const auto at = [&](int dx, int dy) {
            const auto wrap = [&](int i) { return ((i % period) + period) % period; };
            return latticeValue(wrap(ix + dx), wrap(iy + dy), seed + static_cast<uint32_t>(octave) * 101);
        };
        const float top = at(0, 0) + (at(1, 0) - at(0, 0)) * sx;
        const float bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * sx;
        sum += gain * (top + (bottom - top) * sy);
        weight += gain;
        gain *= 0.5f;
        x *= 2;
        y *= 2;
        period *= 2;
    }
    return sum / weight;
}

Texture repaintTexture(Texture texture, const Painting& painting, const std::function<bool(float v)>& wanted)
{
    const int side = texture.side();
    const float step = 1.0f / static_cast<float>(side);
    const auto byte
        = [](float v) { return static_cast<uint32_t>(std::clamp(v * 255.0f + 0.5f, 0.0f, 255.0f)); };
    for (int y = 0; y < side; ++y) {
        if (!wanted((static_cast<float>(y) + 0.5f) * step))
            continue;
        for (int x = 0; x < side; ++x) {
            Color sum;
            for (const auto& [dx, dy] :
                {std::pair{0.25f, 0.25f}, {0.75f, 0.25f}, {0.25f, 0.75f}, {0.75f, 0.75f}}) {
                const Color c
                    = painting((static_cast<float>(x) + dx) * step, (static_cast<float>(y) + dy) * step);
                sum = {sum.r + c.r / 4, sum.g + c.g / 4, sum.b + c.b / 4};
            }
            texture.texels[static_cast<size_t>(y) * static_cast<size_t>(side) + static_cast<size_t>(x)]
                = byte(sum.b) | byte(sum.g) << 8 | byte(sum.r) << 16 | 0xff000000U;
        }
    }
    return texture;
}

Texture paintTexture(int bits, const Painting& painting)
{
    Texture texture;
    texture.bits = bits;
    texture.texels.resize(static_cast<size_t>(texture.side()) * static_cast<size_t>(texture.side()));
    return repaintTexture(std::move(texture), painting, [](float) { return true; });
}

Texture clothTexture(ClothPattern kind, const Color& first, const Color& second, uint32_t seed)
{
    return paintTexture(
        7, [&](float u, float v) { return pattern(kind, first, second, u, v) * (clothShade(u, v, seed)); });
}

Texture trunkTexture(const Look& look, uint32_t seed)
{
    // The tile of the sleeves is 0.25 m; the trunk is about 0.9 m around and 0.6 m high.
    return paintTexture(8, [&](float u, float v) {
        Color c = pattern(look.pattern, look.top, look.topSecond, u * 3.6f, v * 2.4f);
        const float across = (u - 0.25f) * 0.9f; // metres from the middle of the front
        const float down = v * 0.6f;
        if (look.pattern == ClothPattern::Jacket) {
            const float opening = std::max(0.0f, 0.105f - 0.31f * down);
            const Color shirt = look.topSecond * 1.05f;
            if (std::abs(across) < opening) {
                c = shirt;
                if (look.tie)
                    c = mix(c, {look.top.b * 0.7f + 0.1f, look.top.r * 0.5f, look.top.g * 0.5f},
                        band(across, 0, 0.016f + 0.03f * down, 0.003f));
            } else if (std::abs(across) < opening + 0.05f * ramp(0.36f, 0.2f, down)) {
                c = c * 0.78f; // lapel
            }
            if (down > 0.34f)
                c = mix(c, look.top * 0.35f, band(across, 0.008f, 0.003f, 0.002f));
        } else if (look.pattern != ClothPattern::Knit && !look.shortSleeves) {
            c = mix(c, c * 0.72f, band(across, 0.018f, 0.002f, 0.002f));
            const float button = std::hypot(across, std::fmod(down, 0.085f) - 0.045f);
            c = mix(c, look.topSecond * 0.6f, 1 - ramp(0.005f, 0.008f, button));
        }
        const float folds = clothShade(u * 3.6f, v * 2.4f, seed);
        const float sides = 0.88f + 0.12f * std::abs(std::sin(kTwoPi * u));
        c = c * (folds * sides);
        // Neckline: round for a pullover or T-shirt, a small opening for a shirt with buttons.
        const bool round = look.shortSleeves || look.pattern == ClothPattern::Knit;
        const float front = std::abs(across) < 0.2f ? 1.0f : 0.0f;
        const float depth = round ? 0.066f - 4.5f * across * across : 0.075f - 1.6f * std::abs(across);
        const float line = std::max(0.014f, look.pattern == ClothPattern::Jacket ? 0.0f : front * depth);
        if (round)
            c = mix(c, c * 0.75f, band(down, line + 0.006f, 0.006f, 0.003f));
        return mix(c, look.skin * 0.93f, ramp(line + 0.002f, line - 0.002f, down));
    });
}

Texture skinTexture(const Color& skin, uint32_t seed)
{
    return paintTexture(6, [&](float u, float v) {
        const float blotch = noise(u * 4, v * 4, 4, 3, seed);
        return Color{skin.r * (0.94f + 0.1f * blotch), skin.g * (0.90f + 0.16f * blotch),
            skin.b * (0.90f + 0.16f * blotch)};
    });
}

Texture hairTexture(const Color& hair, uint32_t seed)
{
    return paintTexture(7, [&](float u, float v) {
        const float strands = noise(u * 64, v * 6, 64, 2, seed);
        const float locks = noise(u * 10, v * 3, 20, 2, seed + 5);
        return hair * (0.55f + 0.55f * strands + 0.35f * locks);
    });
}

} // namespace telltale::synth
