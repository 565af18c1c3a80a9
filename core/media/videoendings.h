// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <filesystem>

namespace telltale {

/// Whether the name ends like that of a video file, in capitals or not.
bool hasVideoEnding(const std::filesystem::path& file);

} // namespace telltale
