// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/spreadview.h"
#include "widgets/plot/plotstyle.h"
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kRowEms = 1.7; ///< height of a row in heights of a letter
constexpr double kAxisEms = 3.2; ///< of the axis below the rows
constexpr double kLeastNameShare = 0.3; ///< of the width
constexpr double kMostNameShare = 0.42;

/// Boxes as plain opaque rectangles: what makes QCustomPlot's own ones slow is left out.
class Boxes : public QCPAbstractPlottable {
public:
    /// `y` carries the rows (0, 1, ... downwards), `x` the values.
    Boxes(QCPAxis* y, QCPAxis* x) : QCPAbstractPlottable(y, x) { }
    std::vector<SpreadView::Row> rows;
    QPalette palette;
    QFont font;
    int current = -1;

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override
    {
        found = !rows.empty();
        return {-0.5, static_cast<double>(rows.size()) - 0.5};
    }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override
    {
        found = !rows.empty();
        return {0, greatest()};
    }
    double greatest() const
    {
        double most = 0;
        for (const SpreadView::Row& row : rows)
            most = std::max({most, row.ninetyFifth, row.medianHigh});
        return most > 0 ? most : 1;
    }

protected:
    void drawLegendIcon(QCPPainter*, const QRectF&) const override { }
    void draw(QCPPainter* painter) override
    {
        painter->setAntialiasing(false);
        painter->setFont(font);
        for (size_t i = 0; i < rows.size(); ++i)
            drawRow(*painter, static_cast<double>(i), rows[i]);
    }

private:
    int at(double key, double value) const { return coordsToPixels(key, value).toPoint().x(); }
    void drawRow(QCPPainter& painter, double key, const SpreadView::Row& row) const;
};

void Boxes::drawRow(QCPPainter& painter, double key, const SpreadView::Row& row) const
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QRect clip = clipRect();
    const int top = coordsToPixels(key - 0.3, 0).toPoint().y();
    const int bottom = coordsToPixels(key + 0.2, 0).toPoint().y();
    const int middle = (top + bottom) / 2;
    const auto line = [&](int fromX, int toX, int y, int width, const QColor& color) {
        painter.fillRect(QRect(fromX, y - width / 2, std::max(toX - fromX, 1), width), color);
    };
    if (static_cast<int>(key) == current)
        painter.fillRect(
            QRect(clip.left(), coordsToPixels(key - 0.48, 0).toPoint().y(), clip.width(),
                coordsToPixels(key + 0.48, 0).toPoint().y() - coordsToPixels(key - 0.48, 0).toPoint().y()),
            mixed(base, palette.color(QPalette::Highlight), 0.18));
    const QColor quiet = quietText(palette);
    line(at(key, row.fifth), at(key, row.ninetyFifth), middle, 1, quiet);
    for (const double end : {row.fifth, row.ninetyFifth})
        painter.fillRect(QRect(at(key, end), middle - (bottom - top) / 4, 1, (bottom - top) / 2), quiet);
    const int left = at(key, row.quarter);
    const QRect box(left, top, std::max(at(key, row.threeQuarters) - left, 2), bottom - top);
    painter.fillRect(box, row.color);
    // The median has to be seen on every colour of a class, and beside a box of no width.
    const int median = at(key, row.median);
    painter.fillRect(QRect(median - 2, top - 2, 5, bottom - top + 4), base);
    painter.fillRect(QRect(median - 1, top - 2, 3, bottom - top + 4), text);
    line(at(key, row.medianLow), at(key, row.medianHigh), coordsToPixels(key + 0.34, 0).toPoint().y(), 3,
        text);
    const double em = QFontMetricsF(font).height();
    painter.setPen(quiet);
    painter.drawText(QRectF(clip.left(), top - em, clip.width() - em * 0.3, bottom - top + 2 * em),
        Qt::AlignRight | Qt::AlignVCenter, row.text);
}

} // namespace

