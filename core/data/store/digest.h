// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

using Sha256 = std::array<uint8_t, 32>;

/// Content identity of blocks that are kept for years. Any thread.
Sha256 sha256(std::string_view bytes);
/// 64 lower-case hex digits.
std::string hexOf(const Sha256& digest);

/// Finds damage (flipped bits, torn writes) in records of the project's own files at memory speed; says
/// nothing against an adversary. The value is part of the file formats and must not change. Any thread.
uint64_t checksum64(std::string_view bytes, uint64_t seed = 0);

} // namespace telltale
