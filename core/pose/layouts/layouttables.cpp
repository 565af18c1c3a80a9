// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layouts/layoutspec.h"

namespace telltale {
namespace {

constexpr std::string_view kHalpe26
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow "
      "left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle head neck hip "
      "left_big_toe right_big_toe left_small_toe right_small_toe left_heel right_heel";
/// Of iMiGUE's 137 OpenPose points: body 0-7 and 15-18, then face points and pupils; the hands follow.
constexpr std::string_view kFace26
    = "nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_eye "
      "left_eye right_ear left_ear face2 face4 face8 face12 face14 face19 face24 face27 face48 face51 face54 "
      "face57 face68 face69";
constexpr std::string_view kBody25
    = "nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist hip right_hip "
      "right_knee right_ankle left_hip left_knee left_ankle right_eye left_eye right_ear left_ear "
      "left_big_toe left_small_toe left_heel right_big_toe right_small_toe right_heel";
constexpr std::string_view kBody25b
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow "
      "left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle upper_neck head "
      "left_big_toe left_small_toe left_heel right_big_toe right_small_toe right_heel";
constexpr std::string_view kOpenPose18
    = "nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_hip "
      "right_knee right_ankle left_hip left_knee left_ankle right_eye left_eye right_ear left_ear";
constexpr std::string_view kCoco17
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow "
      "left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle";
constexpr std::string_view kCoco23
    = "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow "
      "left_wrist right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle left_big_toe "
      "left_small_toe left_heel right_big_toe right_small_toe right_heel";
constexpr std::string_view kKinect25
    = "spine_base spine_mid neck head left_shoulder left_elbow left_wrist left_hand right_shoulder "
      "right_elbow right_wrist right_hand left_hip left_knee left_ankle left_foot right_hip right_knee "
      "right_ankle right_foot spine_shoulder left_hand_tip left_thumb right_hand_tip right_thumb";
constexpr std::string_view kMediaPipe33
    = "nose left_eye_inner left_eye left_eye_outer right_eye_inner right_eye right_eye_outer left_ear "
      "right_ear left_mouth right_mouth left_shoulder right_shoulder left_elbow right_elbow left_wrist "
      "right_wrist left_pinky_knuckle right_pinky_knuckle left_index_knuckle right_index_knuckle "
      "left_thumb_knuckle right_thumb_knuckle left_hip right_hip left_knee right_knee left_ankle right_ankle "
      "left_heel right_heel left_foot_index right_foot_index";
/// The order of the organisers' preprocessing, with anatomical names: its arms, eyes and ears come from
/// OpenPose, whose points 2-4, 15 and 17 are those of the right side.
constexpr std::string_view kImigue22
    = "nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_eye "
      "left_eye right_ear left_ear right_thumb4 right_index4 right_middle4 right_ring4 right_little4 "
      "left_thumb4 left_index4 left_middle4 left_ring4 left_little4";
constexpr std::string_view kMobile14
    = "head neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_hip "
      "right_knee right_ankle left_hip left_knee left_ankle";
constexpr std::string_view kAic14
    = "right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_hip right_knee "
      "right_ankle left_hip left_knee left_ankle head neck";
constexpr std::string_view kCrowdPose14
    = "left_shoulder right_shoulder left_elbow right_elbow left_wrist right_wrist left_hip right_hip "
      "left_knee right_knee left_ankle right_ankle head neck";

/// The tree hangs on the neck (18); order as published for the 26 body points.
const PointPairs kHalpe26Edges = {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {0, 18}, {17, 18}, {5, 18}, {6, 18}, {7, 5},
    {9, 7}, {8, 6}, {10, 8}, {19, 18}, {11, 19}, {12, 19}, {13, 11}, {15, 13}, {14, 12}, {16, 14}, {20, 15},
    {22, 15}, {24, 15}, {21, 16}, {23, 16}, {25, 16}};

/// Brows and pupils hang on the eyes, lips on the nose, the jaw on the lower lip.
const PointPairs kFace26Edges = {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 0}, {9, 0},
    {10, 8}, {11, 9}, {19, 0}, {17, 8}, {18, 9}, {24, 8}, {25, 9}, {21, 0}, {20, 21}, {22, 21}, {23, 21},
    {14, 23}, {13, 14}, {12, 13}, {15, 14}, {16, 15}};

const PointPairs kBody25Edges = {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 1}, {9, 8},
    {10, 9}, {11, 10}, {12, 8}, {13, 12}, {14, 13}, {15, 0}, {16, 0}, {17, 15}, {18, 16}, {19, 14}, {20, 19},
    {21, 14}, {22, 11}, {23, 22}, {24, 11}};

