// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string>
#include <vector>

namespace telltale {

/// What in an EAF file is against the published schema (EAFv3.0.xsd; for files of 2.7 with the vocabularies
/// of that version): order and number of elements, required and unknown attributes, types of identifiers,
/// times and dates, references that point to nothing. Empty: nothing.
std::vector<std::string> eafFaults(const std::string& content);

} // namespace telltale
