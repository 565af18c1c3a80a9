// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/boxtool.h"
#include "widgets/colors.h"
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <limits>

namespace telltale {

namespace {

constexpr double kReach = 0.6; ///< of edges for the pointer, in lines of text
constexpr double kSmallest = 8; ///< pixels of the picture
/// -1, 0 or 1 for the low edge, none or the high edge; `inside` lines hold no edge beyond a third of them.
int edgeAt(double at, double low, double high, double reach)
{
    const double near = std::min(reach, (high - low) / 3);
    if (std::abs(at - low) <= (at < low ? reach : near))
        return -1;
    return std::abs(at - high) <= (at > high ? reach : near) ? 1 : 0;
}

} // namespace

BoxTool::BoxTool(VideoView& view) : PictureTool(view) { }

void BoxTool::setBoxes(int64_t frame, QList<OverlayBox> boxes)
{
    const auto same
        = [](const OverlayBox& a, const OverlayBox& b) { return a.person == b.person && a.kind == b.kind; };
    int selected = -1;
    for (int i = 0; m_selected >= 0 && i < boxes.size(); ++i)
        if (same(boxes[i], m_boxes[m_selected]))
            selected = i;
    if (frame != m_frame || boxes.size() != m_boxes.size()) {
        m_held = {};
        m_hover = {};
        m_serial = 0;
    }
    m_frame = frame;
    m_boxes = std::move(boxes);
    m_selected = selected;
    view().update();
}

bool BoxTool::active() const
{
    return m_frame >= 0 && !m_boxes.isEmpty() && view().showsExactly() && view().shownFrame() == m_frame;
}

void BoxTool::select(int index)
{
    if (index == m_selected)
        return;
    m_selected = index;
    m_serial = 0;
    view().update();
    emit selectionChanged();
}

QRectF BoxTool::placeOf(int index) const
{
    const QRectF& rect = m_boxes[index].rect;
    return {view().fromPicture(rect.topLeft()), view().fromPicture(rect.bottomRight())};
}

BoxTool::Grip BoxTool::gripAt(const QPointF& at) const
{
    const double reach = kReach * em();
    Grip best;
    double smallest = std::numeric_limits<double>::max();
    for (int i = 0; i < m_boxes.size(); ++i) {
        const QRectF place = placeOf(i);
        if (!place.adjusted(-reach, -reach, reach, reach).contains(at))
            continue;
        const Grip grip{i, edgeAt(at.x(), place.left(), place.right(), reach),
            edgeAt(at.y(), place.top(), place.bottom(), reach)};
        // The selected box first, then edges, then the smallest one below the pointer.
        const double edge = grip.across != 0 || grip.down != 0 ? 0.01 : 1;
        const double rank = place.width() * place.height() * edge * (i == m_selected ? 0.001 : 1);
        if (rank < smallest) {
            smallest = rank;
            best = grip;
        }
    }
    return best;
}

QRectF BoxTool::changed(const QPointF& by) const
{
    if (m_held.across == 0 && m_held.down == 0)
        return m_before.translated(by);
    QRectF rect = m_before;
    if (m_held.across < 0)
        rect.setLeft(std::min(rect.left() + by.x(), rect.right() - kSmallest));
    if (m_held.across > 0)
        rect.setRight(std::max(rect.right() + by.x(), rect.left() + kSmallest));
    if (m_held.down < 0)
        rect.setTop(std::min(rect.top() + by.y(), rect.bottom() - kSmallest));
    if (m_held.down > 0)
        rect.setBottom(std::max(rect.bottom() + by.y(), rect.top() + kSmallest));
    return rect;
}

bool BoxTool::mousePress(const QMouseEvent& event)
{
    if (!active() || event.button() != Qt::LeftButton)
        return false;
    m_held = gripAt(event.position());
    select(m_held.box);
    if (!m_held)
        return false; // the view pans
    m_pressed = view().toPicture(event.position());
    m_before = m_now = m_boxes[m_held.box].rect;
    m_moved = false;
    m_serial = 0;
    return true;
}

bool BoxTool::mouseMove(const QMouseEvent& event)
{
    if (!m_held) {
        const Grip hover = active() ? gripAt(event.position()) : Grip();
        if (hover.box != m_hover.box)
            view().update();
        m_hover = hover;
        return false;
    }
    if (!active()) { // the picture changed under the pointer
        m_held = {};
        return true;
    }
    const QRectF rect = changed(view().toPicture(event.position()) - m_pressed);
    if (rect == m_now)
        return true;
    if (!std::exchange(m_moved, true))
        m_serial = nextSerial();
    m_now = rect;
    const OverlayBox& box = m_boxes[m_held.box];
    emit boxChanged(box.person, box.kind, rect, m_serial, false);
    return true;
}

void BoxTool::endDrag(bool keep)
{
    const int index = std::exchange(m_held, {}).box;
    if (std::exchange(m_moved, false) && active() && index < m_boxes.size()) {
        const OverlayBox box = m_boxes[index];
        emit boxChanged(box.person, box.kind, keep ? m_now : m_before, keep ? m_serial : 0, true);
    }
    m_serial = 0;
    view().update();
}

bool BoxTool::mouseRelease(const QMouseEvent&)
{
    if (!m_held)
        return false;
    endDrag(true);
    return true;
}

bool BoxTool::doubleClick(const QMouseEvent& event)
{
    return active() && gripAt(event.position()); // no accident should zoom
}

bool BoxTool::contextMenu(const QContextMenuEvent&) { return false; }

void BoxTool::step(int by)
{
    const auto count = static_cast<int>(m_boxes.size());
    select(by < 0 ? (m_selected <= 0 ? count : m_selected) - 1 : (m_selected + 1) % count);
}

void BoxTool::removeSelected()
{
    const OverlayBox box = m_boxes[m_selected];
    m_serial = 0;
    emit boxReset(box.person, box.kind);
}

/// With Ctrl the lower right corner alone.
void BoxTool::nudge(const QPointF& by, bool control)
{
    const OverlayBox box = m_boxes[m_selected];
    m_before = box.rect;
    m_held = control ? Grip{m_selected, 1, 1} : Grip{m_selected, 0, 0};
    const QRectF rect = changed(by);
    m_held = {};
    if (m_serial == 0)
        m_serial = nextSerial();
    emit boxChanged(box.person, box.kind, rect, m_serial, true);
}

void BoxTool::leave()
{
    if (m_held || !m_hover)
        return;
    m_hover = {};
    view().update();
}

QCursor BoxTool::cursor() const
{
    const Grip& grip = m_held ? m_held : m_hover;
    if (!active() || !grip)
        return Qt::ArrowCursor;
    if (grip.across == 0 && grip.down == 0)
        return m_held ? Qt::ClosedHandCursor : Qt::OpenHandCursor;
    if (grip.across == 0 || grip.down == 0)
        return grip.across == 0 ? Qt::SizeVerCursor : Qt::SizeHorCursor;
    return grip.across == grip.down ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor;
}

void BoxTool::paint(QPainter& painter)
{
    const int shown = m_selected >= 0 ? m_selected : m_hover.box;
    if (active() && shown >= 0 && shown < m_boxes.size()) {
        const QRectF place = placeOf(shown);
        const double size = em() * 0.5;
        painter.setBrush(withAlpha(m_boxes[shown].color, m_held ? 0.0 : 0.12));
        painter.setPen(QPen(m_boxes[shown].color, em() * 0.16));
        painter.drawRect(place);
        painter.setBrush(Qt::white);
        painter.setPen(QPen(QColor(0x10, 0x12, 0x16), em() * 0.1));
        for (const int across : {-1, 0, 1})
            for (const int down : {-1, 0, 1})
                if (across != 0 || down != 0) {
                    const QPointF at(place.center().x() + across * place.width() / 2,
                        place.center().y() + down * place.height() / 2);
                    painter.drawRect(QRectF(at.x() - size / 2, at.y() - size / 2, size, size));
                }
        const QRectF& rect = m_boxes[shown].rect;
        paintTag(painter, place.topRight() + QPointF(0, em() * 2),
            tr("%1: %2 x %3 at %4, %5")
                .arg(m_boxes[shown].title)
                .arg(std::lround(rect.width()))
                .arg(std::lround(rect.height()))
                .arg(std::lround(rect.x()))
                .arg(std::lround(rect.y())));
    }
    paintFrame(painter);
}

} // namespace telltale
