// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/raster.h"

namespace telltale::synth {

/// The table of a subject who sits at one, metres in world space; z grows towards the camera.
struct Table {
    double top = 0.74;
    double back = 0.26; ///< edge near the body
    double front = 0.95;
    double halfWidth = 1.1;
};

inline Table tableOf(const Subject& subject) { return {.top = subject.tableHeight}; }

Light lightOf(const Look& look);

/// Everything around the subject, drawn once: colours and distances that each frame starts from.
struct RoomPicture {
    std::vector<uint8_t> bgra;
    std::vector<float> depth;
};

RoomPicture drawRoom(const Subject& subject, int width, int height);

} // namespace telltale::synth
