// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Several people from maps of points and maps of limb directions (Cao et al., "Realtime Multi-Person 2D Pose
// Estimation using Part Affinity Fields", 1611.08050): peaks, line integrals, greedy pairs limb by limb.
#include "pose/networks/decoders.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace telltale {
namespace {

constexpr int64_t kSmallestMap = 4;
constexpr size_t kMostPeaks = 64; ///< of one kind of point; the highest. Ours.
constexpr int kSamples = 10; ///< of a line integral, as in the paper's code
constexpr float kAligned = 0.05f; ///< a sample that follows the limb, as in the paper's code
constexpr double kAlignedShare = 0.8; ///< of the samples, as in the paper's code
constexpr float kShortestLimb = 0.25f; ///< in cells; shorter ones have no direction. Ours.
constexpr size_t kLimbsThatBegin = 17; ///< of openpose18: shoulder to ear only joins what is there

/// Limbs and direction maps of the 18-point networks of OpenPose and tf-pose.
constexpr std::array<LimbField, 19> kOpenPose18Limbs{{{1, 2, 12, 13}, {1, 5, 20, 21}, {2, 3, 14, 15},
    {3, 4, 16, 17}, {5, 6, 22, 23}, {6, 7, 24, 25}, {1, 8, 0, 1}, {8, 9, 2, 3}, {9, 10, 4, 5}, {1, 11, 6, 7},
    {11, 12, 8, 9}, {12, 13, 10, 11}, {1, 0, 28, 29}, {0, 14, 30, 31}, {14, 16, 34, 35}, {0, 15, 32, 33},
    {15, 17, 36, 37}, {2, 16, 18, 19}, {5, 17, 26, 27}}};

std::span<const LimbField> limbsOf(const DecoderOptions& options)
{
    if (options.limbs.empty())
        return kOpenPose18Limbs;
    return options.limbs;
}

/// Maps of one size.
struct Maps {
    const float* values;
    int64_t rows;
    int64_t columns;
    const float* map(int64_t i) const { return values + i * rows * columns; }
    /// NaN and what lies outside count as 0.
    float at(int64_t i, int64_t row, int64_t column) const
    {
        if (row < 0 || column < 0 || row >= rows || column >= columns)
            return 0;
        const float value = map(i)[row * columns + column];
        return std::isfinite(value) ? value : 0;
    }
    float between(int64_t i, float x, float y) const
    {
        const float left = std::floor(x);
        const float top = std::floor(y);
        const auto column = static_cast<int64_t>(left);
        const auto row = static_cast<int64_t>(top);
        return std::lerp(std::lerp(at(i, row, column), at(i, row, column + 1), x - left),
            std::lerp(at(i, row + 1, column), at(i, row + 1, column + 1), x - left), y - top);
    }
};

struct Peak {
    float x = 0; ///< cells
    float y = 0;
    float score = 0;
};

/// Cells above all their eight neighbours; of equal neighbours the last one.
std::vector<Peak> peaksOf(const Maps& maps, int64_t map, double minScore)
{
    std::vector<Peak> peaks;
    for (int64_t row = 0; row < maps.rows; ++row)
        for (int64_t column = 0; column < maps.columns; ++column) {
            const float value = maps.at(map, row, column);
            if (!(value > 0) || value < minScore)
                continue;
            bool highest = true;
            for (int64_t dy = -1; dy <= 1; ++dy)
                for (int64_t dx = -1; dx <= 1; ++dx) {
                    const float other = maps.at(map, row + dy, column + dx);
                    const bool later = dy > 0 || (dy == 0 && dx > 0);
                    highest = highest && (later ? value > other : dx == 0 && dy == 0 ? true : value >= other);
                }
            if (!highest)
                continue;
            const float x = peakVertex(maps.at(map, row, column - 1), value, maps.at(map, row, column + 1));
            const float y = peakVertex(maps.at(map, row - 1, column), value, maps.at(map, row + 1, column));
            const bool inside = row > 0 && column > 0 && row + 1 < maps.rows && column + 1 < maps.columns;
            peaks.push_back({static_cast<float>(column) + (inside ? x : 0),
                static_cast<float>(row) + (inside ? y : 0), std::min(value, 1.0f)});
        }
    std::stable_sort(
        peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.score > b.score; });
    peaks.resize(std::min(peaks.size(), kMostPeaks));
    return peaks;
}