class SpreadView::Private : public QObject {
public:
    explicit Private(SpreadView* view);
    void restyle();
    void fit(int width, int height);
    void fit() { fit(plot->width(), plot->height()); }
    void setCurrent(int row);
    int rowAt(double y) const;
    bool eventFilter(QObject* watched, QEvent* event) override;
    int rowHeight() const { return static_cast<int>(emOf(*q) * kRowEms); }
    int axisHeight() const { return static_cast<int>(emOf(*q) * kAxisEms); }

    SpreadView* q;
    QScrollArea* scroll;
    QCustomPlot* plot;
    Boxes* boxes; ///< owned by the plot
    QLabel* readout;
    ContentOrMessage* pages;
};

SpreadView::Private::Private(SpreadView* view) : QObject(view), q(view)
{
    auto* content = new QWidget(q);
    scroll = new QScrollArea(content);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    plot = new QCustomPlot(scroll);
    plot->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(plot);
    readout = makeCaption(content);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(scroll, 1);
    inner->addWidget(readout);
    pages = new ContentOrMessage(content, QString(), q);
    auto* outer = new QVBoxLayout(q);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages);

    boxes = new Boxes(plot->yAxis, plot->xAxis);
    plot->yAxis->setRangeReversed(true);
    plot->axisRect()->setAutoMargins(QCP::msNone);
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
    restyle();
}

void SpreadView::Private::restyle()
{
    applyStyle(*plot, *q);
    showNamesOnly(*plot->yAxis);
    makeQuiet(*readout, q->palette());
    pages->restyle(q->palette());
    boxes->palette = q->palette();
    boxes->font = q->font();
    const int em = static_cast<int>(emOf(*q));
    scroll->setMinimumSize(em * 14, em * 8);
    fit();
    plot->replot(QCustomPlot::rpQueuedReplot);
}

void SpreadView::Private::fit(int width, int height)
{
    const double em = emOf(*q);
    const QFontMetricsF metrics(q->font());
    const auto count = static_cast<int>(boxes->rows.size());
    plot->setMinimumHeight(rowHeight() * count + axisHeight());
    double widest = 0;
    double numbers = 0;
    for (const Row& row : boxes->rows) {
        widest = std::max(widest, metrics.horizontalAdvance(row.name));
        numbers = std::max(numbers, metrics.horizontalAdvance(row.text));
    }
    const double nameRoom
        = std::clamp(widest + em * 0.6, width * kLeastNameShare, std::max(1.0, width * kMostNameShare));
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (int i = 0; i < count; ++i)
        ticker->addTick(i,
            metrics.elidedText(
                boxes->rows[static_cast<size_t>(i)].name, Qt::ElideRight, nameRoom - em * 0.5));
    plot->yAxis->setTicker(ticker);
    plot->axisRect()->setMargins(QMargins(
        static_cast<int>(nameRoom), static_cast<int>(em * 0.2), static_cast<int>(em * 0.4), axisHeight()));
    // Few rows stay as high as many: what is left over is empty below them.
    const double rowsInView = std::max<double>(count, (height - axisHeight()) / (em * kRowEms * 1.15));
    plot->yAxis->setRange(-0.5, rowsInView - 0.5);
    const double numberRoom = numbers + em;
    const double room = std::max(em * 3, width - nameRoom - em * 0.4 - numberRoom);
    plot->xAxis->setRange(0, boxes->greatest() * (room + numberRoom) / room);
}

void SpreadView::Private::setCurrent(int row)
{
    const bool known = row >= 0 && row < static_cast<int>(boxes->rows.size());
    boxes->current = known ? row : -1;
    const QString text = known ? boxes->rows[static_cast<size_t>(row)].note : QString();
    readout->setText(text);
    readout->setVisible(!text.isEmpty());
    q->setAccessibleDescription(text);
    if (known) // in the plot's pixels, which the scroll area shows a part of
        scroll->ensureVisible(0, rowHeight() * row + rowHeight() / 2, 0, rowHeight());
    plot->replot(QCustomPlot::rpQueuedReplot);
}

