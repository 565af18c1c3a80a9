// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What the timeline shows of the file itself: pictures, sound and damage.
#include "widgets/colors.h"
#include "widgets/timeline/timelinepainter.h"
#include <QPainter>

namespace telltale {

namespace {

constexpr int kSoundTile = 32; // pixel columns whose time is taken as running evenly
const QColor kDamage(0xd6, 0x4a, 0x2b);

MediaTime timeAt(const FrameTimes& times, double position)
{
    const double inside = std::clamp(position, 0.0, static_cast<double>(times.frameCount()));
    const auto frame = static_cast<int64_t>(inside);
    const MediaTime start = times.timeOf(frame);
    const double share = inside - static_cast<double>(frame);
    const auto length = static_cast<double>((times.timeOf(frame + 1) - start).count());
    return start + MediaTime(std::llround(share * length));
}

/// Stripes from lower left to upper right, in device pixels.
QPixmap stripes(const QColor& color, double em, double ratio)
{
    const int side = std::max(6, static_cast<int>(std::lround(em * 0.55 * ratio)));
    QPixmap tile(side, side);
    tile.fill(Qt::transparent);
    QPainter p(&tile);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(color, side * 0.22));
    for (const int shift : {-side, 0, side})
        p.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1));
    p.end();
    tile.setDevicePixelRatio(ratio);
    return tile;
}

/// The picture nearest to `frame`; of an ascending, filled list.
const TimelinePicture& nearestPicture(const std::vector<TimelinePicture>& pictures, double frame)
{
    const auto after = std::lower_bound(pictures.begin(), pictures.end(), frame,
        [](const TimelinePicture& p, double f) { return static_cast<double>(p.frame) < f; });
    if (after == pictures.begin())
        return *after;
    const auto before = std::prev(after);
    if (after == pictures.end())
        return *before;
    return frame - static_cast<double>(before->frame) <= static_cast<double>(after->frame) - frame ? *before
                                                                                                   : *after;
}

} // namespace

void TimelinePainter::drawNote(QPainter& painter, int lane) const
{
    const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
    const bool filled = !data.spans.empty() || !data.curve.empty() || !data.ranges.empty()
        || (data.content == TimelineLane::Content::Pictures && !m_scene.pictures().empty())
        || (data.content == TimelineLane::Content::Sound && m_scene.sound());
    if (filled || data.note.isEmpty())
        return;
    const double em = m_scene.em();
    const QRectF content = m_scene.content();
    const QRectF rect = m_scene.laneRect(lane);
    const QRectF room(content.left() + em * 0.6, rect.top(), content.width() - em * 1.2, rect.height() - 1);
    painter.setPen(quietText(m_palette));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
        m_scene.metrics().elidedText(data.note, Qt::ElideRight, room.width()));
}

