// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the colours of decoded pictures.
#include "base/result.h"
#include "media/avhandles.h"

namespace telltale {

/// Sets the matrix and the range that `frame` leaves open, as players do: bt709 for pictures wider than 1279
/// or higher than 576, else bt601; limited range unless the pixel format says otherwise.
void settleColours(AVFrame& frame);

/// Unsupported for pixel formats that are not in memory, of floating point or coded as bits.
Status checkConvertible(const AVFrame& frame);

/// Writes the whole of `frame`, whose colours are settled, as bytes B, G, R, 255 into rows of `stride` bytes.
/// Transparent pixels let `background` (0xRRGGBB) through. Unsupported, Internal.
Status toBgra(const AVFrame& frame, uint32_t background, uint8_t* bgra, int stride);

} // namespace telltale
