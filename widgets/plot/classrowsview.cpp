// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/classrowsview.h"
#include "widgets/plot/drawnplottable.h"
#include "widgets/plot/plotstyle.h"
#include <QHBoxLayout>
#include <QScrollBar>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr double kRowHeight = 1.45; ///< of the text's
constexpr double kMostRowHeight = 1.9;
constexpr double kNameShare = 0.42; ///< of the width, at most
constexpr int kPaperRow = 20; ///< pixels

} // namespace

class ClassRowsView::Private : public QObject {
public:
    /// Hands the drawing to the view; QCustomPlot's own bars are many times slower.
    class Rows : public DrawnPlottable {
    public:
        Rows(QCustomPlot& plot, Private& owner) : DrawnPlottable(plot.yAxis, plot.xAxis), m_owner(owner) { }

    protected:
        void draw(QCPPainter* painter) override { m_owner.draw(*painter); }

    private:
        Private& m_owner;
    };

    explicit Private(ClassRowsView* view);
    void restyle();
    void layOut();
    /// Axes for a plot of this size.
    void fit(int width, int height);
    void draw(QPainter& painter) const;
    void drawTitles(QPainter& painter, const QRect& area) const;
    QRect placeOf(int row) const; ///< in the plot
    void go(int row);
    void keepInSight(); ///< the current row
    void choose(int row);
    int rowAt(double y) const;
    bool handleKey(const QKeyEvent& event);
    bool eventFilter(QObject* watched, QEvent* event) override;
    /// Rows that fit below the titles.
    int rowsInSight() const;
    int count() const { return static_cast<int>(names.size()); }
    const Name& name(int row) const { return names[static_cast<size_t>(row)]; }
    double titleRoom() const { return columns.isEmpty() ? 0 : emOf(*q) * kRowHeight; }

    ClassRowsView* q;
    std::vector<Name> names;
    QStringList columns;
    int current = -1;
    bool onPaper = false;
    QLabel* summary;
    QLabel* caption;
    QLabel* readout;
    QScrollBar* scroll; ///< by rows; only what is in sight is drawn
    QCustomPlot* plot;
    ContentOrMessage* pages;
};

ClassRowsView::Private::Private(ClassRowsView* view) : QObject(view), q(view)
{
    auto* content = new QWidget(q);
    summary = new QLabel(content);
    summary->setWordWrap(true);
    caption = makeCaption(content);
    readout = makeCaption(content);
    plot = new QCustomPlot(content);
    plot->setFocusPolicy(Qt::StrongFocus);
    plot->setToolTip(ClassRowsView::tr("Arrow keys: walk through the classes, Enter: choose one"));
    scroll = new QScrollBar(Qt::Vertical, content);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(summary);
    auto* rows = new QHBoxLayout;
    rows->setSpacing(0);
    rows->addWidget(plot, 1);
    rows->addWidget(scroll);
    inner->addLayout(rows, 1);
    inner->addWidget(readout);
    inner->addWidget(caption);
    pages = new ContentOrMessage(content, QString(), q);
    auto* outer = new QVBoxLayout(q);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages);

    new Rows(*plot, *this);
    plot->yAxis->setRangeReversed(true);
    plot->xAxis->setVisible(false);
    plot->xAxis->grid()->setVisible(false);
    plot->axisRect()->setAutoMargins(QCP::msLeft);
    plot->installEventFilter(this);
    connect(scroll, &QScrollBar::valueChanged, this, &Private::layOut);
    restyle();
}

void ClassRowsView::Private::restyle()
{
    applyStyle(*plot, *q);
    showNamesOnly(*plot->yAxis);
    makeQuiet(*caption, q->palette());
    makeQuiet(*readout, q->palette());
    readout->setMinimumHeight(static_cast<int>(emOf(*q) * 1.1)); // the rows keep their place when it speaks
    pages->restyle(q->palette());
    const int em = static_cast<int>(emOf(*q));
    plot->setMinimumSize(em * 14, em * 8);
    layOut();
}

int ClassRowsView::Private::rowsInSight() const
{
    return std::max(1, static_cast<int>((plot->height() - titleRoom()) / (emOf(*q) * kRowHeight)));
}

