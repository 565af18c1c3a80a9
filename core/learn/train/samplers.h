// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// The samples of one epoch in their order, as many as `labels` has. `labels`: class of each sample, -1: left
/// aside. "natural": each once. "balanced": each class that has samples equally often; "square-root": as
/// often as the square root of its count says; within a class no sample comes again before all have come.
/// Depends on the arguments alone.
std::vector<int64_t> epochOrder(
    const std::string& sampler, const std::vector<int>& labels, int classes, Random random);

/// First position of each of `steps` batches in an epoch of `samples`, and the end: sizes differ by one at
/// most.
std::vector<int64_t> batchBounds(int64_t samples, int64_t batch);

} // namespace telltale
