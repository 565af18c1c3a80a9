// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/confusionview.h"
#include "widgets/plot/confusioncells.h"
#include <QAccessible>
#include <QKeyEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {

class ConfusionView::Private : public QObject {
public:
    explicit Private(ConfusionView* view);
    void rebuild(); ///< axes for as many panels as there are
    void fill(); ///< the cells of all panels
    void restyle();
    void layOut(const QSize& size); ///< tick labels as long as there is room for
    void replotFrames() { plot->layer(QStringLiteral("overlay"))->replot(); }
    void moveFocus(int rows, int columns);
    void setFocusCell(const CellPlace& place);
    void activate(const CellPlace& place);
    bool eventFilter(QObject* watched, QEvent* event) override;

    bool comparing() const { return content.difference && content.panels.size() == 2; }
    int panels() const { return comparing() ? 1 : static_cast<int>(content.panels.size()); }
    int side() const { return static_cast<int>(shown.size()); }
    int background() const { return content.panels.empty() ? 0 : content.panels.front().matrix.classes; }
    QString shortTitle(size_t panel) const
    {
        const ConfusionPanel& one = content.panels[panel];
        return one.name.isEmpty() ? one.title : one.name;
    }
    QString titleOf(size_t panel) const
    {
        if (panel >= content.panels.size())
            return {};
        return comparing() ? ConfusionView::tr("%1 minus %2").arg(shortTitle(1), shortTitle(0))
                           : content.panels[panel].title;
    }
    QString nameOf(int place) const; ///< of a row or column of the matrix
    QString describe(const CellPlace& place) const;
    std::optional<CellPlace> placeAt(const QPointF& position) const;
    QRect rectOf(const CellPlace& place) const
    {
        return cells[static_cast<size_t>(place.panel)]->cell(place.row, place.column);
    }

    ConfusionView* q;
    ConfusionContent content;
    std::vector<int> shown; ///< rows and columns of the matrices, in the order of the axes
    QLabel* caption;
    QCustomPlot* plot;
    std::vector<ConfusionCells*> cells; ///< by panel; owned by the plot
    std::vector<QCPTextElement*> titles; ///< likewise
    CellFrames* frames; ///< likewise
    CellPlace focus;
    ContentOrMessage* pages;
};

ConfusionView::Private::Private(ConfusionView* view) : QObject(view), q(view)
{
    auto* inside = new QWidget(q);
    plot = new QCustomPlot(inside);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
    caption = makeCaption(inside);
    auto* inner = new QVBoxLayout(inside);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(plot, 1);
    inner->addWidget(caption);
    pages = new ContentOrMessage(inside,
        ConfusionView::tr(
            "There is no confusion matrix yet.\n\nAccept, correct or reject some proposals: it compares "
            "what the model said with what you decided."),
        q);
    auto* outer = new QVBoxLayout(q);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages);
    frames = new CellFrames(plot, QStringLiteral("overlay"));
    rebuild();
}

void ConfusionView::Private::rebuild()
{
    frames->panels.clear();
    cells.clear();
    titles.clear();
    plot->clearPlottables();
    plot->plotLayout()->clear();
    auto* margins = new QCPMarginGroup(plot);
    for (int panel = 0; panel < std::max(1, panels()); ++panel) {
        auto* title = new QCPTextElement(plot);
        auto* rect = new QCPAxisRect(plot);
        plot->plotLayout()->addElement(0, panel, title);
        plot->plotLayout()->addElement(1, panel, rect);
        rect->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
        QCPAxis* x = rect->axis(QCPAxis::atBottom);
        QCPAxis* y = rect->axis(QCPAxis::atLeft);
        rect->axis(QCPAxis::atTop)->setVisible(false);
        rect->axis(QCPAxis::atRight)->setVisible(false);
        x->setLabel(ConfusionView::tr("predicted"));
        y->setLabel(panel == 0 ? ConfusionView::tr("decided") : QString());
        y->setTickLabels(panel == 0);
        y->setRangeReversed(true);
        auto* one = new ConfusionCells(x, y);
        one->setLayer(QStringLiteral("main"));
        cells.push_back(one);
        titles.push_back(title);
        frames->panels.push_back(one);
    }
    plot->plotLayout()->setRowSpacing(0);
}

