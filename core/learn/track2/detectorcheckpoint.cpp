// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectorcheckpoint.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

constexpr const char* kState = "state";
constexpr const char* kIdentity = "identity";

Json jsonOf(const DetectorEpoch& epoch)
{
    return {{"epoch", epoch.epoch}, {"epochs", epoch.epochs}, {"class_loss", epoch.classLoss},
        {"offset_loss", epoch.offsetLoss}, {"learning_rate", epoch.learningRate}, {"rarity", epoch.rarity},
        {"difficulty", epoch.difficulty}, {"intensity", epoch.intensity}, {"validated", epoch.validated},
        {"f1", epoch.f1}, {"threshold", epoch.threshold}, {"mAP", epoch.meanAp}, {"seconds", epoch.seconds},
        {"best", epoch.best}};
}

DetectorEpoch epochOf(const Json& json)
{
    DetectorEpoch epoch;
    json.at("epoch").get_to(epoch.epoch);
    json.at("epochs").get_to(epoch.epochs);
    json.at("class_loss").get_to(epoch.classLoss);
    json.at("offset_loss").get_to(epoch.offsetLoss);
    json.at("learning_rate").get_to(epoch.learningRate);
    json.at("rarity").get_to(epoch.rarity);
    json.at("difficulty").get_to(epoch.difficulty);
    json.at("intensity").get_to(epoch.intensity);
    json.at("validated").get_to(epoch.validated);
    json.at("f1").get_to(epoch.f1);
    json.at("threshold").get_to(epoch.threshold);
    json.at("mAP").get_to(epoch.meanAp);
    json.at("seconds").get_to(epoch.seconds);
    json.at("best").get_to(epoch.best);
    return epoch;
}

Json historyJson(const std::vector<DetectorEpoch>& history)
{
    Json list = Json::array();
    for (const DetectorEpoch& epoch : history)
        list.push_back(jsonOf(epoch));
    return list;
}

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
        {"history", historyJson(state.history)}};
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
        for (const Json& epoch : json.at("history"))
            state.history.push_back(epochOf(epoch));
    } catch (const std::exception&) {
        return Error{ErrorCode::BadFormat, file.string() + " is damaged; start without resuming."};
    }
    if (const Status copied = copyTensors(stored->tensors, tensors, file.string()); !copied)
        return copied.error();
    return state;
}

std::string detectorHistoryText(const std::vector<DetectorEpoch>& history)
{
    return historyJson(history).dump(1);
}

} // namespace telltale
