// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/readers/skeletonfile.h"
#include "pose/readers/zipfile.h"
#include "posefiles.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

std::string row(int columns, const std::string& cell)
{
    std::string line = cell;
    for (int i = 1; i < columns; ++i)
        line += "," + cell;
    return line + "\n";
}

std::string errorOf(const std::filesystem::path& path)
{
    const auto track = readSkeleton(path);
    EXPECT_FALSE(track.ok()) << path;
    return track.ok() ? "" : track.error().message;
}

/// An OpenPose picture with people of 25 points; all of a person's points lie around (x, y).
std::string picture(const std::vector<std::pair<int, int>>& people)
{
    std::string text = "{\"version\":1.3,\"people\":[";
    for (size_t p = 0; p < people.size(); ++p) {
        text += std::string(p ? "," : "") + "{\"person_id\":[-1],\"pose_keypoints_2d\":[";
        for (int i = 0; i < 25; ++i)
            text += std::string(i ? "," : "") + std::to_string(people[p].first + i) + ","
                + std::to_string(people[p].second + 4 * i) + ",0.9";
        text += "]}";
    }
    return text + "]}";
}

/// Largest difference of the points that both tracks must have; scores where `scores`.
void expectSame(const PosePoint& a, const PosePoint& b, bool scores, int point)
{
    EXPECT_NEAR(a.x, b.x, 6e-4) << point;
    EXPECT_NEAR(a.y, b.y, 6e-4) << point;
    if (scores) {
        EXPECT_NEAR(a.score, b.score, 6e-4) << point;
    }
}

/// Our points that `layout` has a point of its own for; the rest is lost on the way.
std::vector<int> ownPoints(const char* layout)
{
    std::vector<int> own;
    for (int i = 0; i < kPointCount; ++i)
        if ((*findPoseLayout(layout))->sources68[i].size() == 1)
            own.push_back(i);
    return own;
}

} // namespace

TEST(SkeletonFiles, KinectCsvRoundTripKeepsItsJoints)
{
    const ScratchFolder folder("kinect");
    const PoseTrack track = randomTrack(20, 1, 11);
    ASSERT_TRUE(writeKinectCsv(folder / "s.csv", track).ok());
    const auto back = readSkeleton(folder / "s.csv");
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(back->layout, "kinect25");
    const auto mapped = mapTo68(*back);
    ASSERT_TRUE(mapped.ok());
    ASSERT_EQ(mapped->rows(), 20);
    for (int64_t t = 0; t < 20; ++t)
        for (const int i : ownPoints("kinect25"))
            expectSame(mapped->at(t, 0)[i], track.at(t, 0)[i], false, i);
}

TEST(SkeletonFiles, OpenPoseTableRoundTripKeepsBodyHandsAndScores)
{
    const ScratchFolder folder("table");
    PoseTrack track = randomTrack(30, 1, 12);
    track.frames.back() = 31; // two frames were skipped: their rows are missing points
    ASSERT_TRUE(writeOpenPoseTable(folder / "t.xlsx", track).ok());
    const auto back = readSkeleton(folder / "t.xlsx");
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(back->layout, "openpose137");
    ASSERT_EQ(back->rows(), 32);
    const auto mapped = mapTo68(*back);
    ASSERT_TRUE(mapped.ok());
    for (int64_t t = 0; t < 30; ++t)
        for (const int i : ownPoints("openpose137"))
            expectSame(mapped->at(t == 29 ? 31 : t, 0)[i], track.at(t, 0)[i], true, i);
    EXPECT_EQ(mapped->at(30, 0)[0].score, 0);
}

