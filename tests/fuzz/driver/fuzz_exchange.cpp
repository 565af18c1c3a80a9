// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Harms files of other tools and reads them until the time is over; see fuzzrun.h.
#include "../exchangefiles.h"
#include "fuzzrun.h"

using namespace telltale;

int main(int argc, char** argv)
{
    fuzz::Target target;
    for (const std::string& reader : fuzz::exchangeReaders())
        for (fuzz::SeedFile& seed : fuzz::exchangeSeeds(reader)) {
            seed.name = reader + "/" + seed.name;
            target.seeds.push_back(std::move(seed));
        }
    target.exercise = [](const fuzz::SeedFile& harmed, uint64_t) {
        return fuzz::exerciseExchange(harmed.name.substr(0, harmed.name.find('/')), harmed.bytes);
    };
    return fuzz::fuzzFor(argc, argv, target);
}