const PointPairs kBody25bEdges = {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {0, 17}, {18, 17}, {5, 17}, {6, 17}, {7, 5},
    {9, 7}, {8, 6}, {10, 8}, {11, 5}, {12, 6}, {13, 11}, {15, 13}, {14, 12}, {16, 14}, {19, 15}, {20, 19},
    {21, 15}, {22, 16}, {23, 22}, {24, 16}};

const PointPairs kOpenPose18Edges = {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 1}, {9, 8},
    {10, 9}, {11, 1}, {12, 11}, {13, 12}, {14, 0}, {15, 0}, {16, 14}, {17, 15}};

const PointPairs kCoco17Edges = {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {5, 0}, {6, 0}, {7, 5}, {8, 6}, {9, 7},
    {10, 8}, {11, 5}, {12, 6}, {13, 11}, {14, 12}, {15, 13}, {16, 14}};

const PointPairs kCoco23Edges
    = {{1, 0}, {2, 0}, {3, 1}, {4, 2}, {5, 0}, {6, 0}, {7, 5}, {8, 6}, {9, 7}, {10, 8}, {11, 5}, {12, 6},
        {13, 11}, {14, 12}, {15, 13}, {16, 14}, {17, 15}, {18, 17}, {19, 15}, {20, 16}, {21, 20}, {22, 16}};

const PointPairs kKinect25Edges = {{1, 0}, {20, 1}, {2, 20}, {3, 2}, {4, 20}, {5, 4}, {6, 5}, {7, 6}, {8, 20},
    {9, 8}, {10, 9}, {11, 10}, {12, 0}, {13, 12}, {14, 13}, {15, 14}, {16, 0}, {17, 16}, {18, 17}, {19, 18},
    {21, 7}, {22, 7}, {23, 11}, {24, 11}};

const PointPairs kMediaPipe33Edges
    = {{1, 0}, {2, 1}, {3, 2}, {7, 3}, {4, 0}, {5, 4}, {6, 5}, {8, 6}, {9, 0}, {10, 0}, {13, 11}, {15, 13},
        {14, 12}, {16, 14}, {17, 15}, {19, 15}, {21, 15}, {18, 16}, {20, 16}, {22, 16}, {12, 11}, {23, 11},
        {24, 12}, {25, 23}, {27, 25}, {26, 24}, {28, 26}, {29, 27}, {31, 29}, {30, 28}, {32, 30}};

const PointPairs kImigue22Edges
    = {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 0}, {10, 8}, {9, 0}, {11, 9}, {12, 4},
        {13, 4}, {14, 4}, {15, 4}, {16, 4}, {17, 7}, {18, 7}, {19, 7}, {20, 7}, {21, 7}};

const PointPairs kMobile14Edges = {{0, 1}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 1}, {9, 8},
    {10, 9}, {11, 1}, {12, 11}, {13, 12}};

const PointPairs kAic14Edges = {{12, 13}, {0, 13}, {1, 0}, {2, 1}, {3, 13}, {4, 3}, {5, 4}, {6, 13}, {7, 6},
    {8, 7}, {9, 13}, {10, 9}, {11, 10}};

const PointPairs kCrowdPose14Edges = {{12, 13}, {0, 13}, {1, 13}, {2, 0}, {3, 1}, {4, 2}, {5, 3}, {6, 0},
    {7, 1}, {8, 6}, {9, 7}, {10, 8}, {11, 9}};

