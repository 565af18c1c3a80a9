// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/drawnplottable.h"
#include "widgets/plot/longcurve.h"
#include "widgets/plot/plotstyle.h"
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {

namespace {

constexpr double kReach = 1.2; ///< of the text's height: how near the pointer has to be

/// Parts, points and their intervals; plain shapes.
class PointCloud : public DrawnPlottable {
public:
    PointCloud(QCPAxis* x, QCPAxis* y) : DrawnPlottable(x, y) { }
    ClassPointsView::Figure figure;
    QPalette palette;
    QFont font;
    double em = 16;
    int current = -1;

    QPointF pixelOf(const ClassPointsView::Point& point) const { return coordsToPixels(point.x, point.y); }

protected:
    void draw(QCPPainter* painter) override
    {
        for (const ClassPointsView::Part& part : figure.parts)
            drawPart(painter, part);
        if (std::isfinite(figure.mark))
            drawMark(painter);
        painter->setAntialiasing(true);
        for (size_t i = 0; i < figure.points.size(); ++i)
            drawPoint(painter, figure.points[i], static_cast<int>(i) == current);
    }

private:
    void drawPart(QCPPainter* painter, const ClassPointsView::Part& part) const
    {
        const QRect area = keyAxis()->axisRect()->rect();
        const double from = keyAxis()->coordToPixel(part.from);
        const double to = keyAxis()->coordToPixel(part.to);
        const QRect band = QRectF(QPointF(from, area.top()), QPointF(to, area.bottom() + 1)).toRect() & area;
        painter->setAntialiasing(false);
        painter->fillRect(band, mixed(palette.color(QPalette::Base), part.color, 0.14));
        painter->setFont(font);
        painter->setPen(quietText(palette));
        painter->drawText(band.adjusted(0, 2, 0, 0), Qt::AlignHCenter | Qt::AlignTop | Qt::TextDontClip,
            QFontMetricsF(font).elidedText(part.name, Qt::ElideRight, band.width()));
    }
    void drawMark(QCPPainter* painter) const
    {
        const QRect area = keyAxis()->axisRect()->rect();
        const double y = valueAxis()->coordToPixel(figure.mark);
        painter->setAntialiasing(false);
        painter->setPen(QPen(quietText(palette), 1, Qt::DashLine));
        painter->drawLine(QLineF(area.left(), y, area.right(), y));
        painter->setFont(font);
        painter->setPen(quietText(palette));
        painter->drawText(QRectF(area.left() + 4, y - em * 1.15, area.width() - 8, em),
            Qt::AlignRight | Qt::AlignBottom | Qt::TextDontClip, figure.markName);
    }
    void drawPoint(QCPPainter* painter, const ClassPointsView::Point& point, bool here) const
    {
        const QPointF place = pixelOf(point);
        if (!std::isfinite(place.x()) || !std::isfinite(place.y()))
            return;
        if (std::isfinite(point.low) && std::isfinite(point.high)) {
            painter->setPen(QPen(mixed(palette.color(QPalette::Base), point.color, 0.65), 1));
            const double low = valueAxis()->coordToPixel(point.low);
            const double high = valueAxis()->coordToPixel(point.high);
            painter->drawLine(QLineF(place.x(), low, place.x(), high));
            for (const double end : {low, high})
                painter->drawLine(QLineF(place.x() - em * 0.15, end, place.x() + em * 0.15, end));
        }
        const double radius = em * (here ? 0.42 : 0.28);
        painter->setBrush(point.hollow ? palette.color(QPalette::Base) : point.color);
        painter->setPen(here
                ? QPen(palette.color(QPalette::Text), 2)
                : QPen(point.hollow ? point.color : palette.color(QPalette::Base), point.hollow ? 2 : 1));
        painter->drawEllipse(place, radius, radius);
    }
};

/// Room around the values so that no point touches an axis; decades for logarithms.
QCPRange rangeOf(const ClassPointsView::Axis& axis, double low, double high)
{
    if (axis.high > axis.low)
        return {axis.low, axis.high};
    if (axis.logarithmic) {
        low = std::max(low, 1e-9);
        return {low / 1.4, std::max(high, low) * 1.6};
    }
    const double room = high > low ? (high - low) * 0.06 : 1;
    return {low >= 0 ? std::max(low - room, -room / 2) : low - room, high + room * 1.5};
}

} // namespace

class ClassPointsView::Private : public QObject {
public:
    explicit Private(ClassPointsView* view);
    void restyle();
    void scale();
    void styleAxis(QCPAxis& axis, const Axis& wanted);
    void go(int index);
    int nearest(const QPointF& pixel) const; ///< -1: none in reach
    bool handleKey(const QKeyEvent& event);
    bool eventFilter(QObject* watched, QEvent* event) override;
    const Figure& figure() const { return cloud->figure; }

    ClassPointsView* q;
    QCustomPlot* plot;
    PointCloud* cloud; ///< both are owned by the plot
    LongCurve* line;
    QLabel* readout;
    QLabel* caption;
    ContentOrMessage* pages;
};

ClassPointsView::Private::Private(ClassPointsView* view) : QObject(view), q(view)
{
    auto* content = new QWidget(q);
    plot = new QCustomPlot(content);
    plot->setFocusPolicy(Qt::StrongFocus);
    plot->setMouseTracking(true);
    plot->setToolTip(ClassPointsView::tr("Arrow keys: walk through the classes, Enter: choose one"));
    readout = makeCaption(content);
    caption = makeCaption(content);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(plot, 1);
    inner->addWidget(readout);
    inner->addWidget(caption);
    pages = new ContentOrMessage(content, QString(), q);
    auto* outer = new QVBoxLayout(q);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages);
    cloud = new PointCloud(plot->xAxis, plot->yAxis);
    line = new LongCurve(plot->xAxis, plot->yAxis);
    plot->legend->setVisible(false);
    plot->installEventFilter(this);
    restyle();
}

