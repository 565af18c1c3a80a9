// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/pickle/pickletext.h"
#include <algorithm>
#include <charconv>
#include <cstdint>

namespace telltale::pickle {
namespace {

/// A code point's UTF-8. Halves of a pair (\ud83d), which no UTF-8 can hold, and what is beyond Unicode
/// become the sign for what cannot be shown.
void appendUtf8(std::string& out, uint32_t point)
{
    constexpr uint32_t kNoSign = 0xfffd;
    if ((point >= 0xd800 && point < 0xe000) || point > 0x10ffff)
        point = kNoSign;
    const auto part = [&](uint32_t start, int shift, uint32_t mask) {
        out += static_cast<char>(start | (point >> shift & mask));
    };
    if (point < 0x80)
        return part(0, 0, 0x7f);
    if (point < 0x800) {
        part(0xc0, 6, 0x1f);
    } else if (point < 0x10000) {
        part(0xe0, 12, 0x0f);
        part(0x80, 6, 0x3f);
    } else {
        part(0xf0, 18, 0x07);
        part(0x80, 12, 0x3f);
        part(0x80, 6, 0x3f);
    }
    part(0x80, 0, 0x3f);
}

/// `digits` digits from `at` on, which moves behind them.
std::optional<uint32_t> digitsAt(std::string_view text, size_t& at, size_t digits, int base)
{
    const std::string_view part = text.substr(std::min(at, text.size()), digits);
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, base);
    if (part.size() != digits || error != std::errc() || end != part.data() + part.size())
        return std::nullopt;
    at += digits;
    return value;
}

} // namespace

bool isPlain(std::string_view line)
{
    return std::ranges::all_of(
        line, [](char c) { return c != '\\' && static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::string> fromRawUnicode(std::string_view line)
{
    std::string out;
    for (size_t i = 0; i < line.size();) {
        const bool wide = line.substr(i, 2) == "\\U";
        if (!wide && line.substr(i, 2) != "\\u") {
            appendUtf8(out, static_cast<unsigned char>(line[i++]));
            continue;
        }
        i += 2;
        const auto point = digitsAt(line, i, wide ? 8 : 4, 16);
        if (!point)
            return std::nullopt;
        appendUtf8(out, *point);
    }
    return out;
}

std::optional<std::string> fromQuoted(std::string_view inner)
{
    constexpr std::string_view kSigns = "\\'\"abfnrtv";
    constexpr std::string_view kMeant = "\\'\"\a\b\f\n\r\t\v";
    std::string out;
    for (size_t i = 0; i < inner.size();) {
        if (inner[i] != '\\') {
            out += inner[i++];
            continue;
        }
        ++i;
        const char sign = i < inner.size() ? inner[i] : '\0';
        if (const size_t known = kSigns.find(sign); known != std::string_view::npos) {
            out += kMeant[known];
            ++i;
            continue;
        }
        i += sign == 'x' ? 1 : 0;
        const auto code = sign == 'x' ? digitsAt(inner, i, 2, 16) : digitsAt(inner, i, 3, 8);
        if (!code || *code > 0xff)
            return std::nullopt;
        out += static_cast<char>(*code);
    }
    return out;
}

std::optional<std::string> toLatin1(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            out += text[i];
            continue;
        }
        if ((c != 0xc2 && c != 0xc3) || i + 1 >= text.size())
            return std::nullopt;
        out += static_cast<char>((c & 0x03) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
    }
    return out;
}

} // namespace telltale::pickle
