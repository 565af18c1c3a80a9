// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/overviewstrip.h"
#include "widgets/timeline/timelinedrag.h"
#include "widgets/timeline/timelinepainter.h"
#include "widgets/timeline/timelinescene.h"
#include <QTimer>

namespace telltale {

inline constexpr double kTimelineZoomStep = 1.25; ///< per notch of the wheel or press of a key

/// Used by the two files of TimelineView alone.
class TimelineView::Private {
public:
    enum class Gesture { None, Scrub, Pan, Press, Drag };

    explicit Private(TimelineView* view);
    void watchMoves()
    {
        pause.setSingleShot(true);
        pause.setInterval(std::chrono::milliseconds(150));
        QObject::connect(&pause, &QTimer::timeout, q, [this] {
            tiling = scene.framesPerTile(1);
            seen = scene.mapping().visible();
            emit q->viewMoved();
        });
    }

    bool stripShown() const { return scene.mapping().frameCount() > 0; }
    QSize room() const ///< of the scene; the strip has the rest
    {
        return {q->width(), std::max(1, q->height() - (stripShown() ? strip->sizeHint().height() : 0))};
    }
    void layOut();
    void refresh()
    {
        staticValid = false;
        follow();
        const bool moved = scene.mapping().visible() != seen || scene.framesPerTile(1) != tiling;
        if (moved && !pause.isActive())
            pause.start();
        q->update();
    }
    /// A widget that was never shown has a size, but was not told of it.
    void sync()
    {
        if (scene.size() != QSizeF(room()) || strip->width() != q->width())
            layOut();
    }
    void ensureStatic();
    void follow(); ///< the strip shows what the scene has in view
    /// Spans or lanes changed: the strip's content, and what was under the pointer, may have.
    void setKeyLane(int lane); ///< and scrolls there
    void spansChanged();
    OverviewContent overview(int columns);
    SpanPainter& looks();
    TimelinePainter painter() { return {scene, q->palette(), q->devicePixelRatioF(), looks()}; }
    double anchor() const; ///< what keys zoom about: the playhead, if it is in view
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
    int serial = 0;
    SpanHit hover;
    int64_t pressedId = 0;
    SpanHit::Part pressedPart = SpanHit::Part::Body;
    Gesture gesture = Gesture::None;
    QPointF pressedAt;
    QPointF lastAt;
    std::optional<TimelineDrag> drag;
    OverviewStrip* strip;
    int keyLane = -1; ///< that the keys are about
    std::unique_ptr<SpanPainter> spanLooks; ///< for the palette and font of now
    QImage layer; ///< everything that stays while the playhead moves
    bool staticValid = false;
    QTimer pause; ///< between two reports of where the view is
    FrameSpan seen; ///< at the last one
    double tiling = 0; ///< then
};

} // namespace telltale
