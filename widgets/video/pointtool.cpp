// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/pointtool.h"
#include "widgets/colors.h"
#include "widgets/video/overlaypainter.h"
#include "widgets/video/pointnames.h"
#include "widgets/video/videoview.h"
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleHints>
#include <algorithm>
#include <array>

namespace telltale {

namespace {

constexpr double kReach = 0.75; ///< of a handle for the pointer, in lines of text
const QColor kInk(0x10, 0x12, 0x16);
const QColor kPlaced(0x7c, 0xf0, 0x3c); ///< ring of what a person put there

BodyPart partOfPoint(int point) { return poseLayouts().front().parts[static_cast<size_t>(point)]; }

} // namespace

PointTool::PointTool(VideoView& view) : PictureTool(view) { }

void PointTool::setPersons(int64_t frame, std::vector<EditablePerson> persons)
{
    if (frame != m_frame) {
        m_dragging = false;
        m_hover = {};
        m_serial = 0;
    }
    m_frame = frame;
    m_persons = std::move(persons);
    if (m_hover && !placeOf(m_hover.person, m_hover.point))
        m_hover = {};
    view().update();
}

bool PointTool::active() const
{
    return m_frame >= 0 && !m_persons.empty() && view().showsExactly() && view().shownFrame() == m_frame;
}

const EditablePerson* PointTool::find(int person) const
{
    const auto found = std::ranges::find(m_persons, person, &EditablePerson::person);
    return found != m_persons.end() ? &*found : nullptr;
}

void PointTool::setPerson(int person)
{
    if (person == m_person)
        return;
    m_person = person;
    m_serial = 0;
    view().update();
    emit personChosen(person);
}

void PointTool::setPoint(int point)
{
    if (point == m_point)
        return;
    m_point = point;
    m_serial = 0;
    view().update();
    emit pointChosen(point);
}

std::optional<QPointF> PointTool::placeOf(int person, int point) const
{
    const EditablePerson* found = find(person);
    if (!found || point < 0 || !(found->points[static_cast<size_t>(point)].score > 0))
        return std::nullopt;
    const PosePoint& at = found->points[static_cast<size_t>(point)];
    return view().fromPicture({at.x, at.y});
}

std::vector<int> PointTool::missing(int person) const
{
    std::vector<int> points;
    const EditablePerson* found = find(person);
    for (int i = 0; found && i < kPointCount; ++i)
        if (!(found->points[static_cast<size_t>(i)].score > 0))
            points.push_back(i);
    return points;
}

PointTool::Handle PointTool::handleAt(const QPointF& at) const
{
    Handle best;
    double nearest = kReach * em();
    for (const EditablePerson& person : m_persons)
        for (int point = 0; point < kPointCount; ++point) {
            const auto place = placeOf(person.person, point);
            if (!place)
                continue;
            // The chosen person wins where two lie on each other, and the selected point.
            const double bonus = (person.person == m_person ? 0.15 : 0)
                + (person.person == m_person && point == m_point ? 0.1 : 0);
            const double distance = QLineF(at, *place).length() - bonus * em();
            if (distance < nearest) {
                nearest = distance;
                best = {person.person, point};
            }
        }
    return best;
}

QPointF PointTool::inPicture(const QPointF& at) const
{
    const QPointF point = view().toPicture(at);
    const QSize size = view().pictureSize();
    return {std::clamp<double>(point.x(), 0, size.width()), std::clamp<double>(point.y(), 0, size.height())};
}

void PointTool::choose(const Handle& handle)
{
    setPerson(handle.person);
    setPoint(handle.point);
}

void PointTool::put(int point, const QPointF& inPicture)
{
    if (!active() || !find(m_person))
        return;
    const int person = m_person;
    setPoint(point);
    m_serial = 0;
    emit pointMoved(person, point, inPicture, nextSerial(), true);
}

bool PointTool::mousePress(const QMouseEvent& event)
{
    if (!active() || event.button() != Qt::LeftButton)
        return false;
    const Handle handle = handleAt(event.position());
    if (!handle) {
        setPoint(-1);
        return false; // the view pans
    }
    choose(handle);
    const EditablePerson* person = find(handle.person);
    const PosePoint& at = person->points[static_cast<size_t>(handle.point)];
    m_before = {at.x, at.y};
    m_pressed = event.position();
    m_offset = view().fromPicture(m_before) - event.position();
    m_dragging = true;
    m_moved = false;
    m_serial = 0;
    return true;
}

bool PointTool::mouseMove(const QMouseEvent& event)
{
    if (m_dragging) {
        if (!active()) { // the picture changed under the pointer
            m_dragging = false;
            return true;
        }
        if (!m_moved
            && QLineF(event.position(), m_pressed).length()
                < QGuiApplication::styleHints()->startDragDistance() / 3.0)
            return true; // a click is no move
        if (!m_moved)
            m_serial = nextSerial();
        m_moved = true;
        emit pointMoved(m_person, m_point, inPicture(event.position() + m_offset), m_serial, false);
        return true;
    }
    const Handle hover = active() ? handleAt(event.position()) : Handle();
    if (hover != m_hover) {
        m_hover = hover;
        view().update();
    }
    return false;
}

void PointTool::endDrag(const QPointF& at, bool keep)
{
    m_dragging = false;
    if (std::exchange(m_moved, false) && active())
        emit pointMoved(m_person, m_point, keep ? at : m_before, keep ? m_serial : 0, true);
    m_serial = 0;
    view().update();
}

bool PointTool::mouseRelease(const QMouseEvent& event)
{
    if (!m_dragging)
        return false;
    endDrag(inPicture(event.position() + m_offset), true);
    return true;
}

bool PointTool::doubleClick(const QMouseEvent& event)
{
    if (!active() || event.button() != Qt::LeftButton)
        return false;
    if (handleAt(event.position()))
        return true; // no accident should zoom
    const std::vector<int> lacking = missing(m_person);
    if (lacking.size() == 1)
        put(lacking.front(), inPicture(event.position()));
    else
        emit menuWanted(event.globalPosition().toPoint(), inPicture(event.position()), -1);
    return true;
}

bool PointTool::contextMenu(const QContextMenuEvent& event)
{
    if (!active())
        return false;
    const bool mouse = event.reason() == QContextMenuEvent::Mouse;
    QPointF at = event.pos();
    Handle handle = mouse ? handleAt(at) : Handle{m_person, m_point};
    if (handle)
        choose(handle);
    const auto place = placeOf(m_person, m_point);
    if (!mouse)
        at = place ? *place : view().pictureRect().center();
    emit menuWanted(mouse ? event.globalPos() : view().mapToGlobal(at.toPoint()), inPicture(at),
        handle ? handle.point : -1);
    return true;
}

void PointTool::removeSelected()
{
    if (!placeOf(m_person, m_point))
        return;
    m_serial = 0;
    emit pointRemoved(m_person, m_point);
}

/// To the next point that is there.
void PointTool::step(int by)
{
    int point = m_point < 0 && by < 0 ? 0 : m_point;
    for (int tried = 0; tried < kPointCount; ++tried) {
        point = (point + by + kPointCount) % kPointCount;
        if (placeOf(m_person, point)) {
            setPoint(point);
            return;
        }
    }
}

void PointTool::nudge(const QPointF& by, bool)
{
    const EditablePerson* person = find(m_person);
    if (!placeOf(m_person, m_point))
        return;
    const PosePoint& at = person->points[static_cast<size_t>(m_point)];
    const QSize size = view().pictureSize();
    if (m_serial == 0)
        m_serial = nextSerial();
    emit pointMoved(m_person, m_point,
        {std::clamp<double>(at.x + by.x(), 0, size.width()),
            std::clamp<double>(at.y + by.y(), 0, size.height())},
        m_serial, true);
}

void PointTool::leave()
{
    if (m_dragging || !m_hover)
        return;
    m_hover = {};
    view().update();
}

QCursor PointTool::cursor() const
{
    if (!active())
        return Qt::ArrowCursor;
    return m_dragging ? Qt::BlankCursor : m_hover ? Qt::SizeAllCursor : Qt::CrossCursor;
}

double PointTool::radius(int point) const { return em() * (point < kLeftHandStart ? 0.34 : 0.22); }

void PointTool::paintHandle(QPainter& painter, const EditablePerson& person, int point) const
{
    const bool chosen = person.person == m_person;
    const bool selected = chosen && point == m_point;
    const bool hovered = m_hover == Handle{person.person, point};
    const QPointF at = *placeOf(person.person, point);
    const double size = radius(point) * (chosen ? 1 : 0.6) * (selected || hovered ? 1.35 : 1);
    const QColor color = partColor(partOfPoint(point));
    const auto origin
        = person.origins.empty() ? PointOrigin::Model : person.origins[static_cast<size_t>(point)];
    if (origin != PointOrigin::Model) {
        const double ring = size + em() * 0.2;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(kInk, em() * 0.2));
        painter.drawEllipse(at, ring, ring);
        QPen line(kPlaced, em() * 0.12);
        if (origin == PointOrigin::Between)
            line.setDashPattern({1.6, 1.4});
        painter.setPen(line);
        painter.drawEllipse(at, ring, ring);
    }
    const bool dragged = selected && m_dragging && m_moved; // what lies below is to be seen
    painter.setBrush(dragged ? QBrush(Qt::NoBrush) : QBrush(withAlpha(color, chosen ? 0.95 : 0.6)));
    painter.setPen(QPen(kInk, em() * (selected ? 0.3 : 0.22)));
    painter.drawEllipse(at, size, size);
    painter.setPen(QPen(Qt::white, em() * (selected ? 0.16 : 0.1)));
    painter.drawEllipse(at, size, size);
    if (!selected)
        return;
    painter.setPen(QPen(kInk, em() * 0.06));
    painter.drawLine(QPointF(at.x() - size * 0.5, at.y()), QPointF(at.x() + size * 0.5, at.y()));
    painter.drawLine(QPointF(at.x(), at.y() - size * 0.5), QPointF(at.x(), at.y() + size * 0.5));
}

