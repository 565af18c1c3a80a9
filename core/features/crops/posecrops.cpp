// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/posecrops.h"
#include "features/crops/bodymeasure.h"
#include "features/crops/boxsmoothing.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

using namespace halpe;

// All of the constants below are ours: chosen by looking at crops of seated and walking people.

/// Side of a hand's crop in hand lengths: around its points, and around a guess.
constexpr float kHandSide = 1.5f;
constexpr float kGuessedHandSide = 2.0f;
/// From the wrist to the middle of the hand, in forearm lengths as they look.
constexpr float kHandBehindWrist = 0.5f * kHandLength / kForearmLength;
/// A hand of fewer points than this is guessed from the forearm.
constexpr int kLeastHandPoints = 5;
/// Side of the face's crop in body heights, and where it is on the way from the neck to the top of the head.
constexpr float kFaceSide = 0.19f;
constexpr float kFaceAboveNeck = 0.58f;
/// Smaller is no person (PYSKL PoseCompact leaves such boxes alone).
constexpr float kLeastPersonSide = 10;
constexpr int kLeastPersonPoints = 3;
/// Reach of the measure of the body, in seconds.
constexpr double kMeasureReach = 2;
/// A cut: the body moves by more than half of its shoulders' width, or changes in size by a third, from one
/// row to the next, and stays there.
constexpr float kCutMove = 0.5f;
constexpr float kCutGrowth = 0.3f;
constexpr float kCutShare = 0.7f; ///< of the change that must happen in one step
constexpr size_t kCutRows = 5; ///< rows on each side that must agree

BoxSample squareSample(int64_t frame, float x, float y, float side)
{
    const float half = side / 2;
    return {frame, x - half, y - half, x + half, y + half, side > 0};
}

/// Bounding box of the points [first, last) that are there; `count` says how many.
BoxSample boundsOf(const BodyPoints& points, int64_t frame, int first, int last, int& count)
{
    constexpr float kFar = std::numeric_limits<float>::max();
    BoxSample box{frame, kFar, kFar, -kFar, -kFar, false};
    count = 0;
    for (int i = first; i < last; ++i) {
        if (!points.has(i))
            continue;
        ++count;
        box.left = std::min(box.left, points[i].x);
        box.right = std::max(box.right, points[i].x);
        box.top = std::min(box.top, points[i].y);
        box.bottom = std::max(box.bottom, points[i].y);
    }
    box.present = count > 0;
    return box;
}

BoxSample handSample(const BodyPoints& points, int64_t frame, float bodyHeight, bool left)
{
    const int start = left ? kLeftHandStart : kRightHandStart;
    int count = 0;
    const BoxSample seen = boundsOf(points, frame, start, start + 21, count);
    const float handLength = kHandLength * bodyHeight;
    if (count >= kLeastHandPoints) {
        const float side = std::max(
            {seen.right - seen.left, seen.bottom - seen.top, kHandSide / (1 + 0.25f) * handLength});
        return squareSample(frame, (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2, side);
    }
    const int wrist = left ? kLeftWrist : kRightWrist;
    const int elbow = left ? kLeftElbow : kRightElbow;
    if (!points.has(wrist) || bodyHeight <= 0)
        return {frame};
    float x = points[wrist].x;
    float y = points[wrist].y;
    if (points.has(elbow)) {
        const float alongX = x - points[elbow].x;
        const float alongY = y - points[elbow].y;
        const float longest = kForearmLength * bodyHeight;
        const float share
            = kHandBehindWrist * std::min(1.0f, longest / std::max(std::hypot(alongX, alongY), 1e-3f));
        x += share * alongX;
        y += share * alongY;
    }
    return squareSample(frame, x, y, kGuessedHandSide / (1 + 0.25f) * handLength);
}

BoxSample faceSample(const BodyPoints& points, int64_t frame, float bodyHeight)
{
    const float side = kFaceSide * bodyHeight;
    // The middle of what there is of nose, eyes and ears: in between also from the side.
    PosePoint middle;
    float groups = 0;
    for (const std::array<int, 2>& group :
        {std::array{kNose, kNose}, std::array{kLeftEye, kRightEye}, std::array{kLeftEar, kRightEar}}) {
        const PosePoint mean = points.meanOf(group);
        if (mean.score <= 0)
            continue;
        middle.x += mean.x;
        middle.y += mean.y;
        ++groups;
    }
    if (groups > 0)
        return squareSample(frame, middle.x / groups, middle.y / groups, side);
    const PosePoint neck = points.neck();
    if (neck.score <= 0 || !points.has(kHead))
        return {frame};
    return squareSample(frame, neck.x + kFaceAboveNeck * (points[kHead].x - neck.x),
        neck.y + kFaceAboveNeck * (points[kHead].y - neck.y), side);
}

/// All points, and the whole head, of which points show only a part.
BoxSample personSample(const BodyPoints& points, int64_t frame, float bodyHeight)
{
    int count = 0;
    BoxSample box = boundsOf(points, frame, 0, kPointCount, count);
    box.present = count >= kLeastPersonPoints
        && std::max(box.right - box.left, box.bottom - box.top) >= kLeastPersonSide;
    if (const BoxSample face = faceSample(points, frame, bodyHeight); box.present && face.present) {
        box.left = std::min(box.left, face.left);
        box.top = std::min(box.top, face.top);
        box.right = std::max(box.right, face.right);
        box.bottom = std::max(box.bottom, face.bottom);
    }
    return box;
}

struct KindRow {
    CropKind kind;
    BoxSample (*measure)(const BodyPoints& points, int64_t frame, float bodyHeight);
    BoxSmoothing smoothing;
};

const std::vector<KindRow>& kindTable()
{
    static const std::vector<KindRow> table{
        {CropKind::Person, personSample, {.gather = 0.5, .position = 0.4, .size = 0.4}},
        {CropKind::LeftHand,
            [](const BodyPoints& p, int64_t f, float h) { return handSample(p, f, h, true); },
            {.gather = 0.06, .position = 0.08}},
        {CropKind::RightHand,
            [](const BodyPoints& p, int64_t f, float h) { return handSample(p, f, h, false); },
            {.gather = 0.06, .position = 0.08}},
        {CropKind::Face, faceSample, {.padding = 0, .position = 0.15}},
    };
    return table;
}

/// Where a body is and how large.
struct Anchor {
    int64_t frame = 0;
    float x = 0;
    float y = 0;
    float size = 0; ///< shoulder width
};

std::vector<Anchor> anchorsOf(const PoseTrack& track, int person)
{
    std::vector<Anchor> anchors;
    for (int64_t row = 0; row < track.rows(); ++row) {
        const BodyPoints points(track.at(row, person), 0, 0);
        if (!points.has(kLeftShoulder) || !points.has(kRightShoulder))
            continue;
        const PosePoint& left = points[kLeftShoulder];
        const PosePoint& right = points[kRightShoulder];
        const float size = std::hypot(left.x - right.x, left.y - right.y);
        if (size > 0)
            anchors.push_back({track.frames[static_cast<size_t>(row)], (left.x + right.x) / 2,
                (left.y + right.y) / 2, size});
    }
    return anchors;
}

Anchor medianOf(std::span<const Anchor> anchors)
{
    const auto median = [&](float Anchor::*part) {
        std::array<float, kCutRows> values{};
        std::transform(anchors.begin(), anchors.end(), values.begin(),
            [part](const Anchor& anchor) { return anchor.*part; });
        const auto middle = values.begin() + anchors.size() / 2;
        std::nth_element(values.begin(), middle, values.begin() + anchors.size());
        return *middle;
    };
    return {0, median(&Anchor::x), median(&Anchor::y), median(&Anchor::size)};
}

/// Moves in shoulder widths against what makes a cut, and growth likewise.
float changeOf(const Anchor& a, const Anchor& b, float size)
{
    const float move = std::hypot(a.x - b.x, a.y - b.y) / size;
    return std::max(move / kCutMove, std::abs(std::log(b.size / a.size)) / kCutGrowth);
}

bool usable(const PoseTrack& track)
{
    return track.pointCount == kPointCount && track.persons > 0
        && track.points.size()
        == track.frames.size() * static_cast<size_t>(track.persons) * static_cast<size_t>(kPointCount);
}

} // namespace