TEST(SkeletonFiles, WorkbookWithSharedStringsIsRead)
{
    const ScratchFolder folder("shared");
    std::string cells;
    for (int i = 0; i < 411; ++i)
        cells += i == 0 ? "<c r=\"A1\" t=\"s\"><v>1</v></c>"
            : i == 1    ? "<c t=\"inlineStr\"><is><t>2.5</t></is></c>"
                        : "<c><v>1</v></c>";
    ZipWriter zip;
    ASSERT_TRUE(zip.add("xl/workbook.xml", "<workbook/>", ZipWriter::Method::Store).ok());
    ASSERT_TRUE(zip.add("xl/sharedStrings.xml", "<sst><si><t>9</t></si><si><t>7.25</t></si></sst>",
                       ZipWriter::Method::Deflate)
                    .ok());
    ASSERT_TRUE(zip.add("xl/worksheets/sheet1.xml",
                       "<worksheet><sheetData><row r=\"1\">" + cells + "</row></sheetData></worksheet>",
                       ZipWriter::Method::Deflate)
                    .ok());
    const auto track = readSkeleton(folder.write("s.xlsx", zip.finish()));
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->at(0, 0)[0].x, 7.25f);
    EXPECT_EQ(track->at(0, 0)[0].y, 2.5f);
}

TEST(SkeletonFiles, BadCellsNameFileLineAndColumn)
{
    const ScratchFolder folder("cells");
    const std::string good = row(411, "1");
    std::string nan = row(411, "1");
    nan.replace(4, 1, "nan");
    EXPECT_THAT(
        errorOf(folder.write("nan.csv", good + nan)), HasSubstr("nan.csv, line 2: column 3 holds NaN"));
    std::string word = row(411, "1");
    word.replace(2, 1, "oops");
    EXPECT_THAT(errorOf(folder.write("word.csv", good + good + word)),
        HasSubstr("word.csv, line 3: column 2 holds 'oops'"));
    EXPECT_THAT(
        errorOf(folder.write("short.csv", good + row(410, "1"))), HasSubstr("line 2: has 410 columns"));
    EXPECT_THAT(errorOf(folder.write("odd.csv", row(12, "1"))), HasSubstr("12 columns"));
    EXPECT_THAT(errorOf(folder.write("inf.csv", row(411, "inf"))), HasSubstr("infinite"));
    EXPECT_THAT(errorOf(folder.write("empty.csv", "\n\n")), HasSubstr("no row"));
    EXPECT_THAT(errorOf(folder.write("text.csv", "a shopping list\n")), HasSubstr("text.csv, line 1"));
    EXPECT_THAT(errorOf(folder.write("bytes.csv", std::string("\x01\0\x02", 3))), HasSubstr("no text"));
    EXPECT_THAT(errorOf(folder / "absent.csv"), HasSubstr("absent.csv"));
}

TEST(SkeletonFiles, KinectJointWithoutPixelsIsMissing)
{
    const ScratchFolder folder("unseen");
    std::string line;
    for (int j = 0; j < 25; ++j)
        line += std::string(j ? "," : "") + (j == 3 ? "0,0,0,0,0,0,0,-inf,inf,0,0" : "0,0,0,0,0,0,0,5,6,0,0");
    const auto track = readSkeleton(folder.write("k.csv", line + "\n"));
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->at(0, 0)[3].score, 0);
    EXPECT_EQ(track->at(0, 0)[4].x, 5);
}

TEST(SkeletonFiles, OpenPosePeopleKeepTheirIdentityWhenTheListTurnsRound)
{
    const ScratchFolder folder("people");
    folder.write("clip_000000000000_keypoints.json", picture({{100, 100}, {600, 100}}));
    folder.write("clip_000000000001_keypoints.json", picture({{606, 102}, {104, 101}}));
    folder.write("clip_000000000003_keypoints.json", picture({{112, 103}}));
    folder.write("clip_000000000010_keypoints.json", picture({}));
    const auto track = readSkeleton(folder.path());
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->frames, (std::vector<int64_t>{0, 1, 3, 10}));
    ASSERT_EQ(track->persons, 2);
    EXPECT_EQ(track->at(0, 0)[0].x, 100);
    EXPECT_EQ(track->at(1, 0)[0].x, 104);
    EXPECT_EQ(track->at(2, 0)[0].x, 112);
    EXPECT_EQ(track->at(1, 1)[0].x, 606);
    EXPECT_EQ(track->at(2, 1)[0].score, 0);
}

