// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/plotstyle.h"
#include "widgets/plot/statisticsviews.h"
#include <QVBoxLayout>
#include <array>
#include <cmath>
#include <map>

namespace telltale {

namespace {

struct LineStyle {
    QColor color;
    QCPScatterStyle::ScatterShape shape;
};

// Hues that stay apart for red-green blindness, and a shape each.
const std::array<LineStyle, 5> kLines{{
    {QColor(0x00, 0x72, 0xb2), QCPScatterStyle::ssDisc},
    {QColor(0xe6, 0x8a, 0x00), QCPScatterStyle::ssSquare},
    {QColor(0x00, 0x9e, 0x73), QCPScatterStyle::ssDiamond},
    {QColor(0xcc, 0x5f, 0x9a), QCPScatterStyle::ssTriangle},
    {QColor(0x7a, 0x5f, 0xc8), QCPScatterStyle::ssTriangleInverted},
}};

constexpr int kMostShapes = 40; ///< points a line; more of them would hide it

} // namespace

class TrainingPlot::Private : public QObject {
public:
    struct Line {
        QCPGraph* loss = nullptr;
        QCPGraph* score = nullptr;
    };

    explicit Private(TrainingPlot* view);
    Line& lineOf(const QString& modality);
    void restyle();
    void rescale();

    TrainingPlot* q;
    QCustomPlot* plot;
    QCPAxisRect* lossRect;
    QCPAxisRect* scoreRect;
    ContentOrMessage* pages;
    std::map<QString, Line> lines;
    std::vector<QString> order; ///< as they came: the colour follows
    int lastEpoch = 1;
    double highestLoss = 0;
};

TrainingPlot::Private::Private(TrainingPlot* view) : QObject(view), q(view)
{
    plot = new QCustomPlot(q);
    plot->setAccessibleName(TrainingPlot::tr("Training curves"));
    plot->plotLayout()->clear();
    plot->legend = new QCPLegend;
    plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
    plot->legend->setWrap(2); // three names with their scores do not fit beside each other in a dock
    plot->plotLayout()->addElement(0, 0, plot->legend);
    plot->legend->setLayer(QStringLiteral("legend"));
    lossRect = new QCPAxisRect(plot);
    scoreRect = new QCPAxisRect(plot);
    plot->plotLayout()->addElement(1, 0, lossRect);
    plot->plotLayout()->addElement(2, 0, scoreRect);
    plot->plotLayout()->setRowStretchFactor(0, 0.001);
    auto* margins = new QCPMarginGroup(plot);
    lossRect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    scoreRect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    lossRect->axis(QCPAxis::atLeft)->setLabel(TrainingPlot::tr("loss"));
    scoreRect->axis(QCPAxis::atLeft)->setLabel(TrainingPlot::tr("held-out macro-F1"));
    scoreRect->axis(QCPAxis::atBottom)->setLabel(TrainingPlot::tr("epoch"));
    const QSharedPointer<QCPAxisTickerFixed> wholeEpochs(new QCPAxisTickerFixed);
    wholeEpochs->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    for (QCPAxisRect* rect : {lossRect, scoreRect})
        rect->axis(QCPAxis::atBottom)->setTicker(wholeEpochs);
    for (QCPAxisRect* rect : {lossRect, scoreRect})
        for (QCPAxis* axis : rect->axes()) {
            axis->setLayer(QStringLiteral("axes"));
            axis->grid()->setLayer(QStringLiteral("grid"));
        }
    pages = new ContentOrMessage(plot,
        TrainingPlot::tr(
            "The curves of a retraining show here while it runs.\n\nDecide some proposals, then press "
            "Retrain: you can go on reviewing meanwhile."),
        q);
    auto* outer = new QVBoxLayout(q);
    outer->addWidget(pages);
    restyle();
}

TrainingPlot::Private::Line& TrainingPlot::Private::lineOf(const QString& modality)
{
    Line& line = lines[modality];
    if (line.loss)
        return line;
    order.push_back(modality);
    const auto graphIn = [this](QCPAxisRect* rect) {
        return plot->addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    };
    line.loss = graphIn(lossRect);
    line.score = graphIn(scoreRect);
    line.loss->removeFromLegend();
    line.score->setName(modality);
    restyle();
    return line;
}

void TrainingPlot::Private::restyle()
{
    applyStyle(*plot, *q);
    pages->restyle(q->palette());
    const double em = emOf(*q);
    const auto space = static_cast<int>(em * 0.5);
    plot->plotLayout()->setRowSpacing(space);
    plot->legend->setMargins(QMargins(space * 3, 2, 2, 2));
    plot->legend->setColumnSpacing(space * 2);
    plot->legend->setIconSize(static_cast<int>(em * 1.6), static_cast<int>(em * 0.8));
    for (QCPAxisRect* rect : {lossRect, scoreRect}) {
        rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(4);
        rect->setMinimumMargins(QMargins(0, space / 2, space, 0));
    }
    plot->setMinimumSize(static_cast<int>(em * 14), static_cast<int>(em * 13));
    for (size_t i = 0; i < order.size(); ++i) {
        const LineStyle& style = kLines[i % kLines.size()];
        const QColor color = isDark(q->palette()) ? mixed(style.color, Qt::white, 0.3) : style.color;
        const Line& line = lines[order[i]];
        for (QCPGraph* graph : {line.loss, line.score}) {
            graph->setPen(QPen(color, std::max(1.5, em * 0.11)));
            const bool shapes = graph->dataCount() <= kMostShapes;
            graph->setScatterStyle(shapes ? QCPScatterStyle(style.shape, color, color, em * 0.38)
                                          : QCPScatterStyle(QCPScatterStyle::ssNone));
        }
    }
    rescale();
}

void TrainingPlot::Private::rescale()
{
    const double right = std::max(5, lastEpoch) + 0.3;
    for (QCPAxisRect* rect : {lossRect, scoreRect})
        rect->axis(QCPAxis::atBottom)->setRange(0, right);
    lossRect->axis(QCPAxis::atLeft)->setRange(0, highestLoss > 0 ? highestLoss * 1.08 : 1);
    scoreRect->axis(QCPAxis::atLeft)->setRange(0, 1.02);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

TrainingPlot::TrainingPlot(QWidget* parent) : QWidget(parent), d(new Private(this))
{
    setAccessibleName(tr("Retraining"));
}

void TrainingPlot::reset()
{
    d->plot->clearGraphs();
    d->lines.clear();
    d->order.clear();
    d->lastEpoch = 1;
    d->highestLoss = 0;
    d->pages->showContent(false);
    d->rescale();
}

void TrainingPlot::addPoint(const QString& modality, int epoch, double loss, double macroF1)
{
    Private::Line& line = d->lineOf(modality);
    d->pages->showContent(true);
    if (std::isfinite(loss)) {
        line.loss->addData(epoch, loss);
        d->highestLoss = std::max(d->highestLoss, loss);
    }
    if (std::isfinite(macroF1)) {
        line.score->addData(epoch, macroF1);
        line.score->setName(tr("%1  F1 %2").arg(modality, locale().toString(macroF1, 'f', 2)));
    }
    d->lastEpoch = std::max(d->lastEpoch, epoch);
    if (line.loss->dataCount() == kMostShapes + 1)
        d->restyle();
    d->rescale();
}

void TrainingPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

} // namespace telltale
