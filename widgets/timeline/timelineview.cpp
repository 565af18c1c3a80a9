// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/timelineview.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelinedrag.h"
#include "widgets/timeline/timelinepainter.h"
#include "widgets/timeline/timelinescene.h"
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QTimer>
#include <QToolTip>
#include <QWheelEvent>
#include <array>
#include <limits>

namespace telltale {

namespace {

constexpr double kZoomStep = 1.25; // per notch of the wheel or press of a key
constexpr double kSnapEm = 0.6;
constexpr std::chrono::milliseconds kMovePause{150};

struct StateName {
    SpanState state;
    const char* name;
};
constexpr std::array<StateName, 6> kStateNames{{
    {SpanState::Proposed, QT_TRANSLATE_NOOP("telltale::TimelineView", "proposed")},
    {SpanState::Accepted, QT_TRANSLATE_NOOP("telltale::TimelineView", "accepted")},
    {SpanState::Corrected, QT_TRANSLATE_NOOP("telltale::TimelineView", "corrected")},
    {SpanState::Rejected, QT_TRANSLATE_NOOP("telltale::TimelineView", "rejected")},
    {SpanState::Skipped, QT_TRANSLATE_NOOP("telltale::TimelineView", "skipped")},
    {SpanState::Flagged, QT_TRANSLATE_NOOP("telltale::TimelineView", "flagged")},
}};

} // namespace

class TimelineView::Private {
public:
    enum class Gesture { None, Scrub, Pan, Press, Drag };

    explicit Private(TimelineView* view) : q(view)
    {
        pause.setSingleShot(true);
        pause.setInterval(kMovePause);
        QObject::connect(&pause, &QTimer::timeout, q, [this] {
            tiling = scene.framesPerTile(1);
            seen = scene.mapping().visible();
            emit q->viewMoved();
        });
    }

    void refresh()
    {
        staticValid = false;
        const bool moved = scene.mapping().visible() != seen || scene.framesPerTile(1) != tiling;
        if (moved && !pause.isActive())
            pause.start();
        q->update();
    }
    /// A widget that was never shown has a size, but was not told of it.
    void sync()
    {
        if (scene.size() != QSizeF(q->size()))
            scene.resize(q->size());
    }
    void ensureStatic();
    TimelinePainter painter() const { return {scene, q->palette(), q->devicePixelRatioF()}; }
    void zoom(double x, double factor)
    {
        scene.mapping().zoomAbout(x, factor);
        refresh();
    }
    void seekTo(double x) { emit q->seekRequested(scene.mapping().frameAt(x)); }
    void select(int64_t id);
    void updateHover(const QPointF& position);
    void press(const QPointF& position);
    void startDrag();
    void dragTo(const QPointF& position, Qt::KeyboardModifiers modifiers);
    void endDrag(bool keep);
    void pan(double dx, double dy);
    QString toolTip(const QPointF& position) const;

