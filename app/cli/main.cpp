// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include <QGuiApplication>

int main(int argc, char** argv)
{
    // QUndoStack and QSqlDatabase need an application object, never a display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    return telltale::runCli(QCoreApplication::arguments().mid(1));
}
