// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/spotsview.h"
#include "widgets/colors.h"
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace telltale {
namespace {

constexpr double kMargin = 0.5; ///< text heights around everything

} // namespace

SpotsView::SpotsView(QWidget* parent) : PlotView(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

double SpotsView::em() const { return QFontMetricsF(font()).height(); }
QColor SpotsView::quiet() const { return quietText(palette()); }

QColor SpotsView::shown(const QColor& color) const
{
    return isDark(palette()) ? mixed(color, Qt::white, 0.35) : color;
}

void SpotsView::setEmptyText(const QString& text)
{
    m_message = text;
    changed();
}

QSize SpotsView::paperSize() const
{
    return {640, static_cast<int>(neededHeight() * 16)}; // paper has letters of 13 pixels, 16 a line
}

QSize SpotsView::minimumSizeHint() const
{
    const double rows = hasContent() ? neededHeight() : 6;
    return {static_cast<int>(neededWidth() * em()), static_cast<int>(rows * em())};
}

QSize SpotsView::sizeHint() const { return minimumSizeHint(); }

void SpotsView::changed()
{
    m_current = -1;
    setAccessibleDescription(hasContent() ? spotTexts().join(QLatin1Char('\n')) : m_message);
    updateGeometry();
    update();
}

QRectF SpotsView::area() const
{
    const double margin = em() * kMargin;
    return QRectF(rect()).adjusted(margin, margin, -margin, -margin);
}

QStringList SpotsView::spotTexts() const
{
    QStringList texts;
    for (const Spot& spot : spots(area()))
        texts.append(spot.text);
    return texts;
}

QString SpotsView::readout() const
{
    const auto all = hasContent() ? spots(area()) : std::vector<Spot>();
    return m_current >= 0 && m_current < static_cast<int>(all.size())
        ? all[static_cast<size_t>(m_current)].text
        : QString();
}

QRect SpotsView::spotRect(int id) const
{
    for (const Spot& spot : spots(area()))
        if (spot.id == id)
            return spot.place.toAlignedRect();
    return {};
}

int SpotsView::spotAt(const QPointF& position) const
{
    if (!hasContent())
        return -1;
    const auto all = spots(area());
    // What was drawn last lies on top.
    for (int i = static_cast<int>(all.size()) - 1; i >= 0; --i)
        if (all[static_cast<size_t>(i)].place.contains(position))
            return i;
    return -1;
}

void SpotsView::go(int place)
{
    if (place == m_current)
        return;
    m_current = place;
    update();
    setAccessibleName(readout().isEmpty() ? title() : title() + QStringLiteral(": ") + readout());
}

void SpotsView::drawFigure(QPaintDevice& device, QSize size)
{
    QPainter painter(&device);
    painter.setFont(font());
    const double margin = em() * kMargin;
    draw(painter, QRectF(QPointF(), QSizeF(size)).adjusted(margin, margin, -margin, -margin));
}

bool SpotsView::event(QEvent* event)
{
    // What the place says counts more than what the view is for.
    if (event->type() != QEvent::ToolTip || readout().isEmpty())
        return PlotView::event(event);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), readout(), this);
    return true;
}

void SpotsView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (!hasContent()) {
        painter.setPen(quiet());
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    draw(painter, area());
    if (m_current < 0)
        return;
    const auto all = spots(area());
    if (m_current < static_cast<int>(all.size())) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), hasFocus() ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(all[static_cast<size_t>(m_current)].place.adjusted(-1, -1, 1, 1), 2, 2);
    }
}

void SpotsView::mouseMoveEvent(QMouseEvent* event)
{
    const int place = spotAt(event->position());
    go(place);
    if (place >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), readout(), this);
    else
        QToolTip::hideText();
}

void SpotsView::leaveEvent(QEvent* event)
{
    PlotView::leaveEvent(event);
    if (!hasFocus())
        go(-1);
}

void SpotsView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return PlotView::mousePressEvent(event);
    const int place = spotAt(event->position());
    go(place);
    if (place >= 0)
        if (const Spot spot = spots(area())[static_cast<size_t>(place)]; spot.active)
            emit spotChosen(spot.id);
}

void SpotsView::keyPressEvent(QKeyEvent* event)
{
    const auto all = hasContent() ? spots(area()) : std::vector<Spot>();
    const int count = static_cast<int>(all.size());
    const int key = event->key();
    const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
    const bool on = key == Qt::Key_Right || key == Qt::Key_Down;
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space;
    if (count == 0 || (!back && !on && !enter))
        return PlotView::keyPressEvent(event);
    if (!enter) {
        go(m_current < 0 ? (back ? count - 1 : 0) : std::clamp(m_current + (back ? -1 : 1), 0, count - 1));
        const QRect place = all[static_cast<size_t>(m_current)].place.toAlignedRect();
        QToolTip::showText(mapToGlobal(place.bottomRight()), readout(), this);
    } else if (m_current >= 0 && all[static_cast<size_t>(m_current)].active) {
        emit spotChosen(all[static_cast<size_t>(m_current)].id);
    }
}

void SpotsView::focusInEvent(QFocusEvent* event)
{
    PlotView::focusInEvent(event);
    update();
}

} // namespace telltale
