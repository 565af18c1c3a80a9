// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/clippictures.h"
#include <algorithm>
#include <cmath>

namespace telltale {

std::vector<uint8_t> clipBytes(const NdArray& rgb)
{
    if (rgb.shape.size() != 4)
        return {};
    const auto pixels = static_cast<size_t>(rgb.shape[1] * rgb.shape[2] * rgb.shape[3]);
    std::vector<uint8_t> bytes(3 * pixels);
    for (size_t channel = 0; channel < 3; ++channel)
        for (size_t i = 0; i < pixels; ++i)
            bytes[3 * i + channel] = static_cast<uint8_t>(
                std::lround(std::clamp(rgb.values[channel * pixels + i], 0.0f, 1.0f) * 255.0f));
    return bytes;
}

std::vector<uint8_t> clipBytes(const ClipPictures& pictures, const CropBox& box, int side)
{
    NdArray rgb({3, static_cast<int64_t>(pictures.pictures.size()), side, side});
    for (size_t t = 0; t < pictures.pictures.size(); ++t) {
        const Picture& picture = pictures.pictures[t];
        cropRgb(picture.bgra, picture.width, picture.height, box, static_cast<int64_t>(t), rgb);
    }
    return clipBytes(rgb);
}

} // namespace telltale
