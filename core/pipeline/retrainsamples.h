// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "pipeline/retrain.h"

namespace telltale {

/// The open proposals alone, as samples of weight 0 with the embeddings that their predictions keep, and what
/// it takes to find the others. Nothing that a person decided is in it. Any thread. Cancelled.
Result<RetrainRequest> openProposals(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale
