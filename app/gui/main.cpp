// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/application.h"
#include "app/gui/looks/uiscale.h"
#include <QApplication>

int main(int argc, char** argv)
{
    telltale::prepareScale(argc, argv);
    QApplication application(argc, argv);
    return telltale::runApplication(application);
}
