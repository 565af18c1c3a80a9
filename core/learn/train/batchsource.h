// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <span>
#include <torch/types.h>

namespace telltale {

/// Labelled samples of one stream, made into tensors when they are asked for. All functions may be called
/// from several threads at once.
class BatchSource {
public:
    virtual ~BatchSource() = default;
    virtual int64_t size() const = 0;
    /// Class of a sample; -1: nobody has said.
    virtual int label(int64_t sample) const = 0;
    /// How much the label counts in the loss, beside its class weight; 0 to 1 for pseudo-labels.
    virtual double weight(int64_t sample) const = 0;
    /// [samples, ...] in main memory. Equal arguments give equal bits. `augment`: as training sees them.
    virtual torch::Tensor inputs(std::span<const int64_t> samples, bool augment, uint64_t seed) const = 0;
    /// What remains to be done on the device that trains, e.g. drawing heat maps; the identity by default.
    virtual torch::Tensor onDevice(const torch::Tensor& inputs) const { return inputs; }
    /// Versions of each sample whose probabilities are averaged when scoring (mirrored, other cuts).
    virtual int views() const { return 1; }
    virtual torch::Tensor view(std::span<const int64_t> samples, int view) const
    {
        (void)view;
        return inputs(samples, false, 0);
    }
};

} // namespace telltale
