// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QColor>
#include <QPalette>
#include <cmath>

namespace telltale {

/// `a` with the share `t` in [0, 1] of `b` mixed in; opaque.
inline QColor mixed(const QColor& a, const QColor& b, double t)
{
    const auto channel = [t](float x, float y) { return static_cast<float>(x + (y - x) * t); };
    return QColor::fromRgbF(
        channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()), channel(a.blueF(), b.blueF()));
}

inline QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

/// Relative luminance as in WCAG 2: 0 black, 1 white.
inline double luminance(const QColor& color)
{
    const auto linear
        = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Nearly black or white, whichever is easier to read on the opaque colour `background`. White wins somewhat
/// below the point of equal contrast ratios: on saturated colours it looks clearer than the formula says.
inline QColor readableOn(const QColor& background)
{
    return luminance(background) > 0.27 ? QColor(0x14, 0x16, 0x1a) : QColor(0xff, 0xff, 0xff);
}

/// True for a dark colour scheme.
inline bool isDark(const QPalette& palette) { return luminance(palette.color(QPalette::Base)) < 0.18; }

/// How far apart two opaque colours are for reading, as in WCAG 2: 1 the same, 21 black and white.
inline double contrast(const QColor& a, const QColor& b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

/// True for a colour scheme of nearly white on nearly black, also of a control that cannot be used.
inline bool isHighContrast(const QPalette& palette)
{
    return isDark(palette)
        && contrast(palette.color(QPalette::Active, QPalette::Text),
               palette.color(QPalette::Active, QPalette::Base))
        > 18;
}

/// Secondary text: readable, but behind the main text.
inline QColor quietText(const QPalette& palette)
{
    return mixed(
        palette.color(QPalette::Text), palette.color(QPalette::Base), isHighContrast(palette) ? 0.1 : 0.38);
}

/// Lines that separate without asking for attention.
inline QColor hairline(const QPalette& palette)
{
    return mixed(
        palette.color(QPalette::Base), palette.color(QPalette::Text), isHighContrast(palette) ? 0.6 : 0.16);
}

} // namespace telltale