/// Indices of two sides one after the other, as in kennymckormick/pyskl: a fixed order that trained weights
/// depend on.
void setCocoTables(LayoutSpec& spec)
{
    spec.bones = {{0, 0}, {1, 0}, {2, 0}, {3, 1}, {4, 2}, {5, 0}, {6, 0}, {7, 5}, {8, 6}, {9, 7}, {10, 8},
        {11, 0}, {12, 0}, {13, 11}, {14, 12}, {15, 13}, {16, 14}};
    spec.limbs = {{0, 1}, {0, 2}, {1, 3}, {2, 4}, {0, 5}, {5, 7}, {7, 9}, {0, 6}, {6, 8}, {8, 10}, {5, 11},
        {11, 13}, {13, 15}, {6, 12}, {12, 14}, {14, 16}, {11, 12}};
    spec.graph = {{15, 13}, {13, 11}, {16, 14}, {14, 12}, {11, 5}, {12, 6}, {9, 7}, {7, 5}, {10, 8}, {8, 6},
        {5, 0}, {6, 0}, {1, 0}, {3, 1}, {2, 0}, {4, 2}};
    spec.centre = 0;
}

void setOpenPose18Tables(LayoutSpec& spec)
{
    spec.bones = {{0, 0}, {1, 0}, {2, 1}, {3, 2}, {4, 3}, {5, 1}, {6, 5}, {7, 6}, {8, 2}, {9, 8}, {10, 9},
        {11, 5}, {12, 11}, {13, 12}, {14, 0}, {15, 0}, {16, 14}, {17, 15}};
    spec.graph = {{4, 3}, {3, 2}, {7, 6}, {6, 5}, {13, 12}, {12, 11}, {10, 9}, {9, 8}, {11, 5}, {8, 2},
        {5, 1}, {2, 1}, {0, 1}, {15, 0}, {14, 0}, {17, 15}, {16, 14}};
    spec.centre = 1;
}

/// NTU RGB+D is Kinect too.
void setKinectTables(LayoutSpec& spec)
{
    spec.bones = {{0, 1}, {1, 20}, {2, 20}, {3, 2}, {4, 20}, {5, 4}, {6, 5}, {7, 6}, {8, 20}, {9, 8}, {10, 9},
        {11, 10}, {12, 0}, {13, 12}, {14, 13}, {15, 14}, {16, 0}, {17, 16}, {18, 17}, {19, 18}, {21, 22},
        {20, 20}, {22, 7}, {23, 24}, {24, 11}};
    spec.graph = {{0, 1}, {1, 20}, {2, 20}, {3, 2}, {4, 20}, {5, 4}, {6, 5}, {7, 6}, {8, 20}, {9, 8}, {10, 9},
        {11, 10}, {12, 0}, {13, 12}, {14, 13}, {15, 14}, {16, 0}, {17, 16}, {18, 17}, {19, 18}, {21, 7},
        {22, 7}, {23, 11}, {24, 11}};
    spec.centre = 20;
}

/// What VUT-HFUT/MiGA2023_Track1 trained with: links that mix numbers from 0 and from 1, and left and right
/// as odd and even numbers.
void setShippedImigueTables(LayoutSpec& spec)
{
    const PointPairs links
        = {{2, 1}, {2, 3}, {3, 4}, {4, 5}, {2, 6}, {6, 7}, {7, 8}, {1, 9}, {9, 11}, {1, 10}, {10, 11},
            {5, 12}, {5, 13}, {5, 14}, {5, 15}, {5, 16}, {8, 17}, {8, 18}, {8, 19}, {8, 20}, {8, 21}};
    spec.graph = links;
    spec.centre = 1;
    spec.bones = {{1, 1}};
    spec.bones.insert(spec.bones.end(), links.begin(), links.end());
    spec.limbs = {{0, 1}};
    spec.limbs.insert(spec.limbs.end(), links.begin(), links.end());
    spec.flips.emplace();
    for (int left = 1; left < 20; left += 2) {
        spec.flips->emplace_back(left, left + 1);
        spec.leftLimbs.push_back(left);
        spec.rightLimbs.push_back(left + 1);
    }
}

