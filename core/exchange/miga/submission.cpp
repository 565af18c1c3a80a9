// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/miga/submission.h"
#include "exchange/csv.h"
#include "pose/readers/zipfile.h"

namespace telltale {
namespace {

constexpr uint64_t kLargestFile = uint64_t{64} << 20;
constexpr uint64_t kLargestAll = uint64_t{256} << 20;
constexpr size_t kMostFiles = 10'000;

/// Names that would be written elsewhere if somebody unpacked them.
bool leadsOut(std::string_view name)
{
    if (name.starts_with('/') || name.find('\\') != std::string_view::npos
        || name.find(':') != std::string_view::npos || name.find('\0') != std::string_view::npos)
        return true;
    for (size_t from = 0; from <= name.size();) {
        const size_t to = std::min(name.find('/', from), name.size());
        if (name.substr(from, to - from) == "..")
            return true;
        from = to + 1;
    }
    return false;
}

bool isLitter(std::string_view name)
{
    return name.ends_with('/') || name.starts_with("__MACOSX/") || name.ends_with(".DS_Store");
}

} // namespace

bool isArchive(std::string_view content)
{
    // The header of the first entry, or the end of a directory without any.
    return content.starts_with("PK\3\4") || content.starts_with("PK\5\6");
}

Result<std::vector<SubmissionFile>> submissionFiles(const SourceFile& file)
{
    std::vector<SubmissionFile> files;
    if (!isArchive(file.content)) {
        files.push_back({file.path.filename().string(), std::string(file.content)});
        return files;
    }
    const auto entries = readZipDirectory(file.content);
    if (!entries)
        return file.broken(entries.error().message + "; the archive is damaged");
    const auto zip = ZipReader::parse(std::string(file.content), *file.name);
    if (!zip)
        return zip.error();
    if (entries->size() > kMostFiles)
        return file.broken("holds " + std::to_string(entries->size()) + " files, which no submission does");
    uint64_t all = 0;
    for (const ZipEntry& entry : *entries) {
        const std::string name = isUtf8(entry.name) ? std::string(entry.name) : std::string("?");
        if (leadsOut(entry.name))
            return file.broken("its entry '" + name + "' leads out of the archive");
        if (isLitter(entry.name))
            continue;
        all += std::min(entry.size, kLargestAll + 1);
        if (entry.size > kLargestFile || all > kLargestAll)
            return file.broken("its entry '" + name + "' claims " + std::to_string(entry.size)
                + " bytes, which no submission has");
        auto content = zip->read(entry.name);
        if (!content)
            return content.error();
        files.push_back({name, std::move(*content)});
    }
    return files;
}

std::vector<std::pair<int64_t, std::string_view>> textRows(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    std::vector<std::pair<int64_t, std::string_view>> rows;
    int64_t line = 0;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view row = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line;
        if (row.ends_with('\r'))
            row.remove_suffix(1);
        if (row.find_first_not_of(" \t") != std::string_view::npos)
            rows.emplace_back(line, row);
    }
    return rows;
}

} // namespace telltale
