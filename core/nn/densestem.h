// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "nn/sparsestem.h"
#include <memory>

namespace telltale {

/// The layer of SparseStem as LibTorch computes it from the volume of maps: what tests and benchmarks hold
/// the sparse one against. One thread at a time.
class DenseStem {
public:
    /// `doublePrecision`: everything in float64, for judging errors.
    DenseStem(const StemWeights& weights, bool doublePrecision);
    ~DenseStem();
    DenseStem(const DenseStem&) = delete;
    DenseStem& operator=(const DenseStem&) = delete;

    /// The maps to work on, [inputs, frames, height, width]; copied.
    void setVolume(const NdArray& volume);
    /// Convolution, and rectifier and pooling as `options` say, with as many threads; the rest of them is not
    /// used.
    void run(const StemOptions& options);
    /// What run() computed, [outputs, frames, height, width].
    NdArray result() const;

private:
    struct Tensors;
    std::unique_ptr<Tensors> m_tensors;
};

} // namespace telltale
