// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <set>
#include <string>
#include <vector>

namespace telltale {

/// Adds "N WHAT: a, b, ..." about the names that are wanted and not there, if there are any.
void noteMissing(const std::set<std::string>& wanted, const std::set<std::string>& there,
    const std::string& what, std::vector<std::string>& notes);

} // namespace telltale
