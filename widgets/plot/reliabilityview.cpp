// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/colors.h"
#include "widgets/plot/spotsview.h"
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr QColor kAfter(0x00, 0x72, 0xb2);
constexpr double kPanelWidth = 17; ///< text heights, at least
constexpr double kPanelHeight = 19;
constexpr double kDot = 0.22; ///< radius in text heights

} // namespace

QPointF ReliabilityView::Frame::at(double confidence, double share) const
{
    return {plot.left() + confidence * plot.width(), plot.bottom() - share * plot.height()};
}

ReliabilityView::ReliabilityView(QWidget* parent) : SpotsView(parent)
{
    connect(this, &SpotsView::spotChosen, this,
        [this](int id) { emit binChosen(id / 1024 / 8, id / 1024 % 8, id % 1024); });
}

void ReliabilityView::setPanels(std::vector<Panel> panels)
{
    m_panels = std::move(panels);
    changed();
}

bool ReliabilityView::hasContent() const
{
    return std::ranges::any_of(m_panels, [](const Panel& panel) {
        return std::ranges::any_of(panel.lines, [](const Line& line) { return !line.points.empty(); });
    });
}

QSize ReliabilityView::paperSize() const
{
    const int columns = m_panels.size() > 1 ? 2 : 1;
    const int rows = (static_cast<int>(m_panels.size()) + columns - 1) / columns;
    return {columns * 320, std::max(1, rows) * 340};
}

double ReliabilityView::neededHeight() const
{
    const double width = std::max(1.0, this->width() / em());
    const int columns = std::clamp(
        static_cast<int>(width / kPanelWidth), 1, std::max(1, static_cast<int>(m_panels.size())));
    return std::max(1, (static_cast<int>(m_panels.size()) + columns - 1) / columns) * kPanelHeight;
}

std::vector<ReliabilityView::Frame> ReliabilityView::frames(const QRectF& area) const
{
    std::vector<Frame> found;
    const int count = static_cast<int>(m_panels.size());
    const int columns
        = std::clamp(static_cast<int>(area.width() / em() / kPanelWidth), 1, std::max(1, count));
    const int rows = (count + columns - 1) / std::max(1, columns);
    const double width = area.width() / columns;
    const double height = area.height() / std::max(1, rows);
    const double line = em();
    for (int i = 0; i < count; ++i) {
        const QRectF cell(
            area.left() + i % columns * width, area.top() + i / columns * height, width, height);
        Frame frame;
        frame.title = QRectF(cell.left(), cell.top(), cell.width() - line, line * 3.6);
        const double left = cell.left() + line * 3.2;
        const double right = cell.right() - line;
        const double counts = std::max(line * 2, cell.height() * 0.14);
        const double bottom = cell.bottom() - line * 2.6;
        frame.counts = QRectF(left, bottom - counts, right - left, counts);
        frame.plot = QRectF(left, frame.title.bottom() + line * 0.2, right - left,
            frame.counts.top() - line * 0.9 - frame.title.bottom() - line * 0.2);
        found.push_back(frame);
    }
    return found;
}

void ReliabilityView::draw(QPainter& painter, const QRectF& area) const
{
    const auto places = frames(area);
    for (size_t i = 0; i < m_panels.size(); ++i)
        drawPanel(painter, m_panels[i], places[i]);
}

