// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <memory>
#include <vector>

namespace telltale {

/// What ST-GCN++ of the published size is measured on: random clips of one person on a skeleton whose points
/// form a chain (the time depends on their number alone).
struct SkeletonWork {
    int points = 17;
    int64_t frames = 100;
    int64_t clips = 4; ///< of a batch
    int threads = 1;
};

/// How long a batch takes, in milliseconds of a round.
struct SkeletonRound {
    double layers = 0; ///< layer by layer, as LibTorch computes them
    double fast = 0; ///< FastStGcn
    double product = 0; ///< one great matrix product, for its rate
    double productOperations = 0; ///< multiplications of it
};
struct SkeletonSpeed {
    std::vector<SkeletonRound> rounds; ///< measured in turns
    int64_t products = 0; ///< multiplications of FastStGcn for the batch, of matrix products alone
    double worstDifference = 0; ///< between both results, of the greatest value
    /// Median over the rounds: rate of the fast form : rate of the great product.
    double shareOfProduct() const;
};
/// One thread is measured in the process's CPU time, several in wall time. InvalidArgument for sizes that
/// make no sense.
Result<SkeletonSpeed> measureSkeletonSpeed(const SkeletonWork& work, int rounds);

/// One batch in the fast form or layer by layer: for measuring its memory.
Status runSkeletonOnce(const SkeletonWork& work, bool fast);

/// Training steps of ST-GCN++ with a linear classifier: forward, backward, and stochastic gradient descent
/// with momentum, on random clips. One thread at a time.
class SkeletonTraining {
public:
    static Result<std::unique_ptr<SkeletonTraining>> create(const SkeletonWork& work);
    virtual ~SkeletonTraining() = default;
    /// Some steps; the loss of the last.
    virtual double run(int steps) = 0;
};

} // namespace telltale
