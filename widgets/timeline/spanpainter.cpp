// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/spanpainter.h"
#include "widgets/colors.h"
#include <QPainter>
#include <algorithm>
#include <array>

namespace telltale {

namespace {

enum class Mark { None, CutCorner, Strike, Pennant };

/// How a state looks. Fill is the share of the class colour in the box at score 0 and at score 1.
struct StateStyle {
    SpanState state;
    double fillLow;
    double fillHigh;
    bool hatched;
    bool dotted;
    Mark mark;
};

constexpr std::array<StateStyle, 6> kStyles{{
    {SpanState::Proposed, 0.12, 0.55, true, false, Mark::None},
    {SpanState::Accepted, 0.92, 0.92, false, false, Mark::None},
    {SpanState::Corrected, 0.92, 0.92, false, false, Mark::CutCorner},
    {SpanState::Rejected, 0.08, 0.08, false, false, Mark::Strike},
    {SpanState::Skipped, 0.16, 0.16, false, true, Mark::None},
    {SpanState::Flagged, 0.92, 0.92, false, false, Mark::Pennant},
}};

struct OriginStyle {
    TimelineOrigin origin;
    BoxLook::Band band;
    QRgb color; ///< apart from each other in lightness too
};
constexpr std::array<OriginStyle, 4> kOrigins{{
    {TimelineOrigin::Human, BoxLook::Band::None, 0},
    {TimelineOrigin::Imported, BoxLook::Band::Dashes, 0xff5b6b82},
    {TimelineOrigin::Model, BoxLook::Band::Dots, 0xff1f6fd1},
    {TimelineOrigin::PseudoLabel, BoxLook::Band::Teeth, 0xff9b3fc4},
}};

struct ChangeSign {
    RoundChange change;
    char16_t sign;
};
constexpr std::array<ChangeSign, 5> kSigns{{
    {RoundChange::Kept, u'='},
    {RoundChange::New, u'+'},
    {RoundChange::Dropped, u'\u2212'},
    {RoundChange::Relabelled, u'\u2260'},
    {RoundChange::Moved, u'\u2194'},
}};

constexpr QRgb kPennant = 0xffd62728;
constexpr double kScoreSteps = 15;
constexpr double kSmall = 0.82; ///< of the size of the text
constexpr double kTiny = 0.68;

const StateStyle& styleOf(SpanState state)
{
    for (const StateStyle& style : kStyles)
        if (style.state == state)
            return style;
    return kStyles[1];
}

const OriginStyle& styleOf(TimelineOrigin origin) { return kOrigins.at(static_cast<size_t>(origin)); }

double fillOf(const StateStyle& style, double score)
{
    return style.fillLow + (style.fillHigh - style.fillLow) * std::clamp(score, 0.0, 1.0);
}

QFont smaller(QFont font, double share)
{
    font.setPointSizeF(font.pointSizeF() * share);
    return font;
}

bool isFaint(const StateStyle& style) { return style.mark == Mark::Strike || style.dotted; }

} // namespace

SpanPainter::SpanPainter(const QPalette& palette, const QFont& font)
    : m_palette(palette)
    , m_text(font)
    , m_smallText(smaller(font, kSmall))
    , m_tinyText(smaller(font, kTiny))
{
    for (const StateStyle& style : kStyles)
        for (size_t step = 0; step <= SpanMark::kScoreSteps; ++step) {
            const double fill = fillOf(style, static_cast<double>(step) / SpanMark::kScoreSteps);
            m_strengths[static_cast<size_t>(style.state)][step]
                = static_cast<int>(std::lround(std::max(0.25, fill) * 256));
        }
}

void SpanPainter::colorsOf(const std::vector<uint32_t>& marks, std::vector<QRgb>& colors)
{
    const QRgb base = m_palette.color(QPalette::Base).rgb();
    colors.resize(marks.size());
    for (size_t i = 0; i < marks.size(); ++i) {
        if (marks[i] == 0) {
            colors[i] = 0;
            continue;
        }
        KnownColor& known = m_colors[(marks[i] * 2654435769U) >> (32 - kColorBits)];
        if (known.mark != marks[i]) {
            const SpanMark mark = parseMark(marks[i]);
            const auto& strengths = m_strengths[static_cast<size_t>(mark.state)];
            known = {marks[i], blended(base, mark.color, strengths[static_cast<size_t>(mark.step)])};
        }
        colors[i] = known.color;
    }
}

const BoxLook& SpanPainter::lookOf(const TimelineSpan& span)
{
    const double score
        = span.state == SpanState::Proposed ? std::lround(std::clamp(span.score, 0.0, 1.0) * kScoreSteps) : 0;
    const uint64_t key = uint64_t{span.color.rgb()} | uint64_t{static_cast<uint32_t>(span.state)} << 32
        | uint64_t{static_cast<uint32_t>(span.origin)} << 40 | static_cast<uint64_t>(score) << 48;
    const auto [entry, fresh] = m_looks.try_emplace(key);
    BoxLook& look = entry->second;
    if (!fresh)
        return look;
    const StateStyle& style = styleOf(span.state);
    const OriginStyle& origin = styleOf(span.origin);
    const QColor base = m_palette.color(QPalette::Base);
    const QColor text = m_palette.color(QPalette::Text);
    const QColor fill = mixed(base, span.color, fillOf(style, score / kScoreSteps));
    const QColor edge
        = isFaint(style) ? mixed(base, span.color, 0.5) : mixed(span.color, text, style.hatched ? 0.0 : 0.28);
    const QColor ink = isFaint(style) ? edge : mixed(span.color, text, 0.7);
    look.fill = fill.rgb();
    look.stripe = style.hatched ? mixed(fill, base, isDark(m_palette) ? 0.5 : 0.55).rgb() : look.fill;
    look.edge = edge.rgb();
    look.dotted = style.dotted;
    look.strike = style.mark == Mark::Strike ? ink.rgb() : 0;
    look.cut = style.mark == Mark::CutCorner ? ink.rgb() : 0;
    look.pennant = style.mark == Mark::Pennant ? kPennant : 0;
    look.band = origin.band;
    look.bandColor = mixed(QColor(origin.color), text, isDark(m_palette) ? 0.35 : 0.0).rgb();
    look.bandBack = mixed(base, fill, 0.25).rgb();
    return look;
}

TextCache& SpanPainter::textFor(double height)
{
    const double em = m_text.metrics().height();
    return height >= em * 0.95 ? m_text : height >= em * 0.8 ? m_smallText : m_tinyText;
}

double SpanPainter::drawChange(QPainter& painter, const QRectF& room, RoundChange change, const QColor& fill)
{
    const auto* sign = std::find_if(
        kSigns.begin(), kSigns.end(), [change](const ChangeSign& each) { return each.change == change; });
    const double side = std::min(m_text.metrics().height() * 0.9, room.height() - 3);
    if (sign == kSigns.end() || room.width() < side + 2 || side < m_text.metrics().height() * 0.5)
        return 0;
    const QColor ink = readableOn(fill);
    const QRectF plate(room.right() - side, room.center().y() - side / 2, side, side);
    painter.fillRect(plate, mixed(fill, ink, 0.85));
    painter.setPen(readableOn(mixed(fill, ink, 0.85)));
    painter.drawText(plate, Qt::AlignCenter, QString(QChar(sign->sign)));
    return side + 2;
}

void SpanPainter::drawLabel(
    QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view)
{
    const StateStyle& style = styleOf(span.state);
    const BoxLook& look = lookOf(span);
    const double em = m_text.metrics().height();
    const double lead = style.mark == Mark::Pennant ? em * 0.95 : em * 0.3;
    const double tail = style.mark == Mark::CutCorner ? em * 0.5 : em * 0.2;
    QRectF room = box.intersected(view).adjusted(lead, 0, -tail, 0);
    if (box.height() < m_text.metrics().ascent() || room.width() < em * 0.8)
        return;
    room.adjust(0, 0, -drawChange(painter, room, span.change, QColor(look.fill)), 0);
    if (room.width() < em * 1.5 || span.text.isEmpty())
        return;
    // The band takes a little of the height.
    const double band = look.band == BoxLook::Band::None ? 0 : em * 0.2;
    if (style.hatched) { // stripes behind letters tire the eye
        const QColor plate = mixed(m_palette.color(QPalette::Base), QColor(look.fill), 0.75);
        const double width = std::min(room.width(), m_text.widthOf(span.text)) + em * 0.3;
        const QRectF behind(room.left() - em * 0.15, room.top() + 2, width, room.height() - 4 - band);
        painter.fillRect(behind.toRect(), plate);
        painter.setPen(readableOn(plate));
    } else {
        painter.setPen(isFaint(style) ? quietText(m_palette) : readableOn(QColor(look.fill)));
    }
    m_text.draw(painter, room.translated(0, -band / 2), span.text);
}

void SpanPainter::drawBox(QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view)
{
    const double ratio = painter.device()->devicePixelRatioF();
    // What reaches far outside the view is cut.
    const QRect part = box.intersected(view.adjusted(-8, 0, 8, 0)).toAlignedRect();
    if (part.isEmpty())
        return;
    QImage image((QSizeF(part.size()) * ratio).toSize(), QImage::Format_RGB32);
    image.fill(m_palette.color(QPalette::Base));
    PixelCanvas(image, ratio, m_text.metrics().height(), QRectF(QPointF(), part.size()))
        .box(box.translated(-part.topLeft()), lookOf(span));
    image.setDevicePixelRatio(ratio);
    painter.drawImage(part.topLeft(), image);
    drawLabel(painter, box, span, view);
}

} // namespace telltale
