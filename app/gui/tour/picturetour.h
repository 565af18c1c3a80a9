// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QString>

namespace telltale {

/// Opens the real main window on a project, brings every view and dialog to the front in light and dark, and
/// saves a picture of each to `folder`. Driven by events: it waits for the first frame, for curves and for a
/// real retraining, whose result is shown and not entered into the project. Without a project a tiny demo is
/// made in a temporary folder. Returns 0, or 1 with a sentence on stderr.
int runPictureTour(const QString& project, const QString& folder);

} // namespace telltale