/// A pair of peaks that the direction maps join.
struct Joint {
    int from = 0;
    int to = 0;
    float score = 0;
};

/// Mean of the direction maps along the line from a to b, 0 where they do not follow it. `firstField`: the
/// first direction map.
float alignment(const Maps& maps, int64_t firstField, const LimbField& limb, const Peak& a, const Peak& b)
{
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float length = std::hypot(dx, dy);
    if (!(length > kShortestLimb))
        return 0;
    float sum = 0;
    int aligned = 0;
    for (int i = 0; i < kSamples; ++i) {
        const float share = static_cast<float>(i) / (kSamples - 1);
        const float x = a.x + share * dx;
        const float y = a.y + share * dy;
        const float along = (maps.between(firstField + limb.mapX, x, y) * dx
                                + maps.between(firstField + limb.mapY, x, y) * dy)
            / length;
        sum += along;
        aligned += along > kAligned ? 1 : 0;
    }
    if (aligned < kAlignedShare * kSamples)
        return 0;
    // Limbs longer than half the picture are less likely.
    const float far = std::min(0.5f * static_cast<float>(maps.rows) / length - 1, 0.0f);
    return sum / kSamples + far;
}

std::vector<Joint> jointsOf(const Maps& maps, int64_t firstField, const LimbField& limb,
    const std::vector<Peak>& from, const std::vector<Peak>& to)
{
    std::vector<Joint> candidates;
    for (size_t a = 0; a < from.size(); ++a)
        for (size_t b = 0; b < to.size(); ++b)
            if (const float score = alignment(maps, firstField, limb, from[a], to[b]); score > 0)
                candidates.push_back({static_cast<int>(a), static_cast<int>(b), score});
    std::stable_sort(candidates.begin(), candidates.end(),
        [](const Joint& a, const Joint& b) { return a.score > b.score; });
    std::vector<bool> fromTaken(from.size());
    std::vector<bool> toTaken(to.size());
    std::vector<Joint> joints;
    for (const Joint& joint : candidates) {
        const auto a = static_cast<size_t>(joint.from);
        const auto b = static_cast<size_t>(joint.to);
        if (fromTaken[a] || toTaken[b])
            continue;
        fromTaken[a] = toTaken[b] = true;
        joints.push_back(joint);
    }
    return joints;
}

/// Peaks that belong together: one of each kind of point or -1.
struct Body {
    std::vector<int> peaks;
    float limbScore = 0;
    int limbs = 0;
};

std::optional<size_t> bodyWith(const std::vector<Body>& bodies, int point, int peak)
{
    for (size_t i = 0; i < bodies.size(); ++i)
        if (bodies[i].peaks[static_cast<size_t>(point)] == peak)
            return i;
    return std::nullopt;
}

bool shareNoPoint(const Body& a, const Body& b)
{
    for (size_t i = 0; i < a.peaks.size(); ++i)
        if (a.peaks[i] >= 0 && b.peaks[i] >= 0)
            return false;
    return true;
}

