// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/colors.h"
#include "widgets/plot/spotsview.h"
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

// Hues that stay apart for red-green blindness; the vote of all is the dark one.
const std::array kVoterColors{QColor(0x3a, 0x3f, 0x4a), QColor(0xe6, 0x8a, 0x00), QColor(0x00, 0x72, 0xb2),
    QColor(0x00, 0x9e, 0x73), QColor(0xcc, 0x5f, 0x9a)};
constexpr QColor kUp(0x00, 0x72, 0xb2);
constexpr QColor kDown(0xd5, 0x5e, 0x00);
constexpr double kNameShare = 0.4; ///< of the width, at most
constexpr double kBar = 0.42; ///< text heights
constexpr double kHead = 2.6; ///< above the rows: legend and scale

QString elided(const QFont& font, const QString& text, double width)
{
    return QFontMetricsF(font).elidedText(text, Qt::ElideRight, width);
}

/// Lines at 0, 0.25, ... 1 with their numbers above.
void drawScale(QPainter& painter, const QRectF& plot, double em, const QColor& line, const QColor& text)
{
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const double x = plot.left() + tick * plot.width();
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(text);
        painter.drawText(QRectF(x - em * 2, plot.top() - em * 1.1, em * 4, em), Qt::AlignCenter,
            QLocale().toString(tick, 'g', 3));
    }
}

/// A row's name and, if there is room, its note.
void drawName(
    QPainter& painter, const QRectF& place, const QString& name, const QString& note, const QPalette& palette)
{
    const double noteWidth = QFontMetricsF(painter.font()).horizontalAdvance(note) + 4;
    const double room = place.width() - noteWidth;
    painter.setPen(palette.color(QPalette::Text));
    painter.drawText(QRectF(place.left(), place.top(), room, place.height()),
        Qt::AlignLeft | Qt::AlignVCenter, elided(painter.font(), name, room));
    painter.setPen(quietText(palette));
    painter.drawText(place.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, note);
}

double widestName(const QFont& font, const QStringList& names)
{
    double widest = 0;
    for (const QString& name : names)
        widest = std::max(widest, QFontMetricsF(font).horizontalAdvance(name));
    return widest;
}

} // namespace

GroupedBarsView::GroupedBarsView(QWidget* parent) : SpotsView(parent)
{
    connect(this, &SpotsView::spotChosen, this,
        [this](int id) { emit barChosen(m_rows[static_cast<size_t>(id / 16)].id, id % 16); });
}

void GroupedBarsView::setRows(const QStringList& voters, std::vector<Row> rows)
{
    m_voters = voters;
    m_rows = std::move(rows);
    changed();
}

double GroupedBarsView::barHeight() const { return em() * kBar; }
double GroupedBarsView::rowHeight() const
{
    return std::max(em() * 1.3, barHeight() * static_cast<double>(m_voters.size()) + em() * 0.5);
}
double GroupedBarsView::neededHeight() const
{
    return kHead + 1 + static_cast<double>(m_rows.size()) * rowHeight() / em() + 1;
}

double GroupedBarsView::nameWidth(const QRectF& area) const
{
    QStringList names;
    for (const Row& row : m_rows)
        names.append(row.name + row.note + QStringLiteral("  "));
    return std::min(area.width() * kNameShare, widestName(font(), names) + em());
}

QRectF GroupedBarsView::barPlace(const QRectF& area, size_t row, size_t voter) const
{
    const double left = area.left() + nameWidth(area);
    const double bars = barHeight() * static_cast<double>(m_voters.size());
    const double top = area.top() + kHead * em() + static_cast<double>(row) * rowHeight()
        + (rowHeight() - bars) / 2 + static_cast<double>(voter) * barHeight();
    return {left, top, area.right() - em() - left, barHeight()};
}

