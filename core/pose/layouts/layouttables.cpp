// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layouts/layouttables.h"

namespace telltale {
namespace {

constexpr std::string_view kHalpe26
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow "
      "right_elbow left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle "
      "right_ankle head neck hip left_big_toe right_big_toe left_small_toe right_small_toe "
      "left_heel right_heel";
constexpr std::string_view kBody25 = "nose neck right_shoulder right_elbow right_wrist left_shoulder "
                                     "left_elbow left_wrist hip right_hip right_knee "
                                     "right_ankle left_hip left_knee left_ankle right_eye left_eye right_ear "
                                     "left_ear left_big_toe left_small_toe left_heel "
                                     "right_big_toe right_small_toe right_heel";
constexpr std::string_view kBody25b = "nose left_eye right_eye left_ear right_ear left_shoulder "
                                      "right_shoulder left_elbow right_elbow left_wrist "
                                      "right_wrist left_hip right_hip left_knee right_knee left_ankle "
                                      "right_ankle upper_neck head left_big_toe "
                                      "left_small_toe left_heel right_big_toe right_small_toe right_heel";
constexpr std::string_view kOpenPose18
    = "nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_hip "
      "right_knee "
      "right_ankle left_hip left_knee left_ankle right_eye left_eye right_ear left_ear";
constexpr std::string_view kCoco17
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow "
      "right_elbow left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle "
      "right_ankle";
constexpr std::string_view kCoco23
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow "
      "right_elbow left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle "
      "right_ankle left_big_toe left_small_toe left_heel right_big_toe right_small_toe "
      "right_heel";
constexpr std::string_view kKinect25 = "spine_base spine_mid neck head left_shoulder left_elbow left_wrist "
                                       "left_hand right_shoulder right_elbow right_wrist "
                                       "right_hand left_hip left_knee left_ankle left_foot right_hip "
                                       "right_knee right_ankle right_foot spine_shoulder "
                                       "left_hand_tip left_thumb right_hand_tip right_thumb";
constexpr std::string_view kMobile14
    = "head neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist "
      "right_hip right_knee right_ankle left_hip left_knee left_ankle";
constexpr std::string_view kMediaPipe33 = "nose left_eye_inner left_eye left_eye_outer right_eye_inner "
                                          "right_eye right_eye_outer left_ear right_ear left_mouth "
                                          "right_mouth left_shoulder right_shoulder left_elbow right_elbow "
                                          "left_wrist right_wrist left_pinky right_pinky "
                                          "left_index right_index left_thumb right_thumb left_hip right_hip "
                                          "left_knee right_knee left_ankle right_ankle "
                                          "left_heel right_heel left_foot_index right_foot_index";

using Edges = std::vector<std::pair<int, int>>;

/// The tree hangs on the neck (18); order as published for the 26 body points.
Edges halpe26Edges()
{
    return {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {0, 18}, {17, 18}, {5, 18}, {6, 18}, {7, 5}, {9, 7}, {8, 6},
        {10, 8}, {19, 18}, {11, 19}, {12, 19}, {13, 11}, {15, 13}, {14, 12}, {16, 14}, {20, 15}, {22, 15},
        {24, 15}, {21, 16}, {23, 16}, {25, 16}};
}

Edges body25Edges()
{
    return {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 1}, {9, 8}, {10, 9}, {11, 10},
        {12, 8}, {13, 12}, {14, 13}, {15, 0}, {16, 0}, {17, 15}, {18, 16}, {19, 14}, {20, 19}, {21, 14},
        {22, 11}, {23, 22}, {24, 11}};
}

Edges body25bEdges()
{
    return {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {0, 17}, {18, 17}, {5, 17}, {6, 17}, {7, 5}, {9, 7}, {8, 6},
        {10, 8}, {11, 5}, {12, 6}, {13, 11}, {15, 13}, {14, 12}, {16, 14}, {19, 15}, {20, 19}, {21, 15},
        {22, 16}, {23, 22}, {24, 16}};
}

Edges openPose18Edges()
{
    return {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 1}, {9, 8}, {10, 9}, {11, 1},
        {12, 11}, {13, 12}, {14, 0}, {15, 0}, {16, 14}, {17, 15}};
}

