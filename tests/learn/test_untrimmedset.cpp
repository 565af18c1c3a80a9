// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/untrimmed/untrimmedset.h"
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <unistd.h>

using namespace telltale;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

class UntrimmedSetTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-untrimmed-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        m_file = m_folder / "set.safetensors";
        m_info.scheme = "smg";
        m_info.classes = {"a", "b"};
        m_info.skeleton.layout = "two";
        m_info.skeleton.graph = {2, {{1, 0}}, 0};
        m_info.skeleton.origin = 0;
        m_info.pictureSide = 2;
        m_info.pictureStep = 2;
        m_info.features = {{"wide", 3, 2.0}, {"slow", 1, 1.5}};
        m_info.origin = "a test";
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::unique_ptr<UntrimmedSetWriter> writer()
    {
        auto made = UntrimmedSetWriter::create(m_file, m_info);
        EXPECT_TRUE(made.ok());
        return std::move(*made);
    }
    static UntrimmedVideo video(
        const std::string& id, const std::string& subject = "s", ClipRole role = ClipRole::Train)
    {
        UntrimmedVideo made;
        made.id = id;
        made.subject = subject;
        made.role = role;
        made.frames = 3;
        made.rate = 28;
        made.truth = {{{0, 2}, 1, 1}, {{1, 3}, 0, 2.5}};
        return made;
    }
    std::shared_ptr<const UntrimmedSet> written(UntrimmedSetWriter& out)
    {
        EXPECT_TRUE(out.finish().ok());
        const auto set = UntrimmedSet::open(m_file);
        EXPECT_TRUE(set.ok()) << (set.ok() ? "" : set.error().message);
        return set.ok() ? *set : nullptr;
    }
    std::vector<std::string> left() const
    {
        std::vector<std::string> names;
        for (const fs::directory_entry& entry : fs::directory_iterator(m_folder))
            names.push_back(entry.path().filename().string());
        return names;
    }

    fs::path m_folder;
    fs::path m_file;
    UntrimmedSetInfo m_info;
    const std::vector<float> m_points{1, 2, 0.5f, 3, 4, 1, 5, 6, 0, 7, 8, 1, 9, 10, 1, 11, 12, 1}; // 3 frames
    const std::vector<uint8_t> m_pictures{// 2 pictures: frames 0 and 2
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
    const std::vector<float> m_wide{1, 2, 3, 4, 5, 6};
    const std::vector<float> m_slow{7, 8};
};

TEST_F(UntrimmedSetTest, whatWasWrittenIsReadAgain)
{
    auto out = writer();
    ASSERT_TRUE(out->add(video("first"), m_points, {}).ok());
    ASSERT_TRUE(out->add(video("second", "t", ClipRole::Test), {}, m_pictures, {m_wide, {}}).ok());
    UntrimmedVideo third = video("third");
    third.reviewed = {{0, 2}};
    ASSERT_TRUE(out->add(third, m_points, m_pictures, {m_wide, m_slow}).ok());
    third.id = "fourth";
    third.reviewed = {{2, 4}};
    const Status outside = out->add(third, m_points, m_pictures, {m_wide, m_slow});
    ASSERT_FALSE(outside.ok());
    EXPECT_THAT(outside.error().message, HasSubstr("2-4"));
    ASSERT_FALSE(fs::exists(m_file)) << "nothing is there before the end";
    const auto set = written(*out);
    ASSERT_TRUE(set);
    ASSERT_EQ(set->videos().size(), 3U);
    EXPECT_EQ(set->videos()[1], video("second", "t", ClipRole::Test));
    EXPECT_EQ(set->videos()[2].reviewed, (std::vector<FrameSpan>{{0, 2}}));
    EXPECT_EQ(set->info().classes, m_info.classes);
    EXPECT_EQ(set->info().features, m_info.features);
    EXPECT_EQ(set->info().pictureStep, 2);
    EXPECT_EQ(set->info().skeleton.graph.inward, m_info.skeleton.graph.inward);
    EXPECT_EQ(set->classCount(), 2);
    EXPECT_THAT(set->points(0), ElementsAreArray(m_points));
    EXPECT_TRUE(set->points(1).empty());
    EXPECT_THAT(set->points(2), ElementsAreArray(m_points));
    EXPECT_TRUE(set->pictures(0).empty());
    EXPECT_THAT(set->pictures(2), ElementsAreArray(m_pictures));
    EXPECT_TRUE(set->features(0, 0).empty());
    EXPECT_THAT(set->features(1, 0), ElementsAreArray(m_wide));
    EXPECT_TRUE(set->features(1, 1).empty());
    EXPECT_THAT(set->features(2, 1), ElementsAreArray(m_slow));
    EXPECT_EQ(set->digest().size(), 16U);
    out.reset();
    EXPECT_THAT(left(), ElementsAre("set.safetensors")) << "nothing but the set stays behind";
}

