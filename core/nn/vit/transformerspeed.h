// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace telltale {

/// What a video transformer is measured on: chunks of 16 random frames.
struct TransformerWork {
    std::string size = "S"; ///< as visionTransformerOfSize()
    int64_t side = 160; ///< pixels
    int64_t chunks = 1; ///< of a batch, or of a window
    int threads = 1;
};

/// A transformer with drawn weights, its clips, and a great matrix product, on the processor. The functions
/// compute once, for somebody who measures. One thread at a time.
class TransformerSpeed {
public:
    /// InvalidArgument for a size that is not published, or none that can be measured.
    static Result<std::unique_ptr<TransformerSpeed>> create(const TransformerWork& work);
    virtual ~TransformerSpeed() = default;

    virtual void infer() = 0; ///< as features are computed
    virtual void layers() = 0; ///< layer by layer
    virtual void product() = 0;
    /// Multiplications of infer(), of matrix products alone, and of product().
    virtual double operations() const = 0;
    virtual double productOperations() const = 0;
    /// Between both results, of the greatest value.
    virtual double worstDifference() = 0;
};

/// Forward and backward of a window of as many chunks through the transformer with decoupled adapters in
/// every block: for measuring its memory.
Status trainTransformerOnce(const TransformerWork& work, bool checkpointing);

} // namespace telltale