/// Adds a limb to the bodies found so far: to one of them, between two, or as a new one.
void addJoint(std::vector<Body>& bodies, const LimbField& limb, const Joint& joint, bool begins, int points)
{
    const auto a = bodyWith(bodies, limb.from, joint.from);
    const auto b = bodyWith(bodies, limb.to, joint.to);
    const auto count = [&](Body& body) {
        body.limbScore += joint.score;
        ++body.limbs;
    };
    if (a && b && *a != *b) {
        if (!shareNoPoint(bodies[*a], bodies[*b]))
            return;
        Body& kept = bodies[*a];
        const Body other = bodies[*b];
        for (size_t i = 0; i < kept.peaks.size(); ++i)
            kept.peaks[i] = std::max(kept.peaks[i], other.peaks[i]);
        kept.limbScore += other.limbScore;
        kept.limbs += other.limbs;
        count(kept);
        bodies.erase(bodies.begin() + static_cast<std::ptrdiff_t>(*b));
    } else if (a || b) {
        Body& body = bodies[a ? *a : *b];
        int& place = body.peaks[static_cast<size_t>(a ? limb.to : limb.from)];
        const int peak = a ? joint.to : joint.from;
        if (place >= 0 && place != peak)
            return;
        place = peak;
        count(body);
    } else if (begins) {
        Body body;
        body.peaks.assign(static_cast<size_t>(points), -1);
        body.peaks[static_cast<size_t>(limb.from)] = joint.from;
        body.peaks[static_cast<size_t>(limb.to)] = joint.to;
        count(body);
        bodies.push_back(std::move(body));
    }
}

} // namespace

std::string fieldsMismatch(std::span<const OutputView> outputs, const DecoderInput& input)
{
    if (outputs.size() != 1)
        return "there are " + std::to_string(outputs.size()) + " outputs, wanted is one";
    const auto limbs = limbsOf(input.options);
    const auto wanted = static_cast<int64_t>(input.points) + 1 + 2 * static_cast<int64_t>(limbs.size());
    for (const LimbField& limb : limbs) {
        const bool points = std::min(limb.from, limb.to) >= 0 && std::max(limb.from, limb.to) < input.points;
        const bool maps = std::min(limb.mapX, limb.mapY) >= 0
            && std::max(limb.mapX, limb.mapY) < 2 * static_cast<int>(limbs.size());
        if (!points || !maps)
            return "the card's limbs name points or maps that are not there";
    }
    const auto& shape = outputs[0].shape;
    if (shape.size() == 3 && shape[0] == wanted && shape[1] >= kSmallestMap && shape[2] >= kSmallestMap)
        return {};
    return "its output is " + shapeText(shape) + ", wanted are " + std::to_string(wanted)
        + " maps x height x width";
}

PosePeople decodeFields(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const Maps maps{outputs[0].values, outputs[0].shape[1], outputs[0].shape[2]};
    std::vector<std::vector<Peak>> peaks(static_cast<size_t>(input.points));
    for (int i = 0; i < input.points; ++i)
        peaks[static_cast<size_t>(i)] = peaksOf(maps, i, input.options.minScore);
    std::vector<Body> bodies;
    const auto limbs = limbsOf(input.options);
    for (size_t i = 0; i < limbs.size(); ++i) {
        const bool begins = !input.options.limbs.empty() || i < kLimbsThatBegin;
        for (const Joint& joint : jointsOf(maps, input.points + 1, limbs[i],
                 peaks[static_cast<size_t>(limbs[i].from)], peaks[static_cast<size_t>(limbs[i].to)]))
            addJoint(bodies, limbs[i], joint, begins, input.points);
    }
    const float stepX = static_cast<float>(input.width) / static_cast<float>(maps.columns);
    const float stepY = static_cast<float>(input.height) / static_cast<float>(maps.rows);
    PosePeople people;
    for (const Body& body : bodies) {
        PosePerson person;
        person.points.resize(static_cast<size_t>(input.points));
        float sum = body.limbScore;
        int found = 0;
        for (size_t i = 0; i < body.peaks.size(); ++i) {
            if (body.peaks[i] < 0)
                continue;
            const Peak& peak = peaks[i][static_cast<size_t>(body.peaks[i])];
            person.points[i] = {(peak.x + 0.5f) * stepX, (peak.y + 0.5f) * stepY, peak.score};
            sum += peak.score;
            ++found;
        }
        if (found < input.options.minPoints
            || sum < input.options.minPersonScore * static_cast<double>(found))
            continue;
        person.box = boxAround(person.points);
        person.score = meanScore(person.points);
        people.push_back(std::move(person));
    }
    std::stable_sort(people.begin(), people.end(),
        [](const PosePerson& a, const PosePerson& b) { return a.score > b.score; });
    return people;
}

} // namespace telltale
