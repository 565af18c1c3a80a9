// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/posepoint.h"
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace telltale {

/// Says who is who from frame to frame. Each person is compared with where everybody known should be by now
/// (constant velocity), by the distance of the points that both have (as COCO's object key point similarity),
/// the overlap of the boxes and the size; the pairs with the greatest sum win (Kuhn 1955, "The Hungarian
/// method for the assignment problem"). Who is not seen is remembered for some seconds, where last seen and
/// where the motion leads. Nobody is carried over a cut except onto nearly the same pose. The same people
/// give the same numbers; memory is bounded. One thread at a time.
class PersonTracker {
public:
    /// `fps`: frames per second, for the time that somebody may be away.
    explicit PersonTracker(double fps = 25);
    ~PersonTracker();
    PersonTracker(PersonTracker&&) noexcept;
    PersonTracker& operator=(PersonTracker&&) noexcept;

    /// Numbers of the people of one picture, in their order: from 0 on in the order of first appearance, each
    /// once; -1 for those without any point (and for all but the 64 largest). `frame` ascends. `cut`: the
    /// camera changed since the frame before; without it only a change of all sizes or places shows.
    std::vector<int> update(
        int64_t frame, std::span<const std::span<const PosePoint>> people, bool cut = false);
    std::vector<int> update(
        int64_t frame, const std::vector<std::vector<PosePoint>>& people, bool cut = false);
    /// How many numbers have been given.
    int known() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace telltale
