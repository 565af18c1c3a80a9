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
using Stops = std::array<Stop, 6>;

/// By HeatColors. Samples of matplotlib's maps of these names, "inferno" from a sixth up; the last is grey.
constexpr std::array<Stops, 4> kMaps{{
    {{{57, 9, 99}, {120, 28, 109}, {187, 55, 84}, {237, 105, 37}, {252, 176, 20}, {252, 255, 164}}},
    {{{68, 1, 84}, {65, 68, 135}, {42, 120, 142}, {34, 168, 132}, {122, 209, 81}, {253, 231, 37}}},
    {{{0, 34, 78}, {50, 67, 109}, {102, 105, 112}, {148, 142, 119}, {200, 184, 102}, {254, 232, 56}}},
    {{{40, 40, 40}, {83, 83, 83}, {126, 126, 126}, {169, 169, 169}, {212, 212, 212}, {255, 255, 255}}},
}};

Stop colorAt(HeatColors colors, double value)
{
    const Stops& stops = kMaps.at(static_cast<size_t>(colors));
    const double place = std::clamp(value, 0.0, 1.0) * (stops.size() - 1);
    const size_t lower = std::min(static_cast<size_t>(place), stops.size() - 2);
    const double t = place - static_cast<double>(lower);
    const Stop& a = stops[lower];
    const Stop& b = stops[lower + 1];
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

/// Premultiplied colours by value, 0 first.
std::array<QRgb, 256> colorTable(double opacity, HeatColors colors)
{
    std::array<QRgb, 256> table{};
    for (size_t i = 0; i < table.size(); ++i) {
        const double value = static_cast<double>(i) / 255;
        const Stop color = colorAt(colors, value);
        const double rise = std::min(1.0, value * 2.5);
        const double alpha = std::clamp(opacity, 0.0, 1.0) * rise * rise * (3 - 2 * rise);
        const auto channel = [alpha](double x) { return static_cast<int>(std::lround(x * alpha)); };
        table[i] = qRgba(
            channel(color.r), channel(color.g), channel(color.b), static_cast<int>(std::lround(alpha * 255)));
    }
    return table;
}

/// Two channels at a time; differs from the exact value by at most one.
QRgb over(QRgb below, QRgb premultiplied)
{
    const uint32_t alpha = premultiplied >> 24;
    const uint32_t keep = 256 - alpha - (alpha >> 7);
    const uint32_t redBlue = ((below & 0xff00ffU) * keep >> 8) & 0xff00ffU;
    const uint32_t green = ((below & 0x00ff00U) * keep >> 8) & 0x00ff00U;
    return 0xff000000U | (redBlue + (premultiplied & 0xff00ffU)) | (green + (premultiplied & 0x00ff00U));
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

QRgb heatColor(HeatColors colors, double value)
{
    const Stop color = colorAt(colors, value);
    const auto channel = [](double x) { return static_cast<int>(std::lround(x)); };
    return qRgb(channel(color.r), channel(color.g), channel(color.b));
}

void blendHeat(QImage& picture, const QRect& whole, const NdArray& map, double opacity, HeatColors colors)
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
    const auto table = colorTable(opacity, colors);
    const QRect target = whole.intersected(picture.rect());
    const std::vector<Sample> across = samples(picture.width(), whole.left(), whole.width(), columns);
    const std::vector<Sample> down = samples(picture.height(), whole.top(), whole.height(), rows);
    std::vector<int> line(static_cast<size_t>(columns)); // one row of cells at this height, 8.8 fixed point
    std::vector<int> starts(static_cast<size_t>(columns), target.right() + 1); // first pixel of each cell
    for (int x = target.right(); x >= target.left(); --x)
        starts[static_cast<size_t>(across[static_cast<size_t>(x)].cell)] = x;
    for (int c = columns - 2; c >= 0; --c) // cells between the pixels of a shrunk map
        starts[static_cast<size_t>(c)]
            = std::min(starts[static_cast<size_t>(c)], starts[static_cast<size_t>(c) + 1]);
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
        for (size_t c = 0; c + 1 < line.size(); ++c) {
            const int left = line[c];
            const int right = line[c + 1];
            if (left + right < 256)
                continue;
            for (int x = starts[c]; x < starts[c + 1]; ++x) {
                const int share = across[static_cast<size_t>(x)].share;
                const int value = (left * (256 - share) + right * share) >> 16;
                pixels[x] = over(pixels[x], table[static_cast<size_t>(value)]);
            }
        }
    }
}

} // namespace telltale
