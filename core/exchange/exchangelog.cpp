// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/exchangelog.h"
#include "data/document.h"
#include "data/times.h"
#include <fstream>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// 2026-01-31T12:00:00Z import eaf interview.eaf
///     52 spans, 1 videos, 0 pose tracks
///     unit: milliseconds; the end is exclusive; ...
bool append(const Document& document, const std::string& what, const std::vector<std::string>& lines)
{
    std::ofstream log(exchangeLog(document), std::ios::app);
    std::string entry = timeNow() + " " + what + "\n";
    for (const std::string& line : lines)
        if (!line.empty())
            entry += "    " + line + "\n";
    log << entry << std::flush; // at once, so that entries of two programs do not mix
    return log.good();
}

} // namespace

fs::path exchangeLog(const Document& document) { return document.absolute("exchange.log"); }

void logImport(
    const Document& document, const std::string& format, const std::string& source, ImportReport& report)
{
    std::vector<std::string> lines{countsOf(report), report.conventions.sentence()};
    lines.insert(lines.end(), report.notes.begin(), report.notes.end());
    for (const ImportProblem& problem : report.problems.kept())
        lines.push_back("left out: " + problem.sentence());
    if (!append(document, "import " + format + " " + source, lines))
        report.notes.push_back(exchangeLog(document).string() + ": this import could not be noted there");
}

Result<std::vector<std::string>> exportProject(const ExchangeFormat& format, const Document& document,
    const fs::path& out, const ExportOptions& options, ProgressSink& progress)
{
    auto notes = format.write(document, out, options, progress);
    if (!notes)
        return notes;
    // A project that may only be read is exported like any other.
    append(document, "export " + format.name() + " " + out.string(), *notes);
    return notes;
}

} // namespace telltale
