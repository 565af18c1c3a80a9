// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/vector.h"
#include <array>

namespace telltale::synth {

inline constexpr int kHandPoints = 21;

/// Curl of each finger from 0 (straight) to 1 (in the palm), thumb first.
struct FingerPose {
    std::array<double, 5> curl{};
    double spread = 0; ///< 0 fingers together, 1 wide apart
    double opposition = 0; ///< 0 thumb beside the palm, 1 in front of it
};

enum class HandShape { Relaxed, Flat, Open, Fist, Point, Pinch, Claw, Interlocked, Cup, Steeple };

/// Part of the hand that meets the target.
enum class Contact { Fingertips, IndexTip, PinchTip, Palm, Knuckles };

const FingerPose& fingerPose(HandShape shape);
FingerPose mix(const FingerPose& a, const FingerPose& b, double s);

/// The 21 points in the hand's own frame: origin at the wrist, y along the straight fingers, z out of the
/// palm, x to the subject's left for a left hand of the side +1. `size` scales an adult hand of 0.19 m.
std::array<Vec3, kHandPoints> handPoints(const FingerPose& pose, double side, double size);
Vec3 contactPoint(Contact contact, const std::array<Vec3, kHandPoints>& points);

} // namespace telltale::synth
