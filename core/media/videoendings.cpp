// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videoendings.h"
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace telltale {
namespace {

/// What cameras, recorders and annotation tools write and FFmpeg reads.
constexpr std::array<std::string_view, 17> kEndings{".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg",
    ".mpeg", ".m2v", ".mts", ".m2ts", ".ts", ".wmv", ".flv", ".3gp", ".ogv", ".mxf"};

} // namespace

bool hasVideoEnding(const std::filesystem::path& file)
{
    std::string ending = file.extension().string();
    std::ranges::transform(
        ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::find(kEndings, ending) != kEndings.end();
}

} // namespace telltale
