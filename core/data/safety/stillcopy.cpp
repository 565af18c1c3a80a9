// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/stillcopy.h"
#include "data/store/sqlitefile.h"
#include <cstdlib>
#include <fstream>
#include <sqlite3.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kPieceBytes = 1 << 20;
constexpr int64_t kRoomToLeave = 16 << 20;
constexpr int kAttempts = 5;

int64_t sizeOf(const fs::path& file)
{
    std::error_code ec;
    const auto size = fs::file_size(file, ec);
    return ec ? 0 : static_cast<int64_t>(size);
}

/// Through SQLite's locks, beside a program that writes all the time.
Status copyLive(const fs::path& database, const fs::path& to, ProgressSink& progress)
{
    auto source = SqliteFile::open(database, SqliteFile::Mode::Reading, &progress);
    if (!source)
        return source.error();
    auto target = SqliteFile::open(to, SqliteFile::Mode::New);
    if (!target)
        return target.error();
    sqlite3_backup* const backup = sqlite3_backup_init(target->handle(), "main", source->handle(), "main");
    if (!backup)
        return target->failure(sqlite3_errcode(target->handle()));
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? Status() : Status(source->failure(code));
}

} // namespace

Result<std::unique_ptr<Workbench>> Workbench::make(int64_t bytes)
{
    std::error_code ec;
    for (const fs::path& place : {fs::temp_directory_path(ec), fs::path("/var/tmp")}) {
        const auto space = fs::space(place, ec);
        if (ec || static_cast<int64_t>(space.available) < bytes + kRoomToLeave)
            continue;
        std::string pattern = (place / "telltale-check-XXXXXX").string();
        if (::mkdtemp(pattern.data()))
            return std::unique_ptr<Workbench>(new Workbench(pattern));
    }
    return Error{ErrorCode::Io,
        "the temporary folder has no room for a copy of " + std::to_string(bytes >> 20)
            + " MiB, make room or name another folder with TMPDIR"};
}

Workbench::~Workbench()
{
    std::error_code ec;
    fs::remove_all(m_folder, ec);
}

Moment Moment::of(const fs::path& database)
{
    Moment moment;
    size_t at = 0;
    for (const char* suffix : {"", "-wal"}) {
        std::error_code ec;
        const fs::path file = database.string() + suffix;
        const auto size = fs::file_size(file, ec);
        moment.facts.at(at++) = ec ? -1 : static_cast<int64_t>(size);
        const auto time = fs::last_write_time(file, ec);
        moment.facts.at(at++) = ec ? 0 : static_cast<int64_t>(time.time_since_epoch().count());
    }
    return moment;
}

Status copyFiles(const SqliteFile& original, const fs::path& database, int64_t fileBytes, const fs::path& to,
    ProgressSink& progress)
{
    std::ofstream out(to, std::ios::binary);
    std::string piece(kPieceBytes, '\0');
    for (int64_t at = 0; at < fileBytes; at += kPieceBytes) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "the check was stopped"};
        const auto count = original.read(at, piece);
        if (!count)
            return count.error();
        out.write(piece.data(), static_cast<std::streamsize>(*count));
        progress.report(at, fileBytes, "copying the project to examine it");
    }
    std::error_code ec;
    const fs::path wal = database.string() + "-wal";
    if (fs::exists(wal, ec))
        fs::copy_file(wal, to.string() + "-wal", fs::copy_options::overwrite_existing, ec);
    if (!out.flush() || ec)
        return Error{ErrorCode::Io, to.string() + ": the copy to examine could not be written, make room"};
    return {};
}

Result<std::unique_ptr<Workbench>> copyStill(const fs::path& database, ProgressSink& progress)
{
    const auto original = SqliteFile::open(database, SqliteFile::Mode::Immutable, &progress);
    if (!original)
        return original.error();
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const Moment before = Moment::of(database);
        auto bench = Workbench::make(sizeOf(database) + 2 * sizeOf(database.string() + "-wal"));
        if (!bench)
            return bench.error();
        if (auto status = copyFiles(*original, database, sizeOf(database), (*bench)->database(), progress);
            !status)
            return status.error();
        if (Moment::of(database) == before)
            return bench;
    }
    auto bench = Workbench::make(sizeOf(database));
    if (!bench)
        return bench.error();
    const Status copied = copyLive(database, (*bench)->database(), progress);
    return copied ? std::move(bench) : Result<std::unique_ptr<Workbench>>(copied.error());
}

} // namespace telltale
