// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "base/files.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace telltale {
namespace {

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Cuts one text into rows. A small state machine, because a quoted field may hold commas and line ends.
class Reader {
public:
    Reader(std::string_view text, std::string origin, char delimiter)
        : m_text(text)
        , m_origin(std::move(origin))
        , m_delimiter(delimiter)
    {
    }

    Result<std::vector<CsvRow>> run()
    {
        for (size_t i = 0; i < m_text.size(); ++i) {
            const char c = m_text[i];
            if (m_quoted && c == '"' && i + 1 < m_text.size() && m_text[i + 1] == '"') {
                m_field += '"';
                ++i;
            } else if (m_quoted && c == '"') {
                m_quoted = false;
            } else if (m_quoted) {
                m_field += c;
                m_line += c == '\n' ? 1 : 0;
            } else {
                plain(c);
            }
        }
        if (m_quoted)
            return Error{ErrorCode::BadFormat,
                m_origin + ", line " + std::to_string(m_row.line) + ": a quotation mark is never closed"};
        endRow();
        return std::move(m_rows);
    }

private:
    void plain(char c)
    {
        if (c == '"' && trimmed(m_field).empty()) {
            m_quoted = m_wasQuoted = true;
            m_field.clear();
        } else if (c == m_delimiter) {
            endField();
        } else if (c == '\n') {
            endRow();
            ++m_line;
        } else if (c != '\r') {
            m_field += c;
        }
    }

    void endField()
    {
        if (m_row.fields.empty())
            m_row.line = m_line;
        m_row.fields.push_back(m_wasQuoted ? m_field : trimmed(m_field));
        m_field.clear();
        m_wasQuoted = false;
    }

    void endRow()
    {
        endField();
        const bool blank = m_row.fields.size() == 1 && m_row.fields.front().empty();
        const size_t width = m_row.fields.size();
        if (!blank)
            m_rows.push_back(std::move(m_row));
        m_row = {};
        m_row.fields.reserve(width);
    }

    std::string_view m_text;
    std::string m_origin;
    char m_delimiter;
    std::vector<CsvRow> m_rows;
    CsvRow m_row;
    std::string m_field;
    int64_t m_line = 1;
    bool m_quoted = false;
    bool m_wasQuoted = false;
};

template <typename Number> std::optional<Number> number(std::string_view text)
{
    Number value{};
    const char* end = text.data() + text.size();
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stop != end)
        return std::nullopt;
    return value;
}

} // namespace

Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string& origin, char delimiter)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (text.find('\0') != std::string_view::npos)
        return Error{ErrorCode::BadFormat, origin + ": is not a text file"};
    return Reader(text, origin, delimiter).run();
}

Result<std::vector<CsvRow>> readCsv(const std::filesystem::path& file)
{
    const auto text = readFile(file);
    if (!text)
        return text.error();
    return parseCsv(*text, file.string());
}

char csvDelimiter(std::string_view text, std::string_view candidates)
{
    std::vector<int64_t> counts(candidates.size(), 0);
    bool quoted = false;
    bool blank = true;
    for (const char c : text) {
        if (c == '\n' && !quoted && !blank)
            break;
        quoted = quoted != (c == '"');
        blank = blank && (c == '\n' || c == '\r' || c == ' ');
        if (const size_t i = candidates.find(c); i != std::string_view::npos && !quoted)
            ++counts[i];
    }
    return candidates[static_cast<size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::string csvField(const std::string& text, char delimiter)
{
    const bool plain = text.find_first_of("\"\r\n") == std::string::npos
        && text.find(delimiter) == std::string::npos && text == trimmed(text);
    if (plain)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

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

std::optional<int64_t> wholeNumber(std::string_view text) { return number<int64_t>(text); }

std::optional<double> decimalNumber(std::string_view text)
{
    const auto value = number<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

} // namespace telltale
