// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/viewtransform.h"
#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr double kMostZoom = 32;

/// `length` of `whole` device pixels show `pixels` of the picture: those from `from` on, and the margin.
void cover(int from, int length, int whole, int pixels, double margin, int& start, int& count)
{
    const double scale = static_cast<double>(pixels) / whole;
    const double extra = length < whole ? length * margin : 0;
    const auto first = static_cast<int>(std::floor((from - extra) * scale));
    const auto last = static_cast<int>(std::ceil((from + length + extra) * scale));
    start = std::max(0, first) / 2 * 2;
    count = std::min(pixels, (last + 1) / 2 * 2) - start;
}

} // namespace

void ViewTransform::setView(const QSize& view)
{
    m_view = view;
    clampCentre();
}

void ViewTransform::setPicture(const QSize& picture, double pixelAspect)
{
    if (picture == m_picture && pixelAspect == m_aspect)
        return;
    m_picture = picture;
    m_aspect = pixelAspect;
    m_stretch = QSizeF(std::max(1.0, pixelAspect), std::max(1.0, 1 / pixelAspect));
    fit();
}

void ViewTransform::fit()
{
    m_fitted = true;
    m_centre = QPointF(m_picture.width() / 2.0, m_picture.height() / 2.0);
}

void ViewTransform::zoomAbout(const QPointF& at, double zoom)
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
    const QPointF off = QPointF(m_view.width() / 2.0, m_view.height() / 2.0) - at;
    m_centre = anchor + QPointF(off.x() / scale().width(), off.y() / scale().height());
    clampCentre();
}

void ViewTransform::pan(const QPointF& by)
{
    if (m_fitted)
        return;
    m_centre -= QPointF(by.x() / scale().width(), by.y() / scale().height());
    clampCentre();
}

QRect ViewTransform::rect() const
{
    const double across = scale().width();
    const double down = scale().height();
    const QSize size(std::max(1, static_cast<int>(std::lround(m_picture.width() * across))),
        std::max(1, static_cast<int>(std::lround(m_picture.height() * down))));
    const auto place = [](int view, int length, double centre) {
        return static_cast<int>(length <= view ? (view - length) / 2 : std::lround(view / 2.0 - centre));
    };
    return {QPoint(place(m_view.width(), size.width(), m_centre.x() * across),
                place(m_view.height(), size.height(), m_centre.y() * down)),
        size};
}

QPointF ViewTransform::toPicture(const QPointF& at) const
{
    const QRect all = rect();
    const QPointF inside = at - QPointF(all.topLeft());
    return {inside.x() * m_picture.width() / all.width(), inside.y() * m_picture.height() / all.height()};
}

QPointF ViewTransform::toView(const QPointF& point) const
{
    const QRect all = rect();
    return QPointF(all.topLeft())
        + QPointF(point.x() * all.width() / std::max(1, m_picture.width()),
            point.y() * all.height() / std::max(1, m_picture.height()));
}

QRect ViewTransform::placeOf(const PictureRegion& part) const
{
    const QRect all = rect();
    const auto edge = [](int64_t at, int length, int pixels) {
        return static_cast<int>(std::llround(static_cast<double>(at) * length / std::max(1, pixels)));
    };
    const auto across = [&](int64_t x) { return edge(x, all.width(), m_picture.width()); };
    const auto down = [&](int64_t y) { return edge(y, all.height(), m_picture.height()); };
    const QPoint start(across(part.x), down(part.y));
    const QPoint end(across(int64_t{part.x} + part.width), down(int64_t{part.y} + part.height));
    return {all.topLeft() + start, QSize(end.x() - start.x(), end.y() - start.y())};
}

PictureView ViewTransform::wanted(double margin) const
{
    const QRect all = rect();
    const QRect seen = visible();
    if (m_picture.isEmpty() || seen.isEmpty())
        return {};
    PictureView view;
    PictureRegion& region = view.region;
    cover(seen.left() - all.left(), seen.width(), all.width(), m_picture.width(), margin, region.x,
        region.width);
    cover(seen.top() - all.top(), seen.height(), all.height(), m_picture.height(), margin, region.y,
        region.height);
    const QRect place = placeOf(region);
    view.outputWidth = place.width();
    view.outputHeight = place.height();
    return view;
}

bool ViewTransform::serves(const PictureView& view) const
{
    const QRect place = placeOf(view.region);
    return place.size() == QSize(view.outputWidth, view.outputHeight) && place.contains(visible());
}

double ViewTransform::fitZoom() const
{
    if (m_picture.isEmpty() || m_view.isEmpty())
        return 1;
    return std::min(m_view.width() / (m_picture.width() * m_stretch.width()),
        m_view.height() / (m_picture.height() * m_stretch.height()));
}

void ViewTransform::clampCentre()
{
    const auto clampTo = [](double centre, double picture, double half) {
        return half * 2 >= picture ? picture / 2 : std::clamp(centre, half, picture - half);
    };
    m_centre = QPointF(clampTo(m_centre.x(), m_picture.width(), m_view.width() / scale().width() / 2),
        clampTo(m_centre.y(), m_picture.height(), m_view.height() / scale().height() / 2));
}

} // namespace telltale
