// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: something to look at before a video's index is known.
#include "media/avhandles.h"
#include <filesystem>
#include <memory>

namespace telltale {

/// The first picture that decoding from the file's beginning delivers; `stream` as in OpenOptions. Null where
/// there is none within the first packets.
std::shared_ptr<const AVFrame> firstPicture(const std::filesystem::path& file, int stream);

} // namespace telltale
