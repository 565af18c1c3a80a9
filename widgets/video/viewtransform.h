// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include <QPointF>
#include <QRect>
#include <QSize>

namespace telltale {

/// Where a picture lies in a view: fitted, or zoomed about a point. All lengths of the view are device
/// pixels, and the picture starts on a whole one, so that zoom 1 copies pixels. Pixels that are not square
/// are stretched along one axis and shrunk along none. A value type.
class ViewTransform {
public:
    void setView(const QSize& view);
    QSize view() const { return m_view; }
    /// Another picture is fitted. `pixelAspect`: width to height of one pixel as it is to be seen.
    void setPicture(const QSize& picture, double pixelAspect = 1);
    QSize picture() const { return m_picture; }
    void fit();
    bool fitted() const { return m_fitted; }
    /// Device pixels per pixel of the picture, along the axis that is not stretched.
    double zoom() const { return m_fitted ? fitZoom() : m_zoom; }
    /// The picture's point under `at` stays there. Ends as fitted where the whole picture would be visible
    /// anyway.
    void zoomAbout(const QPointF& at, double zoom);
    void pan(const QPointF& by);

    /// The whole picture, in device pixels of the view; reaches outside it when zoomed.
    QRect rect() const;
    QRect visible() const { return rect().intersected(QRect(QPoint(), m_view)); }
    QPointF toPicture(const QPointF& at) const;
    QPointF toView(const QPointF& point) const;

    /// Where a part of the picture lies; parts that touch each other do so here too.
    QRect placeOf(const PictureRegion& part) const;
    /// What is to be asked of a decoder: what is seen in its pixels, and where more of the picture lies
    /// outside, `margin` times the view's extent around it, so that small moves need nothing new. Begins on
    /// even pixels, where the colours of most videos are. All zero while there is nothing to see.
    PictureView wanted(double margin) const;
    /// True if pictures that come as `view` fill what is seen, pixel for pixel.
    bool serves(const PictureView& view) const;

private:
    double fitZoom() const;
    QSizeF scale() const { return m_stretch * zoom(); } ///< device pixels per pixel along each axis
    void clampCentre();

    QSize m_view{0, 0};
    QSize m_picture{0, 0}; ///< in its own pixels
    double m_aspect = 1;
    QSizeF m_stretch{1, 1}; ///< of a pixel
    QPointF m_centre; ///< of the view, in the picture
    double m_zoom = 1;
    bool m_fitted = true;
};

} // namespace telltale
