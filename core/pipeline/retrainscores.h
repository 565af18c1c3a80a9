// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/frozenproject.h"
#include "review/whatif.h"
#include <filesystem>
#include <map>
#include <vector>

namespace telltale {

/// What heads say of the open proposals of a project, from embeddings that are there already: stored with the
/// predictions, or kept by a retraining. Any thread; the networks do not run. Errors of loading heads;
/// Cancelled within a second.

/// Probabilities by the active heads, by prediction id: of those proposals that other heads, or none, had
/// named.
Result<std::map<int64_t, std::vector<float>>> rescoreProposals(
    const FrozenProject& project, ProgressSink& progress);

/// What the heads in the file would say beside the active ones. Nothing that a person decided is in it.
Result<WhatIf> whatIf(
    const FrozenProject& project, const std::filesystem::path& newHeads, ProgressSink& progress);

} // namespace telltale
