// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace telltale {

/// A name out of a file for a message: whatever is no printable ASCII becomes "?".
inline std::string printable(std::string_view name)
{
    std::string text(name);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

} // namespace telltale
