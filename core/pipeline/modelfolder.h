// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"

namespace telltale {

/// A folder under the project's models/ that no trained system has: "track1-1", "track2-3", ...
std::filesystem::path freshModelFolder(const Document& document, const std::string& kind);

/// Of the system in use. NotFound with the sentence `otherwise`.
Result<std::filesystem::path> activeModelFolder(
    const Document& document, const std::string& kind, const std::string& otherwise);

} // namespace telltale
