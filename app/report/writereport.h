// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/reportdocument.h"
#include "base/result.h"
#include <filesystem>

namespace telltale {

/// One file that needs nothing beside it: style, drawings (SVG) and tables (also to download as CSV) are
/// inside, no script, nothing from a network.
QByteArray reportHtml(const Report& report);
/// A4, figures as vectors, tables that go over pages repeat their first row. GUI thread.
QByteArray reportPdf(const Report& report);

/// Where the tables of a report are written: "report.html" has them in "report_tables".
std::filesystem::path tablesFolder(const std::filesystem::path& report);

/// InvalidArgument unless the name ends as writeReport() wants it: to be asked before the work.
Status checkReportName(const std::filesystem::path& file);

/// Writes the report as the end of its name says (`.html`, `.htm`, `.pdf`), and every table as csv into
/// tablesFolder(). Each file is replaced as a whole; tables of an earlier report that this one does not have
/// are removed. GUI thread. InvalidArgument for another end; Io.
Status writeReport(const Report& report, const std::filesystem::path& file);

} // namespace telltale
