// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layout.h"
#include "pose/readers/skeletonfile.h"
#include "posefiles.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

using namespace telltale;
using testing::HasSubstr;

namespace {

std::string errorOf(const std::filesystem::path& path)
{
    const auto file = readSkeletonFile(path);
    EXPECT_FALSE(file.ok()) << path;
    return file.ok() ? "" : file.error().message;
}

template <typename T> std::string bytesOf(T value)
{
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::string textOf(const std::string& text) { return bytesOf(static_cast<uint16_t>(text.size())) + text; }

/// A .pose file of one body of three named points and a left hand, `frames` frames of one person; point i of
/// frame t lies at (t, i).
std::string poseFile(float version, int frames, float score = 0.5f)
{
    const std::vector<std::string> body = {"NOSE", "LEFT_WRIST", "RIGHT_ANKLE"};
    std::string out = bytesOf(version) + bytesOf<uint16_t>(640) + bytesOf<uint16_t>(480)
        + bytesOf<uint16_t>(0) + bytesOf<uint16_t>(2);
    out += textOf("POSE_LANDMARKS") + textOf("XYC") + bytesOf<uint16_t>(3) + bytesOf<uint16_t>(1)
        + bytesOf<uint16_t>(1);
    for (const std::string& point : body)
        out += textOf(point);
    out += bytesOf<uint16_t>(0) + bytesOf<uint16_t>(1) + std::string(6, '\1');
    out += textOf("LEFT_HAND_LANDMARKS") + textOf("XYC") + bytesOf<uint16_t>(21) + bytesOf<uint16_t>(0)
        + bytesOf<uint16_t>(0);
    for (int i = 0; i < 21; ++i)
        out += textOf("P" + std::to_string(i));
    const bool people = version < 0.05f;
    const bool wide = version > 0.15f;
    out += wide ? bytesOf(29.97f) + bytesOf(static_cast<uint32_t>(frames))
                : bytesOf<uint16_t>(30) + bytesOf(static_cast<uint16_t>(frames));
    if (!people)
        out += bytesOf<uint16_t>(1);
    std::string scores;
    for (int t = 0; t < frames; ++t) {
        if (people)
            out += bytesOf<uint16_t>(1) + bytesOf<int16_t>(-1);
        for (int i = 0; i < 24; ++i) {
            out += bytesOf(static_cast<float>(t)) + bytesOf(static_cast<float>(i));
            (people ? out : scores) += bytesOf(score);
        }
    }
    return out + scores;
}

std::string namedRow(int columns, const std::string& cell)
{
    std::string row = cell;
    for (int i = 1; i < columns; ++i)
        row += "," + cell;
    return row + "\n";
}

} // namespace

TEST(PoseContainers, EveryVersionGivesTheSamePoints)
{
    const ScratchFolder folder("containers");
    for (const float version : {0.0f, 0.1f, 0.2f}) {
        const auto file = readSkeletonFile(folder.write("a.pose", poseFile(version, 4)));
        ASSERT_TRUE(file.ok()) << file.error().message;
        EXPECT_EQ(file->track.layout, "mediapipe75");
        EXPECT_EQ(file->width, 640);
        EXPECT_EQ(file->height, 480);
        EXPECT_NEAR(file->fps, 30, 0.1);
        EXPECT_FALSE(file->normalised);
        ASSERT_EQ(file->track.rows(), 4);
        const PosePoint* points = std::as_const(file->track).at(3, 0);
        EXPECT_EQ(points[0].y, 0);
        EXPECT_EQ(points[15].y, 1) << "left wrist";
        EXPECT_EQ(points[28].y, 2) << "right ankle";
        EXPECT_EQ(points[33].y, 3) << "root of the left hand";
        EXPECT_EQ(points[53].y, 23) << "tip of its little finger";
        EXPECT_EQ(points[53].x, 3);
        EXPECT_EQ(points[53].score, 0.5f);
        EXPECT_EQ(points[54].score, 0) << "the right hand is not in the file";
    }
}

TEST(PoseContainers, EveryCutIsRefusedInWords)
{
    const ScratchFolder folder("cuts");
    for (const float version : {0.0f, 0.1f, 0.2f}) {
        const std::string whole = poseFile(version, 2);
        for (size_t cut = 1; cut < whole.size(); cut += 3) {
            const auto file = readSkeletonFile(folder.write("cut.pose", whole.substr(0, cut)));
            ASSERT_FALSE(file.ok()) << version << " cut at " << cut;
            EXPECT_THAT(file.error().message, HasSubstr("cut.pose"));
        }
    }
}

TEST(PoseContainers, AbsurdCountsAreRefusedBeforeAnythingIsReserved)
{
    const ScratchFolder folder("absurd");
    std::string frames = poseFile(0.2f, 2);
    const size_t count = frames.size() - 2 * 24 * 12 - 2 - 4;
    frames.replace(count, 4, "\xff\xff\xff\x7f");
    EXPECT_THAT(errorOf(folder.write("frames.pose", frames)), HasSubstr("cut short or damaged"));
    std::string people = poseFile(0.2f, 2);
    people.replace(people.size() - 2 * 24 * 12 - 2, 2, "\xff\xff");
    EXPECT_THAT(errorOf(folder.write("people.pose", people)), HasSubstr("cut short or damaged"));
    std::string version = poseFile(0.2f, 2);
    version.replace(0, 4, bytesOf(0.7f));
    EXPECT_THAT(errorOf(folder.write("version.pose", version)), HasSubstr("0.0, 0.1 and 0.2"));
}

TEST(PoseContainers, PointsThatAreNoNumbersAreMissingAndCounted)
{
    const ScratchFolder folder("nan");
    std::string bytes = poseFile(0.2f, 1);
    const size_t first = bytes.size() - 24 * 12;
    bytes.replace(first, 4, bytesOf(std::numeric_limits<float>::quiet_NaN()));
    const auto file = readSkeletonFile(folder.write("nan.pose", bytes));
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(std::as_const(file->track).at(0, 0)[0].score, 0);
    EXPECT_EQ(std::as_const(file->track).at(0, 0)[15].score, 0.5f);
    ASSERT_FALSE(file->notes.empty());
    EXPECT_THAT(file->notes.back(), HasSubstr("1 coordinates are no numbers"));
}

TEST(NamedTables, ColumnsAreFoundUnderTheNamesOfOthers)
{
    const ScratchFolder folder("named");
    const std::vector<std::string> headers
        = {"frame,nose_x,nose_y,left_wrist_x,left_wrist_y,left_wrist_score",
            "frame,X_NOSE,Y_NOSE,X_LEFT_WRIST,Y_LEFT_WRIST,visibility_LEFT_WRIST",
            "frame;Nose.x;Nose.y;LWrist.x;LWrist.y;LWrist.likelihood",
            "frame\tNOSE x\tNOSE y\tWristLeft x\tWristLeft y\tWristLeft c"};
    for (const std::string& header : headers) {
        const char separator = header[5];
        std::string rows = "3,100,50,200.5,150,0.25\n7,101,51,,,\n";
        std::replace(rows.begin(), rows.end(), ',', separator);
        const auto file = readSkeletonFile(folder.write("a.csv", header + "\n" + rows));
        ASSERT_TRUE(file.ok()) << file.error().message;
        const PoseTrack& track = file->track;
        EXPECT_EQ(track.frames, (std::vector<int64_t>{3, 7})) << header;
        const PoseLayout& layout = **findPoseLayout(track.layout);
        const auto index = [&](const char* name) {
            return std::find(layout.points.begin(), layout.points.end(), name) - layout.points.begin();
        };
        EXPECT_EQ(track.at(0, 0)[index("nose")].x, 100);
        EXPECT_EQ(track.at(0, 0)[index("nose")].score, 1) << "no score is a sure one";
        EXPECT_EQ(track.at(0, 0)[index("left_wrist")].x, 200.5f);
        EXPECT_EQ(track.at(0, 0)[index("left_wrist")].score, 0.25f);
        EXPECT_EQ(track.at(1, 0)[index("left_wrist")].score, 0) << "empty cells are a missing point";
        EXPECT_FALSE(file->normalised);
    }
}

TEST(NamedTables, SharesOfThePictureNeedItsSize)
{
    const ScratchFolder folder("shares");
    const auto path = folder.write(
        "a.csv", "time_ms,nose_x,nose_y,left_eye_x,left_eye_y\n0,0.5,0.25,0.55,0.2\n40,0.5,1.1,0.55,0.2\n");
    auto file = readSkeletonFile(path);
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_TRUE(file->normalised);
    EXPECT_EQ(file->times, (std::vector<double>{0, 0.04}));
    const auto track = readSkeleton(path);
    ASSERT_FALSE(track.ok());
    EXPECT_THAT(track.error().message, HasSubstr("VIDEO=FILE"));
    ASSERT_TRUE(toPixels(*file, 640, 480).ok());
    EXPECT_EQ(file->track.at(0, 0)[0].x, 320);
    EXPECT_EQ(file->track.at(0, 0)[0].y, 120);
    EXPECT_FALSE(file->normalised);
    ASSERT_TRUE(toPixels(*file, 99, 99).ok());
    EXPECT_EQ(file->track.at(0, 0)[0].x, 320) << "pixels stay";
    EXPECT_EQ(toPixels(*file, 0, 480).error().code, ErrorCode::InvalidArgument);
}

TEST(NamedTables, HeaderThatNamesOnePointTwiceCountsByItsOrder)
{
    const PoseLayout& layout = **findPoseLayout("mediapipe33");
    std::string header = "time";
    for (size_t i = 0; i < layout.points.size(); ++i) {
        const std::string name = i == 4 ? "right_eye_outer" : layout.points[i];
        header += ",X_" + name + ",Y_" + name;
    }
    std::string row = "0";
    for (int i = 0; i < 33; ++i)
        row += "," + std::to_string(100 + i) + "," + std::to_string(300 + i);
    const ScratchFolder folder("twice");
    const auto file = readSkeletonFile(folder.write("a.csv", header + "\n" + row + "\n"));
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file->track.layout, "mediapipe33");
    for (int i = 0; i < 33; ++i)
        EXPECT_EQ(std::as_const(file->track).at(0, 0)[i].x, static_cast<float>(100 + i));
    ASSERT_EQ(file->notes.size(), 1u);
    EXPECT_THAT(file->notes.front(), HasSubstr("names a point wrongly"));
}

