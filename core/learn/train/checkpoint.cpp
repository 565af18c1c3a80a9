// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/checkpoint.h"
#include "learn/train/history.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr const char* kSpec = "stream";
constexpr const char* kRecipe = "recipe";
constexpr const char* kData = "data";
constexpr const char* kState = "state";
constexpr const char* kHistory = "history";

Json stateJson(const TrainState& state)
{
    return {{"step", state.step}, {"lossSum", state.lossSum}, {"semanticSum", state.semanticSum},
        {"seconds", state.seconds}, {"optimizerSteps", state.optimizerSteps}, {"scale", state.scale.factor},
        {"scaleSteps", state.scale.goodSteps}, {"scaleActive", state.scale.active},
        {"bestMetric", state.bestMetric}, {"bestEpoch", state.bestEpoch},
        {"stoppedEarly", state.stoppedEarly}};
}

TrainState stateFrom(const Json& json)
{
    TrainState state;
    json.at("step").get_to(state.step);
    json.at("lossSum").get_to(state.lossSum);
    json.at("semanticSum").get_to(state.semanticSum);
    json.at("seconds").get_to(state.seconds);
    json.at("optimizerSteps").get_to(state.optimizerSteps);
    json.at("scale").get_to(state.scale.factor);
    json.at("scaleSteps").get_to(state.scale.goodSteps);
    json.at("scaleActive").get_to(state.scale.active);
    json.at("bestMetric").get_to(state.bestMetric);
    json.at("bestEpoch").get_to(state.bestEpoch);
    json.at("stoppedEarly").get_to(state.stoppedEarly);
    return state;
}

/// Empty, or why the file belongs to another training.
Result<std::string> differenceFrom(
    const StoredTensors& stored, const TrainIdentity& identity, const std::string& file)
{
    for (const char* key : {kSpec, kRecipe, kData, kState, kHistory}) {
        if (!stored.metadata.contains(key))
            return Error{ErrorCode::BadFormat,
                file + ": lacks \"" + key + "\"; it is no checkpoint of a training. Start without resuming."};
    }
    const auto spec = parseStreamSpec(stored.metadata.at(kSpec), file);
    if (!spec)
        return spec.error();
    if (std::string difference = streamSpecDifference(*spec, identity.spec); !difference.empty())
        return difference;
    const std::string recipe
        = trainRecipeDifference(stored.metadata.at(kRecipe), trainRecipeText(identity.recipe));
    if (!recipe.empty())
        return "its recipe has " + recipe;
    if (stored.metadata.at(kData) != identity.data)
        return std::string("it was trained on other clips, labels or weights");
    return std::string();
}

} // namespace

Status writeCheckpoint(const std::filesystem::path& file, const TensorMap& tensors, const TrainState& state,
    const TrainIdentity& identity)
{
    return writeTensors(file, tensors,
        {{kSpec, streamSpecText(identity.spec)}, {kRecipe, trainRecipeText(identity.recipe)},
            {kData, identity.data}, {kState, stateJson(state).dump()},
            {kHistory, historyText(state.history)}});
}

Result<TrainState> readCheckpoint(
    const std::filesystem::path& file, const TensorMap& tensors, const TrainIdentity& identity)
{
    const auto stored = readTensors(file);
    if (!stored)
        return stored.error();
    const auto difference = differenceFrom(*stored, identity, file.string());
    if (!difference)
        return difference.error();
    if (!difference->empty())
        return Error{ErrorCode::BadFormat,
            file.string() + " is a checkpoint of another training: " + *difference
                + ". Give the training another folder, or start it without resuming."};
    auto history = parseHistory(stored->metadata.at(kHistory), file.string());
    if (!history)
        return history.error();
    TrainState state;
    try {
        state = stateFrom(Json::parse(stored->metadata.at(kState)));
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            file.string() + ": where the training was cannot be read (" + error.what()
                + "). Start without resuming."};
    }
    if (const Status status = copyTensors(stored->tensors, tensors, file.string()); !status)
        return status.error();
    state.history = *std::move(history);
    return state;
}

} // namespace telltale
