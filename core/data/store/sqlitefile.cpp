// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/sqlitefile.h"
#include "base/files.h"
#include <array>
#include <sqlite3.h>
#include <string_view>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeoutMs = 5000;
constexpr int kStepsBetweenQuestions = 20'000; ///< of SQLite's machine: a few milliseconds

struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;

struct Meaning {
    int code; ///< SQLite's primary result code
    ErrorCode meaning;
    const char* sentence;
};
constexpr std::array kMeanings{
    Meaning{SQLITE_BUSY, ErrorCode::Io, "another program is writing to it, try again when it is done"},
    Meaning{SQLITE_LOCKED, ErrorCode::Io, "another program is writing to it, try again when it is done"},
    Meaning{SQLITE_PERM, ErrorCode::Io, "may not be read, change its permissions"},
    Meaning{SQLITE_READONLY, ErrorCode::Io, "is not writable, change the permissions of the folder"},
    Meaning{SQLITE_IOERR, ErrorCode::Io, "could not be read or written, check the disk"},
    Meaning{SQLITE_FULL, ErrorCode::Io, "the disk is full, make room"},
    Meaning{SQLITE_CANTOPEN, ErrorCode::Io, "cannot be opened, check the permissions of the folder"},
    Meaning{SQLITE_CORRUPT, ErrorCode::BadFormat, "is damaged"},
    Meaning{SQLITE_NOTADB, ErrorCode::BadFormat, "is not a database, or its header is damaged"},
    Meaning{SQLITE_INTERRUPT, ErrorCode::Cancelled, "was left alone, somebody asked to stop"},
};

/// The path in a form that SQLite takes for a file, whatever it is called.
std::string uriOf(const fs::path& file, SqliteFile::Mode mode)
{
    constexpr std::string_view kPlain = "/._-~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (kPlain.find(c) != std::string_view::npos) {
            uri += c;
            continue;
        }
        std::array<char, 4> code{};
        std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned>(static_cast<uint8_t>(c)));
        uri += code.data();
    }
    return mode == SqliteFile::Mode::Immutable ? uri + "?immutable=1" : uri;
}

int stopWanted(void* progress) { return static_cast<const ProgressSink*>(progress)->cancelled() ? 1 : 0; }

std::string columnText(sqlite3_stmt* statement, int column)
{
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
    const int length = sqlite3_column_bytes(statement, column);
    return bytes ? std::string(bytes, static_cast<size_t>(length)) : std::string();
}

sqlite3_file* filePointer(sqlite3* database)
{
    sqlite3_file* file = nullptr;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return file;
}

} // namespace

void SqliteFile::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Error SqliteFile::failure(int code) const
{
    for (const Meaning& known : kMeanings)
        if (known.code == (code & 0xff))
            return {known.meaning, m_file.string() + ": " + known.sentence};
    return {ErrorCode::Internal, m_file.string() + ": SQLite says: " + sqlite3_errstr(code)};
}

Result<SqliteFile> SqliteFile::open(const fs::path& file, Mode mode, const ProgressSink* progress)
{
    constexpr std::array kFlags{SQLITE_OPEN_READWRITE, SQLITE_OPEN_READONLY, SQLITE_OPEN_READONLY,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
    std::error_code ec;
    if (mode != Mode::New && !fs::exists(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such file"};
    SqliteFile opened;
    opened.m_file = file;
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(uriOf(file, mode).c_str(), &database,
        kFlags.at(static_cast<size_t>(mode)) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    opened.m_database.reset(database);
    if (code != SQLITE_OK)
        return opened.failure(code);
    sqlite3_busy_timeout(database, kBusyTimeoutMs);
    if (progress)
        sqlite3_progress_handler(
            database, kStepsBetweenQuestions, stopWanted, const_cast<ProgressSink*>(progress));
    if (mode == Mode::New)
        for (const char* statement : {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF"})
            if (auto status = opened.run(statement); !status)
                return status.error();
    return opened;
}

Status SqliteFile::run(const char* statement)
{
    const int code = sqlite3_exec(m_database.get(), statement, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : Status(failure(code));
}

Result<std::vector<std::string>> SqliteFile::texts(const char* statement) const
{
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(m_database.get(), statement, -1, &raw, nullptr);
    const Statement prepared(raw);
    std::vector<std::string> rows;
    while (code == SQLITE_OK && (code = sqlite3_step(raw)) == SQLITE_ROW) {
        rows.push_back(columnText(raw, 0));
        code = SQLITE_OK;
    }
    if (code != SQLITE_DONE)
        return failure(code);
    return rows;
}

Result<LogEnd> SqliteFile::logEnd() const
{
    const auto table = texts("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'edits'");
    if (!table)
        return table.error();
    if (table->empty())
        return Error{
            ErrorCode::BadFormat, m_file.string() + ": is not a Telltale project, it has no log of edits"};
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(
        m_database.get(), "SELECT sequence, * FROM edits ORDER BY sequence DESC LIMIT 1", -1, &raw, nullptr);
    const Statement prepared(raw);
    if (code != SQLITE_OK)
        return failure(code);
    LogEnd end;
    code = sqlite3_step(raw);
    if (code == SQLITE_ROW) {
        end.sequence = sqlite3_column_int64(raw, 0);
        std::string row;
        for (int i = 0; i < sqlite3_column_count(raw); ++i)
            row += std::to_string(sqlite3_column_bytes(raw, i)) + ":" + columnText(raw, i);
        end.digest = contentDigest(row);
        code = sqlite3_step(raw);
    }
    if (code != SQLITE_DONE)
        return failure(code);
    return end;
}

Result<size_t> SqliteFile::read(int64_t offset, std::span<char> bytes) const
{
    const auto length = size();
    if (!length)
        return length.error();
    const int64_t count
        = std::min(static_cast<int64_t>(bytes.size()), std::max<int64_t>(*length - offset, 0));
    sqlite3_file* const file = filePointer(m_database.get());
    const int code
        = count == 0 ? SQLITE_OK : file->pMethods->xRead(file, bytes.data(), static_cast<int>(count), offset);
    if (code != SQLITE_OK)
        return failure(code);
    return static_cast<size_t>(count);
}

Result<int64_t> SqliteFile::size() const
{
    sqlite3_file* const file = filePointer(m_database.get());
    sqlite3_int64 bytes = 0;
    const int code = file && file->pMethods ? file->pMethods->xFileSize(file, &bytes) : SQLITE_CANTOPEN;
    if (code != SQLITE_OK)
        return failure(code);
    return static_cast<int64_t>(bytes);
}

} // namespace telltale