QString PointTool::describe(const EditablePerson& person, int point) const
{
    const auto i = static_cast<size_t>(point);
    const PointOrigin origin = person.origins.empty() ? PointOrigin::Model : person.origins[i];
    const QString name = m_persons.size() > 1 ? tr("%1, %2").arg(pointName(point), personName(person.person))
                                              : pointName(point);
    if (origin == PointOrigin::Placed)
        return tr("%1: placed by hand").arg(name);
    if (origin == PointOrigin::Between)
        return tr("%1: between corrected frames").arg(name);
    return tr("%1: score %2")
        .arg(name, view().locale().toString(static_cast<double>(person.points[i].score), 'f', 2));
}

void PointTool::paintNames(QPainter& painter) const
{
    if (m_persons.size() > 1)
        for (const EditablePerson& person : m_persons) {
            std::optional<QPointF> top;
            for (int point = 0; point < kPointCount; ++point)
                if (const auto place = placeOf(person.person, point);
                    place && (!top || place->y() < top->y()))
                    top = place;
            if (top)
                paintTag(painter, *top - QPointF(0, em()), personName(person.person));
        }
    const Handle named = m_hover && !m_dragging ? m_hover : Handle{m_person, m_point};
    if (const auto place = placeOf(named.person, named.point))
        paintTag(painter, *place, describe(*find(named.person), named.point));
}

void PointTool::paint(QPainter& painter)
{
    if (active()) {
        for (const bool chosen : {false, true}) // the chosen person on top
            for (const EditablePerson& person : m_persons)
                for (int point = 0; point < kPointCount && (person.person == m_person) == chosen; ++point)
                    if (placeOf(person.person, point) && !(chosen && point == m_point))
                        paintHandle(painter, person, point);
        if (const EditablePerson* person = find(m_person); person && placeOf(m_person, m_point))
            paintHandle(painter, *person, m_point);
        paintNames(painter);
    }
    paintFrame(painter);
}

} // namespace telltale
