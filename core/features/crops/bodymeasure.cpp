// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/bodymeasure.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

/// Points below this score are as good as missing (interpolated in the skeleton stream, too).
constexpr float kLeastScore = 0.1f;
/// Points may lie outside the picture by this share of its longer side. Ours.
constexpr float kOutside = 0.5f;
/// Of the bones' estimates, the one at this share of the sorted list is taken. Ours.
constexpr double kUpperShare = 0.75;

struct Bone {
    std::array<int, 2> from; ///< middle of two points; twice the same for one
    std::array<int, 2> to;
    float share; ///< of the body's height
};
constexpr std::array<Bone, 12> kBones{{
    {{5, 5}, {6, 6}, kShoulderWidth},
    {{5, 5}, {7, 7}, kUpperArmLength},
    {{6, 6}, {8, 8}, kUpperArmLength},
    {{7, 7}, {9, 9}, kForearmLength},
    {{8, 8}, {10, 10}, kForearmLength},
    {{5, 6}, {11, 12}, kTrunkLength},
    {{11, 11}, {13, 13}, kThighLength},
    {{12, 12}, {14, 14}, kThighLength},
    {{13, 13}, {15, 15}, kShankLength},
    {{14, 14}, {16, 16}, kShankLength},
    {{3, 3}, {4, 4}, kEarDistance},
    {{17, 17}, {18, 18}, kHeadAndNeck},
}};

float lengthOf(const BodyPoints& points, const Bone& bone)
{
    for (const int point : {bone.from[0], bone.from[1], bone.to[0], bone.to[1]})
        if (!points.has(point))
            return 0;
    const PosePoint from = points.meanOf(bone.from);
    const PosePoint to = points.meanOf(bone.to);
    return std::hypot(to.x - from.x, to.y - from.y);
}

/// Body heights by each bone, one row of the track each; 0 where the bone is not seen.
using BoneHeights = std::array<float, kBones.size()>;

float heightOf(const std::vector<BoneHeights>& rows, size_t first, size_t last)
{
    std::vector<float> estimates;
    std::vector<float> values;
    for (size_t bone = 0; bone < kBones.size(); ++bone) {
        values.clear();
        for (size_t row = first; row < last; ++row)
            if (rows[row][bone] > 0)
                values.push_back(rows[row][bone]);
        if (values.empty())
            continue;
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        estimates.push_back(*middle);
    }
    if (estimates.empty())
        return 0;
    std::sort(estimates.begin(), estimates.end());
    return estimates[static_cast<size_t>(
        std::lround(kUpperShare * static_cast<double>(estimates.size() - 1)))];
}

/// Fills heights[first, last), one shot: measured every `reach` frames, straight lines between.
void measureShot(const std::vector<int64_t>& frames, const std::vector<BoneHeights>& rows, size_t first,
    size_t last, int64_t reach, std::vector<float>& heights)
{
    size_t from = first;
    size_t to = first;
    size_t filled = first;
    int64_t knownAt = -1;
    float known = 0;
    for (size_t row = first; row < last;) {
        while (frames[from] < frames[row] - reach)
            ++from;
        while (to < last && frames[to] <= frames[row] + reach)
            ++to;
        const float here = heightOf(rows, from, to);
        if (here > 0) {
            const float before = known > 0 ? known : here;
            for (; filled <= row; ++filled) {
                const auto span = static_cast<float>(std::max<int64_t>(frames[row] - knownAt, 1));
                const float share = knownAt < 0 ? 1 : static_cast<float>(frames[filled] - knownAt) / span;
                heights[filled] = before + (here - before) * share;
            }
            known = here;
            knownAt = frames[row];
        }
        if (row + 1 == last)
            break;
        const auto next = std::lower_bound(frames.begin() + static_cast<std::ptrdiff_t>(row + 1),
            frames.begin() + static_cast<std::ptrdiff_t>(last), frames[row] + reach);
        row = std::min<size_t>(last - 1, static_cast<size_t>(next - frames.begin()));
    }
    for (; filled < last; ++filled)
        heights[filled] = known;
}

} // namespace

BodyPoints::BodyPoints(const PosePoint* points, int width, int height) : m_points(points)
{
    const bool bounded = width > 0 && height > 0;
    const float margin = kOutside * static_cast<float>(std::max(width, height));
    for (size_t i = 0; points && i < m_present.size(); ++i) {
        const PosePoint& p = points[i];
        const bool usable = p.score >= kLeastScore && std::isfinite(p.x) && std::isfinite(p.y);
        m_present[i] = usable
            && (!bounded
                || (p.x >= -margin && p.y >= -margin && p.x <= static_cast<float>(width) + margin
                    && p.y <= static_cast<float>(height) + margin));
    }
}

PosePoint BodyPoints::meanOf(std::span<const int> points) const
{
    PosePoint mean;
    float count = 0;
    for (const int point : points) {
        if (!has(point))
            continue;
        const PosePoint& p = m_points[point];
        mean.x += p.x;
        mean.y += p.y;
        mean.score += p.score;
        ++count;
    }
    if (count > 0)
        mean = {mean.x / count, mean.y / count, mean.score / count};
    return mean;
}

PosePoint BodyPoints::neck() const
{
    if (has(halpe::kNeck))
        return m_points[halpe::kNeck];
    if (has(halpe::kLeftShoulder) && has(halpe::kRightShoulder))
        return meanOf(std::array{halpe::kLeftShoulder, halpe::kRightShoulder});
    return {};
}

std::vector<float> bodyHeights(
    const PoseTrack& track68, int person, int width, int height, std::span<const int64_t> cuts, int64_t reach)
{
    std::vector<BoneHeights> rows(static_cast<size_t>(track68.rows()));
    for (size_t row = 0; row < rows.size(); ++row) {
        const BodyPoints points(track68.at(static_cast<int64_t>(row), person), width, height);
        for (size_t bone = 0; bone < kBones.size(); ++bone)
            rows[row][bone] = lengthOf(points, kBones[bone]) / kBones[bone].share;
    }
    std::vector<float> heights(rows.size());
    size_t first = 0;
    while (first < rows.size()) {
        const auto cut = std::upper_bound(cuts.begin(), cuts.end(), track68.frames[first]);
        size_t last = first + 1;
        while (last < rows.size() && (cut == cuts.end() || track68.frames[last] < *cut))
            ++last;
        measureShot(track68.frames, rows, first, last, std::max<int64_t>(reach, 1), heights);
        first = last;
    }
    return heights;
}

} // namespace telltale