void ConfusionView::Private::fill()
{
    const auto pick = [this](const ConfusionValues& all) {
        ConfusionValues some(shown.size(), std::vector<std::optional<double>>(shown.size()));
        for (size_t i = 0; i < shown.size(); ++i)
            for (size_t j = 0; j < shown.size(); ++j)
                some[i][j] = all[static_cast<size_t>(shown[i])][static_cast<size_t>(shown[j])];
        return some;
    };
    const bool counts = content.scale == ConfusionScale::Count;
    std::vector<int> breaks;
    for (size_t i = 1; i < shown.size(); ++i) {
        const auto groupOf = [this](int place) {
            return static_cast<size_t>(place) < content.groups.size()
                ? content.groups[static_cast<size_t>(place)]
                : -1;
        };
        if (shown[i] == background()
            || (!content.groups.empty() && groupOf(shown[i]) != groupOf(shown[i - 1])))
            breaks.push_back(static_cast<int>(i));
    }
    for (size_t panel = 0; panel < cells.size() && panel < content.panels.size(); ++panel) {
        ConfusionCells& one = *cells[panel];
        const ConfusionMatrix& matrix = content.panels[panel].matrix;
        one.breaks = breaks;
        one.percent = !counts;
        one.difference = comparing();
        if (comparing()) {
            one.values = pick(confusionDifference(matrix, content.panels[1].matrix, content.scale));
            one.shares = one.values;
            double largest = 1;
            for (const auto& row : one.values)
                for (const auto& value : row)
                    largest = std::max(largest, std::abs(value.value_or(0)));
            for (auto& row : one.shares)
                for (auto& share : row)
                    if (share)
                        *share /= largest;
        } else {
            one.values = pick(scaledConfusion(matrix, content.scale));
            one.shares = counts ? pick(scaledConfusion(matrix, ConfusionScale::Row)) : one.values;
        }
    }
}

QString ConfusionView::Private::nameOf(int place) const
{
    return place == background() ? ConfusionView::tr("nothing") : content.classes.value(place);
}

void ConfusionView::Private::restyle()
{
    applyStyle(*plot, *q);
    for (ConfusionCells* one : cells) {
        showNamesOnly(*one->keyAxis());
        showNamesOnly(*one->valueAxis());
        one->palette = q->palette();
        one->font = q->font();
    }
    for (QCPTextElement* title : titles) {
        title->setFont(q->font());
        title->setTextColor(q->palette().color(QPalette::Text));
    }
    makeQuiet(*caption, q->palette());
    pages->restyle(q->palette());
    const int least = static_cast<int>(emOf(*q) * 14);
    plot->setMinimumSize(least, least);
    layOut(plot->size());
}

