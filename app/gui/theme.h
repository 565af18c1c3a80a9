// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/settings.h"
#include <QIcon>
#include <QPalette>

class QApplication;

namespace telltale {

/// The window system's palette at start; call before the first applyTheme().
void rememberSystemPalette();
/// Fusion with the palette of a theme; System follows the palette that was there at start. From the first
/// call on a ring shows where the keyboard is.
void applyTheme(ThemeChoice choice);
/// Of Light where System is asked for.
QPalette themePalette(ThemeChoice choice);
/// A line icon of resources/icons in the palette's text colours.
QIcon themedIcon(const QString& name);

} // namespace telltale
