// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/outputfile.h"
#include "app/report/projectreport.h"
#include "app/report/writereport.h"
#include "data/document.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

json jsonOf(const TableCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    if (const auto* whole = std::get_if<int64_t>(&cell))
        return *whole;
    if (const auto* value = std::get_if<double>(&cell))
        return *value;
    return nullptr;
}

json jsonOf(const Table& table)
{
    json rows = json::array();
    for (const auto& row : table.rows) {
        json one = json::object();
        for (size_t i = 0; i < table.columns.size() && i < row.size(); ++i)
            one[table.columns[i].key] = jsonOf(row[i]);
        rows.push_back(std::move(one));
    }
    return rows;
}

json jsonOf(const Report& report)
{
    json sections = json::object();
    for (const ReportSection& section : report.sections) {
        json tables = json::object();
        for (const Table& table : section.tables)
            tables[table.key] = jsonOf(table);
        sections[section.key.toStdString()]
            = {{"missing", section.missing.toStdString()}, {"tables", std::move(tables)}};
    }
    return sections;
}

Status makeProjectReport(const CliArguments& arguments, CliConsole& console)
{
    const std::filesystem::path file = arguments.text("out");
    if (Status format = checkReportName(file); !format)
        return Error{ErrorCode::Usage, format.error().message};
    if (Status place = ensureOutputFile(file); !place)
        return place;
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    const auto sections = analyseForReport((*document)->freeze(), console.progress());
    if (!sections)
        return sections.error();
    const Report report
        = makeReport(QString::fromStdString((*document)->folder().filename().string()), *sections);
    if (Status written = writeReport(report, file); !written)
        return written;
    size_t tables = 0;
    size_t figures = 0;
    for (const ReportSection& section : report.sections) {
        tables += section.tables.size();
        figures += section.figures.size();
        if (!section.missing.isEmpty())
            console.note(section.title.toStdString() + ": " + section.missing.toStdString());
    }
    console.print(file.string() + " has " + std::to_string(figures) + " figures; " + std::to_string(tables)
        + " tables are in " + tablesFolder(file).string() + " as csv");
    console.result(
        {{"report", file.string()}, {"tables", tablesFolder(file).string()}, {"sections", jsonOf(report)}});
    return {};
}

} // namespace

std::vector<CliCommand> reportCommands()
{
    return {{"report", "PROJECT --out FILE.html|FILE.pdf",
        "confusion, long tail, calibration, modalities, agreement and effort on paper", 1, 1,
        {{"out", "FILE", "where to write it; tables go beside it, into FILE_tables, as csv"}},
        makeProjectReport}};
}

} // namespace telltale
