// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/format.h"
#include "exchange/formats.h"
#include "exchange/importplan.h"
#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace telltale {

namespace fs = std::filesystem;

Result<ImportReport> ExchangeFormat::read(Document& document, const std::vector<fs::path>& paths,
    const ImportOptions& options, ProgressSink& progress) const
{
    auto planned = plan(document, paths, options, progress);
    if (!planned)
        return planned.error();
    return applyImport(document, std::move(*planned), options.skipBad);
}

Conventions ExchangeFormat::conventions(const ImportOptions&) const { return {}; }

Status checkSettings(const FormatSettings& settings, const std::vector<FormatSetting>& known)
{
    const auto listed = [](const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words)
            text += (text.empty() ? "" : ", ") + word;
        return text;
    };
    std::vector<std::string> keys;
    for (const FormatSetting& one : known)
        keys.push_back(one.key);
    for (const auto& [key, value] : settings) {
        const auto found = std::ranges::find(known, key, &FormatSetting::key);
        if (found == known.end())
            return Error{ErrorCode::Usage,
                "this format has no setting '" + key + "', it has "
                    + (keys.empty() ? std::string("none") : listed(keys))};
        if (!found->values.empty() && std::ranges::find(found->values, value) == found->values.end())
            return Error{ErrorCode::Usage,
                "'" + value + "' is no value of the setting " + key + ", wanted is one of "
                    + listed(found->values)};
    }
    return {};
}

const std::vector<std::unique_ptr<ExchangeFormat>>& exchangeFormats()
{
    static const auto formats = [] {
        std::vector<std::unique_ptr<ExchangeFormat>> list;
        for (const auto make : kFormatMakers)
            list.push_back(make());
        return list;
    }();
    return formats;
}

namespace {

/// Other names that people know a format by.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kAliases{{{"elan", "eaf"},
    {"opentad", "activitynet"}, {"actionformer", "activitynet"}, {"vtt", "webvtt"}, {"praat", "textgrid"},
    {"label-studio", "labelstudio"}, {"cvat-video", "cvat"}, {"openpose", "poses"}}};

} // namespace

Result<const ExchangeFormat*> findFormat(std::string_view name)
{
    const auto alias
        = std::ranges::find(kAliases, name, &std::pair<std::string_view, std::string_view>::first);
    if (alias != kAliases.end())
        name = alias->second;
    std::string known;
    for (const auto& format : exchangeFormats()) {
        if (format->name() == name)
            return format.get();
        known += (known.empty() ? "" : ", ") + format->name();
    }
    return Error{ErrorCode::NotFound, "there is no format '" + std::string(name) + "', known are: " + known};
}

std::vector<std::string> suffixesOf(const std::string& filter)
{
    std::istringstream words(filter);
    std::vector<std::string> list;
    for (std::string word; words >> word;)
        list.push_back(word.substr(word.find('*') + 1));
    return list;
}

bool hasSuffix(const fs::path& file, const std::vector<std::string>& suffixes)
{
    const auto lowered = [](std::string text) {
        std::ranges::transform(
            text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    const std::string name = lowered(file.filename().string());
    return std::ranges::any_of(
        suffixes, [&](const std::string& suffix) { return name.ends_with(lowered(suffix)); });
}

} // namespace telltale
