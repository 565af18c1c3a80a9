// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networks.h"
#include "nn/networkspec.h"

namespace telltale {

/// The network of that kind with weights drawn from `seed`. InvalidArgument lists the kinds there are, or
/// says which number of the recipe does not fit. Inputs of its embed(): skeleton kinds [N, persons, frames,
/// points, channels]; volumes and pictures [N, channels, frames, height, width], pictures in 0..1.
Result<std::shared_ptr<ClipNetwork>> makeNetwork(
    const NetworkSpec& spec, const NetworkInput& input, uint64_t seed);

} // namespace telltale