Edges coco17Edges()
{
    return {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {5, 0}, {6, 0}, {7, 5}, {8, 6}, {9, 7}, {10, 8}, {11, 5}, {12, 6},
        {13, 11}, {14, 12}, {15, 13}, {16, 14}};
}

Edges coco23Edges()
{
    Edges edges = coco17Edges();
    edges.insert(edges.end(), {{17, 15}, {18, 17}, {19, 15}, {20, 16}, {21, 20}, {22, 16}});
    return edges;
}

Edges kinect25Edges()
{
    return {{1, 0}, {20, 1}, {2, 20}, {3, 2}, {4, 20}, {5, 4}, {6, 5}, {7, 6}, {8, 20}, {9, 8}, {10, 9},
        {11, 10}, {12, 0}, {13, 12}, {14, 13}, {15, 14}, {16, 0}, {17, 16}, {18, 17}, {19, 18}, {21, 7},
        {22, 7}, {23, 11}, {24, 11}};
}

Edges mobile14Edges()
{
    return {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 1}, {9, 8}, {10, 9}, {11, 1},
        {12, 11}, {13, 12}};
}

Edges mediaPipe33Edges()
{
    return {{1, 0}, {2, 1}, {3, 2}, {7, 3}, {4, 0}, {5, 4}, {6, 5}, {8, 6}, {9, 0}, {10, 0}, {13, 11},
        {15, 13}, {14, 12}, {16, 14}, {17, 15}, {19, 15}, {21, 15}, {18, 16}, {20, 16}, {22, 16}, {12, 11},
        {23, 11}, {24, 12}, {25, 23}, {27, 25}, {26, 24}, {28, 26}, {29, 27}, {31, 29}, {30, 28}, {32, 30}};
}

const std::vector<SourceRun> kBody25Runs
    = {{0, 0, 1}, {1, 16, 1}, {2, 15, 1}, {3, 18, 1}, {4, 17, 1}, {5, 5, 1}, {6, 2, 1}, {7, 6, 1}, {8, 3, 1},
        {9, 7, 1}, {10, 4, 1}, {11, 12, 1}, {12, 9, 1}, {13, 13, 1}, {14, 10, 1}, {15, 14, 1}, {16, 11, 1},
        {18, 1, 1}, {19, 8, 1}, {20, 19, 1}, {21, 22, 1}, {22, 20, 1}, {23, 23, 1}, {24, 21, 1}, {25, 24, 1}};

std::vector<SourceRun> withRuns(std::vector<SourceRun> runs, const std::vector<SourceRun>& more)
{
    runs.insert(runs.end(), more.begin(), more.end());
    return runs;
}