TEST(NamedTables, NoseUnderTheNameOfTheKnuckleIsPutRight)
{
    const std::string header = "nose_x,nose_y,right_index_x,right_index_y,left_eye_x,left_eye_y,right_eye_x,"
                               "right_eye_y,right_wrist_x,right_wrist_y\n";
    const ScratchFolder folder("knuckle");
    const auto swapped
        = readSkeletonFile(folder.write("a.csv", header + "300,600,280,230,285,210,260,205,290,590\n"));
    ASSERT_TRUE(swapped.ok()) << swapped.error().message;
    EXPECT_EQ(std::as_const(swapped->track).at(0, 0)[0].y, 230);
    ASSERT_EQ(swapped->notes.size(), 1u);
    EXPECT_THAT(swapped->notes.front(), HasSubstr("exchanged"));
    const auto right
        = readSkeletonFile(folder.write("b.csv", header + "280,230,300,600,285,210,260,205,290,590\n"));
    ASSERT_TRUE(right.ok()) << right.error().message;
    EXPECT_EQ(std::as_const(right->track).at(0, 0)[0].y, 230);
    EXPECT_TRUE(right->notes.empty());
}

TEST(NamedTables, MistakesNameFileLineAndColumn)
{
    const ScratchFolder folder("mistakes");
    const std::string header = "frame,nose_x,nose_y,left_eye_x,left_eye_y\n";
    EXPECT_THAT(errorOf(folder.write("word.csv", header + "0,1,2,3,4\n1,1,two,3,4\n")),
        HasSubstr("word.csv, line 3: column 3 holds 'two'"));
    EXPECT_THAT(errorOf(folder.write("twice.csv", header + "5,1,2,3,4\n5,1,2,3,4\n")),
        HasSubstr("twice.csv, line 3: frame 5 comes after frame 5"));
    EXPECT_THAT(errorOf(folder.write("back.csv", header + "5,1,2,3,4\n4,1,2,3,4\n")), HasSubstr("line 3"));
    EXPECT_THAT(errorOf(folder.write("half.csv", header + "0.5,1,2,3,4\n")), HasSubstr("line 2"));
    EXPECT_THAT(errorOf(folder.write("minus.csv", header + "-1,1,2,3,4\n")), HasSubstr("line 2"));
    EXPECT_THAT(errorOf(folder.write("long.csv", header + "0,1,2,3,4,5\n")), HasSubstr("line 2: has more"));
    EXPECT_THAT(errorOf(folder.write("none.csv", header)), HasSubstr("no row"));
    const std::string unknown = errorOf(folder.write("tail.csv", "tail_x,tail_y,fin_x,fin_y\n1,2,3,4\n"));
    EXPECT_THAT(unknown, HasSubstr("'tail'"));
    EXPECT_THAT(unknown, HasSubstr("docs/layouts.md"));
    const auto file
        = readSkeletonFile(folder.write("gaps.csv", header + "0,nan,2,300,400\n9,100,200,inf,4\n"));
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(std::as_const(file->track).at(0, 0)[0].score, 0);
    EXPECT_EQ(std::as_const(file->track).at(1, 0)[0].score, 1);
}

