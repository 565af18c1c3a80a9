// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: decoded pictures to BGRA.
#include "base/result.h"
#include "media/avhandles.h"
#include "media/framesource.h"

namespace telltale {

/// The part of `frame` that `view` asks for as BGRA, in the size it asks for: with its own matrix and range,
/// turned as displayed. Where the matrix is not given, pictures wider than 1279 or higher than 576 are taken
/// as bt709, others as bt601, as players do. A picture of another size than the video's is brought to it
/// first. `storage` is used again if it is big enough. Unsupported for pixel formats that are not in memory
/// or coded as bits.
Result<Picture> toPicture(
    const AVFrame& frame, const VideoInfo& video, const PictureView& view, std::vector<uint8_t> storage = {});

/// The part of `region` inside a picture of this size, at least one pixel; all of it for an empty region.
PictureRegion clipped(const PictureRegion& region, int width, int height);

} // namespace telltale
