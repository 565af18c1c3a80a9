// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/courseplot.h"
#include "widgets/plot/plotstyle.h"
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {

namespace {

// Hues that stay apart for red-green blindness.
const std::array kOwnColors{QColor(0xcc, 0x5f, 0x9a), QColor(0xe6, 0x8a, 0x00), QColor(0x00, 0x72, 0xb2),
    QColor(0x00, 0x9e, 0x73), QColor(0x7a, 0x5f, 0xc8)};
constexpr std::array kShapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare, QCPScatterStyle::ssDiamond,
    QCPScatterStyle::ssTriangle, QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssPlusCircle};
constexpr int kMostShapes = 12; ///< on a line; more of them would hide it
constexpr double kPale = 0.5; ///< luminance from which a colour is hard to see on white
constexpr double kNear = 1.2; ///< text heights from the pointer to the value that it reads

} // namespace

class CoursePlot::Private : public QObject {
public:
    explicit Private(CoursePlot* view);
    bool eventFilter(QObject* watched, QEvent* event) override;
    void draw();
    void restyle();
    void rescale();
    void wrapLegend(int width);
    void markAt(const QPoint& position);
    /// Line and index of the value beside the pointer; {-1, -1} if none is near.
    std::pair<int, int> nearest(const QPoint& position) const;
    QString textOf(int line, int index) const;
    QPointF pixelOf(int line, int index) const;

    CoursePlot* q;
    QCustomPlot* plot;
    QCPItemStraightLine* mark; ///< owned by the plot, as all of its parts
    QCPItemText* markText;
    QCPItemTracer* tracer;
    std::vector<int> epochs;
    std::vector<Line> lines;
    int markedEpoch = 0;
};

CoursePlot::Private::Private(CoursePlot* view) : QObject(view), q(view)
{
    plot = new QCustomPlot(q);
    plot->setAccessibleName(CoursePlot::tr("Curves"));
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
    plot->plotLayout()->insertRow(0);
    plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
    plot->axisRect()->insetLayout()->take(plot->legend);
    plot->plotLayout()->addElement(0, 0, plot->legend);
    plot->plotLayout()->setRowStretchFactor(0, 0.001);
    plot->legend->setVisible(true);
    plot->xAxis->setLabel(CoursePlot::tr("epoch"));
    const QSharedPointer<QCPAxisTickerFixed> wholeEpochs(new QCPAxisTickerFixed);
    wholeEpochs->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    plot->xAxis->setTicker(wholeEpochs);
    plot->yAxis->setRange(0, 1.02);
    mark = new QCPItemStraightLine(plot);
    markText = new QCPItemText(plot);
    markText->position->setTypeX(QCPItemPosition::ptPlotCoords);
    markText->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    markText->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    tracer = new QCPItemTracer(plot);
    tracer->setStyle(QCPItemTracer::tsCircle);
    tracer->setVisible(false);
    auto* outer = new QVBoxLayout(q);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(plot);
    restyle();
}

QPointF CoursePlot::Private::pixelOf(int line, int index) const
{
    const double value = lines[static_cast<size_t>(line)].values[static_cast<size_t>(index)];
    return {plot->xAxis->coordToPixel(epochs[static_cast<size_t>(index)]), plot->yAxis->coordToPixel(value)};
}

std::pair<int, int> CoursePlot::Private::nearest(const QPoint& position) const
{
    std::pair<int, int> found{-1, -1};
    const double em = emOf(*q);
    double best = em * kNear;
    for (int line = 0; line < static_cast<int>(lines.size()); ++line)
        for (int i = 0; i < static_cast<int>(epochs.size()); ++i) {
            const QPointF away = pixelOf(line, i) - position;
            const double distance = std::hypot(away.x(), away.y());
            if (distance < best) {
                best = distance;
                found = {line, i};
            }
        }
    return found;
}

QString CoursePlot::Private::textOf(int line, int index) const
{
    const Line& one = lines[static_cast<size_t>(line)];
    const auto at = static_cast<size_t>(index);
    QString text = CoursePlot::tr("%1, epoch %2: %3")
                       .arg(one.name)
                       .arg(epochs[at])
                       .arg(q->locale().toString(one.values[at], 'f', 2));
    if (index < one.notes.size())
        text += QLatin1Char('\n') + one.notes[index];
    return text;
}

void CoursePlot::Private::markAt(const QPoint& position)
{
    const auto [line, index] = nearest(position);
    const bool found = line >= 0;
    if (found) {
        tracer->position->setCoords(epochs[static_cast<size_t>(index)],
            lines[static_cast<size_t>(line)].values[static_cast<size_t>(index)]);
        tracer->setPen(QPen(plot->graph(line)->pen().color(), 2));
        QToolTip::showText(plot->mapToGlobal(position), textOf(line, index), plot);
    } else {
        QToolTip::hideText();
    }
    if (found || tracer->visible()) {
        tracer->setVisible(found);
        plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

bool CoursePlot::Private::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove)
        markAt(static_cast<QMouseEvent*>(event)->position().toPoint());
    else if (event->type() == QEvent::Leave)
        markAt({-10000, -10000});
    else if (event->type() == QEvent::Resize)
        rescale();
    return QObject::eventFilter(watched, event);
}

void CoursePlot::Private::draw()
{
    tracer->setVisible(false);
    plot->clearGraphs();
    for (const Line& line : lines) {
        QCPGraph* graph = plot->addGraph();
        graph->setName(line.name);
        for (size_t i = 0; i < epochs.size(); ++i)
            graph->addData(epochs[i], line.values[i]);
    }
    restyle();
}

