// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/timelineview.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelineviewprivate.h"
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace telltale {

namespace {

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

struct OriginName {
    TimelineOrigin origin;
    const char* name;
};
constexpr std::array<OriginName, 4> kOriginNames{{
    {TimelineOrigin::Human, QT_TRANSLATE_NOOP("telltale::TimelineView", "marked by a person")},
    {TimelineOrigin::Imported, QT_TRANSLATE_NOOP("telltale::TimelineView", "imported (dashes)")},
    {TimelineOrigin::Model, QT_TRANSLATE_NOOP("telltale::TimelineView", "found by a model (dots)")},
    {TimelineOrigin::PseudoLabel,
        QT_TRANSLATE_NOOP("telltale::TimelineView", "pseudo-label: the modalities agreed (teeth)")},
}};

struct ChangeName {
    RoundChange change;
    const char* name;
};
constexpr std::array<ChangeName, 5> kChangeNames{{
    {RoundChange::Kept, QT_TRANSLATE_NOOP("telltale::TimelineView", "kept from the round before")},
    {RoundChange::New, QT_TRANSLATE_NOOP("telltale::TimelineView", "new in this round")},
    {RoundChange::Dropped, QT_TRANSLATE_NOOP("telltale::TimelineView", "dropped in this round")},
    {RoundChange::Relabelled, QT_TRANSLATE_NOOP("telltale::TimelineView", "relabelled in this round")},
    {RoundChange::Moved, QT_TRANSLATE_NOOP("telltale::TimelineView", "moved in this round")},
}};

} // namespace

TimelineView::Private::Private(TimelineView* view)
    : q(view)
    , strip(new OverviewStrip([this](int columns) { return overview(columns); }, view))
{
    strip->hide();
    watchMoves();
    QObject::connect(strip, &OverviewStrip::windowMoved, q, [this](double first) {
        scene.mapping().showFrom(first);
        refresh();
    });
    QObject::connect(strip, &OverviewStrip::zoomWanted, q, [this](double factor) { zoom(anchor(), factor); });
    QObject::connect(strip, &OverviewStrip::seekRequested, q, &TimelineView::seekRequested);
}

void TimelineView::Private::layOut()
{
    scene.resize(room());
    strip->setVisible(stripShown());
    strip->setGeometry(0, room().height(), q->width(), std::max(0, q->height() - room().height()));
    follow();
}

void TimelineView::Private::follow()
{
    const TimelineMapping& mapping = scene.mapping();
    strip->setArea(mapping.left(), mapping.right() - 1);
    strip->setWindow(mapping.positionAt(mapping.left()), mapping.positionAt(mapping.right()));
}

double TimelineView::Private::anchor() const
{
    const QRectF content = scene.content();
    const double playhead = scene.mapping().xOf(static_cast<double>(frame));
    return content.left() <= playhead && playhead <= content.right() ? playhead : content.center().x();
}

void TimelineView::Private::setKeyLane(int lane)
{
    const int before = std::exchange(keyLane, lane);
    sync();
    scene.scrollToLane(lane);
    refresh();
    if (lane != before)
        emit q->currentLaneChanged(lane);
}

void TimelineView::Private::spansChanged()
{
    hover = {};
    keyLane = std::min(keyLane, static_cast<int>(scene.lanes().size()) - 1);
    if (drag && !scene.find(drag->id())) { // somebody else took it away
        drag.reset();
        gesture = Gesture::None;
    }
    strip->refreshContent();
    refresh();
}

OverviewContent TimelineView::Private::overview(int columns)
{
    OverviewContent content;
    const TimelineOutline outline = scene.outline(columns);
    std::vector<QRgb> colors;
    looks().colorsOf(outline.marks, colors);
    content.columns.reserve(colors.size());
    for (size_t i = 0; i < colors.size(); ++i)
        content.columns.push_back({colors[i], outline.covered[i]});
    for (const TimelineLane& each : scene.lanes())
        content.reviewed.insert(content.reviewed.end(), each.ranges.begin(), each.ranges.end());
    for (const TimelineDamage& damage : scene.damage())
        content.damaged.push_back(damage.frames);
    return content;
}

SpanPainter& TimelineView::Private::looks()
{
    if (!spanLooks)
        spanLooks = std::make_unique<SpanPainter>(q->palette(), scene.font());
    return *spanLooks;
}

void TimelineView::Private::ensureStatic()
{
    const double ratio = q->devicePixelRatioF();
    const QSize pixels = (scene.size() * ratio).toSize();
    if (staticValid && layer.size() == pixels)
        return;
    if (layer.size() != pixels)
        layer = QImage(pixels, QImage::Format_RGB32);
    layer.setDevicePixelRatio(ratio);
    painter().drawStatic(layer, drag && drag->moved() ? drag->id() : 0);
    staticValid = true;
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
        QStringList about{state};
        for (const OriginName& entry : kOriginNames)
            if (entry.origin == span.origin)
                about.append(TimelineView::tr(entry.name));
        for (const ChangeName& entry : kChangeNames)
            if (entry.change == span.change)
                about.append(TimelineView::tr(entry.name));
        if (span.startSpread > 0 || span.endSpread > 0)
            about.append(TimelineView::tr("boundaries sure to about %1 and %2 frames")
                             .arg(q->locale().toString(span.startSpread, 'f', 0),
                                 q->locale().toString(span.endSpread, 'f', 0)));
        const FrameTimes& times = *scene.times();
        const auto length = times.timeOf(span.span.last) - times.timeOf(span.span.first);
        return TimelineView::tr("<b>%1</b><br>%2<br>frames %3 to %4 (%5)<br>%6 to %7 (%8 s)")
            .arg(span.text.toHtmlEscaped(), about.join(QStringLiteral("<br>")))
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
    if (lane >= 0 && position.x() < scene.content().left()) {
        const TimelineLane& data = scene.lanes()[static_cast<size_t>(lane)];
        return TimelineView::tr(
            "<p><b>%1</b> %2</p><p>A click with the right button, or Up and Down and then "
            "Ctrl+Menu, offers to hide or collapse it.</p>")
            .arg(data.title.toHtmlEscaped(), data.explanation);
    }
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
    d->strip->setFrameCount(d->scene.mapping().frameCount());
    d->strip->setPlayhead(0);
    d->layOut();
    d->refresh();
}

void TimelineView::setLanes(std::vector<TimelineLane> lanes)
{
    d->scene.setLanes(std::move(lanes));
    d->spansChanged();
}

void TimelineView::setLane(int lane, TimelineLane content)
{
    if (lane < 0 || lane >= static_cast<int>(d->scene.lanes().size()))
        return;
    d->scene.setLane(lane, std::move(content));
    d->spansChanged();
}

const std::vector<TimelineLane>& TimelineView::lanes() const { return d->scene.lanes(); }

int TimelineView::laneOf(const QString& key) const { return d->scene.laneOf(key); }

bool TimelineView::putSpan(int lane, TimelineSpan span)
{
    if (lane < 0 || lane >= static_cast<int>(d->scene.lanes().size()))
        return false;
    if (const auto found = d->scene.find(span.id); found && found->first != lane)
        d->scene.removeSpan(span.id);
    d->scene.putSpan(lane, std::move(span));
    d->spansChanged();
    return true;
}

bool TimelineView::removeSpan(int64_t annotationId)
{
    if (!d->scene.removeSpan(annotationId))
        return false;
    d->spansChanged();
    return true;
}

void TimelineView::setDamage(std::vector<TimelineDamage> damage)
{
    d->scene.setDamage(std::move(damage));
    d->strip->refreshContent();
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
    d->strip->setPlayhead(frame);
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
        d->keyLane = found->first; // keys walk on from here
    update();
}

int TimelineView::spanLane() const
{
    const std::vector<TimelineLane>& lanes = d->scene.lanes();
    if (d->keyLane >= 0 && lanes[static_cast<size_t>(d->keyLane)].editable)
        return d->keyLane;
    const auto first
        = std::find_if(lanes.begin(), lanes.end(), [](const TimelineLane& lane) { return lane.editable; });
    return first == lanes.end() ? -1 : static_cast<int>(first - lanes.begin());
}

bool TimelineView::selectSpanLane(int step)
{
    const std::vector<TimelineLane>& lanes = d->scene.lanes();
    const int from = spanLane();
    for (int lane = from + step; from >= 0 && lane >= 0 && lane < static_cast<int>(lanes.size());
         lane += step)
        if (lanes[static_cast<size_t>(lane)].editable) {
            d->setKeyLane(lane);
            return true;
        }
    return false;
}

int64_t TimelineView::besideOnLane(int step) const
{
    const int lane = spanLane();
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

int TimelineView::currentLane() const { return d->keyLane; }

void TimelineView::selectLane(int delta)
{
    const auto lanes = static_cast<int>(d->scene.lanes().size());
    if (lanes == 0)
        return;
    const int before = d->keyLane;
    // From nowhere the first step goes to the first lane, or to the last one.
    d->setKeyLane(before < 0 ? (delta > 0 ? 0 : lanes - 1) : std::clamp(before + delta, 0, lanes - 1));
}

OverviewStrip& TimelineView::overview() const { return *d->strip; }

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
    return QSizeF(em * 50, d->scene.rulerHeight() + lanes + 2 + d->strip->sizeHint().height()).toSize();
}

QSize TimelineView::minimumSizeHint() const
{
    const double em = d->scene.em();
    return QSizeF(em * 20, d->scene.rulerHeight() + em * 3 + d->strip->sizeHint().height()).toSize();
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
    d->spanLooks.reset();
    if (event->type() == QEvent::FontChange) {
        d->scene.setFont(font());
        d->layOut();
        updateGeometry();
    }
    d->strip->refreshContent();
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
    d->sync();
    const TimelinePainter painter = d->painter();
    if (!d->scene.times() || d->scene.times()->frameCount() == 0) {
        painter.drawPlaceholder(p, d->placeholder);
        return;
    }
    d->ensureStatic();
    p.drawImage(0, 0, d->layer);
    TimelineOverlay overlay;
    overlay.selected = d->selected;
    overlay.hover = d->hover;
    overlay.drag = d->drag ? &*d->drag : nullptr;
    overlay.frame = d->frame;
    overlay.lane = d->keyLane >= 0 ? d->keyLane : spanLane(); // where keys walk
    overlay.focused = hasFocus();
    painter.drawOverlay(p, overlay);
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->layOut();
    d->refresh();
}

} // namespace telltale
