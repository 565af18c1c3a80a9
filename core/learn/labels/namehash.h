// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Words of a class name in lower case (ASCII letters and digits, and everything beyond ASCII).
std::vector<std::string> wordsOf(std::string_view name);

/// Signed hashes of the 2- to 5-grams of each word's characters with marks at its ends, mean over the words,
/// length 1; zeros for a name without words.
std::vector<double> hashedName(std::string_view name, int dimension);

/// Brings a vector to length 1; false if it is 0 or has a number that is none.
bool normalise(std::vector<double>& vector);

} // namespace telltale
