// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/writereport.h"
#include "base/files.h"
#include <algorithm>
#include <array>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

struct ReportFormat {
    const char* suffix;
    QByteArray (*make)(const Report&);
};
constexpr std::array kFormats{
    ReportFormat{".html", reportHtml}, ReportFormat{".htm", reportHtml}, ReportFormat{".pdf", reportPdf}};

const ReportFormat* formatOf(const fs::path& file)
{
    std::string suffix = file.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto* found
        = std::ranges::find_if(kFormats, [&suffix](const ReportFormat& one) { return suffix == one.suffix; });
    return found == kFormats.end() ? nullptr : found;
}

Status writeTables(const Report& report, const fs::path& folder)
{
    std::set<std::string> written;
    for (const ReportSection& section : report.sections)
        for (const Table& table : section.tables) {
            std::error_code failed;
            fs::create_directories(folder, failed);
            if (failed)
                return Error{ErrorCode::Io,
                    folder.string() + " could not be made: " + failed.message()
                        + "; choose another place for the report."};
            const std::string name = std::string(table.key).append(".csv");
            if (Status status = writeFileAtomically(folder / name, tableCsv(table)); !status)
                return status;
            written.insert(name);
        }
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".csv" && !written.contains(entry.path().filename().string()))
            fs::remove(entry.path(), ignored);
    return {};
}

} // namespace

fs::path tablesFolder(const fs::path& report)
{
    return report.parent_path() / report.stem().concat("_tables");
}

Status checkReportName(const fs::path& file)
{
    if (formatOf(file))
        return {};
    return Error{ErrorCode::InvalidArgument,
        file.string() + ": reports are written as .html or .pdf; end the name with one of them."};
}

Status writeReport(const Report& report, const fs::path& file)
{
    if (Status format = checkReportName(file); !format)
        return format;
    const QByteArray bytes = formatOf(file)->make(report);
    if (Status status = writeTables(report, tablesFolder(file)); !status)
        return status;
    return writeFileAtomically(file, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
}

} // namespace telltale
