// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: exact conversion of planar YUV. libyuv's factors end at 2.0, and the blue of bt709
// and bt2020 in limited range needs 2.11 and 2.14: up to 12 levels are missing in a saturated blue.
#include "media/avhandles.h"
#include <cstdint>

namespace telltale {

/// Luma weights of a matrix, and the range.
struct YuvMeaning {
    double red;
    double blue;
    bool fullRange;
};

/// Whether toBgraByRows() knows the format: planes of 8 to 14 bits, luma alone or with chroma apart or
/// interleaved.
bool hasYuvRows(int pixelFormat);

/// Writes B, G, R and opacity (255 where there is none) into rows of `stride` bytes, a
/// multiple of 4. Within one level of the formula.
void toBgraByRows(const AVFrame& frame, const YuvMeaning& meaning, uint8_t* bgra, int stride);

} // namespace telltale
