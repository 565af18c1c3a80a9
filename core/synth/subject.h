// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "synth/gesture.h"

namespace telltale::synth {

enum class Seat { Standing, Chair, Table };

/// Lengths of one body in metres.
struct Body {
    double scale = 1; ///< of a person of 1.75 m
    double girth = 1;
    double shoulderHalf = 0.18;
    double trunk = 0.5; ///< pelvis to shoulder line
    double neck = 0.1; ///< shoulder line to skull base
    double head = 1; ///< scale of an adult head
    double upperArm = 0.29;
    double forearm = 0.255;
    double hand = 1; ///< scale of an adult hand
    double hipHalf = 0.095;
    double thigh = 0.43;
    double shin = 0.43;
    double pelvisHeight = 0.9;
};

/// A pinhole camera; pixels are square.
struct Camera {
    Vec3 eye{0, 1.2, 3};
    Mat3 axes; ///< x right, y up, z towards the viewer
    double focal = 600; ///< pixels
    double centreX = 320;
    double centreY = 240;

    /// Pixel position and, as z, the distance along the axis in metres.
    Vec3 project(const Vec3& world) const
    {
        const Vec3 p = inverseTimes(axes, world - eye);
        const double depth = std::max(0.05, -p.z);
        return {centreX + focal * p.x / depth, centreY - focal * p.y / depth, depth};
    }
};

struct Color {
    float r = 0;
    float g = 0;
    float b = 0;
};

enum class HairStyle { Short, Long, Bun, Bald, Cap };
enum class ClothPattern { Plain, Stripes, Checks, Knit, Jacket };

struct Look {
    Color skin;
    Color hair;
    Color eyes;
    Color top;
    Color topSecond;
    Color trousers;
    Color shoes;
    HairStyle hairStyle = HairStyle::Short;
    ClothPattern pattern = ClothPattern::Plain;
    bool shortSleeves = false;
    bool glasses = false;
    bool beard = false;
    bool tie = false;
    Vec3 light; ///< unit, towards the light
    double ambient = 0.4;
    double warmth = 0; ///< -1 blue to 1 orange
    double sensorNoise = 3; ///< levels
    uint64_t roomSeed = 0;
};

/// One person: everything that stays the same through a session.
struct Subject {
    Body body;
    Seat seat = Seat::Standing;
    double dominant = -1; ///< side of the dominant hand: +1 left, -1 right
    double speed = 1;
    double amplitude = 1;
    double sway = 1;
    double talk = 0; ///< share of the time with a moving mouth
    double tableHeight = 0.74;
    double poseNoise = 1; ///< factor on the errors and losses of observed points
    std::vector<double> classWeights; ///< habit times how often the class comes
    Camera camera;
    Look look;
};

/// The same for the same options on every machine.
Subject makeSubject(const SynthOptions& options);

} // namespace telltale::synth
