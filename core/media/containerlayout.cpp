// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/containerlayout.h"
#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string_view>

namespace telltale {
namespace {

/// Files with more outermost boxes than this were not written by a camera.
constexpr int kMostBoxes = 2'000'000;
constexpr uint32_t kEbml = 0x1A45DFA3;
constexpr uint32_t kSegment = 0x18538067;
constexpr uint32_t kCluster = 0x1F43B675;
constexpr std::string_view kClusterBytes("\x1F\x43\xB6\x75", 4);

uint64_t bigEndian(const uint8_t* bytes, int count)
{
    uint64_t value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8 | bytes[i];
    return value;
}

uint64_t littleEndian32(const uint8_t* bytes)
{
    return bytes[0] | uint64_t{bytes[1]} << 8 | uint64_t{bytes[2]} << 16 | uint64_t{bytes[3]} << 24;
}

bool named(const uint8_t* bytes, std::string_view name)
{
    return std::equal(name.begin(), name.end(), bytes, [](char a, uint8_t b) { return uint8_t(a) == b; });
}

void readMp4(const SparseIo& io, ContainerLayout& layout)
{
    std::array<uint8_t, 16> head{};
    int64_t at = layout.lastBox;
    for (int boxes = 0; boxes < kMostBoxes; ++boxes) {
        const int64_t got = io.readAt(at, head.data(), head.size());
        if (got < 8)
            return;
        uint64_t bytes = bigEndian(head.data(), 4);
        int64_t header = 8;
        if (bytes == 1 && got == 16) {
            bytes = bigEndian(head.data() + 8, 8);
            header = 16;
        } else if (bytes == 0) {
            bytes = static_cast<uint64_t>(io.size() - at);
        }
        if (bytes < static_cast<uint64_t>(header) || bytes > INT64_MAX / 2)
            return;
        const int64_t end = at + static_cast<int64_t>(bytes);
        if (named(head.data() + 4, "mdat"))
            layout.payload.push_back({at + header, std::min(end, io.size())});
        if (named(head.data() + 4, "moof"))
            layout.fragments.push_back(at);
        if (!layout.fragments.empty())
            layout.firstFragment = layout.fragments.front();
        layout.lastBox = at;
        // What follows the last true box need not be one.
        for (const char* name : {"mdat", "moov", "moof", "mfra"})
            if (named(head.data() + 4, name))
                layout.promisedBytes = end;
        at = end;
        if (at >= io.size())
            return;
    }
    layout.payload.clear();
}

struct Element {
    uint32_t id = 0;
    int64_t content = 0; ///< place
    int64_t size = -1; ///< -1: unknown, as in a recording in progress
};

std::optional<Element> elementAt(const SparseIo& io, int64_t place)
{
    std::array<uint8_t, 12> head{};
    const int64_t got = io.readAt(place, head.data(), head.size());
    const int idBytes = std::countl_zero(head[0]) + 1;
    if (got < 2 || idBytes > 4 || idBytes >= got)
        return std::nullopt;
    const uint8_t* length = head.data() + idBytes;
    const int lengthBytes = std::countl_zero(*length) + 1;
    if (lengthBytes > 8 || idBytes + lengthBytes > got)
        return std::nullopt;
    const uint64_t mask = (uint64_t{1} << (7 * lengthBytes)) - 1;
    const uint64_t size = bigEndian(length, lengthBytes) & mask;
    return Element{static_cast<uint32_t>(bigEndian(head.data(), idBytes)), place + idBytes + lengthBytes,
        size == mask ? -1 : static_cast<int64_t>(size)};
}

void readMatroska(const SparseIo& io, ContainerLayout& layout)
{
    const auto header = elementAt(io, 0);
    if (!header || header->size < 0)
        return;
    const auto segment = elementAt(io, header->content + header->size);
    if (!segment || segment->id != kSegment)
        return;
    if (segment->size >= 0)
        layout.promisedBytes = segment->content + segment->size;
    int64_t at = segment->content;
    for (int elements = 0; elements < kMostBoxes && at < io.size(); ++elements) {
        const auto element = elementAt(io, at);
        if (element && element->id == kCluster)
            layout.firstFragment = at;
        if (!element || element->size < 0 || element->id == kCluster)
            return;
        at = element->content + element->size;
    }
}

/// An AVI is one or several RIFF chunks.
void readAvi(const SparseIo& io, ContainerLayout& layout)
{
    std::array<uint8_t, 12> head{};
    for (int64_t at = 0; at < io.size();) {
        if (io.readAt(at, head.data(), head.size()) < 12 || !named(head.data(), "RIFF"))
            return;
        const auto bytes = static_cast<int64_t>(littleEndian32(head.data() + 4));
        // Writers that were stopped leave the size at nothing.
        if (bytes <= 4)
            return;
        layout.promisedBytes = at + 8 + bytes;
        at = layout.promisedBytes + bytes % 2;
    }
}

} // namespace

ContainerLayout layoutOf(const SparseIo& io)
{
    using Kind = ContainerLayout::Kind;
    ContainerLayout layout;
    std::array<uint8_t, 12> head{};
    if (io.readAt(0, head.data(), head.size()) < 12)
        return layout;
    const auto box = [&](std::string_view name) { return named(head.data() + 4, name); };
    if (box("ftyp") || box("moov") || box("mdat") || box("wide") || box("free") || box("skip")) {
        layout.kind = Kind::Mp4;
        readMp4(io, layout);
    } else if (bigEndian(head.data(), 4) == kEbml) {
        layout.kind = Kind::Matroska;
        readMatroska(io, layout);
    } else if (named(head.data(), "RIFF") && named(head.data() + 8, "AVI ")) {
        layout.kind = Kind::Avi;
        readAvi(io, layout);
    }
    return layout;
}

int64_t ContainerLayout::fragmentBefore(int64_t place) const
{
    const auto after = std::lower_bound(fragments.begin(), fragments.end(), place);
    return after == fragments.begin() ? -1 : *std::prev(after);
}

void continueLayout(const SparseIo& io, ContainerLayout& layout)
{
    // The last box may have been incomplete.
    if (!layout.fragments.empty() && layout.fragments.back() == layout.lastBox)
        layout.fragments.pop_back();
    while (!layout.payload.empty() && layout.payload.back().last > layout.lastBox)
        layout.payload.pop_back();
    readMp4(io, layout);
}

std::string skippingHeader(ContainerLayout::Kind kind, int64_t bytes)
{
    std::string header;
    const auto append = [&](uint64_t value, int count) {
        for (int i = count - 1; i >= 0; --i)
            header += static_cast<char>(value >> (8 * i) & 0xff);
    };
    if (kind == ContainerLayout::Kind::Mp4) {
        append(1, 4);
        header += "free";
        append(static_cast<uint64_t>(bytes), 8);
    } else if (kind == ContainerLayout::Kind::Matroska) {
        append(0xEC, 1);
        append(uint64_t{1} << 56 | static_cast<uint64_t>(bytes - 9), 8);
    }
    return header;
}

int64_t lastClusterBefore(const SparseIo& io, int64_t first, int64_t before)
{
    constexpr int64_t kChunk = 256 * 1024;
    std::string chunk;
    for (int64_t end = before; end > first; end -= kChunk) {
        const int64_t start = std::max(first, end - kChunk);
        // Names that straddle two chunks are found in the earlier one.
        const int64_t reach = std::min<int64_t>(before - start, kChunk + 12);
        chunk.resize(static_cast<size_t>(reach));
        chunk.resize(static_cast<size_t>(io.readAt(start, chunk.data(), reach)));
        for (size_t at = chunk.rfind(kClusterBytes); at != std::string::npos;
             at = at == 0 ? std::string::npos : chunk.rfind(kClusterBytes, at - 1)) {
            const int64_t place = start + static_cast<int64_t>(at);
            const auto cluster = elementAt(io, place);
            // The first thing in a cluster is its time, or a checksum of it all.
            const auto child = cluster ? elementAt(io, cluster->content) : std::nullopt;
            if (child && (child->id == 0xE7 || child->id == 0xBF))
                return place;
        }
    }
    return first;
}

} // namespace telltale
