// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale {

/// Makes a project of synthetic subjects that is ready to open: videos, tracks, some decided spans, proposals
/// and retrained heads. `size`: tiny (seconds), small (at most a minute), full. Conflict if DIR holds a
/// project.
Status makeDemo(
    const std::filesystem::path& folder, const std::string& size, uint64_t seed, ProgressSink& progress);

/// Trains the shipped demo weights from synthetic subjects: writes them with recipe and measured scores to
/// `out`.
Status trainDemoWeights(const std::filesystem::path& recipe, const std::filesystem::path& out, uint64_t seed,
    ProgressSink& progress);

} // namespace telltale
