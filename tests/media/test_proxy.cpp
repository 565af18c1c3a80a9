// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "media/proxy.h"
#include "videosamples.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

/// A cache folder of this test's own.
fs::path cacheFor(const std::string& test) { return sample::scratch("cache_" + test); }

ProxyFile mustMake(const fs::path& video, const fs::path& cache, const ProxyOptions& options = {})
{
    auto proxy = makeProxy(video, cache, options);
    EXPECT_TRUE(proxy) << (proxy ? "" : proxy.error().message);
    return proxy ? *proxy : ProxyFile{};
}

std::unique_ptr<FrameSource> mustOpen(const fs::path& file)
{
    auto source = openVideo(file);
    EXPECT_TRUE(source) << (source ? "" : source.error().message);
    return source ? *std::move(source) : nullptr;
}

/// Same pictures at the same times, each standing alone.
void expectSameTimes(const fs::path& video, const ProxyFile& proxy)
{
    const auto original = mustOpen(video);
    const auto copy = mustOpen(proxy.file);
    ASSERT_TRUE(original && copy);
    ASSERT_EQ(copy->info().frameCount, original->info().frameCount) << video;
    EXPECT_EQ(copy->info().longestGop, 1) << video;
    EXPECT_EQ(copy->info().rotation, 0) << video;
    const MediaTime start = original->times().timeOf(0);
    for (int64_t i = 0; i <= original->info().frameCount; ++i)
        ASSERT_EQ(copy->times().timeOf(i), original->times().timeOf(i) - start) << video << " picture " << i;
}

size_t filesIn(const fs::path& folder)
{
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class CancelAt final : public ProgressSink {
public:
    explicit CancelAt(int64_t done) : m_at(done) { }
    bool cancelled() const override { return m_reached; }
    void report(int64_t done, int64_t, std::string_view what) override
    {
        m_reached = m_reached || (what == "making the proxy" && done >= m_at);
    }

private:
    const int64_t m_at;
    bool m_reached = false;
};

} // namespace

TEST(Proxy, EachOfItsPicturesShowsTheNumberOfTheVideosPicture)
{
    const fs::path video = sample::numberedVideo("proxied.mp4", {400, 90, 320, 192});
    ProxyOptions options;
    options.height = 96; // squares of 6 x 6 pixels remain
    options.workers = 3;
    const ProxyFile proxy = mustMake(video, cacheFor("numbers"), options);
    EXPECT_EQ(proxy.frames, 400);
    EXPECT_EQ(proxy.width, 160);
    EXPECT_EQ(proxy.height, 96);
    expectSameTimes(video, proxy);
    const auto source = mustOpen(proxy.file);
    ASSERT_TRUE(source);
    for (int64_t i = 399; i >= 0; --i) {
        const auto frame = source->read(i);
        ASSERT_TRUE(frame);
        const Picture large = scaled(frame->picture, 320, 192);
        ASSERT_EQ(sample::numberIn(large.bgra, 320), i);
    }
}

TEST(Proxy, KeepsTheTimesOfAVariableRate)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    for (const sample::CorpusVideo& video : sample::corpus()) {
        const std::string name = video.name;
        if (name.find("jitter") == std::string::npos && name.find("dropped") == std::string::npos
            && name.find("editlist") == std::string::npos && name.find("packed") == std::string::npos)
            continue;
        const fs::path file = sample::makeCorpusVideo(video, 4);
        ASSERT_FALSE(file.empty());
        expectSameTimes(file, mustMake(file, cacheFor("rates")));
    }
}

TEST(Proxy, IsFoundByWhatTheVideoHoldsAndByNothingElse)
{
    const fs::path video = sample::numberedVideo("found.mp4", {40, 20, 160, 96});
    const fs::path other = sample::numberedVideo("other.mp4", {41, 20, 160, 96});
    const fs::path cache = cacheFor("found");
    EXPECT_FALSE(findProxy(video, cache));
    const ProxyFile made = mustMake(video, cache);
    const auto found = findProxy(video, cache);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->file, made.file);
    EXPECT_EQ(found->frames, 40);
    EXPECT_FALSE(findProxy(other, cache));
    EXPECT_FALSE(findProxy(video, cache, 0)) << "another stream may have other pictures";
    // The proxy of another video under this video's name is none.
    const ProxyFile theirs = mustMake(other, cache);
    fs::copy_file(theirs.file, made.file, fs::copy_options::overwrite_existing);
    EXPECT_FALSE(findProxy(video, cache));
    // Nor is one that was cut.
    const std::string whole = sample::bytesOf(theirs.file);
    sample::writeBytes(theirs.file, whole.substr(0, whole.size() / 2));
    EXPECT_FALSE(findProxy(other, cache));
    // The name and place of the video do not matter.
    mustMake(video, cache);
    const fs::path moved = sample::scratch("moved.mp4");
    fs::copy_file(video, moved, fs::copy_options::overwrite_existing);
    EXPECT_TRUE(findProxy(moved, cache));
}

TEST(Proxy, OfTheSameSizeIsNotMadeAgain)
{
    const fs::path video = sample::numberedVideo("again.mp4", {40, 20, 160, 96});
    const fs::path cache = cacheFor("again");
    const ProxyFile first = mustMake(video, cache);
    const auto stamp = fs::last_write_time(first.file);
    mustMake(video, cache);
    EXPECT_EQ(fs::last_write_time(first.file), stamp);
    ProxyOptions smaller;
    smaller.height = 48;
    EXPECT_EQ(mustMake(video, cache, smaller).height, 48);
}

TEST(Proxy, CancellingLeavesNothingBehind)
{
    const fs::path video = sample::numberedVideo("cancelled.mp4", {300, 40, 160, 96});
    const fs::path cache = cacheFor("cancelled");
    CancelAt sink(100);
    const auto proxy = makeProxy(video, cache, {}, &sink);
    ASSERT_FALSE(proxy);
    EXPECT_EQ(proxy.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(filesIn(cache / "proxy"), 0U);
    EXPECT_FALSE(findProxy(video, cache));
}

TEST(Proxy, OfDamagedTurnedAndAwkwardVideosHasTheirPicturesAndTimes)
{
    const fs::path folder = sample::testData() / "awkward";
    if (!fs::exists(folder))
        GTEST_SKIP() << "no awkward videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".json")
            continue;
        const auto original = mustOpen(entry.path());
        ASSERT_TRUE(original);
        ProxyOptions options;
        options.height = 120;
        const ProxyFile proxy = mustMake(entry.path(), cacheFor("awkward"), options);
        expectSameTimes(entry.path(), proxy);
        const VideoInfo& info = original->info();
        EXPECT_EQ(proxy.width < proxy.height, info.width < info.height) << entry.path();
        EXPECT_LE(std::min(proxy.width, proxy.height), 120) << entry.path();
    }
}

TEST(Proxy, IsWorthwhileForLongGroupsOnly)
{
    const auto often = mustOpen(sample::numberedVideo("often.mp4", {100, 12, 160, 96}));
    const auto seldom = mustOpen(sample::numberedVideo("seldom.mp4", {200, 150, 160, 96}));
    ASSERT_TRUE(often && seldom);
    EXPECT_FALSE(gainsByProxy(often->info()));
    EXPECT_TRUE(gainsByProxy(seldom->info())) << seldom->info().longestGop;
}