class SpecList {
public:
    LayoutSpec& add(const char* name, const char* title, std::string_view points, const PointPairs& edges,
        std::vector<PointBlock> blocks = {})
    {
        LayoutSpec& spec = m_specs.emplace_back();
        spec.name = name;
        spec.title = title;
        spec.points = splitNames(points);
        spec.edges = edges;
        spec.blocks = std::move(blocks);
        return spec;
    }
    std::vector<LayoutSpec> take() { return std::move(m_specs); }

private:
    std::vector<LayoutSpec> m_specs;
};

constexpr PointBlock handOf(PointBlock::Kind kind, int wrist) { return {kind, wrist}; }

} // namespace

std::vector<LayoutSpec> layoutSpecs()
{
    using enum PointBlock::Kind;
    const auto hands = [](int left, int right) {
        return std::vector<PointBlock>{handOf(LeftHand, left), handOf(RightHand, right)};
    };
    const auto faceAndHands = [&](PointBlock::Kind face, int left, int right) {
        return std::vector<PointBlock>{{face}, handOf(LeftHand, left), handOf(RightHand, right)};
    };
    // Models of few points that end at the wrist let it stand for the hand.
    const auto wristIsHand = [](int left, int right) {
        return std::vector<JointName>{{"left_hand_root", {left}}, {"right_hand_root", {right}}};
    };
    SpecList all;
    all.add("telltale68", "Telltale: body 26 of Halpe and both hands", kHalpe26, kHalpe26Edges, hands(9, 10));
    all.add("telltale68_face", "Telltale for seated close-ups: upper body, face and both hands", kFace26,
        kFace26Edges, hands(7, 4));
    all.add("openpose137", "OpenPose BODY_25 with 70 face points and hands (iMiGUE)", kBody25, kBody25Edges,
        faceAndHands(Face70, 7, 4));
    all.add("openpose25", "OpenPose BODY_25", kBody25, kBody25Edges);
    // BODY_25B's neck is the upper end of the neck, ours lies between the shoulders.
    all.add("openpose25b", "OpenPose BODY_25B", kBody25b, kBody25bEdges);
    all.add("openpose25b_hands", "OpenPose BODY_25B with hands", kBody25b, kBody25bEdges, hands(9, 10));
    setOpenPose18Tables(all.add("openpose18", "OpenPose COCO, 18 points", kOpenPose18, kOpenPose18Edges));
    setCocoTables(all.add("coco17", "COCO", kCoco17, kCoco17Edges));
    all.add("coco_wholebody133", "COCO-WholeBody", kCoco23, kCoco23Edges, faceAndHands(Face68, 9, 10));
    all.add("halpe26", "Halpe, body only", kHalpe26, kHalpe26Edges);
    all.add("halpe136", "Halpe full body", kHalpe26, kHalpe26Edges, faceAndHands(Face68, 9, 10));
    setKinectTables(all.add("kinect25", "Kinect v2 (SMG, NTU RGB+D)", kKinect25, kKinect25Edges));
    all.add("mobile14", "14 points of the small heatmap models", kMobile14, kMobile14Edges).joints
        = wristIsHand(7, 4);
    all.add("aic14", "AI Challenger in the order of MMPose", kAic14, kAic14Edges).joints = wristIsHand(5, 2);
    all.add("crowdpose14", "CrowdPose in the order of MMPose", kCrowdPose14, kCrowdPose14Edges).joints
        = wristIsHand(4, 5);
    all.add("mediapipe33", "MediaPipe pose", kMediaPipe33, kMediaPipe33Edges);
    all.add("mediapipe75", "MediaPipe pose and both hands", kMediaPipe33, kMediaPipe33Edges, hands(15, 16));
    all.add("imigue22", "iMiGUE: upper body and finger tips", kImigue22, kImigue22Edges).joints
        = wristIsHand(7, 4);
    LayoutSpec& shipped = all.add("imigue22_shipped",
        "iMiGUE with the wrong links and sides of the published code, for models trained with them",
        kImigue22, kImigue22Edges);
    shipped.joints = wristIsHand(7, 4);
    setShippedImigueTables(shipped);
    return all.take();
}

} // namespace telltale
