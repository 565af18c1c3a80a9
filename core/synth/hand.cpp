// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/hand.h"
#include <cstddef>

namespace telltale::synth {
namespace {

struct Finger {
    Vec3 base; ///< x away from the thumb
    std::array<double, 3> bones;
    double spread; ///< radians at full spread, away from the thumb
};

// Mean adult proportions (ours), thumb first; x grows from the thumb to the little finger.
constexpr std::array<Finger, 5> kFingers{{
    {{-0.022, 0.022, 0.006}, {0.044, 0.033, 0.027}, -0.5},
    {{-0.028, 0.090, 0}, {0.042, 0.026, 0.022}, -0.22},
    {{-0.008, 0.093, 0}, {0.046, 0.029, 0.023}, -0.05},
    {{0.012, 0.088, 0}, {0.043, 0.027, 0.022}, 0.12},
    {{0.030, 0.078, 0}, {0.034, 0.021, 0.020}, 0.3},
}};
constexpr std::array<double, 3> kBend{1.35, 1.75, 1.15}; ///< radians of the three joints at curl 1

constexpr std::array<FingerPose, 10> kPoses{{
    {{0.2, 0.26, 0.3, 0.34, 0.38}, 0.2, 0.3}, // Relaxed
    {{0.05, 0.03, 0.03, 0.03, 0.05}, 0.05, 0.1}, // Flat
    {{0.0, 0.06, 0.05, 0.06, 0.08}, 0.9, 0.1}, // Open
    {{0.6, 0.95, 0.97, 0.97, 0.95}, 0.0, 0.7}, // Fist
    {{0.6, 0.06, 0.85, 0.92, 0.92}, 0.0, 0.7}, // Point
    {{0.35, 0.5, 0.58, 0.66, 0.7}, 0.1, 0.95}, // Pinch
    {{0.3, 0.45, 0.45, 0.46, 0.48}, 0.5, 0.4}, // Claw
    {{0.35, 0.62, 0.62, 0.62, 0.62}, 0.35, 0.5}, // Interlocked
    {{0.15, 0.3, 0.3, 0.3, 0.32}, 0.1, 0.6}, // Cup
    {{0.1, 0.1, 0.08, 0.1, 0.12}, 0.55, 0.2}, // Steeple
}};

} // namespace

const FingerPose& fingerPose(HandShape shape) { return kPoses[static_cast<size_t>(shape)]; }

FingerPose mix(const FingerPose& a, const FingerPose& b, double s)
{
    FingerPose out;
    for (size_t i = 0; i < out.curl.size(); ++i)
        out.curl[i] = mix(a.curl[i], b.curl[i], s);
    out.spread = mix(a.spread, b.spread, s);
    out.opposition = mix(a.opposition, b.opposition, s);
    return out;
}

std::array<Vec3, kHandPoints> handPoints(const FingerPose& pose, double side, double size)
{
    std::array<Vec3, kHandPoints> points{};
    for (size_t f = 0; f < kFingers.size(); ++f) {
        const Finger& finger = kFingers[f];
        const bool thumb = f == 0;
        Vec3 at = finger.base;
        points[1 + 4 * f] = at;
        const double aside = thumb ? -0.75 + 0.35 * pose.opposition : finger.spread * pose.spread;
        const double forward = thumb ? 0.25 + 0.75 * pose.opposition : 0;
        double bend = forward;
        for (size_t j = 0; j < 3; ++j) {
            bend += pose.curl[f] * kBend[j] * (thumb ? 0.55 : 1.0);
            const Vec3 along{
                std::sin(aside) * std::cos(bend), std::cos(aside) * std::cos(bend), std::sin(bend)};
            // A curling thumb swings across the palm, not into its own root.
            const Vec3 swing
                = thumb ? Vec3{pose.opposition * 0.5 * static_cast<double>(j + 1) / 3, 0, 0} : Vec3{};
            at = at + unit(along + swing) * finger.bones[j];
            points[1 + 4 * f + j + 1] = at;
        }
    }
    for (Vec3& p : points)
        p = sided(p, side) * size;
    return points;
}

Vec3 contactPoint(Contact contact, const std::array<Vec3, kHandPoints>& points)
{
    switch (contact) {
    case Contact::Fingertips:
        return (points[8] + points[12] + points[16]) * (1.0 / 3);
    case Contact::IndexTip:
        return points[8];
    case Contact::PinchTip:
        return (points[8] + points[4]) * 0.5;
    case Contact::Palm:
        return points[9] * 0.75 + points[0] * 0.25;
    case Contact::Knuckles:
        return (points[6] + points[10]) * 0.5;
    }
    return points[9];
}

} // namespace telltale::synth
