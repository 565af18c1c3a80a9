// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "base/files.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace telltale {
namespace {

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t") == std::string_view::npos; }

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
            const bool next = i + 1 < m_text.size();
            const bool lineEnd = c == '\n' || (c == '\r' && !(next && m_text[i + 1] == '\n'));
            if (m_quoted && c == '"' && next && m_text[i + 1] == '"') {
                m_field += '"';
                ++i;
            } else if (m_quoted && c == '"') {
                m_quoted = false;
            } else if (m_quoted) {
                m_field += c;
                m_line += lineEnd ? 1 : 0;
            } else if (lineEnd) {
                endRow();
                ++m_line;
            } else {
                plain(c);
            }
        }
        if (m_quoted)
            return Error{ErrorCode::BadFormat,
                m_origin + ", line " + std::to_string(m_quoteLine) + ": a quotation mark is never closed"};
        endRow();
        return std::move(m_rows);
    }

private:
    void plain(char c)
    {
        if (c == m_delimiter) {
            endField();
        } else if (c == '"' && isBlank(m_field)) {
            m_quoted = m_wasQuoted = true;
            m_quoteLine = m_line;
            m_field.clear();
        } else if (c != '\r' && !(m_wasQuoted && isBlank({&c, 1}))) {
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
    int64_t m_quoteLine = 1; ///< of the last one that opened
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
    if (const auto wide = fromUtf16(text))
        return parseCsv(*wide, origin, delimiter);
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
    // An even number of bytes that holds the first line of any table.
    constexpr size_t kHead = 65536;
    if (const auto wide = fromUtf16(text.substr(0, kHead)))
        return csvDelimiter(*wide, candidates);
    std::vector<int64_t> counts(candidates.size(), 0);
    bool quoted = false;
    bool blank = true;
    for (const char c : text) {
        if ((c == '\n' || c == '\r') && !quoted && !blank)
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

std::optional<int64_t> wholeNumber(std::string_view text) { return number<int64_t>(text); }

std::optional<double> decimalNumber(std::string_view text)
{
    const auto value = number<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> decimalNumber(std::string_view text, char point)
{
    if (point == '.' || text.find(point) == std::string_view::npos)
        return decimalNumber(text);
    std::string dotted(text);
    std::ranges::replace(dotted, point, '.');
    return decimalNumber(dotted);
}

std::optional<int64_t> frameNumber(std::string_view text)
{
    constexpr double kFar = 1e12; // doubles hold all whole numbers up to there
    const auto value = decimalNumber(text);
    if (!value || std::abs(*value) > kFar || *value != std::trunc(*value))
        return std::nullopt;
    return static_cast<int64_t>(*value);
}

CsvColumns::CsvColumns(const CsvRow& header, std::span<const CsvColumnName> names)
    : m_width(header.fields.size())
{
    std::map<std::string, size_t> places;
    for (size_t i = 0; i < header.fields.size(); ++i) {
        std::string name = header.fields[i];
        std::ranges::transform(
            name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        places.emplace(std::move(name), i);
    }
    for (const CsvColumnName& known : names)
        if (const auto found = places.find(known.name); found != places.end() && !has(known.column))
            put(known.column, found->second);
}

CsvColumns::CsvColumns(std::span<const int> order)
{
    for (size_t i = 0; i < order.size(); ++i)
        put(order[i], i);
}

const std::string& CsvColumns::field(const CsvRow& row, int column) const
{
    static const std::string none;
    const int at = place(column);
    return at >= 0 && static_cast<size_t>(at) < row.fields.size() ? row.fields[static_cast<size_t>(at)]
                                                                  : none;
}

int CsvColumns::place(int column) const
{
    const auto at = static_cast<size_t>(column);
    return at < m_at.size() ? m_at[at] : -1;
}

void CsvColumns::put(int column, size_t place)
{
    const auto at = static_cast<size_t>(column);
    m_at.resize(std::max(m_at.size(), at + 1), -1);
    m_at[at] = static_cast<int>(place);
}

} // namespace telltale
