// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/theme.h"
#include "app/gui/looks/focusring.h"
#include "app/gui/looks/themestyle.h"
#include "widgets/colors.h"
#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace telltale {
namespace {

bool g_systemIsDark = false;

struct PaletteRow {
    QPalette::ColorRole role;
    QRgb light;
    QRgb dark;
    QRgb contrast;
};

constexpr PaletteRow kPalette[] = {
    {QPalette::Window, 0xfff3f4f6, 0xff24272c, 0xff000000},
    {QPalette::WindowText, 0xff1d2229, 0xffe3e6ea, 0xffffffff},
    {QPalette::Base, 0xffffffff, 0xff1b1d21, 0xff000000},
    {QPalette::AlternateBase, 0xfff7f8fa, 0xff202328, 0xff141414},
    {QPalette::Text, 0xff1d2229, 0xffe3e6ea, 0xffffffff},
    {QPalette::PlaceholderText, 0xff7a838f, 0xff8a929c, 0xffd0d0d0},
    {QPalette::Button, 0xffe9ebef, 0xff30343a, 0xff000000},
    {QPalette::ButtonText, 0xff1d2229, 0xffe3e6ea, 0xffffffff},
    {QPalette::BrightText, 0xffffffff, 0xffffffff, 0xffffff00},
    {QPalette::ToolTipBase, 0xff2b3038, 0xffe3e6ea, 0xffffff00},
    {QPalette::ToolTipText, 0xffffffff, 0xff1d2229, 0xff000000},
    {QPalette::Highlight, 0xff1f7a9c, 0xff2f86a8, 0xffffe100},
    {QPalette::HighlightedText, 0xffffffff, 0xffffffff, 0xff000000},
    {QPalette::Link, 0xff14658a, 0xff6cc3e0, 0xff5ce1ff},
    {QPalette::LinkVisited, 0xff5b4a8a, 0xffb09ce0, 0xffe0b0ff},
    {QPalette::Light, 0xffffffff, 0xff3c4148, 0xffffffff},
    {QPalette::Midlight, 0xffe4e7eb, 0xff363a41, 0xffc0c0c0},
    {QPalette::Mid, 0xffb9c0c9, 0xff4a5059, 0xffffffff},
    {QPalette::Dark, 0xff9aa2ac, 0xff15171a, 0xff808080},
    {QPalette::Shadow, 0xff6d747d, 0xff0b0c0e, 0xff000000},
};

constexpr PaletteRow kDisabled[] = {
    {QPalette::WindowText, 0xff9aa2ac, 0xff6b737d, 0xff9c9c9c},
    {QPalette::Text, 0xff9aa2ac, 0xff6b737d, 0xff9c9c9c},
    {QPalette::ButtonText, 0xff9aa2ac, 0xff6b737d, 0xff9c9c9c},
    {QPalette::Highlight, 0xffc4cad1, 0xff444a52, 0xff6a6a6a},
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

QPalette themePalette(ThemeChoice choice)
{
    const auto colorOf = [choice](const PaletteRow& row) {
        return QColor(choice == ThemeChoice::HighContrast ? row.contrast
                : choice == ThemeChoice::Dark             ? row.dark
                                                          : row.light);
    };
    QPalette palette;
    for (const PaletteRow& row : kPalette)
        palette.setColor(row.role, colorOf(row));
    for (const PaletteRow& row : kDisabled)
        palette.setColor(QPalette::Disabled, row.role, colorOf(row));
    return palette;
}

void applyTheme(ThemeChoice choice)
{
    const ThemeChoice system = g_systemIsDark ? ThemeChoice::Dark : ThemeChoice::Light;
    QApplication::setStyle(new ThemeStyle);
    QApplication::setPalette(themePalette(choice == ThemeChoice::System ? system : choice));
    FocusRing::install();
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
