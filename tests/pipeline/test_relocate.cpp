// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pipeline/relocate.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

/// A folder of files, and what a project would know of some that are not where they were.
class Relocate : public testing::Test {
protected:
    void SetUp() override { fs::create_directories(m_folder); }
    void TearDown() override { fs::remove_all(m_folder); }

    fs::path file(const std::string& name, const std::string& content) const
    {
        const fs::path path = m_folder / name;
        fs::create_directories(path.parent_path());
        EXPECT_TRUE(writeFileAtomically(path, content).ok());
        return path;
    }

    MissingVideo missing(int64_t id, const std::string& name, const std::string& content) const
    {
        const fs::path original = file("original", content);
        MissingVideo video{id, name, fs::path("/gone") / name, *fileFingerprint(original),
            static_cast<int64_t>(content.size())};
        fs::remove(original);
        return video;
    }

    VideoSearch search(const std::vector<MissingVideo>& videos) const
    {
        ProgressSink quiet;
        const auto result = searchVideos(videos, {m_folder}, quiet);
        EXPECT_TRUE(result.ok());
        return result ? *result : VideoSearch();
    }

    fs::path m_folder = fs::temp_directory_path() / ("telltale_relocate" + std::to_string(::getpid()));
};

TEST_F(Relocate, AFileIsFoundByItsContentUnderAnyName)
{
    const fs::path there = file("deep/er/renamed.bin", "moving pictures");
    file("deep/other.mp4", "still pictures!");
    const VideoSearch found = search({missing(7, "a.mp4", "moving pictures"), missing(8, "b.mp4", "gone")});
    EXPECT_THAT(found.found, testing::ElementsAre(FoundVideo{7, there}));
    EXPECT_EQ(found.files, 2);
}

TEST_F(Relocate, AVideoThatWasNeverHereIsFoundByItsName)
{
    const fs::path there = file("deep/session 1.MKV", "moving pictures");
    file("session 1.eaf", "its labels");
    file("session 10.mp4", "another one");
    const VideoSearch found = search(
        {{7, "session 1", {}, {}, 0, true}, {8, "session 2", {}, {}, 0, true}, missing(9, "b.mp4", "b")});
    EXPECT_THAT(found.found, testing::ElementsAre(FoundVideo{7, there}));
}

TEST_F(Relocate, AFileOfTheSameSizeWithOtherContentIsNotTheVideo)
{
    file("a.mp4", "moving pixtures");
    EXPECT_TRUE(search({missing(7, "a.mp4", "moving pictures")}).found.empty());
}

TEST_F(Relocate, OfEqualFilesTheOneWithTheOldNameWins)
{
    file("a/copy.mp4", "moving pictures");
    const fs::path named = file("b/clip.mp4", "moving pictures");
    file("c/zz.mp4", "moving pictures");
    EXPECT_THAT(search({missing(7, "clip.mp4", "moving pictures")}).found,
        testing::ElementsAre(FoundVideo{7, named}));
}

TEST_F(Relocate, VideosOfUnknownSizeAreFoundByFingerprintAmongFilesOfTheirKind)
{
    const fs::path there = file("a.mp4", "moving pictures");
    file("b.txt", "moving pictures");
    MissingVideo video = missing(7, "clip.mp4", "moving pictures");
    video.bytes = 0;
    EXPECT_THAT(search({video}).found, testing::ElementsAre(FoundVideo{7, there}));
}

TEST_F(Relocate, ItStopsWhenItIsAskedToAndNamesAFolderThatIsNotThere)
{
    file("a.mp4", "moving pictures");
    const std::vector<MissingVideo> videos{missing(7, "clip.mp4", "moving pictures")};
    CancelFlag flag;
    flag.cancel();
    const auto stopped = searchVideos(videos, {m_folder}, flag);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    ProgressSink quiet;
    const auto nowhere = searchVideos(videos, {m_folder / "nowhere"}, quiet);
    ASSERT_FALSE(nowhere.ok());
    EXPECT_THAT(nowhere.error().message, testing::HasSubstr("nowhere"));
}

} // namespace
