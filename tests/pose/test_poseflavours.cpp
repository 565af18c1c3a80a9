// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/npy.h"
#include "pose/layoutmap.h"
#include "pose/readers/skeletonfile.h"
#include "pose/readers/zipfile.h"
#include "pose/tracks/peopleframes.h"
#include "pose/writers/poseflavours.h"
#include "tests/pose/posefiles.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

constexpr int64_t kRows = 12;

PoseTrack sampleTrack(const std::string& layout, int persons, uint64_t seed)
{
    Random random(seed);
    PoseTrack track;
    track.layout = layout;
    track.persons = persons;
    track.pointCount = static_cast<int>((**findPoseLayout(layout)).points.size());
    for (int64_t row = 0; row < kRows; ++row)
        track.frames.push_back(row);
    track.points.resize(static_cast<size_t>(kRows * persons * track.pointCount));
    for (PosePoint& point : track.points)
        if (random.chance(0.8))
            point = {static_cast<float>(random.uniform(2, 1900)), static_cast<float>(random.uniform(2, 1000)),
                static_cast<float>(random.uniform(0.1, 1))};
    // Nobody at all in one frame; everybody is seen in the last one.
    std::fill_n(track.at(5, 0), static_cast<size_t>(persons * track.pointCount), PosePoint{});
    for (int person = 0; person < persons; ++person)
        for (int i = 0; i < track.pointCount; ++i)
            track.at(kRows - 1, person)[i] = {10.5F + static_cast<float>(i), 20, 0.5F};
    return track;
}

/// Every point that is there comes back at its place; none is added. Rows that show nobody may be missing.
void expectSame(const PoseTrack& wanted, const PoseTrack& got, bool scores)
{
    ASSERT_EQ(got.pointCount, wanted.pointCount);
    ASSERT_EQ(got.persons, wanted.persons);
    const std::vector<PosePoint> nothing(static_cast<size_t>(wanted.pointCount));
    for (const int64_t frame : got.frames)
        EXPECT_GE(wanted.rowOf(frame), 0) << frame;
    for (int64_t row = 0; row < wanted.rows(); ++row) {
        const int64_t found = got.rowOf(wanted.frames[static_cast<size_t>(row)]);
        for (int person = 0; person < wanted.persons; ++person)
            for (int i = 0; i < wanted.pointCount; ++i) {
                const PosePoint& a = wanted.at(row, person)[i];
                const PosePoint b
                    = found < 0 ? PosePoint{} : got.at(found, person)[static_cast<ptrdiff_t>(i)];
                ASSERT_EQ(a.score > 0, b.score > 0)
                    << "row " << row << ", person " << person << ", point " << i;
                ASSERT_NEAR(a.x, b.x, 1e-4) << "row " << row << ", point " << i;
                ASSERT_NEAR(a.y, b.y, 1e-4) << "row " << row << ", point " << i;
                if (scores) {
                    ASSERT_NEAR(a.score, b.score, 1e-4) << "row " << row << ", point " << i;
                }
            }
    }
}

class FlavourTest : public testing::TestWithParam<std::string> {
protected:
    const PoseFlavour& flavour() const { return *findPoseFlavour(GetParam()); }

    Result<SkeletonFile> roundTrip(const PoseTrack& track, std::vector<std::string>& notes)
    {
        const auto written = writePoses(flavour(), track, {"clip", 1920, 1080}, m_folder.path());
        EXPECT_TRUE(written.ok()) << written.error().message;
        notes = written ? *written : std::vector<std::string>();
        return readSkeletonFile(m_folder / ("clip" + std::string(flavour().ending)));
    }

    ScratchFolder m_folder{"flavours"};
};

std::vector<std::string> flavourNames()
{
    std::vector<std::string> names;
    for (const PoseFlavour& one : poseFlavours())
        names.emplace_back(one.name);
    return names;
}

} // namespace

