// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Spans and curves of the static layer, at any zoom and in any number: boxes where there is room for them,
// columns of pixels where there is not, and for columns of many spans what their pyramids say.
#include "widgets/colors.h"
#include "widgets/timeline/timelinepainter.h"
#include <algorithm>

namespace telltale {

namespace {

constexpr double kSmallestBox = 4; // pixels; narrower spans are plain columns
constexpr double kSmallestLabel = 0.8; // widths of boxes with something in them, in text heights

} // namespace

struct TimelinePainter::RowContent {
    struct Box {
        const LaneIndex::Entry* entry;
        double left; ///< widget coordinates
        double right;
    };
    int64_t hiddenKey = 0;
    std::vector<uint32_t> marks; ///< of narrow spans, one a column
    std::vector<uint8_t> covered; ///< columns that a box covers
    std::vector<Box> boxes; ///< upper ones first

    /// A box that is wholly below others is left out, so that there are never more than columns.
    void add(const Box& box, const PixelCanvas& canvas)
    {
        const double ratio = canvas.pixelRatio();
        const auto columnAt = [&](double x) {
            const double column = x * ratio - canvas.firstColumn();
            return static_cast<size_t>(std::clamp(column, 0.0, static_cast<double>(covered.size())));
        };
        const size_t begin = columnAt(box.left);
        const size_t end = columnAt(box.right);
        bool seen = false;
        for (size_t column = begin; column < end; ++column) {
            seen = seen || covered[column] == 0;
            covered[column] = 1;
        }
        if (seen)
            boxes.push_back(box);
    }
};

void TimelinePainter::collectFromPyramids(
    const PixelCanvas& canvas, int lane, int row, RowContent& content) const
{
    const TimelineMapping& mapping = m_scene.mapping();
    const double perColumn = 1 / (mapping.pixelsPerFrame() * m_ratio);
    const double position = mapping.positionAt(canvas.firstColumn() / m_ratio);
    const auto& pyramids = m_scene.pyramids(lane);
    for (size_t p = 0; p < pyramids.size(); ++p) {
        if (pyramids[p].empty() || m_scene.visualRow(lane, static_cast<int>(p)) != row)
            continue;
        if (m_plan.bins.empty())
            m_plan = pyramids[p].plan(position, perColumn, content.marks.size());
        pyramids[p].columns(m_plan, content.marks);
    }
    const double last = position + perColumn * canvas.columnCount();
    const auto length = static_cast<int64_t>(std::ceil(kSmallestBox / mapping.pixelsPerFrame()));
    const auto rows = static_cast<int>(m_scene.index(lane).rows().size());
    for (int r = row; r < rows; r += m_scene.rows(lane))
        m_scene.index(lane).visitLong(r, position - 1, last, length, [&](const LaneIndex::Entry& entry) {
            if (entry.key != content.hiddenKey)
                content.add({&entry, mapping.xOf(static_cast<double>(entry.span.first)),
                                mapping.xOf(static_cast<double>(entry.span.last))},
                    canvas);
        });
}

void TimelinePainter::collectFromIndex(
    const PixelCanvas& canvas, int lane, int indexRow, RowContent& content) const
{
    const TimelineMapping& mapping = m_scene.mapping();
    const QRectF view = m_scene.content();
    const LaneIndex::Row& entries = m_scene.index(lane).rows()[static_cast<size_t>(indexRow)];
    // Soft edges and the room of a column reach a little beyond the boundaries.
    for (auto it = firstEndingAfter(entries, mapping.positionAt(view.left()) - 1); it != entries.end();
         ++it) {
        const double left = mapping.xOf(static_cast<double>(it->span.first));
        if (left > view.right())
            break;
        if (content.hiddenKey != 0 && it->key == content.hiddenKey)
            continue;
        const double right = mapping.xOf(static_cast<double>(it->span.last));
        if (right - left >= kSmallestBox) {
            content.add({&*it, left, right}, canvas);
            continue;
        }
        const double from = std::max(0.0, left * m_ratio - canvas.firstColumn());
        const double to = right * m_ratio - canvas.firstColumn();
        for (auto column = static_cast<size_t>(from);
             column < content.marks.size() && static_cast<double>(column) < to; ++column)
            content.marks[column] = std::max(content.marks[column], it->mark);
    }
}

void TimelinePainter::drawSpans(
    PixelCanvas& canvas, int lane, int64_t hiddenId, std::vector<Label>& labels) const
{
    const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
    if (data.spans.empty())
        return;
    const TimelineMapping& mapping = m_scene.mapping();
    const double perColumn = 1 / (mapping.pixelsPerFrame() * m_ratio);
    const auto& pyramids = m_scene.pyramids(lane);
    const bool fromAfar = std::any_of(pyramids.begin(), pyramids.end(),
        [perColumn](const LodPyramid& pyramid) { return pyramid.resolves(perColumn); });
    const auto columns = static_cast<size_t>(canvas.columnCount());
    const auto indexRows = static_cast<int>(m_scene.index(lane).rows().size());
    const double labelWidth = m_scene.em() * kSmallestLabel;
    RowContent content;
    content.hiddenKey = hiddenId;
    std::vector<QRgb> pixels;
    for (int row = 0; row < std::min(m_scene.rows(lane), indexRows); ++row) {
        content.marks.assign(columns, 0);
        content.covered.assign(columns, 0);
        content.boxes.clear();
        if (fromAfar)
            collectFromPyramids(canvas, lane, row, content);
        else
            for (int r = row; r < indexRows; r += m_scene.rows(lane))
                collectFromIndex(canvas, lane, r, content);
        const QRectF rect = m_scene.rowRect(lane, row);
        m_spans.colorsOf(content.marks, pixels);
        if (!content.boxes.empty()) // what lies under a box does not shine through its corners
            for (size_t column = 0; column < columns; ++column)
                if (content.covered[column] != 0)
                    pixels[column] = 0;
        canvas.columns(rect.top() + 1, rect.bottom() - 1, pixels);
        for (auto box = content.boxes.rbegin(); box != content.boxes.rend(); ++box) {
            const TimelineSpan& span = data.spans[static_cast<size_t>(box->entry->item)];
            BoxLook look = m_spans.lookOf(span);
            look.softStart = span.startSpread * mapping.pixelsPerFrame();
            look.softEnd = span.endSpread * mapping.pixelsPerFrame();
            const QRectF place(box->left, rect.top(), box->right - box->left, rect.height());
            canvas.box(place, look);
            if (place.width() >= labelWidth)
                labels.push_back({place, &span});
        }
    }
}

void TimelinePainter::drawCurve(PixelCanvas& canvas, int lane) const
{
    const CurvePyramid& curve = m_scene.curve(lane);
    if (curve.size() == 0)
        return;
    const TimelineMapping& mapping = m_scene.mapping();
    const double perColumn = 1 / (mapping.pixelsPerFrame() * m_ratio);
    const CurvePyramid::Columns columns
        = curve.columns(mapping.positionAt(canvas.firstColumn() / m_ratio), perColumn, canvas.columnCount());
    const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
    const QColor color = data.color.isValid() ? data.color : m_palette.color(QPalette::Highlight);
    canvas.curve(m_scene.laneRect(lane).adjusted(0, 2, 0, -1), columns.low, columns.high, color.rgb(),
        mixed(color, m_palette.color(QPalette::Text), 0.12).rgb());
}

} // namespace telltale
