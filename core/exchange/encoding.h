// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// True for text that everything else takes as a name (RFC 3629). Files of other systems may hold any bytes.
bool isUtf8(std::string_view text);

/// Adds one character by its number, at most 0x10FFFF.
void appendUtf8(std::string& text, uint32_t code);

/// The content as UTF-8 if it starts with the byte order mark of UTF-16; halves of pairs that stand alone
/// become U+FFFD. Nothing: it has no such mark.
std::optional<std::string> fromUtf16(std::string_view content);

} // namespace telltale
