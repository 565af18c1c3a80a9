// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include "synth/script.h"

namespace telltale::synth {

/// One arm in world space; index 0 left, 1 right in Figure.
struct Arm {
    Vec3 shoulder;
    Vec3 elbow;
    Vec3 wrist;
    Mat3 hand; ///< axes of the hand frame (see hand.h)
    std::array<Vec3, kHandPoints> points;
};

struct Leg {
    Vec3 hip;
    Vec3 knee;
    Vec3 ankle;
    Vec3 heel;
    Vec3 bigToe;
    Vec3 smallToe;
};

/// A body at one moment, in world space, metres.
struct Figure {
    Vec3 pelvis;
    Mat3 pelvisAxes;
    Vec3 trunk; ///< middle between the shoulders
    Mat3 trunkAxes;
    Vec3 skull; ///< base of the skull
    Mat3 headAxes;
    std::array<Arm, 2> arms;
    std::array<Leg, 2> legs;
    std::array<double, kChannelCount> channels{};
};

/// Poses the body at time t: channels, idle movement, then both arms by two-bone inverse kinematics.
Figure poseAt(const Subject& subject, const Script& script, double t, uint64_t idleSeed);

/// The 68 points in world space.
std::array<Vec3, kPointCount> points68(const Subject& subject, const Figure& figure);

} // namespace telltale::synth
