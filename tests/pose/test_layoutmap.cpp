// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "pose/layoutmap.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace telltale;

namespace {

enum class Side { Left, Right, Middle };

/// By the names alone, which the flip pairs are tested against.
Side sideOf(const std::string& name)
{
    static const std::set<std::string> rightFace = {"face0", "face1", "face2", "face3", "face4", "face5",
        "face6", "face7", "face17", "face18", "face19", "face20", "face21", "face31", "face32", "face36",
        "face37", "face38", "face39", "face40", "face41", "face48", "face49", "face50", "face58", "face59",
        "face60", "face61", "face67", "face68"};
    static const std::set<std::string> middleFace
        = {"face8", "face27", "face28", "face29", "face30", "face33", "face51", "face57", "face62", "face66"};
    if (name.starts_with("left_"))
        return Side::Left;
    if (name.starts_with("right_") || rightFace.contains(name))
        return Side::Right;
    return name.starts_with("face") && !middleFace.contains(name) ? Side::Left : Side::Middle;
}

PoseTrack randomOf(const PoseLayout& layout, uint64_t seed, double seen = 0.8)
{
    Random random(seed);
    PoseTrack track;
    track.layout = layout.name;
    track.persons = 2;
    track.pointCount = static_cast<int>(layout.points.size());
    track.frames = {0, 4, 5};
    track.points.resize(static_cast<size_t>(3) * 2 * layout.points.size());
    for (PosePoint& point : track.points)
        if (random.chance(seen))
            point = {static_cast<float>(random.uniform(1, 1900)), static_cast<float>(random.uniform(1, 1000)),
                static_cast<float>(random.uniform(0.1, 1))};
    return track;
}

void expectSame(const PoseTrack& a, const PoseTrack& b, const std::string& what)
{
    ASSERT_EQ(a.points.size(), b.points.size()) << what;
    for (size_t i = 0; i < a.points.size(); ++i)
        ASSERT_TRUE(a.points[i].x == b.points[i].x && a.points[i].y == b.points[i].y
            && a.points[i].score == b.points[i].score)
            << what << ", point " << i;
}

/// The person in a mirror of 2000 pixels width.
PoseTrack mirrored(PoseTrack track)
{
    const PoseLayout& layout = **findPoseLayout(track.layout);
    for (int64_t row = 0; row < track.rows(); ++row)
        for (int person = 0; person < track.persons; ++person) {
            PosePoint* points = track.at(row, person);
            for (int i = 0; i < track.pointCount; ++i)
                if (points[i].score > 0)
                    points[i].x = 2000 - points[i].x;
            for (const auto& [left, right] : layout.flipPairs)
                std::swap(points[left], points[right]);
        }
    return track;
}

/// Its flips are the published mistake.
bool hasTrueSides(const PoseLayout& layout) { return layout.name != "imigue22_shipped"; }

int indexOf(const PoseLayout& layout, const std::string& name)
{
    const auto found = std::find(layout.points.begin(), layout.points.end(), name);
    return found == layout.points.end() ? -1 : static_cast<int>(found - layout.points.begin());
}

} // namespace

TEST(LayoutMaps, ALayoutMapsToItselfUnchanged)
{
    for (const PoseLayout& layout : poseLayouts()) {
        const PoseTrack track = randomOf(layout, 7);
        const auto mapped = mapTrack(track, layout);
        ASSERT_TRUE(mapped.ok()) << mapped.error().message;
        expectSame(*mapped, track, layout.name);
    }
}

TEST(LayoutMaps, FlippingTwiceIsNoFlip)
{
    for (const PoseLayout& layout : poseLayouts()) {
        PoseTrack track = randomOf(layout, 8);
        for (PosePoint& point : track.points)
            point.x = static_cast<float>(static_cast<int>(point.x)); // exact in a mirror
        expectSame(mirrored(mirrored(track)), track, layout.name);
    }
}

TEST(LayoutMaps, LeftNeverBecomesRight)
{
    for (const PoseLayout& from : poseLayouts())
        for (const PoseLayout& to : poseLayouts()) {
            const auto map = layoutMap(from, to);
            ASSERT_EQ(map.size(), to.points.size());
            for (size_t i = 0; i < map.size(); ++i) {
                std::set<Side> sides;
                for (const int source : map[i].mean) {
                    ASSERT_TRUE(source >= 0 && source < static_cast<int>(from.points.size()));
                    sides.insert(sideOf(from.points[static_cast<size_t>(source)]));
                }
                const Side side = sideOf(to.points[i]);
                if (map[i].mean.empty())
                    continue;
                const std::string what = from.name + " to " + to.name + ", " + to.points[i];
                if (side == Side::Middle) {
                    EXPECT_TRUE(sides.count(Side::Left) == sides.count(Side::Right)) << what;
                } else {
                    EXPECT_EQ(sides, std::set<Side>{side}) << what;
                }
            }
        }
}

