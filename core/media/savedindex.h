// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: indexes of videos that were opened before.
#include "media/indexbuilder.h"

namespace telltale {

/// What tells whether a file is still the one it was: size, time of its last change, hash of its first and
/// last 64 KiB. 32 hex digits. NotFound, Io.
Result<std::string> indexKey(const std::filesystem::path& file);

/// The index of stream `stream` (-1: the one that is shown unless another is asked for) from `folder`; null
/// if there is none or if it is damaged or of another version.
std::shared_ptr<const IndexedVideo> loadIndex(
    const std::filesystem::path& folder, const std::filesystem::path& file, int stream);

/// Keeps it under the file's `key`, whole or not at all, whoever else writes there. That it cannot be written
/// is no error: the index is then made again.
void saveIndex(
    const std::filesystem::path& folder, const std::string& key, int stream, const IndexedVideo& video);

} // namespace telltale