TEST_P(FlavourTest, GivesBackATrackInItsOwnLayout)
{
    const std::string layout(flavour().layout.empty() ? "telltale68" : flavour().layout);
    for (const int persons : {1, 2}) {
        if (persons > 1 && flavour().onePerson)
            continue;
        const PoseTrack track = sampleTrack(layout, persons, 7);
        std::vector<std::string> notes;
        const auto file = roundTrip(track, notes);
        ASSERT_TRUE(file.ok()) << file.error().message;
        EXPECT_THAT(notes, IsEmpty());
        EXPECT_EQ(file->track.layout, layout);
        EXPECT_FALSE(file->normalised);
        expectSame(track, file->track, flavour().name != "kinect");
    }
}

TEST_P(FlavourTest, GivesBackWhatItsLayoutHasOfOurPoints)
{
    const PoseTrack track = sampleTrack("telltale68", 1, 8);
    std::vector<std::string> notes;
    const auto file = roundTrip(track, notes);
    ASSERT_TRUE(file.ok()) << file.error().message;
    const std::string layout(flavour().layout.empty() ? "telltale68" : flavour().layout);
    EXPECT_EQ(file->track.layout, layout);
    const auto wanted = mapTrack(track, layout);
    expectSame(*wanted, file->track, flavour().name != "kinect");
    const auto back = mapTo68(file->track);
    // The wrists are in every layout, and come back where they were.
    for (int64_t row = 0; row < kRows; ++row)
        for (const int wrist : {9, 10}) {
            const int64_t found = back->rowOf(row);
            const PosePoint there = found < 0 ? PosePoint{} : back->at(found, 0)[wrist];
            EXPECT_NEAR(there.x, track.at(row, 0)[wrist].x, 1e-4) << row;
        }
}

TEST_P(FlavourTest, KeepsTheNumbersOfFramesThatHaveARow)
{
    PoseTrack track = sampleTrack(flavour().layout.empty() ? "halpe26" : std::string(flavour().layout), 1, 9);
    for (size_t row = 0; row < track.frames.size(); ++row)
        track.frames[row] = 3 + 5 * static_cast<int64_t>(row);
    std::vector<std::string> notes;
    const auto file = roundTrip(track, notes);
    ASSERT_TRUE(file.ok()) << file.error().message;
    for (int64_t row = 0; row < kRows; ++row) {
        const int64_t found = file->track.rowOf(track.frames[static_cast<size_t>(row)]);
        if (row == 5)
            continue; // nobody
        ASSERT_GE(found, 0) << row;
        ASSERT_EQ(file->track.pointCount, track.pointCount);
        for (int i = 0; i < track.pointCount; ++i)
            EXPECT_NEAR(file->track.at(found, 0)[i].x, track.at(row, 0)[i].x, 1e-4) << row;
    }
    EXPECT_EQ(file->track.frames.back(), track.frames.back());
}

TEST_P(FlavourTest, WritesSeveralPeopleApartOrEachTheirOwnFile)
{
    const PoseTrack track
        = sampleTrack(flavour().layout.empty() ? "coco17" : std::string(flavour().layout), 3, 10);
    std::vector<std::string> notes;
    const auto first = roundTrip(track, notes);
    ASSERT_TRUE(first.ok()) << first.error().message;
    if (!flavour().onePerson) {
        expectSame(track, first->track, true);
        return;
    }
    EXPECT_THAT(notes, Contains(HasSubstr("its 3 people have a file each")));
    const std::string ending(flavour().ending);
    for (int person = 0; person < 3; ++person) {
        const auto file = readSkeletonFile(
            m_folder / ("clip" + (person == 0 ? "" : "_P" + std::to_string(person + 1)) + ending));
        ASSERT_TRUE(file.ok()) << file.error().message;
        EXPECT_NEAR(file->track.at(2, 0)[4].x, track.at(2, person)[4].x, 1e-4);
    }
}

TEST_P(FlavourTest, RefusesATrackOfNobodyAndAFrameTooFarAway)
{
    PoseTrack track = sampleTrack("coco17", 1, 11);
    PoseTrack empty = track;
    empty.frames.clear();
    empty.points.clear();
    EXPECT_FALSE(writePoses(flavour(), empty, {"clip", 0, 0}, m_folder.path()).ok());
    track.layout = "no such layout";
    EXPECT_FALSE(writePoses(flavour(), track, {"clip", 0, 0}, m_folder.path()).ok());
}