void GroupedBarsView::draw(QPainter& painter, const QRectF& area) const
{
    if (m_rows.empty())
        return;
    const double line = em();
    const QRectF first = barPlace(area, 0, 0);
    const QRectF plot(first.left(), area.top() + kHead * line, first.width(),
        static_cast<double>(m_rows.size()) * rowHeight());
    drawScale(painter, plot, line, hairline(palette()), quiet());
    double x = area.left();
    for (qsizetype voter = 0; voter < m_voters.size(); ++voter) {
        painter.fillRect(QRectF(x, area.top() + line * 0.25, line * 0.7, line * 0.5),
            shown(kVoterColors[static_cast<size_t>(voter) % kVoterColors.size()]));
        painter.setPen(palette().color(QPalette::Text));
        const double width = QFontMetricsF(font()).horizontalAdvance(m_voters[voter]) + 2;
        painter.drawText(
            QRectF(x + line, area.top(), width, line), Qt::AlignLeft | Qt::AlignVCenter, m_voters[voter]);
        x += line * 1.8 + width;
    }
    for (size_t row = 0; row < m_rows.size(); ++row) {
        const QRectF top = barPlace(area, row, 0);
        drawName(painter,
            QRectF(area.left(), plot.top() + static_cast<double>(row) * rowHeight(),
                first.left() - area.left() - line * 0.3, rowHeight()),
            m_rows[row].name, m_rows[row].note, palette());
        for (size_t voter = 0; voter < m_rows[row].bars.size(); ++voter) {
            const Bar& bar = m_rows[row].bars[voter];
            if (std::isnan(bar.value))
                continue;
            const QRectF place = barPlace(area, row, voter);
            const QColor color = shown(kVoterColors[voter % kVoterColors.size()]);
            painter.fillRect(QRectF(place.left(), place.top() + 0.5, std::max(1.0, place.width() * bar.value),
                                 place.height() - 1),
                color);
            if (bar.low <= bar.high) {
                painter.setPen(QPen(palette().color(QPalette::Text), 1));
                const double y = place.center().y();
                painter.drawLine(QPointF(place.left() + bar.low * place.width(), y),
                    QPointF(place.left() + bar.high * place.width(), y));
            }
        }
        painter.setPen(QPen(hairline(palette()), 1));
        const double below
            = top.top() - (rowHeight() - barHeight() * static_cast<double>(m_voters.size())) / 2;
        painter.drawLine(QPointF(area.left(), below), QPointF(plot.right(), below));
    }
}

std::vector<SpotsView::Spot> GroupedBarsView::spots(const QRectF& area) const
{
    std::vector<Spot> found;
    for (size_t row = 0; row < m_rows.size(); ++row)
        for (size_t voter = 0; voter < m_rows[row].bars.size(); ++voter)
            if (!std::isnan(m_rows[row].bars[voter].value))
                found.push_back({barPlace(area, row, voter), m_rows[row].bars[voter].text,
                    static_cast<int>(row * 16 + voter), true});
    return found;
}

PairMatrixView::PairMatrixView(QWidget* parent) : SpotsView(parent)
{
    connect(this, &SpotsView::spotChosen, this, [this](int id) { emit cellChosen(id / 64, id % 64); });
}

void PairMatrixView::setCells(const QStringList& names, std::vector<std::vector<Cell>> cells)
{
    m_names = names;
    m_cells = std::move(cells);
    changed();
}

double PairMatrixView::neededHeight() const { return 2 + static_cast<double>(m_names.size()) * 2.8; }

QRectF PairMatrixView::cellPlace(const QRectF& area, size_t row, size_t column) const
{
    const double names = std::min(area.width() * kNameShare, widestName(font(), m_names) + em());
    const auto count = static_cast<double>(std::max<qsizetype>(1, m_names.size()));
    const double width = std::min((area.width() - names) / count, em() * 9);
    const double height = std::min((area.height() - em() * 1.4) / count, em() * 3.4);
    return {area.left() + names + static_cast<double>(column) * width,
        area.top() + em() * 1.4 + static_cast<double>(row) * height, width, height};
}