TEST(NamedTables, SeveralFilesOfOneVideoAreOneTrack)
{
    const ScratchFolder folder("merge");
    std::string hand = "time";
    for (const char* joint : {"WRIST", "THUMB_CMC", "THUMB_MCP", "THUMB_IP", "THUMB_TIP"})
        for (const char* axis : {"X_LEFT_", "Y_LEFT_"})
            hand += std::string(",") + axis + joint;
    const auto body = folder.write("body.csv",
        "X_LEFT_WRIST,Y_LEFT_WRIST,X_LEFT_SHOULDER,Y_LEFT_SHOULDER\n"
        "10,20,100,200\n11,21,101,201\n");
    const auto hands = folder.write(
        "hands.csv", hand + "\n0" + "," + namedRow(10, "55") + "40" + "," + namedRow(10, "56"));
    const auto merged = readSkeletonFiles({body, hands});
    ASSERT_TRUE(merged.ok()) << merged.error().message;
    EXPECT_EQ(merged->track.layout, "mediapipe75");
    const PosePoint* points = std::as_const(merged->track).at(1, 0);
    EXPECT_EQ(points[15].x, 11) << "the wrist of the body";
    EXPECT_EQ(points[33].x, 56) << "the root of the hand";
    EXPECT_EQ(points[37].x, 56) << "the tip of the thumb";
    const auto shorter = folder.write("short.csv", hand + "\n0" + "," + namedRow(10, "55"));
    const auto refused = readSkeletonFiles({body, shorter});
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("short.csv"));
    EXPECT_FALSE(readSkeletonFiles({}).ok());
    const auto other = folder.write("other.csv",
        "X_LEFT_WRIST,Y_LEFT_WRIST,X_LEFT_SHOULDER,Y_LEFT_SHOULDER\n"
        "710,20,800,200\n711,21,801,201\n");
    const auto somebodyElse = readSkeletonFiles({body, other});
    ASSERT_FALSE(somebodyElse.ok());
    EXPECT_THAT(
        somebodyElse.error().message, HasSubstr("other.csv: has mostly points that the files before"));
}

