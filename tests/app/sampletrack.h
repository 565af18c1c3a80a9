// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include "pose/posetrack.h"

namespace telltale::sample {

/// A track in 68 points, of every frame: `at(frame, person, point)` says where each of them is.
template <typename At> PoseTrack poseTrack(int64_t frames, int persons, const At& at)
{
    PoseTrack track;
    track.persons = persons;
    track.pointCount = kPointCount;
    for (int64_t frame = 0; frame < frames; ++frame) {
        track.frames.push_back(frame);
        for (int person = 0; person < persons; ++person)
            for (int point = 0; point < kPointCount; ++point)
                track.points.push_back(at(frame, person, point));
    }
    return track;
}

} // namespace telltale::sample
