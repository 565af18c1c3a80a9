// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/hand.h"
#include "synth/synth.h"
#include <span>

namespace telltale::synth {

/// What a body can do besides its arms; values add up. Angles in radians, lengths in metres of an adult.
enum class Channel {
    HeadPitch, ///< chin down positive
    HeadYaw, ///< to the subject's left positive
    HeadRoll,
    NeckDrop, ///< head sinks between the shoulders
    ShoulderLeft, ///< raised
    ShoulderRight,
    TorsoPitch, ///< forwards positive
    TorsoYaw,
    TorsoRoll,
    TorsoShift, ///< whole trunk to the subject's left
    TorsoRise, ///< spine stretched
    Breath, ///< chest out, 0 to 1
    LipPress, ///< 0 to 1
    CheekPuff, ///< 0 to 1
    MouthOpen, ///< 0 to 1
    Blink, ///< 0 to 1
    LegJiggle, ///< heel lifted
    LegCross, ///< 0 to 1
    LegShift, ///< feet set apart sideways
    Count
};
inline constexpr int kChannelCount = static_cast<int>(Channel::Count);

/// Where a hand goes; rows of the table in target.cpp.
enum class Target {
    // Rest poses.
    Hang,
    Thigh,
    TableTop,
    Armrest,
    // Head.
    Forehead,
    Eye,
    Ear,
    Nose,
    Cheek,
    Mouth,
    Chin,
    Crown,
    HatBrim,
    Temple,
    HeadBack,
    FaceCover,
    // Trunk.
    NeckSide,
    Nape,
    Notch,
    Collar,
    Chest,
    ShoulderBack,
    LowBack,
    BehindBack,
    Waist,
    Belly,
    Flank,
    FoldOver,
    FoldUnder,
    Withdrawn,
    // In front of the body.
    HandsMeet,
    SteepleTop,
    TableObject,
    FrontSpace,
    // The other arm.
    OtherForearm,
    OtherElbow,
    OtherUpperArm,
    OtherWrist,
    Count
};

enum class Hands {
    None,
    One, ///< mostly the dominant one
    Both, ///< mirrored
    BothUnlike, ///< dominant hand to `target`, the other to `otherTarget`
    OneOrBoth
};

/// What the hand does at its target.
enum class Path {
    Hold,
    Rub, ///< to and fro along `axis`
    Counter, ///< like Rub, the other hand the other way
    Circle, ///< about the palm's normal
    Tap, ///< off the target and back
    Stroke, ///< slow one-way strokes
    Scratch, ///< quick and small, with the fingers
    Beats ///< from place to place in front of the body
};

struct ChannelMove {
    Channel channel = Channel::Count;
    double amplitude = 0;
    double frequency = 0; ///< Hz; 0 holds
};

/// One way to make a gesture of a class.
struct GestureRow {
    int classId = 0;
    double share = 1; ///< among the rows of this class
    Hands hands = Hands::None;
    Target target = Target::Hang;
    Target otherTarget = Target::Hang;
    HandShape shape = HandShape::Relaxed;
    Contact contact = Contact::Fingertips;
    Path path = Path::Hold;
    Vec3 axis{1, 0, 0}; ///< in the target's frame, written for the left hand
    double amplitude = 0; ///< metres
    double frequency = 0; ///< Hz
    double holdLow = 0.6; ///< seconds at the target
    double holdHigh = 2;
    std::array<ChannelMove, 4> moves{};
};

/// Classes of a scheme with how often they come and the ways to make them.
struct GestureBook {
    std::span<const GestureRow> rows;
    std::span<const double> counts; ///< published clips of each class, a small floor where there were none
    int illustrative = 0; ///< class of the illustrative gestures
};

const GestureBook& gestureBook(SynthScheme scheme);
const GestureBook& smgGestures();
const GestureBook& imigueGestures();

} // namespace telltale::synth