void ClassRowsView::Private::layOut()
{
    const int inSight = rowsInSight();
    scroll->setRange(0, std::max(0, count() - inSight));
    scroll->setPageStep(inSight);
    scroll->setVisible(scroll->maximum() > 0);
    fit(plot->width(), plot->height());
    plot->replot(QCustomPlot::rpQueuedReplot);
}

void ClassRowsView::Private::fit(int width, int height)
{
    const double em = emOf(*q);
    const QFontMetricsF metrics(q->font());
    const int top = static_cast<int>(titleRoom());
    plot->axisRect()->setMargins(QMargins(0, top, static_cast<int>(em / 2), 0));
    const double room = height - top;
    const int first = onPaper ? 0 : scroll->value();
    // Few rows stay as high as many: what is left over is empty below them.
    const double rows = onPaper ? count()
        : scroll->maximum() > 0 ? room / (em * kRowHeight)
                                : std::max<double>(count(), room / (em * kMostRowHeight));
    plot->yAxis->setRange(first - 0.5, first + rows - 0.5);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const int behind = std::min(count(), first + static_cast<int>(rows) + 1);
    for (int i = first; i < behind; ++i)
        ticker->addTick(i, metrics.elidedText(name(i).name, Qt::ElideRight, width * kNameShare));
    plot->yAxis->setTicker(ticker);
}

QRect ClassRowsView::Private::placeOf(int row) const
{
    const QRect area = plot->axisRect()->rect();
    const double top = plot->yAxis->coordToPixel(row - 0.5);
    const double bottom = plot->yAxis->coordToPixel(row + 0.5);
    return {QPoint(area.left(), static_cast<int>(std::lround(top))),
        QPoint(area.right(), static_cast<int>(std::lround(bottom)) - 1)};
}

void ClassRowsView::Private::draw(QPainter& painter) const
{
    static_cast<QCPPainter&>(painter).setAntialiasing(false);
    painter.setFont(q->font());
    const QRect area = plot->axisRect()->rect();
    for (int row = std::max(0, rowAt(area.top())); row < count(); ++row) {
        const QRect place = placeOf(row);
        if (place.top() > area.bottom())
            break;
        if (row == current && !onPaper)
            painter.fillRect(place,
                mixed(q->palette().color(QPalette::Base), q->palette().color(QPalette::Highlight), 0.2));
        q->drawRow(painter, static_cast<size_t>(row), place);
    }
    if (!columns.isEmpty())
        drawTitles(painter, area);
}

void ClassRowsView::Private::drawTitles(QPainter& painter, const QRect& area) const
{
    const auto height = static_cast<int>(titleRoom());
    const QRect band(area.left(), area.top() - height, area.width(), height);
    painter.setClipping(false);
    painter.setPen(quietText(q->palette()));
    const QFontMetricsF metrics(q->font());
    for (int i = 0; i < columns.size(); ++i) {
        const int left = band.left() + band.width() * i / static_cast<int>(columns.size());
        const int right = band.left() + band.width() * (i + 1) / static_cast<int>(columns.size());
        const QRect place(left, band.top(), right - left, band.height());
        painter.drawText(
            place, Qt::AlignCenter, metrics.elidedText(columns[i], Qt::ElideRight, place.width() - 4));
    }
}

int ClassRowsView::Private::rowAt(double y) const
{
    if (y < plot->axisRect()->top()) // a title
        return -1;
    const auto row = static_cast<int>(std::floor(plot->yAxis->pixelToCoord(y) + 0.5));
    return row >= 0 && row < count() ? row : -1;
}

void ClassRowsView::Private::go(int row)
{
    current = count() == 0 ? -1 : std::clamp(row, 0, count() - 1);
    const QString text = current < 0 ? QString() : name(current).note;
    readout->setText(text);
    plot->setAccessibleDescription(text.isEmpty() ? summary->text() : text);
    keepInSight();
    plot->replot(QCustomPlot::rpQueuedReplot);
}

void ClassRowsView::Private::keepInSight()
{
    if (current >= 0)
        scroll->setValue(std::clamp(scroll->value(), current - rowsInSight() + 1, current));
}

void ClassRowsView::Private::choose(int row)
{
    if (row >= 0)
        emit q->classClicked(name(row).classId);
}

