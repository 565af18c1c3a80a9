// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/labelrows.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kFarFrame = 1'000'000'000'000;

const std::array<const char*, 6> kVideoEndings{".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v"};

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

Result<std::vector<LabelRow>> readLabelRows(const fs::path& file)
{
    const auto rows = readCsv(file);
    if (!rows)
        return rows.error();
    const auto name = std::make_shared<const std::string>(file.string());
    std::vector<LabelRow> labels;
    for (const CsvRow& row : *rows) {
        std::array<int64_t, 3> numbers{};
        bool good = row.fields.size() == 3;
        for (size_t i = 0; i < numbers.size() && good; ++i) {
            // Some tools write whole numbers with a decimal point.
            const auto value = decimalNumber(row.fields[i]);
            good = value && std::abs(*value) < kFarFrame && *value == std::trunc(*value);
            numbers[i] = good ? static_cast<int64_t>(*value) : 0;
        }
        const ImportPlace place{name, row.line, {}};
        if (!good && labels.empty() && row.line == 1 && !row.fields.empty() && !decimalNumber(row.fields[0]))
            continue;
        if (!good)
            return Error{
                ErrorCode::BadFormat, place.text() + ": wanted are three whole numbers: class, start, end"};
        labels.push_back({place, numbers[0], numbers[1], numbers[2]});
    }
    return labels;
}

fs::path findVideo(
    const fs::path& folder, const std::vector<std::string>& with, const std::vector<std::string>& without)
{
    fs::path found;
    for (const fs::path& file : sortedEntries(folder)) {
        const std::string ending = lowered(file.extension().string());
        const std::string name = lowered(file.stem().string());
        if (std::ranges::find(kVideoEndings, ending) == kVideoEndings.end() || holdsOne(name, without))
            continue;
        if (holdsOne(name, with))
            return file;
        if (found.empty())
            found = file;
    }
    return found;
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
