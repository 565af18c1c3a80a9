// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/readers.h"
#include <algorithm>
#include <unordered_map>

namespace telltale {
namespace {

constexpr size_t kFewestJoints = 2;
constexpr size_t kShownJoints = 6;

/// Each joint's place by its own name, else by what it is called here. A place is given once.
std::vector<int> placesIn(const PoseLayout& layout, const std::vector<std::string>& joints)
{
    std::unordered_map<std::string, int> known;
    for (size_t i = 0; i < layout.points.size(); ++i)
        known.emplace(layout.points[i], static_cast<int>(i));
    std::vector<int> places(joints.size(), -1);
    std::vector<bool> taken(layout.points.size(), false);
    for (const bool translated : {false, true})
        for (size_t i = 0; i < joints.size(); ++i) {
            const auto found = known.find(translated ? jointOfName(joints[i], false) : joints[i]);
            if (places[i] >= 0 || found == known.end() || taken[static_cast<size_t>(found->second)])
                continue;
            places[i] = found->second;
            taken[static_cast<size_t>(found->second)] = true;
        }
    return places;
}

size_t countOf(const std::vector<int>& places)
{
    return static_cast<size_t>(std::ranges::count_if(places, [](int place) { return place >= 0; }));
}

std::string someOf(const std::vector<std::string>& joints, const std::vector<int>& places)
{
    std::string text;
    size_t shown = 0;
    for (size_t i = 0; i < joints.size(); ++i) {
        if (places[i] >= 0)
            continue;
        if (++shown > kShownJoints)
            return text + ", ...";
        text += (text.empty() ? "" : ", ") + joints[i].substr(0, 60);
    }
    return text;
}

} // namespace

Result<JointPlaces> placesOfJoints(const std::vector<std::string>& joints, const std::string& name)
{
    std::vector<const PoseLayout*> candidates;
    for (const auto& file : userLayoutFiles())
        if (const auto layout = findPoseLayout(file.stem().string()))
            candidates.push_back(*layout);
    for (const PoseLayout& layout : poseLayouts())
        candidates.push_back(&layout);
    JointPlaces best;
    size_t most = 0;
    for (const PoseLayout* layout : candidates) {
        std::vector<int> places = placesIn(*layout, joints);
        const size_t count = countOf(places);
        if (count > most
            || (count == most && best.layout && layout->points.size() < best.layout->points.size())) {
            most = count;
            best.layout = layout;
            best.places = std::move(places);
        }
    }
    if (most < kFewestJoints)
        return Error{ErrorCode::BadFormat,
            name + ": its joints (" + someOf(joints, std::vector<int>(joints.size(), -1))
                + ") are none of a known skeleton; a layout file of your own with these names in "
                + userLayoutFolder().string() + " makes it readable (docs/layouts.md)"};
    if (most < joints.size())
        best.note = name + ": " + std::to_string(joints.size() - most) + " of its "
            + std::to_string(joints.size()) + " joints have no place in the layout " + best.layout->name
            + " and are left out: " + someOf(joints, best.places);
    return best;
}

} // namespace telltale
