// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/pointcorrection.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

namespace telltale {
namespace {

Error wrong(const PointCorrection& one, const std::string& what)
{
    return {ErrorCode::InvalidArgument,
        "the correction of point " + std::to_string(one.point) + " of person " + std::to_string(one.person)
            + " in frame " + std::to_string(one.frame) + ": " + what};
}

Status check(const PoseTrack& track, const PointCorrection& one)
{
    if (one.person < 0 || one.person >= track.persons)
        return wrong(one, "the track has " + std::to_string(track.persons) + " persons, counted from 0");
    if (one.point < 0 || one.point >= track.pointCount)
        return wrong(one, "a person has " + std::to_string(track.pointCount) + " points, counted from 0");
    if (one.frame < 0)
        return wrong(one, "frames are counted from 0");
    if (!std::isfinite(one.x) || !std::isfinite(one.y) || !(one.score >= 0 && one.score <= 1))
        return wrong(one, "x and y must be numbers and the score between 0 and 1");
    return {};
}

/// `track` with an empty row for each of `frames` that it has none for.
PoseTrack withRows(const PoseTrack& track, const std::vector<int64_t>& frames)
{
    PoseTrack result;
    result.layout = track.layout;
    result.persons = track.persons;
    result.pointCount = track.pointCount;
    std::ranges::set_union(track.frames, frames, std::back_inserter(result.frames));
    const auto perRow = static_cast<size_t>(track.persons) * static_cast<size_t>(track.pointCount);
    result.points.resize(result.frames.size() * perRow);
    for (int64_t row = 0; row < track.rows(); ++row)
        std::copy_n(
            track.at(row, 0), perRow, result.at(result.rowOf(track.frames[static_cast<size_t>(row)]), 0));
    return result;
}

std::vector<int> allOf(const PoseTrack& track, std::span<const int> points)
{
    std::vector<int> all(points.begin(), points.end());
    if (all.empty()) {
        all.resize(static_cast<size_t>(track.pointCount));
        std::iota(all.begin(), all.end(), 0);
    }
    std::erase_if(all, [&](int point) { return point < 0 || point >= track.pointCount; });
    return all;
}

bool hasPerson(const PoseTrack& track, int person) { return person >= 0 && person < track.persons; }

double timeOf(const FrameTimes& times, int64_t frame)
{
    return times.frameCount() > 0 ? times.seconds(frame) : static_cast<double>(frame);
}

/// Corrections of one point in the rows strictly between the two frames, on the line between the two places.
void addBetween(const PoseTrack& track, const PointCorrection& from, const PointCorrection& to,
    const FrameTimes& times, std::vector<PointCorrection>& out)
{
    const double start = timeOf(times, from.frame);
    const double span = timeOf(times, to.frame) - start;
    const auto first = std::ranges::upper_bound(track.frames, from.frame);
    const auto last = std::ranges::lower_bound(track.frames, to.frame);
    for (auto frame = first; frame < last && span > 0; ++frame) {
        const double share = std::clamp((timeOf(times, *frame) - start) / span, 0.0, 1.0);
        out.push_back({*frame, from.person, from.point,
            static_cast<float>(std::lerp(static_cast<double>(from.x), static_cast<double>(to.x), share)),
            static_cast<float>(std::lerp(static_cast<double>(from.y), static_cast<double>(to.y), share)),
            kBetweenScore});
    }
}

} // namespace

Result<PoseTrack> applyCorrections(const PoseTrack& track, std::span<const PointCorrection> corrections)
{
    if (corrections.empty())
        return track;
    std::vector<int64_t> missing;
    for (const PointCorrection& one : corrections) {
        if (const Status fits = check(track, one); !fits)
            return fits.error();
        if (track.rowOf(one.frame) < 0)
            missing.push_back(one.frame);
    }
    std::ranges::sort(missing);
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    PoseTrack result = missing.empty() ? track : withRows(track, missing);
    for (const PointCorrection& one : corrections)
        result.at(result.rowOf(one.frame), one.person)[one.point]
            = one.score > 0 ? PosePoint{one.x, one.y, one.score} : PosePoint{};
    return result;
}

std::vector<PointCorrection> copyOfPreviousFrame(
    const PoseTrack& track, int person, int64_t frame, std::span<const int> points)
{
    std::vector<PointCorrection> result;
    const auto next = std::ranges::lower_bound(track.frames, frame);
    if (next == track.frames.begin() || !hasPerson(track, person))
        return result;
    const PosePoint* before = track.at(next - track.frames.begin() - 1, person);
    const std::vector<int> wanted = allOf(track, points);
    result.reserve(wanted.size());
    for (const int point : wanted) {
        const PosePoint& p = before[point];
        const bool there = p.score > 0;
        result.push_back({frame, person, point, there ? p.x : 0, there ? p.y : 0, there ? kPlacedScore : 0});
    }
    return result;
}

std::vector<PointCorrection> interpolateBetween(const PoseTrack& track, int person, int64_t from, int64_t to,
    const FrameTimes& times, std::span<const int> points)
{
    std::vector<PointCorrection> result;
    const int64_t first = track.rowOf(from);
    const int64_t last = track.rowOf(to);
    if (first < 0 || last <= first || !hasPerson(track, person))
        return result;
    for (const int point : allOf(track, points)) {
        const PosePoint& a = track.at(first, person)[point];
        const PosePoint& b = track.at(last, person)[point];
        if (a.score > 0 && b.score > 0)
            addBetween(track, {from, person, point, a.x, a.y}, {to, person, point, b.x, b.y}, times, result);
    }
    return result;
}

std::vector<PointCorrection> interpolateCorrected(const PoseTrack& track,
    std::span<const PointCorrection> corrections, int person, const FrameSpan& frames,
    const FrameTimes& times)
{
    std::map<std::pair<int, int64_t>, PointCorrection> placed;
    for (const PointCorrection& one : corrections)
        if (one.person == person && frames.contains(one.frame) && one.score >= kPlacedScore)
            placed.insert_or_assign({one.point, one.frame}, one);
    std::vector<PointCorrection> result;
    for (auto to = placed.begin(); to != placed.end(); ++to) {
        if (to == placed.begin())
            continue;
        const PointCorrection& from = std::prev(to)->second;
        if (from.point == to->second.point)
            addBetween(track, from, to->second, times, result);
    }
    return result;
}

} // namespace telltale
