// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/zipdirectory.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Reads .zip containers (.npz, .xlsx) that lie in memory: stored and deflated entries, checked by CRC.
/// Encrypted and split archives are refused. A value type whose copies share the bytes.
class ZipReader {
public:
    /// NotFound, Io; BadFormat when the file is not a zip or its directory is damaged.
    static Result<ZipReader> open(const std::filesystem::path& file);
    /// The same on a mapping of the file (see MappedFile), so that only what is read comes from the disk.
    static Result<ZipReader> map(const std::filesystem::path& file);
    /// `name` is used in messages.
    static Result<ZipReader> parse(std::string bytes, std::string name);

    std::vector<std::string> names() const;
    bool contains(std::string_view entry) const;
    /// Uncompressed content. NotFound; BadFormat (damaged, wrong checksum, size that no data can have).
    Result<std::string> read(std::string_view entry) const;
    /// The same without a copy of what is stored: valid as long as bytes() and `unpacked`, which takes the
    /// content of a packed entry.
    Result<std::string_view> read(std::string_view entry, std::string& unpacked) const;
    /// Content of a stored entry where it lies, valid as long as bytes() is kept; the checksum is not looked
    /// at. Unsupported if it is packed; else as read().
    Result<std::string_view> inPlace(std::string_view entry) const;
    /// The entry's extra field in the directory; empty if it has none.
    std::string_view extraOf(std::string_view entry) const;
    /// Keeps the container's bytes alive.
    std::shared_ptr<const void> bytes() const { return m_keeper; }

private:
    Error bad(const std::string& what) const;
    Status readDirectory();
    Result<const ZipEntry*> entryOf(std::string_view name) const;
    Result<std::string_view> packedBytes(const ZipEntry& entry) const;

    std::string m_name;
    std::shared_ptr<const void> m_keeper;
    std::string_view m_bytes;
    std::vector<ZipEntry> m_entries;
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
