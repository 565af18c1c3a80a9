// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include "widgets/video/overlayoptions.h"
#include "widgets/video/viewtransform.h"
#include <QImage>
#include <memory>
#include <vector>

namespace telltale {

/// How the picture is shown.
struct LayerStyle {
    bool picture = true; ///< off: a dark plate instead of it
    const NdArray* heat = nullptr; ///< over the whole picture [H, W] in [0, 1]; null or empty: none
    double heatOpacity = 1;
    HeatColors heatColors = HeatColors::Inferno;
    std::vector<const PosePoint*> persons; ///< 68 points each, drawn as skeletons
    SkeletonLook skeleton;
    double pixelRatio = 1; ///< device pixels per logical one, for the width of lines
};

/// Picture, heat and skeletons as they lie in a view, in device pixels and ready to be copied to the screen.
/// Made once and kept until invalidated. A picture that came in the pixels it is seen on is shared, not
/// copied.
class PictureLayer {
public:
    void invalidate() { m_valid = false; }
    bool valid() const { return m_valid; }
    /// Only as large as what the frame covers of the view; see place(). Null if that is nothing.
    const QImage& image(const ViewTransform& transform, const std::shared_ptr<const VideoFrame>& frame,
        const LayerStyle& style);
    QPoint place() const { return m_place; } ///< of the image, in the view

private:
    bool m_valid = false;
    QImage m_image;
    QImage m_canvas; ///< kept from frame to frame, for what must be blended
    QPoint m_place;
};

/// The part of a video of size `video` that `frame` shows; frames that do not say so show all of it.
PictureRegion partOf(const VideoFrame& frame, const QSize& video);

} // namespace telltale
