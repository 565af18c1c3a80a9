// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/themestyle.h"
#include "widgets/colors.h"
#include <QPainter>
#include <QStyleOption>
#include <algorithm>
#include <iterator>

namespace telltale {
namespace {

constexpr QStyle::PrimitiveElement kFramed[] = {QStyle::PE_PanelButtonCommand, QStyle::PE_FrameLineEdit,
    QStyle::PE_Frame, QStyle::PE_FrameGroupBox, QStyle::PE_FrameMenu, QStyle::PE_FrameTabWidget,
    QStyle::PE_PanelTipLabel, QStyle::PE_IndicatorItemViewItemCheck, QStyle::PE_IndicatorCheckBox};
constexpr QStyle::ControlElement kFramedControls[]
    = {QStyle::CE_ProgressBarGroove, QStyle::CE_TabBarTabShape, QStyle::CE_HeaderSection};

template <typename List, typename Value> bool contains(const List& list, Value value)
{
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

bool isCheck(QStyle::PrimitiveElement element)
{
    return element == QStyle::PE_IndicatorItemViewItemCheck || element == QStyle::PE_IndicatorCheckBox;
}

/// The text's colour, weaker where the control cannot be used.
QColor lineOf(const QStyleOption& option, double share)
{
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    return mixed(option.palette.color(QPalette::Base), option.palette.color(QPalette::Text),
        enabled ? share : share / 2);
}

void outline(QPainter& painter, const QRect& rect, const QColor& color, bool round = false)
{
    painter.save();
    painter.setPen(color);
    painter.setBrush(Qt::NoBrush);
    const QRectF inside = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5); // whole also on a scaled screen
    if (round) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawEllipse(inside);
    } else {
        painter.drawRect(inside);
    }
    painter.restore();
}

/// A group's frame begins below its title.
QRect framed(QStyle::PrimitiveElement element, const QStyleOption& option)
{
    return element == QStyle::PE_FrameGroupBox ? option.rect.adjusted(0, 2, 0, 0) : option.rect;
}

/// The chosen tab has a bar along its edge: fill and height alone do not tell it from the others.
void markChosenTab(QPainter& painter, const QStyleOption& option)
{
    const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(&option);
    if (!tab || !tab->state.testFlag(QStyle::State_Selected))
        return;
    constexpr int kBar = 3;
    const bool below = tab->shape == QTabBar::RoundedSouth || tab->shape == QTabBar::TriangularSouth;
    const QRect inside = tab->rect.adjusted(1, 1, -1, -1);
    painter.fillRect(below ? QRect(inside.left(), inside.bottom() - kBar + 1, inside.width(), kBar)
                           : QRect(inside.left(), inside.top(), inside.width(), kBar),
        tab->palette.color(QPalette::Highlight));
}

} // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

void ThemeStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool strong = isHighContrast(option->palette);
    if (strong && element == PE_IndicatorRadioButton) {
        outline(*painter, option->rect, lineOf(*option, 1), true);
        if (option->state.testFlag(State_On)) {
            const int rim = option->rect.width() / 4;
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(lineOf(*option, 1));
            painter->drawEllipse(QRectF(option->rect).adjusted(rim, rim, -rim, -rim));
            painter->restore();
        }
    }
    if (strong && contains(kFramed, element))
        outline(*painter, framed(element, *option), lineOf(*option, 1));
    else if (isCheck(element) && isDark(option->palette))
        outline(*painter, option->rect, lineOf(*option, 0.5));
    else if (element == PE_IndicatorRadioButton && isDark(option->palette))
        outline(*painter, option->rect, lineOf(*option, 0.5), true);
    else if (element == PE_FrameLineEdit && isDark(option->palette))
        outline(*painter, option->rect, lineOf(*option, 0.3));
    if (strong && element == PE_PanelButtonCommand && option->state.testFlag(State_On))
        outline(*painter, option->rect.adjusted(2, 2, -2, -2), option->palette.color(QPalette::Highlight));
}

void ThemeStyle::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawControl(element, option, painter, widget);
    if (!isHighContrast(option->palette))
        return;
    if (contains(kFramedControls, element))
        outline(*painter, option->rect, lineOf(*option, 1));
    if (element == CE_TabBarTabShape)
        markChosenTab(*painter, *option);
}

void ThemeStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (!isHighContrast(option->palette))
        return;
    const QColor line = lineOf(*option, 1);
    if (control == CC_ComboBox || control == CC_SpinBox) {
        outline(*painter, option->rect, line);
    } else if (control == CC_Slider) {
        const QRect handle = proxy()->subControlRect(control, option, SC_SliderHandle, widget);
        const QRect groove = proxy()->subControlRect(control, option, SC_SliderGroove, widget);
        const QPoint middle = groove.center();
        const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
        const bool across = !slider || slider->orientation == Qt::Horizontal;
        painter->fillRect(across ? QRect(groove.left(), middle.y(), groove.width(), 2)
                                 : QRect(middle.x(), groove.top(), 2, groove.height()),
            line);
        if (across) // how far it is, as the filled part says in other looks
            painter->fillRect(QRect(groove.left(), middle.y() - 2, handle.left() - groove.left(), 6),
                option->palette.color(QPalette::Highlight));
        painter->fillRect(handle.adjusted(2, 2, -2, -2), line);
    } else if (control == CC_ScrollBar) {
        const QRect handle = proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget);
        painter->fillRect(handle.adjusted(3, 3, -3, -3), line);
    }
}

} // namespace telltale
