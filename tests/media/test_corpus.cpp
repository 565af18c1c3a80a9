// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Every video of the corpus against sequential decoding by the program `ffmpeg`. Two environment variables
// make it longer than the few hundred requests of everyday:
//   TELLTALE_RANDOM_REQUESTS=10000   requests for each video
//   TELLTALE_CORPUS_SECONDS=300      length of each video
#include "base/random.h"
#include "corpus.h"
#include "media/framesource.h"
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <set>

using namespace telltale;

namespace {

int64_t fromEnvironment(const char* name, int64_t otherwise)
{
    const char* given = std::getenv(name);
    return given ? std::strtoll(given, nullptr, 10) : otherwise;
}

/// What an annotator does to a video: mostly jumps, then steps, leaps and returns.
int64_t nextRequest(Random& random, int64_t last, int64_t count)
{
    const double kind = random.uniform();
    int64_t wanted = random.below(count);
    if (kind < 0.2)
        wanted = last + (random.chance(0.5) ? 1 : -1);
    else if (kind < 0.3)
        wanted = last + (random.chance(0.5) ? 10 : -10);
    return std::clamp<int64_t>(wanted, 0, count - 1);
}

class Corpus : public ::testing::TestWithParam<sample::CorpusVideo> { };

} // namespace

TEST_P(Corpus, RandomRequestsGiveWhatSequentialDecodingGives)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const auto file = sample::makeCorpusVideo(
        GetParam(), static_cast<int>(fromEnvironment("TELLTALE_CORPUS_SECONDS", 5)));
    ASSERT_FALSE(file.empty());
    const sample::LinearDecode truth = sample::linearDecode(file);
    ASSERT_GT(truth.md5.size(), 50U);
    ASSERT_EQ(std::set(truth.md5.begin(), truth.md5.end()).size(), truth.md5.size())
        << "pictures that look alike prove nothing";
    OpenOptions options;
    options.cacheBytes = 40 * 160 * 96 * 3 / 2; // small, so that most requests have to decode
    auto source = openVideo(file, options, nullptr);
    ASSERT_TRUE(source) << source.error().message;
    const int64_t count = (*source)->info().frameCount;
    ASSERT_EQ(count, static_cast<int64_t>(truth.md5.size()));
    Random random(2026);
    int64_t wanted = 0;
    int64_t wrong = 0;
    const int64_t requests = fromEnvironment("TELLTALE_RANDOM_REQUESTS", 300);
    for (int64_t n = 0; n < requests; ++n) {
        wanted = nextRequest(random, wanted, count);
        const auto digest = (*source)->digest(wanted);
        ASSERT_TRUE(digest) << digest.error().message;
        const auto at = static_cast<size_t>(wanted);
        wrong += digest->md5 != truth.md5[at] ? 1 : 0;
        EXPECT_EQ(digest->md5, truth.md5[at]) << "picture " << wanted << ", request " << n;
        EXPECT_EQ(digest->pts, truth.pts[at]) << "picture " << wanted << ", request " << n;
        ASSERT_LT(wrong, 20) << "and so on";
    }
    RecordProperty("requests", std::to_string(requests));
}

INSTANTIATE_TEST_SUITE_P(Media, Corpus, ::testing::ValuesIn(sample::corpus().begin(), sample::corpus().end()),
    [](const auto& row) {
        std::string name = row.param.name;
        for (char& c : name)
            c = c == '.' ? '_' : c;
        return name;
    });
