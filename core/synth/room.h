// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/subject.h"

namespace telltale::synth {

/// The table of a subject who sits at one, metres in world space; z grows towards the camera.
struct Table {
    double top = 0.74;
    double back = 0.26; ///< edge near the body
    double front = 0.95;
    double halfWidth = 1.1;
};

inline Table tableOf(const Subject& subject) { return {.top = subject.tableHeight}; }

} // namespace telltale::synth
