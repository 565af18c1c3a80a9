// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/effort.h"
#include <filesystem>
#include <memory>
#include <vector>

namespace telltale {

class Database;
struct EditRecord;

/// Reads what the log says of effort without a document, beside whoever writes to it. Belongs to the thread
/// that opened it.
class EffortLog {
public:
    /// `project`: its folder, also of a team's project. As Database::open().
    static Result<std::unique_ptr<EffortLog>> open(const std::filesystem::path& project);
    ~EffortLog();
    EffortLog(const EffortLog&) = delete;
    EffortLog& operator=(const EffortLog&) = delete;

    /// As Document::effortLog().
    Result<std::vector<EffortEntry>> entries(int64_t sequence, int64_t most) const;

private:
    explicit EffortLog(std::unique_ptr<Database> database);
    std::unique_ptr<Database> m_database;
};

/// The same from a database of the caller's thread, still as records.
Result<std::vector<EditRecord>> effortRecords(Database& database, int64_t sequence, int64_t most);

} // namespace telltale