TEST_F(UntrimmedSetTest, aVideoThatComesInPiecesIsTheSameVideo)
{
    auto whole = writer();
    ASSERT_TRUE(whole->add(video("one"), m_points, m_pictures, {m_wide, m_slow}).ok());
    ASSERT_TRUE(whole->finish().ok());
    const std::string expected = *readFile(m_file);
    auto out = writer();
    ASSERT_TRUE(out->begin(video("one")).ok());
    const std::span<const float> points(m_points);
    const std::span<const uint8_t> pictures(m_pictures);
    ASSERT_TRUE(out->addPoints(points.first(7)).ok());
    ASSERT_TRUE(out->addPictures(pictures.first(1)).ok());
    ASSERT_TRUE(out->addFeatures(0, m_wide).ok());
    ASSERT_TRUE(out->addPoints(points.subspan(7)).ok());
    ASSERT_TRUE(out->addFeatures(1, m_slow).ok());
    ASSERT_TRUE(out->addPictures(pictures.subspan(1)).ok());
    ASSERT_TRUE(out->end().ok());
    ASSERT_TRUE(out->finish().ok());
    EXPECT_EQ(*readFile(m_file), expected);
}

TEST_F(UntrimmedSetTest, piecesThatDoNotMakeAVideoEndTheWriter)
{
    EXPECT_FALSE(writer()->addPoints(m_points).ok()) << "of no video";
    auto out = writer();
    ASSERT_TRUE(out->begin(video("short")).ok());
    ASSERT_TRUE(out->addPoints(std::span<const float>(m_points).first(6)).ok());
    const Status ended = out->end();
    ASSERT_FALSE(ended.ok());
    EXPECT_THAT(ended.error().message, HasSubstr("\"short\""));
    EXPECT_EQ(out->add(video("other"), m_points, {}).error().message, ended.error().message);
    EXPECT_EQ(out->finish().error().message, ended.error().message);
    out.reset();
    EXPECT_TRUE(left().empty());
}

TEST_F(UntrimmedSetTest, aVideoThatIsNotEndedIsNotFinished)
{
    auto out = writer();
    ASSERT_TRUE(out->begin(video("open")).ok());
    const Status finished = out->finish();
    ASSERT_FALSE(finished.ok());
    EXPECT_THAT(finished.error().message, HasSubstr("\"open\""));
    EXPECT_FALSE(fs::exists(m_file));
}

TEST_F(UntrimmedSetTest, truthIsSortedByItsStart)
{
    auto out = writer();
    UntrimmedVideo mixed = video("mixed");
    std::ranges::reverse(mixed.truth);
    ASSERT_TRUE(out->add(mixed, m_points, {}).ok());
    const auto set = written(*out);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->videos()[0].truth, video("mixed").truth);
}

