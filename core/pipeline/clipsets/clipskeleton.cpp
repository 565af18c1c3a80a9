// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/clipskeleton.h"
#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace telltale {
namespace {

int firstPoint(const PoseLayout& layout, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(layout.points, name);
        if (found != layout.points.end())
            return static_cast<int>(found - layout.points.begin());
    }
    return -1;
}

} // namespace

ClipSkeleton clipSkeleton(const PoseLayout& layout)
{
    ClipSkeleton skeleton;
    skeleton.layout = layout.name;
    skeleton.graph = {static_cast<int>(layout.points.size()), layout.graph, layout.centre};
    skeleton.flipPairs = layout.flipPairs;
    skeleton.origin = firstPoint(layout, {"neck", "upper_neck", "spine_shoulder", "nose"});
    skeleton.unitFrom = firstPoint(layout, {"left_shoulder"});
    skeleton.unitTo = firstPoint(layout, {"right_shoulder"});
    return skeleton;
}

ClipSkeleton kinect20Skeleton()
{
    // hip centre, spine, shoulder centre, head, left shoulder, elbow, wrist, hand, right arm the same,
    // left hip, knee, ankle, foot, right leg the same
    ClipSkeleton skeleton;
    skeleton.layout = "kinect20";
    skeleton.graph = {20,
        {{0, 1}, {2, 1}, {3, 2}, {4, 2}, {5, 4}, {6, 5}, {7, 6}, {8, 2}, {9, 8}, {10, 9}, {11, 10}, {12, 0},
            {13, 12}, {14, 13}, {15, 14}, {16, 0}, {17, 16}, {18, 17}, {19, 18}},
        1};
    skeleton.flipPairs = {{4, 8}, {5, 9}, {6, 10}, {7, 11}, {12, 16}, {13, 17}, {14, 18}, {15, 19}};
    skeleton.origin = 0;
    skeleton.unitFrom = 0;
    skeleton.unitTo = 2;
    return skeleton;
}

ClipSkeleton gesturePhaseSkeleton()
{
    ClipSkeleton skeleton;
    skeleton.layout = "gesturephase6";
    skeleton.graph = {6, {{2, 3}, {4, 3}, {5, 3}, {0, 4}, {1, 5}}, 3};
    skeleton.flipPairs = {{0, 1}, {4, 5}};
    skeleton.origin = 3;
    skeleton.unitFrom = 3;
    skeleton.unitTo = 2;
    return skeleton;
}

} // namespace telltale
