// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/clips/clipset.h"
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <unistd.h>

using namespace telltale;
using testing::ElementsAreArray;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

class ClipSetTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-clipset-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        m_file = m_folder / "set.safetensors";
        m_info.scheme = "smg";
        m_info.classes = {"a", "b"};
        m_info.skeleton.layout = "two";
        m_info.skeleton.graph = {2, {{1, 0}}, 0};
        m_info.skeleton.origin = 0;
        m_info.rgbFrames = 1;
        m_info.rgbSide = 2;
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::unique_ptr<ClipSetWriter> writer()
    {
        auto made = ClipSetWriter::create(m_file, m_info);
        EXPECT_TRUE(made.ok());
        return std::move(*made);
    }
    static ClipInfo clip(
        const std::string& id, const std::string& subject = "s", ClipRole role = ClipRole::Train)
    {
        ClipInfo info;
        info.id = id;
        info.subject = subject;
        info.role = role;
        info.span = {3, 5};
        info.label = 1;
        return info;
    }

    fs::path m_folder;
    fs::path m_file;
    ClipSetInfo m_info;
    const std::vector<float> m_points{1, 2, 0.5f, 3, 4, 1, 5, 6, 0, 7, 8, 1}; // 2 rows
    const std::vector<uint8_t> m_rgb{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255};
};

TEST_F(ClipSetTest, whatWasWrittenIsReadAgain)
{
    auto out = writer();
    const std::vector<float> oneRow{9, 9, 1, 8, 8, 1};
    ASSERT_TRUE(out->add(clip("first"), m_points, {}).ok());
    ASSERT_TRUE(out->add(clip("second", "t", ClipRole::Test), {}, m_rgb).ok());
    ASSERT_TRUE(out->add(clip("third"), oneRow, m_rgb).ok());
    ASSERT_FALSE(fs::exists(m_file)) << "nothing is there before the end";
    ASSERT_TRUE(out->finish().ok());

    const auto set = ClipSet::open(m_file);
    ASSERT_TRUE(set.ok()) << set.error().message;
    ASSERT_EQ((*set)->clips().size(), 3U);
    EXPECT_EQ((*set)->clips()[1], clip("second", "t", ClipRole::Test));
    EXPECT_EQ((*set)->info().classes, m_info.classes);
    EXPECT_EQ((*set)->info().skeleton.graph.inward, m_info.skeleton.graph.inward);
    EXPECT_THAT((*set)->points(0), ElementsAreArray(m_points));
    EXPECT_EQ((*set)->rows(0), 2);
    EXPECT_TRUE((*set)->points(1).empty());
    EXPECT_THAT((*set)->points(2), ElementsAreArray(oneRow));
    EXPECT_TRUE((*set)->rgb(0).empty());
    EXPECT_THAT((*set)->rgb(1), ElementsAreArray(m_rgb));
}

TEST_F(ClipSetTest, aCoordinateThatIsNoNumberIsNamed)
{
    auto points = m_points;
    points[9] = std::numeric_limits<float>::quiet_NaN();
    const Status status = writer()->add(clip("bad"), points, {});
    ASSERT_FALSE(status.ok());
    EXPECT_THAT(status.error().message, HasSubstr("\"bad\""));
    EXPECT_THAT(status.error().message, HasSubstr("row 1, point 1"));
}

TEST_F(ClipSetTest, aClipThatDoesNotFitIsRefused)
{
    auto out = writer();
    ClipInfo unknown = clip("x");
    unknown.label = 2;
    EXPECT_FALSE(out->add(unknown, m_points, {}).ok());
    EXPECT_FALSE(out->add(clip("x"), std::vector<float>(5), {}).ok());
    EXPECT_FALSE(out->add(clip("x"), m_points, std::vector<uint8_t>(3)).ok());
    EXPECT_TRUE(out->add(clip("x"), m_points, {}).ok());
    EXPECT_FALSE(out->add(clip("x"), m_points, {}).ok()) << "twice";
}

TEST_F(ClipSetTest, aDamagedFileIsRefusedAndNeverRead)
{
    auto out = writer();
    ASSERT_TRUE(out->add(clip("first"), m_points, m_rgb).ok());
    ASSERT_TRUE(out->finish().ok());
    const std::string whole = *readFile(m_file);
    for (size_t length = 0; length < whole.size(); length += 61) {
        ASSERT_TRUE(writeFileAtomically(m_file, whole.substr(0, length)).ok());
        EXPECT_FALSE(ClipSet::open(m_file).ok()) << length;
    }
    std::string other = whole;
    other.replace(other.find("telltale-clips/1"), 16, "telltale-clips/9");
    ASSERT_TRUE(writeFileAtomically(m_file, other).ok());
    EXPECT_FALSE(ClipSet::open(m_file).ok());
    std::string outside = whole;
    outside.replace(outside.find("\\\"label\\\":1"), 11, "\\\"label\\\":7");
    ASSERT_TRUE(writeFileAtomically(m_file, outside).ok());
    EXPECT_FALSE(ClipSet::open(m_file).ok());
}

TEST(ClipSplits, aSubjectOnTwoSidesIsNamed)
{
    ClipInfo train;
    train.id = "one";
    train.subject = "Ada";
    ClipInfo test = train;
    test.id = "two";
    test.role = ClipRole::Test;
    ClipInfo nobodys = train;
    nobodys.role = ClipRole::Unlabelled;
    EXPECT_TRUE(checkSplits({train, nobodys, train}).ok());
    const Status status = checkSplits({train, test});
    ASSERT_FALSE(status.ok());
    for (const char* part : {"Ada", "\"one\" is train", "\"two\" is test"})
        EXPECT_THAT(status.error().message, HasSubstr(part));
}

} // namespace
