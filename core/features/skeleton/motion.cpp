// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/skeleton/motion.h"
#include "features/features.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace telltale {
namespace {

/// Seconds before and behind what is asked for that tell a movement from the tracker's unrest. Ours.
constexpr double kSecondsAround = 10;

/// A point when it was seen.
struct Sighting {
    int64_t row;
    double seconds;
    float x;
    float y;
    float score;
};

float medianOf(std::vector<float>& values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<Sighting> sightingsOf(const NdArray& points, int point, std::span<const double> seconds)
{
    std::vector<Sighting> all;
    all.reserve(seconds.size());
    for (size_t row = 0; row < seconds.size(); ++row) {
        const float* const p = points.values.data() + (row * kPointCount + static_cast<size_t>(point)) * 3;
        if (p[2] > 0 && std::isfinite(p[0]) && std::isfinite(p[1]) && std::isfinite(p[2]))
            all.push_back({static_cast<int64_t>(row), seconds[row], p[0], p[1], std::min(p[2], 1.0f)});
    }
    return all;
}

/// Each coordinate becomes the median of the sightings around it, of as many on both sides, not over gaps.
std::vector<Sighting> withoutJumps(const std::vector<Sighting>& all, const MotionOptions& options)
{
    std::vector<Sighting> calm = all;
    const auto count = static_cast<int64_t>(all.size());
    const auto near = [&](int64_t a, int64_t b) {
        return std::abs(all[static_cast<size_t>(a)].seconds - all[static_cast<size_t>(b)].seconds)
            <= options.longestGap;
    };
    std::vector<float> xs;
    std::vector<float> ys;
    for (int64_t i = 0; i < count; ++i) {
        int64_t reach = std::min<int64_t>({std::max(options.medianRows, 1) / 2, i, count - 1 - i});
        while (reach > 0 && !(near(i - reach, i) && near(i, i + reach)))
            --reach;
        xs.clear();
        ys.clear();
        for (int64_t j = i - reach; j <= i + reach; ++j) {
            xs.push_back(all[static_cast<size_t>(j)].x);
            ys.push_back(all[static_cast<size_t>(j)].y);
        }
        calm[static_cast<size_t>(i)].x = medianOf(xs);
        calm[static_cast<size_t>(i)].y = medianOf(ys);
    }
    return calm;
}

/// Adds the point's speeds to the rows from the one after a sighting to the next sighting.
void addSpeeds(
    const std::vector<Sighting>& sightings, int part, double unit, double longestGap, PartMotion& motion)
{
    for (size_t i = 1; i < sightings.size(); ++i) {
        const Sighting& a = sightings[i - 1];
        const Sighting& b = sightings[i];
        const double elapsed = b.seconds - a.seconds;
        if (!(elapsed > 0) || elapsed > longestGap)
            continue;
        const auto speed = static_cast<float>(std::hypot(b.x - a.x, b.y - a.y) / (unit * elapsed));
        const float weight = std::min(a.score, b.score);
        for (int64_t row = a.row + 1; row <= b.row; ++row) {
            const auto at = static_cast<size_t>(row * kBodyParts + part);
            motion.speed.values[at] += weight * speed;
            motion.trust.values[at] += weight;
        }
    }
}

/// Rows [first, last) in which a part moves.
struct Movement {
    size_t first;
    size_t last;
    float strength;
};

/// Stretches above `rest` that reach `rise`.
std::vector<Movement> movementsOf(std::span<const float> speeds, double rise, double rest)
{
    std::vector<Movement> all;
    for (size_t row = 0; row < speeds.size(); ++row) {
        if (!(speeds[row] > rest))
            continue;
        Movement movement{row, row, 0};
        for (; movement.last < speeds.size() && speeds[movement.last] > rest; ++movement.last)
            movement.strength = std::max(movement.strength, speeds[movement.last]);
        if (movement.strength >= rise)
            all.push_back(movement);
        row = movement.last;
    }
    return all;
}

/// Joins what a short rest lies between and drops what is too short.
std::vector<Movement> settled(
    const std::vector<Movement>& movements, std::span<const double> seconds, const OnsetOptions& options)
{
    const auto time = [&](size_t row) { return seconds[std::min(row, seconds.size() - 1)]; };
    std::vector<Movement> joined;
    joined.reserve(movements.size());
    for (const Movement& movement : movements) {
        if (!joined.empty() && time(movement.first) - time(joined.back().last) < options.leastRest) {
            joined.back().last = movement.last;
            joined.back().strength = std::max(joined.back().strength, movement.strength);
        } else {
            joined.push_back(movement);
        }
    }
    std::erase_if(joined, [&](const Movement& movement) {
        return time(movement.last) - time(movement.first) < options.leastMove;
    });
    return joined;
}

std::vector<double> secondsOf(std::span<const int64_t> frames, const FrameTimes& times)
{
    std::vector<double> seconds(frames.size());
    std::transform(
        frames.begin(), frames.end(), seconds.begin(), [&](int64_t frame) { return times.seconds(frame); });
    return seconds;
}

/// The onset of a kind that is nearest to `frame`, then the strongest.
int64_t nearestOnset(int64_t frame, std::span<const MotionOnset> onsets, bool starts, int64_t reach)
{
    const MotionOnset* best = nullptr;
    const auto distance = [frame](const MotionOnset& onset) { return std::abs(onset.frame - frame); };
    for (const MotionOnset& onset : onsets) {
        if (onset.starts != starts || distance(onset) > reach)
            continue;
        if (!best || distance(onset) < distance(*best)
            || (distance(onset) == distance(*best) && onset.strength > best->strength))
            best = &onset;
    }
    return best ? best->frame : frame;
}

} // namespace

PartMotion partMotion(
    const PoseTrack& track68, int person, const FrameTimes& times, const MotionOptions& options)
{
    PartMotion motion{NdArray({track68.rows(), kBodyParts}), NdArray({track68.rows(), kBodyParts})};
    if (track68.pointCount != kPointCount || person < 0 || person >= track68.persons)
        return motion;
    const NdArray points = gatherPoints(track68, person, track68.frames);
    const double unit = skeletonUnit(points);
    const std::vector<double> seconds = secondsOf(track68.frames, times);
    const std::vector<BodyPart>& parts = poseLayouts().front().parts;
    std::array<int, kBodyParts> points68{};
    for (int point = 0; point < kPointCount; ++point) {
        const int part = static_cast<int>(parts[static_cast<size_t>(point)]);
        ++points68[static_cast<size_t>(part)];
        addSpeeds(withoutJumps(sightingsOf(points, point, seconds), options), part, unit, options.longestGap,
            motion);
    }
    for (size_t i = 0; i < motion.speed.values.size(); ++i) {
        float& trust = motion.trust.values[i];
        motion.speed.values[i] = trust > 0 ? motion.speed.values[i] / trust : 0;
        trust /= static_cast<float>(std::max(points68[i % kBodyParts], 1));
    }
    return motion;
}

std::vector<MotionOnset> motionOnsets(const NdArray& speed, std::span<const int64_t> frames,
    const FrameTimes& times, const OnsetOptions& options)
{
    std::vector<MotionOnset> onsets;
    if (speed.shape.size() != 2 || speed.shape[1] != kBodyParts || frames.empty()
        || speed.shape[0] != static_cast<int64_t>(frames.size()))
        return onsets;
    const std::vector<double> seconds = secondsOf(frames, times);
    std::vector<float> column(frames.size());
    for (int part = 0; part < kBodyParts; ++part) {
        for (size_t row = 0; row < column.size(); ++row)
            column[row] = speed.values[row * kBodyParts + static_cast<size_t>(part)];
        std::vector<float> sorted = column;
        const double median = medianOf(sorted);
        const auto movements
            = settled(movementsOf(column, std::max(options.rise, options.riseOfMedian * median),
                          std::max(options.rest, options.restOfMedian * median)),
                seconds, options);
        for (const Movement& movement : movements) {
            const auto body = static_cast<BodyPart>(part);
            if (movement.first > 1) // the first row has no speed yet
                onsets.push_back({frames[movement.first], body, true, movement.strength});
            if (movement.last < frames.size())
                onsets.push_back({frames[movement.last], body, false, movement.strength});
        }
    }
    std::stable_sort(onsets.begin(), onsets.end(),
        [](const MotionOnset& a, const MotionOnset& b) { return a.frame < b.frame; });
    return onsets;
}

std::vector<MotionOnset> onsetsIn(
    const PoseTrack& track68, int person, const FrameTimes& times, const FrameSpan& frames)
{
    if (person < 0 || person >= track68.persons || frames.empty() || times.frameCount() == 0)
        return {};
    const auto around = static_cast<int64_t>(kSecondsAround * std::max(times.meanFps(), 1.0));
    const auto rowAt = [&](int64_t frame) { return std::ranges::lower_bound(track68.frames, frame); };
    const auto first = rowAt(frames.first - around);
    const auto last = rowAt(frames.last + around);
    PoseTrack some;
    some.layout = track68.layout;
    some.persons = 1;
    some.pointCount = track68.pointCount;
    some.frames.assign(first, last);
    some.points.resize(some.frames.size() * static_cast<size_t>(some.pointCount));
    for (int64_t row = 0; row < some.rows(); ++row)
        std::copy_n(
            track68.at(first - track68.frames.begin() + row, person), some.pointCount, some.at(row, 0));
    std::vector<MotionOnset> onsets = motionOnsets(partMotion(some, 0, times).speed, some.frames, times);
    std::erase_if(onsets, [&](const MotionOnset& one) { return !frames.contains(one.frame); });
    return onsets;
}

FrameSpan snapToMotion(const FrameSpan& span, std::span<const MotionOnset> onsets, int64_t reach)
{
    const FrameSpan snapped{
        nearestOnset(span.first, onsets, true, reach), nearestOnset(span.last, onsets, false, reach)};
    return snapped.empty() ? span : snapped;
}

} // namespace telltale