INSTANTIATE_TEST_SUITE_P(All, FlavourTest, testing::ValuesIn(flavourNames()), [](const auto& one) {
    std::string name = one.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(PoseFlavours, SayWhichPointsHaveNoPlace)
{
    const ScratchFolder folder("lost");
    const PoseTrack track = sampleTrack("telltale68", 1, 12);
    const auto coco = writePoses(*findPoseFlavour("coco"), track, {"clip", 0, 0}, folder.path());
    ASSERT_TRUE(coco.ok());
    // 17 of the 68 are COCO's; of the other 51 the first is the head.
    EXPECT_THAT(*coco,
        Contains(HasSubstr(
            "51 of its 68 points have no place in COCO keypoints and are left out: head, neck, hip")));
    const auto open = writePoses(*findPoseFlavour("openpose"), track, {"clip", 0, 0}, folder.path());
    // OpenPose has all but the head.
    EXPECT_THAT(*open,
        Contains(HasSubstr("1 of its 68 points have no place in OpenPose JSON and are left out: head")));
}

TEST(PoseFlavours, WriteOpenPoseAsOpenPoseDoes)
{
    const ScratchFolder folder("openpose");
    PoseTrack track;
    track.persons = 1;
    track.layout = "openpose18";
    track.pointCount = 18;
    track.frames = {7};
    track.points.resize(18);
    track.points[1] = {320.25F, 100, 0.5F};
    ASSERT_TRUE(writePoses(*findPoseFlavour("openpose"), track, {"v", 0, 0}, folder.path()).ok());
    std::ifstream in(folder / "v/v_000000000007_keypoints.json");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_THAT(text,
        HasSubstr(
            R"({"version":1.3,"people":[{"person_id":[0],"pose_keypoints_2d":[0,0,0,320.25,100,0.5,0,0,0,)"));
    EXPECT_THAT(text, HasSubstr(R"("face_keypoints_2d":[],"hand_left_keypoints_2d":[],)"));
}

TEST(PoseFlavours, WriteCocoAsCocoDoes)
{
    const ScratchFolder folder("coco");
    PoseTrack track;
    track.persons = 1;
    track.layout = "coco17";
    track.pointCount = 17;
    track.frames = {4};
    track.points.resize(17);
    track.points[0] = {10, 20, 0.5F};
    track.points[5] = {30, 60, 1};
    ASSERT_TRUE(writePoses(*findPoseFlavour("coco"), track, {"a \"b\" \xff", 640, 480}, folder.path()).ok());
    std::ifstream in(folder / "a \"b\" \xff_coco.json");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_THAT(text,
        HasSubstr(
            R"({"id":4,"frame_index":4,"width":640,"height":480,"file_name":"a \"b\" ?_000000000004.jpg"})"));
    EXPECT_THAT(text, HasSubstr(R"("keypoints":[10,20,2,0,0,0,)"));
    EXPECT_THAT(text, HasSubstr(R"("num_keypoints":2,)"));
    EXPECT_THAT(text, HasSubstr(R"("bbox":[10,20,20,40],"area":800,)"));
    // Edges count from 1: nose and left eye.
    EXPECT_THAT(text, HasSubstr(R"("skeleton":[[1,2],[1,3],)"));
}

TEST(PoseFlavours, LeaveOutPointsThatAreNoNumbers)
{
    const ScratchFolder folder("nan");
    PoseTrack track = sampleTrack("coco17", 1, 13);
    track.at(1, 0)[3] = {std::nanf(""), 5, 1};
    track.at(1, 0)[4] = {7, INFINITY, 1};
    for (const PoseFlavour& one : poseFlavours()) {
        ASSERT_TRUE(writePoses(one, track, {"clip", 0, 0}, folder.path()).ok()) << one.name;
        const auto file = readSkeletonFile(folder / ("clip" + std::string(one.ending)));
        ASSERT_TRUE(file.ok()) << one.name << file.error().message;
        for (const PosePoint& point : std::as_const(file->track.points))
            EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y)) << one.name;
    }
}
