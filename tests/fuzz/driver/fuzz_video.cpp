// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Harms videos and opens them until the time is over; see fuzzrun.h.
#include "../../media/videosamples.h"
#include "fuzzrun.h"
#include <cstdio>

using namespace telltale;

int main(int argc, char** argv)
{
    fuzz::Target target;
    target.seeds = fuzz::makeSeeds(1);
    target.exercise = [](const fuzz::SeedFile& harmed, uint64_t number) {
        const auto file = sample::scratch("harmed_" + harmed.name);
        sample::writeBytes(file, harmed.bytes);
        return fuzz::exerciseVideo(file, number);
    };
    if (target.seeds.empty()) {
        std::fprintf(stderr, "the program ffmpeg is not installed\n");
        return 2;
    }
    return fuzz::fuzzFor(argc, argv, target);
}
