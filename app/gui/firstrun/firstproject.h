// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QStringList>

class QDialog;

namespace telltale {

/// The way from videos to a project that is open and, where a pose model was chosen, is being analysed.
/// `paths`: files and folders that are wanted already. The dialog never blocks, and is returned.
QDialog* newProjectFromVideos(Workbench& bench, const QStringList& paths = {});

} // namespace telltale
