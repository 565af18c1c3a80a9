// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/types.h"
#include <filesystem>
#include <string>

namespace telltale {

/// Curves of a run on disk: one .npy, float32 [5, frames], rows in the order detector, joint, heatmap, rgb,
/// motion; a lane that does not exist is NaN.

/// Writes below `cache` and returns the path relative to it; the name is the content's digest.
Result<std::string> writeLanes(const std::filesystem::path& cache, const LaneCurves& lanes);
/// BadFormat if the file is not of that form.
Result<LaneCurves> readLanes(const std::filesystem::path& file);

} // namespace telltale