void ConfusionView::Private::layOut(const QSize& size)
{
    const double em = emOf(*q);
    const int n = side();
    const double longestDown = std::min(em * 11, size.height() * 0.32);
    const double longestLeft = std::min(em * 13, size.width() * 0.34 / std::max(1, panels()));
    const double columnWidth = (size.width() - longestLeft) / std::max(1, n * std::max(1, panels()));
    const double rowHeight = (size.height() - longestDown - em) / std::max(1, n);
    const auto fontFor = [&](double room) {
        QFont font = q->font();
        const double scale = std::clamp(room / em, 0.65, 1.0);
        if (font.pixelSize() > 0)
            font.setPixelSize(std::max(1, static_cast<int>(font.pixelSize() * scale)));
        else
            font.setPointSizeF(font.pointSizeF() * scale);
        return font;
    };
    const auto label = [&](QCPAxis* axis, double cellRoom, double labelRoom) {
        const QFont font = fontFor(cellRoom);
        const QFontMetricsF metrics(font);
        const int every
            = std::max(1, static_cast<int>(std::ceil(metrics.height() * 0.85 / std::max(1.0, cellRoom))));
        const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        for (int i = 0; i < n; i += every)
            ticker->addTick(
                i, metrics.elidedText(nameOf(shown[static_cast<size_t>(i)]), Qt::ElideMiddle, labelRoom));
        axis->setTicker(ticker);
        axis->setTickLabelFont(font);
        axis->setRange(-0.5, std::max(1, n) - 0.5);
    };
    double beside = 0; // room that the names take from the first matrix alone
    const QFontMetricsF small(fontFor(rowHeight));
    for (const int place : shown)
        beside = std::max(beside, std::min(longestLeft, small.horizontalAdvance(nameOf(place))));
    for (size_t panel = 0; panel < titles.size(); ++panel) {
        // Both as wide within. A title does not ask for more room than there is.
        const double share = panels() < 2 ? 1 : panel == 0 ? 0.5 : 0.5 - beside / size.width() / 2;
        const QString text = QFontMetricsF(q->font()).elidedText(
            titleOf(panel), Qt::ElideRight, size.width() * share - 2 * em);
        titles[panel]->setText(text);
        titles[panel]->setVisible(!text.isEmpty());
    }
    if (panels() == 2)
        plot->plotLayout()->setColumnStretchFactors(
            {size.width() + beside, std::max(1.0, size.width() - beside)});
    const bool steep = columnWidth < em * 1.7;
    for (const ConfusionCells* one : cells) {
        one->keyAxis()->setTickLabelRotation(steep ? -90 : -45);
        label(one->keyAxis(), columnWidth, steep ? longestDown : longestDown * 1.2);
        label(one->valueAxis(), rowHeight, longestLeft);
    }
    plot->replot(QCustomPlot::rpQueuedReplot);
}

QString ConfusionView::Private::describe(const CellPlace& place) const
{
    const int truth = shown[static_cast<size_t>(place.row)];
    const int predicted = shown[static_cast<size_t>(place.column)];
    const QLocale locale = q->locale();
    const auto percent = [&locale](int64_t part, int64_t whole) {
        return whole > 0
            ? locale.toString(100.0 * static_cast<double>(part) / static_cast<double>(whole), 'f', 1)
            : QStringLiteral("\u2013");
    };
    QStringList lines{ConfusionView::tr("decided: %1\npredicted: %2").arg(nameOf(truth), nameOf(predicted))};
    for (size_t panel = 0; panel < content.panels.size(); ++panel) {
        if (!comparing() && panel != static_cast<size_t>(place.panel))
            continue;
        const ConfusionMatrix& matrix = content.panels[panel].matrix;
        const int64_t count = matrix.at(truth, predicted);
        const int64_t row = matrix.rowSum(truth);
        const int64_t column = matrix.columnSum(predicted);
        if (comparing())
            lines.append(shortTitle(panel));
        lines.append(ConfusionView::tr("%1 of %2 that were decided so (%3 %)")
                         .arg(locale.toString(static_cast<qlonglong>(count)),
                             locale.toString(static_cast<qlonglong>(row)), percent(count, row)));
        lines.append(ConfusionView::tr("%1 of %2 that were predicted so (%3 %)")
                         .arg(locale.toString(static_cast<qlonglong>(count)),
                             locale.toString(static_cast<qlonglong>(column)), percent(count, column)));
    }
    return lines.join(QLatin1Char('\n'));
}

std::optional<CellPlace> ConfusionView::Private::placeAt(const QPointF& position) const
{
    for (size_t panel = 0; panel < cells.size(); ++panel)
        if (cells[panel]->keyAxis()->axisRect()->rect().contains(position.toPoint()))
            if (const auto at = cells[panel]->cellAt(position))
                return CellPlace{static_cast<int>(panel), at->first, at->second};
    return {};
}