TEST_F(UntrimmedSetTest, everyKindOfUnfitVideoIsRefusedByItsNameAndTheSetGoesOn)
{
    struct Case {
        const char* says;
        std::function<void(UntrimmedVideo&)> harm;
    };
    const Case cases[] = {
        {"class 2 of 2", [](UntrimmedVideo& v) { v.truth[0].label = 2; }},
        {"class -1 of 2", [](UntrimmedVideo& v) { v.truth[0].label = -1; }},
        {"no length: 2-2",
            [](UntrimmedVideo& v) {
                v.truth[0].span = {2, 2};
            }},
        {"1-4 outside its 3 frames",
            [](UntrimmedVideo& v) {
                v.truth[1].span = {1, 4};
            }},
        {"-1-2 outside",
            [](UntrimmedVideo& v) {
                v.truth[0].span = {-1, 2};
            }},
        {"weight", [](UntrimmedVideo& v) { v.truth[0].weight = 0; }},
        {"0 frames", [](UntrimmedVideo& v) { v.frames = 0; }},
        {"rate", [](UntrimmedVideo& v) { v.rate = std::numeric_limits<double>::quiet_NaN(); }},
        {"unlabelled and has 2", [](UntrimmedVideo& v) { v.role = ClipRole::Unlabelled; }},
        {"was there before", [](UntrimmedVideo& v) { v.id = "first"; }},
    };
    auto out = writer();
    ASSERT_TRUE(out->add(video("first"), m_points, {}).ok());
    for (const Case& one : cases) {
        UntrimmedVideo harmed = video("harmed");
        one.harm(harmed);
        const Status status = out->add(harmed, m_points, {});
        ASSERT_FALSE(status.ok()) << one.says;
        EXPECT_EQ(status.error().code, ErrorCode::InvalidArgument);
        EXPECT_THAT(status.error().message, HasSubstr(one.says));
        EXPECT_THAT(status.error().message, HasSubstr("\"" + harmed.id + "\""));
    }
    const auto set = written(*out);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->videos().size(), 1U);
    EXPECT_THAT(set->points(0), ElementsAreArray(m_points));
}

TEST_F(UntrimmedSetTest, arraysOfTheWrongLengthAreRefused)
{
    auto out = writer();
    const std::vector<float> fewer(m_points.begin(), m_points.end() - 6);
    EXPECT_THAT(out->add(video("x"), fewer, {}).error().message, HasSubstr("12 numbers"));
    EXPECT_THAT(
        out->add(video("x"), {}, std::vector<uint8_t>(12)).error().message, HasSubstr("12 bytes instead"));
    EXPECT_THAT(out->add(video("x"), {}, {}, {m_wide}).error().message, HasSubstr("1 kinds"));
    EXPECT_THAT(out->add(video("x"), {}, {}, {{}, m_wide}).error().message, HasSubstr("\"slow\""));
    EXPECT_THAT(out->add(video("x"), {}, {}, {m_slow, {}}).error().message, HasSubstr("\"wide\""));
    EXPECT_TRUE(out->add(video("x"), {}, {}, {std::span(m_wide).first(3), {}}).ok())
        << "the third frame may lack its row of a step of two";
}

TEST_F(UntrimmedSetTest, aNumberThatIsNoneIsNamedWithItsPlace)
{
    auto points = m_points;
    points[9] = std::numeric_limits<float>::quiet_NaN();
    const Status status = writer()->add(video("bad"), points, {});
    ASSERT_FALSE(status.ok());
    EXPECT_THAT(status.error().message, HasSubstr("\"bad\""));
    EXPECT_THAT(status.error().message, HasSubstr("row 1, point 1"));
    auto wide = m_wide;
    wide[4] = std::numeric_limits<float>::infinity();
    EXPECT_THAT(
        writer()->add(video("bad"), {}, {}, {wide, {}}).error().message, HasSubstr("row 1, number 1"));
}

TEST_F(UntrimmedSetTest, aSetThatMakesNoSenseIsNotBegun)
{
    const std::function<void(UntrimmedSetInfo&)> harms[] = {
        [](UntrimmedSetInfo& info) { info.channels = 2; },
        [](UntrimmedSetInfo& info) { info.pictureStep = 0; },
        [](UntrimmedSetInfo& info) { info.pictureSide = -1; },
        [](UntrimmedSetInfo& info) { info.features[0].step = 0; },
        [](UntrimmedSetInfo& info) { info.features[0].size = 0; },
        [](UntrimmedSetInfo& info) { info.features[1].name = "wide"; },
    };
    for (const auto& harm : harms) {
        UntrimmedSetInfo harmed = m_info;
        harm(harmed);
        EXPECT_FALSE(UntrimmedSetWriter::create(m_file, harmed).ok());
    }
}

