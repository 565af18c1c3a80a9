// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/overlaypainter.h"
#include "pose/layout.h"
#include "widgets/colors.h"
#include "widgets/video/strokes.h"
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <array>

namespace telltale {

namespace {

struct PartStyle {
    BodyPart part;
    QColor color;
    bool fine;
};

// Orange, sky blue and white stay apart for every common kind of colour blindness.
const std::array<PartStyle, 8> kPartStyles{{
    {BodyPart::Head, QColor(0xf7, 0xf4, 0xe9), false},
    {BodyPart::Torso, QColor(0xf7, 0xf4, 0xe9), false},
    {BodyPart::LeftArm, QColor(0xf5, 0x9e, 0x1b), false},
    {BodyPart::RightArm, QColor(0x3f, 0xae, 0xf5), false},
    {BodyPart::LeftHand, QColor(0xff, 0xc4, 0x66), true},
    {BodyPart::RightHand, QColor(0x8f, 0xd2, 0xff), true},
    {BodyPart::LeftLeg, QColor(0xf5, 0x9e, 0x1b), false},
    {BodyPart::RightLeg, QColor(0x3f, 0xae, 0xf5), false},
}};

constexpr QRgb kHalo = qRgb(0, 0, 0); // keeps bones readable on a bright picture

const PartStyle& styleOf(BodyPart part)
{
    for (const PartStyle& style : kPartStyles)
        if (style.part == part)
            return style;
    return kPartStyles[0];
}

double opacityOf(float score, const SkeletonLook& look)
{
    return look.scoreOpacity ? std::clamp(0.25 + 0.85 * static_cast<double>(score), 0.0, 1.0) : 1.0;
}

QList<QString> elided(const QList<OverlayLabel>& labels, const QFontMetricsF& metrics, double width)
{
    QList<QString> texts;
    for (const OverlayLabel& label : labels)
        texts.append(metrics.elidedText(label.text, Qt::ElideRight, width));
    return texts;
}

void drawChip(
    QPainter& painter, const QRectF& chip, const OverlayLabel& label, const QString& text, double em)
{
    const double radius = em * 0.3;
    const QColor dark(0x16, 0x18, 0x1c);
    QColor ink = readableOn(label.color);
    if (label.proposed) { // hatched and outlined: not decided yet
        const QColor plate = mixed(dark, label.color, 0.22);
        QPainterPath shape;
        shape.addRoundedRect(chip, radius, radius);
        painter.fillPath(shape, withAlpha(plate, 0.92));
        painter.save();
        painter.setClipPath(shape);
        painter.setPen(QPen(withAlpha(label.color, 0.45), em * 0.1));
        for (double x = chip.left() - chip.height(); x < chip.right(); x += em * 0.42)
            painter.drawLine(QPointF(x, chip.bottom()), QPointF(x + chip.height(), chip.top()));
        painter.restore();
        painter.setBrush(withAlpha(plate, 0.8));
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(chip.adjusted(em * 0.35, em * 0.12, -em * 0.35, -em * 0.12), radius, radius);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(label.color, em * 0.1));
        ink = QColor(0xff, 0xff, 0xff);
    } else {
        painter.setBrush(label.color);
        painter.setPen(QPen(withAlpha(dark, 0.55), 1));
    }
    painter.drawRoundedRect(chip, radius, radius);
    painter.setPen(ink);
    painter.drawText(chip, Qt::AlignCenter | Qt::TextSingleLine, text);
}

} // namespace

