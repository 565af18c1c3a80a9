// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/theme.h"
#include "widgets/colors.h"
#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>
#include <QProxyStyle>
#include <QStyleOption>
#include <QSvgRenderer>

namespace telltale {
namespace {

bool g_systemIsDark = false;

struct PaletteRow {
    QPalette::ColorRole role;
    QRgb light;
    QRgb dark;
};

constexpr PaletteRow kPalette[] = {
    {QPalette::Window, 0xfff3f4f6, 0xff24272c},
    {QPalette::WindowText, 0xff1d2229, 0xffe3e6ea},
    {QPalette::Base, 0xffffffff, 0xff1b1d21},
    {QPalette::AlternateBase, 0xfff7f8fa, 0xff202328},
    {QPalette::Text, 0xff1d2229, 0xffe3e6ea},
    {QPalette::PlaceholderText, 0xff7a838f, 0xff8a929c},
    {QPalette::Button, 0xffe9ebef, 0xff30343a},
    {QPalette::ButtonText, 0xff1d2229, 0xffe3e6ea},
    {QPalette::BrightText, 0xffffffff, 0xffffffff},
    {QPalette::ToolTipBase, 0xff2b3038, 0xffe3e6ea},
    {QPalette::ToolTipText, 0xffffffff, 0xff1d2229},
    {QPalette::Highlight, 0xff1f7a9c, 0xff2f86a8},
    {QPalette::HighlightedText, 0xffffffff, 0xffffffff},
    {QPalette::Link, 0xff14658a, 0xff6cc3e0},
    {QPalette::LinkVisited, 0xff5b4a8a, 0xffb09ce0},
    {QPalette::Light, 0xffffffff, 0xff3c4148},
    {QPalette::Midlight, 0xffe4e7eb, 0xff363a41},
    {QPalette::Mid, 0xffb9c0c9, 0xff4a5059},
    {QPalette::Dark, 0xff9aa2ac, 0xff15171a},
    {QPalette::Shadow, 0xff6d747d, 0xff0b0c0e},
};

constexpr PaletteRow kDisabled[] = {
    {QPalette::WindowText, 0xff9aa2ac, 0xff6b737d},
    {QPalette::Text, 0xff9aa2ac, 0xff6b737d},
    {QPalette::ButtonText, 0xff9aa2ac, 0xff6b737d},
    {QPalette::Highlight, 0xffc4cad1, 0xff444a52},
};

/// Fusion draws the frame of a check box darker than the window: on a dark one nothing is left of it.
class FramedChecks : public QProxyStyle {
public:
    FramedChecks() : QProxyStyle(QStringLiteral("Fusion")) { }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if ((element != PE_IndicatorItemViewItemCheck && element != PE_IndicatorCheckBox)
            || !isDark(option->palette))
            return;
        painter->save();
        painter->setPen(mixed(option->palette.color(QPalette::Base), option->palette.color(QPalette::Text),
            option->state.testFlag(State_Enabled) ? 0.5 : 0.25));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
};

QPixmap drawn(const QByteArray& svg, const QColor& color, int size)
{
    QByteArray text = svg;
    text.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(text);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

} // namespace

void rememberSystemPalette() { g_systemIsDark = isDark(QGuiApplication::palette()); }

QPalette themePalette(bool dark)
{
    QPalette palette;
    for (const PaletteRow& row : kPalette)
        palette.setColor(row.role, QColor(dark ? row.dark : row.light));
    for (const PaletteRow& row : kDisabled)
        palette.setColor(QPalette::Disabled, row.role, QColor(dark ? row.dark : row.light));
    return palette;
}

void applyTheme(ThemeChoice choice)
{
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && g_systemIsDark);
    QApplication::setStyle(new FramedChecks);
    QApplication::setPalette(themePalette(dark));
}

QIcon themedIcon(const QString& name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (name.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll();
    const QPalette palette = QGuiApplication::palette();
    QIcon icon;
    for (const int size : {16, 20, 24, 32, 48}) {
        icon.addPixmap(drawn(svg, palette.color(QPalette::ButtonText), size), QIcon::Normal);
        icon.addPixmap(
            drawn(svg, palette.color(QPalette::Disabled, QPalette::ButtonText), size), QIcon::Disabled);
    }
    return icon;
}

} // namespace telltale
