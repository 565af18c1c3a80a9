// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

namespace telltale {

/// A span that a detector proposes, in any unit of time: positions of the feature grid, frames or seconds.
struct Segment {
    float start = 0;
    float end = 0;
    float score = 0; ///< after the sigmoid: in [0, 1]
    int label = 0;
    float length() const { return end - start; }
    bool operator==(const Segment&) const = default;
};

} // namespace telltale
