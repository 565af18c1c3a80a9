// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace telltale {

class SqliteFile;

/// A folder outside the project that goes away with the object.
class Workbench {
public:
    /// Where there is room for so many bytes; Io if nowhere.
    static Result<std::unique_ptr<Workbench>> make(int64_t bytes);
    ~Workbench();
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;
    std::filesystem::path database() const { return m_folder / "project.db"; }

private:
    explicit Workbench(std::filesystem::path folder) : m_folder(std::move(folder)) { }
    std::filesystem::path m_folder;
};

/// When and how long the files are that together hold a database.
struct Moment {
    std::array<int64_t, 4> facts{};
    bool operator==(const Moment&) const = default;
    static Moment of(const std::filesystem::path& database);
};

/// Copies `fileBytes` of an open database, and its write-ahead file, as they lie there. Io, Cancelled.
Status copyFiles(const SqliteFile& original, const std::filesystem::path& database, int64_t fileBytes,
    const std::filesystem::path& to, ProgressSink& progress);

/// A copy of a database at one moment, taken without changing a byte of the project or leaving a file in it,
/// also where nothing may be written, and while others work in it. The copy may be opened in every way. Any
/// thread. NotFound, Io, Cancelled.
Result<std::unique_ptr<Workbench>> copyStill(const std::filesystem::path& database, ProgressSink& progress);

} // namespace telltale
