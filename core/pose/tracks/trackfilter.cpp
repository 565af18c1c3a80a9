// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/trackfilter.h"
#include "pose/tracks/filters.h"
#include "pose/tracks/trackarrays.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>

namespace telltale {
namespace {

constexpr double kLeastScore = 0.05; ///< so that the noise of a point stays finite. Ours.

struct MethodRow {
    SmoothingMethod method;
    std::string_view name;
};
constexpr std::array<MethodRow, 3> kMethods{{{SmoothingMethod::OneEuro, "one-euro"},
    {SmoothingMethod::Median, "median"}, {SmoothingMethod::Rts, "rts"}}};

bool positive(double value) { return std::isfinite(value) && value > 0; }

/// Start of each row in seconds.
Result<std::vector<double>> rowTimes(const PoseTrack& track, const FrameTimes& times)
{
    std::vector<double> result;
    result.reserve(track.frames.size());
    for (const int64_t frame : track.frames) {
        if (frame < 0 || frame >= times.frameCount())
            return Error{ErrorCode::InvalidArgument,
                "the track has frame " + std::to_string(frame) + ", the video has "
                    + std::to_string(times.frameCount())
                    + " frames; check it against its video with `telltale-cli track info --video`"};
        const double seconds = times.seconds(frame);
        if (!result.empty() && seconds <= result.back())
            return Error{ErrorCode::InvalidArgument,
                "frame " + std::to_string(frame) + " is not shown after the frame before it in the track"};
        result.push_back(seconds);
    }
    return result;
}

/// One point of one person through the whole track.
class PointPath {
public:
    PointPath(PoseTrack& track, int person, int point)
        : m_points(track.points.data() + static_cast<int64_t>(person) * track.pointCount + point)
        , m_stride(static_cast<int64_t>(track.persons) * track.pointCount)
    {
    }
    PosePoint& operator[](size_t row) const { return m_points[static_cast<int64_t>(row) * m_stride]; }
    /// A number that is none (a file that was damaged) is not seen.
    bool seen(size_t row) const { return cleanPoint((*this)[row]).score > 0; }

private:
    PosePoint* m_points;
    int64_t m_stride;
};

/// Calls `one(path, filled)` for every point of every person; `filled(row)` marks what it made up.
FilteredTrack forEachPath(const PoseTrack& track,
    const std::function<void(const PointPath&, const std::function<void(size_t)>&)>& one)
{
    FilteredTrack result{track, std::vector<uint8_t>(track.points.size()), 0};
    const size_t perRow = static_cast<size_t>(track.persons) * static_cast<size_t>(track.pointCount);
    for (int person = 0; person < track.persons; ++person)
        for (int point = 0; point < track.pointCount; ++point) {
            const size_t place = static_cast<size_t>(person) * static_cast<size_t>(track.pointCount)
                + static_cast<size_t>(point);
            one(PointPath(result.track, person, point), [&](size_t row) {
                result.filled[row * perRow + place] = 1;
                ++result.filledPoints;
            });
        }
    return result;
}

/// Stretches of rows from one seen point to another without a gap of more than `longest` seconds between.
std::vector<std::pair<size_t, size_t>> stretches(
    const PointPath& path, const std::vector<double>& times, double longest)
{
    std::vector<std::pair<size_t, size_t>> result;
    for (size_t row = 0; row < times.size(); ++row) {
        if (!path.seen(row))
            continue;
        if (!result.empty() && times[row] - times[result.back().second] <= longest)
            result.back().second = row;
        else
            result.emplace_back(row, row);
    }
    return result;
}

/// Gives the missing rows of a stretch the share of the lesser score beside their gap.
void scoreGaps(
    const PointPath& path, size_t first, size_t last, double share, const std::function<void(size_t)>& filled)
{
    std::vector<size_t> gap;
    float before = path[first].score;
    for (size_t row = first; row <= last; ++row) {
        if (!path.seen(row)) {
            gap.push_back(row);
            continue;
        }
        for (const size_t missing : gap) {
            path[missing].score = static_cast<float>(share) * std::min(before, path[row].score);
            filled(missing);
        }
        gap.clear();
        before = path[row].score;
    }
}

void fillPath(const PointPath& path, const std::vector<double>& times, const GapFilling& options,
    const std::function<void(size_t)>& filled)
{
    for (const auto& [first, last] : stretches(path, times, options.longestGap)) {
        size_t before = first;
        for (size_t row = first + 1; row <= last; ++row) {
            if (!path.seen(row))
                continue;
            for (size_t missing = before + 1; missing < row; ++missing) {
                const double share = (times[missing] - times[before]) / (times[row] - times[before]);
                path[missing].x = std::lerp(path[before].x, path[row].x, static_cast<float>(share));
                path[missing].y = std::lerp(path[before].y, path[row].y, static_cast<float>(share));
            }
            before = row;
        }
        scoreGaps(path, first, last, options.scoreShare, filled);
    }
}

using Coordinate = float PosePoint::*;
constexpr std::array<Coordinate, 2> kCoordinates{&PosePoint::x, &PosePoint::y};

void smoothOneEuro(const PointPath& path, const std::vector<double>& times, const Smoothing& options)
{
    std::vector<Measurement> measurements;
    std::vector<size_t> rows;
    for (const auto& [first, last] : stretches(path, times, options.longestGap)) {
        rows.clear();
        for (size_t row = first; row <= last; ++row)
            if (path.seen(row))
                rows.push_back(row);
        for (const Coordinate coordinate : kCoordinates) {
            measurements.clear();
            for (const size_t row : rows)
                measurements.push_back({times[row], path[row].*coordinate});
            const std::vector<double> values
                = oneEuro(measurements, {options.minCutoff, options.beta, options.derivativeCutoff});
            for (size_t i = 0; i < rows.size(); ++i)
                path[rows[i]].*coordinate = static_cast<float>(values[i]);
        }
    }
}

void smoothMedian(const PointPath& path, size_t rows, int window)
{
    const auto reach = static_cast<size_t>(window / 2);
    std::vector<float> values;
    std::vector<float> result(rows);
    for (const Coordinate coordinate : kCoordinates) {
        for (size_t row = 0; row < rows; ++row) {
            values.clear();
            const size_t end = std::min(rows, row + reach + 1);
            for (size_t other = row - std::min(row, reach); other < end && path.seen(row); ++other)
                if (path.seen(other))
                    values.push_back(path[other].*coordinate);
            if (values.empty())
                continue;
            const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
            std::ranges::nth_element(values, middle);
            const float upper = *middle;
            const bool even = values.size() % 2 == 0;
            result[row] = even ? (upper + *std::max_element(values.begin(), middle)) / 2 : upper;
        }
        for (size_t row = 0; row < rows; ++row)
            if (path.seen(row))
                path[row].*coordinate = result[row];
    }
}

void smoothRts(const PointPath& path, const std::vector<double>& times, const Smoothing& options,
    const std::function<void(size_t)>& filled)
{
    std::vector<Measurement> measurements;
    for (const auto& [first, last] : stretches(path, times, options.longestGap)) {
        std::array<std::vector<double>, 2> values;
        for (size_t c = 0; c < kCoordinates.size(); ++c) {
            measurements.clear();
            for (size_t row = first; row <= last; ++row) {
                const double noise
                    = options.measurementNoise / std::clamp<double>(path[row].score, kLeastScore, 1);
                measurements.push_back(
                    {times[row], path[row].*kCoordinates[c], noise * noise, path.seen(row)});
            }
            values[c] = rtsSmooth(measurements, {options.accelerationDensity, options.startSpeed});
        }
        for (size_t row = first; row <= last; ++row) {
            path[row].x = static_cast<float>(values[0][row - first]);
            path[row].y = static_cast<float>(values[1][row - first]);
        }
        scoreGaps(path, first, last, options.scoreShare, filled);
    }
}

Status checkOptions(const Smoothing& options)
{
    const bool numbers = positive(options.minCutoff) && options.beta >= 0 && std::isfinite(options.beta)
        && positive(options.derivativeCutoff) && positive(options.measurementNoise)
        && positive(options.accelerationDensity) && positive(options.startSpeed)
        && positive(options.longestGap) && options.scoreShare > 0 && options.scoreShare <= 1;
    if (!numbers)
        return Error{ErrorCode::InvalidArgument,
            "smoothing needs cutoffs, noise, speed and gap above 0, beta from 0 and a score share up to 1"};
    if (options.window < 1 || options.window % 2 == 0)
        return Error{ErrorCode::InvalidArgument, "the window of the median must be an odd number of rows"};
    return {};
}

} // namespace

std::string_view nameOf(SmoothingMethod method)
{
    return std::ranges::find(kMethods, method, &MethodRow::method)->name;
}

Result<SmoothingMethod> smoothingMethodOf(std::string_view name)
{
    const auto found = std::ranges::find(kMethods, name, &MethodRow::name);
    if (found == kMethods.end())
        return Error{ErrorCode::InvalidArgument,
            "there is no smoothing '" + std::string(name) + "', known are one-euro, median and rts"};
    return found->method;
}

Result<FilteredTrack> fillGaps(const PoseTrack& track, const GapFilling& options, const FrameTimes& times)
{
    if (!positive(options.longestGap) || !(options.scoreShare > 0 && options.scoreShare <= 1))
        return Error{ErrorCode::InvalidArgument,
            "filling gaps needs a longest gap above 0 seconds and a score share from 0 to 1"};
    const auto seconds = rowTimes(track, times);
    if (!seconds)
        return seconds.error();
    return forEachPath(track, [&](const PointPath& path, const std::function<void(size_t)>& filled) {
        fillPath(path, *seconds, options, filled);
    });
}

Result<FilteredTrack> smoothTrack(const PoseTrack& track, const Smoothing& options, const FrameTimes& times)
{
    if (const Status fits = checkOptions(options); !fits)
        return fits.error();
    const auto seconds = rowTimes(track, times);
    if (!seconds)
        return seconds.error();
    return forEachPath(track, [&](const PointPath& path, const std::function<void(size_t)>& filled) {
        if (options.method == SmoothingMethod::Rts)
            smoothRts(path, *seconds, options, filled);
        else if (options.method == SmoothingMethod::Median)
            smoothMedian(path, seconds->size(), options.window);
        else
            smoothOneEuro(path, *seconds, options);
    });
}

} // namespace telltale
