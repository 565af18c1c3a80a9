// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <memory>
#include <string_view>

namespace telltale {

/// A file as read-only memory: pages come from the disk when they are looked at. Replacing the file by
/// another (as writeFileAtomically() does) leaves the mapping as it is; a program that cuts the file short in
/// place ends this one, so map only files that are replaced as a whole. Const use is safe from any thread.
class MappedFile {
public:
    /// NotFound; BadFormat for a folder; Io.
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& file);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::string_view bytes() const { return m_bytes; }

private:
    explicit MappedFile(std::string_view bytes) : m_bytes(bytes) { }
    std::string_view m_bytes;
};

} // namespace telltale
