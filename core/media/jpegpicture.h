// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: small pictures as JPEG bytes, for caches.
#include "base/result.h"
#include "media/framesource.h"
#include <string>
#include <string_view>

namespace telltale {

/// Any size from 1 x 1 on; odd ones too.
Result<std::string> encodeJpeg(const Picture& picture);
/// BadFormat where the bytes are not a whole JPEG picture.
Result<Picture> decodeJpeg(std::string_view bytes);

} // namespace telltale
