// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <functional>

class QDialog;

namespace telltale {

/// What the actions on the project as a whole do. Failures are told in the window; dialogs never block, and
/// are returned.

/// True if no edit waits to be written. Otherwise a dialog follows the edits; when they are in the project,
/// or the user gives up on them, the project is closed and `then` is called.
bool mayClose(Workbench& bench, const std::function<void()>& then);
void closeProject(Workbench& bench);
/// Stays open beside the window; `conflictId` is shown first if there is such a conflict.
QDialog* showConflicts(Workbench& bench, int64_t conflictId = 0);
QDialog* findMissingVideos(Workbench& bench);
/// `known`: folder of a team's project that could not be opened because of `error`; both may be empty.
QDialog* openTeamProject(Workbench& bench, const QString& known = {}, const QString& error = {});
QDialog* showSnapshots(Workbench& bench);
QDialog* editTeam(Workbench& bench);
/// Stays open beside the window.
QDialog* settleDisagreements(Workbench& bench);

} // namespace telltale
