// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/subject.h"

namespace telltale::synth {

/// Repeated movement of a hand at its target.
struct Motion {
    Path path = Path::Hold;
    Vec3 axis{1, 0, 0}; ///< target's frame, left hand
    double amplitude = 0; ///< metres
    double frequency = 0; ///< Hz
    double phase = 0;
};

/// What one arm aims at.
struct ArmGoal {
    Target target = Target::Hang;
    HandShape shape = HandShape::Relaxed;
    Contact contact = Contact::Palm;
    Motion motion;
    Vec3 offset; ///< from the target's point, in its frame, left hand: nobody hits the same spot twice
    double wristTwist = 0; ///< radians about the fingers
};

/// Reaches `goal` between start and end and stays until the next key.
struct ArmKey {
    double start = 0;
    double end = 0;
    ArmGoal goal;
};

/// A channel that rises within `attack`, stays, and falls within `release` before `end`.
struct Pulse {
    Channel channel = Channel::Count;
    double start = 0;
    double end = 0;
    double attack = 0.3;
    double release = 0.3;
    double amplitude = 0;
    double frequency = 0; ///< Hz; 0 holds

    double at(double t) const;
};

/// Everything that a subject does, as a function of time in seconds.
struct Script {
    std::array<std::vector<ArmKey>, 2> arms; ///< [0] left, [1] right; the first key lies before time 0
    std::vector<Pulse> pulses; ///< by start
    std::vector<SynthSpan> spans; ///< the truth
};

/// Plans a session of `duration` seconds: gestures of the book with pauses, and in the pauses changes of
/// posture, looks aside and near misses that no label names.
///
/// Spans go from the first frame of the approach until the hand is half way back (a body movement: until it
/// has decayed by half), never overlap and lie inside the session.
Script writeScript(const Subject& subject, const SynthOptions& options, double duration);

/// Values of all channels at time t without the idle movement.
std::array<double, kChannelCount> channelsAt(const Script& script, double t);

} // namespace telltale::synth
