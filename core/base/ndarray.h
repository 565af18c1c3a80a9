// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace telltale {

/// A dense float32 array in row-major order: the currency between layers, so that no tensor library shows.
struct NdArray {
    std::vector<int64_t> shape;
    std::vector<float> values;

    NdArray() = default;
    explicit NdArray(std::vector<int64_t> dims) : shape(std::move(dims)), values(static_cast<size_t>(count()))
    {
    }
    /// Product of the dimensions; 1 for a scalar (empty shape).
    int64_t count() const
    {
        return std::accumulate(
            shape.begin(), shape.end(), int64_t{1}, [](int64_t a, int64_t b) { return a * b; });
    }
    bool empty() const { return values.empty(); }
};

} // namespace telltale
