// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// Writes a .npy file whose numbers come piece by piece, into a file beside it that takes its name at the
/// end: never half a file. One thread at a time.
class NpyWriter {
public:
    /// Io with the path where it cannot be written.
    static Result<NpyWriter> open(
        const std::filesystem::path& file, const std::string& dtype, const std::vector<int64_t>& shape);
    NpyWriter(NpyWriter&& other) noexcept;
    NpyWriter& operator=(NpyWriter&& other) noexcept;
    /// Leaves nothing behind unless finish() was called.
    ~NpyWriter();

    /// Io; the file is then given up.
    Status write(std::span<const std::byte> bytes);
    /// To the disk and under its name. Internal if another number of bytes was written than the shape has.
    Status finish();

private:
    NpyWriter() = default;
    Error failure(const std::string& what);
    void abandon();

    std::filesystem::path m_file;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
    int64_t m_expected = 0;
    int64_t m_written = 0;
};

} // namespace telltale
