// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/clips/clipset.h"
#include "pose/layout.h"

namespace telltale {

/// The skeleton of a layout's points as clip sets carry it. A body is placed by its neck, or what the layout
/// has in its place, and one unit is the distance of the shoulders; -1 where the layout has none.
ClipSkeleton clipSkeleton(const PoseLayout& layout);

/// The 20 joints of a Kinect 1, UTKinect's order (Microsoft Kinect SDK 1, NUI_SKELETON_POSITION_INDEX).
ClipSkeleton kinect20Skeleton();
/// GesturePhase's six points: left hand, right hand, head, spine, left wrist, right wrist.
ClipSkeleton gesturePhaseSkeleton();

} // namespace telltale
