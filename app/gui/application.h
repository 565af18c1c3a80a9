// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QString>

class QApplication;

namespace telltale {

/// Names, icon and translations of the program. `language`: "en", "zh_CN"; empty: the system's.
/// Returns false if there is no translation for a language that was asked for by name.
bool setUpApplication(QApplication& application, const QString& language);
/// Reads the command line and runs the window or the picture tour; returns the exit status.
int runApplication(QApplication& application);

} // namespace telltale
