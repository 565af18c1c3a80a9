// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "synth/synth.h"
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

Error usage(const std::string& sentence) { return {ErrorCode::Usage, sentence}; }

/// "640x480"; both even, because the videos are 4:2:0.
std::optional<std::pair<int, int>> parseSize(const std::string& text)
{
    int width = 0;
    int height = 0;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, width);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != 'x')
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, height);
    const auto fits = [](int n) { return n >= 64 && n <= 4096 && n % 2 == 0; };
    if (second.ec != std::errc{} || second.ptr != end || !fits(width) || !fits(height))
        return std::nullopt;
    return std::pair{width, height};
}

Status synth(const CliArguments& arguments, CliConsole& console)
{
    SynthOptions options;
    const std::string layout = arguments.text("layout");
    if (layout != "smg" && layout != "imigue")
        return usage("--layout wants smg or imigue");
    options.scheme = layout == "smg" ? SynthScheme::Smg : SynthScheme::Imigue;
    const auto subjects = arguments.integer("subjects", 1, 9999);
    if (!subjects)
        return subjects.error();
    const auto minutes = arguments.number("minutes", 0.01, 600);
    if (!minutes)
        return minutes.error();
    const auto seed = arguments.integer("seed", 0, INT64_MAX);
    if (!seed)
        return seed.error();
    const auto size = parseSize(arguments.text("size"));
    if (!size)
        return usage("--size wants WIDTHxHEIGHT, both even and from 64 to 4096, for example 640x480");
    options.minutes = *minutes;
    options.seed = static_cast<uint64_t>(*seed);
    options.width = size->first;
    options.height = size->second;
    options.balanced = arguments.has("balanced");

    const std::filesystem::path folder = arguments.path(0);
    const auto start = std::chrono::steady_clock::now();
    if (Status status = writeDataset(folder, options, static_cast<int>(*subjects), console.progress());
        !status)
        return status;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    const double realTime = options.minutes * 60 * static_cast<double>(*subjects) / passed.count();
    std::array<char, 32> factor{};
    std::snprintf(factor.data(), factor.size(), "%.1f", realTime);
    console.print(std::to_string(*subjects)
        + (*subjects == 1 ? " synthetic subject (" : " synthetic subjects (") + layout + " layout) in "
        + folder.string() + ", made at " + factor.data() + " times real time");
    console.result({{"folder", folder.string()}, {"layout", layout}, {"subjects", *subjects},
        {"minutes", options.minutes}, {"seed", options.seed}, {"seconds", passed.count()},
        {"times_real_time", realTime}});
    return {};
}

} // namespace

std::vector<CliCommand> synthCommands()
{
    return {{"synth", "DIR --layout smg|imigue", "synthetic data set on disk, in the real set's layout", 1, 1,
        {{"layout", "NAME", "smg or imigue", "smg"}, {"subjects", "N", "how many people", "2"},
            {"minutes", "M", "length of each video", "1"}, {"seed", "S", "another seed, other people", "1"},
            {"size", "WxH", "picture size in pixels", "640x480"},
            {"balanced", nullptr, "every class alike instead of the published long tail"}},
        synth}};
}

} // namespace telltale
