// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// How what two branches found is joined. With one branch, it is added whatever this says.
enum class AdapterFuse {
    Sum, ///< added to the bottleneck, each times a learned number (beginning with 1)
    Concat, ///< each added to the bottleneck, side by side before the up projection, which is twice as wide
    Gated, ///< added times a gate per channel and moment: twice the sigmoid of a layer over the picture's
           ///< mean, beginning with 1
};

enum class AdapterOrder {
    Parallel, ///< both read the bottleneck
    TemporalThenSpatial, ///< the spatial one reads what the temporal one added to it
};

/// An adapter between two linear layers: the temporal branch sees each place over the whole window, the
/// spatial one each moment's neighbourhood, neither shares a kernel with the other (Spatial-Temporal
/// Decoupled Adapter, arXiv 2606.07355, of which bottleneck and kernels are published; the rest is built as
/// AdaTAD's adapter is). The temporal branch alone is AdaTAD's TIA (arXiv 2311.17241; OpenTAD,
/// backbones/vit_adapter.py); neither branch its plain adapter.
struct AdapterOptions {
    double ratio = 0.25; ///< channels of the bottleneck for one of the transformer
    int64_t temporalKernel = 3; ///< token times, odd
    int64_t spatialKernel = 3; ///< token rows and columns, odd
    bool temporal = true; ///< the branch is there
    bool spatial = true;
    bool temporalPointwise = true; ///< channels are mixed behind the branch's depthwise kernel
    bool spatialPointwise = true;
    AdapterFuse fuse = AdapterFuse::Sum;
    AdapterOrder order = AdapterOrder::Parallel;
    int64_t last = -1; ///< so many last blocks are adapted; below 0: all; 0: none, the transformer is frozen
    std::vector<int64_t> blocks; ///< the adapted blocks, from 0; empty: as `last` says
};

/// AdaTAD's: the temporal branch alone, in every block.
AdapterOptions temporalAdapterOptions();

/// Which of `depth` blocks are adapted. InvalidArgument names what is out of range.
Result<std::vector<bool>> adaptedBlocks(const AdapterOptions& options, int64_t depth);

} // namespace telltale
