// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "features/crops/boxsmoothing.h"
#include "features/crops/croppath.h"
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace telltale {

/// A small grayscale picture of a video, row-major.
struct GrayPicture {
    int64_t frame = 0;
    int width = 0;
    int height = 0;
    std::vector<uint8_t> values;
};

/// Where a person moves: pictures go in one after the other, and what moves inside the person's crop, or in
/// the whole picture where there is none, comes out as a path. Holds the pictures of one second, whatever the
/// length of the video. A picture that differs from the one before as a whole begins a shot.
class MotionCrop {
public:
    /// `person`: the path of CropKind::Person in pixels of the videoWidth x videoHeight picture; null for a
    /// video without poses. It must outlive this object.
    MotionCrop(int videoWidth, int videoHeight, double fps, const CropPath* person);

    /// Pictures by ascending frame, all of one size; others are left out.
    void add(const GrayPicture& picture);
    /// The path of CropKind::Motion for what was added; without keys if that was nothing.
    CropPath finish();

private:
    void measure();
    void endShot();

    int m_videoWidth;
    int m_videoHeight;
    double m_fps;
    const CropPath* m_person;
    std::deque<GrayPicture> m_window;
    std::deque<double> m_changes; ///< mean difference of each picture of the window to the one before
    int64_t m_measuredAt = -1; ///< frame in whose middle the last measure was
    std::vector<BoxSample> m_samples;
    std::vector<int64_t> m_cuts;
};

} // namespace telltale