void CoursePlot::Private::restyle()
{
    applyStyle(*plot, *q);
    const QPalette& palette = q->palette();
    const double em = emOf(*q);
    const auto space = static_cast<int>(em * 0.4);
    plot->plotLayout()->setRowSpacing(space);
    plot->legend->setMargins(QMargins(space, 2, 2, 2));
    plot->legend->setColumnSpacing(space * 2);
    plot->legend->setRowSpacing(0);
    plot->legend->setIconSize(static_cast<int>(em * 1.4), static_cast<int>(em * 0.8));
    plot->yAxis->ticker()->setTickCount(3);
    plot->axisRect()->setMinimumMargins(QMargins(0, space / 2, space, 0));
    plot->setMinimumSize(static_cast<int>(em * 12), static_cast<int>(em * 8));
    mark->setPen(QPen(quietText(palette), 1, Qt::DashLine));
    markText->setFont(q->font());
    markText->setColor(quietText(palette));
    tracer->setSize(em * 0.7);
    tracer->setBrush(palette.color(QPalette::Base));
    for (int i = 0; i < plot->graphCount(); ++i) {
        const auto at = static_cast<size_t>(i);
        QColor color = lines[at].color.isValid() ? lines[at].color : kOwnColors[at % kOwnColors.size()];
        if (isDark(palette))
            color = mixed(color, Qt::white, 0.35);
        else if (luminance(color) > kPale)
            color = mixed(color, Qt::black, 0.25);
        QCPGraph* graph = plot->graph(i);
        graph->setPen(QPen(color, std::max(1.5, em * 0.11)));
        graph->setScatterStyle(QCPScatterStyle(kShapes[at % kShapes.size()], color, color, em * 0.38));
        graph->setScatterSkip(static_cast<int>(epochs.size()) / kMostShapes);
    }
    rescale();
}

void CoursePlot::Private::rescale()
{
    const int last = epochs.empty() ? 1 : epochs.back();
    plot->xAxis->setRange(0, std::max(2, last) * 1.02);
    wrapLegend(plot->width());
    mark->setVisible(markedEpoch > 0);
    markText->setVisible(markedEpoch > 0);
    mark->point1->setCoords(markedEpoch, 0);
    mark->point2->setCoords(markedEpoch, 1);
    markText->setPositionAlignment(
        Qt::AlignBottom | (markedEpoch > last / 2 ? Qt::AlignRight : Qt::AlignLeft));
    markText->position->setCoords(markedEpoch, 1);
    markText->setPadding(QMargins(4, 0, 4, 2));
    plot->replot(QCustomPlot::rpQueuedReplot);
}

/// As many names in a row as have room.
void CoursePlot::Private::wrapLegend(int width)
{
    const QFontMetricsF metrics(q->font());
    double widest = 1;
    for (const Line& line : lines)
        widest = std::max(widest, metrics.horizontalAdvance(line.name));
    plot->legend->setWrap(std::max(1, static_cast<int>(width / (widest + emOf(*q) * 2.6))));
    plot->legend->setFillOrder(plot->legend->fillOrder()); // lays the names out anew
}

CoursePlot::CoursePlot(QWidget* parent) : PlotView(parent), d(new Private(this)) { }

void CoursePlot::setLines(const std::vector<int>& epochs, std::vector<Line> lines, const QString& quantity)
{
    d->epochs = epochs;
    d->lines = std::move(lines);
    for (Line& line : d->lines)
        line.values.resize(epochs.size(), std::nan(""));
    d->plot->yAxis->setLabel(quantity);
    d->plot->setAccessibleName(quantity);
    QStringList ends;
    for (const Line& line : d->lines)
        if (!line.values.empty())
            ends.append(tr("%1: from %2 to %3")
                            .arg(line.name, locale().toString(line.values.front(), 'f', 2),
                                locale().toString(line.values.back(), 'f', 2)));
    d->plot->setAccessibleDescription(ends.join(QLatin1Char('\n')));
    d->draw();
}

void CoursePlot::setMark(int epoch, const QString& text)
{
    d->markedEpoch = epoch;
    d->markText->setText(text);
    d->rescale();
}

QStringList CoursePlot::shownLines() const
{
    QStringList names;
    for (const Line& line : d->lines)
        names.append(line.name);
    return names;
}

QString CoursePlot::readAt(const QPoint& position) const
{
    const auto [line, index] = d->nearest(d->plot->mapFrom(this, position));
    return line < 0 ? QString() : d->textOf(line, index);
}

QPoint CoursePlot::placeOf(int line, int epoch) const
{
    const auto found = std::ranges::find(d->epochs, epoch);
    if (line < 0 || line >= static_cast<int>(d->lines.size()) || found == d->epochs.end())
        return {-1, -1};
    const QPointF pixel = d->pixelOf(line, static_cast<int>(found - d->epochs.begin()));
    return d->plot->mapTo(this, pixel.toPoint());
}

bool CoursePlot::isEmpty() const { return d->lines.empty() || d->epochs.empty(); }

void CoursePlot::drawFigure(QPaintDevice& device, QSize size)
{
    d->wrapLegend(size.width());
    drawPlot(*d->plot, device, QRect(QPoint(), size));
    d->wrapLegend(d->plot->width());
}

void CoursePlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

} // namespace telltale
