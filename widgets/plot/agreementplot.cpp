// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/agreementplot.h"
#include "widgets/colors.h"
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

// Blue and orange of equal weight: told apart by everybody, and the shapes differ, too.
const QColor kFirst(0xe0, 0x6c, 0x10);
const QColor kSecond(0x1f, 0x77, 0xb4);
constexpr int kTicks = 5;

/// A step of 1, 2 or 5 times a power of ten that goes about `count` times into `room`.
double niceStep(double room, int count)
{
    const double raw = room / count;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (raw <= factor * power)
            return factor * power;
    return 10 * power;
}

} // namespace

/// Where everything lies at one size.
struct AgreementPlot::Frame {
    double em = 0;
    double names = 0; ///< width
    double left = 0; ///< of the axis
    double right = 0;
    double top = 0; ///< of the first row
    double row = 0; ///< height
    double low = 0; ///< ends of the axis
    double high = 1;

    double x(double value) const { return left + (value - low) / (high - low) * (right - left); }
};

AgreementPlot::AgreementPlot(QWidget* parent) : PlotView(parent)
{
    setFigure(QStringLiteral("agreement"), tr("Agreement by class"));
}

void AgreementPlot::setRows(
    std::vector<Row> rows, const QString& first, const QString& second, const QString& unit)
{
    m_rows = std::move(rows);
    m_first = first;
    m_second = second;
    m_unit = unit;
    QStringList spoken;
    for (const Row& row : m_rows)
        spoken.append(row.detail);
    setAccessibleDescription(spoken.join(QLatin1Char('\n')));
    fitHeight();
    update();
}

void AgreementPlot::setEmptyText(const QString& text)
{
    m_empty = text;
    update();
}

QSize AgreementPlot::paperSize() const { return {640, static_cast<int>(m_rows.size()) * 22 + 90}; }

void AgreementPlot::fitHeight()
{
    const Frame frame = frameOf(size());
    setMinimumHeight(static_cast<int>(
        frame.top + frame.row * static_cast<double>(m_rows.size()) + frame.em * (m_rows.empty() ? 1 : 2.6)));
}

AgreementPlot::Frame AgreementPlot::frameOf(QSize size) const
{
    Frame frame;
    const QFontMetricsF metrics(font());
    frame.em = metrics.height();
    for (const Row& row : m_rows)
        frame.names = std::max(frame.names, metrics.horizontalAdvance(row.name) * (row.strong ? 1.1 : 1));
    frame.names = std::min(frame.names + frame.em * 1.4, size.width() * 0.4);
    frame.left = frame.names + frame.em;
    frame.right = std::max(frame.left + 1.0, size.width() - frame.em * 1.5);
    frame.top = frame.em * 1.7;
    frame.row = std::ceil(frame.em * 1.45);
    const auto include = [&frame](const std::optional<Value>& value) {
        if (!value)
            return;
        frame.low = std::min({frame.low, value->value, value->interval ? value->interval->first : 0});
        frame.high = std::max({frame.high, value->value, value->interval ? value->interval->second : 0});
    };
    for (const Row& row : m_rows) {
        include(row.first);
        include(row.second);
    }
    const double step = niceStep(frame.high - frame.low, kTicks);
    frame.low = std::floor(frame.low / step) * step;
    frame.high = std::ceil(frame.high / step - 1e-9) * step;
    return frame;
}

QRect AgreementPlot::rowRect(int row) const
{
    const Frame frame = frameOf(size());
    return QRectF(0, frame.top + row * frame.row, width(), frame.row).toRect();
}

void AgreementPlot::paintAxis(QPainter& painter, const Frame& frame) const
{
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    const double bottom = frame.top + frame.row * static_cast<double>(m_rows.size());
    const double step = niceStep(frame.high - frame.low, kTicks);
    const int digits = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    for (double value = frame.low; value <= frame.high + step / 2; value += step) {
        const bool zero = std::abs(value) < step / 2;
        painter.setPen(QPen(mixed(base, text, zero ? 0.5 : 0.14), 1));
        const double x = std::round(frame.x(value)) + 0.5;
        painter.drawLine(QPointF(x, frame.top), QPointF(x, bottom));
        painter.setPen(mixed(text, base, 0.15));
        painter.drawText(QRectF(x - frame.em * 3, bottom + frame.em * 0.2, frame.em * 6, frame.em),
            Qt::AlignCenter, locale().toString(zero ? 0.0 : value, 'f', digits));
    }
    painter.setPen(quietText(palette()));
    painter.drawText(QRectF(frame.left, bottom + frame.em * 1.2, frame.right - frame.left, frame.em * 1.2),
        Qt::AlignCenter, m_unit);
}