int SpreadView::Private::rowAt(double y) const
{
    const auto row = static_cast<int>(std::floor(plot->yAxis->pixelToCoord(y) + 0.5));
    return row >= 0 && row < static_cast<int>(boxes->rows.size()) ? row : -1;
}

bool SpreadView::Private::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Resize) {
        fit();
    } else if (type == QEvent::Wheel) { // the plot would keep it; the list should scroll
        QCoreApplication::sendEvent(scroll->verticalScrollBar(), event);
        return true;
    } else if (type == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos().y());
        QToolTip::showText(
            help->globalPos(), row < 0 ? QString() : boxes->rows[static_cast<size_t>(row)].note, plot);
        return true;
    } else if (type == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int row = rowAt(mouse->position().y());
        if (mouse->button() == Qt::LeftButton && row >= 0) {
            setCurrent(row);
            emit q->rowChosen(boxes->rows[static_cast<size_t>(row)].id);
        }
    }
    return QObject::eventFilter(watched, event);
}

SpreadView::SpreadView(QWidget* parent) : PlotView(parent), d(new Private(this))
{
    setFocusPolicy(Qt::StrongFocus);
    d->setCurrent(-1);
}

SpreadView::~SpreadView() = default;

void SpreadView::setFigure(const QString& key, const QString& title)
{
    PlotView::setFigure(key, title);
    d->plot->setAccessibleName(title);
    d->scroll->setAccessibleName(title);
}

void SpreadView::setRows(std::vector<Row> rows, const QString& axis)
{
    const int before = d->boxes->current;
    const int id = before >= 0 ? d->boxes->rows[static_cast<size_t>(before)].id : 0;
    d->boxes->rows = std::move(rows);
    d->plot->xAxis->setLabel(axis);
    const auto same = std::ranges::find(d->boxes->rows, id, &Row::id);
    d->pages->showContent(!isEmpty());
    d->fit();
    d->setCurrent(
        before >= 0 && same != d->boxes->rows.end() ? static_cast<int>(same - d->boxes->rows.begin()) : -1);
}

void SpreadView::setEmptyText(const QString& text) { d->pages->setMessage(text); }

QString SpreadView::message() const { return isEmpty() ? d->pages->message() : QString(); }

QString SpreadView::readout() const { return d->readout->text(); }

const std::vector<SpreadView::Row>& SpreadView::rows() const { return d->boxes->rows; }

bool SpreadView::isEmpty() const { return d->boxes->rows.empty(); }

QSize SpreadView::paperSize() const
{
    constexpr int kPaperRow = 24;
    return {640, std::max(180, static_cast<int>(d->boxes->rows.size()) * kPaperRow + 60)};
}

void SpreadView::drawFigure(QPaintDevice& device, QSize size)
{
    const int current = std::exchange(d->boxes->current, -1); // what is marked at the moment is not for paper
    d->fit(size.width(), size.height());
    drawPlot(*d->plot, device, QRect(QPoint(), size));
    d->boxes->current = current;
    d->fit();
}

void SpreadView::changeEvent(QEvent* event)
{
    PlotView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

void SpreadView::focusInEvent(QFocusEvent* event)
{
    PlotView::focusInEvent(event);
    if (d->boxes->current < 0 && event->reason() != Qt::MouseFocusReason)
        d->setCurrent(0);
}

void SpreadView::keyPressEvent(QKeyEvent* event)
{
    const auto last = static_cast<int>(d->boxes->rows.size()) - 1;
    const int current = d->boxes->current;
    switch (event->key()) {
    case Qt::Key_Up:
        return d->setCurrent(std::max(current - 1, 0));
    case Qt::Key_Down:
        return d->setCurrent(std::min(current + 1, last));
    case Qt::Key_Home:
        return d->setCurrent(0);
    case Qt::Key_End:
        return d->setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current >= 0)
            emit rowChosen(d->boxes->rows[static_cast<size_t>(current)].id);
        return;
    default:
        PlotView::keyPressEvent(event);
    }
}

} // namespace telltale