void TimelinePainter::drawPictures(QPainter& painter, int lane) const
{
    const std::vector<TimelinePicture>& pictures = m_scene.pictures();
    if (m_scene.lanes()[static_cast<size_t>(lane)].content != TimelineLane::Content::Pictures
        || pictures.empty() || pictures.front().image.isNull())
        return;
    const TimelineMapping& mapping = m_scene.mapping();
    const QSizeF size = pictures.front().image.size();
    const double perTile = m_scene.framesPerTile(size.width() / size.height());
    const QRectF rect = m_scene.laneRect(lane);
    const auto frames = static_cast<double>(mapping.frameCount());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (double tile = std::floor(mapping.positionAt(mapping.left()) / perTile); tile * perTile < frames;
         tile += 1) {
        const double left = std::round(mapping.xOf(tile * perTile));
        if (left > mapping.right())
            break;
        const double right = std::round(mapping.xOf((tile + 1) * perTile)) - kPictureGap;
        const TimelinePicture& picture
            = nearestPicture(pictures, std::min((tile + 0.5) * perTile, frames - 1));
        painter.drawImage(
            QRectF(left, rect.top() + 1, right - left, rect.height() - kPictureGap), picture.image);
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
}

void TimelinePainter::drawSound(QPainter& painter, int lane) const
{
    const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
    if (data.content != TimelineLane::Content::Sound || !m_scene.sound())
        return;
    const TimelineMapping& mapping = m_scene.mapping();
    const QRectF rect = m_scene.laneRect(lane).adjusted(0, 1, 0, -2);
    const double middle = rect.center().y();
    const double scale = rect.height() / 2 / std::max(0.05, static_cast<double>(m_scene.loudest()));
    const QColor color = data.color.isValid() ? data.color : m_palette.color(QPalette::Highlight);
    const QColor faint = mixed(m_palette.color(QPalette::Base), color, 0.5);
    const double step = 1 / m_ratio; // a column is a pixel of the screen
    const double end = std::min(mapping.right(), mapping.xOf(static_cast<double>(mapping.frameCount())));
    const auto bar = [&](double x, double low, double high, const QColor& ink) {
        const double top = middle - std::min(high * scale, rect.height() / 2);
        const double bottom = middle - std::max(low * scale, -rect.height() / 2);
        painter.fillRect(QRectF(x, top, step, std::max(step, bottom - top)), ink);
    };
    for (double x = mapping.left(); x < end; x += kSoundTile * step) {
        const double next = std::min(end, x + kSoundTile * step);
        const int columns = std::max(1, static_cast<int>(std::lround((next - x) / step)));
        const auto peaks = m_scene.sound()(timeAt(*m_scene.times(), mapping.positionAt(x)),
            timeAt(*m_scene.times(), mapping.positionAt(next)), columns);
        for (size_t i = 0; i < peaks.size(); ++i) {
            const double at = x + static_cast<double>(i) * step;
            bar(at, static_cast<double>(peaks[i].low), static_cast<double>(peaks[i].high), faint);
            bar(at, -static_cast<double>(peaks[i].rms), static_cast<double>(peaks[i].rms), color);
        }
    }
}

void TimelinePainter::drawDamage(QPainter& painter) const
{
    if (m_scene.damage().empty())
        return;
    const TimelineMapping& mapping = m_scene.mapping();
    const QRectF content = m_scene.content();
    const double em = m_scene.em();
    const double ruler = m_scene.rulerHeight();
    const double mark = std::max(3.0, std::round(em * 0.3));
    const QColor strong = mixed(kDamage, m_palette.color(QPalette::Text), isDark(m_palette) ? 0.25 : 0.0);
    const QPixmap hatch = stripes(withAlpha(strong, 0.55), em, m_ratio);
    painter.save();
    painter.setClipRect(QRectF(content.left(), 0, content.width(), m_scene.size().height()));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const TimelineDamage& damage : m_scene.damage()) {
        const double left = std::floor(mapping.xOf(static_cast<double>(damage.frames.first)));
        const double right = std::ceil(mapping.xOf(static_cast<double>(damage.frames.last)));
        if (right < content.left() || left > content.right())
            continue;
        const double width = std::max(2.0, right - left);
        const QRectF below(left, ruler, width, content.height());
        painter.fillRect(below, withAlpha(strong, 0.10));
        painter.drawTiledPixmap(below, hatch, below.topLeft());
        painter.fillRect(QRectF(left, ruler - mark, width, mark), strong);
    }
    const QString text = TimelineView::tr("damaged");
    const double width = m_scene.metrics().horizontalAdvance(text) + em * 2.1;
    const QRectF plate(content.right() - width - em * 0.3, em * 0.2, width, ruler - mark - em * 0.4);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hairline(m_palette), 1));
    painter.setBrush(m_palette.color(QPalette::Window));
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), em * 0.25, em * 0.25);
    const QRectF swatch(plate.left() + em * 0.4, plate.center().y() - em * 0.35, em * 0.9, em * 0.7);
    painter.fillRect(swatch, withAlpha(strong, 0.16));
    painter.drawTiledPixmap(swatch, hatch, swatch.topLeft());
    painter.setPen(m_palette.color(QPalette::WindowText));
    painter.drawText(plate.adjusted(em * 1.6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    painter.restore();
}

} // namespace telltale
