// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/training.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

namespace telltale {

namespace {

using Json = nlohmann::json;

struct Key {
    const char* name;
    std::variant<int EnsembleRecipe::*, double EnsembleRecipe::*> member;
    double least;
    double most;
};

const Key kKeys[] = {
    {"epochs", &EnsembleRecipe::epochs, 1, 10000},
    {"batch", &EnsembleRecipe::batch, 2, 4096},
    {"learningRate", &EnsembleRecipe::learningRate, 0, 10},
    {"weightDecay", &EnsembleRecipe::weightDecay, 0, 10},
    {"weightSmoothing", &EnsembleRecipe::weightSmoothing, 0, 1e9},
    {"weightCap", &EnsembleRecipe::weightCap, 0, 1e9},
    {"labelSmoothing", &EnsembleRecipe::labelSmoothing, 0, 0.9},
    {"dropout", &EnsembleRecipe::dropout, 0, 0.9},
    {"warmUp", &EnsembleRecipe::warmUp, 0, 1},
    {"gradientClip", &EnsembleRecipe::gradientClip, 1e-6, 1e9},
    {"detectorEpochs", &EnsembleRecipe::detectorEpochs, 1, 10000},
    {"detectorBatch", &EnsembleRecipe::detectorBatch, 2, 4096},
    {"detectorRows", &EnsembleRecipe::detectorRows, 16, 100000},
};
constexpr const char* kClasses = "classes";
constexpr const char* kSeed = "seed";

Error refused(const std::filesystem::path& file, const std::string& what)
{
    return {
        ErrorCode::BadFormat, file.string() + ": " + what + ". Compare it with models/recipes/demo.json."};
}

bool hasProvenance(const Json& entry)
{
    return entry.is_object() && entry.contains("value") && entry.contains("provenance")
        && entry["provenance"].is_string();
}

bool readNumber(const Json& value, const Key& key, EnsembleRecipe& recipe)
{
    if (!value.is_number())
        return false;
    const auto number = value.get<double>();
    if (!(number >= key.least && number <= key.most))
        return false;
    if (const auto* whole = std::get_if<int EnsembleRecipe::*>(&key.member)) {
        recipe.*(*whole) = static_cast<int>(number);
        return value.is_number_integer();
    }
    recipe.*std::get<double EnsembleRecipe::*>(key.member) = number;
    return true;
}

bool readClasses(const Json& value, EnsembleRecipe& recipe)
{
    if (!value.is_object() || value.empty())
        return false;
    for (const auto& [scheme, count] : value.items()) {
        if (!count.is_number_integer() || count.get<int64_t>() < 2 || count.get<int64_t>() > 100000)
            return false;
        recipe.classes[scheme] = count.get<int>();
    }
    return true;
}

} // namespace

Result<EnsembleRecipe> readEnsembleRecipe(const std::filesystem::path& file)
{
    const auto text = readFile(file);
    if (!text)
        return text.error();
    const Json json = Json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("training") || !json["training"].is_object())
        return refused(file, "it is no recipe: a JSON table with the table \"training\" is wanted");
    const Json& training = json["training"];
    EnsembleRecipe recipe;
    recipe.text = *text;
    const auto find
        = [&](const std::string& key) { return training.contains(key) && hasProvenance(training[key]); };
    for (const std::string name : {kClasses, kSeed}) {
        if (!find(name))
            return refused(file, "\"training." + name + "\" lacks a value or a provenance");
    }
    if (!readClasses(training[kClasses]["value"], recipe))
        return refused(
            file, "\"training.classes\" does not give the number of classes (2 or more) by scheme");
    if (!training[kSeed]["value"].is_number_unsigned())
        return refused(file, "\"training.seed\" is no whole number from 0 up");
    recipe.seed = training[kSeed]["value"].get<uint64_t>();
    for (const Key& key : kKeys) {
        const std::string place = std::string("\"training.") + key.name + "\"";
        if (!find(key.name))
            return refused(file, place + " lacks a value or a provenance");
        if (!readNumber(training[key.name]["value"], key, recipe))
            return refused(
                file, place + " is " + training[key.name]["value"].dump() + ", which is out of range");
    }
    for (const auto& item : training.items()) {
        const std::string& name = item.key();
        const bool known = name == kClasses || name == kSeed
            || std::any_of(
                std::begin(kKeys), std::end(kKeys), [&](const Key& key) { return key.name == name; });
        if (!known)
            return refused(file, "\"training." + name + "\" is unknown; mind the spelling");
    }
    return recipe;
}

} // namespace telltale
