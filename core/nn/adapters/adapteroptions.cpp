// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/adapters/adapteroptions.h"
#include <algorithm>
#include <string>

namespace telltale {

AdapterOptions temporalAdapterOptions()
{
    AdapterOptions options;
    options.spatial = false;
    return options;
}

Result<std::vector<bool>> adaptedBlocks(const AdapterOptions& options, int64_t depth)
{
    std::vector<bool> adapted(static_cast<size_t>(depth), false);
    if (options.blocks.empty()) {
        if (options.last > depth)
            return Error{ErrorCode::InvalidArgument,
                "The last " + std::to_string(options.last) + " blocks cannot be adapted: the transformer has "
                    + std::to_string(depth) + "."};
        const int64_t first = options.last < 0 ? 0 : depth - options.last;
        std::fill(adapted.begin() + first, adapted.end(), true);
        return adapted;
    }
    for (const int64_t block : options.blocks) {
        if (block < 0 || block >= depth)
            return Error{ErrorCode::InvalidArgument,
                "There is no block " + std::to_string(block) + " to adapt: the transformer's blocks are 0 to "
                    + std::to_string(depth - 1) + "."};
        adapted[static_cast<size_t>(block)] = true;
    }
    return adapted;
}

} // namespace telltale
