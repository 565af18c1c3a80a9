// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/labelrows.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 7> kVideoEndings{".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".mpg"};

std::string lowered(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool holdsOne(const std::string& name, const std::vector<std::string>& words)
{
    return std::ranges::any_of(
        words, [&](const std::string& word) { return name.find(word) != std::string::npos; });
}

} // namespace

IntakeVideo& VideosByName::of(const std::string& name)
{
    const auto [place, fresh] = m_places.emplace(name, m_videos.size());
    if (fresh)
        m_videos.emplace_back().name = name;
    return m_videos[place->second];
}

Result<std::vector<LabelRow>> readLabelRows(const fs::path& file, ImportProblems& problems)
{
    const auto rows = readCsv(file);
    if (!rows)
        return rows.error();
    const auto name = std::make_shared<const std::string>(file.string());
    std::vector<LabelRow> labels;
    for (const CsvRow& row : *rows) {
        std::array<std::optional<int64_t>, 3> numbers;
        for (size_t i = 0; i < numbers.size() && row.fields.size() == numbers.size(); ++i)
            numbers[i] = frameNumber(row.fields[i]);
        const bool good = std::ranges::all_of(numbers, [](const auto& one) { return one.has_value(); });
        const bool header = &row == &rows->front() && !decimalNumber(row.fields.front());
        if (good)
            labels.push_back({{name, row.line, {}}, *numbers[0], *numbers[1], *numbers[2]});
        else if (!header)
            problems.add({{name, row.line, {}}, "wanted are three whole numbers: class, start, end", {},
                ErrorCode::BadFormat});
    }
    return labels;
}

std::span<const char* const> videoEndings() { return kVideoEndings; }

bool isNamedVideo(const fs::path& file)
{
    return std::ranges::find(kVideoEndings, lowered(file.extension().string())) != kVideoEndings.end();
}

fs::path findVideo(
    const fs::path& folder, const std::vector<std::string>& with, const std::vector<std::string>& without)
{
    fs::path found;
    for (const fs::path& file : sortedEntries(folder)) {
        const std::string name = lowered(file.stem().string());
        if (!isNamedVideo(file) || holdsOne(name, without))
            continue;
        if (holdsOne(name, with))
            return file;
        if (found.empty())
            found = file;
    }
    return found;
}

bool isFile(const fs::path& path)
{
    std::error_code ec;
    return fs::is_regular_file(path, ec);
}

fs::path named(const fs::path& path)
{
    const fs::path name = path.filename();
    if (name == "." || name == "..") {
        std::error_code ec;
        return named(fs::absolute(path, ec).lexically_normal());
    }
    return name.empty() && path.has_relative_path() ? path.parent_path() : path;
}

std::vector<fs::path> sortedEntries(const fs::path& folder)
{
    std::vector<fs::path> entries;
    std::error_code ec;
    for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec))
        entries.push_back(it->path());
    std::ranges::sort(entries);
    return entries;
}

} // namespace telltale