TEST(CocoFiles, AnnotationsAndResultsAreRead)
{
    const ScratchFolder folder("coco");
    std::string points;
    for (int i = 0; i < 17; ++i)
        points += std::string(i ? "," : "") + std::to_string(10 + i) + ",20,"
            + (i == 3        ? "1"
                    : i == 4 ? "0"
                             : "2");
    const auto annotation = [&](int image, int size) {
        return "{\"image_id\":" + std::to_string(image) + ",\"bbox\":[0,0," + std::to_string(size)
            + ",10],\"keypoints\":[" + points + "]}";
    };
    const std::string images = "{\"images\":[{\"id\":9,\"width\":64,\"height\":48},{\"id\":4,\"width\":64,"
                               "\"height\":48}],\"annotations\":[";
    const auto file = readSkeletonFile(
        folder.write("a.json", images + annotation(9, 5) + "," + annotation(9, 50) + "]}"));
    ASSERT_TRUE(file.ok()) << file.error().message;
    const PoseTrack& track = file->track;
    EXPECT_EQ(track.layout, "coco17");
    EXPECT_EQ(file->width, 64);
    EXPECT_EQ(track.frames, (std::vector<int64_t>{0, 1})) << "image 4, then image 9";
    EXPECT_EQ(track.persons, 2);
    EXPECT_EQ(track.at(0, 0)[0].score, 0) << "nobody in image 4";
    EXPECT_EQ(track.at(1, 1)[0].score, 1);
    EXPECT_EQ(track.at(1, 0)[3].score, 0.5f) << "hidden";
    EXPECT_EQ(track.at(1, 0)[4].score, 0);
    const auto results = readSkeletonFile(folder.write("r.json",
        "[{\"image_id\":\"000012.jpg\",\"category_id\":1,\"score\":2.5,\"keypoints\":[" + points + "]}]"));
    ASSERT_TRUE(results.ok()) << results.error().message;
    EXPECT_EQ(results->track.frames, std::vector<int64_t>{12});
    EXPECT_THAT(errorOf(folder.write("gone.json", images + annotation(7, 5) + "]}")), HasSubstr("image_id"));
    EXPECT_THAT(errorOf(folder.write("nobody.json", images + "]}")), HasSubstr("no person"));
    EXPECT_THAT(
        errorOf(folder.write("cut.json", (images + annotation(9, 5)).substr(0, 200))), HasSubstr("cut"));
    points = "1,2,2,3,4,2";
    EXPECT_THAT(errorOf(folder.write("few.json", images + annotation(9, 5) + "]}")), HasSubstr("2 points"));
    points = "1,2,2,3";
    EXPECT_THAT(
        errorOf(folder.write("odd.json", images + annotation(9, 5) + "]}")), HasSubstr("annotation 0"));
}

