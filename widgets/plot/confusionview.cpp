// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/plotstyle.h"
#include "widgets/plot/statisticsviews.h"
#include <QToolTip>
#include <QVBoxLayout>
#include <optional>

namespace telltale {

namespace {

// Blue and orange of equal weight: told apart by everybody.
const QColor kRight(0x1f, 0x77, 0xb4);
const QColor kWrong(0xe0, 0x6c, 0x10);

/// The counts that are shown: classes that never occur are left out.
struct Matrix {
    std::vector<int> classes; ///< ids
    std::vector<std::vector<int64_t>> counts; ///< by position in `classes`
    std::vector<int64_t> rowSums;

    int size() const { return static_cast<int>(classes.size()); }
    int64_t at(int row, int column) const
    {
        return counts[static_cast<size_t>(row)][static_cast<size_t>(column)];
    }
    double share(int row, int column) const
    {
        const int64_t sum = rowSums[static_cast<size_t>(row)];
        return sum > 0 ? static_cast<double>(at(row, column)) / static_cast<double>(sum) : 0.0;
    }
};

int64_t cellOf(const std::vector<std::vector<int64_t>>& counts, size_t row, size_t column)
{
    return row < counts.size() && column < counts[row].size() ? counts[row][column] : 0;
}

Matrix occurring(const std::vector<std::vector<int64_t>>& counts, size_t classCount)
{
    Matrix matrix;
    for (size_t c = 0; c < classCount; ++c) {
        bool any = false;
        for (size_t other = 0; other < classCount && !any; ++other)
            any = cellOf(counts, c, other) > 0 || cellOf(counts, other, c) > 0;
        if (any)
            matrix.classes.push_back(static_cast<int>(c));
    }
    for (const int truth : matrix.classes) {
        std::vector<int64_t> row;
        int64_t sum = 0;
        for (const int predicted : matrix.classes) {
            row.push_back(cellOf(counts, static_cast<size_t>(truth), static_cast<size_t>(predicted)));
            sum += row.back();
        }
        matrix.counts.push_back(std::move(row));
        matrix.rowSums.push_back(sum);
    }
    return matrix;
}

/// The cells, drawn plainly: a plot item for each would cost a hundred times as much.
class MatrixCells : public QCPAbstractPlottable {
public:
    MatrixCells(QCPAxis* x, QCPAxis* y) : QCPAbstractPlottable(x, y) { }
    Matrix matrix;
    QPalette palette;
    QFont font;
    std::optional<std::pair<int, int>> hover; ///< row, column

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override { return range(found); }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override
    {
        return range(found);
    }
    QRect cell(int row, int column) const
    {
        const QPointF topLeft = coordsToPixels(column - 0.5, row - 0.5);
        const QPointF bottomRight = coordsToPixels(column + 0.5, row + 0.5);
        return {topLeft.toPoint(), bottomRight.toPoint() - QPoint(1, 1)};
    }
    std::optional<std::pair<int, int>> cellAt(const QPointF& position) const
    {
        double key = 0;
        double value = 0;
        pixelsToCoords(position, key, value);
        const int column = static_cast<int>(std::floor(key + 0.5));
        const int row = static_cast<int>(std::floor(value + 0.5));
        if (row < 0 || column < 0 || row >= matrix.size() || column >= matrix.size())
            return {};
        return std::pair(row, column);
    }

protected:
    QCPRange range(bool& found) const
    {
        found = matrix.size() > 0;
        return {-0.5, matrix.size() - 0.5};
    }
    void drawLegendIcon(QCPPainter*, const QRectF&) const override { }
    void draw(QCPPainter* painter) override;
};

void MatrixCells::draw(QCPPainter* painter)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor empty = mixed(base, palette.color(QPalette::Text), 0.03);
    painter->setAntialiasing(false);
    if (matrix.size() == 0)
        return;
    const QSize room = cell(0, 0).size();
    int64_t largest = 0;
    for (const auto& row : matrix.counts)
        largest = std::max(largest, *std::max_element(row.begin(), row.end()));
    const QFontMetricsF full(font);
    const double fits = std::min(room.height() * 0.95 / full.height(),
        room.width() * 0.9 / full.horizontalAdvance(QString::number(largest)));
    QFont numbers = font;
    numbers.setPointSizeF(font.pointSizeF() * std::clamp(fits, 0.6, 1.0));
    const QFontMetricsF metrics(numbers);
    painter->setFont(numbers);
    const bool text = metrics.height() * 0.8 <= room.height();
    for (int row = 0; row < matrix.size(); ++row)
        for (int column = 0; column < matrix.size(); ++column) {
            const QRect box = cell(row, column).adjusted(0, 0, -1, -1); // the gap is the grid
            const int64_t count = matrix.at(row, column);
            const QColor strong = row == column ? kRight : kWrong;
            const QColor fill
                = count > 0 ? mixed(base, strong, 0.12 + 0.88 * matrix.share(row, column)) : empty;
            painter->fillRect(box, fill);
            if (count == 0 || !text)
                continue;
            const QString number = QString::number(count);
            if (metrics.horizontalAdvance(number) > box.width())
                continue;
            painter->setPen(readableOn(fill));
            painter->drawText(box, Qt::AlignCenter, number);
        }
    if (hover && hover->first < matrix.size() && hover->second < matrix.size()) {
        painter->setPen(QPen(palette.color(QPalette::Text), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(cell(hover->first, hover->second));
    }
}

} // namespace

class ConfusionView::Private : public QObject {
public:
    explicit Private(ConfusionView* view);
    void restyle();
    void layOut(); ///< tick labels as long as there is room for
    QString describe(int row, int column) const;
    QString name(int position) const
    {
        return classes.value(cells->matrix.classes[static_cast<size_t>(position)]);
    }
    bool eventFilter(QObject* watched, QEvent* event) override;

