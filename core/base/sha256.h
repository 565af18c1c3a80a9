// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

using Sha256 = std::array<uint8_t, 32>;

/// Content identity of what is kept for years or comes from others (FIPS 180-4). Any thread.
Sha256 sha256(std::string_view bytes);
/// 64 lower-case hex digits.
std::string hexOf(const Sha256& digest);

} // namespace telltale
