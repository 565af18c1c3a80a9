// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/ziparchive.h"
#include "nn/weightfiles/printable.h"
#include <algorithm>
#include <cstdint>
#include <cstring>

namespace telltale {

namespace {

// Sizes, offsets and signatures of the records are those of PKWARE's APPNOTE 6.3.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kCentralHeader = 0x02014b50;
constexpr uint32_t kEnd = 0x06054b50;
constexpr uint32_t kEnd64 = 0x06064b50;
constexpr uint32_t kEnd64Locator = 0x07064b50;
constexpr size_t kLocalSize = 30;
constexpr size_t kCentralSize = 46;
constexpr size_t kEndSize = 22;
constexpr size_t kEnd64Size = 56;
constexpr size_t kLocatorSize = 20;
constexpr uint16_t kZip64Field = 1;
constexpr uint16_t kEncrypted = 1;
constexpr uint32_t kElsewhere = 0xffffffff; // the number stands in the zip64 field

Error damaged(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat,
        name + ": " + what + ". The file is damaged or was not fetched to its end; fetch it again."};
}

/// A little-endian number; 0 outside the bytes.
template <typename T> T at(std::string_view bytes, uint64_t offset)
{
    T value{};
    if (offset <= bytes.size() && sizeof value <= bytes.size() - offset)
        std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

struct Contents {
    uint64_t offset = 0;
    uint64_t entries = 0;
};

/// Where the table of contents is, from the record at the end; its comment may be 65,535 bytes long.
Result<Contents> findContents(std::string_view bytes, const std::string& name)
{
    const size_t first = bytes.size() > kEndSize + 0xffff ? bytes.size() - kEndSize - 0xffff : 0;
    const std::string_view signature("PK\x05\x06", 4);
    const size_t found = bytes.substr(first).rfind(signature);
    if (found == std::string_view::npos || bytes.size() - first - found < kEndSize)
        return damaged(name, "it ends before its table of contents");
    const size_t end = first + found;
    Contents contents{at<uint32_t>(bytes, end + 16), at<uint16_t>(bytes, end + 10)};
    if (end < kLocatorSize || at<uint32_t>(bytes, end - kLocatorSize) != kEnd64Locator)
        return contents;
    const auto wide = at<uint64_t>(bytes, end - kLocatorSize + 8);
    if (wide > bytes.size() || bytes.size() - wide < kEnd64Size || at<uint32_t>(bytes, wide) != kEnd64)
        return damaged(name, "its table of contents cannot be found");
    return Contents{at<uint64_t>(bytes, wide + 48), at<uint64_t>(bytes, wide + 32)};
}

struct Member {
    std::string name;
    uint64_t size = 0;
    uint64_t packed = 0;
    uint64_t offset = 0; ///< of its local header
    uint16_t flags = 0;
    uint16_t method = 0;
    uint64_t length = 0; ///< of this entry of the table
};

/// Replaces the numbers that stand elsewhere, in the order in which the field has them.
void readZip64(std::string_view extra, Member& member)
{
    while (extra.size() >= 4) {
        const auto kind = at<uint16_t>(extra, 0);
        const std::string_view field = extra.substr(4, at<uint16_t>(extra, 2));
        if (kind == kZip64Field) {
            size_t from = 0;
            for (uint64_t* number : {&member.size, &member.packed, &member.offset}) {
                if (*number != kElsewhere)
                    continue;
                *number = at<uint64_t>(field, from);
                from += sizeof(uint64_t);
            }
            return;
        }
        extra.remove_prefix(4 + field.size());
    }
}

Result<Member> readMember(std::string_view bytes, uint64_t offset, const std::string& name)
{
    if (offset > bytes.size() || bytes.size() - offset < kCentralSize
        || at<uint32_t>(bytes, offset) != kCentralHeader)
        return damaged(name, "its table of contents is cut short");
    const std::string_view entry = bytes.substr(offset);
    const size_t nameSize = at<uint16_t>(entry, 28);
    const size_t extraSize = at<uint16_t>(entry, 30);
    Member member;
    member.size = at<uint32_t>(entry, 24);
    member.packed = at<uint32_t>(entry, 20);
    member.offset = at<uint32_t>(entry, 42);
    member.flags = at<uint16_t>(entry, 8);
    member.method = at<uint16_t>(entry, 10);
    member.length = kCentralSize + nameSize + extraSize + at<uint16_t>(entry, 32);
    if (entry.size() < member.length)
        return damaged(name, "its table of contents is cut short");
    member.name = entry.substr(kCentralSize, nameSize);
    readZip64(entry.substr(kCentralSize + nameSize, extraSize), member);
    return member;
}

/// The bytes of a member behind its local header.
Result<std::string_view> bytesOf(std::string_view bytes, const Member& member, const std::string& name)
{
    if ((member.flags & kEncrypted) != 0 || member.method != 0)
        return Error{ErrorCode::Unsupported,
            name + ": its member \"" + member.name
                + "\" is packed or encrypted; PyTorch stores members as they are. Unpack the archive and "
                  "save "
                  "the weights again."};
    const std::string place = "its member \"" + printable(member.name) + "\" lies outside the file";
    if (member.size != member.packed || member.offset > bytes.size()
        || bytes.size() - member.offset < kLocalSize || at<uint32_t>(bytes, member.offset) != kLocalHeader)
        return damaged(name, place);
    const uint64_t begin = member.offset + kLocalSize + at<uint16_t>(bytes, member.offset + 26)
        + at<uint16_t>(bytes, member.offset + 28);
    if (begin > bytes.size() || member.size > bytes.size() - begin)
        return damaged(name, place);
    return bytes.substr(begin, member.size);
}

} // namespace

Result<ZipMembers> readZip(std::string_view bytes, const std::string& name)
{
    const auto contents = findContents(bytes, name);
    if (!contents)
        return contents.error();
    ZipMembers members;
    uint64_t offset = contents->offset;
    for (uint64_t i = 0; i < contents->entries; ++i) {
        const auto member = readMember(bytes, offset, name);
        if (!member)
            return member.error();
        const auto content = bytesOf(bytes, *member, name);
        if (!content)
            return content.error();
        members[member->name] = *content;
        offset += member->length;
    }
    return members;
}

} // namespace telltale
