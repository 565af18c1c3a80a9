// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/pixelcanvas.h"
#include "widgets/timeline/spanmarks.h"
#include "widgets/timeline/textcache.h"
#include <QPalette>
#include <array>
#include <unordered_map>

class QPainter;

namespace telltale {

/// Knows how spans look. State is told by pattern as well as by colour: accepted solid, corrected solid with
/// a cut corner, proposed hatched (the surer the stronger), rejected faint and struck through, skipped faint
/// and dotted, flagged solid with a pennant. Origin is a band along the lower edge: imported dashes, models
/// dots, pseudo-labels teeth. Keeps what it has worked out; made anew when palette or font change.
class SpanPainter {
public:
    SpanPainter(const QPalette& palette, const QFont& font);

    const BoxLook& lookOf(const TimelineSpan& span);
    /// Colours of spans too narrow for a box; 0 where there is none.
    void colorsOf(const std::vector<uint32_t>& marks, std::vector<QRgb>& colors);
    /// The text of a box in the part of it that lies inside `view`, and the mark of what became of it.
    void drawLabel(QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view);
    /// A box with its text by itself.
    void drawBox(QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view);
    TextCache& text() { return m_text; }
    TextCache& smallText() { return m_smallText; }
    /// The largest of the texts that fit into a lane of this height.
    TextCache& textFor(double height);

private:
    double drawChange(QPainter& painter, const QRectF& room, RoundChange change, const QColor& fill);

    static constexpr int kColorBits = 10;
    struct KnownColor {
        uint32_t mark = 0;
        QRgb color = 0;
    };

    QPalette m_palette;
    std::array<KnownColor, 1 << kColorBits> m_colors; ///< by a part of the mark's hash
    TextCache m_text;
    TextCache m_smallText;
    TextCache m_tinyText;
    std::unordered_map<uint64_t, BoxLook> m_looks;
    std::array<std::array<int, SpanMark::kScoreSteps + 1>, 6> m_strengths; ///< by state and step, of 256
};

} // namespace telltale
