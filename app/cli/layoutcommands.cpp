// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "pose/layoutmap.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

json summaryOf(const PoseLayout& layout, const std::string& file)
{
    return {
        {"layout", layout.name}, {"title", layout.title}, {"points", layout.points.size()}, {"file", file}};
}

Status runList(const CliArguments&, CliConsole& console)
{
    json list = json::array();
    const auto show = [&](const PoseLayout& layout, const std::string& file) {
        char line[256];
        std::snprintf(line, sizeof line, "%-20s %4zu  %s", layout.name.c_str(), layout.points.size(),
            layout.title.c_str());
        console.print(line);
        list.push_back(summaryOf(layout, file));
    };
    for (const PoseLayout& layout : poseLayouts())
        show(layout, {});
    for (const auto& file : userLayoutFiles()) {
        const auto layout = findPoseLayout(file.stem().string());
        if (layout) {
            show(**layout, file.string());
        } else {
            console.note(layout.error().message);
            list.push_back({{"file", file.string()}, {"error", layout.error().message}});
        }
    }
    console.result({{"layouts", list}, {"folder", userLayoutFolder().string()}});
    return {};
}

/// How each point of `layout` becomes ours; empty: missing.
json sourcesJson(const PoseLayout& layout)
{
    json sources = json::array();
    for (const PointSource& source : layoutMap(layout, poseLayouts().front()))
        sources.push_back(source.away.empty()
                ? json{{"mean", source.mean}}
                : json{{"mean", source.mean}, {"away", source.away}, {"push", source.push}});
    return sources;
}

Status runShow(const CliArguments& arguments, CliConsole& console)
{
    const auto found = openPoseLayout(arguments.path(0).string());
    if (!found)
        return found.error();
    const PoseLayout& layout = **found;
    json document = json::parse(formatLayout(layout));
    document["parents"] = layout.parents;
    document["to_telltale68"] = sourcesJson(layout);
    console.result(document);
    console.print(layout.name + ": " + layout.title);
    for (size_t i = 0; i < layout.points.size(); ++i) {
        const int parent = layout.parents[i];
        const auto flip
            = std::find_if(layout.flipPairs.begin(), layout.flipPairs.end(), [&](const auto& pair) {
                  return pair.first == static_cast<int>(i) || pair.second == static_cast<int>(i);
              });
        std::string mirror;
        if (flip != layout.flipPairs.end()) {
            const int other = flip->first == static_cast<int>(i) ? flip->second : flip->first;
            mirror = layout.points[static_cast<size_t>(other)];
        }
        char line[320];
        std::snprintf(line, sizeof line, "%4zu  %-22s %-11s %-22s %s", i, layout.points[i].c_str(),
            std::string(nameOf(layout.parts[i])).c_str(),
            parent == static_cast<int>(i) ? "-" : layout.points[static_cast<size_t>(parent)].c_str(),
            mirror.empty() ? "-" : mirror.c_str());
        console.print(line);
    }
    return {};
}

Status runCheck(const CliArguments& arguments, CliConsole& console)
{
    const auto layout = readLayoutFile(arguments.path(0));
    if (!layout)
        return layout.error();
    const auto map = layoutMap(*layout, poseLayouts().front());
    const auto known = std::count_if(
        map.begin(), map.end(), [](const PointSource& source) { return !source.mean.empty(); });
    console.print(arguments.path(0).string() + ": layout '" + layout->name + "' with "
        + std::to_string(layout->points.size()) + " points is in order; " + std::to_string(known)
        + " of our 68 points come from it");
    console.result({{"layout", layout->name}, {"points", layout->points.size()}, {"known_of_68", known}});
    return {};
}

} // namespace

std::vector<CliCommand> layoutCommands()
{
    return {
        {"layouts", "", "the skeleton layouts that are known, also those of your own", 0, 0, {}, runList},
        {"layouts show", "NAME|FILE", "the points of a layout with part, parent and mirror partner", 1, 1, {},
            runShow},
        {"layouts check", "FILE", "whether a layout file of your own is in order", 1, 1, {}, runCheck},
    };
}

} // namespace telltale
