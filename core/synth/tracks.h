// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/posetrack.h"
#include "synth/figure.h"

namespace telltale::synth {

/// Score of a point in the exact track that the camera cannot see (behind the body, the table or outside).
inline constexpr float kHiddenScore = 0.2f;

/// The 68 points of a person in one frame.
using FramePoints = std::array<PosePoint, kPointCount>;

/// Exact pixel positions of one figure; score 1, or kHiddenScore.
FramePoints projectFigure(const Subject& subject, const Figure& figure, int width, int height);

/// Exact points as a pose estimator would report them, frame after frame: correlated noise that grows with
/// speed and where points are hidden, missing points and whole hands, mixed-up hands for a moment, and scores
/// that know of it only in part. One thread.
class PoseObserver {
public:
    /// `noise`: factor on all of that.
    PoseObserver(double fps, Random random, double noise = 1) : m_fps(fps), m_noise(noise), m_random(random)
    {
    }
    /// The frame that follows the one of the last call.
    FramePoints observe(const FramePoints& exact);

private:
    void advanceHands(const FramePoints& now);
    void observe(PosePoint& p, const PosePoint& before, int index);

    double m_fps;
    double m_noise;
    Random m_random;
    double m_metre = 300; ///< pixels
    bool m_begun = false;
    FramePoints m_before{}; ///< exact
    std::array<Vec3, kPointCount> m_error{};
    std::array<int, 2> m_lost{};
    int m_swap = 0;
};

/// All frames of a track of one person.
PoseTrack observeTrack(const PoseTrack& exact, double fps, Random random, double noise = 1);

} // namespace telltale::synth
