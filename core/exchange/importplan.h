// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "exchange/format.h"
#include "exchange/problems.h"
#include "exchange/spans.h"

namespace telltale {

/// What an import does to one video.
struct VideoChange {
    std::string name;
    bool added = false; ///< the project did not have it
    bool offline = false; ///< its file is not there
    bool track = false; ///< gets a skeleton
    int64_t spans = 0; ///< that are added
    int64_t proposals = 0; ///< of them
    int64_t confirmed = 0; ///< open proposals that the file has as decided spans: they become accepted
    int64_t reviewed = 0; ///< parts that become marked as reviewed
    int64_t repeated = 0; ///< left out because they are there already
};

struct ImportReport {
    int64_t videosAdded = 0;
    int64_t spansAdded = 0;
    int64_t tracksAdded = 0;
    std::vector<std::string> classesAdded;
    std::vector<VideoChange> videos; ///< those that change
    ImportProblems problems; ///< what cannot be imported, by file, line and element with a remedy
    Conventions conventions; ///< how the file was taken to count
    std::vector<std::string> notes; ///< other things to know, in sentences
};

/// Files that a plan has written into the project's folder. They go away with the last owner unless kept.
class PlannedFiles {
public:
    PlannedFiles() = default;
    ~PlannedFiles();
    PlannedFiles(const PlannedFiles&) = delete;
    PlannedFiles& operator=(const PlannedFiles&) = delete;
    void add(std::filesystem::path file) { m_files.push_back(std::move(file)); }
    /// A file of the project that takes `content` when the import is applied. It waits on the disk under
    /// another name: originals are long, and the import itself wants the memory. Io.
    Status addLater(std::filesystem::path file, const std::string& content);
    Status keep();

private:
    std::vector<std::filesystem::path> m_files;
    std::vector<std::pair<std::filesystem::path, std::filesystem::path>> m_later; ///< and its name until then
};

/// What an import would bring. Nothing of the project has changed yet.
struct ImportPlan {
    ImportBatch batch;
    ImportReport report;
    std::shared_ptr<PlannedFiles> files = std::make_shared<PlannedFiles>();
    std::string format; ///< by its name
    std::string source; ///< the name of the file or folder that was read
    bool dry = false; ///< made with ImportOptions::dryRun
};

/// One undo step, all or nothing. The refusal of the problems where there are some, unless `skipBad`;
/// Conflict where the project has changed since in a way that the plan does not fit.
Result<ImportReport> applyImport(Document& document, ImportPlan plan, bool skipBad = false);

/// "52 spans, 1 videos, 0 pose tracks".
std::string countsOf(const ImportReport& report);
/// What an import would change, one line a change, for people.
std::vector<std::string> describe(const ImportReport& report);

} // namespace telltale
