// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/features.h"
#include "pose/layout.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace telltale {
namespace {

constexpr int kNose = 0;
constexpr int kLeftShoulder = 5;
constexpr int kRightShoulder = 6;
constexpr int kLeftWrist = 9;
constexpr int kRightWrist = 10;
constexpr int kHead = 17;
constexpr int kNeck = 18;
constexpr int kHip = 19;
constexpr int kUpperBodyPoints = 20;
constexpr int kPartCount = 8;
/// Sampled steps over which a lost point is filled in, and how far its score is trusted then.
constexpr int64_t kLongestGap = 5;
constexpr float kFilledTrust = 0.5f;

/// Ratios to the shoulder width of a seated adult seen from the front, for skeletons without shoulders. Ours.
struct ScaleRule {
    int a;
    int b;
    float shoulderWidths; ///< distance a-b in shoulder widths
};
constexpr std::array<ScaleRule, 4> kScaleRules = {
    {{kLeftShoulder, kRightShoulder, 1.0f}, {kNeck, kHip, 1.4f}, {kNeck, kNose, 0.6f}, {kNeck, kHead, 0.9f}}};
/// No body is wider than this many shoulder widths; keeps a side view from blowing the units up.
constexpr float kWidestBody = 6.0f;

struct Frames68 {
    int64_t frames;
    std::vector<PosePoint> points;
    PosePoint& at(int64_t t, int v) { return points[static_cast<size_t>(t * kPointCount + v)]; }
    const PosePoint& at(int64_t t, int v) const { return points[static_cast<size_t>(t * kPointCount + v)]; }
};

bool present(const PosePoint& p) { return p.score > 0; }

/// Copies [T, 68, 3]; what is not finite or has no score is missing. Wrong shapes give no frames.
Frames68 framesOf(const NdArray& array)
{
    Frames68 result{0, {}};
    if (array.shape.size() != 3 || array.shape[1] != kPointCount || array.shape[2] != 3)
        return result;
    result.frames = array.shape[0];
    result.points.resize(static_cast<size_t>(result.frames) * kPointCount);
    for (size_t i = 0; i < result.points.size(); ++i) {
        const float* v = array.values.data() + 3 * i;
        if (std::isfinite(v[0]) && std::isfinite(v[1]) && std::isfinite(v[2]) && v[2] > 0)
            result.points[i] = {v[0], v[1], std::min(v[2], 1.0f)};
    }
    return result;
}

NdArray arrayOf(const Frames68& frames)
{
    NdArray array({frames.frames, kPointCount, 3});
    for (size_t i = 0; i < frames.points.size(); ++i) {
        array.values[3 * i] = frames.points[i].x;
        array.values[3 * i + 1] = frames.points[i].y;
        array.values[3 * i + 2] = frames.points[i].score;
    }
    return array;
}

void fillGaps(Frames68& frames)
{
    for (int v = 0; v < kPointCount; ++v) {
        int64_t before = -1;
        for (int64_t t = 0; t < frames.frames; ++t) {
            if (!present(frames.at(t, v)))
                continue;
            const int64_t gap = t - before - 1;
            if (before >= 0 && gap > 0 && gap <= kLongestGap) {
                const PosePoint a = frames.at(before, v);
                const PosePoint b = frames.at(t, v);
                for (int64_t k = 1; k <= gap; ++k) {
                    const float f = static_cast<float>(k) / static_cast<float>(gap + 1);
                    frames.at(before + k, v) = {a.x + f * (b.x - a.x), a.y + f * (b.y - a.y),
                        kFilledTrust * std::min(a.score, b.score)};
                }
            }
            before = t;
        }
    }
}

std::optional<float> median(std::vector<float>& values)
{
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Median over time of a point, or of the middle of two.
std::optional<PosePoint> medianPoint(const Frames68& frames, int a, int b)
{
    std::vector<float> xs;
    std::vector<float> ys;
    for (int64_t t = 0; t < frames.frames; ++t) {
        const PosePoint& p = frames.at(t, a);
        const PosePoint& q = frames.at(t, b);
        if (present(p) && present(q)) {
            xs.push_back((p.x + q.x) / 2);
            ys.push_back((p.y + q.y) / 2);
        }
    }
    const auto x = median(xs);
    const auto y = median(ys);
    if (!x || !y)
        return std::nullopt;
    return PosePoint{*x, *y, 1};
}

PosePoint bodyCentre(const Frames68& frames)
{
    constexpr std::array<std::pair<int, int>, 5> order
        = {{{kNeck, kNeck}, {kLeftShoulder, kRightShoulder}, {kNose, kNose}, {kHead, kHead}, {kHip, kHip}}};
    for (const auto& [a, b] : order)
        if (const auto centre = medianPoint(frames, a, b))
            return *centre;
    std::vector<float> xs;
    std::vector<float> ys;
    for (const PosePoint& p : frames.points)
        if (present(p)) {
            xs.push_back(p.x);
            ys.push_back(p.y);
        }
    return {median(xs).value_or(0.0f), median(ys).value_or(0.0f), 1};
}

/// Larger side of the box of head, arms and torso (all points where those are missing), median over time.
float bodyExtent(const Frames68& frames)
{
    std::vector<float> extents;
    for (int64_t t = 0; t < frames.frames; ++t) {
        float low[2] = {INFINITY, INFINITY};
        float high[2] = {-INFINITY, -INFINITY};
        int seen = 0;
        for (int v = 0; v < kPointCount; ++v) {
            const PosePoint& p = frames.at(t, v);
            if (!present(p) || (v >= kUpperBodyPoints && seen >= 2 && v < kLeftHandStart))
                continue;
            low[0] = std::min(low[0], p.x);
            high[0] = std::max(high[0], p.x);
            low[1] = std::min(low[1], p.y);
            high[1] = std::max(high[1], p.y);
            ++seen;
        }
        if (seen >= 2)
            extents.push_back(std::max(high[0] - low[0], high[1] - low[1]));
    }
    return median(extents).value_or(0.0f);
}

/// Pixels of one body unit (a shoulder width), never 0.
float bodyUnit(const Frames68& frames)
{
    const float least = bodyExtent(frames) / kWidestBody;
    for (const ScaleRule& rule : kScaleRules) {
        std::vector<float> lengths;
        for (int64_t t = 0; t < frames.frames; ++t) {
            const PosePoint& a = frames.at(t, rule.a);
            const PosePoint& b = frames.at(t, rule.b);
            if (present(a) && present(b))
                lengths.push_back(std::hypot(a.x - b.x, a.y - b.y) / rule.shoulderWidths);
        }
        const auto length = median(lengths);
        if (length && *length > 1e-3f)
            return std::max(*length, least);
    }
    return least > 1e-3f ? least : 1.0f;
}

/// The wrist that the distance channel of a point looks at: 0 left, 1 right, 2 the nearer one.
int wristSide(BodyPart part)
{
    switch (part) {
    case BodyPart::LeftArm:
    case BodyPart::LeftHand:
        return 0;
    case BodyPart::RightArm:
    case BodyPart::RightHand:
        return 1;
    default:
        return 2;
    }
}

float distance(const PosePoint& a, const PosePoint& b)
{
    return present(a) && present(b) ? std::hypot(a.x - b.x, a.y - b.y) : 0.0f;
}

/// 0 where either is missing.
float wristDistance(const Frames68& frames, int64_t t, int v, int side)
{
    const auto wrist = [&](int body, int hand) -> const PosePoint& {
        return present(frames.at(t, body)) ? frames.at(t, body) : frames.at(t, hand);
    };
    const PosePoint& p = frames.at(t, v);
    const float left = distance(p, wrist(kLeftWrist, kLeftHandStart));
    const float right = distance(p, wrist(kRightWrist, kRightHandStart));
    if (side == 0)
        return left;
    if (side == 1)
        return right;
    return left > 0 && right > 0 ? std::min(left, right) : std::max(left, right);
}

} // namespace

std::vector<int64_t> sampleUniform(const FrameSpan& span, int count)
{
    std::vector<int64_t> frames;
    const int64_t length = span.length();
    for (int i = 0; i < count; ++i) {
        const int64_t middle = span.first + (2 * i + 1) * length / (2 * count);
        frames.push_back(std::clamp(middle, span.first, std::max(span.first, span.last - 1)));
    }
    return frames;
}

NdArray gatherPoints(const PoseTrack& track68, int person, std::span<const int64_t> frames)
{
    NdArray array({static_cast<int64_t>(frames.size()), kPointCount, 3});
    if (track68.pointCount != kPointCount || person < 0 || person >= track68.persons)
        return array;
    for (size_t t = 0; t < frames.size(); ++t) {
        const int64_t row = track68.rowOf(frames[t]);
        if (row < 0)
            continue;
        const PosePoint* in = track68.at(row, person);
        float* out = array.values.data() + t * kPointCount * 3;
        for (int v = 0; v < kPointCount; ++v, out += 3)
            if (present(in[v])) {
                out[0] = in[v].x;
                out[1] = in[v].y;
                out[2] = in[v].score;
            }
    }
    return array;
}

NdArray normalizeSkeleton(const NdArray& points)
{
    Frames68 frames = framesOf(points);
    fillGaps(frames);
    const PosePoint centre = bodyCentre(frames);
    const float unit = bodyUnit(frames);
    for (PosePoint& p : frames.points)
        if (present(p)) {
            p.x = (p.x - centre.x) / unit;
            p.y = (p.y - centre.y) / unit;
        }
    return arrayOf(frames);
}

float skeletonUnit(const NdArray& points) { return bodyUnit(framesOf(points)); }

NdArray jointFeatures(const NdArray& normalized)
{
    const Frames68 frames = framesOf(normalized);
    const int64_t count = frames.frames;
    NdArray features({9, count, kPointCount});
    const int64_t plane = count * kPointCount;
    const std::vector<int>& parents = parents68();
    const std::vector<BodyPart>& parts = poseLayouts().front().parts;
    for (int64_t t = 0; t < count; ++t)
        for (int v = 0; v < kPointCount; ++v) {
            const PosePoint& p = frames.at(t, v);
            if (!present(p))
                continue;
            float* out = features.values.data() + t * kPointCount + v;
            out[0] = p.x;
            out[plane] = p.y;
            out[2 * plane] = p.score;
            if (const PosePoint& parent = frames.at(t, parents[v]); present(parent)) {
                out[3 * plane] = p.x - parent.x;
                out[4 * plane] = p.y - parent.y;
            }
            if (t + 1 < count && present(frames.at(t + 1, v))) {
                out[5 * plane] = frames.at(t + 1, v).x - p.x;
                out[6 * plane] = frames.at(t + 1, v).y - p.y;
            }
            out[7 * plane] = wristDistance(frames, t, v, wristSide(parts[v]));
            const PosePoint& face = present(frames.at(t, kNose)) ? frames.at(t, kNose) : frames.at(t, kHead);
            out[8 * plane] = distance(p, face);
        }
    return features;
}

NdArray motionEnergy(const PoseTrack& track68, int person, double fps)
{
    NdArray energy({track68.rows(), kPartCount});
    if (track68.pointCount != kPointCount || person < 0 || person >= track68.persons || !(fps > 0))
        return energy;
    const Frames68 frames = framesOf(gatherPoints(track68, person, track68.frames));
    const float unit = bodyUnit(frames);
    const std::vector<BodyPart>& parts = poseLayouts().front().parts;
    for (int64_t t = 1; t < frames.frames; ++t) {
        const auto steps
            = static_cast<float>(std::max<int64_t>(track68.frames[t] - track68.frames[t - 1], 1));
        const float perSecond = static_cast<float>(fps) / (steps * unit);
        std::array<int, kPartCount> seen{};
        float* out = energy.values.data() + t * kPartCount;
        for (int v = 0; v < kPointCount; ++v) {
            const PosePoint& now = frames.at(t, v);
            const PosePoint& before = frames.at(t - 1, v);
            if (!present(now) || !present(before))
                continue;
            const auto part = static_cast<size_t>(parts[v]);
            out[part] += std::hypot(now.x - before.x, now.y - before.y) * perSecond;
            ++seen[part];
        }
        for (size_t part = 0; part < kPartCount; ++part)
            out[part] /= static_cast<float>(std::max(seen[part], 1));
    }
    return energy;
}

} // namespace telltale
