// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/timelineview.h"
#include <QFontMetricsF>
#include <QPalette>
#include <QPixmap>

namespace telltale {

/// Draws spans as boxes. State is told by pattern as well as by colour: accepted solid, corrected solid with
/// a cut corner, proposed hatched (the surer the stronger), rejected faint and struck through, skipped faint
/// and dotted, flagged solid with a pennant.
class SpanPainter {
public:
    SpanPainter(const QPalette& palette, const QFontMetricsF& metrics, double pixelRatio);

    /// A box with its text in the part of it that lies inside `view`.
    void drawBox(QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view) const;
    /// The colour of spans too narrow for a box.
    QColor columnColor(const TimelineSpan& span) const;

private:
    void drawMark(QPainter& painter, const QRectF& box, SpanState state, const QColor& ink) const;
    void drawText(QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view,
        const QColor& ink) const;

    QPalette m_palette;
    QFontMetricsF m_metrics;
    QPixmap m_hatch;
    double m_radius;
};

} // namespace telltale
