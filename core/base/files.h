// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace telltale {

/// Whole content of a file; NotFound / Io with the path in the message.
Result<std::string> readFile(const std::filesystem::path& file);
/// Writes to a temporary file beside `file`, flushes it to the disk and renames: never half a file.
Status writeFileAtomically(const std::filesystem::path& file, std::string_view content);
/// The same with content that lies in several places: the parts one after another.
Status writeFileAtomically(const std::filesystem::path& file, std::span<const std::string_view> parts);
/// Lets `write` fill a new folder beside `folder` and then puts it in that one's place: what was there stays,
/// whole, if anything fails.
Status replaceFolder(const std::filesystem::path& folder,
    const std::function<Status(const std::filesystem::path& made)>& write);
/// Makes the folder (and its parents) and checks that it can be written to.
Status ensureWritableFolder(const std::filesystem::path& folder);
/// Identity of a big file without reading it all: size and a hash of its first and last 64 KiB, 32 hex
/// digits.
Result<std::string> fileFingerprint(const std::filesystem::path& file);
/// 128-bit FNV-1a based digest as 32 hex digits. For cache keys, not for security.
std::string contentDigest(std::string_view content);

/// Where recipes, schemes and demo weights lie: $TELLTALE_DATA_DIR, then ../share/telltale beside the
/// program, then the source tree it was built from. The folder holds `models/`.
std::filesystem::path dataFolder();
/// "0.1.0"
std::string versionText();

} // namespace telltale