    ConfusionView* q;
    QStringList classes;
    QLabel* summary;
    QLabel* caption;
    QCustomPlot* plot;
    MatrixCells* cells; ///< owned by the plot
    ContentOrMessage* pages;
};

ConfusionView::Private::Private(ConfusionView* view) : QObject(view), q(view)
{
    auto* content = new QWidget(q);
    summary = new QLabel(content);
    summary->setWordWrap(true);
    summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    plot = new QCustomPlot(content);
    plot->setAccessibleName(ConfusionView::tr("Confusion matrix"));
    caption = makeCaption(content);
    caption->setText(ConfusionView::tr(
        "Blue: named correctly, orange: confused. The stronger, the larger the share of its row."));
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(summary);
    inner->addWidget(plot, 1);
    inner->addWidget(caption);
    pages = new ContentOrMessage(content,
        ConfusionView::tr(
            "There is no confusion matrix yet.\n\nAccept, correct or reject some proposals: it compares "
            "what the model said with what you decided."),
        q);
    auto* outer = new QVBoxLayout(q);
    outer->addWidget(pages);

    cells = new MatrixCells(plot->xAxis, plot->yAxis);
    cells->setLayer(QStringLiteral("main"));
    plot->xAxis->setLabel(ConfusionView::tr("predicted"));
    plot->yAxis->setLabel(ConfusionView::tr("truth"));
    plot->yAxis->setRangeReversed(true);
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
    restyle();
}

void ConfusionView::Private::restyle()
{
    applyStyle(*plot, *q);
    showNamesOnly(*plot->xAxis);
    showNamesOnly(*plot->yAxis);
    makeQuiet(*caption, q->palette());
    pages->restyle(q->palette());
    cells->palette = q->palette();
    cells->font = q->font();
    const int side = static_cast<int>(emOf(*q) * 14);
    plot->setMinimumSize(side, side);
    layOut();
}

void ConfusionView::Private::layOut()
{
    const double em = emOf(*q);
    const int n = cells->matrix.size();
    const double longestDown = std::min(em * 11, plot->height() * 0.32);
    const double longestLeft = std::min(em * 13, plot->width() * 0.34);
    const double columnWidth = (plot->width() - longestLeft) / std::max(1, n);
    const double rowHeight = (plot->height() - longestDown) / std::max(1, n);
    const auto fontFor = [&](double room) {
        QFont font = q->font();
        if (room < em)
            font.setPointSizeF(std::max(font.pointSizeF() * 0.65, font.pointSizeF() * room / em));
        return font;
    };
    const auto fill = [&](QCPAxis* axis, double cellRoom, double labelRoom) {
        const QFont font = fontFor(cellRoom);
        const QFontMetricsF metrics(font);
        const int every
            = std::max(1, static_cast<int>(std::ceil(metrics.height() * 0.85 / std::max(1.0, cellRoom))));
        const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        for (int i = 0; i < n; i += every)
            ticker->addTick(i, metrics.elidedText(name(i), Qt::ElideRight, labelRoom));
        axis->setTicker(ticker);
        axis->setTickLabelFont(font);
        axis->setRange(-0.5, std::max(1, n) - 0.5);
    };
    const bool steep = columnWidth < em * 1.7;
    plot->xAxis->setTickLabelRotation(steep ? -90 : -45);
    fill(plot->xAxis, columnWidth, steep ? longestDown : longestDown * 1.2);
    fill(plot->yAxis, rowHeight, longestLeft);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

QString ConfusionView::Private::describe(int row, int column) const
{
    const QLocale locale = q->locale();
    return ConfusionView::tr("truth <b>%1</b> \u2192 predicted <b>%2</b>: %3 (%4 %)")
        .arg(name(row).toHtmlEscaped(), name(column).toHtmlEscaped(),
            locale.toString(cells->matrix.at(row, column)),
            locale.toString(cells->matrix.share(row, column) * 100, 'f', 1));
}

bool ConfusionView::Private::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        layOut();
    } else if (event->type() == QEvent::MouseMove || event->type() == QEvent::Leave) {
        const auto* mouse = event->type() == QEvent::MouseMove ? static_cast<QMouseEvent*>(event) : nullptr;
        const auto at = mouse ? cells->cellAt(mouse->position()) : std::nullopt;
        if (at != cells->hover) {
            cells->hover = at;
            plot->replot(QCustomPlot::rpQueuedReplot);
            if (at)
                QToolTip::showText(mouse->globalPosition().toPoint(), describe(at->first, at->second), plot);
            else
                QToolTip::hideText();
        }
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const auto at = cells->cellAt(mouse->position());
        const auto id = [this](int i) { return cells->matrix.classes[static_cast<size_t>(i)]; };
        if (at && mouse->button() == Qt::LeftButton)
            emit q->cellClicked(id(at->first), id(at->second));
    }
    return QObject::eventFilter(watched, event);
}

ConfusionView::ConfusionView(QWidget* parent) : QWidget(parent), d(new Private(this))
{
    setAccessibleName(tr("Confusion between classes"));
}

void ConfusionView::setMatrix(
    const std::vector<std::vector<int64_t>>& counts, const QStringList& classes, const QString& summary)
{
    d->classes = classes;
    d->cells->hover.reset();
    d->cells->matrix = occurring(counts, static_cast<size_t>(classes.size()));
    d->summary->setText(summary);
    d->summary->setVisible(!summary.isEmpty());
    d->plot->setAccessibleDescription(summary);
    d->pages->showContent(d->cells->matrix.size() > 0);
    d->layOut();
}

void ConfusionView::setEmptyText(const QString& text) { d->pages->setMessage(text); }

QStringList ConfusionView::shownClasses() const
{
    QStringList names;
    for (int i = 0; i < d->cells->matrix.size(); ++i)
        names.append(d->name(i));
    return names;
}

QRect ConfusionView::cellRect(int truth, int predicted) const
{
    const auto& ids = d->cells->matrix.classes;
    const auto row = std::find(ids.begin(), ids.end(), truth);
    const auto column = std::find(ids.begin(), ids.end(), predicted);
    if (row == ids.end() || column == ids.end())
        return {};
    d->plot->replot(); // the margins follow from the labels
    const QRect cell
        = d->cells->cell(static_cast<int>(row - ids.begin()), static_cast<int>(column - ids.begin()));
    return cell.translated(d->plot->mapTo(this, QPoint()));
}

void ConfusionView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

} // namespace telltale
