// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/posetrack.h"
#include "synth/figure.h"

namespace telltale::synth {

/// Score of a point in the exact track that the camera cannot see (behind the body, the table or outside).
inline constexpr float kHiddenScore = 0.2f;

/// Exact pixel positions of one person, telltale68; score 1, or kHiddenScore.
PoseTrack projectTrack(const Subject& subject, const std::vector<Figure>& figures, int width, int height);

/// `exact` as a pose estimator would report it: correlated noise that grows with speed and where points are
/// hidden, missing points and whole hands, mixed-up hands for a moment, and scores that know of it only in
/// part. `noise`: factor on all of that.
PoseTrack observeTrack(const PoseTrack& exact, double fps, Random random, double noise = 1);

} // namespace telltale::synth
