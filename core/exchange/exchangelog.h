// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include "exchange/importplan.h"

namespace telltale {

/// The file in a project's folder that says of every import and export when it was, what the file was and how
/// it was taken to count: text, one entry after the other, only ever appended to.
std::filesystem::path exchangeLog(const Document& document);

/// Appends an import that has happened. A log that cannot be written is a note of the report, no failure.
void logImport(
    const Document& document, const std::string& format, const std::string& source, ImportReport& report);

/// ExchangeFormat::write() with an entry in the log. Sentences, errors and thread as there.
Result<std::vector<std::string>> exportProject(const ExchangeFormat& format, const Document& document,
    const std::filesystem::path& out, const ExportOptions& options, ProgressSink& progress);

} // namespace telltale
