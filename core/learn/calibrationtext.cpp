// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/systemcalibration.h"
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

constexpr double kLowestTemperature = 0.05;
constexpr double kHighestTemperature = 20;

json scaleToJson(const TemperatureScale& scale)
{
    json object = {{"temperature", scale.common}};
    if (!scale.perClass.empty())
        object["classTemperatures"] = scale.perClass;
    return object;
}

Error wrong(std::string_view where, const std::string& key, const std::string& wanted)
{
    return {ErrorCode::BadFormat,
        std::string(where) + ": \"" + key + "\" must be " + wanted + "; calibrate the system again."};
}

bool isTemperature(const json& value)
{
    if (!value.is_number())
        return false;
    // What was written with 17 digits may come back one bit off.
    const double number = value.get<double>();
    return number >= kLowestTemperature * (1 - 1e-9) && number <= kHighestTemperature * (1 + 1e-9);
}

Result<TemperatureScale> scaleFromJson(const json& object, const std::string& key, std::string_view where)
{
    const std::string range = "a number from 0.05 to 20";
    TemperatureScale scale;
    if (!object.is_object() || !object.contains("temperature") || !isTemperature(object["temperature"]))
        return wrong(where, key + ".temperature", range);
    scale.common = object["temperature"].get<double>();
    if (!object.contains("classTemperatures"))
        return scale;
    const json& list = object["classTemperatures"];
    if (!list.is_array())
        return wrong(where, key + ".classTemperatures", "a list");
    for (size_t i = 0; i < list.size(); ++i) {
        if (!isTemperature(list[i]))
            return wrong(where, key + ".classTemperatures[" + std::to_string(i) + "]", range);
        scale.perClass.push_back(list[i].get<double>());
    }
    return scale;
}

} // namespace

std::string toJson(const SystemCalibration& calibration)
{
    json streams = json::object();
    for (const auto& [name, stream] : calibration.streams) {
        streams[name] = scaleToJson(stream.temperature);
        streams[name]["weight"] = stream.weight;
    }
    return json{{"streams", streams}, {"fused", scaleToJson(calibration.fused)}}.dump(
        2, ' ', false, json::error_handler_t::replace);
}

Result<SystemCalibration> systemCalibrationFromJson(std::string_view text, std::string_view where)
{
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object())
        return Error{
            ErrorCode::BadFormat, std::string(where) + ": this is not a JSON object with a calibration."};
    if (!root.contains("streams") || !root["streams"].is_object())
        return wrong(where, "streams", "an object");
    SystemCalibration calibration;
    for (const auto& [name, object] : root["streams"].items()) {
        auto scale = scaleFromJson(object, "streams." + name, where);
        if (!scale)
            return scale.error();
        const bool weighed = object.contains("weight") && object["weight"].is_number();
        const double weight = weighed ? object["weight"].get<double>() : -1;
        if (!(weight >= 0) || !std::isfinite(weight))
            return wrong(where, "streams." + name + ".weight", "a number of at least 0");
        calibration.streams[name] = {std::move(*scale), weight};
    }
    auto fused = scaleFromJson(root.value("fused", json()), "fused", where);
    if (!fused)
        return fused.error();
    calibration.fused = std::move(*fused);
    return calibration;
}

} // namespace telltale
