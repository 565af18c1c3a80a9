// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace telltale {

/// What disks, cables and power failures do to files. None of these is for a file that a Document has open.
void truncateFile(const std::filesystem::path& file, int64_t bytes);
void flipBit(const std::filesystem::path& file, int64_t bit); ///< bit 0 is the lowest of the first byte
void overwriteFile(const std::filesystem::path& file, int64_t offset, const std::string& bytes);
std::string bytesAt(const std::filesystem::path& file, int64_t offset, int64_t count);

/// Everything in a folder and below it: names, what is in the files, and when they were last changed.
std::map<std::string, std::string> everythingIn(const std::filesystem::path& folder);

} // namespace telltale
