// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/overviewstrip.h"
#include "widgets/colors.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kLeastWindow = 6; // pixels, so that it can be held
const QColor kPlayhead(0xe5, 0x2b, 0x35);
const QColor kReviewed(0x3f, 0x9e, 0x6b);
const QColor kDamaged(0xd6, 0x4a, 0x2b);

/// What a key does to the window: moves it by a share of its length, or to an end, or zooms.
struct KeyMove {
    int key;
    double windows; ///< how many lengths of the window; huge: to the end
    double zoom; ///< 0: none
};
constexpr double kToTheEnd = 1e12;
constexpr std::array<KeyMove, 9> kKeys{{
    {Qt::Key_Left, -0.1, 0},
    {Qt::Key_Right, 0.1, 0},
    {Qt::Key_PageUp, -1, 0},
    {Qt::Key_PageDown, 1, 0},
    {Qt::Key_Home, -kToTheEnd, 0},
    {Qt::Key_End, kToTheEnd, 0},
    {Qt::Key_Plus, 0, kZoomStep},
    {Qt::Key_Equal, 0, kZoomStep},
    {Qt::Key_Minus, 0, 1 / kZoomStep},
}};

const KeyMove* moveOf(const QKeyEvent& event)
{
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return nullptr;
    const auto* found = std::find_if(
        kKeys.begin(), kKeys.end(), [&event](const KeyMove& move) { return move.key == event.key(); });
    return found == kKeys.end() ? nullptr : found;
}

} // namespace

OverviewStrip::OverviewStrip(Source source, QWidget* parent) : QWidget(parent), m_source(std::move(source))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Whole video"));
    setAccessibleDescription(
        tr("Spans and reviewed stretches of the whole video, and what of it the timeline "
           "shows."));
    setToolTip(
        tr("<p>The whole video. Drag the window, or click where it is to go; a double click seeks. Keys: "
           "Left and Right, Page Up and Page Down, Home and End move it, + and \u2212 zoom.</p>"));
}

void OverviewStrip::setFrameCount(int64_t frames)
{
    m_frames = frames;
    refreshContent();
}

void OverviewStrip::setArea(double left, double right)
{
    if (left == m_left && right == m_right)
        return;
    m_left = left;
    m_right = std::max(left + 1, right);
    refreshContent();
}

void OverviewStrip::setWindow(double first, double last)
{
    if (first == m_first && last == m_last)
        return;
    m_first = first;
    m_last = last;
    update();
}

void OverviewStrip::setPlayhead(int64_t frame)
{
    const auto strip = [this](int64_t at) {
        return QRectF(xOf(static_cast<double>(at)) - 3, 0, 7, height()).toAlignedRect();
    };
    update(strip(m_playhead));
    m_playhead = frame;
    update(strip(m_playhead));
}

void OverviewStrip::refreshContent()
{
    m_layer = {};
    update();
}

QRectF OverviewStrip::track() const { return {m_left, 2, m_right - m_left, height() - 4.0}; }

double OverviewStrip::xOf(double frame) const
{
    return m_left + (m_right - m_left) * frame / static_cast<double>(std::max<int64_t>(1, m_frames));
}

double OverviewStrip::positionAt(double x) const
{
    return (x - m_left) / (m_right - m_left) * static_cast<double>(m_frames);
}

QRectF OverviewStrip::windowRect() const
{
    double left = xOf(m_first);
    double right = xOf(m_last);
    if (right - left < kLeastWindow) {
        const double middle = std::clamp((left + right) / 2, m_left + kLeastWindow / 2,
            std::max(m_left + kLeastWindow / 2, m_right - kLeastWindow / 2));
        left = middle - kLeastWindow / 2;
        right = middle + kLeastWindow / 2;
    }
    return {left, 0.5, right - left, height() - 1.0};
}

QSize OverviewStrip::sizeHint() const
{
    return {fontMetrics().height() * 20, static_cast<int>(std::lround(fontMetrics().height() * 1.45))};
}

