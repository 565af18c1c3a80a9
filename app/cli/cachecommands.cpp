// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "features/cache/featurecache.h"
#include <array>
#include <cstdio>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr int64_t kMostBytes = int64_t{1} << 60;

/// "1.2 GiB"
std::string sizeText(int64_t bytes)
{
    static constexpr std::array kUnits{"bytes", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes);
    size_t unit = 0;
    for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit)
        value /= 1024;
    char text[48];
    std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
    return text;
}

/// UTC, as in the project's log.
std::string timeText(int64_t nanoseconds)
{
    const std::time_t seconds = nanoseconds / 1'000'000'000;
    std::tm parts{};
    char text[32];
    ::gmtime_r(&seconds, &parts);
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

std::string countText(int64_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

Status info(const CliArguments& arguments, CliConsole& console)
{
    const auto folder = findFeatureCache(arguments.path(0));
    if (!folder)
        return folder.error();
    const CacheUse use = FeatureCache(*folder).use();
    struct Share {
        int64_t entries = 0;
        int64_t bytes = 0;
    };
    std::map<std::string, Share> shares;
    for (const CacheFile& entry : use.entries) {
        Share& share = shares[entry.extractor.empty() ? "(unreadable)" : entry.extractor];
        ++share.entries;
        share.bytes += entry.bytes;
    }
    console.print(folder->string() + ": "
        + countText(static_cast<int64_t>(use.entries.size()), "entry", "entries") + ", " + sizeText(use.bytes)
        + " of at most " + sizeText(use.limit));
    Json extractors = Json::object();
    for (const auto& [name, share] : shares) {
        console.print(
            "  " + name + ": " + countText(share.entries, "entry", "entries") + ", " + sizeText(share.bytes));
        extractors[name] = {{"entries", share.entries}, {"bytes", share.bytes}};
    }
    Json oldest = nullptr;
    if (!use.entries.empty())
        oldest = timeText(use.entries.front().lastUse);
    console.result({{"folder", folder->string()}, {"entries", use.entries.size()}, {"bytes", use.bytes},
        {"limit", use.limit}, {"extractors", extractors}, {"longest_unused", oldest}});
    return {};
}

/// --max-bytes, or nothing if it is not given.
Result<std::optional<int64_t>> maxBytes(const CliArguments& arguments)
{
    if (!arguments.has("max-bytes"))
        return std::optional<int64_t>();
    const auto given = arguments.integer("max-bytes", 0, kMostBytes);
    return given ? Result<std::optional<int64_t>>(*given) : Result<std::optional<int64_t>>(given.error());
}

/// The cache that is named, and the bytes; the number is looked at first.
struct NamedCache {
    std::filesystem::path folder;
    std::optional<int64_t> most;
};
Result<NamedCache> namedCache(const CliArguments& arguments)
{
    const auto most = maxBytes(arguments);
    if (!most)
        return most.error();
    const auto folder = findFeatureCache(arguments.path(0));
    return folder ? Result<NamedCache>(NamedCache{*folder, *most}) : Result<NamedCache>(folder.error());
}

Status clean(const CliArguments& arguments, CliConsole& console)
{
    const auto named = namedCache(arguments);
    if (!named)
        return named.error();
    FeatureCache cache(named->folder);
    const auto cleaning = cache.clean(named->most.value_or(cache.limit()));
    if (!cleaning)
        return cleaning.error();
    const CacheUse left = cache.use();
    console.print(named->folder.string() + ": " + countText(cleaning->removed, "entry", "entries")
        + " removed, " + sizeText(cleaning->freed) + " freed, " + sizeText(left.bytes) + " left");
    console.result({{"folder", named->folder.string()}, {"removed", cleaning->removed},
        {"freed", cleaning->freed}, {"entries", left.entries.size()}, {"bytes", left.bytes}});
    return {};
}

Status limit(const CliArguments& arguments, CliConsole& console)
{
    const auto named = namedCache(arguments);
    if (!named)
        return named.error();
    FeatureCache cache(named->folder);
    if (named->most)
        if (const Status set = cache.setLimit(*named->most); !set)
            return set;
    console.print(named->folder.string() + ": at most " + sizeText(cache.limit()));
    console.result({{"folder", named->folder.string()}, {"limit", cache.limit()}});
    return {};
}

Status verify(const CliArguments& arguments, CliConsole& console)
{
    const auto folder = findFeatureCache(arguments.path(0));
    if (!folder)
        return folder.error();
    FeatureCache cache(*folder);
    const CacheCheck check = cache.verify();
    for (const std::string& sentence : cache.takeNotes())
        console.note(sentence);
    Json damaged = Json::array();
    for (const std::filesystem::path& file : check.damaged)
        damaged.push_back(file.string());
    console.print(folder->string() + ": " + countText(check.checked, "entry", "entries") + " read, "
        + std::to_string(check.damaged.size()) + " damaged");
    console.result({{"folder", folder->string()}, {"checked", check.checked}, {"damaged", damaged}});
    return {};
}

} // namespace

std::vector<CliCommand> cacheCommands()
{
    constexpr const char* kPlace = "PROJECT|FOLDER";
    constexpr const char* kPlaceAndBytes = "PROJECT|FOLDER [--max-bytes N]";
    return {
        {"cache info", kPlace, "what the feature cache holds and how much it may hold", 1, 1, {}, info},
        {"cache clean", kPlaceAndBytes, "remove what was not used for longest", 1, 1,
            {{"max-bytes", "N", "bytes that may stay; 0 removes everything (otherwise the cache's limit)"}},
            clean},
        {"cache limit", kPlaceAndBytes, "show or set how many bytes the feature cache may hold", 1, 1,
            {{"max-bytes", "N", "the new limit; 0 keeps nothing from now on"}}, limit},
        {"cache verify", kPlace, "read the whole feature cache and remove what is damaged", 1, 1, {}, verify},
    };
}

} // namespace telltale
