// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/heatblend.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace telltale {

namespace {

struct Stop {
    double r, g, b;
};

// Samples of matplotlib's "inferno" from a sixth up: lightness rises evenly, and it survives colour
// blindness.
constexpr std::array<Stop, 6> kInferno{
    {{57, 9, 99}, {120, 28, 109}, {187, 55, 84}, {237, 105, 37}, {252, 176, 20}, {252, 255, 164}}};

/// Premultiplied colours by value, 0 first.
std::array<QRgb, 256> colorTable(double opacity)
{
    std::array<QRgb, 256> table{};
    for (size_t i = 0; i < table.size(); ++i) {
        const double value = static_cast<double>(i) / 255;
        const double place = value * (kInferno.size() - 1);
        const size_t lower = std::min(static_cast<size_t>(place), kInferno.size() - 2);
        const double t = place - static_cast<double>(lower);
        const Stop& a = kInferno[lower];
        const Stop& b = kInferno[lower + 1];
        const double rise = std::min(1.0, value * 2.5);
        const double alpha = std::clamp(opacity, 0.0, 1.0) * rise * rise * (3 - 2 * rise);
        const auto channel
            = [&](double x, double y) { return static_cast<int>(std::lround((x + (y - x) * t) * alpha)); };
        table[i] = qRgba(channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b),
            static_cast<int>(std::lround(alpha * 255)));
    }
    return table;
}

QRgb over(QRgb below, QRgb premultiplied)
{
    const uint32_t keep = 255 - qAlpha(premultiplied);
    const auto channel
        = [keep](int under, int added) { return static_cast<int>(under * keep / 255) + added; };
    return qRgb(channel(qRed(below), qRed(premultiplied)), channel(qGreen(below), qGreen(premultiplied)),
        channel(qBlue(below), qBlue(premultiplied)));
}

/// One axis: for each pixel the cell to its left and the share of the next cell, in 1/256.
struct Sample {
    int cell;
    int share;
};

std::vector<Sample> samples(int pixels, int start, int extent, int cells)
{
    std::vector<Sample> all(static_cast<size_t>(std::max(0, pixels)));
    for (int i = 0; i < pixels; ++i) {
        const double place = (i - start + 0.5) * cells / extent;
        const double inside = std::clamp(place, 0.0, static_cast<double>(cells - 1));
        const int cell = std::min(static_cast<int>(inside), std::max(0, cells - 2));
        all[static_cast<size_t>(i)] = {cell, static_cast<int>((inside - cell) * 256)};
    }
    return all;
}

} // namespace

void blendHeat(QImage& picture, const QRect& whole, const NdArray& map, double opacity)
{
    if (map.shape.size() != 2 || map.empty() || whole.isEmpty() || picture.isNull())
        return;
    const auto rows = static_cast<int>(map.shape[0]);
    const auto columns = static_cast<int>(map.shape[1]);
    if (rows < 2 || columns < 2)
        return;
    std::vector<int> values(map.values.size()); // 0 .. 255
    std::transform(map.values.begin(), map.values.end(), values.begin(),
        [](float v) { return static_cast<int>(std::clamp(v, 0.0f, 1.0f) * 255); });
    const auto table = colorTable(opacity);
    const QRect target = whole.intersected(picture.rect());
    const std::vector<Sample> across = samples(picture.width(), whole.left(), whole.width(), columns);
    const std::vector<Sample> down = samples(picture.height(), whole.top(), whole.height(), rows);
    std::vector<int> line(static_cast<size_t>(columns)); // one row of cells at this height, 8.8 fixed point
    for (int y = target.top(); y <= target.bottom(); ++y) {
        const Sample vertical = down[static_cast<size_t>(y)];
        const int* upper = values.data() + static_cast<ptrdiff_t>(vertical.cell) * columns;
        bool any = false;
        for (int c = 0; c < columns; ++c) {
            const int value = upper[c] * (256 - vertical.share) + upper[c + columns] * vertical.share;
            line[static_cast<size_t>(c)] = value;
            any = any || value >= 256;
        }
        if (!any)
            continue;
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = target.left(); x <= target.right(); ++x) {
            const Sample horizontal = across[static_cast<size_t>(x)];
            const int left = line[static_cast<size_t>(horizontal.cell)];
            const int right = line[static_cast<size_t>(horizontal.cell) + 1];
            if (left + right < 256)
                continue;
            const int value = (left * (256 - horizontal.share) + right * horizontal.share) >> 16;
            if (const QRgb color = table[static_cast<size_t>(value)])
                pixels[x] = over(pixels[x], color);
        }
    }
}

} // namespace telltale
