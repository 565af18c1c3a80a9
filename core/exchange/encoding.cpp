// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/encoding.h"

namespace telltale {

bool isUtf8(std::string_view text)
{
    // RFC 3629, section 4: how many bytes follow a first one, and between what the second has to lie.
    for (size_t i = 0; i < text.size();) {
        const auto byte = [&](size_t at) { return static_cast<unsigned char>(text[at]); };
        const unsigned char first = byte(i++);
        if (first < 0x80)
            continue;
        if (first < 0xc2 || first > 0xf4)
            return false;
        const size_t more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        if (i + more > text.size())
            return false;
        const unsigned char lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        const unsigned char highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (byte(i) < lowest || byte(i) > highest)
            return false;
        for (size_t k = 1; k < more; ++k)
            if (byte(i + k) < 0x80 || byte(i + k) > 0xbf)
                return false;
        i += more;
    }
    return true;
}

void appendUtf8(std::string& text, uint32_t code)
{
    const auto put = [&text](uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U);
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | code >> 12U);
        put(0x80U | (code >> 6U & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | code >> 18U);
        put(0x80U | (code >> 12U & 0x3FU));
        put(0x80U | (code >> 6U & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

std::optional<std::string> fromUtf16(std::string_view content)
{
    const bool bigEnd = content.starts_with("\xFE\xFF");
    if (!bigEnd && !content.starts_with("\xFF\xFE"))
        return std::nullopt;
    content.remove_prefix(2);
    const auto unit = [&](size_t i) -> uint32_t {
        const auto a = static_cast<unsigned char>(content[i]);
        const auto b = static_cast<unsigned char>(content[i + 1]);
        return bigEnd ? a * 256U + b : b * 256U + a;
    };
    std::string text;
    text.reserve(content.size());
    for (size_t i = 0; i + 1 < content.size(); i += 2) {
        const uint32_t code = unit(i);
        const bool high = code >= 0xD800 && code < 0xDC00;
        if (high && i + 3 < content.size() && (unit(i + 2) & 0xFC00U) == 0xDC00U) {
            appendUtf8(text, 0x10000 + (code - 0xD800) * 0x400 + (unit(i + 2) - 0xDC00));
            i += 2;
        } else {
            appendUtf8(text, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
        }
    }
    return text;
}

} // namespace telltale
