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
/// The same of bytes that come piece by piece. Belongs to one thread.
class Sha256Stream {
public:
    Sha256Stream();
    void add(std::string_view bytes);
    /// Of everything that was added; the stream is used up.
    Sha256 finish();

private:
    std::array<uint32_t, 8> m_state;
    std::string m_rest; ///< less than a block
    uint64_t m_count = 0; ///< bytes
};
/// 64 lower-case hex digits.
std::string hexOf(const Sha256& digest);

} // namespace telltale
