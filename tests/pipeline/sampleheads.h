// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "pipeline/models.h"
#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

namespace telltale::sample {

/// More proposals like those of the demo, as a run of the same heads would bring them.
inline Status addProposals(Document& document, int count)
{
    std::vector<std::shared_ptr<const Prediction>> known;
    for (const Annotation& span : document.allAnnotations())
        if (const auto prediction = document.prediction(span.predictionId))
            known.push_back(prediction);
    if (known.empty())
        return Error{ErrorCode::NotFound, "the demo has no predictions"};
    PredictionRun run = document.runs(known.front()->videoId).back();
    std::vector<Prediction> more;
    for (int i = 0; i < count; ++i) {
        Prediction one = *known[static_cast<size_t>(i) % known.size()];
        one.span = {5 + i * 25, 20 + i * 25};
        more.push_back(one);
    }
    run.id = 0;
    const auto entered = document.importRun(run, more);
    return entered ? Status() : Status(entered.error());
}

/// Heads in the project that name everything class `named`, whatever the clip.
inline Result<std::filesystem::path> headsOfOneClass(const Document& document, int named)
{
    auto models = loadModels({}, document.scheme());
    if (!models)
        return models.error();
    HeadSet heads = models->heads;
    for (auto& [modality, head] : heads.heads) {
        std::fill(head.weight.begin(), head.weight.end(), 0.0F);
        std::fill(head.bias.begin(), head.bias.end(), 0.0F);
        head.bias.at(static_cast<size_t>(named)) = 9;
    }
    const auto file = document.absolute("models/heads-of-one-class.safetensors");
    const Status written = writeHeads(file, heads, "{}");
    return written ? Result<std::filesystem::path>(file) : Result<std::filesystem::path>(written.error());
}

} // namespace telltale::sample
