// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale::fuzz {

struct Findings {
    std::string wrong; ///< what must never be: no pictures, times that fall back, a refusal without words
    /// A picture that was another one when it came in another order. In a file whose damage lies inside of
    /// its coded pictures that can be: what a decoder conceals depends on where it began.
    std::string unsteady;
};

/// Opens the file, whatever is in it, and uses what opened: pictures in jumps and in a row, a part of them,
/// then the frame thread.
Findings exerciseVideo(const std::filesystem::path& file, uint64_t seed);

} // namespace telltale::fuzz
