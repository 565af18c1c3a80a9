// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QPointF>
#include <QRect>
#include <QSize>
#include <algorithm>
#include <cmath>

namespace telltale {

/// Where a picture lies in a view: fitted, or zoomed about a point. All lengths of the view are device
/// pixels, and the picture starts on a whole one, so that zoom 1 copies pixels. A value type.
class ViewTransform {
public:
    void setView(const QSize& view)
    {
        m_view = view;
        clampCentre();
    }
    void setPicture(const QSize& picture)
    {
        if (picture == m_picture)
            return;
        m_picture = picture;
        fit();
    }
    void fit()
    {
        m_fitted = true;
        m_centre = QPointF(m_picture.width() / 2.0, m_picture.height() / 2.0);
    }
    bool fitted() const { return m_fitted; }
    double zoom() const { return m_fitted ? fitZoom() : m_zoom; }

    /// The picture's point under `at` stays there. Ends as fitted where the whole picture would be visible
    /// anyway.
    void zoomAbout(const QPointF& at, double zoom)
    {
        const QPointF anchor = toPicture(at);
        const double smallest = std::min(fitZoom(), 1.0);
        zoom = std::clamp(zoom, smallest, kMostZoom);
        if (std::abs(zoom - 1) < 0.04)
            zoom = 1; // exact pixels are worth a small detour
        if (zoom <= fitZoom() * 1.001 && fitZoom() <= 1) {
            fit();
            return;
        }
        m_fitted = false;
        m_zoom = zoom;
        m_centre = anchor + (QPointF(m_view.width() / 2.0, m_view.height() / 2.0) - at) / zoom;
        clampCentre();
    }
    void pan(const QPointF& by)
    {
        if (m_fitted)
            return;
        m_centre -= by / m_zoom;
        clampCentre();
    }
    /// The whole picture, in device pixels of the view; reaches outside it when zoomed.
    QRect rect() const
    {
        const double z = zoom();
        const QSize size(std::max(1, static_cast<int>(std::lround(m_picture.width() * z))),
            std::max(1, static_cast<int>(std::lround(m_picture.height() * z))));
        const auto place = [](int view, int length, double centre) {
            return static_cast<int>(length <= view ? (view - length) / 2 : std::lround(view / 2.0 - centre));
        };
        return {QPoint(place(m_view.width(), size.width(), m_centre.x() * z),
                    place(m_view.height(), size.height(), m_centre.y() * z)),
            size};
    }
    QPointF toPicture(const QPointF& at) const { return (at - QPointF(rect().topLeft())) / zoom(); }
    QPointF toView(const QPointF& point) const { return QPointF(rect().topLeft()) + point * zoom(); }
    QSize view() const { return m_view; }

private:
    static constexpr double kMostZoom = 32;

    double fitZoom() const
    {
        if (m_picture.isEmpty() || m_view.isEmpty())
            return 1;
        return std::min(m_view.width() / static_cast<double>(m_picture.width()),
            m_view.height() / static_cast<double>(m_picture.height()));
    }
    void clampCentre()
    {
        const auto clampTo = [](double centre, double picture, double half) {
            return half * 2 >= picture ? picture / 2 : std::clamp(centre, half, picture - half);
        };
        m_centre = QPointF(clampTo(m_centre.x(), m_picture.width(), m_view.width() / zoom() / 2),
            clampTo(m_centre.y(), m_picture.height(), m_view.height() / zoom() / 2));
    }

    QSize m_view;
    QSize m_picture;
    QPointF m_centre; ///< of the view, in the picture
    double m_zoom = 1;
    bool m_fitted = true;
};

} // namespace telltale
