// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/plotstyle.h"
#include "widgets/plot/statisticsviews.h"
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {

namespace {

int total(const ClassCountView::Row& row) { return row.decided + row.proposed; }

/// Bars as plain opaque rectangles: what makes QCPBars slow is left out.
class CountBars : public QCPAbstractPlottable {
public:
    /// `y` carries the rows (0, 1, ... downwards), `x` the counts.
    CountBars(QCPAxis* y, QCPAxis* x) : QCPAbstractPlottable(y, x) { }
    std::vector<ClassCountView::Row> rows;
    QPalette palette;
    QFont font;

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override
    {
        found = !rows.empty();
        return {-0.5, static_cast<double>(rows.size()) - 0.5};
    }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override
    {
        found = !rows.empty();
        return {0, rows.empty() ? 1.0 : total(rows.front())};
    }

protected:
    void drawLegendIcon(QCPPainter*, const QRectF&) const override { }
    void draw(QCPPainter* painter) override;
};

void CountBars::draw(QCPPainter* painter)
{
    const QColor base = palette.color(QPalette::Base);
    painter->setAntialiasing(false);
    painter->setFont(font);
    const QFontMetricsF metrics(font);
    for (size_t i = 0; i < rows.size(); ++i) {
        const ClassCountView::Row& row = rows[i];
        const auto key = static_cast<double>(i);
        const QPoint start = coordsToPixels(key - 0.36, 0).toPoint();
        const QPoint decided = coordsToPixels(key + 0.36, row.decided).toPoint();
        const QPoint all = coordsToPixels(key + 0.36, total(row)).toPoint();
        painter->fillRect(QRect(start, QPoint(decided.x() - 1, decided.y())), row.color);
        const QRect open(QPoint(decided.x(), start.y()), QPoint(all.x() - 1, all.y()));
        if (row.proposed > 0) {
            painter->fillRect(open, mixed(base, row.color, 0.3));
            painter->setPen(QPen(row.color, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(open.adjusted(0, 0, -1, -1));
        }
        const QString number = row.proposed > 0 && row.decided > 0
            ? QStringLiteral("%1 + %2").arg(row.decided).arg(row.proposed)
            : QString::number(total(row));
        const QRectF room(all.x() + metrics.height() * 0.35, start.y(), metrics.horizontalAdvance(number) + 4,
            all.y() - start.y());
        painter->setPen(quietText(palette));
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, number);
    }
}

} // namespace

class ClassCountView::Private : public QObject {
public:
    explicit Private(ClassCountView* view);
    void restyle();
    void layOut();
    bool eventFilter(QObject* watched, QEvent* event) override;

    ClassCountView* q;
    QLabel* summary;
    QLabel* caption;
    QScrollArea* scroll;
    QCustomPlot* plot;
    CountBars* bars; ///< owned by the plot
    ContentOrMessage* pages;
};

ClassCountView::Private::Private(ClassCountView* view) : QObject(view), q(view)
{
    auto* content = new QWidget(q);
    summary = new QLabel(content);
    summary->setWordWrap(true);
    caption = makeCaption(content);
    caption->setText(ClassCountView::tr("Solid: decided by a person, outlined: still proposed."));
    scroll = new QScrollArea(content);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    plot = new QCustomPlot(scroll);
    plot->setAccessibleName(ClassCountView::tr("Spans per class"));
    scroll->setWidget(plot);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(summary);
    inner->addWidget(scroll, 1);
    inner->addWidget(caption);
    pages = new ContentOrMessage(content,
        ClassCountView::tr(
            "There are no spans to count yet.\n\nAnalyze a video or mark a gesture: the long tail of the "
            "classes shows here."),
        q);
    auto* outer = new QVBoxLayout(q);
    outer->addWidget(pages);

    bars = new CountBars(plot->yAxis, plot->xAxis);
    plot->yAxis->setRangeReversed(true);
    plot->xAxis->setVisible(false);
    plot->xAxis->grid()->setVisible(false);
    plot->axisRect()->setAutoMargins(QCP::msLeft);
    plot->installEventFilter(this);
    restyle();
}

void ClassCountView::Private::restyle()
{
    applyStyle(*plot, *q);
    showNamesOnly(*plot->yAxis);
    makeQuiet(*caption, q->palette());
    pages->restyle(q->palette());
    bars->palette = q->palette();
    bars->font = q->font();
    const int em = static_cast<int>(emOf(*q));
    scroll->setMinimumSize(em * 14, em * 8);
    plot->axisRect()->setMargins(QMargins(0, 0, em / 2, 0));
    layOut();
}

void ClassCountView::Private::layOut()
{
    const double em = emOf(*q);
    const QFontMetricsF metrics(q->font());
    const auto count = static_cast<int>(bars->rows.size());
    plot->setMinimumHeight(static_cast<int>(em * 1.45 * count));
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const double nameRoom = plot->width() * 0.42;
    double numberRoom = 0;
    for (int i = 0; i < count; ++i) {
        const Row& row = bars->rows[static_cast<size_t>(i)];
        ticker->addTick(i, metrics.elidedText(row.name, Qt::ElideRight, nameRoom));
        const QString widest = QStringLiteral("%1 + %2").arg(row.decided).arg(row.proposed);
        numberRoom = std::max(numberRoom, metrics.horizontalAdvance(widest) + em * 0.6);
    }
    plot->yAxis->setTicker(ticker);
    // Few rows stay as high as many: what is left over is empty below them.
    const double rowsInView = std::max<double>(count, plot->height() / (em * 1.9));
    plot->yAxis->setRange(-0.5, rowsInView - 0.5);
    // The numbers stand behind the bars, inside the axes: the longest bar leaves room for its own.
    const double most = count > 0 ? std::max(1, total(bars->rows.front())) : 1;
    const double barRoom = std::max(em * 2, plot->width() - nameRoom - em - numberRoom);
    plot->xAxis->setRange(0, most * (barRoom + numberRoom) / barRoom);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

bool ClassCountView::Private::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        layOut();
    } else if (event->type() == QEvent::Wheel) { // the plot would keep it; the list should scroll
        QCoreApplication::sendEvent(scroll->verticalScrollBar(), event);
        return true;
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const auto row = static_cast<int>(std::floor(plot->yAxis->pixelToCoord(mouse->position().y()) + 0.5));
        if (mouse->button() == Qt::LeftButton && row >= 0 && row < static_cast<int>(bars->rows.size()))
            emit q->classClicked(bars->rows[static_cast<size_t>(row)].name);
    }
    return QObject::eventFilter(watched, event);
}

ClassCountView::ClassCountView(QWidget* parent) : QWidget(parent), d(new Private(this))
{
    setAccessibleName(tr("Spans per class"));
}

void ClassCountView::setRows(std::vector<Row> rows)
{
    std::stable_sort(
        rows.begin(), rows.end(), [](const Row& a, const Row& b) { return total(a) > total(b); });
    int decided = 0;
    int proposed = 0;
    for (const Row& row : rows) {
        decided += row.decided;
        proposed += row.proposed;
    }
    const QString text
        = tr("%1 spans decided, %2 proposed, %3 classes").arg(decided).arg(proposed).arg(rows.size());
    d->summary->setText(text);
    d->plot->setAccessibleDescription(text);
    d->bars->rows = std::move(rows);
    d->pages->showContent(!d->bars->rows.empty());
    d->layOut();
}

void ClassCountView::setEmptyText(const QString& text) { d->pages->setMessage(text); }

QStringList ClassCountView::shownClasses() const
{
    QStringList names;
    for (const Row& row : d->bars->rows)
        names.append(row.name);
    return names;
}

void ClassCountView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

} // namespace telltale
