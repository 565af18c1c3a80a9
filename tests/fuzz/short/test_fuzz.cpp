// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A few seconds of what fuzz_video and fuzz_weights do for as long as they are told to.
#include "../../media/videosamples.h"
#include "../exchangefiles.h"
#include "../exercise.h"
#include "../seeds.h"
#include "../weights.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>

using namespace telltale;

namespace {

long peakMegabytes()
{
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss >> 10;
}

} // namespace

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

TEST(Fuzz, HarmedWeightsAreRefusedOrReadWithLittleMemory)
{
    const auto seeds = fuzz::makeWeightSeeds();
    for (const fuzz::SeedFile& seed : seeds)
        EXPECT_EQ(fuzz::exerciseWeights(seed).wrong, "") << seed.name;
    const long before = peakMegabytes();
    for (uint64_t number = 0; number < 5000; ++number) {
        const fuzz::SeedFile harmed = fuzz::mutant(seeds, 1, number);
        EXPECT_EQ(fuzz::exerciseWeights(harmed).wrong, "") << harmed.name << ", number " << number;
    }
    EXPECT_LT(peakMegabytes() - before, 300);
}

TEST(Fuzz, HarmedFilesOfOtherToolsAreRefusedOrReadWithLittleMemory)
{
    const long before = peakMegabytes();
    for (const std::string& reader : fuzz::exchangeReaders()) {
        const auto seeds = fuzz::exchangeSeeds(reader);
        for (const fuzz::SeedFile& seed : seeds)
            EXPECT_EQ(fuzz::exerciseExchange(reader, seed.bytes).wrong, "") << reader << "/" << seed.name;
        for (uint64_t number = 0; number < 300 && !seeds.empty(); ++number)
            EXPECT_EQ(fuzz::exerciseExchange(reader, fuzz::mutant(seeds, 1, number).bytes).wrong, "")
                << reader << ", number " << number;
    }
    EXPECT_LT(peakMegabytes() - before, 300);
}

TEST(Fuzz, EveryReaderOfFilesOfOtherToolsHasAProgramOfItsOwn)
{
    std::string listed;
    for (const std::string& reader : fuzz::exchangeReaders())
        listed += (listed.empty() ? "" : " ") + reader;
    std::vector<std::string> wanted = fuzz::exchangeReaders();
    std::istringstream text(TELLTALE_FUZZ_READERS);
    std::vector<std::string> built;
    for (std::string name; std::getline(text, name, ',');)
        built.push_back(name);
    std::ranges::sort(wanted);
    std::ranges::sort(built);
    EXPECT_EQ(built, wanted) << "tests/fuzz/CMakeLists.txt should list " << listed;
}

TEST(Fuzz, TheSameNumberDoesTheSameHarm)
{
    const std::vector<fuzz::SeedFile> seeds{{"a", std::string(5000, 'a')}};
    EXPECT_EQ(fuzz::mutant(seeds, 1, 7).bytes, fuzz::mutant(seeds, 1, 7).bytes);
    EXPECT_NE(fuzz::mutant(seeds, 1, 7).bytes, fuzz::mutant(seeds, 1, 8).bytes);
    EXPECT_NE(fuzz::mutant(seeds, 1, 7).bytes, seeds[0].bytes);
}
