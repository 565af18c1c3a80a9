// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct sqlite3;

namespace telltale {

/// The end of a project's log: what tells two states of a project apart without knowing its tables.
struct LogEnd {
    int64_t sequence = 0; ///< 0: nothing was ever done
    std::string digest; ///< of the whole last row
    bool operator==(const LogEnd&) const = default;
};

/// A connection to a SQLite file of any schema, for those who copy and examine files. Belongs to one thread.
/// Project files are only ever opened through SQLite: closing any other descriptor of the file would end the
/// locks that this process holds on it.
class SqliteFile {
public:
    enum class Mode {
        Live, ///< beside other connections; the last one to close tidies the write-ahead file up
        Reading, ///< beside a connection that writes, changes nothing but its locks
        Immutable, ///< reads the file alone, makes no file beside it and takes no lock
        New, ///< made here, without a journal: a failure is answered by removing it
    };
    /// NotFound, BadFormat, Io, Cancelled. `progress`, if given, outlives the connection and can stop it.
    static Result<SqliteFile> open(
        const std::filesystem::path& file, Mode mode, const ProgressSink* progress = nullptr);

    sqlite3* handle() const { return m_database.get(); }
    Status run(const char* statement);
    /// The first column of every row as text.
    Result<std::vector<std::string>> texts(const char* statement) const;
    /// BadFormat if there is no log.
    Result<LogEnd> logEnd() const;
    /// Bytes of the file as they lie there; short at its end.
    Result<size_t> read(int64_t offset, std::span<char> bytes) const;
    Result<int64_t> size() const;
    /// What SQLite's result code `code` means for this file.
    Error failure(int code) const;

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    std::filesystem::path m_file;
    std::unique_ptr<sqlite3, Closer> m_database;
};

} // namespace telltale
