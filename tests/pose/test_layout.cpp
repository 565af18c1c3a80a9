// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace telltale;

namespace {

/// One person in one frame; point i lies at (10 i, 20 i) with score 0.5.
PoseTrack ladderTrack(const PoseLayout& layout)
{
    PoseTrack track;
    track.layout = layout.name;
    track.persons = 1;
    track.pointCount = static_cast<int>(layout.points.size());
    track.frames = {0};
    for (int i = 0; i < track.pointCount; ++i)
        track.points.push_back({10.0f * static_cast<float>(i + 1), 20.0f * static_cast<float>(i + 1), 0.5f});
    return track;
}

} // namespace

TEST(PoseLayouts, OursComesFirstAndHasSixtyEightPointsInATree)
{
    const PoseLayout& ours = poseLayouts().front();
    EXPECT_EQ(ours.name, "telltale68");
    ASSERT_EQ(ours.points.size(), 68u);
    EXPECT_EQ(ours.edges.size(), 67u);
    EXPECT_EQ(ours.flipPairs.size(), 32u);
    for (int i = 0; i < kPointCount; ++i) {
        int at = i;
        int steps = 0;
        while (parents68()[at] != at && steps < 68) {
            at = parents68()[at];
            ++steps;
        }
        EXPECT_EQ(at, 18) << "point " << i << " does not hang on the neck";
    }
}

TEST(PoseLayouts, EveryTableIsConsistent)
{
    std::set<std::string> names;
    for (const PoseLayout& layout : poseLayouts()) {
        const auto count = static_cast<int>(layout.points.size());
        EXPECT_TRUE(names.insert(layout.name).second) << layout.name;
        EXPECT_EQ(layout.parts.size(), layout.points.size()) << layout.name;
        EXPECT_EQ(
            std::set<std::string>(layout.points.begin(), layout.points.end()).size(), layout.points.size());
        ASSERT_EQ(layout.sources68.size(), 68u) << layout.name;
        for (const auto& sources : layout.sources68)
            for (const int source : sources)
                EXPECT_TRUE(source >= 0 && source < count) << layout.name;
        std::set<int> children;
        for (const auto& [child, parent] : layout.edges) {
            EXPECT_TRUE(child >= 0 && child < count && parent >= 0 && parent < count) << layout.name;
            EXPECT_TRUE(children.insert(child).second) << layout.name << " joins " << child << " twice";
        }
        std::set<int> flipped;
        for (const auto& [a, b] : layout.flipPairs)
            EXPECT_TRUE(flipped.insert(a).second && flipped.insert(b).second) << layout.name;
    }
}

TEST(PoseLayouts, LeftPointsComeFromLeftPoints)
{
    const PoseLayout& ours = poseLayouts().front();
    for (const PoseLayout& layout : poseLayouts())
        for (int i = 0; i < kPointCount; ++i)
            if (layout.sources68[i].size() == 1) {
                const std::string& from = layout.points[static_cast<size_t>(layout.sources68[i].front())];
                const std::string& to = ours.points[i];
                EXPECT_EQ(from.starts_with("left_"), to.starts_with("left_"))
                    << layout.name << " " << from << " " << to;
                EXPECT_EQ(from.starts_with("right_"), to.starts_with("right_"))
                    << layout.name << " " << from << " " << to;
            }
}

TEST(PoseLayouts, SizesAreThoseOfTheEstimators)
{
    const std::map<std::string, size_t> sizes = {{"openpose137", 137}, {"openpose25", 25},
        {"openpose25b", 25}, {"coco17", 17}, {"coco_wholebody133", 133}, {"halpe136", 136}, {"kinect25", 25},
        {"mobile14", 14}, {"mediapipe33", 33}, {"openpose18", 18}};
    for (const auto& [name, size] : sizes) {
        const auto layout = findPoseLayout(name);
        ASSERT_TRUE(layout.ok()) << name;
        EXPECT_EQ((*layout)->points.size(), size) << name;
    }
}

TEST(PoseLayouts, UnknownNameListsTheKnownOnes)
{
    const auto layout = findPoseLayout("nonsense");
    ASSERT_FALSE(layout.ok());
    EXPECT_EQ(layout.error().code, ErrorCode::NotFound);
    EXPECT_NE(layout.error().message.find("coco_wholebody133"), std::string::npos);
}

TEST(MapTo68, WholeBodyHandsStartAtOurHandBlocks)
{
    const PoseLayout* layout = *findPoseLayout("coco_wholebody133");
    const PoseTrack track = ladderTrack(*layout);
    const auto mapped = mapTo68(track);
    ASSERT_TRUE(mapped.ok());
    EXPECT_EQ(mapped->at(0, 0)[kLeftHandStart].x, track.points[91].x);
    EXPECT_EQ(mapped->at(0, 0)[kRightHandStart + 20].x, track.points[132].x);
    EXPECT_EQ(mapped->at(0, 0)[18].x, (track.points[5].x + track.points[6].x) / 2)
        << "neck between the shoulders";
}

TEST(MapTo68, HeadIsMadeFromEyesAndNeck)
{
    PoseTrack track = ladderTrack(**findPoseLayout("openpose25"));
    track.points[15] = {110, 50, 0.8f};
    track.points[16] = {90, 50, 0.6f};
    track.points[1] = {100, 150, 0.9f};
    const auto mapped = mapTo68(track);
    ASSERT_TRUE(mapped.ok());
    const PosePoint head = mapped->at(0, 0)[17];
    EXPECT_FLOAT_EQ(head.x, 100);
    EXPECT_FLOAT_EQ(head.y, 50 - 45);
    EXPECT_FLOAT_EQ(head.score, 0.6f);
}

TEST(MapTo68, WhatIsMadeOfAMissingPointIsMissing)
{
    PoseTrack track = ladderTrack(**findPoseLayout("coco17"));
    track.points[5] = {};
    const auto mapped = mapTo68(track);
    ASSERT_TRUE(mapped.ok());
    for (const int missing : {5, 18, 17, 20, 26, 67}) {
        EXPECT_EQ(mapped->at(0, 0)[missing].score, 0) << missing;
        EXPECT_EQ(mapped->at(0, 0)[missing].x, 0) << missing;
    }
    EXPECT_EQ(mapped->at(0, 0)[6].score, 0.5f);
}

TEST(MapTo68, WrongNumberOfPointsIsRefused)
{
    PoseTrack track = ladderTrack(**findPoseLayout("coco17"));
    track.layout = "openpose25";
    const auto mapped = mapTo68(track);
    ASSERT_FALSE(mapped.ok());
    EXPECT_EQ(mapped.error().code, ErrorCode::BadFormat);
}

TEST(PoseTrack, RowOfFindsOnlyExactFrames)
{
    PoseTrack track;
    track.frames = {0, 3, 6};
    EXPECT_EQ(track.rowOf(3), 1);
    EXPECT_EQ(track.rowOf(4), -1);
    EXPECT_EQ(track.rowOf(7), -1);
}