void PairMatrixView::draw(QPainter& painter, const QRectF& area) const
{
    const QColor base = palette().color(QPalette::Base);
    for (size_t row = 0; row < m_cells.size(); ++row) {
        const QRectF first = cellPlace(area, row, 0);
        painter.setPen(palette().color(QPalette::Text));
        const double room = first.left() - area.left() - em() * 0.4;
        painter.drawText(QRectF(area.left(), first.top(), room, first.height()),
            Qt::AlignRight | Qt::AlignVCenter, elided(font(), m_names[static_cast<qsizetype>(row)], room));
        const QRectF column = cellPlace(area, 0, row);
        painter.drawText(QRectF(column.left(), area.top(), column.width(), em() * 1.3), Qt::AlignCenter,
            elided(font(), m_names[static_cast<qsizetype>(row)], column.width() - 4));
        for (size_t other = 0; other < m_cells[row].size(); ++other) {
            const Cell& cell = m_cells[row][other];
            const QRectF place = cellPlace(area, row, other).adjusted(1, 1, -1, -1);
            if (row == other || std::isnan(cell.share)) {
                painter.setPen(QPen(hairline(palette()), 1));
                painter.drawRect(place);
                continue;
            }
            const QColor ground = mixed(base, shown(kUp), 0.1 + 0.75 * std::clamp(cell.share, 0.0, 1.0));
            painter.fillRect(place, ground);
            painter.setPen(readableOn(ground));
            const double half = place.height() / 2;
            painter.drawText(QRectF(place.left(), place.top(), place.width(), half),
                Qt::AlignHCenter | Qt::AlignBottom, cell.first);
            painter.drawText(QRectF(place.left(), place.top() + half, place.width(), half),
                Qt::AlignHCenter | Qt::AlignTop, elided(font(), cell.second, place.width()));
        }
    }
}

std::vector<SpotsView::Spot> PairMatrixView::spots(const QRectF& area) const
{
    std::vector<Spot> found;
    for (size_t row = 0; row < m_cells.size(); ++row)
        for (size_t column = 0; column < m_cells[row].size(); ++column)
            if (row != column && !std::isnan(m_cells[row][column].share))
                found.push_back({cellPlace(area, row, column), m_cells[row][column].text,
                    static_cast<int>(row * 64 + column), true});
    return found;
}

ChangeView::ChangeView(QWidget* parent) : SpotsView(parent)
{
    connect(this, &SpotsView::spotChosen, this,
        [this](int id) { emit rowChosen(m_rows[static_cast<size_t>(id)].id); });
}

void ChangeView::setRows(std::vector<Row> rows, const QString& before, const QString& after)
{
    m_rows = std::move(rows);
    m_before = before;
    m_after = after;
    changed();
}

double ChangeView::neededHeight() const { return kHead + 1 + static_cast<double>(m_rows.size()) * 1.4; }

QRectF ChangeView::rowPlace(const QRectF& area, size_t row) const
{
    return {area.left(), area.top() + kHead * em() + static_cast<double>(row) * em() * 1.4, area.width(),
        em() * 1.4};
}

void ChangeView::draw(QPainter& painter, const QRectF& area) const
{
    const double line = em();
    QStringList names;
    for (const Row& row : m_rows)
        names.append(row.name + row.note + QStringLiteral("  "));
    const double left = area.left() + std::min(area.width() * kNameShare, widestName(font(), names) + line);
    const QRectF plot(left, area.top() + kHead * line, area.right() - line - left,
        static_cast<double>(m_rows.size()) * line * 1.4);
    drawScale(painter, plot, line, hairline(palette()), quiet());
    const double dot = line * 0.24;
    painter.setPen(QPen(quiet(), 1.5));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawEllipse(QPointF(area.left() + dot * 2, area.top() + line / 2), dot, dot);
    const double word = QFontMetricsF(font()).horizontalAdvance(m_before) + line * 1.2;
    painter.setBrush(shown(kUp));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(QPointF(area.left() + word + dot * 2 + line, area.top() + line / 2), dot, dot);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(
        QRectF(area.left() + line, area.top(), word, line), Qt::AlignLeft | Qt::AlignVCenter, m_before);
    painter.drawText(QRectF(area.left() + word + line * 2, area.top(), area.width(), line),
        Qt::AlignLeft | Qt::AlignVCenter, m_after);
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const QRectF place = rowPlace(area, i);
        drawName(painter, QRectF(place.left(), place.top(), left - place.left() - line * 0.3, place.height()),
            row.name, row.note, palette());
        const auto at
            = [&](double value) { return QPointF(plot.left() + value * plot.width(), place.center().y()); };
        const QColor color = shown(row.after < row.before ? kDown : kUp);
        painter.setPen(QPen(color, 2));
        painter.drawLine(at(row.before), at(row.after));
        painter.setPen(QPen(quiet(), 1.5));
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawEllipse(at(row.before), dot, dot);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(at(row.after), dot, dot);
    }
}

std::vector<SpotsView::Spot> ChangeView::spots(const QRectF& area) const
{
    std::vector<Spot> found;
    for (size_t i = 0; i < m_rows.size(); ++i)
        found.push_back({rowPlace(area, i), m_rows[i].text, static_cast<int>(i), true});
    return found;
}

} // namespace telltale
