// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/document.h"
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace telltale {

struct ImportOptions {
    double nominalFps = 25; ///< for videos that are not there
    bool addLabels = false; ///< extend a fixed scheme instead of refusing
    int frameBase = -1; ///< first frame number of the file, -1: the format's default
};

struct ImportReport {
    int64_t videosAdded = 0;
    int64_t spansAdded = 0;
    int64_t tracksAdded = 0;
    std::vector<std::string> notes; ///< conventions used, and problems by file and line with a remedy
};

struct ExportOptions {
    std::set<SpanState> states = {SpanState::Proposed, SpanState::Accepted, SpanState::Corrected};
};

/// One interchange format. Stateless; used on the document's thread.
class ExchangeFormat {
public:
    virtual ~ExchangeFormat() = default;
    virtual std::string name() const = 0; ///< "activitynet", "smg", "imigue", "csv"
    virtual std::string title() const = 0; ///< for dialogs
    virtual std::string fileFilter() const = 0; ///< "*.json"; empty: a folder
    virtual bool canImport() const { return true; }
    virtual bool canExport() const { return true; }
    /// All or nothing: parses everything first, then edits the document in one undo step.
    virtual Result<ImportReport> read(Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const = 0;
    /// Writes atomically. Returns sentences for the log (conventions, counts).
    virtual Result<std::vector<std::string>> write(const Document& document, const std::filesystem::path& out,
        const ExportOptions& options, ProgressSink& progress) const = 0;
};

const std::vector<std::unique_ptr<ExchangeFormat>>& exchangeFormats();
/// NotFound names the known formats.
Result<const ExchangeFormat*> findFormat(std::string_view name);

} // namespace telltale
