// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/settings.h"
#include <QList>

class QDockWidget;
class QMenu;

namespace telltale {

class MainWindow;

/// Adds the choices that are not actions of the table: panels, looks and language. `settings` outlives the
/// window's menus and takes size and language.
void addViewMenus(QMenu& view, MainWindow& window, const QList<QDockWidget*>& docks, Settings& settings);

} // namespace telltale
