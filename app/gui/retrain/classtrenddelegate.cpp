// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/classtrenddelegate.h"
#include "app/gui/retrain/classtrendmodel.h"
#include "widgets/colors.h"
#include <QAbstractItemView>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kMargin = 4; // pixels around a row
constexpr int kWrap = int(Qt::AlignLeft) | int(Qt::AlignTop) | int(Qt::TextWordWrap);
constexpr double kGap = 0.6; // epochs between the curves of two heads
constexpr double kLeastContrast = 3; // of a line against what it is drawn on, as WCAG 2 wants of graphics

/// The class's colour, towards the text's until it stands out.
QColor lineColor(const QColor& color, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Base);
    QColor line = color;
    for (double share = 0.15; contrast(line, base) < kLeastContrast && share < 1; share += 0.15)
        line = mixed(color, palette.color(QPalette::Text), share);
    return line;
}

/// Where epochs and figures lie in a rectangle.
class Course {
public:
    Course(const ClassTrend& trend, const QRectF& area) : m_area(area)
    {
        double epochs = trend.parts.empty() ? 1 : -kGap;
        for (const ClassTrend::Part& part : trend.parts)
            epochs += static_cast<double>(std::max<size_t>(part.values.size(), 2) - 1) + kGap;
        m_step = area.width() / std::max(epochs, 1.0);
    }
    double x(double epoch) const { return m_area.left() + epoch * m_step; }
    double y(double figure) const { return m_area.bottom() - std::clamp(figure, 0.0, 1.0) * m_area.height(); }

private:
    QRectF m_area;
    double m_step;
};

/// A dashed line where the heads in use are.
void drawMark(QPainter& painter, const QPalette& palette, QPointF from, QPointF to)
{
    QPen pen(palette.color(QPalette::Text), 1.2);
    pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawLine(from, to);
}

void drawCurves(QPainter& painter, const ClassTrend& trend, const QRectF& area, const QPalette& palette)
{
    const Course course(trend, area);
    const QColor color = lineColor(trend.color, palette);
    double start = 0;
    QPointF end(area.right(), course.y(trend.next));
    for (const ClassTrend::Part& part : trend.parts) {
        const auto last = start + static_cast<double>(std::max<size_t>(part.values.size(), 2) - 1);
        QPainterPath path;
        for (size_t i = 0; i < part.values.size(); ++i) {
            end = {course.x(start + static_cast<double>(i)), course.y(part.values[i])};
            if (i == 0)
                path.moveTo(end);
            else
                path.lineTo(end);
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.6));
        painter.drawPath(path);
        drawMark(
            painter, palette, {course.x(start), course.y(part.now)}, {course.x(last), course.y(part.now)});
        start = last + kGap;
    }
    if (trend.parts.empty()) // figures of a retraining that ran before
        drawMark(painter, palette, {area.left(), course.y(trend.now)}, {area.right(), course.y(trend.now)});
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(end, 2.5, 2.5);
}

} // namespace

ClassTrendDelegate::ClassTrendDelegate(QAbstractItemView* view) : QStyledItemDelegate(view), m_view(view) { }

QString ClassTrendDelegate::figures(const ClassTrend& trend)
{
    const QLocale locale;
    const QString both = QStringLiteral("%1 \u2192 %2")
                             .arg(locale.toString(trend.now, 'f', 2), locale.toString(trend.next, 'f', 2));
    return trend.forgotten ? QString(QStringLiteral("\u26a0 ") + both) : both;
}

int ClassTrendDelegate::nameHeight(QFont font, const QString& name) const
{
    font.setBold(true); // as it is written once the class is forgotten: rows keep their height
    const int width = m_view->viewport()->width() - 2 * kMargin;
    return QFontMetrics(font).boundingRect(QRect(0, 0, std::max(width, 40), 10000), kWrap, name).height();
}

QSize ClassTrendDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString name = index.data(Qt::DisplayRole).toString();
    const int curve = QFontMetrics(option.font).height() * 3 / 2;
    return {40, nameHeight(option.font, name) + curve + 3 * kMargin};
}

void ClassTrendDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const ClassTrendModel*>(index.model());
    if (!model)
        return;
    const ClassTrend& trend = model->trend(index.row());
    const QPalette& palette = option.palette;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(row, mixed(palette.color(QPalette::Base), palette.color(QPalette::Highlight), 0.2));
    const QRect inner = row.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    QFont font = option.font;
    font.setBold(trend.forgotten);
    painter->setFont(font);
    painter->setPen(palette.color(QPalette::Text));
    const int names = nameHeight(option.font, trend.name);
    painter->drawText(QRect(inner.left(), inner.top(), inner.width(), names), kWrap, trend.name);
    const QRect below = inner.adjusted(0, names + kMargin, 0, 0);
    const QString text = figures(trend);
    const int number
        = QFontMetrics(font).horizontalAdvance(QStringLiteral("\u26a0 0.00 \u2192 0.00")) + kMargin;
    painter->setPen(trend.forgotten ? palette.color(QPalette::Text) : quietText(palette));
    painter->drawText(below, Qt::AlignRight | Qt::AlignVCenter, text);
    const QRectF area = QRectF(below.adjusted(0, 0, -number, 0)).adjusted(3, 2, -3, -2);
    painter->fillRect(area.adjusted(-3, -2, 3, 2), palette.color(QPalette::AlternateBase));
    drawCurves(*painter, trend, area, palette);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(palette.color(QPalette::Highlight), 1.5));
        painter->drawRect(QRectF(row).adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace telltale