void blendSkeleton(QImage& picture, const PosePoint* points, const ViewTransform& transform,
    const QPoint& origin, double pixelRatio, const SkeletonLook& look)
{
    const PoseLayout& layout = poseLayouts().front();
    const double width = std::clamp(transform.rect().height() * 0.0052, 1.5 * pixelRatio, 7 * pixelRatio);
    const auto partOf = [&layout](int i) { return layout.parts[static_cast<size_t>(i)]; };
    const auto shown = [&](int i) { return points[i].score > 0 && look.shows(partOf(i)); };
    const auto styleAt = [&](int i) {
        PartStyle style = styleOf(partOf(i));
        if (!look.sideColors)
            style.color = styleOf(BodyPart::Torso).color;
        return style;
    };
    std::array<QPointF, kPointCount> at;
    for (int i = 0; i < kPointCount; ++i)
        at[static_cast<size_t>(i)] = transform.toView({points[i].x, points[i].y}) - origin;

    for (const bool outline : {true, false})
        for (const auto& [child, parent] : layout.edges) {
            if (!shown(child) || !shown(parent))
                continue;
            const PartStyle style = styleAt(child);
            const double opacity = opacityOf(std::min(points[child].score, points[parent].score), look);
            const double line = (style.fine ? width * 0.55 : width) + (outline ? 1.6 * pixelRatio : 0);
            const Stroke bone{at[static_cast<size_t>(child)], at[static_cast<size_t>(parent)], line / 2};
            blendStroke(
                picture, bone, outline ? kHalo : style.color.rgb(), outline ? opacity * 0.4 : opacity);
        }
    for (int i = 0; i < kPointCount; ++i) {
        if (!shown(i))
            continue;
        const PartStyle style = styleAt(i);
        const double opacity = opacityOf(points[i].score, look);
        const double radius = style.fine ? width * 0.5 : width * 0.95;
        const QPointF& middle = at[static_cast<size_t>(i)];
        if (!style.fine)
            blendStroke(picture, {middle, middle, radius + 0.8 * pixelRatio}, kHalo, opacity * 0.55);
        blendStroke(picture, {middle, middle, radius}, style.color.rgb(), opacity);
    }
}

void drawLabels(QPainter& painter, const QRectF& area, const QList<OverlayLabel>& labels)
{
    const QFontMetricsF metrics(painter.font());
    const double em = metrics.height();
    const double gap = em * 0.35;
    const double height = em * 1.45;
    const QRectF room = area.adjusted(gap, gap, -gap, 0);
    const QList<QString> texts = elided(labels, metrics, std::min(em * 18, room.width() - em * 1.4));
    painter.setRenderHint(QPainter::Antialiasing);
    QPointF at = room.topLeft();
    for (qsizetype i = 0; i < labels.size(); ++i) {
        const double width = metrics.horizontalAdvance(texts[i]) + em * 1.4;
        if (at.x() > room.left() && at.x() + width > room.right())
            at = QPointF(room.left(), at.y() + height + gap);
        if (at.y() + height > area.top() + area.height() / 3 && i > 0) {
            const QString rest = VideoView::tr("+%1 more").arg(labels.size() - i);
            const OverlayLabel more{rest, QColor(0x50, 0x54, 0x5a), false};
            const QPointF place(room.right() - metrics.horizontalAdvance(rest) - em, area.top() + gap);
            drawChip(
                painter, QRectF(place, QSizeF(metrics.horizontalAdvance(rest) + em, height)), more, rest, em);
            return;
        }
        drawChip(painter, QRectF(at, QSizeF(width, height)), labels[i], texts[i], em);
        at.rx() += width + gap;
    }
}

void drawBox(QPainter& painter, const QRectF& place, const QRectF& area, const OverlayBox& box)
{
    const QFontMetricsF metrics(painter.font());
    const double em = metrics.height();
    const double width = em * 0.1;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(withAlpha(QColor(0, 0, 0), 0.55), width * 1.8));
    painter.drawRect(place);
    QPen line(box.color, width);
    if (!box.corrected) {
        line.setDashPattern({4, 3});
        line.setCapStyle(Qt::FlatCap);
    }
    painter.setPen(line);
    painter.drawRect(place);
    const double across = metrics.horizontalAdvance(box.title) + em * 0.6;
    const double height = em * 1.15;
    const QRectF tab(std::clamp(place.left(), area.left(), std::max(area.left(), area.right() - across)),
        std::clamp(place.top() - height, area.top(), std::max(area.top(), area.bottom() - height)), across,
        height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(box.color, 0.9));
    painter.drawRect(tab);
    painter.setPen(readableOn(box.color));
    painter.drawText(tab, Qt::AlignCenter, box.title);
}

QColor partColor(BodyPart part) { return styleOf(part).color; }

} // namespace telltale
