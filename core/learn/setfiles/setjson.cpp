// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/setfiles/setjson.h"
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr std::array kRoleNames{"train", "validation", "test", "unlabelled"};

} // namespace

std::string_view nameOf(ClipRole role) { return kRoleNames.at(static_cast<size_t>(role)); }

ClipRole roleNamed(const std::string& name)
{
    const auto found = std::find(kRoleNames.begin(), kRoleNames.end(), name);
    if (found == kRoleNames.end())
        throw std::runtime_error("there is no role \"" + name + "\"");
    return static_cast<ClipRole>(found - kRoleNames.begin());
}

Json skeletonJson(const ClipSkeleton& skeleton)
{
    return {{"layout", skeleton.layout}, {"points", skeleton.graph.points}, {"inward", skeleton.graph.inward},
        {"centre", skeleton.graph.centre}, {"flip_pairs", skeleton.flipPairs}, {"origin", skeleton.origin},
        {"unit", {skeleton.unitFrom, skeleton.unitTo}}};
}

ClipSkeleton skeletonOf(const Json& json)
{
    ClipSkeleton skeleton;
    skeleton.layout = json.at("layout");
    skeleton.graph.points = json.at("points");
    skeleton.graph.inward = json.at("inward");
    skeleton.graph.centre = json.at("centre");
    skeleton.flipPairs = json.at("flip_pairs");
    skeleton.origin = json.at("origin");
    skeleton.unitFrom = json.at("unit").at(0);
    skeleton.unitTo = json.at("unit").at(1);
    const int points = skeleton.graph.points;
    const auto outside = [points](int point) { return point < -1 || point >= points; };
    const auto pairOutside = [&](const std::pair<int, int>& pair) {
        return pair.first < 0 || pair.second < 0 || outside(pair.first) || outside(pair.second);
    };
    if (points < 0 || points > 100000 || outside(skeleton.origin) || outside(skeleton.unitFrom)
        || outside(skeleton.unitTo)
        || std::any_of(skeleton.flipPairs.begin(), skeleton.flipPairs.end(), pairOutside))
        throw std::runtime_error("its skeleton names a point that it does not have");
    return skeleton;
}

bool readJson(const std::string& text, std::string& why, const std::function<void(const Json&)>& read)
{
    try {
        read(Json::parse(text));
        return true;
    } catch (const std::exception& error) {
        why = error.what();
        return false;
    }
}

} // namespace telltale