    TimelineView* q;
    TimelineScene scene;
    QString placeholder;
    int64_t frame = 0;
    int64_t selected = 0;
    int walked = 0; ///< lane that was chosen last
    int serial = 0;
    SpanHit hover;
    int64_t pressedId = 0;
    SpanHit::Part pressedPart = SpanHit::Part::Body;
    Gesture gesture = Gesture::None;
    QPointF pressedAt;
    QPointF lastAt;
    std::optional<TimelineDrag> drag;
    QPixmap layer; ///< everything that stays while the playhead moves
    bool staticValid = false;
    QTimer pause; ///< between two reports of where the view is
    FrameSpan seen; ///< at the last one
    double tiling = 0; ///< then
};

void TimelineView::Private::ensureStatic()
{
    const double ratio = q->devicePixelRatioF();
    const QSize pixels = (QSizeF(q->size()) * ratio).toSize();
    if (staticValid && layer.size() == pixels)
        return;
    if (layer.size() != pixels)
        layer = QPixmap(pixels);
    layer.setDevicePixelRatio(ratio);
    QPainter p(&layer);
    painter().drawStatic(p, drag && drag->moved() ? drag->id() : 0);
    staticValid = true;
}

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

QString TimelineView::Private::toolTip(const QPointF& position) const
{
    if (!scene.times())
        return {};
    if (const SpanHit hit = scene.hit(position, selected)) {
        const TimelineSpan& span = scene.span(hit);
        QString state;
        for (const StateName& entry : kStateNames)
            if (entry.state == span.state)
                state = TimelineView::tr(entry.name);
        if (span.state == SpanState::Proposed)
            state = TimelineView::tr("%1, score %2").arg(state, q->locale().toString(span.score, 'f', 2));
        const FrameTimes& times = *scene.times();
        const auto length = times.timeOf(span.span.last) - times.timeOf(span.span.first);
        return TimelineView::tr("<b>%1</b><br>%2<br>frames %3 to %4 (%5)<br>%6 to %7 (%8 s)")
            .arg(span.text.toHtmlEscaped(), state)
            .arg(span.span.first)
            .arg(span.span.last - 1)
            .arg(span.span.length())
            .arg(clockText(times.timeOf(span.span.first), true),
                clockText(times.timeOf(span.span.last), true),
                q->locale().toString(std::chrono::duration<double>(length).count(), 'f', 2));
    }
    const QStringList marks
        = position.y() < scene.rulerHeight() ? scene.marksAt(position.x()) : QStringList();
    if (!marks.isEmpty())
        return marks.join(QString());
    const int lane = scene.laneAt(position.y());
    if (lane >= 0 && position.x() < scene.content().left())
        return scene.lanes()[static_cast<size_t>(lane)].title;
    if (lane >= 0 && !scene.lanes()[static_cast<size_t>(lane)].explanation.isEmpty())
        return scene.lanes()[static_cast<size_t>(lane)].explanation;
    if (const TimelineDamage* damage
        = position.x() < scene.content().left() ? nullptr : scene.damageAt(position.x()))
        return TimelineView::tr("<b>Damaged</b><br>%1<br>frames %2 to %3 (%4)")
            .arg(damage->reason.toHtmlEscaped())
            .arg(damage->frames.first)
            .arg(damage->frames.last - 1)
            .arg(damage->frames.length());
    return {};
}

TimelineView::TimelineView(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(
        tr("Spans and scores of the video over time. Click to seek, drag a span or its edges to move it, "
           "Ctrl and the wheel or plus and minus to zoom."));
    d->placeholder = tr("No video is open. Its spans will be shown here over time.");
    d->scene.setFont(font());
}

TimelineView::~TimelineView() = default;

void TimelineView::setVideo(std::shared_ptr<const FrameTimes> times)
{
    d->endDrag(false);
    d->hover = {};
    d->frame = 0;
    d->scene.setVideo(std::move(times));
    d->refresh();
}

void TimelineView::setLanes(std::vector<TimelineLane> lanes)
{
    d->scene.setLanes(std::move(lanes));
    d->hover = {};
    if (d->drag && !d->scene.find(d->drag->id())) { // somebody else took it away
        d->drag.reset();
        d->gesture = Private::Gesture::None;
    }
    d->refresh();
}

void TimelineView::setDamage(std::vector<TimelineDamage> damage)
{
    d->scene.setDamage(std::move(damage));
    d->refresh();
}

void TimelineView::setMarks(std::vector<TimelineMark> marks)
{
    d->scene.setMarks(std::move(marks));
    d->refresh();
}

void TimelineView::setSnapFrames(std::vector<int64_t> frames) { d->scene.setSnapFrames(std::move(frames)); }

void TimelineView::setPictures(std::vector<TimelinePicture> pictures)
{
    d->scene.setPictures(std::move(pictures));
    d->refresh();
}

void TimelineView::setSound(TimelineSound sound, float loudest)
{
    d->scene.setSound(std::move(sound), loudest);
    d->refresh();
}

void TimelineView::setCurrentFrame(int64_t frame)
{
    if (frame == d->frame)
        return;
    const int64_t before = d->frame;
    d->frame = frame;
    const FrameSpan visible = d->scene.mapping().visible();
    const bool jumped = std::abs(frame - before) > 1;
    const bool busy = d->gesture != Private::Gesture::None;
    // Playing runs the view along in pages; a view that was moved away on purpose is left alone.
    if (!visible.contains(frame) && !busy && (jumped || visible.contains(before))) {
        d->scene.mapping().showAt(frame, jumped ? 0.5 : frame > before ? 0.05 : 0.95);
        d->refresh();
        return;
    }
    const TimelinePainter painter = d->painter();
    update(painter.playheadRect(before).toAlignedRect());
    update(painter.playheadRect(frame).toAlignedRect());
}

int64_t TimelineView::currentFrame() const { return d->frame; }

void TimelineView::setSelected(int64_t annotationId)
{
    d->selected = annotationId;
    if (const auto found = d->scene.find(annotationId))
        d->walked = found->first;
    update();
}

int TimelineView::currentLane() const
{
    const std::vector<TimelineLane>& lanes = d->scene.lanes();
    const auto holdsSpans = [&](int lane) { return lanes[static_cast<size_t>(lane)].editable; };
    const int count = static_cast<int>(lanes.size());
    if (d->walked < count && holdsSpans(d->walked))
        return d->walked;
    for (int lane = 0; lane < count; ++lane)
        if (holdsSpans(lane))
            return lane;
    return -1;
}

bool TimelineView::selectLane(int step)
{
    const std::vector<TimelineLane>& lanes = d->scene.lanes();
    const int from = currentLane();
    for (int lane = from + step; from >= 0 && lane >= 0 && lane < static_cast<int>(lanes.size());
         lane += step) {
        if (!lanes[static_cast<size_t>(lane)].editable)
            continue;
        d->walked = lane;
        update();
        return true;
    }
    return false;
}

int64_t TimelineView::besideOnLane(int step) const
{
    const int lane = currentLane();
    if (lane < 0)
        return 0;
    const auto found = d->scene.find(d->selected);
    const bool here = found && found->first == lane;
    const auto place = [](const TimelineSpan& span) { return std::pair(span.span.first, span.id); };
    const TimelineSpan* const from = here ? &d->scene.span({found->first, found->second}) : nullptr;
    const std::pair<int64_t, int64_t> start
        = from ? place(*from) : std::pair(d->frame, step > 0 ? std::numeric_limits<int64_t>::max() : 0);
    const TimelineSpan* best = nullptr;
    for (const TimelineSpan& span : d->scene.lanes()[static_cast<size_t>(lane)].spans) {
        const bool beyond = step > 0 ? place(span) > start : place(span) < start;
        const bool nearer = !best || (step > 0 ? place(span) < place(*best) : place(span) > place(*best));
        if (span.id > 0 && beyond && nearer)
            best = &span;
    }
    return best ? best->id : 0;
}

int64_t TimelineView::selected() const { return d->selected; }

void TimelineView::fitAll()
{
    d->sync();
    d->scene.mapping().fitAll();
    d->refresh();
}

void TimelineView::fitSpan(const FrameSpan& span)
{
    d->sync();
    d->scene.mapping().fit(span);
    d->refresh();
}

void TimelineView::setPlaceholder(const QString& text)
{
    d->placeholder = text;
    update();
}

FrameSpan TimelineView::visibleFrames() const
{
    d->sync();
    return d->scene.mapping().visible();
}

double TimelineView::xOf(int64_t frame) const
{
    d->sync();
    return d->scene.mapping().xOf(static_cast<double>(frame));
}

QRectF TimelineView::laneRect(int lane) const
{
    d->sync();
    return d->scene.laneRect(lane);
}

std::pair<FrameSpan, int> TimelineView::picturesWanted(double aspect) const
{
    d->sync();
    const TimelineMapping& mapping = d->scene.mapping();
    if (mapping.frameCount() == 0 || d->scene.pictureLane() < 0)
        return {};
    const double perTile = d->scene.framesPerTile(aspect);
    const double first = std::floor(mapping.positionAt(mapping.left()) / perTile);
    const double last = std::ceil(
        std::min(mapping.positionAt(mapping.right()), static_cast<double>(mapping.frameCount())) / perTile);
    const FrameSpan span{std::llround(first * perTile), std::llround(last * perTile)};
    return {clampSpan(span, mapping.frameCount()), static_cast<int>(last - first)};
}

int TimelineView::pictureHeight() const
{
    const int lane = d->scene.pictureLane();
    const double height = lane < 0 ? 0 : d->scene.laneRect(lane).height() - kPictureGap;
    return static_cast<int>(std::lround(height * devicePixelRatioF()));
}

QSize TimelineView::sizeHint() const
{
    const double em = d->scene.em();
    const double lanes = d->scene.lanesHeight() > 0 ? d->scene.lanesHeight() : em * 9;
    return QSizeF(em * 50, d->scene.rulerHeight() + lanes + 2).toSize();
}

QSize TimelineView::minimumSizeHint() const
{
    const double em = d->scene.em();
    return QSizeF(em * 20, d->scene.rulerHeight() + em * 3).toSize();
}

bool TimelineView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && d->drag
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // a window's own use of Esc must wait until the drag is over
        return true;
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = d->toolTip(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

void TimelineView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        d->scene.setFont(font());
        updateGeometry();
    }
    d->refresh();
}

