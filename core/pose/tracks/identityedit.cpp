// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/identityedit.h"
#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <string>
#include <tuple>

namespace telltale {
namespace {

struct ChangeRow {
    IdentityChange change;
    std::string_view name;
    bool pair; ///< has a second person
};
constexpr std::array<ChangeRow, 4> kChanges{
    {{IdentityChange::Swap, "swap", true}, {IdentityChange::Split, "split", false},
        {IdentityChange::Join, "join", true}, {IdentityChange::Remove, "remove", false}}};

const ChangeRow& rowOf(IdentityChange change)
{
    return *std::ranges::find(kChanges, change, &ChangeRow::change);
}

bool reaches(const IdentityEdit& edit, int64_t frame)
{
    return frame >= edit.first && (edit.last < 0 || frame < edit.last);
}

double sumOfScores(const PoseTrack& track, int64_t row, int person)
{
    if (person < 0 || person >= track.persons)
        return 0;
    const PosePoint* points = track.at(row, person);
    return std::accumulate(points, points + track.pointCount, 0.0,
        [](double sum, const PosePoint& p) { return p.score > 0 ? sum + p.score : sum; });
}

/// Number of persons after the edits.
Result<int> checkEdits(const PoseTrack& track, std::span<const IdentityEdit> edits)
{
    int persons = track.persons;
    for (size_t i = 0; i < edits.size(); ++i) {
        const IdentityEdit& edit = edits[i];
        const auto wrong = [&](const std::string& what) {
            return Error{ErrorCode::InvalidArgument,
                "change " + std::to_string(i + 1) + " of who is who (" + std::string(nameOf(edit.change))
                    + "): " + what};
        };
        const bool pair = rowOf(edit.change).pair;
        for (const int person : {edit.person, pair ? edit.other : edit.person})
            if (person < 0 || person >= persons)
                return wrong("there is no person " + std::to_string(person) + ", the track has "
                    + std::to_string(persons) + ", counted from 0");
        if (pair && edit.person == edit.other)
            return wrong("takes two different persons");
        if (edit.first < 0 || (edit.last >= 0 && edit.last <= edit.first))
            return wrong("the frames from " + std::to_string(edit.first) + " up to "
                + std::to_string(edit.last) + " are none");
        persons += edit.change == IdentityChange::Split ? 1 : 0;
    }
    return persons;
}

/// For each person after the edits whose points of `track` it shows in this row; -1 for none.
std::vector<int> sourcesOf(
    const PoseTrack& track, std::span<const IdentityEdit> edits, int64_t row, int persons)
{
    std::vector<int> sources(static_cast<size_t>(persons));
    std::iota(sources.begin(), sources.end(), 0);
    int known = track.persons;
    const int64_t frame = track.frames[static_cast<size_t>(row)];
    for (const IdentityEdit& edit : edits) {
        const auto person = static_cast<size_t>(edit.person);
        const auto other = static_cast<size_t>(edit.change == IdentityChange::Split ? known : edit.other);
        known += edit.change == IdentityChange::Split ? 1 : 0;
        if (!reaches(edit, frame))
            continue;
        if (edit.change == IdentityChange::Remove) {
            sources[person] = -1;
        } else if (edit.change == IdentityChange::Join) {
            if (sumOfScores(track, row, sources[other]) > sumOfScores(track, row, sources[person]))
                sources[person] = sources[other];
            sources[other] = -1;
        } else { // a split changes places with somebody who is not there yet
            std::swap(sources[person], sources[other]);
        }
    }
    return sources;
}

} // namespace

std::string_view nameOf(IdentityChange change) { return rowOf(change).name; }

Result<IdentityChange> identityChangeOf(std::string_view name)
{
    const auto found = std::ranges::find(kChanges, name, &ChangeRow::name);
    if (found == kChanges.end())
        return Error{ErrorCode::InvalidArgument,
            "persons are swapped, split, joined or removed, there is no '" + std::string(name) + "'"};
    return found->change;
}

JoinOverlap joinOverlap(const PoseTrack& track, const IdentityEdit& join)
{
    JoinOverlap overlap;
    for (int64_t row = 0; row < track.rows(); ++row) {
        const int64_t frame = track.frames[static_cast<size_t>(row)];
        if (!reaches(join, frame) || sumOfScores(track, row, join.person) <= 0
            || sumOfScores(track, row, join.other) <= 0)
            continue;
        if (overlap.frames++ == 0)
            overlap.firstFrame = frame;
    }
    return overlap;
}

Result<PoseTrack> applyIdentityEdits(const PoseTrack& track, std::span<const IdentityEdit> edits)
{
    if (edits.empty())
        return track;
    const auto persons = checkEdits(track, edits);
    if (!persons)
        return persons.error();
    PoseTrack result;
    result.layout = track.layout;
    result.persons = *persons;
    result.pointCount = track.pointCount;
    result.frames = track.frames;
    result.points.resize(
        track.frames.size() * static_cast<size_t>(*persons) * static_cast<size_t>(track.pointCount));
    for (int64_t row = 0; row < track.rows(); ++row) {
        const std::vector<int> sources = sourcesOf(track, edits, row, *persons);
        for (int person = 0; person < *persons; ++person)
            if (const int source = sources[static_cast<size_t>(person)];
                source >= 0 && source < track.persons)
                std::copy_n(track.at(row, source), track.pointCount, result.at(row, person));
    }
    return result;
}

Result<PoseTrack> applyEdits(
    const PoseTrack& track, std::span<const IdentityEdit> edits, std::span<const PointCorrection> corrections)
{
    const auto edited = applyIdentityEdits(track, edits);
    return edited ? applyCorrections(*edited, corrections) : edited;
}

std::vector<PointCorrection> movedCorrections(
    const PoseTrack& track, const IdentityEdit& edit, std::span<const PointCorrection> corrections)
{
    // The place of `person` and of `other` in one frame after the edit; -1: gone.
    const auto placesAt = [&](int64_t frame) -> std::pair<int, int> {
        if (!reaches(edit, frame))
            return {edit.person, edit.other};
        if (edit.change == IdentityChange::Swap)
            return {edit.other, edit.person};
        if (edit.change == IdentityChange::Split)
            return {track.persons, edit.other};
        if (edit.change == IdentityChange::Remove)
            return {-1, edit.other};
        const int64_t row = track.rowOf(frame);
        const double mine = row < 0 ? 0 : sumOfScores(track, row, edit.person);
        const double theirs = row < 0 ? 0 : sumOfScores(track, row, edit.other);
        if (mine == 0 && theirs == 0)
            return {edit.person, edit.person};
        return theirs > mine ? std::pair(-1, edit.person) : std::pair(edit.person, -1);
    };
    const bool pair = rowOf(edit.change).pair;
    std::vector<PointCorrection> result;
    result.reserve(corrections.size());
    std::set<std::tuple<int64_t, int, int>> taken;
    const auto take = [&](bool ofOther) {
        for (PointCorrection one : corrections) {
            if ((pair && one.person == edit.other) != ofOther)
                continue;
            const auto [person, other] = placesAt(one.frame);
            if (ofOther)
                one.person = other;
            else if (one.person == edit.person)
                one.person = person;
            if (one.person >= 0 && (!ofOther || !taken.contains({one.frame, one.person, one.point})))
                result.push_back(one);
            if (!ofOther)
                taken.emplace(one.frame, one.person, one.point);
        }
    };
    take(false);
    take(true);
    std::ranges::stable_sort(
        result, {}, [](const PointCorrection& one) { return std::tuple(one.frame, one.person, one.point); });
    return result;
}

Result<PoseTrack> keepPersons(const PoseTrack& track, std::span<const int> persons)
{
    std::set<int> named;
    for (const int person : persons) {
        if (person < 0 || person >= track.persons)
            return Error{ErrorCode::InvalidArgument,
                "there is no person " + std::to_string(person) + ", the track has "
                    + std::to_string(track.persons) + ", counted from 0"};
        if (!named.insert(person).second)
            return Error{ErrorCode::InvalidArgument,
                "person " + std::to_string(person) + " is named twice, name each person to keep once"};
    }
    if (persons.empty())
        return Error{ErrorCode::InvalidArgument, "name at least one person to keep"};
    PoseTrack result;
    result.layout = track.layout;
    result.persons = static_cast<int>(persons.size());
    result.pointCount = track.pointCount;
    result.frames = track.frames;
    result.points.resize(track.frames.size() * persons.size() * static_cast<size_t>(track.pointCount));
    for (int64_t row = 0; row < track.rows(); ++row)
        for (size_t i = 0; i < persons.size(); ++i)
            std::copy_n(track.at(row, persons[i]), track.pointCount, result.at(row, static_cast<int>(i)));
    return result;
}

} // namespace telltale
