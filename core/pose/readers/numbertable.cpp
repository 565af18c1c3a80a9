// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/numbertable.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace telltale {
namespace {

std::string_view trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Collects cells into rows and words the errors.
class TableBuilder {
public:
    explicit TableBuilder(std::string name) : m_name(std::move(name)) { }

    Status cell(std::string_view text, int64_t line)
    {
        text = trimmed(text);
        if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
            text = text.substr(1, text.size() - 2);
        if (!text.empty() && text.front() == '+')
            text.remove_prefix(1);
        float value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool tiny = error == std::errc::result_out_of_range;
        if ((error != std::errc{} && !tiny) || end != text.data() + text.size() || text.empty())
            return bad(line,
                "column " + std::to_string(m_count + 1) + " holds '" + std::string(text.substr(0, 40))
                    + "' where a number was expected");
        if (std::isnan(value))
            return bad(line,
                "column " + std::to_string(m_count + 1)
                    + " holds NaN, write 0 for the coordinates and score of a missing point");
        m_table.values.push_back(tiny ? 0.0f : value);
        ++m_count;
        return {};
    }

    Status endRow(int64_t line)
    {
        if (m_table.lines.empty())
            m_table.columns = m_count;
        if (m_count != m_table.columns)
            return bad(line,
                "has " + std::to_string(m_count) + " columns, the rows before it have "
                    + std::to_string(m_table.columns));
        m_table.lines.push_back(line);
        m_count = 0;
        return {};
    }

    int64_t cellsInRow() const { return m_count; }
    NumberTable take() { return std::move(m_table); }

private:
    Error bad(int64_t line, const std::string& what) const
    {
        return {ErrorCode::BadFormat, m_name + ", line " + std::to_string(line) + ": " + what};
    }

    std::string m_name;
    NumberTable m_table;
    int64_t m_count = 0;
};

char separatorOf(std::string_view line)
{
    for (const char c : {',', ';', '\t'})
        if (line.find(c) != std::string_view::npos)
            return c;
    return ' ';
}

Status addLine(TableBuilder& table, std::string_view line, int64_t number, char separator)
{
    size_t at = 0;
    while (at <= line.size()) {
        const size_t end = std::min(line.find(separator, at), line.size());
        const std::string_view cell = line.substr(at, end - at);
        at = end + 1;
        if (separator == ' ' && cell.empty())
            continue;
        if (Status status = table.cell(cell, number); !status)
            return status;
    }
    return table.endRow(number);
}

/// Value of `key="..."` inside a tag.
std::string_view attribute(std::string_view tag, std::string_view key)
{
    const std::string wanted = " " + std::string(key) + "=\"";
    const size_t at = tag.find(wanted);
    if (at == std::string_view::npos)
        return {};
    const size_t start = at + wanted.size();
    const size_t end = tag.find('"', start);
    return end == std::string_view::npos ? std::string_view{} : tag.substr(start, end - start);
}

int64_t wholeNumber(std::string_view text, int64_t fallback)
{
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : fallback;
}

/// Column of a cell reference: "C12" is 2; -1 where there is none.
int64_t columnOf(std::string_view reference)
{
    int64_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > 20000)
            break;
        column = column * 26 + (c - 'A' + 1);
    }
    return column - 1;
}

/// Tags and the text between them, one after the other. The sheet's XML needs no more.
class XmlScanner {
public:
    explicit XmlScanner(std::string_view xml) : m_xml(xml) { }
    /// Moves to the next tag; `text` is what stood before it.
    bool next(std::string_view& tag, std::string_view& text)
    {
        const size_t open = m_xml.find('<', m_at);
        const size_t close = open == std::string_view::npos ? open : m_xml.find('>', open);
        if (close == std::string_view::npos)
            return false;
        text = m_xml.substr(m_at, open - m_at);
        tag = m_xml.substr(open + 1, close - open - 1);
        m_at = close + 1;
        return true;
    }

private:
    std::string_view m_xml;
    size_t m_at = 0;
};

bool isTag(std::string_view tag, std::string_view name)
{
    return tag.starts_with(name)
        && (tag.size() == name.size() || tag[name.size()] == ' ' || tag[name.size()] == '/'
            || tag[name.size()] == '\n' || tag[name.size()] == '\r');
}

std::vector<std::string> sharedStrings(std::string_view xml)
{
    std::vector<std::string> strings;
    XmlScanner scanner(xml);
    std::string_view tag;
    std::string_view text;
    while (scanner.next(tag, text)) {
        if (isTag(tag, "si"))
            strings.emplace_back();
        else if (tag == "/t" && !strings.empty())
            strings.back() += text;
    }
    return strings;
}

struct SheetCell {
    int64_t column = -1;
    bool shared = false;
    std::string_view text;
};

Status readSheet(std::string_view xml, const std::vector<std::string>& strings, const std::string& name,
    TableBuilder& table)
{
    XmlScanner scanner(xml);
    std::string_view tag;
    std::string_view text;
    int64_t line = 0;
    SheetCell cell;
    while (scanner.next(tag, text)) {
        if (isTag(tag, "row")) {
            line = wholeNumber(attribute(tag, "r"), line + 1);
        } else if (isTag(tag, "c")) {
            cell = {columnOf(attribute(tag, "r")), attribute(tag, "t") == "s", {}};
        } else if (tag == "/v" || tag == "/t") {
            cell.text = text;
        } else if (tag == "/c") {
            if (cell.column >= 0 && cell.column != table.cellsInRow())
                return Error{ErrorCode::BadFormat,
                    name + ", line " + std::to_string(line) + ": column "
                        + std::to_string(table.cellsInRow() + 1) + " is empty where a number was expected"};
            if (cell.shared) {
                const int64_t index = wholeNumber(cell.text, -1);
                if (index < 0 || index >= static_cast<int64_t>(strings.size()))
                    return Error{ErrorCode::BadFormat,
                        name + ", line " + std::to_string(line) + ": names a shared text that is not there"};
                cell.text = strings[static_cast<size_t>(index)];
            }
            if (Status status = table.cell(cell.text, line); !status)
                return status;
        } else if (tag == "/row" && table.cellsInRow() > 0) {
            if (Status status = table.endRow(line); !status)
                return status;
        }
    }
    return {};
}

} // namespace

Result<NumberTable> parseNumberText(std::string_view text, const std::string& name)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    TableBuilder table(name);
    char separator = '\0';
    int64_t number = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text.substr(at, end - at));
        at = end + 1;
        ++number;
        if (line.empty())
            continue;
        if (separator == '\0')
            separator = separatorOf(line);
        if (const Status status = addLine(table, line, number, separator); !status)
            return status.error();
    }
    return table.take();
}

Result<NumberTable> readWorkbook(const ZipReader& zip, const std::string& name)
{
    std::string sheet = "xl/worksheets/sheet1.xml";
    if (!zip.contains(sheet))
        for (const std::string& entry : zip.names())
            if (entry.starts_with("xl/worksheets/") && entry.ends_with(".xml")) {
                sheet = entry;
                break;
            }
    const auto xml = zip.read(sheet);
    if (!xml)
        return xml.error();
    std::vector<std::string> strings;
    if (zip.contains("xl/sharedStrings.xml")) {
        const auto shared = zip.read("xl/sharedStrings.xml");
        if (!shared)
            return shared.error();
        strings = sharedStrings(*shared);
    }
    TableBuilder table(name);
    if (const Status status = readSheet(*xml, strings, name, table); !status)
        return status.error();
    return table.take();
}

} // namespace telltale
