// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "mutator.h"
#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <vector>

namespace telltale::fuzz {
namespace {

using namespace std::string_view_literals;

/// Names that stand right behind (MP4, MOV) or before (AVI) a size, and element names of Matroska, which
/// stand before one.
constexpr std::array kNames{"ftyp"sv, "moov"sv, "mvhd"sv, "trak"sv, "tkhd"sv, "edts"sv, "elst"sv, "mdia"sv,
    "mdhd"sv, "hdlr"sv, "minf"sv, "stbl"sv, "stsd"sv, "stts"sv, "ctts"sv, "stss"sv, "stsc"sv, "stsz"sv,
    "stco"sv, "co64"sv, "mdat"sv, "moof"sv, "traf"sv, "tfhd"sv, "tfdt"sv, "trun"sv, "mfra"sv, "tfra"sv,
    "avcC"sv, "hvcC"sv, "av1C"sv, "vpcC"sv, "esds"sv, "RIFF"sv, "LIST"sv, "avih"sv, "strh"sv, "strf"sv,
    "movi"sv, "idx1"sv, "indx"sv, "00dc"sv, "\x1a\x45\xdf\xa3"sv, "\x18\x53\x80\x67"sv, "\x16\x54\xae\x6b"sv,
    "\x1c\x53\xbb\x6b"sv, "\x1f\x43\xb6\x75"sv, "\x15\x49\xa9\x66"sv, "\x11\x4d\x9b\x74"sv};

constexpr std::array<uint64_t, 10> kExtremes{
    0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff};

size_t below(Random& random, size_t n)
{
    return static_cast<size_t>(random.below(std::max<int64_t>(1, static_cast<int64_t>(n))));
}

/// Mostly near a table of the container.
size_t somewhere(const std::string& bytes, Random& random)
{
    if (random.chance(0.5)) {
        const size_t from = below(random, bytes.size());
        const std::string_view name = kNames[below(random, kNames.size())];
        size_t at = bytes.find(name, from);
        at = at == std::string::npos ? bytes.find(name) : at;
        if (at != std::string::npos)
            return std::min(bytes.size() - 1, at + below(random, 96));
    }
    if (random.chance(0.3))
        return below(random, std::min<size_t>(bytes.size(), 1024));
    return below(random, bytes.size());
}

size_t someLength(const std::string& bytes, Random& random)
{
    const size_t bound = random.chance(0.5) ? 64 : std::max<size_t>(1, bytes.size() / 4);
    return 1 + below(random, bound);
}

void flipBits(std::string& bytes, Random& random)
{
    for (int64_t n = 1 + random.below(32); n > 0; --n) {
        char& byte = bytes[somewhere(bytes, random)];
        byte = static_cast<char>(byte ^ (1 << random.below(8)));
    }
}

/// A number of 1, 2, 4 or 8 bytes, most significant byte first.
void writeNumber(std::string& bytes, size_t at, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width && at + i < bytes.size(); ++i)
        bytes[at + i] = static_cast<char>(value >> (8 * (width - 1 - i)));
}

void writeExtreme(std::string& bytes, Random& random)
{
    const size_t width = size_t{1} << below(random, 4);
    writeNumber(bytes, somewhere(bytes, random), kExtremes[below(random, kExtremes.size())], width);
}

void changeBoxSize(std::string& bytes, Random& random)
{
    const std::string_view name = kNames[below(random, kNames.size())];
    std::vector<size_t> places;
    for (size_t at = bytes.find(name); at != std::string::npos && places.size() < 200;
         at = bytes.find(name, at + 1))
        places.push_back(at);
    if (places.empty())
        return flipBits(bytes, random);
    const size_t at = places[below(random, places.size())];
    const bool before = at >= 4 && random.chance(0.6);
    const uint64_t value
        = random.chance(0.5) ? kExtremes[below(random, kExtremes.size())] : random.next() % 4096;
    writeNumber(bytes, before ? at - 4 : at + 4, value, 4);
}

void cutEnd(std::string& bytes, Random& random) { bytes.resize(1 + below(random, bytes.size())); }

void lose(std::string& bytes, Random& random)
{
    const size_t at = somewhere(bytes, random);
    bytes.erase(at, someLength(bytes, random));
}

void repeat(std::string& bytes, Random& random)
{
    const std::string piece = bytes.substr(somewhere(bytes, random), someLength(bytes, random));
    bytes.insert(somewhere(bytes, random), piece);
}

void overwrite(std::string& bytes, Random& random)
{
    const std::string piece = bytes.substr(somewhere(bytes, random), someLength(bytes, random));
    const size_t at = somewhere(bytes, random);
    bytes.replace(at, std::min(piece.size(), bytes.size() - at), piece);
}

void fill(std::string& bytes, Random& random)
{
    const size_t at = somewhere(bytes, random);
    const size_t length = std::min(someLength(bytes, random), bytes.size() - at);
    const auto value = static_cast<char>(random.chance(0.5) ? 0 : random.next());
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), length, value);
}

constexpr std::array kHarms{flipBits, flipBits, writeExtreme, writeExtreme, changeBoxSize, changeBoxSize,
    cutEnd, lose, repeat, overwrite, fill};

} // namespace

std::string mutated(std::string bytes, Random& random)
{
    for (int64_t n = 1 + random.below(4); n > 0; --n) {
        if (bytes.empty())
            bytes = "x";
        kHarms[below(random, kHarms.size())](bytes, random);
    }
    return bytes;
}

} // namespace telltale::fuzz
