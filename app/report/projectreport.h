// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/reportdocument.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/frozenproject.h"
#include <functional>

namespace telltale {

/// What one view of the analysis found, ready to be drawn; makes the section on the GUI thread.
using SectionMaker = std::function<ReportSection()>;

/// All views of a project in the order of the report, found on any thread. Each maker owns what it draws, and
/// is to be called once, on the GUI thread. Cancelled, or the first error of a view that could not be read;
/// what a project does not have is no error but a section that says so.
Result<std::vector<SectionMaker>> analyseForReport(const FrozenProject& project, ProgressSink& progress);

/// GUI thread. `name`: of the project.
Report makeReport(const QString& name, const std::vector<SectionMaker>& sections);

} // namespace telltale
