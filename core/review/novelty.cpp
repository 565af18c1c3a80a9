// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/novelty.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr size_t kTogether = 4; ///< items that share one pass over the examples

/// [width][examples]: sums then run along the examples, which needs no other order of additions.
std::vector<float> transposed(const FeatureRows& rows)
{
    const size_t count = rows.count();
    std::vector<float> columns(rows.width * count);
    for (size_t row = 0; row < count; ++row)
        for (size_t k = 0; k < rows.width; ++k)
            columns[k * count + row] = rows.values[row * rows.width + k];
    return columns;
}

void addProducts(std::vector<float>& sums, float factor, const float* column, size_t count)
{
    float* sum = sums.data();
    for (size_t j = 0; j < count; ++j)
        sum[j] += factor * column[j];
}

} // namespace

void normalise(std::span<float> part)
{
    double squares = 0;
    for (const float value : part)
        squares += static_cast<double>(value) * static_cast<double>(value);
    if (!(squares > 0) || !std::isfinite(squares)) {
        std::ranges::fill(part, 0.0F);
        return;
    }
    const auto scale = static_cast<float>(1 / std::sqrt(squares));
    for (float& value : part)
        value *= scale;
}

std::vector<float> novelty(const FeatureRows& items, const FeatureRows& examples)
{
    std::vector<float> found(items.count(), 1.0F);
    const size_t count = examples.count();
    if (count == 0 || items.width != examples.width)
        return found;
    const std::vector<float> columns = transposed(examples);
    std::array<std::vector<float>, kTogether> sums;
    for (size_t first = 0; first < found.size(); first += kTogether) {
        const size_t together = std::min(kTogether, found.size() - first);
        for (auto& one : sums)
            one.assign(count, 0.0F);
        for (size_t k = 0; k < items.width; ++k)
            for (size_t i = 0; i < together; ++i)
                addProducts(
                    sums[i], items.values[(first + i) * items.width + k], columns.data() + k * count, count);
        for (size_t i = 0; i < together; ++i)
            found[first + i] = std::clamp(1 - *std::ranges::max_element(sums[i]), 0.0F, 1.0F);
    }
    return found;
}

} // namespace telltale
