// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/descriptor.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A journal whose program is gone. It stays locked while this value lives, so that no other program takes
/// its edits too; if it is not removed, the next one finds it again.
class RecoveredJournal {
public:
    const std::string& client() const { return m_client; } ///< the name its owner gave
    const std::filesystem::path& file() const { return m_path; }
    /// In the order they were appended; every record that append() acknowledged since the last clear().
    const std::vector<std::string>& records() const { return m_records; }
    /// A sentence if the file is damaged and more records followed that cannot be read; else empty.
    const std::string& trouble() const { return m_trouble; }
    /// Call when the records are in the store. A damaged file is not deleted but renamed to `….damaged`.
    Status remove();

private:
    friend class EditJournal;
    RecoveredJournal() = default;

    Descriptor m_file;
    std::filesystem::path m_path;
    std::string m_client;
    std::vector<std::string> m_records;
    std::string m_trouble;
};

/// Edits that the project's store has not committed yet, in a local file of the open document: they survive
/// the death of the program at any moment (not a power cut: nothing is flushed, so that append() takes
/// microseconds). The file is `<client>.edits` in the folder; it is locked while this value lives.
/// append() and clear() from one thread at a time; abandoned() from any thread.
class EditJournal {
public:
    static constexpr size_t kMostBytes = size_t{64} << 20; ///< of a record

    /// `folder` (`journal` of a project) is made if need be. Conflict if a journal of that name is in use, or
    /// holds records that nobody has taken over yet; Io if the folder cannot be written.
    static Result<std::unique_ptr<EditJournal>> open(
        const std::filesystem::path& folder, const std::string& clientName);
    /// Removes the file unless records are pending; these are then found by abandoned().
    ~EditJournal();
    EditJournal(const EditJournal&) = delete;
    EditJournal& operator=(const EditJournal&) = delete;

    /// When it returns, the record survives the program. Io if the disk is full (1 MiB is taken beforehand)
    /// or fails, InvalidArgument if the record is longer than kMostBytes: what was there before stays as it
    /// was.
    Status append(std::string_view record);
    /// Everything so far is in the store and is never given back. The file keeps its size.
    void clear();
    int64_t pending() const { return m_pending; } ///< records since the last clear()
    const std::filesystem::path& file() const { return m_path; }

    /// The journals in the folder whose programs are gone, each with at least one record; those without are
    /// deleted. A record that was being written when its program died is left out. A file that cannot be
    /// opened is stepped over. Io if the folder cannot be listed; one that is not there holds none.
    static Result<std::vector<RecoveredJournal>> abandoned(const std::filesystem::path& folder);
    /// The records of such journals; changes nothing.
    static Result<std::vector<std::string>> waiting(const std::filesystem::path& folder);

private:
    EditJournal(Descriptor file, std::filesystem::path path);
    Status reserve(int64_t end);
    bool writeHeader(uint64_t generation);

    Descriptor m_file; ///< locked
    std::filesystem::path m_path;
    uint64_t m_generation = 1;
    uint64_t m_number = 0; ///< records of this generation
    int64_t m_pending = 0;
    int64_t m_end = 0; ///< bytes: where the next record goes
    int64_t m_reserved = 0; ///< bytes the disk has set aside
};

} // namespace telltale