void ReliabilityView::drawPanel(QPainter& painter, const Panel& panel, const Frame& frame) const
{
    const double line = em();
    const QLocale locale;
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(frame.title, Qt::AlignLeft | Qt::AlignTop, panel.title);
    painter.setFont(font());
    painter.setPen(quiet());
    painter.drawText(frame.title.adjusted(0, line * 1.15, 0, 0),
        static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, panel.note);
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const QPointF across = frame.at(0, tick);
        const QPointF up = frame.at(tick, 0);
        painter.setPen(QPen(hairline(palette()), 1));
        painter.drawLine(across, frame.at(1, tick));
        painter.drawLine(up, frame.at(tick, 1));
        painter.setPen(quiet());
        const QString text = locale.toString(tick * 100, 'f', 0);
        painter.drawText(QRectF(across.x() - line * 3, across.y() - line / 2, line * 2.7, line),
            Qt::AlignRight | Qt::AlignVCenter, text);
        painter.drawText(QRectF(up.x() - line * 2, frame.counts.bottom() + line * 0.1, line * 4, line),
            Qt::AlignHCenter | Qt::AlignTop, text);
    }
    painter.drawText(
        QRectF(frame.counts.left(), frame.counts.bottom() + line * 1.2, frame.counts.width(), line),
        Qt::AlignHCenter | Qt::AlignTop, tr("confidence, %"));
    painter.save();
    painter.translate(frame.plot.left() - line * 2.9, frame.plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-frame.plot.height() / 2, -line * 0.35, frame.plot.height(), line),
        Qt::AlignCenter, tr("right, %"));
    painter.restore();
    painter.setPen(QPen(quiet(), 1, Qt::DashLine));
    painter.drawLine(frame.at(0, 0), frame.at(1, 1));
    drawCounts(painter, panel, frame);
    for (const Line& one : panel.lines)
        drawLine(painter, one, frame);
}

void ReliabilityView::drawCounts(QPainter& painter, const Panel& panel, const Frame& frame) const
{
    int64_t most = 1;
    for (const Line& line : panel.lines)
        for (const Point& point : line.points)
            most = std::max(most, point.items);
    const double step = frame.counts.width() / std::max(1, panel.bins);
    for (const Line& line : panel.lines)
        for (const Point& point : line.points) {
            const double height
                = frame.counts.height() * static_cast<double>(point.items) / static_cast<double>(most);
            const QRectF bar(frame.counts.left() + point.bin * step + 1, frame.counts.bottom() - height,
                std::max(1.0, step - 2), height);
            if (line.before) {
                painter.setPen(QPen(quiet(), 1));
                painter.setBrush(Qt::NoBrush);
            } else {
                painter.setPen(Qt::NoPen);
                painter.setBrush(withAlpha(shown(kAfter), 0.55));
            }
            painter.drawRect(bar);
        }
    painter.setPen(QPen(hairline(palette()), 1));
    painter.drawLine(frame.counts.bottomLeft(), frame.counts.bottomRight());
    painter.setPen(quiet());
    painter.drawText(
        QRectF(frame.counts.left() - em() * 3, frame.counts.top() - em() * 0.3, em() * 2.7, em()),
        Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(static_cast<qlonglong>(most)));
}

void ReliabilityView::drawLine(QPainter& painter, const Line& line, const Frame& frame) const
{
    const QColor color = line.before ? quiet() : shown(kAfter);
    const double dot = em() * kDot;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, line.before ? 1 : 2, line.before ? Qt::DotLine : Qt::SolidLine));
    for (size_t i = 1; i < line.points.size(); ++i)
        painter.drawLine(frame.at(line.points[i - 1].confidence, line.points[i - 1].share),
            frame.at(line.points[i].confidence, line.points[i].share));
    for (const Point& point : line.points) {
        painter.setPen(QPen(withAlpha(color, line.before ? 0.6 : 1), 1));
        const QPointF low = frame.at(point.confidence, point.low);
        const QPointF high = frame.at(point.confidence, point.high);
        painter.drawLine(low, high);
        if (!line.before)
            for (const QPointF& end : {low, high})
                painter.drawLine(end - QPointF(dot, 0), end + QPointF(dot, 0));
        painter.setPen(QPen(color, 1.5));
        painter.setBrush(line.before ? palette().color(QPalette::Base) : color);
        painter.drawEllipse(frame.at(point.confidence, point.share), dot, dot);
    }
}

std::vector<SpotsView::Spot> ReliabilityView::spots(const QRectF& area) const
{
    std::vector<Spot> found;
    const auto places = frames(area);
    const double dot = em() * 0.45;
    for (size_t p = 0; p < m_panels.size(); ++p)
        for (size_t l = 0; l < m_panels[p].lines.size(); ++l)
            for (const Point& point : m_panels[p].lines[l].points) {
                const QPointF at = places[p].at(point.confidence, point.share);
                found.push_back({QRectF(at.x() - dot, at.y() - dot, dot * 2, dot * 2), point.text,
                    spotId(static_cast<int>(p), static_cast<int>(l), point.bin), point.items > 0});
            }
    return found;
}

} // namespace telltale