bool ClassRowsView::Private::handleKey(const QKeyEvent& event)
{
    const int page = std::max(1, rowsInSight() - 1);
    const std::pair<int, int> steps[]{{Qt::Key_Down, current + 1}, {Qt::Key_Up, current - 1},
        {Qt::Key_PageDown, current + page}, {Qt::Key_PageUp, current - page}, {Qt::Key_Home, 0},
        {Qt::Key_End, count() - 1}};
    for (const auto& [key, row] : steps)
        if (event.key() == key) {
            go(row);
            return true;
        }
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (enter)
        choose(current);
    return enter;
}

bool ClassRowsView::Private::eventFilter(QObject* watched, QEvent* event)
{
    static constexpr int kOurs[]{Qt::Key_Down, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Home,
        Qt::Key_End, Qt::Key_Return, Qt::Key_Enter};
    switch (event->type()) {
    case QEvent::Resize: // also where what is read takes a second line
        layOut();
        keepInSight();
        break;
    case QEvent::Wheel:
        QCoreApplication::sendEvent(scroll, event);
        return true;
    case QEvent::ShortcutOverride: // arrows and Enter mean other things elsewhere in the window
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
        if (!plain || std::ranges::find(kOurs, key->key()) == std::end(kOurs))
            break;
        event->accept();
        return event->type() == QEvent::KeyPress && handleKey(*key);
    }
    case QEvent::FocusIn:
        if (current < 0 && static_cast<QFocusEvent*>(event)->reason() != Qt::MouseFocusReason)
            go(0);
        break;
    case QEvent::ToolTip:
        if (const int row = rowAt(static_cast<QHelpEvent*>(event)->pos().y()); row >= 0) {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), name(row).note, plot);
            return true;
        }
        break;
    case QEvent::MouseButtonRelease: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int row = rowAt(mouse->position().y());
        if (mouse->button() == Qt::LeftButton && row >= 0) {
            go(row);
            choose(row);
        }
        break;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

ClassRowsView::ClassRowsView(QWidget* parent) : PlotView(parent), d(new Private(this)) { }

ClassRowsView::~ClassRowsView()
{
    delete d; // its plot draws with the view, which is gone before its children are
}

void ClassRowsView::setFigure(const QString& key, const QString& title)
{
    PlotView::setFigure(key, title);
    d->plot->setAccessibleName(title);
}

void ClassRowsView::setNames(
    std::vector<Name> names, const QStringList& columns, const QString& summary, const QString& caption)
{
    const int before = d->current < 0 ? -1 : d->name(d->current).classId;
    d->names = std::move(names);
    d->columns = columns;
    d->summary->setText(summary);
    d->summary->setVisible(!summary.isEmpty());
    d->caption->setText(caption);
    d->caption->setVisible(!caption.isEmpty());
    d->current = -1;
    d->readout->clear();
    d->plot->setAccessibleDescription(summary);
    d->pages->showContent(!isEmpty());
    d->layOut();
    const auto same = std::ranges::find(d->names, before, &Name::classId);
    if (before >= 0 && same != d->names.end())
        d->go(static_cast<int>(same - d->names.begin()));
}

void ClassRowsView::setEmptyText(const QString& text) { d->pages->setMessage(text); }
QString ClassRowsView::message() const { return d->pages->message(); }
QString ClassRowsView::readout() const { return d->readout->text(); }
QString ClassRowsView::summary() const { return d->summary->text(); }
QString ClassRowsView::caption() const { return d->caption->text(); }
bool ClassRowsView::isEmpty() const { return d->names.empty(); }

QSize ClassRowsView::paperSize() const
{
    return {560, std::max(120, (d->count() + (d->columns.isEmpty() ? 0 : 1)) * kPaperRow + 8)};
}

QStringList ClassRowsView::shownClasses() const
{
    QStringList shown;
    for (const Name& one : d->names)
        shown.append(one.name);
    return shown;
}

QRect ClassRowsView::rowRect(int classId) const
{
    const auto found = std::ranges::find(d->names, classId, &Name::classId);
    if (found == d->names.end())
        return {};
    const QRect place = d->placeOf(static_cast<int>(found - d->names.begin()));
    return place.intersects(d->plot->rect()) ? QRect(d->plot->mapTo(this, place.topLeft()), place.size())
                                             : QRect();
}

