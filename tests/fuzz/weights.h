// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exercise.h"
#include "seeds.h"

namespace telltale::fuzz {

/// Small files of weights of every format; "bare.pkl" is a pickle alone.
std::vector<SeedFile> makeWeightSeeds();

/// Reads the file, whatever is in it, and uses what was read: names, network, writing it again. A bare pickle
/// is put into a sound archive first, so that harm reaches the pickle machine and the tensors.
Findings exerciseWeights(const SeedFile& harmed);

} // namespace telltale::fuzz
