// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/sha256.h"
#include <cstdint>
#include <string_view>

namespace telltale {

/// Finds damage (flipped bits, torn writes) in records of the project's own files at memory speed; says
/// nothing against an adversary. The value is part of the file formats and must not change. Any thread.
uint64_t checksum64(std::string_view bytes, uint64_t seed = 0);

} // namespace telltale
