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
    int lane = -1; ///< that the keys are about
    bool focused = false;
};

/// Paints a scene in two layers: everything that stays while the playhead moves, and what lies over it.
class TimelinePainter {
public:
    TimelinePainter(
        const TimelineScene& scene, const QPalette& palette, double pixelRatio, SpanPainter& spans);

    /// Ruler, titles, lanes, on an opaque 32-bit image; without the span `hiddenId` (it is being dragged).
    void drawStatic(QImage& layer, int64_t hiddenId) const;
    void drawOverlay(QPainter& painter, const TimelineOverlay& overlay) const;
    void drawPlaceholder(QPainter& painter, const QString& text) const;
    /// What the playhead at `frame` covers, for repainting just that.
    QRectF playheadRect(int64_t frame) const;

private:
    /// A box that is waiting for its text.
    struct Label {
        QRectF box;
        const TimelineSpan* span;
    };
    /// What one visual row shows.
    struct RowContent;
    void drawRuler(QPainter& painter) const;
    void drawTitles(QPainter& painter) const;
    void drawLaneBackgrounds(QPainter& painter) const;
    void drawSpans(PixelCanvas& canvas, int lane, int64_t hiddenId, std::vector<Label>& labels) const;
    /// Spans from afar, and the boxes among them.
    void collectFromPyramids(const PixelCanvas& canvas, int lane, int row, RowContent& content) const;
    /// Spans one by one.
    void collectFromIndex(const PixelCanvas& canvas, int lane, int indexRow, RowContent& content) const;
    void drawCurve(PixelCanvas& canvas, int lane) const;
    void drawNote(QPainter& painter, int lane) const;
    void drawPictures(QPainter& painter, int lane) const;
    void drawSound(QPainter& painter, int lane) const;
    void drawDamage(QPainter& painter) const;
    void drawRanges(QPainter& painter, int lane) const;
    void drawMarks(QPainter& painter) const;
    void drawScrollMarks(QPainter& painter) const;
    void drawCurrentLane(QPainter& painter, int lane) const;
    void drawRing(QPainter& painter, const QRectF& box, const QColor& color, double width) const;
    void drawGrips(QPainter& painter, const QRectF& box) const;
    void drawDrag(QPainter& painter, const TimelineDrag& drag) const;
    void drawDragLabel(QPainter& painter, const TimelineDrag& drag, const QRectF& box) const;
    void drawPlayhead(QPainter& painter, int64_t frame) const;

    const TimelineScene& m_scene;
    const QPalette& m_palette;
    SpanPainter& m_spans;
    double m_ratio;
    mutable LodPyramid::Plan m_plan; ///< of the picture that is being painted; empty until it is needed
};

} // namespace telltale
