// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/heatmaps/planepainter.h"
#include "base/half.h"
#include "base/lanes.h"
#include "base/patchrange.h"
#include <array>
#include <cmath>
#include <cstring>

// Compiled without fused multiply-add (see CMakeLists.txt): the distances round as the reference's do.

namespace telltale {
namespace {

/// exp(-18) is 1.5e-8, below what float32 maps in [0, 1] can show beside anything else.
constexpr float kNegligibleExponent = 18.0f;
/// Farther points are damage.
constexpr float kFarAway = 1e6f;
/// Points below draw nothing, by HeatmapVariant.
constexpr std::array<float, 2> kLeastScores{1e-3f, 1e-4f};

using LaneHalves = uint16_t __attribute__((vector_size(kLanes * sizeof(uint16_t))));
using LaneBytes = uint8_t __attribute__((vector_size(kLanes * sizeof(uint8_t))));

/// Which of the planes lies at an index of the volume. Steps from plane to plane without dividing.
struct PlaneCursor {
    const HeatmapShape& shape;
    int64_t view;
    int64_t channel;
    int64_t frame;

    PlaneCursor(const HeatmapShape& volume, int64_t index) : shape(volume)
    {
        const int64_t inner = innerLength();
        const int64_t outer = index / inner;
        const int64_t outerLength = channelsFirst() ? shape.channels : shape.frames;
        (channelsFirst() ? frame : channel) = index % inner;
        (channelsFirst() ? channel : frame) = outer % outerLength;
        view = outer / outerLength;
    }
    bool channelsFirst() const { return shape.order == HeatmapOrder::ChannelsFirst; }
    int64_t innerLength() const { return channelsFirst() ? shape.frames : shape.channels; }
    void next()
    {
        int64_t& inner = channelsFirst() ? frame : channel;
        int64_t& outer = channelsFirst() ? channel : frame;
        if (++inner < innerLength())
            return;
        inner = 0;
        if (++outer < (channelsFirst() ? shape.channels : shape.frames))
            return;
        outer = 0;
        ++view;
    }
};

/// One map. Columns run from right to left in a mirrored one: `at` is then counted from the right edge.
template <typename Number> struct Plane {
    Number* values;
    int height;
    int width;
    bool mirrored;
    float factor; ///< 1 / (2 sigma^2)
    double sigma;
    PixelBox box; ///< painted so far
};

TELLTALE_BODY void grow(PixelBox& box, const PixelBox& by)
{
    if (box.right <= box.left) {
        box = by;
        return;
    }
    box = {std::min(box.left, by.left), std::min(box.top, by.top), std::max(box.right, by.right),
        std::max(box.bottom, by.bottom)};
}

/// Puts the greater of `lanes` and what is there into the first `count` numbers of a row.
template <typename Number> TELLTALE_BODY void merge(const Lanes& lanes, Number* row, int count)
{
    if constexpr (std::is_same_v<Number, float>) {
        Lanes there{};
        std::memcpy(&there, row, static_cast<size_t>(count) * sizeof(Number));
        there = lanes > there ? lanes : there;
        std::memcpy(row, &there, static_cast<size_t>(count) * sizeof(Number));
    } else {
        // Halves and bytes that are not negative are ordered like integers.
        using Integers = std::conditional_t<std::is_same_v<Number, uint16_t>, LaneHalves, LaneBytes>;
        Integers ours{};
        if constexpr (std::is_same_v<Number, uint16_t>) {
            toHalves(reinterpret_cast<const float*>(&lanes), kLanes, reinterpret_cast<uint16_t*>(&ours));
        } else {
            const Lanes scaled = lanes * 255.0f + 0.5f;
            const Lanes capped = scaled < 255.0f ? scaled : Lanes{} + 255.0f;
            ours = __builtin_convertvector(__builtin_convertvector(capped, LaneInts), LaneBytes);
        }
        Integers there{};
        std::memcpy(&there, row, static_cast<size_t>(count) * sizeof(Number));
        there = ours > there ? ours : there;
        std::memcpy(row, &there, static_cast<size_t>(count) * sizeof(Number));
    }
}

/// Calls paint(x of the lanes, column that they start at, lane count) until [first, last) of a row is
/// covered; lanes may reach beyond and overlap.
template <typename Number, typename Paint>
TELLTALE_BODY void alongRow(const Plane<Number>& plane, int first, int last, const Paint& paint)
{
    const int count = std::min(plane.width, kLanes);
    for (int at = first; at < last; at += kLanes) {
        const int start = std::min(at, plane.width - count);
        const Lanes x = plane.mirrored ? static_cast<float>(plane.width - 1 - start) - kLaneNumbers
                                       : static_cast<float>(start) + kLaneNumbers;
        paint(x, start, count);
    }
}

template <typename Number>
TELLTALE_BODY PatchRange columnsOf(const Plane<Number>& plane, const PatchRange& xs)
{
    return plane.mirrored ? PatchRange{plane.width - xs.last, plane.width - xs.first} : xs;
}

/// Gaussian of a point: one column of weights times one row of them.
template <typename Number>
TELLTALE_BODY void paintPoint(Plane<Number>& plane, const PosePoint& p, float* scratch)
{
    const PatchRange xs = patchRange(p.x, p.x, plane.sigma, plane.width);
    const PatchRange ys = patchRange(p.y, p.y, plane.sigma, plane.height);
    if (xs.empty() || ys.empty())
        return;
    for (int y = ys.first; y < ys.last; y += kLanes) {
        Lanes weights = static_cast<float>(y) + kLaneNumbers;
        gaussianLanes(weights, p.y, plane.factor, ys);
        weights = weights * p.score;
        storeLanes(weights, scratch + (y - ys.first));
    }
    const PatchRange columns = columnsOf(plane, xs);
    alongRow(plane, columns.first, columns.last, [&](const Lanes& x, int start, int count) {
        Lanes values = x;
        gaussianLanes(values, p.x, plane.factor, xs);
        Number* row = plane.values + static_cast<ptrdiff_t>(ys.first) * plane.width + start;
        if (count == kLanes)
            for (int y = 0; y < ys.length(); ++y, row += plane.width)
                merge(values * scratch[y], row, kLanes);
        else
            for (int y = 0; y < ys.length(); ++y, row += plane.width)
                merge(values * scratch[y], row, count);
    });
    grow(plane.box, {columns.first, ys.first, columns.last, ys.last});
}

TELLTALE_BODY float squaredDistance(const PosePoint& a, const PosePoint& b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/// The row's stretch of `columns` within `reach` of the limb's own stretch on that row.
TELLTALE_BODY PatchRange limbRow(
    const PatchRange& columns, float y, const PosePoint& a, const PosePoint& b, float reach)
{
    const float dy = b.y - a.y;
    const float dx = b.x - a.x;
    float low = std::min(a.x, b.x);
    float high = std::max(a.x, b.x);
    if (std::abs(dy) > 1e-3f) {
        const float t0 = std::min(std::max((y - reach - a.y) / dy, 0.0f), 1.0f);
        const float t1 = std::min(std::max((y + reach - a.y) / dy, 0.0f), 1.0f);
        low = a.x + std::min(t0 * dx, t1 * dx);
        high = a.x + std::max(t0 * dx, t1 * dx);
    }
    const float first = std::min(std::max(low - reach, -1.0f), static_cast<float>(columns.last));
    const float last = std::max(std::min(high + reach + 2, static_cast<float>(columns.last)), -1.0f);
    return {std::max(columns.first, static_cast<int>(first)), std::min(columns.last, static_cast<int>(last))};
}

/// Gaussian of the distance to the segment; `length2` is its squared length, the weight the lower score.
template <typename Number>
TELLTALE_BODY void paintSegment(Plane<Number>& plane, const PosePoint& a, const PosePoint& b, float length2)
{
    const PatchRange xs = patchRange(std::min(a.x, b.x), std::max(a.x, b.x), plane.sigma, plane.width);
    const PatchRange ys = patchRange(std::min(a.y, b.y), std::max(a.y, b.y), plane.sigma, plane.height);
    if (xs.empty() || ys.empty())
        return;
    const float score = std::min(a.score, b.score);
    const float reach = std::sqrt(kNegligibleExponent / plane.factor);
    for (int row = ys.first; row < ys.last; ++row) {
        const auto y = static_cast<float>(row);
        const PatchRange near = limbRow(xs, y, a, b, reach);
        const PatchRange columns = columnsOf(plane, near);
        Number* const values = plane.values + static_cast<ptrdiff_t>(row) * plane.width;
        alongRow(plane, columns.first, columns.last, [&](const Lanes& x, int start, int count) {
            const float ya = (y - a.y) * (y - a.y);
            const float yb = (y - b.y) * (y - b.y);
            const Lanes da = (x - a.x) * (x - a.x) + ya;
            const Lanes db = (x - b.x) * (x - b.x) + yb;
            const Lanes t = (da - db + length2) / (2 * length2);
            const Lanes dx = x - (a.x + t * (b.x - a.x));
            const Lanes dy = y - (a.y + t * (b.y - a.y));
            const Lanes beside = dx * dx + dy * dy;
            const Lanes distance = t <= 0.0f ? da : (t >= 1.0f ? db : beside);
            const Lanes exponent = distance * plane.factor;
            const LaneInts shown = (exponent < kNegligibleExponent) & (x >= static_cast<float>(near.first))
                & (x < static_cast<float>(near.last));
            Lanes value = -exponent;
            expOfNegative(value);
            merge(shown ? value * score : Lanes{}, values + start, count);
        });
    }
    const PatchRange columns = columnsOf(plane, xs);
    grow(plane.box, {columns.first, ys.first, columns.last, ys.last});
}

/// Scaled into the map, with the score that counts. False where nothing may be drawn.
TELLTALE_BODY bool placed(PosePoint& p, const PaintJob& job, float scaling)
{
    p.x *= scaling;
    p.y *= scaling;
    if (!job.spec.useScore)
        p.score = 1;
    return p.score >= kLeastScores[static_cast<size_t>(job.spec.variant)] && p.score < kFarAway
        && std::abs(p.x) < kFarAway && std::abs(p.y) < kFarAway;
}

template <typename Number>
TELLTALE_BODY void paintChannel(
    Plane<Number>& plane, const PaintJob& job, const PosePoint* points, int64_t channel, float* scratch)
{
    const auto scaling = static_cast<float>(job.spec.scaling);
    if (!job.spec.withLimbs) {
        PosePoint p = points[channel];
        if (placed(p, job, scaling))
            paintPoint(plane, p, scratch);
        return;
    }
    const auto& [first, second] = job.spec.limbs[static_cast<size_t>(channel)];
    PosePoint a = points[first];
    PosePoint b = points[second];
    if (!placed(a, job, scaling) || !placed(b, job, scaling))
        return;
    const float length2 = squaredDistance(a, b);
    if (length2 < 1) // shorter than a pixel: the first point alone, with its own score
        paintPoint(plane, a, scratch);
    else
        paintSegment(plane, a, b, length2);
}

template <typename Number> TELLTALE_BODY void clearBox(Number* values, int width, const PixelBox& box)
{
    for (int y = box.top; y < box.bottom; ++y)
        std::memset(values + static_cast<ptrdiff_t>(y) * width + box.left, 0,
            static_cast<size_t>(box.width()) * sizeof(Number));
}

struct Stretch {
    int64_t first;
    int64_t count;
    std::byte* values;
    PixelBox* drawn;
};

/// Planes whose memory is asked for in advance: they lie far apart, and waiting for it takes longer than
/// painting.
constexpr int64_t kAhead = 12;

template <typename Number> TELLTALE_BODY void fetchBox(const Number* values, int width, const PixelBox& box)
{
    for (int y = box.top; y < box.bottom; ++y)
        __builtin_prefetch(values + static_cast<ptrdiff_t>(y) * width + box.left, 1);
}

/// Where the channel of a plane and its frame lie in the clip.
struct Origin {
    int64_t channel;
    int64_t frame;
    bool mirrored;
};

TELLTALE_BODY Origin originOf(const PaintJob& job, const PlaneCursor& cursor)
{
    const int64_t views = job.spec.mirror.empty() ? job.shape.views : job.shape.views / 2;
    if (cursor.view < views)
        return {cursor.channel, cursor.view * job.shape.frames + cursor.frame, false};
    return {job.spec.mirror[static_cast<size_t>(cursor.channel)],
        (cursor.view - views) * job.shape.frames + cursor.frame, true};
}

/// Asks for what painting the plane will write to, as far as one point tells.
template <typename Number>
TELLTALE_BODY void fetch(
    const PaintJob& job, const PlaneCursor& cursor, const Number* values, const PixelBox& drawn)
{
    fetchBox(values, job.shape.width, drawn);
    const Origin origin = originOf(job, cursor);
    if (job.spec.withLimbs || job.clip.persons < 1)
        return;
    PosePoint p = job.clip.at(0, origin.frame)[origin.channel];
    if (!placed(p, job, static_cast<float>(job.spec.scaling)))
        return;
    const PatchRange xs = patchRange(p.x, p.x, job.spec.sigma, job.shape.width);
    const PatchRange ys = patchRange(p.y, p.y, job.spec.sigma, job.shape.height);
    const int left = origin.mirrored ? job.shape.width - xs.last : xs.first;
    fetchBox(values, job.shape.width, {left, ys.first, left, ys.last});
}

template <typename Number> TELLTALE_BODY void paint(const PaintJob& job, const Stretch& stretch)
{
    const HeatmapShape& shape = job.shape;
    std::vector<float> scratch(static_cast<size_t>(shape.height + kLanes));
    const auto sigma = job.spec.sigma;
    Plane<Number> plane{reinterpret_cast<Number*>(stretch.values), shape.height, shape.width, false,
        static_cast<float>(0.5 / (sigma * sigma)), sigma, {}};
    PlaneCursor cursor(shape, stretch.first);
    PlaneCursor ahead(shape, stretch.first + kAhead);
    for (int64_t i = 0; i < stretch.count; ++i, cursor.next(), ahead.next(), plane.values += shape.pixels()) {
        if (i + kAhead < stretch.count)
            fetch(job, ahead, plane.values + kAhead * shape.pixels(),
                stretch.drawn ? stretch.drawn[i + kAhead] : PixelBox{});
        if (stretch.drawn)
            clearBox(plane.values, shape.width, stretch.drawn[i]);
        const Origin origin = originOf(job, cursor);
        plane.box = {};
        plane.mirrored = origin.mirrored;
        for (int person = 0; person < job.clip.persons; ++person)
            paintChannel(plane, job, job.clip.at(person, origin.frame), origin.channel, scratch.data());
        if (stretch.drawn)
            stretch.drawn[i] = plane.box;
    }
}

using Painter = void (*)(const PaintJob&, const Stretch&);

template <typename Number> void paintPlain(const PaintJob& job, const Stretch& stretch)
{
    paint<Number>(job, stretch);
}

#if defined(TELLTALE_FOR_AVX2)
template <typename Number> TELLTALE_FOR_AVX2 void paintAvx2(const PaintJob& job, const Stretch& stretch)
{
    paint<Number>(job, stretch);
}

template <typename Number> constexpr std::array<Painter, 2> kPainters{paintPlain<Number>, paintAvx2<Number>};
#else
template <typename Number> constexpr std::array<Painter, 2> kPainters{paintPlain<Number>, paintPlain<Number>};
#endif

} // namespace

void paintPlanes(const PaintJob& job, int64_t first, int64_t count, std::byte* values, PixelBox* drawn)
{
    if (count < 1)
        return;
    const std::array<const std::array<Painter, 2>*, 3> byType{
        &kPainters<float>, &kPainters<uint16_t>, &kPainters<uint8_t>};
    const auto& painters = *byType[static_cast<size_t>(job.spec.type)];
    painters[static_cast<size_t>(processor())](job, {first, count, values, drawn});
}

} // namespace telltale
