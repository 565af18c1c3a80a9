// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>

namespace telltale {

/// The two systems learn from sets of their own and lie in folders of their own: whoever mixes them up is
/// told which option was meant.
enum class SystemKind { Track1, Track2 };

/// Usage if `file` is a set that the other system learns from. What is neither is left to its reader.
Status checkSetKind(const std::filesystem::path& file, SystemKind wanted);
/// The same of a folder with a trained system.
Status checkSystemFolder(const std::filesystem::path& folder, SystemKind wanted);

} // namespace telltale
