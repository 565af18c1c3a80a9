// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/preparedrun.h"
#include "data/birthrecord.h"
#include "data/store/predictionblock.h"
#include "data/store/scorefiles.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

bool allFinite(const std::vector<float>& values)
{
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

bool isFinite(const Prediction& prediction)
{
    return std::isfinite(prediction.detectorScore) && allFinite(prediction.fused)
        && std::ranges::all_of(prediction.modalities, [](const auto& entry) {
               return allFinite(entry.second.probabilities) && allFinite(entry.second.embedding);
           });
}

PredictionHead headOf(const Prediction& prediction)
{
    PredictionHead head{prediction.person, prediction.span};
    size_t widest = prediction.fused.size();
    for (const auto& [name, scores] : prediction.modalities)
        widest = std::max(widest, scores.probabilities.size());
    head.classes = static_cast<int>(widest);
    if (!prediction.fused.empty())
        head.bestClass
            = static_cast<int>(std::ranges::max_element(prediction.fused) - prediction.fused.begin());
    return head;
}

/// The birth record as the consensus wrote it, in the columns of the table.
PseudoLabel labelOf(const Prediction& prediction, int64_t place, const PredictionRun& run)
{
    PseudoLabel label = pseudoLabelOf(prediction.birth);
    label.predictionId = place;
    label.recipe = run.recipe;
    return label;
}

} // namespace

Result<PreparedRun> prepareRun(
    ScoreFiles& files, PredictionRun run, const std::vector<Prediction>& predictions)
{
    PreparedRun prepared;
    prepared.run = std::move(run);
    prepared.run.predictions = static_cast<int64_t>(predictions.size());
    prepared.heads.reserve(predictions.size());
    for (const Prediction& prediction : predictions) {
        if (!isFinite(prediction))
            return Error{ErrorCode::InvalidArgument,
                "the prediction at frame " + std::to_string(prediction.span.first)
                    + " holds a number that is not finite"};
        if (prediction.pseudoLabel)
            prepared.pseudoLabels.push_back(
                labelOf(prediction, static_cast<int64_t>(prepared.heads.size()), prepared.run));
        prepared.heads.push_back(headOf(prediction));
    }
    if (predictions.empty())
        return prepared;
    const auto segment = files.append(formatPredictions(predictions));
    if (!segment)
        return segment.error();
    prepared.block.digest = segment->digest;
    prepared.block.file = segment->file;
    prepared.block.offset = segment->offset;
    prepared.block.bytes = segment->bytes;
    return prepared;
}

} // namespace telltale
