// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exercise.h"
#include "seeds.h"
#include <vector>

namespace telltale::fuzz {

/// Files of other tools that the program reads: a label format of the registry ("eaf", "boris", ...), the
/// label rows of SMG and iMiGUE ("smg", "imigue"), or a skeleton file by its ending ("pose.json", "pose.pkl",
/// ...).
std::vector<std::string> exchangeReaders();

/// Reads `bytes` as a file of that reader and looks at what came out: a refusal has words and names the file,
/// numbers are finite, and what was read can be written again by the same format.
Findings exerciseExchange(const std::string& reader, const std::string& bytes);

/// Small valid files of a reader, which our own writers made, and those that once did harm (corpus/READER).
std::vector<SeedFile> exchangeSeeds(const std::string& reader);

} // namespace telltale::fuzz
