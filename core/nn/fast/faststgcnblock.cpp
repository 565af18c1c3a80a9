// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/fast/faststgcnblock.h"
#include <algorithm>
#include <torch/torch.h>

namespace telltale {

namespace {

using torch::Tensor;

/// Columns (frames times points) that are computed together: with 64 to 256 channels they fit into the second
/// level cache of today's processors. Ours.
constexpr int64_t kTileColumns = 1024;

/// Places in the scratch memory after the two that activations take turns in.
enum Place : size_t { kSlabs = 2, kMixed, kPadded, kTimed, kGathered };

struct Tile {
    int64_t first; ///< frame
    int64_t frames;
};

/// Rows of a matrix in memory.
struct Rows {
    float* values;
    int64_t stride; ///< numbers from row to row
    int64_t rows;
    int64_t columns;
};

Rows rowsOf(const Tensor& matrix)
{
    return {matrix.data_ptr<float>(), matrix.stride(0), matrix.size(0), matrix.size(1)};
}

/// y = max(y * scale + bias, 0) by row.
void scaleAndRectify(const Rows& y, const float* scale, const float* bias)
{
    for (int64_t row = 0; row < y.rows; ++row) {
        float* const values = y.values + row * y.stride;
        for (int64_t i = 0; i < y.columns; ++i)
            values[i] = std::max(values[i] * scale[row] + bias[row], 0.f);
    }
}

/// y += bias by row, the first `rectified` rows at least 0.
void addBias(const Rows& y, const float* bias, int64_t rectified)
{
    for (int64_t row = 0; row < y.rows; ++row) {
        float* const values = y.values + row * y.stride;
        if (row < rectified)
            for (int64_t i = 0; i < y.columns; ++i)
                values[i] = std::max(values[i] + bias[row], 0.f);
        else
            for (int64_t i = 0; i < y.columns; ++i)
                values[i] += bias[row];
    }
}

/// y = max(y + bias + x, 0) by row.
void addAndRectify(const Rows& y, const float* bias, const Rows& x)
{
    for (int64_t row = 0; row < y.rows; ++row) {
        float* const values = y.values + row * y.stride;
        const float* const added = x.values + row * x.stride;
        for (int64_t i = 0; i < y.columns; ++i)
            values[i] = std::max(values[i] + bias[row] + added[i], 0.f);
    }
}

/// y = max(y + bias + x, 0) with a bias per row and point; without x where that is empty.
void addByPointAndRectify(const Rows& y, const Tensor& bias, const Rows& x)
{
    const int64_t points = bias.size(1);
    const auto* biases = bias.data_ptr<float>();
    for (int64_t row = 0; row < y.rows; ++row) {
        const float* const own = biases + row * points;
        for (int64_t column = 0; column < y.columns; column += points) {
            float* const values = y.values + row * y.stride + column;
            if (x.values == nullptr) {
                for (int64_t i = 0; i < points; ++i)
                    values[i] = std::max(values[i] + own[i], 0.f);
                continue;
            }
            const float* const added = x.values + row * x.stride + column;
            for (int64_t i = 0; i < points; ++i)
                values[i] = std::max(values[i] + own[i] + added[i], 0.f);
        }
    }
}

/// Frames of a matrix [rows, frames * points] as a matrix of their own: in place where they lie side by side,
/// else copied into `gathered`.
Tensor framesOf(
    const Tensor& matrix, int64_t points, const Tile& tile, int64_t stride, const Tensor& gathered)
{
    if (stride == 1)
        return matrix.narrow(1, tile.first * points, tile.frames * points);
    const auto view = matrix.as_strided({matrix.size(0), tile.frames, points},
        {matrix.stride(0), stride * points, 1}, matrix.storage_offset() + tile.first * points);
    auto target = gathered.narrow(0, 0, matrix.size(0));
    target.view({matrix.size(0), tile.frames, points}).copy_(view);
    return target;
}

int64_t framesOfTile(int64_t points) { return std::max<int64_t>(kTileColumns / points, 1); }

/// Graph unit and the first convolutions of the branches, into the padded maps.
void runGraph(
    const FastBlock& block, const Tensor& x, const Tensor& padded, const Tile& tile, FastScratch& scratch)
{
    const int64_t points = x.size(2);
    const int64_t columns = tile.frames * points;
    const auto slices = static_cast<int64_t>(block.graphs.size());
    const auto slabs = scratch.take(kSlabs, {(slices + 1) * block.in, columns});
    auto input = slabs.narrow(0, slices * block.in, block.in);
    input.copy_(x.view({block.in, -1}).narrow(1, tile.first * points, columns));
    const auto inputRows = input.view({-1, points});
    for (int64_t slice = 0; slice < slices; ++slice) {
        auto slab = slabs.narrow(0, slice * block.in, block.in).view({-1, points});
        at::mm_out(slab, inputRows, block.graphs[static_cast<size_t>(slice)]);
    }
    auto mixed = scratch.take(kMixed, {block.out, columns});
    at::mm_out(mixed, block.mix, slabs.narrow(0, 0, block.mix.size(1)));
    addByPointAndRectify(rowsOf(mixed), block.mixBias, block.mixShortcut ? Rows{} : rowsOf(input));
    auto target = padded.narrow(1, (tile.first + kTimePadding) * points, columns);
    at::mm_out(target, block.branches, mixed);
    addBias(rowsOf(target), block.branchBias.data_ptr<float>(), block.out - block.width);
}

/// What the branches see over time, [out, columns of the tile].
Tensor runBranches(
    const FastBlock& block, const Tensor& padded, int64_t points, const Tile& tile, FastScratch& scratch)
{
    const int64_t columns = tile.frames * points;
    auto timed = scratch.take(kTimed, {block.out, columns});
    const auto gathered = scratch.take(kGathered, {std::max(block.in, block.out), columns});
    const auto from = [&](const Tensor& rows, int64_t offset) {
        const Tile source{tile.first * block.stride + kTimePadding + offset, tile.frames};
        return framesOf(rows, points, source, block.stride, gathered);
    };
    int64_t row = 0;
    for (int64_t branch = 0; branch < kDilatedBranches; ++branch) {
        const int64_t width = block.branchWidth(branch);
        const auto rows = padded.narrow(0, row, width);
        auto target = timed.narrow(0, row, width);
        for (int64_t tap = 0; tap < kTimeTaps; ++tap) {
            const auto& kernel = block.taps[static_cast<size_t>(branch * kTimeTaps + tap)];
            const auto source = from(rows, (tap - kTimeTaps / 2) * (branch + 1));
            if (tap == 0)
                at::mm_out(target, kernel, source);
            else
                at::addmm_out(target, target, kernel, source);
        }
        row += width;
    }
    // Rectified maps between zeros: the greatest of three needs no other padding.
    const auto rows = padded.narrow(0, row, block.width);
    auto greatest = timed.narrow(0, row, block.width);
    greatest.copy_(from(rows, -1));
    for (const int64_t offset : {0, 1})
        at::maximum_out(greatest, greatest, from(rows, offset));
    row += block.width;
    timed.narrow(0, row, block.width).copy_(from(padded.narrow(0, row, block.width), 0));
    scaleAndRectify(rowsOf(timed), block.timeScale.data_ptr<float>(), block.timeBias.data_ptr<float>());
    return timed;
}

void runTime(const FastBlock& block, const Tensor& x, const Tensor& padded, const Tensor& result,
    const Tile& tile, FastScratch& scratch)
{
    const int64_t points = x.size(2);
    const int64_t columns = tile.frames * points;
    const auto timed = runBranches(block, padded, points, tile, scratch);
    auto target = result.narrow(1, tile.first * points, columns);
    at::mm_out(target, block.transform, timed);
    const auto* bias = block.transformBias.data_ptr<float>();
    const auto input = x.view({block.in, -1});
    if (!block.residual) {
        addBias(rowsOf(target), bias, block.out);
        return;
    }
    if (!block.shortcut.defined()) {
        addAndRectify(rowsOf(target), bias, rowsOf(input.narrow(1, tile.first * points, columns)));
        return;
    }
    const auto gathered = scratch.take(kGathered, {std::max(block.in, block.out), columns});
    const Tile source{tile.first * block.stride, tile.frames};
    at::addmm_out(target, target, block.shortcut, framesOf(input, points, source, block.stride, gathered));
    addBias(rowsOf(target), bias, block.out);
}

} // namespace

Tensor FastScratch::take(size_t place, std::vector<int64_t> shape)
{
    if (m_places.size() <= place)
        m_places.resize(place + 1);
    int64_t count = 1;
    for (const int64_t size : shape)
        count *= size;
    Tensor& memory = m_places[place];
    if (!memory.defined() || memory.numel() < count)
        memory = torch::empty({count}, torch::kFloat);
    return memory.narrow(0, 0, count).view(shape);
}

Tensor runBlock(const FastBlock& block, const Tensor& x, size_t side, FastScratch& scratch)
{
    const int64_t frames = x.size(1);
    const int64_t points = x.size(2);
    const int64_t fewer = (frames - 1) / block.stride + 1;
    const int64_t step = framesOfTile(points);
    const auto padded = scratch.take(kPadded, {block.out, (frames + 2 * kTimePadding) * points});
    padded.narrow(1, 0, kTimePadding * points).zero_();
    padded.narrow(1, (frames + kTimePadding) * points, kTimePadding * points).zero_();
    for (int64_t first = 0; first < frames; first += step)
        runGraph(block, x, padded, {first, std::min(step, frames - first)}, scratch);
    const auto result = scratch.take(1 - side, {block.out, fewer * points});
    for (int64_t first = 0; first < fewer; first += step)
        runTime(block, x, padded, result, {first, std::min(step, fewer - first)}, scratch);
    return result.view({block.out, fewer, points});
}

} // namespace telltale
