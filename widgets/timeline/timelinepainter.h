// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/spanpainter.h"
#include "widgets/timeline/timelinedrag.h"

namespace telltale {

/// What changes with the pointer and is painted over the static layer.
struct TimelineOverlay {
    int64_t selected = 0;
    SpanHit hover;
    const TimelineDrag* drag = nullptr;
    int64_t frame = 0;
    bool focused = false;
};

/// Paints a scene in two layers: everything that stays while the playhead moves, and what lies over it.
class TimelinePainter {
public:
    TimelinePainter(const TimelineScene& scene, const QPalette& palette, double pixelRatio);

    /// Ruler, titles, lanes; without the span `hiddenId` (it is being dragged).
    void drawStatic(QPainter& painter, int64_t hiddenId) const;
    void drawOverlay(QPainter& painter, const TimelineOverlay& overlay) const;
    void drawPlaceholder(QPainter& painter, const QString& text) const;
    /// What the playhead at `frame` covers, for repainting just that.
    QRectF playheadRect(int64_t frame) const;

private:
    void drawRuler(QPainter& painter) const;
    void drawTitles(QPainter& painter) const;
    void drawLaneBackgrounds(QPainter& painter) const;
    void drawSpans(QPainter& painter, int lane, int64_t hiddenId) const;
    void drawRow(QPainter& painter, int lane, int row, int64_t hiddenId) const;
    void drawCurve(QPainter& painter, int lane) const;
    void drawNote(QPainter& painter, int lane) const;
    void drawPictures(QPainter& painter, int lane) const;
    void drawSound(QPainter& painter, int lane) const;
    void drawDamage(QPainter& painter) const;
    void drawRanges(QPainter& painter, int lane) const;
    void drawMarks(QPainter& painter) const;
    void drawScrollMarks(QPainter& painter) const;
    void drawRing(QPainter& painter, const QRectF& box, const QColor& color, double width) const;
    void drawGrips(QPainter& painter, const QRectF& box) const;
    void drawDrag(QPainter& painter, const TimelineDrag& drag) const;
    void drawDragLabel(QPainter& painter, const TimelineDrag& drag, const QRectF& box) const;
    void drawPlayhead(QPainter& painter, int64_t frame) const;

    const TimelineScene& m_scene;
    QPalette m_palette;
    SpanPainter m_spans;
    double m_ratio;
};

} // namespace telltale
