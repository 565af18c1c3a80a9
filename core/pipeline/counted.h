// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <string>

namespace telltale {

/// "1 span is", "3 spans are": the beginning of a note.
inline std::string counted(int64_t count, const char* one, const char* many)
{
    return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

} // namespace telltale