TEST(SkeletonFiles, DamagedOpenPoseFoldersAreRefusedByFile)
{
    const ScratchFolder folder("folder");
    EXPECT_THAT(errorOf(folder.path()), HasSubstr("no .json"));
    folder.write("a_0.json", picture({{1, 1}}));
    folder.write("a_1.json", picture({{1, 1}}).substr(0, 60));
    EXPECT_THAT(errorOf(folder.path()), HasSubstr("a_1.json"));
    folder.write("a_1.json", "{\"people\":[{\"pose_keypoints_2d\":[1,2,3,4]}]}");
    EXPECT_THAT(errorOf(folder.path()), HasSubstr("a_1.json"));
    folder.write("a_1.json", "{\"people\":[5]}");
    EXPECT_THAT(errorOf(folder.path()), HasSubstr("not an object"));
}

TEST(SkeletonFiles, OneOpenPosePictureIsTheFrameThatItsNameSays)
{
    const ScratchFolder folder("single");
    for (const auto& [name, frame] :
        {std::pair{"clip_000000000012_keypoints.json", 12}, {"person2.json", 0}, {"_keypoints.json", 0}}) {
        const auto track = readSkeleton(folder.write(name, "\xef\xbb\xbf" + picture({{100, 100}})));
        ASSERT_TRUE(track.ok()) << track.error().message;
        EXPECT_EQ(track->frames, std::vector<int64_t>{frame}) << name;
    }
}

TEST(SkeletonFiles, SomebodyWithoutAnyNumberIsNobody)
{
    const ScratchFolder folder("nobody");
    const std::string person = picture({{100, 100}}).substr(25);
    const auto path = folder.write("a.json", "{\"version\":1.3,\"people\":[{},{\"person_id\":[3]}," + person);
    const auto track = readSkeleton(path);
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->persons, 1);
    EXPECT_EQ(track->at(0, 0)[0].x, 100);
    // Places in messages are those in the file.
    EXPECT_THAT(errorOf(folder.write("b.json", R"({"people":[{},{"pose_keypoints_2d":[1,"two",3]}]})")),
        HasSubstr("person 1: pose_keypoints_2d[1] is not a number"));
    EXPECT_THAT(errorOf(folder.write("c.json", R"({"people":[{},{"hand_left_keypoints_2d":[1,2,1]}]})")),
        HasSubstr("person 1: hand_left_keypoints_2d has 3 numbers, 63 were expected"));
    EXPECT_THAT(errorOf(folder.write("d.json", R"({"people":[{"pose_keypoints_2d":[1,2,1,4,5,1]}]})")),
        HasSubstr("its people have 6 body numbers; read are 75"));
}

TEST(SkeletonFiles, HiddenFilesOfAnOpenPoseFolderAreNoPictures)
{
    const ScratchFolder folder("hidden");
    folder.write("clip_000000000000_keypoints.json", picture({{100, 100}}));
    folder.write("._clip_000000000000_keypoints.json", std::string("\0\5\x16\7", 4));
    const auto track = readSkeleton(folder.path());
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->rows(), 1);
}