TEST(LayoutMaps, MappingAMirrorImageIsMirroringTheMappedOne)
{
    for (const PoseLayout& from : poseLayouts())
        for (const PoseLayout& to : poseLayouts()) {
            if (!hasTrueSides(from) || !hasTrueSides(to))
                continue;
            const PoseTrack track = randomOf(from, 9);
            const PoseTrack a = *mapTrack(mirrored(track), to);
            const PoseTrack b = mirrored(*mapTrack(track, to));
            for (size_t i = 0; i < a.points.size(); ++i) {
                ASSERT_NEAR(a.points[i].x, b.points[i].x, 1e-2) << from.name << " to " << to.name;
                ASSERT_NEAR(a.points[i].y, b.points[i].y, 1e-2) << from.name << " to " << to.name;
                ASSERT_EQ(a.points[i].score, b.points[i].score) << from.name << " to " << to.name;
            }
        }
}

TEST(LayoutMaps, PartsAgreeWhereOnePointBecomesAnother)
{
    // A hand's root is the wrist, and the big toe a Kinect's foot: one joint that two parts share.
    const auto sameLimb = [](BodyPart a, BodyPart b) {
        const auto arm = [](BodyPart part) {
            return part == BodyPart::LeftHand ? BodyPart::LeftArm
                : part == BodyPart::RightHand ? BodyPart::RightArm
                                              : part;
        };
        return arm(a) == arm(b);
    };
    for (const PoseLayout& from : poseLayouts())
        for (const PoseLayout& to : poseLayouts()) {
            const auto map = layoutMap(from, to);
            for (size_t i = 0; i < map.size(); ++i)
                if (map[i].mean.size() == 1 && map[i].away.empty()) {
                    EXPECT_TRUE(sameLimb(from.parts[static_cast<size_t>(map[i].mean.front())], to.parts[i]))
                        << from.name << " to " << to.name << ", " << to.points[i];
                }
        }
}

TEST(LayoutMaps, MissingPointsStayMissingAndNothingIsNotANumber)
{
    for (const PoseLayout& from : poseLayouts())
        for (const PoseLayout& to : poseLayouts()) {
            const PoseTrack nobody = randomOf(from, 1, 0);
            const PoseTrack nothing = *mapTrack(nobody, to);
            for (const PosePoint& point : nothing.points)
                ASSERT_TRUE(point.x == 0 && point.y == 0 && point.score == 0) << from.name << " " << to.name;
            const PoseTrack some = randomOf(from, 10, 0.5);
            const PoseTrack mapped = *mapTrack(some, to);
            EXPECT_EQ(mapped.frames, some.frames);
            EXPECT_EQ(mapped.layout, to.name);
            const auto map = layoutMap(from, to);
            for (size_t i = 0; i < map.size(); ++i) {
                bool complete = !map[i].mean.empty();
                for (const auto* list : {&map[i].mean, &map[i].away})
                    for (const int source : *list)
                        complete = complete && some.at(1, 1)[source].score > 0;
                ASSERT_EQ(mapped.at(1, 1)[i].score > 0, complete)
                    << from.name << " to " << to.name << ", " << to.points[i];
            }
        }
}

TEST(LayoutMaps, OurPointsComeFromTheSourcesThatArePublished)
{
    // Index in the source for our points, -1 for what is made from others or missing.
    const std::vector<int> openpose
        = {0, 16, 15, 18, 17, 5, 2, 6, 3, 7, 4, 12, 9, 13, 10, 14, 11, -1, 1, 8, 19, 22, 20, 23, 21, 24};
    const std::vector<int> wholeBody
        = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, -1, -1, -1, 17, 20, 18, 21, 19, 22};
    std::vector<int> halpe;
    for (int i = 0; i < 26; ++i)
        halpe.push_back(i);
    const std::map<std::string, std::pair<std::vector<int>, int>> expected = {
        {"openpose137", {openpose, 95}}, {"coco_wholebody133", {wholeBody, 91}}, {"halpe136", {halpe, 94}}};
    for (const auto& [name, table] : expected) {
        const PoseLayout& layout = **findPoseLayout(name);
        for (int i = 0; i < kPointCount; ++i) {
            const int source = i < 26 ? table.first[static_cast<size_t>(i)] : table.second + i - 26;
            if (source >= 0) {
                EXPECT_EQ(layout.sources68[static_cast<size_t>(i)], std::vector<int>{source})
                    << name << ", our point " << i;
            }
        }
    }
    const std::map<int, int> kinect = {{5, 4}, {6, 8}, {7, 5}, {8, 9}, {9, 6}, {10, 10}, {11, 12}, {12, 16},
        {13, 13}, {14, 17}, {15, 14}, {16, 18}, {17, 3}, {18, 2}, {19, 0}, {20, 15}, {21, 19}, {26, 7},
        {30, 22}, {38, 21}, {47, 11}, {51, 24}, {59, 23}};
    const PoseLayout& layout = **findPoseLayout("kinect25");
    for (int i = 0; i < kPointCount; ++i) {
        const auto found = kinect.find(i);
        EXPECT_EQ(layout.sources68[static_cast<size_t>(i)],
            found == kinect.end() ? std::vector<int>{} : std::vector<int>{found->second})
            << i;
    }
}

