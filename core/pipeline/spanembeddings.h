// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "pipeline/retrain.h"
#include <string>
#include <vector>

namespace telltale {

class Ensemble;

/// Where embeddings may come from.
enum class EmbeddingSource {
    Anywhere,
    Cache, ///< only what was computed before; the networks do not run
};

/// Fills in the embeddings that samples lack (or that other networks made), from video and track, through
/// cache/features. Samples whose video and track are both gone stay empty. Returns notes. Cancelled.
Result<std::vector<std::string>> completeEmbeddings(const RetrainRequest& request, Ensemble& ensemble,
    std::vector<HeadSample>& samples, ProgressSink& progress,
    EmbeddingSource source = EmbeddingSource::Anywhere);

} // namespace telltale