void TimelineView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void TimelineView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void TimelineView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    d->updateHover(QPointF(-1, -1));
}

void TimelineView::paintEvent(QPaintEvent* event)
{
    QPainter p(this);
    p.setClipRegion(event->region());
    const TimelinePainter painter = d->painter();
    if (!d->scene.times() || d->scene.times()->frameCount() == 0) {
        painter.drawPlaceholder(p, d->placeholder);
        return;
    }
    d->ensureStatic();
    p.drawPixmap(0, 0, d->layer);
    TimelineOverlay overlay;
    overlay.selected = d->selected;
    overlay.hover = d->hover;
    overlay.drag = d->drag ? &*d->drag : nullptr;
    overlay.frame = d->frame;
    overlay.focused = hasFocus();
    painter.drawOverlay(p, overlay);
    if (const int lane = currentLane(); lane >= 0) { // where keys walk
        const QRectF row = d->scene.laneRect(lane).intersected(
            QRectF(0, d->scene.rulerHeight(), width(), height() - d->scene.rulerHeight()));
        p.fillRect(QRectF(row.topLeft(), QSizeF(std::round(d->scene.em() * 0.2), row.height())),
            palette().color(QPalette::Highlight));
    }
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->scene.resize(size());
    d->refresh();
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
        d->zoom(event->position().x(), std::pow(kZoomStep, notches));
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
    const double playhead = xOf(d->frame);
    const QRectF content = d->scene.content();
    const double anchor
        = content.left() <= playhead && playhead <= content.right() ? playhead : content.center().x();
    if (event->key() == Qt::Key_Escape && d->drag)
        d->endDrag(false);
    else if (frames > 0 && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal))
        d->zoom(anchor, kZoomStep);
    else if (frames > 0 && event->key() == Qt::Key_Minus)
        d->zoom(anchor, 1 / kZoomStep);
    else if (frames > 0 && event->key() == Qt::Key_Home)
        emit seekRequested(0);
    else if (frames > 0 && event->key() == Qt::Key_End)
        emit seekRequested(frames - 1);
    else
        QWidget::keyPressEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!d->scene.times() || d->drag)
        return;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (const auto found = d->scene.find(d->selected)) {
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
    }
}

} // namespace telltale
