// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "features/cache/featurecache.h"
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// The file of one entry: 8 bytes that name the format, SHA-256 of the header (32), its length (8), the
/// header (key, facts, and of each array name, type, shape, place and SHA-256), then the arrays at multiples
/// of 64 bytes. In this machine's byte order: caches do not travel.

/// Everything before the first array, padded. Arrays follow in order, each padded likewise.
std::string cacheFileHead(const CacheKey& key, std::span<const CacheArray> arrays, const CacheFacts& facts);
/// Zeros that follow `bytes` bytes up to the next multiple of 64.
std::string_view cachePadding(size_t bytes);

struct ParsedCacheFile {
    CacheKey key;
    CacheFacts facts;
    std::vector<CacheArray> arrays; ///< point into the bytes
};
/// Reads and verifies all of it; BadFormat says what is wrong.
Result<ParsedCacheFile> parseCacheFile(std::string_view bytes);

/// What made it, for lists: only the header is read and nothing verified. Empty if it cannot be read.
std::string cacheFileExtractor(std::string_view bytes);

/// True if the bytes of the array are as many as its type and shape say.
bool isWhole(const CacheArray& array);

} // namespace telltale
