// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/document.h"
#include <filesystem>
#include <memory>
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

/// Files that a plan has written into the project's cache. They go away with the last owner unless kept.
class PlannedFiles {
public:
    PlannedFiles() = default;
    ~PlannedFiles();
    PlannedFiles(const PlannedFiles&) = delete;
    PlannedFiles& operator=(const PlannedFiles&) = delete;
    void add(std::filesystem::path file) { m_files.push_back(std::move(file)); }
    void keep() { m_files.clear(); }

private:
    std::vector<std::filesystem::path> m_files;
};

/// What an import would bring. Nothing of the project has changed yet.
struct ImportPlan {
    ImportBatch batch;
    ImportReport report;
    std::shared_ptr<PlannedFiles> files = std::make_shared<PlannedFiles>();
};

struct ExportOptions {
    std::set<SpanState> states = {SpanState::Proposed, SpanState::Accepted, SpanState::Corrected};
};

/// One interchange format. Stateless; used on the thread of the document that it is given. A window opens a
/// second document on the same folder for that, on a thread of its own.
class ExchangeFormat {
public:
    virtual ~ExchangeFormat() = default;
    virtual std::string name() const = 0; ///< "activitynet", "smg", "imigue", "csv", "poses"
    virtual std::string title() const = 0; ///< for dialogs
    virtual std::string fileFilter() const = 0; ///< "*.json"; empty: a folder
    virtual bool canImport() const { return true; }
    virtual bool canExport() const { return true; }
    /// Reads everything and works out what it means for this project.
    virtual Result<ImportPlan> plan(const Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const = 0;
    /// plan() and applyImport().
    Result<ImportReport> read(Document& document, const std::vector<std::filesystem::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const;
    /// Writes atomically. Returns sentences for the log (conventions, counts).
    virtual Result<std::vector<std::string>> write(const Document& document, const std::filesystem::path& out,
        const ExportOptions& options, ProgressSink& progress) const = 0;
};

/// One undo step, all or nothing. Conflict where the project has changed since in a way that the plan does
/// not fit.
Result<ImportReport> applyImport(Document& document, ImportPlan plan);

const std::vector<std::unique_ptr<ExchangeFormat>>& exchangeFormats();
/// NotFound names the known formats.
Result<const ExchangeFormat*> findFormat(std::string_view name);

} // namespace telltale
