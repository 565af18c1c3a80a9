// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>

namespace telltale {

/// Whether a file can be written there, asked before the work and not after it: makes the folder. The errors
/// name the place.
Status ensureOutputFile(const std::filesystem::path& file);

} // namespace telltale
