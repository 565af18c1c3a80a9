// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/history.h"
#include <limits>
#include <nlohmann/json.hpp>
#include <variant>

namespace telltale {

namespace {

using Json = nlohmann::json;

/// Plain members of a struct by the name they have in the file.
template <typename T> struct Field {
    const char* name;
    std::variant<int T::*, int64_t T::*, double T::*, bool T::*> member;
};

const Field<EpochReport> kEpochFields[] = {
    {"epoch", &EpochReport::epoch},
    {"epochs", &EpochReport::epochs},
    {"trainLoss", &EpochReport::trainLoss},
    {"semanticLoss", &EpochReport::semanticLoss},
    {"learningRate", &EpochReport::learningRate},
    {"validated", &EpochReport::validated},
    {"validationLoss", &EpochReport::validationLoss},
    {"calibrationError", &EpochReport::calibrationError},
    {"seconds", &EpochReport::seconds},
    {"best", &EpochReport::best},
};
const Field<ClipReport> kReportFields[] = {
    {"accuracy", &ClipReport::accuracy},
    {"top5", &ClipReport::top5},
    {"macroF1", &ClipReport::macroF1},
    {"microF1", &ClipReport::microF1},
    {"weightedF1", &ClipReport::weightedF1},
};
const Field<ClassScore> kClassFields[] = {
    {"precision", &ClassScore::precision},
    {"recall", &ClassScore::recall},
    {"f1", &ClassScore::f1},
    {"truth", &ClassScore::truth},
    {"predicted", &ClassScore::predicted},
    {"correct", &ClassScore::correct},
};
constexpr const char* kValidation = "validation";
constexpr const char* kClasses = "classes";

template <typename T, size_t n> Json toJson(const T& value, const Field<T> (&fields)[n])
{
    Json json = Json::object();
    for (const Field<T>& field : fields)
        std::visit([&](auto member) { json[field.name] = value.*member; }, field.member);
    return json; // what is no number is written as null
}

template <typename T, size_t n> T fromJson(const Json& json, const Field<T> (&fields)[n])
{
    T value;
    for (const Field<T>& field : fields) {
        std::visit(
            [&](auto member) {
                using Type = std::decay_t<decltype(value.*member)>;
                const Json& entry = json.at(field.name);
                value.*member
                    = entry.is_null() ? std::numeric_limits<Type>::quiet_NaN() : entry.template get<Type>();
            },
            field.member);
    }
    return value;
}

} // namespace

std::string historyText(const std::vector<EpochReport>& history)
{
    Json all = Json::array();
    for (const EpochReport& epoch : history) {
        Json entry = toJson(epoch, kEpochFields);
        if (epoch.validated) {
            entry[kValidation] = toJson(epoch.validation, kReportFields);
            Json& classes = entry[kValidation][kClasses] = Json::array();
            for (const ClassScore& score : epoch.validation.perClass)
                classes.push_back(toJson(score, kClassFields));
        }
        all.push_back(std::move(entry));
    }
    return all.dump(1);
}

Result<std::vector<EpochReport>> parseHistory(std::string_view text, const std::string& place)
{
    std::vector<EpochReport> history;
    try {
        const Json all = Json::parse(text);
        history.reserve(all.size());
        for (const Json& entry : all) {
            EpochReport& epoch = history.emplace_back(fromJson(entry, kEpochFields));
            if (!epoch.validated)
                continue;
            epoch.validation = fromJson(entry.at(kValidation), kReportFields);
            for (const Json& score : entry.at(kValidation).at(kClasses))
                epoch.validation.perClass.push_back(fromJson(score, kClassFields));
        }
    } catch (const std::exception& error) {
        return Error{
            ErrorCode::BadFormat, place + ": its history of epochs cannot be read (" + error.what() + ")."};
    }
    return history;
}

} // namespace telltale