void OverviewStrip::paintContent()
{
    const double ratio = devicePixelRatioF();
    m_layer = QImage((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
    m_layer.setDevicePixelRatio(ratio);
    const QPalette& colors = palette();
    QPainter p(&m_layer);
    p.fillRect(rect(), colors.color(QPalette::Window));
    const QRectF area = track();
    p.fillRect(area, colors.color(QPalette::Base));
    const OverviewContent content
        = m_source(std::max(1, static_cast<int>(std::lround(area.width() * ratio))));
    const double line = std::max(2.0, std::round(area.height() * 0.14));
    for (const FrameSpan& range : content.reviewed) {
        const double left = xOf(static_cast<double>(range.first));
        const double width = std::max(1.0, xOf(static_cast<double>(range.last)) - left);
        p.fillRect(QRectF(left, area.top(), width, area.height()), withAlpha(kReviewed, 0.16));
        p.fillRect(QRectF(left, area.bottom() - line, width, line), kReviewed);
    }
    // A column is as high as spans cover it, but never too low to be seen.
    const double room = area.height() - line - 2;
    const double step = area.width() / static_cast<double>(std::max<size_t>(1, content.columns.size()));
    for (size_t i = 0; i < content.columns.size(); ++i) {
        const OverviewContent::Column& column = content.columns[i];
        if (column.color == 0)
            continue;
        const double height = room * std::clamp(static_cast<double>(column.covered), 0.3, 1.0);
        p.fillRect(
            QRectF(area.left() + static_cast<double>(i) * step, area.bottom() - line - height, step, height),
            QColor(column.color));
    }
    for (const FrameSpan& range : content.damaged) {
        const double left = xOf(static_cast<double>(range.first));
        p.fillRect(QRectF(left, area.top(), std::max(2.0, xOf(static_cast<double>(range.last)) - left), line),
            kDamaged);
    }
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.82);
    p.setFont(small);
    p.setPen(quietText(colors));
    const QRectF name(4, 0, m_left - 4 - fontMetrics().height() * 0.4, height());
    p.drawText(name, Qt::AlignRight | Qt::AlignVCenter,
        QFontMetricsF(small).elidedText(tr("whole video"), Qt::ElideRight, name.width()));
    p.fillRect(QRectF(0, 0, width(), 1), hairline(colors));
}

void OverviewStrip::paintEvent(QPaintEvent* event)
{
    if (m_layer.isNull())
        paintContent();
    QPainter p(this);
    p.setClipRegion(event->region());
    p.drawImage(QPointF(), m_layer);
    if (m_frames < 1)
        return;
    const QPalette& colors = palette();
    const QRectF area = track();
    const QRectF window = windowRect();
    const QColor shade = withAlpha(colors.color(QPalette::Window), isDark(colors) ? 0.55 : 0.6);
    if (!showsAll()) {
        p.fillRect(QRectF(area.left(), area.top(), std::max(0.0, window.left() - area.left()), area.height()),
            shade);
        p.fillRect(
            QRectF(window.right(), area.top(), std::max(0.0, area.right() - window.right()), area.height()),
            shade);
    }
    const double x = std::round(xOf(static_cast<double>(m_playhead)));
    p.fillRect(
        QRectF(x, 1, std::max(1.0, std::round(fontMetrics().height() * 0.09)), height() - 2), kPlayhead);
    p.setRenderHint(QPainter::Antialiasing);
    const bool strong = hasFocus();
    const double pen = strong ? 2 : 1.2;
    p.setPen(QPen(strong ? colors.color(QPalette::Highlight)
                         : mixed(colors.color(QPalette::Window), colors.color(QPalette::WindowText), 0.6),
        pen));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(window.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), 3, 3);
}

void OverviewStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refreshContent();
}

void OverviewStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    refreshContent();
}

bool OverviewStrip::event(QEvent* event)
{
    // The window's own uses of these keys wait while the focus is here.
    if (event->type() == QEvent::ShortcutOverride && moveOf(*static_cast<QKeyEvent*>(event)) != nullptr) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void OverviewStrip::moveWindow(double first)
{
    const double most = static_cast<double>(m_frames) - (m_last - m_first);
    emit windowMoved(std::clamp(first, 0.0, std::max(0.0, most)));
}

void OverviewStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_frames < 1)
        return;
    const double at = positionAt(event->position().x());
    if (!windowRect().contains(QPointF(event->position().x(), height() / 2.0)))
        moveWindow(at - (m_last - m_first) / 2);
    m_grabbed = at - m_first;
    setCursor(Qt::ClosedHandCursor);
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (m_grabbed && (event->buttons() & Qt::LeftButton))
        moveWindow(positionAt(event->position().x()) - *m_grabbed);
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grabbed.reset();
    unsetCursor();
}

void OverviewStrip::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_frames < 1)
        return;
    const auto frame = static_cast<int64_t>(std::floor(positionAt(event->position().x())));
    emit seekRequested(std::clamp<int64_t>(frame, 0, m_frames - 1));
}

void OverviewStrip::wheelEvent(QWheelEvent* event)
{
    const QPointF angle = event->angleDelta();
    const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / 120.0;
    if (event->modifiers() & Qt::ControlModifier)
        emit zoomWanted(std::pow(kZoomStep, notches));
    else
        moveWindow(m_first - notches * 0.1 * (m_last - m_first));
    event->accept();
}

void OverviewStrip::keyPressEvent(QKeyEvent* event)
{
    const KeyMove* move = moveOf(*event);
    if (!move || m_frames < 1)
        QWidget::keyPressEvent(event);
    else if (move->zoom > 0)
        emit zoomWanted(move->zoom);
    else
        moveWindow(m_first + move->windows * (m_last - m_first));
}

} // namespace telltale