TEST(CocoFiles, PeopleWithoutNumbersAreToldApartByWhereTheyAre)
{
    const auto person = [](const std::string& picture, int x, int size) {
        std::string text = "{" + picture + ",\"bbox\":[0,0," + std::to_string(size) + ",10],\"keypoints\":[";
        for (int i = 0; i < 17; ++i)
            text += std::string(i ? "," : "") + std::to_string(x + 10 * (i % 4)) + ","
                + std::to_string(50 + 10 * i) + ",1";
        return text + "]}";
    };
    const ScratchFolder folder("apart");
    // Of two people who hardly move, now one has the larger box, now the other.
    const std::string first = "\"image_id\":\"0.jpg\"";
    const std::string second = "\"image_id\":\"1.jpg\"";
    const auto file = readSkeletonFile(folder.write("a.json",
        "[" + person(first, 100, 80) + "," + person(first, 700, 90) + "," + person(second, 101, 90) + ","
            + person(second, 701, 80) + "]"));
    ASSERT_TRUE(file.ok()) << file.error().message;
    const PoseTrack& track = file->track;
    ASSERT_EQ(track.persons, 2);
    EXPECT_EQ(track.at(0, 0)[0].x, 100);
    EXPECT_EQ(track.at(1, 0)[0].x, 101);
    EXPECT_EQ(track.at(0, 1)[0].x, 700);
    EXPECT_EQ(track.at(1, 1)[0].x, 701);
    const auto boxes = readSkeletonFile(folder.write("boxes.json",
        "{\"images\":[{\"id\":0}],\"annotations\":[" + person("\"image_id\":0", 100, 80)
            + ",{\"image_id\":0,\"keypoints\":[]}]}"));
    ASSERT_TRUE(boxes.ok()) << boxes.error().message;
    EXPECT_EQ(boxes->track.persons, 1);
}

