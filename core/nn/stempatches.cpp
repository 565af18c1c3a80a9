// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/stempatches.h"
#include <array>
#include <cmath>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace telltale {
namespace {

/// Farther points are damage.
constexpr float kFarAway = 1e6f;

/// One number for each output of a block.
struct Outputs {
    Lanes a;
    Lanes b;
    Lanes c;
    Lanes d;
};

TELLTALE_BODY void load(const float* from, Outputs& to)
{
    loadLanes(from, to.a);
    loadLanes(from + kLanes, to.b);
    loadLanes(from + 2 * kLanes, to.c);
    loadLanes(from + 3 * kLanes, to.d);
}

TELLTALE_BODY void store(const Outputs& from, float* to)
{
    storeLanes(from.a, to);
    storeLanes(from.b, to + kLanes);
    storeLanes(from.c, to + 2 * kLanes);
    storeLanes(from.d, to + 3 * kLanes);
}

TELLTALE_BODY void addScaled(Outputs& sum, float factor, const float* values)
{
    Outputs other;
    load(values, other);
    sum.a += factor * other.a;
    sum.b += factor * other.b;
    sum.c += factor * other.c;
    sum.d += factor * other.d;
}

TELLTALE_BODY void maximum(Outputs& most, const Outputs& other)
{
    most.a = most.a > other.a ? most.a : other.a;
    most.b = most.b > other.b ? most.b : other.b;
    most.c = most.c > other.c ? most.c : other.c;
    most.d = most.d > other.d ? most.d : other.d;
}

/// The columns convolved with one row of the kernel: what a row of the patch of weight 1 gives in the columns
/// [first, last) of the output.
TELLTALE_BODY void convolveColumns(
    const StemPatch& patch, const float* kernelRow, const PatchRange& target, float* out)
{
    for (int x = target.first; x < target.last; ++x, out += kStemBlock) {
        const int from = std::max(patch.xs.first, x - kStemPadding);
        const int to = std::min(patch.xs.last, x + kStemPadding + 1);
        Outputs sum{};
        for (int source = from; source < to; ++source)
            addScaled(sum, patch.columns[static_cast<size_t>(source - patch.xs.first)],
                kernelRow + (source - x + kStemPadding) * kStemBlock);
        store(sum, out);
    }
}

/// A row of the output gets `Count` weighted convolved rows.
template <int Count>
TELLTALE_BODY void addRows(float* out, int columns, const float* const* rows, const float* weights)
{
    for (int x = 0; x < columns; ++x) {
        Outputs sum;
        load(out + x * kStemBlock, sum);
        for (int i = 0; i < Count; ++i)
            addScaled(sum, weights[i], rows[i] + x * kStemBlock);
        store(sum, out + x * kStemBlock);
    }
}

TELLTALE_BODY void addRows(int count, float* out, int columns, const float* const* rows, const float* weights)
{
    switch (count) {
    case 1:
        return addRows<1>(out, columns, rows, weights);
    case 2:
        return addRows<2>(out, columns, rows, weights);
    case 3:
        return addRows<3>(out, columns, rows, weights);
    case 4:
        return addRows<4>(out, columns, rows, weights);
    case 5:
        return addRows<5>(out, columns, rows, weights);
    case 6:
        return addRows<6>(out, columns, rows, weights);
    default:
        return addRows<7>(out, columns, rows, weights);
    }
}

TELLTALE_BODY void add(const StemFrame& frame, const StemPatch& patch, const float* kernel, float* scratch)
{
    const PatchRange xs{
        std::max(patch.xs.first - kStemPadding, 0), std::min(patch.xs.last + kStemPadding, frame.width)};
    const PatchRange ys{
        std::max(patch.ys.first - kStemPadding, 0), std::min(patch.ys.last + kStemPadding, frame.height)};
    const ptrdiff_t rowSize = static_cast<ptrdiff_t>(xs.length()) * kStemBlock;
    for (int row = 0; row < kStemKernel; ++row)
        convolveColumns(patch, kernel + static_cast<ptrdiff_t>(row) * kStemKernel * kStemBlock, xs,
            scratch + row * rowSize);
    for (int y = ys.first; y < ys.last; ++y) {
        const int from = std::max(patch.ys.first, y - kStemPadding);
        const int to = std::min(patch.ys.last, y + kStemPadding + 1);
        std::array<const float*, kStemKernel> rows{};
        std::array<float, kStemKernel> weights{};
        for (int source = from; source < to; ++source) {
            rows[static_cast<size_t>(source - from)] = scratch + (source - y + kStemPadding) * rowSize;
            weights[static_cast<size_t>(source - from)]
                = patch.rows[static_cast<size_t>(source - patch.ys.first)];
        }
        float* const out = frame.values + (static_cast<ptrdiff_t>(y) * frame.width + xs.first) * kStemBlock;
        addRows(to - from, out, xs.length(), rows.data(), weights.data());
    }
}

/// The greatest of each place's neighbours in a row.
TELLTALE_BODY void maximumAlong(const float* row, int width, float* out)
{
    for (int x = 0; x < width; ++x) {
        Outputs most;
        load(row + x * kStemBlock, most);
        for (const int other : {std::max(x - 1, 0), std::min(x + 1, width - 1)}) {
            Outputs neighbour;
            load(row + other * kStemBlock, neighbour);
            maximum(most, neighbour);
        }
        store(most, out + x * kStemBlock);
    }
}

TELLTALE_BODY void maximumInto(const float* row, int width, float* out)
{
    for (int i = 0; i < width * kStemBlock; i += kStemBlock) {
        Outputs ours;
        Outputs most;
        load(row + i, ours);
        load(out + i, most);
        maximum(most, ours);
        store(most, out + i);
    }
}

/// From [width][32] to one row of `outputs` planes.
TELLTALE_BODY void spreadPlain(
    const float* row, int width, int outputs, int first, float* out, int64_t stride)
{
    for (int channel = 0; channel < outputs; ++channel)
        for (int x = first; x < width; ++x)
            out[channel * stride + x] = row[x * kStemBlock + channel];
}

#if defined(TELLTALE_FOR_AVX2)
/// 8 x 8 numbers at a time, turned within registers.
TELLTALE_FOR_AVX2 inline void turn(const float* in, float* out, int64_t stride)
{
    __m256 pairs[8];
    __m256 quads[8];
    for (size_t i = 0; i < 8; i += 2) {
        const __m256 a = _mm256_loadu_ps(in + i * kStemBlock);
        const __m256 b = _mm256_loadu_ps(in + (i + 1) * kStemBlock);
        pairs[i] = _mm256_unpacklo_ps(a, b);
        pairs[i + 1] = _mm256_unpackhi_ps(a, b);
    }
    for (size_t i = 0; i < 8; i += 4) {
        quads[i] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
        quads[i + 1] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0xee);
        quads[i + 2] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
        quads[i + 3] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xee);
    }
    for (size_t i = 0; i < 4; ++i) {
        _mm256_storeu_ps(
            out + static_cast<int64_t>(i) * stride, _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x20));
        _mm256_storeu_ps(
            out + static_cast<int64_t>(i + 4) * stride, _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x31));
    }
}