TEST(SkeletonFiles, PartsOfAPersonThatALayoutLacksAreSaid)
{
    const auto numbers = [](int points, int first) {
        std::string text;
        for (int i = 0; i < points; ++i)
            text += std::string(i ? "," : "") + std::to_string(first + i) + ",50,1";
        return text;
    };
    const ScratchFolder folder("parts");
    const std::string hand = R"(,"hand_left_keypoints_2d":[)" + numbers(21, 300) + "]";
    const auto coco = readSkeletonFile(folder.write(
        "coco.json", R"({"people":[{"pose_keypoints_2d":[)" + numbers(18, 100) + "]" + hand + "}]}"));
    ASSERT_TRUE(coco.ok()) << coco.error().message;
    EXPECT_EQ(coco->track.layout, "openpose18");
    ASSERT_EQ(coco->notes.size(), 1U);
    EXPECT_THAT(coco->notes.front(), HasSubstr("the points of the hands have no place"));
    // One has a body, the other a hand alone.
    const auto two = readSkeletonFile(folder.write("two.json",
        R"({"people":[{"pose_keypoints_2d":[)" + numbers(25, 100) + R"(]},{"person_id":[-1])" + hand
            + "}]}"));
    ASSERT_TRUE(two.ok()) << two.error().message;
    EXPECT_EQ(two->track.layout, "openpose137");
    EXPECT_TRUE(two->notes.empty());
    ASSERT_EQ(two->track.persons, 2);
    EXPECT_EQ(std::as_const(two->track).at(0, 0)[24].x, 124);
    EXPECT_EQ(std::as_const(two->track).at(0, 0)[95].score, 0);
    EXPECT_EQ(std::as_const(two->track).at(0, 1)[0].score, 0);
    EXPECT_EQ(std::as_const(two->track).at(0, 1)[95].x, 300);
    EXPECT_EQ(std::as_const(two->track).at(0, 1)[115].x, 320);
}

TEST(SkeletonFiles, PlacesInSpaceOfMMPoseAreRefused)
{
    const ScratchFolder folder("space");
    std::string points;
    std::string scores;
    for (int i = 0; i < 17; ++i) {
        points += std::string(i ? "," : "") + "[0.1,0.2,0.3]";
        scores += std::string(i ? "," : "") + "1";
    }
    EXPECT_THAT(errorOf(folder.write("a.json",
                    R"([{"frame_id":0,"instances":[{"keypoints":[)" + points + R"(],"keypoint_scores":[)"
                        + scores + "]}]}]")),
        HasSubstr("places in space are not read"));
}

TEST(SkeletonFiles, WritingATrackOfAnotherLayoutIsRefused)
{
    const ScratchFolder folder("other");
    PoseTrack track;
    track.layout = "coco17";
    track.persons = 1;
    track.pointCount = 17;
    track.frames = {0};
    track.points.resize(17);
    EXPECT_EQ(writeKinectCsv(folder / "k.csv", track).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(writeOpenPoseTable(folder / "k.xlsx", track).error().code, ErrorCode::InvalidArgument);
    EXPECT_FALSE(std::filesystem::exists(folder / "k.csv"));
}

TEST(RealSkeletonFiles, EachIsReadInItsOwnLayout)
{
    const auto formats = testdataFolder() / "formats";
    if (!std::filesystem::exists(formats))
        GTEST_SKIP() << formats << " is not there";
    struct Expected {
        const char* path;
        const char* layout;
        int64_t rows;
    };
    for (const Expected& expected :
        {Expected{"openpose_body25b", "openpose25b", 100}, Expected{"openpose_hands/json", "openpose137", 93},
            Expected{"mmpose_wholebody/SOUP.json", "coco_wholebody133", 41}}) {
        const auto track = readSkeleton(formats / expected.path);
        ASSERT_TRUE(track.ok()) << track.error().message;
        EXPECT_EQ(track->layout, expected.layout);
        EXPECT_EQ(track->rows(), expected.rows);
        const auto mapped = mapTo68(*track);
        ASSERT_TRUE(mapped.ok());
        const PosePoint* first = mapped->at(0, 0);
        EXPECT_LT(first[0].y, first[18].y) << "nose above neck, " << expected.path;
        EXPECT_GT(first[5].x, first[6].x)
            << "the left shoulder of a person who faces the camera, " << expected.path;
    }
}