TEST_F(UntrimmedSetTest, cancellingTheLastStepLeavesNothing)
{
    auto out = writer();
    ASSERT_TRUE(out->add(video("first"), m_points, m_pictures).ok());
    CancelFlag cancelled;
    cancelled.cancel();
    const Status status = out->finish(cancelled);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::Cancelled);
    out.reset();
    EXPECT_TRUE(left().empty());
}

TEST_F(UntrimmedSetTest, theDigestFollowsContentAndTruth)
{
    const auto digestOf = [&](const UntrimmedVideo& one, const std::vector<float>& points) {
        auto out = writer();
        EXPECT_TRUE(out->add(one, points, {}).ok());
        return written(*out)->digest();
    };
    const std::string first = digestOf(video("v"), m_points);
    EXPECT_EQ(digestOf(video("v"), m_points), first);
    auto moved = m_points;
    moved[0] += 1;
    EXPECT_NE(digestOf(video("v"), moved), first);
    UntrimmedVideo other = video("v");
    other.truth[0].label = 0;
    EXPECT_NE(digestOf(other, m_points), first);
}

TEST_F(UntrimmedSetTest, aDamagedFileIsRefusedAndNeverRead)
{
    auto out = writer();
    ASSERT_TRUE(out->add(video("first"), m_points, m_pictures, {m_wide, m_slow}).ok());
    ASSERT_TRUE(out->finish().ok());
    const std::string whole = *readFile(m_file);
    for (size_t length = 0; length < whole.size(); length += 61) {
        ASSERT_TRUE(writeFileAtomically(m_file, whole.substr(0, length)).ok());
        EXPECT_FALSE(UntrimmedSet::open(m_file).ok()) << length;
    }
    // Same length each time, so that the file still holds together as .safetensors.
    const std::pair<const char*, const char*> changes[]
        = {{"telltale-videos/1", "telltale-videos/9"}, {R"(\"frames\":3)", R"(\"frames\":4)"},
            {R"([0,2,1,1.0])", R"([0,2,7,1.0])"}, {R"([0,2,1,1.0])", R"([0,9,1,1.0])"},
            {R"(\"role\":\"train\")", R"(\"role\":\"trian\")"}, {R"(\"size\":3)", R"(\"size\":2)"},
            {R"(\"picture_step\":2)", R"(\"picture_step\":0)"}, {R"("points_rows")", R"("points_cows")"}};
    for (const auto& [from, to] : changes) {
        std::string harmed = whole;
        const size_t at = harmed.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        harmed.replace(at, std::string(from).size(), to);
        ASSERT_TRUE(writeFileAtomically(m_file, harmed).ok());
        const auto set = UntrimmedSet::open(m_file);
        ASSERT_FALSE(set.ok()) << to;
        EXPECT_EQ(set.error().code, ErrorCode::BadFormat);
        EXPECT_THAT(set.error().message, HasSubstr(m_file.string()));
    }
}

TEST_F(UntrimmedSetTest, aClipSetIsNoSetOfUntrimmedVideos)
{
    ClipSetInfo clips;
    clips.classes = {"a"};
    auto out = ClipSetWriter::create(m_file, clips);
    ASSERT_TRUE(out.ok());
    ASSERT_TRUE((*out)->finish().ok());
    const auto set = UntrimmedSet::open(m_file);
    ASSERT_FALSE(set.ok());
    EXPECT_THAT(set.error().message, HasSubstr("telltale-videos/1"));
}

TEST(UntrimmedSplits, aSubjectOnTwoSidesIsNamed)
{
    UntrimmedVideo train;
    train.id = "one";
    train.subject = "Ada";
    UntrimmedVideo test = train;
    test.id = "two";
    test.role = ClipRole::Test;
    UntrimmedVideo nobodys = train;
    nobodys.role = ClipRole::Unlabelled;
    EXPECT_TRUE(checkSplits(std::vector<UntrimmedVideo>{train, nobodys, train}).ok());
    const Status status = checkSplits(std::vector<UntrimmedVideo>{train, test});
    ASSERT_FALSE(status.ok());
    for (const char* part : {"Ada", "video \"one\" is train", "video \"two\" is test"})
        EXPECT_THAT(status.error().message, HasSubstr(part));
}

} // namespace
