// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/picturelayer.h"
#include "widgets/video/heatblend.h"
#include "widgets/video/overlaypainter.h"
#include <QColor>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace telltale {

namespace {

const QColor kPlate(0x1d, 0x1f, 0x23);

const uint8_t* pixelsAt(const Picture& picture, const QPoint& at)
{
    return picture.bgra.data() + static_cast<ptrdiff_t>(at.y()) * picture.stride()
        + static_cast<ptrdiff_t>(at.x()) * 4;
}

/// `area` of a picture that `owner` keeps alive, without a copy.
template <typename Owner>
QImage shareArea(const Picture& picture, const QRect& area, std::shared_ptr<Owner> owner)
{
    auto* keep = new std::shared_ptr<Owner>(std::move(owner));
    return QImage(
        pixelsAt(picture, area.topLeft()), area.width(), area.height(), picture.stride(),
        QImage::Format_RGB32, [](void* held) { delete static_cast<std::shared_ptr<Owner>*>(held); }, keep);
}

Picture cut(const Picture& picture, const QRect& area)
{
    Picture result{area.width(), area.height(), {}};
    const auto row = static_cast<size_t>(result.stride());
    result.bgra.resize(row * static_cast<size_t>(area.height()));
    for (int y = 0; y < area.height(); ++y)
        std::memcpy(result.bgra.data() + row * static_cast<size_t>(y),
            pixelsAt(picture, area.topLeft() + QPoint(0, y)), row);
    return result;
}

/// Whole pixels of one axis: `count` of `source` under [from, from + length) of `target` device pixels, and
/// where they begin and end there.
struct Axis {
    int first;
    int count;
    int start;
    int extent;

    Axis(int from, int length, int target, int source)
    {
        const double scale = static_cast<double>(source) / target;
        first = std::clamp(static_cast<int>(std::floor(from * scale)), 0, source - 1);
        const int last = std::clamp(static_cast<int>(std::ceil((from + length) * scale)), first + 1, source);
        count = last - first;
        start = std::min(from, static_cast<int>(std::lround(first / scale)));
        extent = std::max(from + length, static_cast<int>(std::lround(last / scale))) - start;
    }
};

/// What `frame`, which fills `place`, shows in `covered`.
QImage pictureIn(const std::shared_ptr<const VideoFrame>& frame, const QRect& place, const QRect& covered)
{
    const Picture& picture = frame->picture;
    const QRect inside = covered.translated(-place.topLeft());
    if (place.size() == QSize(picture.width, picture.height))
        return shareArea(picture, inside, frame);
    const Axis across(inside.left(), inside.width(), place.width(), picture.width);
    const Axis down(inside.top(), inside.height(), place.height(), picture.height);
    const QRect part(across.first, down.first, across.count, down.count);
    const bool whole = part.size() == QSize(picture.width, picture.height);
    auto stretched = std::make_shared<const Picture>(
        scaled(whole ? picture : cut(picture, part), across.extent, down.extent));
    return shareArea(*stretched, inside.translated(-across.start, -down.start), std::shared_ptr(stretched));
}

} // namespace

PictureRegion partOf(const VideoFrame& frame, const QSize& video)
{
    return frame.region.width > 0 ? frame.region : PictureRegion{0, 0, video.width(), video.height()};
}

const QImage& PictureLayer::image(
    const ViewTransform& transform, const std::shared_ptr<const VideoFrame>& frame, const LayerStyle& style)
{
    if (m_valid)
        return m_image;
    m_valid = true;
    m_image = QImage(); // lets go of the canvas and of the last frame
    const QRect place = transform.placeOf(partOf(*frame, transform.picture()));
    const QRect covered = style.picture ? place.intersected(transform.visible()) : transform.visible();
    m_place = covered.topLeft();
    if (covered.isEmpty())
        return m_image;
    const bool hot = style.heat && !style.heat->empty();
    const QImage picture = style.picture ? pictureIn(frame, place, covered) : QImage();
    if (style.picture && !hot && style.persons.empty())
        return m_image = picture;
    if (m_canvas.size() != covered.size())
        m_canvas = QImage(covered.size(), QImage::Format_RGB32);
    if (style.picture)
        for (int y = 0; y < covered.height(); ++y)
            std::memcpy(
                m_canvas.scanLine(y), picture.constScanLine(y), static_cast<size_t>(covered.width()) * 4);
    else
        m_canvas.fill(kPlate);
    if (hot)
        blendHeat(m_canvas, transform.rect().translated(-m_place), *style.heat, style.heatOpacity,
            style.heatColors);
    for (const PosePoint* points : style.persons)
        blendSkeleton(m_canvas, points, transform, m_place, style.pixelRatio, style.skeleton);
    return m_image = m_canvas;
}

} // namespace telltale
