// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/trainrecipe.h"
#include "base/files.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

namespace telltale {

namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

struct WholeNumber {
    int TrainRecipe::*member;
    int least;
    int most;
};
struct Number {
    double TrainRecipe::*member;
    double least;
    double most;
};
struct Name {
    std::string TrainRecipe::*member;
    Names names;
};
struct Flag {
    bool TrainRecipe::*member;
};
struct Seed {
    uint64_t TrainRecipe::*member;
};

struct Key {
    const char* name;
    std::variant<WholeNumber, Number, Name, Flag, Seed> value;
};

constexpr const char* kThreads = "threads";

const std::vector<Key>& keys()
{
    using R = TrainRecipe;
    static const std::vector<Key> table = {
        {"epochs", WholeNumber{&R::epochs, 1, 100000}},
        {"batch", WholeNumber{&R::batch, 1, 65536}},
        {"optimizer", Name{&R::optimizer, {"adamw", "sgd"}}},
        {"learningRate", Number{&R::learningRate, 0, 100}},
        {"backboneRate", Number{&R::backboneRate, 0, 100}},
        {"weightDecay", Number{&R::weightDecay, 0, 100}},
        {"momentum", Number{&R::momentum, 0, 0.9999}},
        {"nesterov", Flag{&R::nesterov}},
        {"beta1", Number{&R::beta1, 0, 0.99999}},
        {"beta2", Number{&R::beta2, 0, 0.9999999}},
        {"warmUpEpochs", Number{&R::warmUpEpochs, 0, 100000}},
        {"floorRate", Number{&R::floorRate, 0, 1}},
        {"gradientClip", Number{&R::gradientClip, 0, 1e9}},
        {"loss", Name{&R::loss, {"cross-entropy", "focal", "balanced-softmax"}}},
        {"focalGamma", Number{&R::focalGamma, 0, 100}},
        {"labelSmoothing", Number{&R::labelSmoothing, 0, 0.99}},
        {"dropout", Number{&R::dropout, 0, 0.99}},
        {"ema", Number{&R::ema, 0, 0.9999999}},
        {"sampler", Name{&R::sampler, {"natural", "balanced", "square-root"}}},
        {"classWeights", Name{&R::classWeights, {"none", "square-root", "effective-number"}}},
        {"weightSmoothing", Number{&R::weightSmoothing, 0, 1e9}},
        {"weightCap", Number{&R::weightCap, 0, 1e9}},
        {"weightBeta", Number{&R::weightBeta, 0, 1}},
        {"semantic", Name{&R::semantic, {"none", "mse", "ose", "opl", "proto"}}},
        {"semanticLambda", Number{&R::semanticLambda, 0, 1e6}},
        {"semanticMu", Number{&R::semanticMu, 0, 1e6}},
        {"semanticDimension", WholeNumber{&R::semanticDimension, 1, 65536}},
        {"selectBy", Name{&R::selectBy, {"macro-f1", "accuracy", "loss", "last"}}},
        {"patience", WholeNumber{&R::patience, 0, 100000}},
        {"precision", Name{&R::precision, {"float32", "bfloat16", "float16"}}},
        {"views", WholeNumber{&R::views, 1, 1000}},
        {kThreads, WholeNumber{&R::threads, 0, 4096}},
        {"seed", Seed{&R::seed}},
    };
    return table;
}

std::string joined(const Names& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "\"" : ", \"") + name + "\"";
    return text;
}

/// A number as a person writes it: no zeros at the end, no exponent where none is needed.
std::string numberText(double number) { return Json(number).dump(); }

/// Moves one value between a recipe and JSON; an empty text or why it is refused.
struct Reader {
    const Json& json;
    TrainRecipe& recipe;

    std::string operator()(const WholeNumber& value) const
    {
        const std::string wanted = "a whole number from " + std::to_string(value.least) + " to "
            + std::to_string(value.most) + " is wanted";
        if (!json.is_number_integer() || json.get<double>() < value.least || json.get<double>() > value.most)
            return wanted;
        recipe.*value.member = json.get<int>();
        return {};
    }
    std::string operator()(const Number& value) const
    {
        if (!json.is_number() || !(json.get<double>() >= value.least && json.get<double>() <= value.most))
            return "a number from " + numberText(value.least) + " to " + numberText(value.most)
                + " is wanted";
        recipe.*value.member = json.get<double>();
        return {};
    }
    std::string operator()(const Name& value) const
    {
        if (!json.is_string()
            || std::find(value.names.begin(), value.names.end(), json.get<std::string>())
                == value.names.end())
            return "one of " + joined(value.names) + " is wanted";
        recipe.*value.member = json.get<std::string>();
        return {};
    }
    std::string operator()(const Flag& value) const
    {
        if (!json.is_boolean())
            return "true or false is wanted";
        recipe.*value.member = json.get<bool>();
        return {};
    }
    std::string operator()(const Seed& value) const
    {
        if (!json.is_number_unsigned())
            return "a whole number from 0 up is wanted";
        recipe.*value.member = json.get<uint64_t>();
        return {};
    }
};

