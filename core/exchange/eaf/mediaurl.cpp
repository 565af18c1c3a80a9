// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/mediaurl.h"
#include <algorithm>
#include <array>
#include <string_view>

namespace telltale {
namespace {

struct MimeType {
    const char* extension;
    const char* type;
};
constexpr std::array<MimeType, 13> kTypes{{{".mp4", "video/mp4"}, {".m4v", "video/mp4"},
    {".mov", "video/quicktime"}, {".qt", "video/quicktime"}, {".mpg", "video/mpeg"}, {".mpeg", "video/mpeg"},
    {".avi", "video/x-msvideo"}, {".mkv", "video/x-matroska"}, {".webm", "video/webm"},
    {".wmv", "video/x-ms-wmv"}, {".wav", "audio/x-wav"}, {".mp3", "audio/mpeg"}, {".m4a", "audio/mp4"}}};

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

char lowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

} // namespace

std::string percentEncoded(const std::string& text)
{
    constexpr std::string_view kPlain = "-._~/!$&'()*+,;=:@";
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= '0' && c <= '9') || (lowerCase(c) >= 'a' && lowerCase(c) <= 'z');
        if (letter || kPlain.find(c) != std::string_view::npos)
            encoded += c;
        else
            encoded.append("%").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 0xFU]);
    }
    return encoded;
}

std::string fileUrl(const std::filesystem::path& file)
{
    const std::string path = file.generic_string();
    return (path.starts_with('/') ? "file://" : "file:///") + percentEncoded(path);
}

std::string pathOfUrl(const std::string& url)
{
    std::string_view rest = url;
    if (rest.starts_with("file:")) {
        rest.remove_prefix(5);
        while (rest.starts_with("//"))
            rest.remove_prefix(1);
        // "/C:/videos" is "C:/videos".
        if (rest.size() > 2 && rest[0] == '/' && rest[2] == ':')
            rest.remove_prefix(1);
        // "file:/./clip.mpg" of old versions of ELAN is seen from the label file.
        if (rest.starts_with("/./") || rest.starts_with("/../"))
            rest.remove_prefix(1);
    }
    std::string path;
    for (size_t i = 0; i < rest.size(); ++i) {
        const int high = rest[i] == '%' && i + 2 < rest.size() ? digitOf(rest[i + 1]) : -1;
        const int low = high >= 0 ? digitOf(rest[i + 2]) : -1;
        if (low >= 0 && high * 16 + low > 0) {
            path += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            path += rest[i] == '\\' ? '/' : rest[i];
        }
    }
    return path;
}

std::string mimeTypeOf(const std::filesystem::path& file)
{
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(), lowerCase);
    for (const MimeType& one : kTypes)
        if (extension == one.extension)
            return one.type;
    return "unknown";
}

} // namespace telltale
