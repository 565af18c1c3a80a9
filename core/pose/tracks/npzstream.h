// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/descriptor.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Writes an .npz of uncompressed arrays piece by piece into a temporary file beside `file`, which takes its
/// place at the end; also over 4 GiB. The numbers of each array begin at a multiple of 64 bytes. The same
/// content gives the same bytes. One thread.
class NpzStream {
public:
    static Result<NpzStream> create(const std::filesystem::path& file);
    NpzStream(NpzStream&& other) noexcept;
    NpzStream& operator=(NpzStream&&) = delete;
    /// Without finish() nothing is left behind.
    ~NpzStream();

    /// Begins the array `name`; `mark` (at most 64 bytes) stands in the directory for markOf().
    Status begin(const std::string& name, const std::string& dtype, const std::vector<int64_t>& shape,
        std::string_view mark = {});
    /// The next bytes of the array.
    Status append(std::string_view bytes);
    /// The array is complete: as many bytes as its shape says.
    Status end();
    /// The three at once.
    Status add(const std::string& name, const std::string& dtype, const std::vector<int64_t>& shape,
        std::string_view bytes);
    /// Writes the directory, flushes to the disk and renames.
    Status finish();

private:
    struct Entry {
        std::string name;
        std::string extra; ///< of the directory
        uint64_t offset = 0;
        uint64_t size = 0;
        uint32_t crc = 0;
    };
    explicit NpzStream(std::filesystem::path file);
    Status flush();
    Status failed() const;
    std::string directory() const;

    std::filesystem::path m_file;
    std::filesystem::path m_temporary; ///< empty once it is renamed or moved from
    Descriptor m_descriptor;
    std::string m_buffer;
    uint64_t m_written = 0; ///< bytes before m_buffer
    std::vector<Entry> m_entries;
    uint64_t m_expected = 0; ///< bytes of the current array that are still to come
};

/// What begin() was given as `mark`, from the extra field of the entry; empty if it has none.
std::string_view markOf(std::string_view extra);

} // namespace telltale