void AgreementPlot::paintLegend(QPainter& painter, const Frame& frame) const
{
    const QFontMetricsF metrics(font());
    double x = frame.left;
    const double y = frame.em * 0.75;
    for (const bool disc : {false, true}) {
        const QString& name = disc ? m_second : m_first;
        if (name.isEmpty())
            continue;
        const QColor color = disc ? kSecond : kFirst;
        painter.setPen(QPen(color, 2));
        painter.setBrush(disc ? QBrush(color) : QBrush(palette().color(QPalette::Base)));
        painter.drawEllipse(QPointF(x + frame.em * 0.4, y), frame.em * 0.27, frame.em * 0.27);
        painter.setPen(palette().color(QPalette::Text));
        x += frame.em;
        painter.drawText(QRectF(x, y - frame.em * 0.6, frame.right - x + frame.em, frame.em * 1.2),
            Qt::AlignVCenter | Qt::AlignLeft, name);
        x += metrics.horizontalAdvance(name) + frame.em;
    }
}

void AgreementPlot::paintValue(
    QPainter& painter, const Frame& frame, double y, const Value& value, bool disc) const
{
    const QColor color = disc ? kSecond : kFirst;
    painter.setPen(QPen(color, 2));
    if (value.interval)
        painter.drawLine(
            QPointF(frame.x(value.interval->first), y), QPointF(frame.x(value.interval->second), y));
    painter.setBrush(disc ? QBrush(color) : QBrush(palette().color(QPalette::Base)));
    painter.drawEllipse(QPointF(frame.x(value.value), y), frame.em * 0.27, frame.em * 0.27);
}

void AgreementPlot::paintRow(QPainter& painter, const Frame& frame, int index) const
{
    const Row& row = m_rows[static_cast<size_t>(index)];
    const double top = frame.top + index * frame.row;
    QFont own = font();
    own.setBold(row.strong);
    painter.setFont(own);
    const double square = row.color.isValid() ? frame.em * 0.7 : 0;
    if (square > 0)
        painter.fillRect(QRectF(frame.em * 0.2, top + (frame.row - square) / 2, square, square), row.color);
    const double nameAt = square > 0 ? frame.em * 1.2 : frame.em * 0.2;
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(nameAt, top, frame.names - nameAt, frame.row), Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(own).elidedText(row.name, Qt::ElideRight, frame.names - nameAt));
    painter.setFont(font());
    const bool both = row.first && row.second;
    const double middle = top + frame.row / 2;
    if (row.first)
        paintValue(painter, frame, middle - (both ? frame.row * 0.18 : 0), *row.first, false);
    if (row.second)
        paintValue(painter, frame, middle + (both ? frame.row * 0.18 : 0), *row.second, true);
    if (!row.first && !row.second) {
        painter.setPen(quietText(palette()));
        painter.drawText(QRectF(frame.left, top, frame.right - frame.left, frame.row),
            Qt::AlignVCenter | Qt::AlignLeft, tr("not defined"));
    }
}

void AgreementPlot::paint(QPainter& painter, QSize size) const
{
    const Frame frame = frameOf(size);
    painter.setFont(font());
    painter.fillRect(QRect(QPoint(), size), palette().color(QPalette::Base));
    if (m_rows.empty()) {
        painter.setPen(quietText(palette()));
        painter.drawText(QRectF(QPointF(), size).adjusted(frame.em, frame.em, -frame.em, -frame.em),
            Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    for (size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].strong)
            painter.fillRect(
                QRectF(0, frame.top + static_cast<double>(i) * frame.row, size.width(), frame.row),
                mixed(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.06));
    paintAxis(painter, frame);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLegend(painter, frame);
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
        paintRow(painter, frame, i);
}

void AgreementPlot::drawFigure(QPaintDevice& device, QSize size)
{
    QPainter painter(&device);
    paint(painter, size);
}

void AgreementPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, size());
}

void AgreementPlot::changeEvent(QEvent* event)
{
    PlotView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
    update();
}

void AgreementPlot::mouseReleaseEvent(QMouseEvent* event)
{
    PlotView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
        if (rowRect(i).contains(event->pos()))
            emit rowClicked(i);
}

bool AgreementPlot::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QString text;
        for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
            if (rowRect(i).contains(help->pos()))
                text = m_rows[static_cast<size_t>(i)].detail;
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return PlotView::event(event);
}

} // namespace telltale
