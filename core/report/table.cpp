// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "report/table.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace telltale {
namespace {

std::string shortest(double value)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string fixed(double value, int digits)
{
    std::array<char, 400> text{};
    const auto made
        = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits);
    std::string shown(text.data(), made.ptr);
    const bool zero = shown.find_first_not_of("-0.") == std::string::npos;
    return zero && shown.starts_with('-') ? shown.substr(1) : shown;
}

std::string csvQuoted(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string csvCell(const TableCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return csvQuoted(*text);
    if (const auto* whole = std::get_if<int64_t>(&cell))
        return std::to_string(*whole);
    if (const auto* value = std::get_if<double>(&cell); value && std::isfinite(*value))
        return shortest(*value);
    return {};
}

std::string latexEscaped(const std::string& text)
{
    static const std::map<char, std::string> kEscapes
        = {{'&', "\\&"}, {'%', "\\%"}, {'$', "\\$"}, {'#', "\\#"}, {'_', "\\_"}, {'{', "\\{"}, {'}', "\\}"},
            {'~', "\\textasciitilde{}"}, {'^', "\\textasciicircum{}"}, {'\\', "\\textbackslash{}"}};
    std::string escaped;
    for (const char c : text) {
        const auto found = kEscapes.find(c);
        escaped += found == kEscapes.end() ? std::string(1, c) : found->second;
    }
    return escaped;
}

size_t codePoints(const std::string& text)
{
    return static_cast<size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string joined(const std::vector<std::string>& parts, const std::string& between)
{
    std::string line;
    for (size_t i = 0; i < parts.size(); ++i)
        line += (i == 0 ? std::string() : between) + parts[i];
    return line;
}

/// Titles and cells as people read them, a row each.
std::vector<std::vector<std::string>> shownRows(const Table& table)
{
    std::vector<std::vector<std::string>> rows(1);
    for (const TableColumn& column : table.columns)
        rows[0].push_back(column.title);
    for (const auto& row : table.rows) {
        std::vector<std::string>& shown = rows.emplace_back();
        for (size_t i = 0; i < table.columns.size(); ++i)
            shown.push_back(i < row.size() ? cellText(row[i], table.columns[i]) : std::string());
    }
    return rows;
}

} // namespace

TableCell cellOf(double value) { return std::isfinite(value) ? TableCell(value) : TableCell(); }

std::string cellText(const TableCell& cell, const TableColumn& column)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    if (const auto* whole = std::get_if<int64_t>(&cell))
        return std::to_string(*whole);
    if (const auto* value = std::get_if<double>(&cell); value && std::isfinite(*value))
        return fixed(column.percent ? *value * 100 : *value, column.digits);
    return {};
}

bool isNumeric(const Table& table, size_t column)
{
    return std::ranges::none_of(table.rows, [column](const auto& row) {
        return column < row.size() && std::holds_alternative<std::string>(row[column]);
    });
}

std::string tableCsv(const Table& table)
{
    std::vector<std::string> line;
    for (const TableColumn& column : table.columns)
        line.push_back(csvQuoted(column.key));
    std::string text = joined(line, ",") + '\n';
    for (const auto& row : table.rows) {
        line.clear();
        for (size_t i = 0; i < table.columns.size(); ++i)
            line.push_back(i < row.size() ? csvCell(row[i]) : std::string());
        text += joined(line, ",") + '\n';
    }
    return text;
}

std::string tableText(const Table& table)
{
    const auto rows = shownRows(table);
    std::string text = table.title + '\n';
    for (const auto& row : rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
            size_t width = 0;
            for (const auto& other : rows)
                width = std::max(width, codePoints(other[i]));
            const std::string pad(width - codePoints(row[i]), ' ');
            line += (i == 0 ? "" : "  ") + (isNumeric(table, i) ? pad + row[i] : row[i] + pad);
        }
        text += line.erase(line.find_last_not_of(' ') + 1) + '\n';
    }
    return table.note.empty() ? text : text + table.note + '\n';
}

std::string tableLatex(const Table& table)
{
    std::string align;
    for (size_t i = 0; i < table.columns.size(); ++i)
        align += isNumeric(table, i) ? 'r' : 'l';
    std::string text = "% " + table.title + "\n\\begin{tabular}{" + align + "}\n\\toprule\n";
    const auto rows = shownRows(table);
    for (size_t r = 0; r < rows.size(); ++r) {
        std::vector<std::string> cells;
        std::ranges::transform(rows[r], std::back_inserter(cells), latexEscaped);
        text += joined(cells, " & ") + " \\\\\n" + (r == 0 ? "\\midrule\n" : "");
    }
    return text + "\\bottomrule\n\\end{tabular}\n";
}

} // namespace telltale
