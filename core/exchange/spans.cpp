// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/spans.h"
#include <algorithm>

namespace telltale {

std::string OutgoingVideo::personName(int number) const
{
    const auto found = std::ranges::find(persons, number, &std::pair<int, std::string>::first);
    return found == persons.end() || found->second.empty() ? std::string("P").append(std::to_string(number))
                                                           : found->second;
}

std::string Conventions::sentence() const
{
    std::string text;
    for (const std::string& part :
        {unit.empty() ? unit : std::string("unit: ").append(unit), base, end, rounding})
        if (!part.empty())
            text += (text.empty() ? "" : "; ") + part;
    return text;
}

} // namespace telltale
