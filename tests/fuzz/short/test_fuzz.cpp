// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A few seconds of what fuzz_video does for as long as it is told to.
#include "../../media/videosamples.h"
#include "../exercise.h"
#include "../seeds.h"
#include <gtest/gtest.h>

using namespace telltale;

TEST(Fuzz, HarmedVideosAreRefusedOrShownButNeverCrash)
{
    const auto seeds = fuzz::makeSeeds(2);
    if (seeds.empty())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    for (uint64_t number = 0; number < 120; ++number) {
        const fuzz::SeedFile harmed = fuzz::mutant(seeds, 1, number);
        const auto file = sample::scratch("harmed_" + harmed.name);
        sample::writeBytes(file, harmed.bytes);
        EXPECT_EQ(fuzz::exerciseVideo(file, number).wrong, "") << harmed.name << ", number " << number;
    }
}

TEST(Fuzz, TheSameNumberDoesTheSameHarm)
{
    const std::vector<fuzz::SeedFile> seeds{{"a", std::string(5000, 'a')}};
    EXPECT_EQ(fuzz::mutant(seeds, 1, 7).bytes, fuzz::mutant(seeds, 1, 7).bytes);
    EXPECT_NE(fuzz::mutant(seeds, 1, 7).bytes, fuzz::mutant(seeds, 1, 8).bytes);
    EXPECT_NE(fuzz::mutant(seeds, 1, 7).bytes, seeds[0].bytes);
}