TEST(RealPoseFiles, TheContainerHoldsWhatTheFolderOfOpenPoseHolds)
{
    const auto formats = testdataFolder() / "formats/openpose_hands";
    if (!std::filesystem::exists(formats))
        GTEST_SKIP() << formats << " is not there";
    const auto container = readSkeletonFile(formats / "openpose.pose");
    const auto folder = readSkeletonFile(formats / "json");
    ASSERT_TRUE(container.ok()) << container.error().message;
    ASSERT_TRUE(folder.ok()) << folder.error().message;
    EXPECT_EQ(container->track.layout, folder->track.layout);
    EXPECT_EQ(container->track.frames, folder->track.frames);
    ASSERT_EQ(container->track.points.size(), folder->track.points.size());
    for (size_t i = 0; i < container->track.points.size(); ++i) {
        const PosePoint& a = std::as_const(container->track.points)[i];
        const PosePoint& b = std::as_const(folder->track.points)[i];
        ASSERT_NEAR(a.x, b.x, 1e-3) << i;
        ASSERT_NEAR(a.y, b.y, 1e-3) << i;
        ASSERT_EQ(a.score > 0, b.score > 0) << i;
    }
}

TEST(RealPoseFiles, HandsOfMediaPipeHangOnTheWristsOfItsBody)
{
    const auto video = testdataFolder() / "video";
    if (!std::filesystem::exists(video))
        GTEST_SKIP() << video << " is not there";
    auto file = readSkeletonFiles(
        {video / "seated_hands_518f.mediapipe_body.csv", video / "seated_hands_518f.mediapipe_hands.csv"});
    ASSERT_TRUE(file.ok()) << file.error().message;
    ASSERT_TRUE(file->normalised);
    ASSERT_TRUE(toPixels(*file, 1280, 720).ok());
    const PoseTrack& track = file->track;
    ASSERT_EQ(track.rows(), 518);
    for (const auto& [wrist, root] : {std::pair{15, 33}, std::pair{16, 54}}) {
        int64_t near = 0;
        int64_t seen = 0;
        for (int64_t row = 0; row < track.rows(); ++row) {
            const PosePoint& a = track.at(row, 0)[wrist];
            const PosePoint& b = track.at(row, 0)[root];
            const float shoulders = std::abs(track.at(row, 0)[11].x - track.at(row, 0)[12].x);
            seen += b.score > 0 ? 1 : 0;
            near += b.score > 0 && std::hypot(a.x - b.x, a.y - b.y) < 0.3f * shoulders ? 1 : 0;
        }
        EXPECT_GT(seen, 500);
        EXPECT_GT(static_cast<double>(near), 0.9 * static_cast<double>(seen)) << wrist;
    }
}

TEST(RealPoseFiles, EveryOtherKindLandsOnItsPerson)
{
    const auto formats = testdataFolder() / "formats";
    if (!std::filesystem::exists(formats))
        GTEST_SKIP() << formats << " is not there";
    const auto coco = readSkeletonFile(formats / "coco/test_coco_wholebody.json");
    ASSERT_TRUE(coco.ok()) << coco.error().message;
    EXPECT_EQ(coco->track.layout, "coco_wholebody133");
    EXPECT_EQ(coco->track.rows(), 4);
    for (int i = 0; i < 17; ++i) { // the box that the file has for the skier, the only person of image 785
        const PosePoint& point = std::as_const(coco->track).at(0, 0)[i];
        EXPECT_TRUE(point.x > 280 && point.x < 500 && point.y > 44 && point.y < 392) << i;
    }
    const auto pose = readSkeletonFile(formats / "pose_format/mediapipe.pose");
    ASSERT_TRUE(pose.ok()) << pose.error().message;
    EXPECT_EQ(pose->track.layout, "mediapipe75");
    EXPECT_EQ(pose->track.rows(), 170);
    EXPECT_GT(std::as_const(pose->track).at(85, 0)[11].x, std::as_const(pose->track).at(85, 0)[12].x);
    const auto elan = readSkeletonFile(formats / "elan/Test_Video_keypoints.csv");
    ASSERT_TRUE(elan.ok()) << elan.error().message;
    EXPECT_EQ(elan->track.rows(), 2532);
    EXPECT_TRUE(elan->normalised);
    for (const int64_t row : {int64_t{0}, int64_t{1266}, int64_t{2531}})
        EXPECT_LT(std::as_const(elan->track).at(row, 0)[0].y, std::as_const(elan->track).at(row, 0)[11].y)
            << "nose above the shoulder, row " << row;
    EXPECT_THAT(errorOf(formats / "pyskl/mmaction2_posedataset_sample.pkl"), HasSubstr("without keypoints"));
}
