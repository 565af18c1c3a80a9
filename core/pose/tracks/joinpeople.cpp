// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/peopleframes.h"
#include "pose/tracks/persontracker.h"
#include <algorithm>
#include <map>

namespace telltale {
namespace {

constexpr size_t kMostPeople = 16;

using Seen = std::vector<std::pair<size_t, size_t>>; // row, index among the people of that row

PoseTrack joined(const std::vector<PeopleFrame>& frames, const std::vector<Seen>& identities,
    std::string_view layoutName, int pointCount)
{
    PoseTrack track;
    track.layout = layoutName;
    track.pointCount = pointCount;
    track.persons = static_cast<int>(std::max<size_t>(identities.size(), 1));
    track.frames.reserve(frames.size());
    for (const PeopleFrame& frame : frames)
        track.frames.push_back(frame.frame);
    track.points.resize(frames.size() * static_cast<size_t>(track.persons) * static_cast<size_t>(pointCount));
    for (size_t i = 0; i < identities.size(); ++i)
        for (const auto& [row, person] : identities[i])
            std::copy_n(frames[row].people[person].begin(), pointCount,
                track.at(static_cast<int64_t>(row), static_cast<int>(i)));
    return track;
}

} // namespace

PoseTrack joinPeople(const std::vector<PeopleFrame>& frames, std::string_view layoutName, int pointCount)
{
    PersonTracker tracker;
    std::map<int, Seen> byNumber;
    for (size_t row = 0; row < frames.size(); ++row) {
        const std::vector<int> numbers = tracker.update(frames[row].frame, frames[row].people);
        for (size_t person = 0; person < numbers.size(); ++person)
            if (numbers[person] >= 0)
                byNumber[numbers[person]].emplace_back(row, person);
    }
    std::vector<Seen> identities;
    identities.reserve(byNumber.size());
    for (auto& [number, seen] : byNumber)
        identities.push_back(std::move(seen));
    std::ranges::stable_sort(identities, std::greater<>(), &Seen::size);
    identities.resize(std::min(identities.size(), kMostPeople));

    return joined(frames, identities, layoutName, pointCount);
}

PoseTrack joinNumbered(const std::vector<PeopleFrame>& frames,
    const std::vector<std::vector<int64_t>>& numbers, std::string_view layoutName, int pointCount)
{
    std::map<int64_t, Seen> byNumber;
    for (size_t row = 0; row < frames.size(); ++row)
        for (size_t person = 0; person < numbers[row].size(); ++person)
            byNumber[numbers[row][person]].emplace_back(row, person);
    std::vector<std::pair<int64_t, Seen>> known(byNumber.begin(), byNumber.end());
    if (known.size() > kMostPeople) {
        std::ranges::stable_sort(known, std::greater<>(), [](const auto& one) { return one.second.size(); });
        known.resize(kMostPeople);
        std::ranges::sort(known, std::less<>(), [](const auto& one) { return one.first; });
    }
    std::vector<Seen> identities;
    identities.reserve(known.size());
    for (auto& [number, seen] : known)
        identities.push_back(std::move(seen));
    return joined(frames, identities, layoutName, pointCount);
}

} // namespace telltale
