// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/missingnames.h"

namespace telltale {

void noteMissing(const std::set<std::string>& wanted, const std::set<std::string>& there,
    const std::string& what, std::vector<std::string>& notes)
{
    constexpr size_t kShownNames = 5;
    std::string names;
    size_t missing = 0;
    for (const std::string& name : wanted)
        if (!there.contains(name) && ++missing <= kShownNames)
            names += (names.empty() ? "" : ", ") + name;
    if (missing > 0)
        notes.push_back(
            std::to_string(missing) + " " + what + ": " + names + (missing > kShownNames ? ", ..." : ""));
}

} // namespace telltale
