// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "editstream.h"
#include <QCoreApplication>
#include <cstring>
#include <gtest/gtest.h>

/// Qt's database drivers want an application. `--edit-stream FOLDER SEED background|wait` makes this program
/// the victim of the crash test.
int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 5 && std::strcmp(argv[1], "--edit-stream") == 0)
        return telltale::runEditStream(
            argv[2], std::strtoull(argv[3], nullptr, 10), std::strcmp(argv[4], "background") == 0);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
