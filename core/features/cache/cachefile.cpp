// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/cache/cachefile.h"
#include "base/bytestream.h"
#include "base/sha256.h"
#include <array>
#include <charconv>

namespace telltale {
namespace {

constexpr std::string_view kMagic = "TTFEAT1\n";
constexpr uint32_t kOrderMark = 0x01020304; ///< reads differently on a machine with the other byte order
constexpr size_t kAlignment = 64;
constexpr size_t kBeforeHeader = 8 + sizeof(Sha256) + sizeof(uint64_t);

size_t padded(size_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

/// Bytes of one number; 0 for a type that this program does not know.
size_t itemSize(std::string_view dtype)
{
    constexpr std::string_view kKinds = "fiub";
    size_t size = 0;
    if (dtype.size() != 2 || kKinds.find(dtype[0]) == std::string_view::npos)
        return 0;
    const auto read = std::from_chars(dtype.data() + 1, dtype.data() + dtype.size(), size);
    return read.ec == std::errc{} ? size : 0;
}

std::string headerOf(const CacheKey& key, std::span<const CacheArray> arrays, const CacheFacts& facts)
{
    ByteWriter out;
    out.value(kOrderMark);
    for (const std::string* field : {&key.video, &key.extractor, &key.parameters, &key.model})
        out.text(*field);
    out.value(static_cast<uint64_t>(facts.size()));
    for (const auto& [name, fact] : facts) {
        out.text(name);
        out.text(fact);
    }
    out.value(static_cast<uint64_t>(arrays.size()));
    for (const CacheArray& array : arrays) {
        out.text(array.name);
        out.text(array.dtype);
        out.list(array.shape);
        out.value(static_cast<uint64_t>(array.bytes.size()));
        out.value(sha256(array.bytes));
    }
    return out.bytes();
}

Error damaged(const std::string& what) { return {ErrorCode::BadFormat, what}; }

/// Takes the next array off the front of `rest`, which starts at a multiple of 64.
Status readArray(ByteReader& in, std::string_view& rest, std::vector<CacheArray>& arrays)
{
    CacheArray array;
    array.name = in.text();
    array.dtype = in.text();
    array.shape = in.list<int64_t>();
    const auto bytes = in.value<uint64_t>();
    const auto digest = in.value<Sha256>();
    if (!in.ok())
        return damaged("the header is cut short");
    if (bytes > rest.size() || padded(bytes) > rest.size())
        return damaged("the file is cut short");
    array.bytes = rest.substr(0, bytes);
    if (!isWhole(array))
        return damaged("the array " + array.name + " does not fit its shape");
    if (sha256(array.bytes) != digest)
        return damaged("the array " + array.name + " has changed since it was written");
    rest.remove_prefix(padded(bytes));
    arrays.push_back(std::move(array));
    return {};
}

} // namespace

bool isWhole(const CacheArray& array)
{
    size_t wanted = itemSize(array.dtype);
    if (wanted == 0)
        return false;
    for (const int64_t side : array.shape)
        if (side < 0 || __builtin_mul_overflow(wanted, static_cast<size_t>(side), &wanted))
            return false;
    return wanted == array.bytes.size();
}

std::string_view cachePadding(size_t bytes)
{
    static constexpr std::array<char, kAlignment> zeros{};
    return {zeros.data(), padded(bytes) - bytes};
}

std::string cacheFileHead(const CacheKey& key, std::span<const CacheArray> arrays, const CacheFacts& facts)
{
    const std::string header = headerOf(key, arrays, facts);
    ByteWriter length;
    length.value(static_cast<uint64_t>(header.size()));
    const Sha256 digest = sha256(length.bytes() + header);
    std::string head(kMagic);
    head.append(digest.begin(), digest.end());
    head += length.bytes() + header;
    head += cachePadding(head.size());
    return head;
}

Result<ParsedCacheFile> parseCacheFile(std::string_view bytes)
{
    if (bytes.size() < kBeforeHeader || !bytes.starts_with(kMagic))
        return damaged("it is no file of a feature cache");
    ByteReader front(bytes.substr(kMagic.size()));
    const auto digest = front.value<Sha256>();
    const auto length = front.value<uint64_t>();
    if (length > bytes.size() - kBeforeHeader)
        return damaged("the file is cut short");
    if (sha256(bytes.substr(kMagic.size() + sizeof digest, sizeof length + length)) != digest)
        return damaged("the header has changed since it was written");
    ByteReader in(bytes.substr(kBeforeHeader, length));
    if (in.value<uint32_t>() != kOrderMark)
        return damaged("it comes from another kind of machine");
    ParsedCacheFile file;
    for (std::string* field : {&file.key.video, &file.key.extractor, &file.key.parameters, &file.key.model})
        *field = in.text();
    for (auto left = in.value<uint64_t>(); left > 0 && in.ok(); --left) {
        std::string name = in.text();
        file.facts[std::move(name)] = in.text();
    }
    std::string_view rest = bytes.substr(std::min(bytes.size(), padded(kBeforeHeader + length)));
    for (auto left = in.value<uint64_t>(); left > 0 && in.ok(); --left)
        if (const Status read = readArray(in, rest, file.arrays); !read)
            return read.error();
    if (!in.ok() || !in.atEnd() || !rest.empty())
        return damaged("the file has another length than it should");
    return file;
}

std::string cacheFileExtractor(std::string_view bytes)
{
    if (bytes.size() < kBeforeHeader || !bytes.starts_with(kMagic))
        return {};
    ByteReader in(bytes.substr(kBeforeHeader));
    const bool ours = in.value<uint32_t>() == kOrderMark;
    (void)in.view(); // the video
    std::string extractor = in.text();
    return ours && in.ok() ? extractor : std::string();
}

} // namespace telltale