Json valueOf(const TrainRecipe& recipe, const Key& key)
{
    return std::visit([&](const auto& value) { return Json(recipe.*value.member); }, key.value);
}

Json valuesOf(const TrainRecipe& recipe)
{
    Json values = Json::object();
    for (const Key& key : keys())
        values[key.name] = valueOf(recipe, key);
    return values;
}

/// The table of a dotted name; null where there is none.
const Json* findTable(const Json& document, const std::string& dotted)
{
    const Json* at = &document;
    for (size_t from = 0; from <= dotted.size();) {
        const size_t dot = std::min(dotted.find('.', from), dotted.size());
        const std::string name = dotted.substr(from, dot - from);
        if (!at->is_object() || !at->contains(name))
            return nullptr;
        at = &(*at)[name];
        from = dot + 1;
    }
    return at;
}

Status readTable(const Json& table, const std::string& place, TrainRecipe& recipe)
{
    const auto refused = [](const std::string& what) { return Error{ErrorCode::BadFormat, what + "."}; };
    if (!table.is_object())
        return refused(place + " is no table");
    for (const auto& item : table.items()) {
        const std::string entry = place + "." + item.key();
        const auto key = std::find_if(
            keys().begin(), keys().end(), [&](const Key& known) { return item.key() == known.name; });
        if (key == keys().end())
            return refused(entry + " is not known; mind the spelling");
        const Json& json = item.value();
        if (!json.is_object() || !json.contains("value") || !json.contains("provenance")
            || !json["provenance"].is_string())
            return refused(
                entry + " lacks a value or a provenance: {\"value\": ..., \"provenance\": \"...\"}");
        const std::string reason = std::visit(Reader{json["value"], recipe}, key->value);
        if (!reason.empty())
            return refused(entry + " is " + json["value"].dump() + "; " + reason);
    }
    return {};
}

} // namespace

Result<TrainRecipe> parseTrainRecipe(
    std::string_view json, const std::string& name, const std::vector<std::string>& tables)
{
    const Json document = Json::parse(json, nullptr, false);
    if (!document.is_object())
        return Error{ErrorCode::BadFormat, name + " is no recipe: a JSON table is wanted."};
    TrainRecipe recipe;
    for (size_t i = 0; i < tables.size(); ++i) {
        const Json* table = findTable(document, tables[i]);
        if (table == nullptr && i > 0)
            continue;
        if (table == nullptr)
            return Error{ErrorCode::BadFormat, name + " lacks the table \"" + tables[i] + "\"."};
        if (const Status status = readTable(*table, name + ": " + tables[i], recipe); !status)
            return status.error();
    }
    if (const Status status = checkTrainRecipe(recipe); !status)
        return Error{ErrorCode::BadFormat, name + ": " + status.error().message};
    return recipe;
}

Result<TrainRecipe> readTrainRecipe(const std::filesystem::path& file, const std::vector<std::string>& tables)
{
    const auto text = readFile(file);
    if (!text)
        return text.error();
    return parseTrainRecipe(*text, file.string(), tables);
}

Status checkTrainRecipe(const TrainRecipe& recipe)
{
    for (const Key& key : keys()) {
        const Json value = valueOf(recipe, key);
        TrainRecipe probe;
        const std::string reason = std::visit(Reader{value, probe}, key.value);
        if (!reason.empty())
            return Error{ErrorCode::InvalidArgument,
                std::string("\"") + key.name + "\" of the training is " + value.dump() + "; " + reason + "."};
    }
    if (recipe.warmUpEpochs > recipe.epochs)
        return Error{ErrorCode::InvalidArgument,
            "\"warmUpEpochs\" of the training is " + numberText(recipe.warmUpEpochs)
                + ", which is more than its " + std::to_string(recipe.epochs) + " epochs; lower it."};
    if (recipe.optimizer == "sgd" && recipe.nesterov && recipe.momentum == 0)
        return Error{ErrorCode::InvalidArgument,
            "\"nesterov\" of the training needs a momentum above 0; set one, or nesterov to false."};
    return {};
}

std::string trainRecipeText(const TrainRecipe& recipe) { return valuesOf(recipe).dump(); }

std::string trainRecipeDigest(const TrainRecipe& recipe)
{
    Json values = valuesOf(recipe);
    values.erase(kThreads);
    return contentDigest(values.dump());
}

std::string trainRecipeDifference(std::string_view found, std::string_view wanted)
{
    const Json before = Json::parse(found, nullptr, false);
    const Json after = Json::parse(wanted, nullptr, false);
    if (!before.is_object() || !after.is_object())
        return "its recipe cannot be read";
    std::string text;
    for (const auto& item : after.items()) {
        const Json old = before.value(item.key(), Json());
        if (item.key() != kThreads && old != item.value())
            text += (text.empty() ? "" : ", ") + item.key() + " " + old.dump() + " instead of "
                + item.value().dump();
    }
    return text;
}

} // namespace telltale
