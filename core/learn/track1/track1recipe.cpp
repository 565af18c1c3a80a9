// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/track1recipe.h"
#include "base/files.h"
#include "learn/recipetable.h"
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace telltale {

namespace {

using Json = nlohmann::json;

NetworkSpec networkOf(const std::string& values)
{
    NetworkSpec spec;
    const Json entries = Json::parse(values);
    for (const auto& [key, value] : entries.items()) {
        if (key == "kind")
            value.get_to(spec.kind);
        else if (value.is_string())
            spec.texts[key] = value;
        else if (value.is_array())
            spec.numbers[key] = value.get<std::vector<double>>();
        else
            spec.numbers[key] = {value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>()};
    }
    return spec;
}

Status readOthers(const std::string& text, Track1Recipe& recipe)
{
    std::string words;
    RecipeTable labels(text, "labels");
    labels.take("words", words)
        .take("orthogonal", recipe.labels.orthogonal)
        .take("epsilon", recipe.labels.epsilon, 0, 1e6)
        .take("blend", recipe.labels.blend, 0, 1);
    recipe.labels.words = words;
    RecipeTable calibration(text, "calibration");
    calibration.take("classWise", recipe.calibration.classWise)
        .take("classLeast", recipe.calibration.classLeast, 1, 1 << 30)
        .take("classSpread", recipe.calibration.classSpread, 0, 1e6)
        .take("fitWeights", recipe.calibration.fitWeights)
        .take("standardErrors", recipe.calibration.standardErrors, 0, 100)
        .take("fitFused", recipe.calibration.fitFused)
        .take("heldShare", recipe.heldShare, 0.01, 0.9);
    RecipeTable adaptation(text, "adaptation");
    adaptation.take("epochShare", recipe.adaptation.epochShare, 0, 10)
        .take("rateFactor", recipe.adaptation.rateFactor, 0, 10)
        .take("poolShare", recipe.adaptation.poolShare, 0.01, 0.99);
    for (const RecipeTable* table : {&labels, &calibration, &adaptation})
        if (Status status = table->end(); !status)
            return status;
    return {};
}

template <typename T> T valueOf(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    return std::move(*result);
}

} // namespace

Result<Track1Recipe> parseTrack1Recipe(const std::string& text, const std::string& name)
{
    Track1Recipe recipe;
    recipe.text = text;
    recipe.digest = contentDigest(text);
    try {
        recipe.name = valueOf(recipeName(text));
        for (const std::string& stream : recipeTables(text, "streams")) {
            const std::string place = "streams." + stream;
            StreamPlan plan;
            plan.name = stream;
            plan.input
                = valueOf(parseStreamInput(valueOf(RecipeTable(text, place + ".input").rest()), place));
            plan.network = networkOf(valueOf(RecipeTable(text, place + ".network").rest()));
            plan.training = valueOf(parseTrainRecipe(text, name, {"training", place + ".training"}));
            recipe.streams.push_back(std::move(plan));
        }
        if (recipe.streams.empty())
            throw std::runtime_error("it has no streams");
        if (Status status = readOthers(text, recipe); !status)
            throw std::runtime_error(status.error().message);
        recipe.cmpl = valueOf(cmplOptionsFromJson(valueOf(RecipeTable(text, "cmpl").rest()), "cmpl"));
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            name + ": " + error.what() + "; mend that entry or take the recipe that came with Telltale."};
    }
    return recipe;
}

Result<Track1Recipe> readTrack1Recipe(const std::filesystem::path& file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    return parseTrack1Recipe(*text, file.string());
}

} // namespace telltale
