// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/clipinput.h"

namespace telltale {

/// `box` (in pixels of the pictures; empty: all) cut out of each and scaled to a square: [T, side, side, 3],
/// red first, as ClipSet::rgb().
std::vector<uint8_t> clipBytes(const ClipPictures& pictures, const CropBox& box, int side);
/// [3, T, side, side] of 0 to 1 in the same order of bytes.
std::vector<uint8_t> clipBytes(const NdArray& rgb);

} // namespace telltale
