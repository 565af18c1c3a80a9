// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectorhistory.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

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

} // namespace

std::string detectorHistoryText(const std::vector<DetectorEpoch>& history)
{
    Json list = Json::array();
    for (const DetectorEpoch& epoch : history)
        list.push_back(jsonOf(epoch));
    return list.dump(1);
}

Result<std::vector<DetectorEpoch>> parseDetectorHistory(const std::string& text)
{
    std::vector<DetectorEpoch> history;
    try {
        const Json list = Json::parse(text);
        if (!list.is_array())
            return Error{ErrorCode::InvalidArgument, "the history is no list of epochs"};
        history.reserve(list.size());
        for (const Json& epoch : list)
            history.push_back(epochOf(epoch));
    } catch (const std::exception& error) {
        return Error{ErrorCode::InvalidArgument, error.what()};
    }
    return history;
}

} // namespace telltale