TEST(LayoutMaps, FaceAwarePointsAreThoseOfIMigueSelection)
{
    const PoseLayout& face = **findPoseLayout("telltale68_face");
    ASSERT_EQ(face.points.size(), 68u);
    std::vector<int> expected
        = {0, 1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 18, 27, 29, 33, 37, 39, 44, 49, 52, 73, 76, 79, 82, 93, 94};
    for (int i = 95; i <= 136; ++i)
        expected.push_back(i);
    const auto map = layoutMap(**findPoseLayout("openpose137"), face);
    for (size_t i = 0; i < 68; ++i)
        EXPECT_EQ(map[i].mean, std::vector<int>{expected[i]}) << face.points[i];
}

TEST(LayoutMaps, FingerTipsOfIMigueHangOnTheWristOfTheirHand)
{
    const PoseLayout& layout = **findPoseLayout("imigue22");
    const PoseLayout& openpose = **findPoseLayout("openpose137");
    const auto map = layoutMap(openpose, layout);
    // Its body is OpenPose's 0-7 and 15-18; then the tips 4, 8, 12, 16, 20 of the right and the left hand.
    const std::vector<int> expected
        = {0, 1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 18, 120, 124, 128, 132, 136, 99, 103, 107, 111, 115};
    for (size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(map[i].mean, std::vector<int>{expected[i]}) << layout.points[i];
    for (int tip = 12; tip < 22; ++tip)
        EXPECT_EQ(layout.points[static_cast<size_t>(layout.parents[static_cast<size_t>(tip)])],
            tip < 17 ? "right_wrist" : "left_wrist");
}

TEST(LayoutMaps, JointsThatCanBeMadeAreMade)
{
    const auto sources = [](const char* from, const char* to, const char* joint) {
        const PoseLayout& source = **findPoseLayout(from);
        const PoseLayout& target = **findPoseLayout(to);
        const auto map = layoutMap(source, target);
        std::vector<std::string> names;
        for (const int i : map[static_cast<size_t>(indexOf(target, joint))].mean)
            names.push_back(source.points[static_cast<size_t>(i)]);
        std::sort(names.begin(), names.end());
        return names;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(sources("coco17", "openpose25", "neck"), (Names{"left_shoulder", "right_shoulder"}));
    EXPECT_EQ(sources("coco17", "openpose25", "hip"), (Names{"left_hip", "right_hip"}));
    EXPECT_EQ(sources("coco17", "kinect25", "spine_mid"),
        (Names{"left_hip", "left_shoulder", "right_hip", "right_shoulder"}));
    EXPECT_EQ(sources("openpose18", "kinect25", "spine_mid"), // the neck weighs as much as both hips
        (Names{"left_hip", "neck", "neck", "right_hip"}));
    EXPECT_EQ(sources("kinect25", "telltale68", "left_hand_root"), (Names{"left_hand"}));
    EXPECT_EQ(sources("telltale68", "kinect25", "left_hand_tip"), (Names{"left_middle4"}));
    EXPECT_EQ(sources("mobile14", "telltale68", "right_hand_root"), (Names{"right_wrist"}));
    EXPECT_EQ(sources("coco17", "telltale68", "right_hand_root"), (Names{}));
    EXPECT_EQ(sources("telltale68", "mediapipe33", "left_index_knuckle"), (Names{"left_index1"}));
    EXPECT_EQ(sources("openpose137", "mediapipe33", "left_eye_inner"), (Names{"face42"}));
    EXPECT_EQ(sources("coco17", "openpose25b", "upper_neck"), (Names{}));
    EXPECT_EQ(sources("telltale68", "telltale68_face", "face69"), (Names{"left_eye"}));
}

TEST(LayoutMaps, ATrackOfAnUnknownLayoutSaysWhatToDo)
{
    PoseTrack track;
    track.layout = "my_own_layout";
    const auto mapped = mapTrack(track, "telltale68");
    ASSERT_FALSE(mapped.ok());
    EXPECT_EQ(mapped.error().code, ErrorCode::NotFound);
    EXPECT_NE(mapped.error().message.find("NAME.json"), std::string::npos) << mapped.error().message;
    EXPECT_EQ(mapTrack(randomOf(poseLayouts().front(), 1), "nonsense").error().code, ErrorCode::NotFound);
}