TELLTALE_FOR_AVX2 void spreadAvx2(const float* row, int width, int outputs, float* out, int64_t stride)
{
    const int turned = outputs == kStemBlock ? width / 8 * 8 : 0;
    for (int channel = 0; channel < outputs && turned > 0; channel += 8)
        for (int x = 0; x < turned; x += 8)
            turn(row + x * kStemBlock + channel, out + channel * stride + x, stride);
    spreadPlain(row, width, outputs, turned, out, stride);
}
#endif

void spread(const float* row, int width, int outputs, float* out, int64_t stride)
{
#if defined(TELLTALE_FOR_AVX2)
    if (processor() != Processor::Any)
        return spreadAvx2(row, width, outputs, out, stride);
#endif
    spreadPlain(row, width, outputs, 0, out, stride);
}

TELLTALE_BODY void write(const StemFrame& frame, const StemOptions& options, int outputs, float* out,
    int64_t stride, float* scratch)
{
    const ptrdiff_t rowSize = static_cast<ptrdiff_t>(frame.width) * kStemBlock;
    if (options.relu)
        for (ptrdiff_t i = 0; i < rowSize * frame.height; i += kLanes) {
            Lanes lanes;
            loadLanes(frame.values + i, lanes);
            storeLanes(lanes > 0.0f ? lanes : Lanes{}, frame.values + i);
        }
    if (!options.pool) {
        for (int y = 0; y < frame.height; ++y)
            spread(frame.values + y * rowSize, frame.width, outputs,
                out + static_cast<ptrdiff_t>(y) * frame.width, stride);
        return;
    }
    // Rows that were already pooled along themselves go round in three places, the fourth takes the result.
    const auto along = [&](int y) { return scratch + y % 3 * rowSize; };
    float* const pooled = scratch + 3 * rowSize;
    maximumAlong(frame.values, frame.width, along(0));
    for (int y = 0; y < frame.height; ++y) {
        if (y + 1 < frame.height)
            maximumAlong(frame.values + (y + 1) * rowSize, frame.width, along(y + 1));
        std::copy_n(along(y), rowSize, pooled);
        if (y > 0)
            maximumInto(along(y - 1), frame.width, pooled);
        if (y + 1 < frame.height)
            maximumInto(along(y + 1), frame.width, pooled);
        spread(pooled, frame.width, outputs, out + static_cast<ptrdiff_t>(y) * frame.width, stride);
    }
}

