// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: decoding on the graphics hardware through libavcodec's own hwaccel.
#include "media/avhandles.h"

namespace telltale {

/// Gives `context`, which is not open yet, a device of this machine that can decode `codec`. False and
/// nothing changed where there is none. The decoder itself falls back to software for streams the device
/// cannot decode.
bool attachHardware(AVCodecContext& context, const AVCodec& codec);

bool isOnHardware(const AVFrame& frame);
/// "vaapi", "cuda" ...; empty for a picture in memory.
std::string hardwareName(const AVFrame& frame);
/// Copies the picture into memory, with its time stamps and colours. False if the device refuses.
bool download(AVFrame& frame);

} // namespace telltale
