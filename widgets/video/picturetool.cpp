// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/picturetool.h"
#include "widgets/colors.h"
#include "widgets/video/videoview.h"
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr double kFar = 10; ///< pixels of an arrow key with Shift

struct Arrow {
    int key;
    double x;
    double y;
};
constexpr std::array<Arrow, 4> kArrows{
    {{Qt::Key_Left, -1, 0}, {Qt::Key_Right, 1, 0}, {Qt::Key_Up, 0, -1}, {Qt::Key_Down, 0, 1}}};

const Arrow* arrowOf(const QKeyEvent& event, bool control)
{
    Qt::KeyboardModifiers allowed = Qt::ShiftModifier | Qt::KeypadModifier;
    allowed.setFlag(Qt::ControlModifier, control);
    if (event.modifiers() & ~allowed)
        return nullptr;
    const auto* found = std::ranges::find(kArrows, event.key(), &Arrow::key);
    return found != kArrows.end() ? found : nullptr;
}

bool isRemoval(const QKeyEvent& event)
{
    return event.modifiers() == Qt::NoModifier
        && (event.key() == Qt::Key_Delete || event.key() == Qt::Key_Backspace);
}

bool isTab(const QKeyEvent& event) { return event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab; }

} // namespace

PictureTool::PictureTool(VideoView& view) : QObject(&view), m_view(view) { }

void PictureTool::setNotice(const QString& notice)
{
    if (notice == m_notice)
        return;
    m_notice = notice;
    m_view.update();
}

bool PictureTool::wantsKey(const QKeyEvent& event) const
{
    if (event.key() == Qt::Key_Escape && event.modifiers() == Qt::NoModifier)
        return true;
    if (!active())
        return false;
    if (isTab(event))
        return !(event.modifiers() & ~Qt::ShiftModifier);
    return hasSelection() && (arrowOf(event, takesControl()) || isRemoval(event));
}

bool PictureTool::keyPress(const QKeyEvent& event)
{
    if (!wantsKey(event))
        return false;
    if (event.key() == Qt::Key_Escape) {
        if (dragging())
            cancelDrag();
        else if (hasSelection())
            deselect();
        else
            emit leaveWanted();
        return true;
    }
    if (dragging())
        return true;
    if (isTab(event)) {
        step(event.key() == Qt::Key_Backtab || event.modifiers() & Qt::ShiftModifier ? -1 : 1);
    } else if (isRemoval(event)) {
        removeSelected();
    } else if (const Arrow* arrow = arrowOf(event, takesControl())) {
        const double far = event.modifiers() & Qt::ShiftModifier ? kFar : 1;
        nudge(QPointF(arrow->x, arrow->y) * far, event.modifiers() & Qt::ControlModifier);
    }
    return true;
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
    const QRectF room = QRectF(m_view.rect()).intersected(QRectF(m_view.pictureRect()));
    const bool right = at.x() + gap + across < room.right();
    const double left = std::clamp(right ? at.x() + gap : at.x() - gap - across, room.left(),
        std::max(room.left(), room.right() - across));
    const double top
        = std::clamp(at.y() - gap - down, room.top(), std::max(room.top(), room.bottom() - down));
    const QRectF plate(left, top, across, down);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 190));
    painter.drawRoundedRect(plate, em() * 0.25, em() * 0.25);
    painter.setPen(Qt::white);
    painter.drawText(plate, Qt::AlignCenter, text);
}

} // namespace telltale
