// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "../exercise.h"
#include "../seeds.h"
#include <functional>
#include <vector>

namespace telltale::fuzz {

/// What is harmed, and what is done with it then.
struct Target {
    std::vector<SeedFile> seeds;
    std::function<Findings(const SeedFile& harmed, uint64_t number)> exercise;
};

/// The program around a target. Build with TELLTALE_SANITIZE="address;undefined".
///   --seconds N [--run S] [--keep DIR]   N seconds of numbers 0, 1, 2 ... of run S
///   --file F                             one file, as it is
/// Children do the work, so that a crash ends one child and not the run. What crashed, hung (10 s of CPU
/// time) or gave wrong answers is kept in DIR. Exit status 1 if there was anything.
int fuzzFor(int argc, char** argv, const Target& target);

} // namespace telltale::fuzz
