// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/confusioncells.h"
#include <QHash>
#include <QStaticText>

namespace telltale {
namespace {

// Blue and orange of equal weight: told apart by everybody.
const QColor kRight(0x1f, 0x77, 0xb4);
const QColor kWrong(0xe0, 0x6c, 0x10);
constexpr double kFaint = 0.12; ///< of the colour in a cell of a share just above 0
constexpr double kSmallest = 0.58; ///< of the font, for numbers in small cells

QFont scaled(QFont font, double scale)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(1, static_cast<int>(font.pixelSize() * scale)));
    else
        font.setPointSizeF(font.pointSizeF() * scale);
    return font;
}

} // namespace

ConfusionCells::ConfusionCells(QCPAxis* x, QCPAxis* y) : QCPAbstractPlottable(x, y) { }

QRect ConfusionCells::cell(int row, int column) const
{
    const QPointF topLeft = coordsToPixels(column - 0.5, row - 0.5);
    const QPointF bottomRight = coordsToPixels(column + 0.5, row + 0.5);
    return {topLeft.toPoint(), bottomRight.toPoint() - QPoint(1, 1)};
}

std::optional<std::pair<int, int>> ConfusionCells::cellAt(const QPointF& position) const
{
    double key = 0;
    double value = 0;
    pixelsToCoords(position, key, value);
    const int column = static_cast<int>(std::floor(key + 0.5));
    const int row = static_cast<int>(std::floor(value + 0.5));
    if (row < 0 || column < 0 || row >= size() || column >= size())
        return {};
    return std::pair(row, column);
}

QString ConfusionCells::number(int row, int column) const
{
    const auto& value = values[static_cast<size_t>(row)][static_cast<size_t>(column)];
    if (!value || *value == 0)
        return {};
    const QString sign = difference && *value > 0 ? QStringLiteral("+") : QString();
    if (!percent)
        return sign + QString::number(static_cast<qlonglong>(std::llround(*value)));
    const qlonglong whole = std::llround(*value * 100);
    if (whole != 0)
        return sign + QString::number(whole);
    return difference ? QString() : QStringLiteral("<1");
}

QCPRange ConfusionCells::range(bool& found) const
{
    found = size() > 0;
    return {-0.5, size() - 0.5};
}

QColor ConfusionCells::fillOf(int row, int column) const
{
    const QColor base = palette.color(QPalette::Base);
    const auto& share = shares[static_cast<size_t>(row)][static_cast<size_t>(column)];
    if (!share || *share == 0)
        return mixed(base, palette.color(QPalette::Text), 0.03);
    const bool blue = difference ? *share > 0 : row == column;
    return mixed(
        base, blue ? kRight : kWrong, kFaint + (1 - kFaint) * std::clamp(std::abs(*share), 0.0, 1.0));
}

void ConfusionCells::draw(QCPPainter* painter)
{
    if (size() == 0)
        return;
    painter->setAntialiasing(false);
    const QBrush nothing(
        mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.25), Qt::BDiagPattern);
    for (int row = 0; row < size(); ++row)
        for (int column = 0; column < size(); ++column) {
            const QRect box = cell(row, column).adjusted(0, 0, -1, -1); // the gap is the grid
            const bool known = values[static_cast<size_t>(row)][static_cast<size_t>(column)].has_value();
            painter->fillRect(box, known ? QBrush(fillOf(row, column)) : nothing);
        }
    drawNumbers(painter);
    drawBreaks(painter);
}

void ConfusionCells::drawNumbers(QCPPainter* painter) const
{
    const QSize room = cell(0, 0).size();
    const QFontMetricsF full(font);
    // What two digits leave of the font, and longer numbers of that.
    const auto scaleFor = [&](qsizetype letters) {
        const double width = full.horizontalAdvance(QString(letters, QLatin1Char('0')));
        return std::min({1.0, room.height() * 0.95 / full.height(), room.width() * 0.9 / width});
    };
    const double usual = scaleFor(2);
    if (usual < kSmallest)
        return;
    QHash<QString, QStaticText> laidOut; // most numbers stand in many cells
    for (int row = 0; row < size(); ++row)
        for (int column = 0; column < size(); ++column) {
            const QString text = number(row, column);
            const double scale = text.size() > 2 ? scaleFor(text.size()) : usual;
            if (text.isEmpty() || scale < kSmallest * 0.75)
                continue;
            const QFont own = scaled(font, scale);
            auto known = laidOut.find(text);
            if (known == laidOut.end()) {
                known = laidOut.insert(text, QStaticText(text));
                known->setTextFormat(Qt::PlainText);
                known->prepare({}, own);
            }
            const QRectF box(cell(row, column).adjusted(0, 0, -1, -1));
            const QSizeF taken = known->size();
            painter->setFont(own);
            painter->setPen(readableOn(fillOf(row, column)));
            painter->drawStaticText(
                box.center() + QPointF(0.5 - taken.width() / 2, 0.5 - taken.height() / 2), *known);
        }
}

void ConfusionCells::drawBreaks(QCPPainter* painter) const
{
    painter->setPen(QPen(mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.6), 1));
    const QRect whole = cell(0, 0).united(cell(size() - 1, size() - 1));
    for (const int place : breaks) {
        const QRect at = cell(place, place);
        painter->drawLine(QPoint(whole.left(), at.top() - 1), QPoint(whole.right(), at.top() - 1));
        painter->drawLine(QPoint(at.left() - 1, whole.top()), QPoint(at.left() - 1, whole.bottom()));
    }
}

void CellFrames::draw(QCPPainter* painter)
{
    const auto frame = [&](const std::optional<CellPlace>& place, int width) {
        if (!place || static_cast<size_t>(place->panel) >= panels.size())
            return;
        const ConfusionCells& cells = *panels[static_cast<size_t>(place->panel)];
        if (place->row >= cells.size() || place->column >= cells.size())
            return;
        painter->setPen(QPen(cells.palette.color(QPalette::Text), width));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(cells.cell(place->row, place->column).adjusted(-1, -1, 0, 0));
    };
    frame(hover, 1);
    frame(focus, 2);
}

} // namespace telltale
