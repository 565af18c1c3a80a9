// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <span>

namespace telltale {

/// The words that formats show of themselves (core/exchange, which speaks English): where translators find
/// them. A test holds the list against the registry.
std::span<const char* const> formatWords();

} // namespace telltale