void ConfusionView::Private::setFocusCell(const CellPlace& place)
{
    focus = place;
    frames->focus = q->hasFocus() ? std::optional(place) : std::nullopt;
    replotFrames();
    q->setAccessibleDescription(describe(place));
    QAccessibleEvent changed(q, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void ConfusionView::Private::moveFocus(int rows, int columns)
{
    CellPlace next = focus;
    next.row = std::clamp(focus.row + rows, 0, side() - 1);
    const int wide = side() * panels();
    const int column = std::clamp(focus.panel * side() + focus.column + columns, 0, wide - 1);
    next.panel = column / side();
    next.column = column % side();
    setFocusCell(next);
    const QRect cell = rectOf(next);
    QToolTip::showText(plot->mapToGlobal(cell.bottomRight()), describe(next), plot);
}

void ConfusionView::Private::activate(const CellPlace& place)
{
    emit q->cellActivated(comparing() ? 1 : place.panel, shown[static_cast<size_t>(place.row)],
        shown[static_cast<size_t>(place.column)]);
}

bool ConfusionView::Private::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        layOut(static_cast<QResizeEvent*>(event)->size());
    } else if (event->type() == QEvent::MouseMove || event->type() == QEvent::Leave) {
        const auto* mouse = event->type() == QEvent::MouseMove ? static_cast<QMouseEvent*>(event) : nullptr;
        const auto at = mouse ? placeAt(mouse->position()) : std::nullopt;
        if (at != frames->hover) {
            frames->hover = at;
            replotFrames();
            if (at)
                QToolTip::showText(mouse->globalPosition().toPoint(), describe(*at), plot);
            else
                QToolTip::hideText();
        }
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (const auto at = placeAt(mouse->position()); at && mouse->button() == Qt::LeftButton) {
            q->setFocus(Qt::MouseFocusReason);
            setFocusCell(*at);
            activate(*at);
        }
    }
    return QObject::eventFilter(watched, event);
}

