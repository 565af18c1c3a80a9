// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace telltale::pickle {

/// Whether a line of protocol 0 says what it means: ASCII without a backslash.
bool isPlain(std::string_view line);
/// A str of protocol 0 (Python's codec raw-unicode-escape) as UTF-8: latin-1, and \uXXXX and \UXXXXXXXX.
/// Nothing: an escape that is none.
std::optional<std::string> fromRawUnicode(std::string_view line);
/// A byte string of protocol 0 between its quotes (Python 2's repr). Nothing: an escape that is none.
std::optional<std::string> fromQuoted(std::string_view inner);
/// The bytes that a str of latin-1's signs stands for: how protocols below 3 write bytes. Nothing: a sign
/// that latin-1 lacks.
std::optional<std::string> toLatin1(std::string_view text);

} // namespace telltale::pickle