std::vector<int64_t> cutsOfTrack(const PoseTrack& track68, int person)
{
    std::vector<int64_t> cuts;
    if (!usable(track68) || person < 0 || person >= track68.persons)
        return cuts;
    const std::vector<Anchor> anchors = anchorsOf(track68, person);
    const std::span<const Anchor> all(anchors);
    for (size_t i = 1; i < anchors.size(); ++i) {
        const size_t first = i - std::min(i, kCutRows);
        const Anchor before = medianOf(all.subspan(first, i - first));
        const Anchor after = medianOf(all.subspan(i, std::min(kCutRows, anchors.size() - i)));
        const float size = std::min(before.size, after.size);
        const float stays = changeOf(before, after, size);
        if (stays > 1 && changeOf(anchors[i - 1], anchors[i], size) > kCutShare * stays)
            cuts.push_back(anchors[i].frame);
    }
    return cuts;
}

std::vector<CropPath> makeCropPaths(
    const PoseTrack& track68, int width, int height, const CropOptions& options)
{
    std::vector<CropPath> paths;
    if (!usable(track68))
        return paths;
    const double fps = std::isfinite(options.fps) && options.fps > 0 ? options.fps : 25;
    for (int person = 0; person < track68.persons; ++person) {
        std::vector<int64_t> cuts = cutsOfTrack(track68, person);
        cuts.insert(cuts.end(), options.cuts.begin(), options.cuts.end());
        std::sort(cuts.begin(), cuts.end());
        const std::vector<float> heights
            = bodyHeights(track68, person, width, height, cuts, std::llround(kMeasureReach * fps));
        for (const KindRow& row : kindTable()) {
            if (std::find(options.kinds.begin(), options.kinds.end(), row.kind) == options.kinds.end())
                continue;
            std::vector<BoxSample> samples;
            samples.reserve(heights.size());
            for (size_t r = 0; r < heights.size(); ++r)
                samples.push_back(
                    row.measure(BodyPoints(track68.at(static_cast<int64_t>(r), person), width, height),
                        track68.frames[r], heights[r]));
            BoxSmoothing smoothing = row.smoothing;
            if (row.kind == CropKind::Person)
                smoothing.padding = std::max(options.personPadding, 0.0f);
            CropPath path{person, row.kind, smoothedKeys(samples, cuts, fps, smoothing)};
            if (!path.keys.empty())
                paths.push_back(std::move(path));
        }
    }
    return paths;
}

} // namespace telltale
