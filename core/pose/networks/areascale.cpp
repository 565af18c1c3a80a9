// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/areascale.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace telltale {
namespace {

constexpr int kChannels = 4;
/// Rows of bytes that 16 bits can sum up.
constexpr int kMostRows = 257;

/// What a new pixel covers of the old ones along one axis: parts of `first` and `last`, all between.
struct Cover {
    int first = 0;
    int last = 0; ///< inclusive; the same as `first` where one pixel is all
    float firstPart = 0;
    float lastPart = 0; ///< 0 where there is only one
};

Cover coverOf(int index, double step, int size)
{
    const double begin = index * step;
    const double end = std::min<double>(begin + step, size);
    Cover cover;
    cover.first = std::min(static_cast<int>(begin), size - 1);
    cover.last = std::max(cover.first, std::min(static_cast<int>(std::ceil(end)) - 1, size - 1));
    if (cover.first == cover.last) {
        cover.firstPart = static_cast<float>(end - begin);
        return cover;
    }
    cover.firstPart = static_cast<float>(cover.first + 1 - begin);
    cover.lastPart = static_cast<float>(end - cover.last);
    return cover;
}

/// sums[i] = the rows of `cover`, weighted.
void addRows(const uint8_t* from, size_t stride, const Cover& cover, std::vector<uint16_t>& whole,
    std::vector<float>& sums)
{
    const uint8_t* first = from + static_cast<size_t>(cover.first) * stride;
    const uint8_t* last = from + static_cast<size_t>(cover.last) * stride;
    const float lastPart = cover.lastPart;
    for (size_t i = 0; i < stride; ++i)
        sums[i] = cover.firstPart * static_cast<float>(first[i]) + lastPart * static_cast<float>(last[i]);
    for (int row = cover.first + 1; row < cover.last;) {
        std::fill(whole.begin(), whole.end(), uint16_t{0});
        const int end = std::min(cover.last, row + kMostRows);
        for (; row < end; ++row) {
            const uint8_t* at = from + static_cast<size_t>(row) * stride;
            for (size_t i = 0; i < stride; ++i)
                whole[i] = static_cast<uint16_t>(whole[i] + at[i]);
        }
        for (size_t i = 0; i < stride; ++i)
            sums[i] += static_cast<float>(whole[i]);
    }
}

} // namespace

void areaScale(
    std::span<const uint8_t> from, int width, int height, std::span<uint8_t> to, int newWidth, int newHeight)
{
    const double stepX = static_cast<double>(width) / newWidth;
    const double stepY = static_cast<double>(height) / newHeight;
    const auto perArea = static_cast<float>(1 / (stepX * stepY));
    const auto stride = static_cast<size_t>(width) * kChannels;
    std::vector<uint16_t> whole(stride);
    std::vector<float> sums(stride);
    uint8_t* out = to.data();
    for (int row = 0; row < newHeight; ++row) {
        addRows(from.data(), stride, coverOf(row, stepY, height), whole, sums);
        for (int column = 0; column < newWidth; ++column, out += kChannels) {
            const Cover cover = coverOf(column, stepX, width);
            const float* first = sums.data() + static_cast<size_t>(cover.first) * kChannels;
            const float* last = sums.data() + static_cast<size_t>(cover.last) * kChannels;
            std::array<float, kChannels> pixel{};
            for (size_t i = 0; i < kChannels; ++i)
                pixel[i] = cover.firstPart * first[i] + cover.lastPart * last[i];
            for (const float* at = first + kChannels; at < last; at += kChannels)
                for (size_t i = 0; i < kChannels; ++i)
                    pixel[i] += at[i];
            for (size_t i = 0; i < kChannels; ++i)
                out[i] = static_cast<uint8_t>(std::lround(pixel[i] * perArea));
        }
    }
}

} // namespace telltale