// The same code for each kind of processor.
using Adder = void (*)(const StemFrame&, const StemPatch&, const float*, float*);
using Writer = void (*)(const StemFrame&, const StemOptions&, int, float*, int64_t, float*);

void addPlain(const StemFrame& frame, const StemPatch& patch, const float* kernel, float* scratch)
{
    add(frame, patch, kernel, scratch);
}

void writePlain(const StemFrame& frame, const StemOptions& options, int outputs, float* out, int64_t stride,
    float* scratch)
{
    write(frame, options, outputs, out, stride, scratch);
}

#if defined(TELLTALE_FOR_AVX2)
TELLTALE_FOR_AVX2 void addAvx2(
    const StemFrame& frame, const StemPatch& patch, const float* kernel, float* scratch)
{
    add(frame, patch, kernel, scratch);
}

TELLTALE_FOR_AVX2 void writeAvx2(const StemFrame& frame, const StemOptions& options, int outputs, float* out,
    int64_t stride, float* scratch)
{
    write(frame, options, outputs, out, stride, scratch);
}

constexpr std::array<Adder, 2> kAdders{addPlain, addAvx2};
constexpr std::array<Writer, 2> kWriters{writePlain, writeAvx2};
#else
constexpr std::array<Adder, 2> kAdders{addPlain, addPlain};
constexpr std::array<Writer, 2> kWriters{writePlain, writePlain};
#endif

void fillAxis(const PatchRange& range, float centre, float factor, float weight, float* out)
{
    for (int at = range.first; at < range.last; at += kLanes) {
        Lanes lanes = static_cast<float>(at) + kLaneNumbers;
        gaussianLanes(lanes, centre, factor, range);
        lanes *= weight;
        storeLanes(lanes, out + (at - range.first));
    }
}

} // namespace

StemPatch stemPatch(
    const float* xyScore, const StemPoints& points, const StemOptions& options, float* columns, float* rows)
{
    const float x = xyScore[0];
    const float y = xyScore[1];
    const float score = options.useScore ? xyScore[2] : 1.0f;
    if (!(score >= options.leastScore) || !(score < kFarAway) || !(std::abs(x) < kFarAway)
        || !(std::abs(y) < kFarAway))
        return {};
    StemPatch patch;
    patch.xs = patchRange(x, x, options.sigma, points.width);
    patch.ys = patchRange(y, y, options.sigma, points.height);
    if (patch.xs.empty() || patch.ys.empty())
        return {};
    const auto factor = static_cast<float>(0.5 / (options.sigma * options.sigma));
    fillAxis(patch.xs, x, factor, 1, columns);
    fillAxis(patch.ys, y, factor, score, rows);
    if (options.mirrored) {
        std::reverse(columns, columns + patch.xs.length());
        patch.xs = {points.width - patch.xs.last, points.width - patch.xs.first};
    }
    patch.columns = {columns, static_cast<size_t>(patch.xs.length())};
    patch.rows = {rows, static_cast<size_t>(patch.ys.length())};
    return patch;
}

void addPatch(const StemFrame& frame, const StemPatch& patch, const float* kernel, float* scratch)
{
    kAdders[static_cast<size_t>(processor())](frame, patch, kernel, scratch);
}

void writeStemFrame(const StemFrame& frame, const StemOptions& options, int outputs, float* out,
    int64_t stride, float* scratch)
{
    kWriters[static_cast<size_t>(processor())](frame, options, outputs, out, stride, scratch);
}

} // namespace telltale
