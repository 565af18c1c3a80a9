// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <map>
#include <string>
#include <string_view>

namespace telltale {

/// The members of a zip or zip64 archive by name; views into its bytes.
using ZipMembers = std::map<std::string, std::string_view, std::less<>>;

/// Reads the table of contents. Only stored members are taken, as PyTorch writes them: Unsupported names one
/// that is compressed or encrypted. BadFormat: cut short, or members that lie outside the file. Check sums
/// are not compared: PyTorch may be told to leave them out.
Result<ZipMembers> readZip(std::string_view bytes, const std::string& name);

} // namespace telltale
