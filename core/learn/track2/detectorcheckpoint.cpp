// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectorcheckpoint.h"
#include "learn/track2/detectorhistory.h"
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr const char* kState = "state";
constexpr const char* kIdentity = "identity";

std::string identityText(const DetectorIdentity& identity)
{
    return Json{{"recipe", identity.recipe}, {"set", identity.set}, {"training", identity.training},
        {"train", identity.train}, {"validation", identity.validation}}
        .dump();
}

} // namespace

TensorMap learnedTensors(const DetectorNetwork& network)
{
    TensorMap tensors = storedTensors(network);
    std::erase_if(tensors, [](const auto& item) {
        return item.first.rfind("backbone.", 0) == 0 && !isAdapterParameter(item.first);
    });
    return tensors;
}

Status writeDetectorCheckpoint(const std::filesystem::path& file, const TensorMap& tensors,
    const DetectorState& state, const DetectorIdentity& identity)
{
    const Json json{{"epoch", state.epoch}, {"optimizer_steps", state.optimizerSteps},
        {"normaliser", state.normaliser}, {"class_losses", state.classLosses},
        {"best_metric", state.bestMetric}, {"best_epoch", state.bestEpoch},
        {"history", Json::parse(detectorHistoryText(state.history))}};
    const Status status
        = writeTensors(file, tensors, {{kState, json.dump()}, {kIdentity, identityText(identity)}});
    return status ? status
                  : Error{status.error().code,
                      status.error().message
                          + ". The checkpoint before stays as it is: make room and resume the training."};
}

Result<DetectorState> readDetectorCheckpoint(
    const std::filesystem::path& file, const TensorMap& tensors, const DetectorIdentity& identity)
{
    const auto stored = readTensors(file);
    if (!stored)
        return stored.error();
    const auto text = [&](const char* key) {
        const auto found = stored->metadata.find(key);
        return found == stored->metadata.end() ? std::string() : found->second;
    };
    if (text(kIdentity) != identityText(identity))
        return Error{ErrorCode::BadFormat,
            file.string()
                + " belongs to a training with another recipe, seed or set; start without resuming, or go on"
                  " with what it was made with."};
    DetectorState state;
    try {
        const Json json = Json::parse(text(kState));
        json.at("epoch").get_to(state.epoch);
        json.at("optimizer_steps").get_to(state.optimizerSteps);
        json.at("normaliser").get_to(state.normaliser);
        json.at("class_losses").get_to(state.classLosses);
        json.at("best_metric").get_to(state.bestMetric);
        json.at("best_epoch").get_to(state.bestEpoch);
        auto history = parseDetectorHistory(json.at("history").dump());
        if (!history)
            throw std::runtime_error(history.error().message);
        state.history = std::move(*history);
    } catch (const std::exception&) {
        return Error{ErrorCode::BadFormat, file.string() + " is damaged; start without resuming."};
    }
    if (const Status copied = copyTensors(stored->tensors, tensors, file.string()); !copied)
        return copied.error();
    return state;
}

} // namespace telltale
