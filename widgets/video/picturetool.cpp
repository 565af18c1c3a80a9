// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/picturetool.h"
#include "widgets/colors.h"
#include "widgets/video/videoview.h"
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace telltale {

PictureTool::PictureTool(VideoView& view) : QObject(&view), m_view(view) { }

void PictureTool::setNotice(const QString& notice)
{
    if (notice == m_notice)
        return;
    m_notice = notice;
    m_view.update();
}

double PictureTool::em() const { return QFontMetricsF(m_view.font()).height(); }

int PictureTool::nextSerial()
{
    static int serial = 0; // GUI thread only
    return ++serial;
}

void PictureTool::paintFrame(QPainter& painter) const
{
    const double width = em() * 0.18;
    const QColor accent = m_view.palette().color(QPalette::Highlight);
    const QRectF area = m_view.pictureRect().adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(accent, width));
    painter.drawRect(area);
    if (m_notice.isEmpty())
        return;
    const QFontMetricsF metrics(m_view.font());
    const QString text = metrics.elidedText(m_notice, Qt::ElideRight, area.width() - em() * 2);
    const double across = metrics.horizontalAdvance(text) + em();
    const QRectF plate(area.center().x() - across / 2, area.bottom() - em() * 1.6, across, em() * 1.4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(accent, 0.92));
    painter.drawRoundedRect(plate, em() * 0.3, em() * 0.3);
    painter.setPen(readableOn(accent));
    painter.drawText(plate, Qt::AlignCenter, text);
}

void PictureTool::paintTag(QPainter& painter, const QPointF& at, const QString& text) const
{
    const double across = QFontMetricsF(m_view.font()).horizontalAdvance(text) + em() * 0.8;
    const double down = em() * 1.3;
    const double gap = em() * 0.7;
    const QRectF room(m_view.rect());
    const double left
        = at.x() + gap + across < room.right() ? at.x() + gap : std::max(0.0, at.x() - gap - across);
    const double top = std::clamp(at.y() - gap - down, 0.0, std::max(0.0, room.bottom() - down));
    const QRectF plate(left, top, across, down);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 190));
    painter.drawRoundedRect(plate, em() * 0.25, em() * 0.25);
    painter.setPen(Qt::white);
    painter.drawText(plate, Qt::AlignCenter, text);
}

} // namespace telltale
