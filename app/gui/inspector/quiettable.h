// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

class QTableWidget;

namespace telltale {

/// Makes a table that only shows: it takes neither focus nor clicks, and the page around it scrolls.
void makeQuietTable(QTableWidget& table);
/// As high as its rows. To be called whenever they change.
void fitHeight(QTableWidget& table);

} // namespace telltale
