// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QCoreApplication>
#include <memory>

namespace telltale {

/// What a program without a window needs to draw figures: it opens no display, whether there is one or not.
/// `argc` and `argv` have to outlive it.
std::unique_ptr<QCoreApplication> makeDrawingApplication(int& argc, char** argv);

} // namespace telltale