void ClassPointsView::Private::styleAxis(QCPAxis& axis, const Axis& wanted)
{
    axis.setLabel(wanted.label);
    axis.setScaleType(wanted.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (wanted.logarithmic)
        axis.setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
    else if (wanted.whole) {
        const QSharedPointer<QCPAxisTickerFixed> ticker(new QCPAxisTickerFixed);
        ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
        axis.setTicker(ticker);
    } else
        axis.setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    axis.setNumberFormat(QStringLiteral("gb"));
    axis.setNumberPrecision(6);
}

void ClassPointsView::Private::restyle()
{
    applyStyle(*plot, *q);
    const double em = emOf(*q);
    makeQuiet(*caption, q->palette());
    makeQuiet(*readout, q->palette());
    readout->setMinimumHeight(static_cast<int>(em * 1.1)); // the plot keeps its place when it speaks
    pages->restyle(q->palette());
    cloud->palette = q->palette();
    cloud->font = q->font();
    cloud->em = em;
    const QColor text = q->palette().color(QPalette::Text);
    line->setPen(QPen(mixed(q->palette().color(QPalette::Base), text, 0.7), std::max(1.5, em * 0.1)));
    plot->setMinimumSize(static_cast<int>(em * 14), static_cast<int>(em * 11));
    scale();
}

void ClassPointsView::Private::scale()
{
    const Figure& shown = figure();
    styleAxis(*plot->xAxis, shown.x);
    styleAxis(*plot->yAxis, shown.y);
    double ends[2][2] = {{1e300, -1e300}, {1e300, -1e300}};
    const auto take = [&](int axis, double value) {
        ends[axis][0] = std::min(ends[axis][0], value);
        ends[axis][1] = std::max(ends[axis][1], value);
    };
    for (const Point& point : shown.points) {
        take(0, point.x);
        take(1, point.y);
        for (const double end : {point.low, point.high})
            if (std::isfinite(end))
                take(1, end);
    }
    for (const Part& part : shown.parts) {
        take(0, part.from);
        take(0, part.to);
    }
    if (ends[0][0] <= ends[0][1]) {
        plot->xAxis->setRange(rangeOf(shown.x, ends[0][0], ends[0][1]));
        plot->yAxis->setRange(rangeOf(shown.y, ends[1][0], ends[1][1]));
    }
    plot->replot(QCustomPlot::rpQueuedReplot);
}

void ClassPointsView::Private::go(int index)
{
    const auto count = static_cast<int>(figure().points.size());
    cloud->current = index < 0 || count == 0 ? -1 : std::min(index, count - 1);
    const QString text
        = cloud->current < 0 ? QString() : figure().points[static_cast<size_t>(cloud->current)].note;
    readout->setText(text);
    plot->setAccessibleDescription(text.isEmpty() ? caption->text() : text);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

int ClassPointsView::Private::nearest(const QPointF& pixel) const
{
    int best = -1;
    double least = emOf(*q) * kReach;
    for (size_t i = 0; i < figure().points.size(); ++i) {
        const QPointF away = cloud->pixelOf(figure().points[i]) - pixel;
        const double distance = std::hypot(away.x(), away.y());
        if (distance < least) {
            least = distance;
            best = static_cast<int>(i);
        }
    }
    return best;
}

bool ClassPointsView::Private::handleKey(const QKeyEvent& event)
{
    const auto last = static_cast<int>(figure().points.size()) - 1;
    switch (event.key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        go(cloud->current + 1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
        go(std::max(0, cloud->current - 1));
        return true;
    case Qt::Key_Home:
        go(0);
        return true;
    case Qt::Key_End:
        go(last);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (cloud->current >= 0)
            emit q->classClicked(figure().points[static_cast<size_t>(cloud->current)].classId);
        return true;
    default:
        return false;
    }
}

bool ClassPointsView::Private::eventFilter(QObject* watched, QEvent* event)
{
    static constexpr int kOurs[]{Qt::Key_Right, Qt::Key_Left, Qt::Key_Down, Qt::Key_Up, Qt::Key_Home,
        Qt::Key_End, Qt::Key_Return, Qt::Key_Enter};
    switch (event->type()) {
    case QEvent::ShortcutOverride: // arrows and Enter mean other things elsewhere in the window
    case QEvent::KeyPress: {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
        if (!plain || std::ranges::find(kOurs, key->key()) == std::end(kOurs))
            break;
        event->accept();
        return event->type() == QEvent::KeyPress && handleKey(*key);
    }
    case QEvent::FocusIn:
        if (cloud->current < 0 && static_cast<QFocusEvent*>(event)->reason() != Qt::MouseFocusReason)
            go(0);
        break;
    case QEvent::MouseMove:
        if (const int index = nearest(static_cast<QMouseEvent*>(event)->position()); index >= 0)
            go(index);
        break;
    case QEvent::ToolTip:
        if (const int index = nearest(static_cast<QHelpEvent*>(event)->pos()); index >= 0) {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                figure().points[static_cast<size_t>(index)].note, plot);
            return true;
        }
        break;
    case QEvent::MouseButtonRelease: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int index = nearest(mouse->position());
        if (mouse->button() == Qt::LeftButton && index >= 0)
            emit q->classClicked(figure().points[static_cast<size_t>(index)].classId);
        break;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

ClassPointsView::ClassPointsView(QWidget* parent) : PlotView(parent), d(new Private(this)) { }

void ClassPointsView::setFigure(const QString& key, const QString& title)
{
    PlotView::setFigure(key, title);
    d->plot->setAccessibleName(title);
}

void ClassPointsView::setContent(Figure figure)
{
    const Figure& before = d->figure();
    const int chosen
        = d->cloud->current < 0 ? -1 : before.points[static_cast<size_t>(d->cloud->current)].classId;
    std::erase_if(figure.points, [&figure](const Point& point) {
        return (figure.x.logarithmic && point.x <= 0) || (figure.y.logarithmic && point.y <= 0);
    });
    std::vector<double> x;
    std::vector<double> y;
    for (const QPointF& point : figure.curve) {
        x.push_back(point.x());
        y.push_back(point.y());
    }
    d->line->setPoints(std::move(x), std::move(y));
    d->line->setName(figure.curveName);
    d->cloud->figure = std::move(figure);
    d->cloud->current = -1;
    const auto same = std::ranges::find(d->figure().points, chosen, &Point::classId);
    d->caption->setText(d->figure().caption);
    d->caption->setVisible(!d->figure().caption.isEmpty());
    d->pages->showContent(!isEmpty());
    d->scale();
    d->go(chosen < 0 || same == d->figure().points.end()
            ? -1
            : static_cast<int>(same - d->figure().points.begin()));
}

void ClassPointsView::setEmptyText(const QString& text) { d->pages->setMessage(text); }
QString ClassPointsView::message() const { return d->pages->message(); }
QString ClassPointsView::readout() const { return d->readout->text(); }
QString ClassPointsView::caption() const { return d->caption->text(); }
int ClassPointsView::shownPoints() const { return static_cast<int>(d->figure().points.size()); }
bool ClassPointsView::isEmpty() const { return d->figure().points.empty(); }

QPoint ClassPointsView::placeOf(int classId) const
{
    const auto found = std::ranges::find(d->figure().points, classId, &Point::classId);
    if (found == d->figure().points.end())
        return {-1, -1};
    return d->plot->mapTo(this, d->cloud->pixelOf(*found).toPoint());
}

void ClassPointsView::drawFigure(QPaintDevice& device, QSize size)
{
    const int current = std::exchange(d->cloud->current, -1);
    drawPlot(*d->plot, device, QRect(QPoint(), size));
    d->cloud->current = current;
}

void ClassPointsView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        d->restyle();
}

} // namespace telltale
