// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

class QMenu;

namespace telltale {

class MainWindow;

/// Adds what can be chosen of the overlays beyond switching them on and off: parts of the skeleton, its
/// colours, and what the heat map shows in which colours how strongly.
void addOverlayMenu(QMenu& view, MainWindow& window);

} // namespace telltale
