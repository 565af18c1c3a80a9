// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/peopleframes.h"
#include "pose/tracks/persontracker.h"
#include <algorithm>
#include <map>

namespace telltale {
namespace {

constexpr size_t kMostPeople = 16;
/// A track has a place for everybody in every frame. Beyond this many points, at least one of kEmptyShare has
/// to be seen, so that a small file of people who appear once does not fill the memory. Ours.
constexpr size_t kSmallTrack = size_t{1} << 22;
constexpr size_t kEmptyShare = 32;

/// How many people have a place, of those who are seen `seen` times in all.
size_t placesFor(size_t rows, size_t pointCount, size_t seen)
{
    const size_t perPerson = std::max<size_t>(rows * pointCount, 1);
    const size_t allowed = std::max(kSmallTrack, seen * pointCount * kEmptyShare);
    return std::clamp<size_t>(allowed / perPerson, 1, kMostPeople);
}

/// Everybody's place in the track, by number: those who are seen most often have one, in the order of their
/// numbers or that one.
std::map<int64_t, int> placesOf(
    const std::vector<std::vector<int64_t>>& numbers, int pointCount, bool byNumber, JoinedPeople& joined)
{
    std::map<int64_t, size_t> times;
    size_t seen = 0;
    for (const auto& row : numbers)
        for (const int64_t number : row)
            if (number >= 0) {
                ++times[number];
                ++seen;
            }
    std::vector<std::pair<int64_t, size_t>> known(times.begin(), times.end());
    std::ranges::stable_sort(known, std::greater<>(), [](const auto& one) { return one.second; });
    const size_t places = placesFor(numbers.size(), static_cast<size_t>(pointCount), seen);
    joined.people = known.size();
    known.resize(std::min(known.size(), places));
    if (byNumber)
        std::ranges::sort(known, std::less<>(), [](const auto& one) { return one.first; });
    std::map<int64_t, int> all;
    for (size_t i = 0; i < known.size(); ++i)
        all[known[i].first] = static_cast<int>(i);
    return all;
}

/// Row by row, and each frame goes as soon as it is in the track: both at once would be twice the memory.
JoinedPeople join(std::vector<PeopleFrame> frames, const std::vector<std::vector<int64_t>>& numbers,
    std::string_view layoutName, int pointCount, bool byNumber)
{
    JoinedPeople joined;
    const std::map<int64_t, int> places = placesOf(numbers, pointCount, byNumber, joined);
    PoseTrack& track = joined.track;
    track.layout = layoutName;
    track.pointCount = pointCount;
    track.persons = static_cast<int>(std::max<size_t>(places.size(), 1));
    const auto onePerson = static_cast<size_t>(pointCount);
    const size_t perRow = static_cast<size_t>(track.persons) * onePerson;
    std::vector<PosePoint> points;
    points.reserve(frames.size() * perRow);
    track.frames.reserve(frames.size());
    for (size_t row = 0; row < frames.size(); ++row) {
        track.frames.push_back(frames[row].frame);
        points.resize((row + 1) * perRow);
        for (size_t i = 0; i < frames[row].people.size(); ++i)
            if (const auto place = places.find(numbers[row][i]); place != places.end())
                std::copy_n(frames[row].people[i].begin(), onePerson,
                    points.data() + row * perRow + static_cast<size_t>(place->second) * onePerson);
        frames[row].people = {};
    }
    track.points = std::move(points);
    return joined;
}

} // namespace

void takeJoined(JoinedPeople joined, const std::string& name, SkeletonFile& file)
{
    file.track = std::move(joined.track);
    const auto kept = static_cast<size_t>(file.track.persons);
    if (joined.people > kept)
        file.notes.push_back(name + ": shows " + std::to_string(joined.people)
            + " people, of whom a track has the " + std::to_string(kept)
            + " seen most often; the others are left out");
}

JoinedPeople joinPeople(std::vector<PeopleFrame> frames, std::string_view layoutName, int pointCount)
{
    PersonTracker tracker;
    std::vector<std::vector<int64_t>> numbers;
    numbers.reserve(frames.size());
    for (const PeopleFrame& frame : frames) {
        const std::vector<int> seen = tracker.update(frame.frame, frame.people);
        numbers.emplace_back(seen.begin(), seen.end());
    }
    return join(std::move(frames), numbers, layoutName, pointCount, false);
}

JoinedPeople joinNumbered(std::vector<PeopleFrame> frames, const std::vector<std::vector<int64_t>>& numbers,
    std::string_view layoutName, int pointCount)
{
    return join(std::move(frames), numbers, layoutName, pointCount, true);
}

} // namespace telltale
