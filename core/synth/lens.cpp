// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/lens.h"
#include <cstring>

namespace telltale::synth {
namespace {

constexpr float kEdge = 0.012f; ///< metres: a step in depth that is an outline
constexpr size_t kNoiseSize = 1 << 16;

/// Brightness noise around 128 with a deviation of 1 level in 16ths, the same on every machine.
const std::vector<int8_t>& noiseTable()
{
    static const std::vector<int8_t> table = [] {
        Random random(0x5e4507);
        std::vector<int8_t> values(kNoiseSize);
        for (int8_t& value : values)
            value = static_cast<int8_t>(std::clamp(std::lround(random.normal() * 16), -127L, 127L));
        return values;
    }();
    return table;
}

/// Averages a pixel on an outline with its neighbours: cheap anti-aliasing that knows where the outlines are.
void softenRow(
    const Canvas& canvas, const std::vector<float>& roomDepth, int y, std::vector<uint8_t>& original)
{
    const auto width = static_cast<size_t>(canvas.width);
    const size_t row = static_cast<size_t>(y) * width;
    const float* depth = canvas.depth + row;
    uint8_t* pixels = canvas.bgra + row * 4;
    // `original` keeps the row above as it was drawn; this row replaces it on the way out.
    std::vector<uint8_t>& above = original;
    thread_local std::vector<uint8_t> current;
    current.assign(pixels, pixels + width * 4);
    const uint8_t* below = pixels + width * 4;
    for (size_t x = 1; x + 1 < width; ++x) {
        const float here = depth[x];
        const bool outline = std::abs(here - depth[x + 1]) > kEdge || std::abs(here - depth[x - 1]) > kEdge
            || std::abs(here - depth[x + width]) > kEdge || std::abs(here - depth[x - width]) > kEdge;
        const bool drawn = here < roomDepth[row + x] || depth[x + 1] < roomDepth[row + x + 1]
            || depth[x - 1] < roomDepth[row + x - 1] || depth[x + width] < roomDepth[row + x + width]
            || depth[x - width] < roomDepth[row + x - width];
        if (!outline || !drawn)
            continue;
        for (size_t c = 0; c < 3; ++c) {
            const size_t i = 4 * x + c;
            pixels[i] = static_cast<uint8_t>(
                (4 * current[i] + current[i - 4] + current[i + 4] + above[i] + below[i] + 4) >> 3);
        }
    }
    above.swap(current);
}

} // namespace

void photograph(const Canvas& canvas, const std::vector<float>& roomDepth, const Look& look, int64_t frame)
{
    const auto width = static_cast<size_t>(canvas.width);
    std::vector<uint8_t> above(canvas.bgra, canvas.bgra + width * 4);
    for (int y = 1; y + 1 < canvas.height; ++y)
        softenRow(canvas, roomDepth, y, above);
    const std::vector<int8_t>& table = noiseTable();
    const int gain = static_cast<int>(std::lround(look.sensorNoise * 16));
    Random random(static_cast<uint64_t>(frame) * 0x9e37 + 17);
    const size_t rowBytes = width * 4;
    for (int y = 0; y < canvas.height; ++y) {
        uint8_t* pixels = canvas.bgra + static_cast<size_t>(y) * rowBytes;
        size_t from = 0;
        while (from < rowBytes) {
            const size_t run = std::min(rowBytes - from, kNoiseSize / 2);
            const int8_t* grain = table.data() + random.next() % (kNoiseSize / 2);
            for (size_t i = 0; i < run; ++i) {
                const int value = pixels[from + i] + ((grain[i] * gain) >> 8);
                pixels[from + i] = static_cast<uint8_t>(std::clamp(value, 0, 255));
            }
            from += run;
        }
    }
}

} // namespace telltale::synth
