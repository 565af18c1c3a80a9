// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#ifdef TELLTALE_WITH_REPORT
#include "app/report/drawingapplication.h"
#endif
#include <QCoreApplication>

int main(int argc, char** argv)
{
#ifdef TELLTALE_WITH_REPORT
    // Only a report draws; everything else starts without what drawing needs.
    if (argc > 1 && qstrcmp(argv[1], "report") == 0) {
        const auto application = telltale::makeDrawingApplication(argc, argv);
        return telltale::runCli(QCoreApplication::arguments().mid(1));
    }
#endif
    const QCoreApplication application(argc, argv);
    return telltale::runCli(QCoreApplication::arguments().mid(1));
}
