// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Reads .zip containers (.npz, .xlsx) that lie in memory: stored and deflated entries, checked by CRC.
/// Encrypted, split and over 4 GiB archives are refused. A value type.
class ZipReader {
public:
    /// NotFound, Io; BadFormat when the file is not a zip or its directory is damaged.
    static Result<ZipReader> open(const std::filesystem::path& file);
    /// `name` is used in messages.
    static Result<ZipReader> parse(std::string bytes, std::string name);

    std::vector<std::string> names() const;
    bool contains(std::string_view entry) const;
    /// Uncompressed content. NotFound; BadFormat (damaged, wrong checksum, size that no data can have).
    Result<std::string> read(std::string_view entry) const;

private:
    struct Entry {
        std::string name;
        uint32_t method = 0;
        uint32_t flags = 0;
        uint32_t crc = 0;
        uint64_t packedSize = 0;
        uint64_t size = 0;
        uint64_t headerOffset = 0;
    };
    Error bad(const std::string& what) const;
    Status readDirectory();
    Result<std::string_view> packedBytes(const Entry& entry) const;

    std::string m_name;
    std::string m_bytes;
    std::vector<Entry> m_entries;
};

/// Builds a .zip container in memory; the same content gives the same bytes (no clock in it).
class ZipWriter {
public:
    enum class Method { Store, Deflate };
    /// InvalidArgument above 4 GiB in all.
    Status add(std::string_view entry, std::string_view content, Method method);
    /// The whole file; nothing can be added afterwards.
    std::string finish();

private:
    std::string m_bytes;
    std::string m_directory;
    uint16_t m_count = 0;
};

} // namespace telltale
