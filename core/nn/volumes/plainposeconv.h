// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "nn/safetensors.h"
#include "nn/volumes/slowonlyoptions.h"
#include <memory>

namespace telltale {

/// SlowOnly as LibTorch computes it step by step: what tests and benchmarks hold FastPoseConv against, and
/// whose training step they time. One thread at a time; throws c10::Error.
class PlainPoseConv {
public:
    /// Weights drawn from `seed`, with statistics and scales of the normalisations that are not those of a
    /// new network.
    PlainPoseConv(const SlowOnlyOptions& options, uint64_t seed);
    ~PlainPoseConv();
    PlainPoseConv(const PlainPoseConv&) = delete;
    PlainPoseConv& operator=(const PlainPoseConv&) = delete;

    TensorFile weights() const;
    /// Volume [channels, frames, height, width]; copied.
    void setVolume(const NdArray& volume);
    /// Features in evaluation by that many threads.
    NdArray embed(int threads);
    /// One step of gradient descent with momentum on a batch of that many such volumes, with a linear
    /// classifier of 32 classes; the loss before it.
    double trainingStep(int64_t batch, int threads);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace telltale
