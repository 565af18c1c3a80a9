// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/vit/fusedattention.h"
#include "base/lanes.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <torch/types.h>

namespace telltale {

namespace {

using torch::Tensor;

/// Scores that are computed together: with some hundred tokens' keys they fit into the second level cache of
/// today's processors and leave the products large enough. Ours.
constexpr int64_t kScores = 192 * 1024;
constexpr int64_t kLeastRows = 16;

/// exp((scores - greatest) * scale) in place; their sum.
TELLTALE_BODY float exponentials(float* scores, int64_t count, float scale)
{
    const int64_t whole = count - count % kLanes;
    float greatest = scores[0];
    if (whole > 0) {
        Lanes most;
        loadLanes(scores, most);
        for (int64_t i = kLanes; i < whole; i += kLanes) {
            Lanes x;
            loadLanes(scores + i, x);
            most = x > most ? x : most;
        }
        for (int lane = 0; lane < kLanes; ++lane)
            greatest = std::max(greatest, most[lane]);
    }
    for (int64_t i = whole; i < count; ++i)
        greatest = std::max(greatest, scores[i]);
    Lanes sums{};
    for (int64_t i = 0; i < whole; i += kLanes) {
        Lanes x;
        loadLanes(scores + i, x);
        x = (x - greatest) * scale;
        expOfNegative(x);
        sums += x;
        storeLanes(x, scores + i);
    }
    float sum = 0;
    for (int lane = 0; lane < kLanes; ++lane)
        sum += sums[lane];
    if (whole < count) {
        Lanes x{};
        for (int64_t i = whole; i < count; ++i)
            x[i - whole] = (scores[i] - greatest) * scale;
        expOfNegative(x);
        for (int64_t i = whole; i < count; ++i) {
            scores[i] = x[i - whole];
            sum += x[i - whole];
        }
    }
    return sum;
}

/// A matrix in memory.
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

TELLTALE_BODY void exponentialRows(const Rows& scores, float scale, float* sums)
{
    for (int64_t row = 0; row < scores.rows; ++row)
        sums[row] = exponentials(scores.values + row * scores.stride, scores.columns, scale);
}

#ifdef TELLTALE_FOR_AVX2
TELLTALE_FOR_AVX2 void exponentialRowsAvx2(const Rows& scores, float scale, float* sums)
{
    exponentialRows(scores, scale, sums);
}
#endif

void exponentialsOf(const Rows& scores, float scale, float* sums)
{
#ifdef TELLTALE_FOR_AVX2
    if (processor() == Processor::Avx2)
        return exponentialRowsAvx2(scores, scale, sums);
#endif
    exponentialRows(scores, scale, sums);
}

void divideRows(const Rows& values, const float* sums)
{
    for (int64_t row = 0; row < values.rows; ++row) {
        const float factor = 1 / sums[row];
        float* const own = values.values + row * values.stride;
        for (int64_t i = 0; i < values.columns; ++i)
            own[i] *= factor;
    }
}

} // namespace

Tensor fusedAttention(const Tensor& mixed, int64_t heads)
{
    const int64_t clips = mixed.size(0);
    const int64_t tokens = mixed.size(1);
    const int64_t width = mixed.size(2) / 3;
    const int64_t channels = width / heads;
    const float scale = 1 / std::sqrt(static_cast<float>(channels));
    const int64_t most = std::clamp(kScores / tokens, std::min(kLeastRows, tokens), tokens);
    const int64_t blocks = (tokens + most - 1) / most;
    const int64_t rows = (tokens + blocks - 1) / blocks; // alike, so that threads end together
    auto result = torch::empty({clips, tokens, width}, mixed.options());
    at::parallel_for(0, clips * heads * blocks, 1, [&](int64_t first, int64_t last) {
        const torch::NoGradGuard guard;
        const auto scores = torch::empty({rows, tokens}, mixed.options());
        std::vector<float> sums(static_cast<size_t>(rows));
        for (int64_t task = first; task < last; ++task) {
            const int64_t row = task % blocks * rows;
            const int64_t count = std::min(rows, tokens - row);
            const int64_t channel = task / blocks % heads * channels;
            const int64_t clip = task / blocks / heads;
            const auto part
                = [&](int64_t which) { return mixed[clip].narrow(1, which * width + channel, channels); };
            auto own = scores.narrow(0, 0, count);
            at::mm_out(own, part(0).narrow(0, row, count), part(1).t());
            exponentialsOf(rowsOf(own), scale, sums.data());
            auto target = result[clip].narrow(0, row, count).narrow(1, channel, channels);
            at::mm_out(target, own, part(2));
            divideRows(rowsOf(target), sums.data());
        }
    });
    return result;
}

} // namespace telltale
