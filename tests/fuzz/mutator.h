// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include <string>

namespace telltale::fuzz {

/// `bytes` of a video file with one to four kinds of harm done to it: flipped bits, extreme numbers, lost,
/// repeated, swapped or added stretches, sizes of boxes and chunks that lie, a missing end. Half of the harm
/// goes where the container keeps its tables. The same random numbers do the same harm.
std::string mutated(std::string bytes, Random& random);

} // namespace telltale::fuzz
