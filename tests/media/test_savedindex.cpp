// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "media/savedindex.h"
#include "videosamples.h"
#include <gtest/gtest.h>
#include <thread>

using namespace telltale;

namespace {

namespace fs = std::filesystem;
using Stage = IndexBuilder::Stage;

class SavedIndex : public ::testing::Test {
protected:
    void SetUp() override
    {
        m_file = sample::numberedVideo("saved.mp4", {300, 50, 160, 96});
        m_options.cacheFolder = sample::scratch("cache_" + std::to_string(++s_serial));
    }
    std::unique_ptr<IndexBuilder> open()
    {
        auto builder = IndexBuilder::open(m_file, m_options, nullptr);
        EXPECT_TRUE(builder) << (builder ? "" : builder.error().message);
        return builder ? *std::move(builder) : nullptr;
    }
    /// Whether opening finds the index that was saved.
    bool isSaved() { return open()->stage() == Stage::Done; }
    void make() { EXPECT_TRUE(open()->finish()); }
    fs::path saved() const
    {
        for (const auto& entry : fs::directory_iterator(m_options.cacheFolder))
            return entry.path();
        return {};
    }
    int64_t savedFiles() const
    {
        return std::distance(fs::directory_iterator(m_options.cacheFolder), fs::directory_iterator());
    }

    fs::path m_file;
    OpenOptions m_options;
    static inline int s_serial = 0;
};

} // namespace

TEST_F(SavedIndex, AVideoThatWasOpenBeforeIsKnownAtOnceAndReadsTheSame)
{
    ASSERT_FALSE(isSaved());
    make();
    ASSERT_TRUE(isSaved());
    auto fresh = openVideo(m_file);
    auto known = openVideo(m_file, m_options, nullptr);
    ASSERT_TRUE(fresh && known);
    EXPECT_EQ((*known)->info().file, m_file);
    EXPECT_EQ((*known)->info().codec, (*fresh)->info().codec);
    EXPECT_EQ((*known)->info().longestGop, (*fresh)->info().longestGop);
    EXPECT_EQ((*known)->times().duration(), (*fresh)->times().duration());
    for (const int64_t i : {0, 299, 120, 121, 7}) {
        EXPECT_EQ((*known)->digest(i)->md5, (*fresh)->digest(i)->md5) << i;
        EXPECT_EQ((*known)->digest(i)->time, (*fresh)->digest(i)->time) << i;
    }
}

TEST_F(SavedIndex, EveryContainerIsReadTheSameFromIt)
{
    for (const char* name : {"saved.mkv", "saved.avi"}) {
        m_file = sample::numberedVideo(name, {120, 30, 160, 96});
        make();
        ASSERT_TRUE(isSaved());
        auto known = openVideo(m_file, m_options, nullptr);
        ASSERT_TRUE(known);
        for (const int64_t i : {119, 3, 60, 61, 0}) {
            const auto frame = (*known)->read(i);
            ASSERT_TRUE(frame) << frame.error().message;
            EXPECT_EQ(sample::numberIn(frame->picture.bgra, frame->picture.width), i) << name;
        }
    }
}

TEST_F(SavedIndex, ADamagedOneIsSilentlyMadeAgain)
{
    make();
    const std::string sound = sample::bytesOf(saved());
    Random random(8);
    for (int round = 0; round < 40; ++round) {
        std::string spoilt = sound;
        if (round % 2 == 0)
            spoilt.resize(static_cast<size_t>(random.below(static_cast<int64_t>(sound.size()))));
        else
            spoilt[static_cast<size_t>(random.below(static_cast<int64_t>(sound.size())))] ^= 0x10;
        sample::writeBytes(saved(), spoilt);
        ASSERT_FALSE(isSaved()) << round;
    }
    make();
    EXPECT_EQ(sample::bytesOf(saved()), sound);
    EXPECT_TRUE(isSaved());
}

TEST_F(SavedIndex, AFileThatChangedIsIndexedAnew)
{
    make();
    fs::last_write_time(m_file, fs::last_write_time(m_file) + std::chrono::seconds(5));
    EXPECT_FALSE(isSaved()) << "written to in between";
    make();
    m_file = sample::numberedVideo("saved.mp4", {301, 50, 160, 96});
    EXPECT_FALSE(isSaved());
    make();
    EXPECT_EQ(open()->published()->info.frameCount, 301);
}

TEST_F(SavedIndex, AFolderThatCannotBeWrittenIsNoError)
{
    sample::writeBytes(sample::scratch("plainfile"), "x");
    m_options.cacheFolder = sample::scratch("plainfile") / "inside";
    make();
    EXPECT_FALSE(isSaved());
}

TEST_F(SavedIndex, SeveralMayMakeAndReadItAtTheSameTime)
{
    {
        std::vector<std::jthread> users;
        for (int user = 0; user < 4; ++user)
            users.emplace_back([this] {
                for (int round = 0; round < 10; ++round) {
                    auto builder = IndexBuilder::open(m_file, m_options, nullptr);
                    ASSERT_TRUE(builder);
                    ASSERT_TRUE((*builder)->finish());
                    ASSERT_EQ((*builder)->published()->info.frameCount, 300);
                    if (round % 3 == 2) {
                        std::error_code ignored;
                        fs::remove_all(m_options.cacheFolder, ignored);
                    }
                }
            });
    }
    make();
    EXPECT_TRUE(isSaved());
    EXPECT_EQ(savedFiles(), 1) << "nothing half-written is left";
}
