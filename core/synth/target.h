// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/gesture.h"
#include "synth/subject.h"

namespace telltale::synth {

/// What a target's numbers are relative to.
enum class Frame { Head, Trunk, Pelvis, OtherForearm, OtherUpperArm };

/// A place for a hand, written for the left hand in metres of a standard adult; the right one is the mirror
/// image. Trunk frame: origin in the middle between the shoulders. Head frame: origin at the base of the
/// skull. Arm frames: origin at the joint nearer to the shoulder, y along the bone (unit: the bone's length),
/// z outwards.
struct TargetRow {
    Target id;
    Frame frame;
    Vec3 point;
    Vec3 fingers; ///< direction of the straight fingers
    Vec3 palm; ///< direction that the palm faces
    Vec3 pole; ///< direction of the elbow, in the trunk frame
};

/// The row for a subject who sits or stands like this (hands meet on the table where there is one).
const TargetRow& targetRow(Target target, Seat seat);

} // namespace telltale::synth
