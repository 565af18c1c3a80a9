// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// Points of the 68-point layout by name.
namespace halpe {
inline constexpr int kNose = 0;
inline constexpr int kLeftEye = 1;
inline constexpr int kRightEye = 2;
inline constexpr int kLeftEar = 3;
inline constexpr int kRightEar = 4;
inline constexpr int kLeftShoulder = 5;
inline constexpr int kRightShoulder = 6;
inline constexpr int kLeftElbow = 7;
inline constexpr int kRightElbow = 8;
inline constexpr int kLeftWrist = 9;
inline constexpr int kRightWrist = 10;
inline constexpr int kLeftHip = 11;
inline constexpr int kRightHip = 12;
inline constexpr int kLeftKnee = 13;
inline constexpr int kRightKnee = 14;
inline constexpr int kLeftAnkle = 15;
inline constexpr int kRightAnkle = 16;
inline constexpr int kHead = 17;
inline constexpr int kNeck = 18;
inline constexpr int kHip = 19;
} // namespace halpe

/// Parts of the body as shares of its height: D. A. Winter, Biomechanics and Motor Control of Human Movement,
/// figure 4.1.
inline constexpr float kHandLength = 0.108f;
inline constexpr float kForearmLength = 0.146f;
inline constexpr float kUpperArmLength = 0.186f;
inline constexpr float kHeadAndNeck = 0.182f;
inline constexpr float kTrunkLength = 0.288f;
inline constexpr float kThighLength = 0.245f;
inline constexpr float kShankLength = 0.246f;
inline constexpr float kShoulderWidth = 0.259f;
/// Between the ears; between the eyes. Ours, from pictures.
inline constexpr float kEarDistance = 0.09f;

/// The points of one row that can be relied on.
class BodyPoints {
public:
    /// `points`: kPointCount of them, or null for nobody. A picture of 0 x 0 is of unknown size.
    BodyPoints(const PosePoint* points, int width, int height);

    bool has(int point) const { return m_present[static_cast<size_t>(point)]; }
    const PosePoint& operator[](int point) const { return m_points[point]; }
    /// Mean of those of `points` that are there; score 0 if none is.
    PosePoint meanOf(std::span<const int> points) const;
    /// The neck or else the middle of both shoulders.
    PosePoint neck() const;

private:
    const PosePoint* m_points;
    std::array<bool, kPointCount> m_present{};
};

/// How tall the person would stand, in pixels, for each row: bones against their share of the height. Bones
/// look shorter than they are when they point at the camera, so of several the longer ones count; over
/// `reach` frames on each side, and not over `cuts`. 0 where nothing is known.
std::vector<float> bodyHeights(const PoseTrack& track68, int person, int width, int height,
    std::span<const int64_t> cuts, int64_t reach);

} // namespace telltale