std::vector<LayoutSpec> makeSpecs()
{
    using Block = PointBlock;
    const std::vector<SourceMean> neckAndHip = {{18, 5, 6}, {19, 11, 12}};
    std::vector<LayoutSpec> specs;
    specs.push_back({"telltale68", kHalpe26, halpe26Edges(), {{Block::LeftHand, 9}, {Block::RightHand, 10}},
        {{0, 0, 68}}, {}, false});
    specs.push_back({"openpose137", kBody25, body25Edges(),
        {{Block::Face70, -1}, {Block::LeftHand, 7}, {Block::RightHand, 4}},
        withRuns(kBody25Runs, {{26, 95, 42}}), {}, true});
    specs.push_back({"openpose25", kBody25, body25Edges(), {}, kBody25Runs, {}, true});
    // BODY_25B's "neck" is the upper end of the neck, ours lies between the shoulders.
    specs.push_back({"openpose25b", kBody25b, body25bEdges(), {},
        {{0, 0, 17}, {17, 18, 1}, {20, 19, 1}, {21, 22, 1}, {22, 20, 1}, {23, 23, 1}, {24, 21, 1},
            {25, 24, 1}},
        neckAndHip, false});
    specs.push_back(
        {"openpose25b_hands", kBody25b, body25bEdges(), {{Block::LeftHand, 9}, {Block::RightHand, 10}},
            {{0, 0, 17}, {17, 18, 1}, {20, 19, 1}, {21, 22, 1}, {22, 20, 1}, {23, 23, 1}, {24, 21, 1},
                {25, 24, 1}, {26, 25, 42}},
            neckAndHip, false});
    specs.push_back({"openpose18", kOpenPose18, openPose18Edges(), {},
        {{0, 0, 1}, {1, 15, 1}, {2, 14, 1}, {3, 17, 1}, {4, 16, 1}, {5, 5, 1}, {6, 2, 1}, {7, 6, 1},
            {8, 3, 1}, {9, 7, 1}, {10, 4, 1}, {11, 11, 1}, {12, 8, 1}, {13, 12, 1}, {14, 9, 1}, {15, 13, 1},
            {16, 10, 1}, {18, 1, 1}},
        {{19, 8, 11}}, true});
    specs.push_back({"coco17", kCoco17, coco17Edges(), {}, {{0, 0, 17}}, neckAndHip, true});
    specs.push_back({"coco_wholebody133", kCoco23, coco23Edges(),
        {{Block::Face68, -1}, {Block::LeftHand, 9}, {Block::RightHand, 10}},
        {{0, 0, 17}, {20, 17, 1}, {21, 20, 1}, {22, 18, 1}, {23, 21, 1}, {24, 19, 1}, {25, 22, 1},
            {26, 91, 42}},
        neckAndHip, true});
    specs.push_back({"halpe136", kHalpe26, halpe26Edges(),
        {{Block::Face68, -1}, {Block::LeftHand, 9}, {Block::RightHand, 10}}, {{0, 0, 26}, {26, 94, 42}}, {},
        false});
    specs.push_back({"kinect25", kKinect25, kinect25Edges(), {},
        {{5, 4, 1}, {6, 8, 1}, {7, 5, 1}, {8, 9, 1}, {9, 6, 1}, {10, 10, 1}, {11, 12, 1}, {12, 16, 1},
            {13, 13, 1}, {14, 17, 1}, {15, 14, 1}, {16, 18, 1}, {17, 3, 1}, {18, 2, 1}, {19, 0, 1},
            {20, 15, 1}, {21, 19, 1}, {26, 7, 1}, {30, 22, 1}, {38, 21, 1}, {47, 11, 1}, {51, 24, 1},
            {59, 23, 1}},
        {}, false});
    specs.push_back({"mobile14", kMobile14, mobile14Edges(), {},
        {{5, 5, 1}, {6, 2, 1}, {7, 6, 1}, {8, 3, 1}, {9, 7, 1}, {10, 4, 1}, {11, 11, 1}, {12, 8, 1},
            {13, 12, 1}, {14, 9, 1}, {15, 13, 1}, {16, 10, 1}, {17, 0, 1}, {18, 1, 1}, {26, 7, 1},
            {47, 4, 1}},
        {{19, 8, 11}}, false});
    specs.push_back({"mediapipe33", kMediaPipe33, mediaPipe33Edges(), {},
        {{0, 0, 1}, {1, 2, 1}, {2, 5, 1}, {3, 7, 1}, {4, 8, 1}, {5, 11, 6}, {11, 23, 6}, {20, 31, 2},
            {24, 29, 2}},
        {{18, 11, 12}, {19, 23, 24}}, true});
    return specs;
}

} // namespace

const std::vector<LayoutSpec>& layoutSpecs()
{
    static const std::vector<LayoutSpec> specs = makeSpecs();
    return specs;
}

} // namespace telltale
