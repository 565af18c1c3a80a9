// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Pointer, wheel and keys of the timeline.
#include "widgets/timeline/timelineviewprivate.h"
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace telltale {

namespace {

constexpr double kSnapEm = 0.6;

} // namespace

void TimelineView::Private::select(int64_t id)
{
    if (id == selected)
        return;
    selected = id;
    q->update();
    emit q->selectionChanged(id);
}

void TimelineView::Private::updateHover(const QPointF& position)
{
    const SpanHit hit = scene.times() ? scene.hit(position, selected) : SpanHit();
    const bool onEdge = hit && hit.part != SpanHit::Part::Body;
    q->setCursor(onEdge ? Qt::SizeHorCursor : Qt::ArrowCursor);
    if (hit == hover)
        return;
    hover = hit;
    q->update();
}

void TimelineView::Private::press(const QPointF& position)
{
    if (const SpanHit hit = scene.hit(position, selected)) {
        gesture = Gesture::Press;
        pressedId = scene.span(hit).id;
        pressedPart = hit.part;
        select(pressedId);
    } else if (position.x() >= scene.content().left()) {
        gesture = Gesture::Scrub;
        if (position.y() >= scene.rulerHeight())
            select(0);
        seekTo(position.x());
    }
}

void TimelineView::Private::startDrag()
{
    const auto found = scene.find(pressedId); // the lanes may have changed since the press
    if (!found || !scene.lanes()[static_cast<size_t>(found->first)].editable)
        return;
    const SpanHit hit{found->first, found->second, pressedPart};
    gesture = Gesture::Drag;
    drag.emplace(hit, scene.span(hit), scene.mapping().positionAt(pressedAt.x()), ++serial);
}

void TimelineView::Private::dragTo(const QPointF& position, Qt::KeyboardModifiers modifiers)
{
    const TimelineMapping& mapping = scene.mapping();
    const double tolerance
        = modifiers & Qt::AltModifier ? 0.0 : scene.em() * kSnapEm / mapping.pixelsPerFrame();
    const bool first = !drag->moved();
    if (!drag->moveTo(mapping.positionAt(position.x()), tolerance, frame, scene)) {
        q->update();
        return;
    }
    if (first)
        staticValid = false; // the span leaves the static layer
    q->update();
    emit q->spanDragged(drag->id(), drag->current().first, drag->current().last, drag->serial(), false);
}

void TimelineView::Private::endDrag(bool keep)
{
    gesture = Gesture::None;
    if (!drag)
        return;
    const TimelineDrag ended = *drag;
    drag.reset();
    refresh();
    if (!ended.moved())
        return;
    const FrameSpan& span = keep ? ended.current() : ended.original();
    emit q->spanDragged(ended.id(), span.first, span.last, ended.serial(), true);
}

void TimelineView::Private::pan(double dx, double dy)
{
    if (dx != 0)
        scene.mapping().pan(dx);
    if (dy != 0)
        scene.scrollTo(scene.scrollY() + dy);
    refresh();
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    if (!d->scene.times())
        return;
    const QPointF angle = event->angleDelta();
    const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / 120.0;
    const double step = d->scene.em() * 4;
    const bool across = event->modifiers() & Qt::ShiftModifier || angle.y() == 0;
    if (event->modifiers() & Qt::ControlModifier)
        d->zoom(event->position().x(), std::pow(kTimelineZoomStep, notches));
    else if (!across && d->scene.mostScroll() > 0)
        d->pan(0, -notches * d->scene.em() * 2);
    else
        d->pan(-notches * step, 0);
    d->updateHover(event->position());
    event->accept();
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (!d->scene.times() || d->gesture != Private::Gesture::None)
        return;
    d->pressedAt = d->lastAt = event->position();
    if (event->button() == Qt::MiddleButton) {
        d->gesture = Private::Gesture::Pan;
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton) {
        d->press(event->position());
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF position = event->position();
    const QPointF moved = position - d->lastAt;
    d->lastAt = position;
    if (event->buttons() == Qt::NoButton && d->gesture != Private::Gesture::None)
        d->endDrag(true); // the release went elsewhere
    switch (d->gesture) {
    case Private::Gesture::None:
        d->updateHover(position);
        break;
    case Private::Gesture::Scrub:
        d->seekTo(position.x());
        break;
    case Private::Gesture::Pan:
        d->pan(-moved.x(), -moved.y());
        break;
    case Private::Gesture::Press:
        if (std::abs(position.x() - d->pressedAt.x()) >= QApplication::startDragDistance() / 2.0)
            d->startDrag();
        if (d->drag)
            d->dragTo(position, event->modifiers());
        break;
    case Private::Gesture::Drag:
        d->dragTo(position, event->modifiers());
        break;
    }
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool ours = d->gesture == Private::Gesture::Pan ? event->button() == Qt::MiddleButton
                                                          : event->button() == Qt::LeftButton;
    if (!ours)
        return;
    d->endDrag(true);
    d->updateHover(event->position());
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const SpanHit hit = d->scene.times() ? d->scene.hit(event->position(), d->selected) : SpanHit();
    if (event->button() == Qt::LeftButton && hit)
        emit spanActivated(d->scene.span(hit).id);
    else
        mousePressEvent(event);
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const int64_t frames = d->scene.mapping().frameCount();
    d->sync();
    if (event->key() == Qt::Key_Escape && d->drag)
        d->endDrag(false);
    else if (frames > 0 && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal))
        d->zoom(d->anchor(), kTimelineZoomStep);
    else if (frames > 0 && event->key() == Qt::Key_Minus)
        d->zoom(d->anchor(), 1 / kTimelineZoomStep);
    else if (frames > 0 && event->key() == Qt::Key_Home)
        emit seekRequested(0);
    else if (frames > 0 && event->key() == Qt::Key_End)
        emit seekRequested(frames - 1);
    else if (frames > 0 && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        selectLane(event->key() == Qt::Key_Up ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!d->scene.times() || d->drag)
        return;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (event->modifiers() & Qt::ControlModifier && d->keyLane >= 0) {
            const QPointF name(d->scene.headerWidth() / 2, d->scene.laneRect(d->keyLane).center().y());
            emit laneMenuRequestedFor(d->keyLane, mapToGlobal(name.toPoint()));
        } else if (const auto found = d->scene.find(d->selected)) {
            const auto [lane, item] = *found;
            const FrameSpan span
                = d->scene.lanes()[static_cast<size_t>(lane)].spans[static_cast<size_t>(item)].span;
            const QPointF at = d->scene.boxOf(lane, item, span).intersected(d->scene.content()).center();
            emit contextMenuRequestedFor(d->selected, mapToGlobal(at.toPoint()));
        }
        return;
    }
    if (const SpanHit hit = d->scene.hit(event->pos(), d->selected)) {
        const int64_t id = d->scene.span(hit).id;
        d->select(id);
        emit contextMenuRequestedFor(id, event->globalPos());
    } else if (event->pos().x() < d->scene.content().left() && d->scene.laneAt(event->pos().y()) >= 0) {
        emit laneMenuRequestedFor(d->scene.laneAt(event->pos().y()), event->globalPos());
    }
}

} // namespace telltale
