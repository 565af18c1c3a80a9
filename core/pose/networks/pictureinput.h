// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "pose/estimator.h"

namespace telltale {

/// Where a picture lies in the network's input: input = scale * picture + offset, in pixels whose first one
/// reaches from 0 to 1. Exact both ways.
struct InputFit {
    double scaleX = 1;
    double scaleY = 1;
    double offsetX = 0;
    double offsetY = 0;
    PosePoint toPicture(const PosePoint& point) const
    {
        return {static_cast<float>((point.x - offsetX) / scaleX),
            static_cast<float>((point.y - offsetY) / scaleY), point.score};
    }
    PoseBox toPicture(const PoseBox& box) const
    {
        return {static_cast<float>((box.x - offsetX) / scaleX),
            static_cast<float>((box.y - offsetY) / scaleY), static_cast<float>(box.width / scaleX),
            static_cast<float>(box.height / scaleY)};
    }
};

/// The whole picture: letterboxed into whole pixels, or stretched.
InputFit wholeFit(const PoseModelCard& card, int width, int height);
/// Pixels of the input that the whole picture covers.
std::array<int, 2> wholeSize(const PoseModelCard& card, int width, int height);
/// A box that is widened to the shape of the input and by `margin`; what lies outside of the picture is
/// black.
InputFit cropFit(const PoseModelCard& card, const PoseBox& box, double margin);

/// Writes one picture into sample `index` of a batch that has the card's shape. Throws cv::Exception.
void fillInput(
    const PoseModelCard& card, const PosePicture& picture, const InputFit& fit, NdArray& batch, int index);
/// [count, 3, height, width] or [count, height, width, 3].
NdArray emptyBatch(const PoseModelCard& card, int count);

} // namespace telltale
