// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/track1recipe.h"
#include "base/files.h"
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace telltale {

namespace {

using Json = nlohmann::json;

/// {"key": value} of a table {"key": {"value": ..., "provenance": ...}}.
Json valuesOf(const Json& table, const std::string& place)
{
    Json values = Json::object();
    for (const auto& [key, entry] : table.items()) {
        if (!entry.is_object() || !entry.contains("value") || !entry.contains("provenance"))
            throw std::runtime_error(
                "\"" + place + "." + key + "\" needs a value and a provenance (paper, prior code or ours)");
        values[key] = entry["value"];
    }
    return values;
}

NetworkSpec networkOf(const Json& values)
{
    NetworkSpec spec;
    for (const auto& [key, value] : values.items()) {
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

/// Takes keys out of a table of values; what is left at the end is unknown.
class Taker {
public:
    Taker(const Json& root, const char* table)
        : m_place(table)
        , m_values(root.contains(table) ? valuesOf(root.at(table), table) : Json::object())
    {
    }
    template <typename T> Taker& take(const char* key, T& out)
    {
        if (m_values.contains(key)) {
            m_values.at(key).get_to(out);
            m_values.erase(key);
        }
        return *this;
    }
    void end() const
    {
        if (!m_values.empty())
            throw std::runtime_error("\"" + m_place + "." + m_values.begin().key() + "\" is unknown");
    }
    std::string rest() const { return m_values.dump(); }

private:
    std::string m_place;
    Json m_values;
};

void readOthers(const Json& root, Track1Recipe& recipe)
{
    std::string words;
    Taker(root, "labels")
        .take("words", words)
        .take("orthogonal", recipe.labels.orthogonal)
        .take("epsilon", recipe.labels.epsilon)
        .take("blend", recipe.labels.blend)
        .end();
    recipe.labels.words = words;
    Taker(root, "calibration")
        .take("classWise", recipe.calibration.classWise)
        .take("classLeast", recipe.calibration.classLeast)
        .take("classSpread", recipe.calibration.classSpread)
        .take("fitWeights", recipe.calibration.fitWeights)
        .take("standardErrors", recipe.calibration.standardErrors)
        .take("fitFused", recipe.calibration.fitFused)
        .take("heldShare", recipe.heldShare)
        .end();
    Taker(root, "adaptation")
        .take("epochShare", recipe.adaptation.epochShare)
        .take("rateFactor", recipe.adaptation.rateFactor)
        .take("poolShare", recipe.adaptation.poolShare)
        .end();
    const auto inside = [](double value, double low, double high) { return value >= low && value <= high; };
    if (!inside(recipe.heldShare, 0.01, 0.9) || !inside(recipe.adaptation.epochShare, 0, 10)
        || !inside(recipe.calibration.standardErrors, 0, 100) || !inside(recipe.adaptation.rateFactor, 0, 10)
        || !inside(recipe.adaptation.poolShare, 0.01, 0.99))
        throw std::runtime_error("a share of \"calibration\" or \"adaptation\" is out of range");
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
        const Json root = Json::parse(text);
        recipe.name = root.at("name").get<std::string>() + " " + std::to_string(root.value("version", 1));
        for (const auto& [stream, tables] : root.at("streams").items()) {
            const std::string place = "streams." + stream;
            StreamPlan plan;
            plan.name = stream;
            plan.input
                = valueOf(parseStreamInput(valuesOf(tables.at("input"), place + ".input").dump(), place));
            plan.network = networkOf(valuesOf(tables.at("network"), place + ".network"));
            plan.training = valueOf(parseTrainRecipe(text, name, {"training", place + ".training"}));
            recipe.streams.push_back(std::move(plan));
        }
        if (recipe.streams.empty())
            throw std::runtime_error("it has no streams");
        readOthers(root, recipe);
        recipe.cmpl = valueOf(cmplOptionsFromJson(Taker(root, "cmpl").rest(), "cmpl"));
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
