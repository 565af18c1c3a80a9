// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/timebase.h"
#include "data/types.h"
#include <QColor>
#include <QWidget>
#include <memory>
#include <vector>

namespace telltale {

/// One span as the timeline shows it.
struct TimelineSpan {
    int64_t id = 0; ///< annotation id
    FrameSpan span;
    QString text;
    QColor color;
    SpanState state = SpanState::Accepted;
    double score = 1; ///< opacity of proposals
};

/// A named row. Span lanes hold spans; curve lanes hold one value in [0, 1] per frame.
struct TimelineLane {
    QString title;
    std::vector<TimelineSpan> spans;
    std::vector<float> curve;
    QColor color;
    bool editable = false;
    int height = 24; ///< in text-height related units: scaled by the font
};

/// Lanes over time: zoom under the cursor (Ctrl+wheel, + and -), pan (wheel, Shift+wheel, middle button),
/// scrub (drag on the ruler or on an empty place), select, drag whole spans or their edges on editable lanes
/// (they snap to other boundaries and to the playhead unless Alt is held; Esc cancels), Home and End for the
/// first and last frame. Colour and pattern tell states apart: proposals hatched, rejected struck through.
/// Spans that overlap in a lane stand one below the other. GUI thread. Draws from its own index, not one item
/// per span.
class TimelineView : public QWidget {
    Q_OBJECT
public:
    explicit TimelineView(QWidget* parent = nullptr);
    ~TimelineView() override;

    void setVideo(std::shared_ptr<const FrameTimes> times); ///< null: empty state
    void setLanes(std::vector<TimelineLane> lanes);
    void setCurrentFrame(int64_t frame);
    int64_t currentFrame() const;
    void setSelected(int64_t annotationId); ///< 0 for none
    int64_t selected() const;
    void fitAll();
    void fitSpan(const FrameSpan& span);
    void setPlaceholder(const QString& text);
    /// Visible range, for tests and for remembering.
    FrameSpan visibleFrames() const;
    /// Where a frame boundary and a lane lie in widget coordinates (tests, tool tips).
    double xOf(int64_t frame) const;
    QRectF laneRect(int lane) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void seekRequested(qint64 frame);
    void selectionChanged(qint64 annotationId);
    void spanActivated(qint64 annotationId); ///< double click
    /// While dragging (`finished` false) and once at the end; one dragSerial per drag. A cancelled drag ends
    /// with the boundaries it began with. The view itself moves nothing: call setLanes with what came of it.
    void spanDragged(qint64 annotationId, qint64 first, qint64 last, int dragSerial, bool finished);
    void contextMenuRequestedFor(qint64 annotationId, QPoint globalPosition);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