ConfusionView::ConfusionView(QWidget* parent) : PlotView(parent), d(new Private(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setFigure(QStringLiteral("confusion"), tr("Confusion between classes"));
    d->restyle();
}

ConfusionView::~ConfusionView() = default;

void ConfusionView::setContent(ConfusionContent content)
{
    const int before = d->panels();
    d->content = std::move(content);
    d->frames->hover.reset();
    d->shown.clear();
    const int background = d->background();
    const auto occurs = [this](int place) {
        return std::ranges::any_of(d->content.panels, [place](const ConfusionPanel& panel) {
            return place < panel.matrix.side()
                && panel.matrix.rowSum(place) + panel.matrix.columnSum(place) > 0;
        });
    };
    for (const int c : d->content.order)
        if (c >= 0 && c < background && occurs(c))
            d->shown.push_back(c);
    if (!d->content.panels.empty() && d->content.panels.front().matrix.background && !d->shown.empty())
        d->shown.push_back(background);
    if (d->panels() != before)
        d->rebuild();
    d->fill();
    d->caption->setText(d->comparing()
            ? tr("Blue: more in the second, orange: less.")
            : tr("Blue: named correctly, orange: confused. The stronger, the larger the share%1.")
                  .arg(
                      d->content.scale == ConfusionScale::Column ? tr(" of its column") : tr(" of its row")));
    d->pages->showContent(!isEmpty());
    d->focus = {std::min(d->focus.panel, std::max(0, d->panels() - 1)),
        std::clamp(d->focus.row, 0, std::max(0, d->side() - 1)),
        std::clamp(d->focus.column, 0, std::max(0, d->side() - 1))};
    if (d->frames->focus)
        d->frames->focus = isEmpty() ? std::nullopt : std::optional(d->focus);
    d->restyle();
}

void ConfusionView::setEmptyText(const QString& text) { d->pages->setMessage(text); }

QString ConfusionView::cellText(int panel, int truth, int predicted) const
{
    const auto row = std::ranges::find(d->shown, truth);
    const auto column = std::ranges::find(d->shown, predicted);
    if (row == d->shown.end() || column == d->shown.end() || panel < 0 || panel >= d->panels())
        return {};
    return d->describe(
        {panel, static_cast<int>(row - d->shown.begin()), static_cast<int>(column - d->shown.begin())});
}

QStringList ConfusionView::shownClasses() const
{
    QStringList names;
    for (const int place : d->shown)
        names.append(d->nameOf(place));
    return names;
}

QRect ConfusionView::cellRect(int panel, int truth, int predicted) const
{
    const auto row = std::ranges::find(d->shown, truth);
    const auto column = std::ranges::find(d->shown, predicted);
    if (row == d->shown.end() || column == d->shown.end() || panel < 0 || panel >= d->panels())
        return {};
    d->plot->replot(); // the margins follow from the labels
    const QRect cell = d->rectOf(
        {panel, static_cast<int>(row - d->shown.begin()), static_cast<int>(column - d->shown.begin())});
    return cell.translated(d->plot->mapTo(this, QPoint()));
}

std::array<int, 3> ConfusionView::focusCell() const
{
    if (!d->frames->focus)
        return {-1, -1, -1};
    return {d->focus.panel, d->shown[static_cast<size_t>(d->focus.row)],
        d->shown[static_cast<size_t>(d->focus.column)]};
}

bool ConfusionView::isEmpty() const { return d->shown.empty(); }

QSize ConfusionView::paperSize() const
{
    // Cells as large as a number of two digits needs, and room for the names.
    const int cells = std::clamp(d->side() * 22, 220, 1200);
    return {cells * std::max(1, d->panels()) + 180, cells + 200};
}

void ConfusionView::drawFigure(QPaintDevice& device, QSize size)
{
    const auto hover = std::exchange(d->frames->hover, std::nullopt);
    const auto focus = std::exchange(d->frames->focus, std::nullopt);
    d->layOut(size);
    drawPlot(*d->plot, device, QRect(QPoint(), size));
    d->frames->hover = hover;
    d->frames->focus = focus;
    d->layOut(d->plot->size());
}

void ConfusionView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

namespace {

/// Cells to go by a key, {rows, columns}; nothing for other keys.
std::optional<std::pair<int, int>> stepOf(int key)
{
    constexpr int kFar = 1 << 20;
    switch (key) {
    case Qt::Key_Up:
        return std::pair(-1, 0);
    case Qt::Key_Down:
        return std::pair(1, 0);
    case Qt::Key_Left:
        return std::pair(0, -1);
    case Qt::Key_Right:
        return std::pair(0, 1);
    case Qt::Key_Home:
        return std::pair(0, -kFar);
    case Qt::Key_End:
        return std::pair(0, kFar);
    case Qt::Key_PageUp:
        return std::pair(-kFar, 0);
    case Qt::Key_PageDown:
        return std::pair(kFar, 0);
    default:
        return {};
    }
}

bool isEnter(int key) { return key == Qt::Key_Return || key == Qt::Key_Enter; }

} // namespace

/// Arrows step frames and Enter makes spans everywhere else; here they are the matrix's.
bool ConfusionView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && !isEmpty()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && (stepOf(key->key()) || isEnter(key->key()))) {
            event->accept();
            return true;
        }
    }
    return PlotView::event(event);
}

void ConfusionView::keyPressEvent(QKeyEvent* event)
{
    const auto step = stepOf(event->key());
    if (isEmpty() || event->modifiers() != Qt::NoModifier || (!step && !isEnter(event->key()))) {
        PlotView::keyPressEvent(event);
        return;
    }
    if (step)
        d->moveFocus(step->first, step->second);
    else
        d->activate(d->focus);
}

void ConfusionView::focusInEvent(QFocusEvent* event)
{
    PlotView::focusInEvent(event);
    if (!isEmpty())
        d->setFocusCell(d->focus);
}

void ConfusionView::focusOutEvent(QFocusEvent* event)
{
    PlotView::focusOutEvent(event);
    d->frames->focus.reset();
    d->replotFrames();
}

} // namespace telltale
