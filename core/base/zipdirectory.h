// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// An entry of a zip container, in views into the container's bytes.
struct ZipEntry {
    static constexpr uint32_t kStored = 0;
    static constexpr uint32_t kDeflated = 8;

    std::string_view name;
    std::string_view extra; ///< its extra field in the directory
    uint32_t method = 0;
    bool encrypted = false;
    uint32_t crc = 0;
    uint64_t packedSize = 0;
    uint64_t size = 0;
    uint64_t headerOffset = 0; ///< of its local header
};

/// The directory at the end of a zip or zip64 container (PKWARE's APPNOTE 6.3), in its order. BadFormat tells
/// what is wrong as the rest of a sentence about the container: cut short, no directory.
Result<std::vector<ZipEntry>> readZipDirectory(std::string_view bytes);

/// The bytes of an entry as they lie in the container, packed or not. BadFormat as above.
Result<std::string_view> packedZipBytes(std::string_view bytes, const ZipEntry& entry);

} // namespace telltale
