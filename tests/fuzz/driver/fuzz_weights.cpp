// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Harms files of weights and reads them until the time is over; see fuzzrun.h.
#include "../weights.h"
#include "fuzzrun.h"

using namespace telltale;

int main(int argc, char** argv)
{
    const fuzz::Target target{fuzz::makeWeightSeeds(),
        [](const fuzz::SeedFile& harmed, uint64_t) { return fuzz::exerciseWeights(harmed); }};
    return fuzz::fuzzFor(argc, argv, target);
}
