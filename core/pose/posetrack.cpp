// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/posetrack.h"
#include <algorithm>

namespace telltale {
int64_t PoseTrack::rowOf(int64_t frame) const
{
    const auto found = std::lower_bound(frames.begin(), frames.end(), frame);
    return found != frames.end() && *found == frame ? found - frames.begin() : -1;
}

} // namespace telltale
