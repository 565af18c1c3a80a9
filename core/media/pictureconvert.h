// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: decoded pictures to BGRA.
#include "base/result.h"
#include "media/avhandles.h"
#include "media/framesource.h"

namespace telltale {

/// `frame` as BGRA with its own matrix and range, turned by `rotation` degrees clockwise (0, 90, 180, 270).
/// Where the matrix is not given, pictures wider than 1279 or higher than 576 are taken as bt709, others as
/// bt601, as players do. Unsupported for pixel formats that are not in memory or coded as bits.
Result<Picture> toPicture(const AVFrame& frame, int rotation);

/// The part of `region` inside a picture of this size, at least one pixel; all of it for an empty region.
PictureRegion clipped(const PictureRegion& region, int width, int height);

Picture cropped(Picture picture, const PictureRegion& region);

} // namespace telltale