void ClassRowsView::drawFigure(QPaintDevice& device, QSize size)
{
    d->onPaper = true;
    d->fit(size.width(), size.height());
    drawPlot(*d->plot, device, QRect(QPoint(), size));
    d->onPaper = false;
    d->fit(d->plot->width(), d->plot->height());
}

void ClassRowsView::changeEvent(QEvent* event)
{
    PlotView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

ClassBarsView::ClassBarsView(QWidget* parent) : ClassRowsView(parent) { }

void ClassBarsView::setRows(std::vector<Row> rows, const QString& summary, const QString& caption)
{
    m_rows = std::move(rows);
    m_longest = 0;
    m_mostLetters = 0;
    std::vector<Name> names;
    for (const Row& row : m_rows) {
        m_longest = std::max(m_longest, row.solid + row.outlined);
        m_mostLetters = std::max(m_mostLetters, static_cast<int>(row.text.size()) + (row.marked ? 2 : 0));
        names.push_back(row.name);
    }
    setNames(std::move(names), {}, summary, caption);
}

void ClassBarsView::drawRow(QPainter& painter, size_t index, const QRect& place) const
{
    const Row& row = m_rows[index];
    const QFontMetricsF metrics(font());
    const double em = metrics.height();
    // The longest bar leaves room for its number.
    const double numberRoom = metrics.averageCharWidth() * 1.25 * m_mostLetters + em * 0.6;
    const double unit = std::max(em * 2, place.width() - numberRoom) / (m_longest > 0 ? m_longest : 1);
    const int inset = static_cast<int>(place.height() * 0.14);
    const QRect bar = place.adjusted(0, inset, 0, -inset);
    const auto solid = static_cast<int>(std::lround(row.solid * unit));
    const auto all = static_cast<int>(std::lround((row.solid + row.outlined) * unit));
    painter.fillRect(QRect(bar.left(), bar.top(), solid, bar.height()), row.color);
    if (all > solid) {
        const QRect open(bar.left() + solid, bar.top(), all - solid, bar.height());
        painter.fillRect(open, mixed(palette().color(QPalette::Base), row.color, 0.3));
        painter.setPen(QPen(row.color, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(open.adjusted(0, 0, -1, -1));
    }
    painter.setPen(row.marked ? palette().color(QPalette::Text) : quietText(palette()));
    const QRect room(bar.left() + all + static_cast<int>(em * 0.35), place.top(),
        static_cast<int>(numberRoom), place.height());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
        row.marked ? row.text + QStringLiteral(" \u26a0") : row.text);
}

ClassCellsView::ClassCellsView(QWidget* parent) : ClassRowsView(parent) { }

void ClassCellsView::setRows(
    std::vector<Row> rows, const QStringList& columns, const QString& summary, const QString& caption)
{
    m_rows = std::move(rows);
    std::vector<Name> names;
    for (const Row& row : m_rows)
        names.push_back(row.name);
    setNames(std::move(names), columns, summary, caption);
}

void ClassCellsView::drawRow(QPainter& painter, size_t index, const QRect& place) const
{
    const Row& row = m_rows[index];
    const auto count = static_cast<int>(row.cells.size());
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    for (int i = 0; i < count; ++i) {
        const Cell& cell = row.cells[static_cast<size_t>(i)];
        const int left = place.left() + place.width() * i / count;
        const int right = place.left() + place.width() * (i + 1) / count;
        const QRect box = QRect(left, place.top(), right - left, place.height()).adjusted(1, 1, -1, -1);
        painter.setBrush(Qt::NoBrush);
        if (cell.missing) { // a frame and a sign: not by colour alone
            painter.setPen(QPen(mixed(base, text, 0.55), 1, Qt::DashLine));
            painter.drawRect(box.adjusted(0, 0, -1, -1));
        } else if (cell.share > 0) {
            painter.fillRect(box, mixed(base, row.color, 0.15 + 0.55 * std::min(cell.share, 1.0)));
        }
        painter.setPen(text);
        painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, cell.text);
    }
}

} // namespace telltale
