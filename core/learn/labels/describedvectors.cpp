// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/labels/labelvectors.h"
#include "learn/labels/namehash.h"
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

Error broken(const std::filesystem::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ": " + what};
}

Result<json> readObject(const std::filesystem::path& file)
{
    const auto text = readFile(file);
    if (!text)
        return text.error();
    json root = json::parse(*text, nullptr, false);
    if (!root.is_object())
        return broken(file, "this is not a JSON object.");
    return root;
}

/// Which features there are, where each stands in a vector and what it weighs.
struct Vocabulary {
    struct Group {
        double weight = 1;
        std::map<std::string, size_t> place;
    };
    std::map<std::string, Group> groups;
    size_t size = 0;
    double identityWeight = 0;
};

bool isWeight(const json& value)
{
    return value.is_number() && value.get<double>() > 0 && value.get<double>() < 1e6;
}

Status readGroup(const std::filesystem::path& file, const json& object, Vocabulary& vocabulary)
{
    if (!object.is_object() || !object.contains("name") || !object["name"].is_string()
        || !object.contains("values") || !object["values"].is_array()
        || !isWeight(object.value("weight", json())))
        return broken(file, "each of \"groups\" needs a name, a weight above 0 and a list of values.");
    const auto name = object["name"].get<std::string>();
    Vocabulary::Group group;
    group.weight = object["weight"].get<double>();
    for (const json& value : object["values"]) {
        if (!value.is_string() || !group.place.emplace(value.get<std::string>(), vocabulary.size).second)
            return broken(file, "the values of the group \"" + name + "\" must be different words.");
        ++vocabulary.size;
    }
    if (!vocabulary.groups.emplace(name, std::move(group)).second)
        return broken(file, "the group \"" + name + "\" is there twice.");
    return {};
}

Result<Vocabulary> readVocabulary(const std::filesystem::path& file)
{
    const auto root = readObject(file);
    if (!root)
        return root.error();
    Vocabulary vocabulary;
    if (!root->contains("groups") || !(*root)["groups"].is_array()
        || !isWeight(root->value("identityWeight", json())))
        return broken(file, "it needs a list \"groups\" and an \"identityWeight\" above 0.");
    vocabulary.identityWeight = (*root)["identityWeight"].get<double>();
    for (const json& object : (*root)["groups"])
        if (const auto status = readGroup(file, object, vocabulary); !status)
            return status.error();
    return vocabulary;
}

/// Features of one class at their places, before the identity part.
Result<std::vector<double>> featuresOf(const std::filesystem::path& file, const std::string& name,
    const json& features, const Vocabulary& vocabulary)
{
    std::vector<double> vector(vocabulary.size, 0.0);
    if (!features.is_object() || features.empty())
        return broken(file, "the class \"" + name + "\" has no features.");
    for (const auto& [groupName, words] : features.items()) {
        const auto group = vocabulary.groups.find(groupName);
        if (group == vocabulary.groups.end() || !words.is_array() || words.empty())
            return broken(file,
                "the class \"" + name + "\" has \"" + groupName
                    + "\", which must be a group of vocabulary.json with a list of its words.");
        const double weight = group->second.weight / std::sqrt(static_cast<double>(words.size()));
        for (const json& word : words) {
            const std::string text = word.is_string() ? word.get<std::string>() : "a value that is no text";
            const auto place = group->second.place.find(text);
            if (place == group->second.place.end())
                return broken(file,
                    "the class \"" + name + "\" has \"" + text + "\", which the group \"" + groupName
                        + "\" of vocabulary.json does not know: add it there or use another word.");
            vector[place->second] = weight;
        }
    }
    return vector;
}

Result<std::map<std::string, json>> readClasses(const std::filesystem::path& file)
{
    const auto root = readObject(file);
    if (!root)
        return root.error();
    const json list = root->value("classes", json());
    std::map<std::string, json> classes;
    if (!list.is_array())
        return broken(file, "it needs a list \"classes\".");
    for (const json& object : list) {
        if (!object.is_object() || !object.contains("name") || !object["name"].is_string())
            return broken(file, "each of \"classes\" needs a name.");
        const auto name = object["name"].get<std::string>();
        if (!classes.emplace(name, object.value("features", json())).second)
            return broken(file, "the class \"" + name + "\" is there twice.");
    }
    return classes;
}

} // namespace

Result<LabelVectors> describedVectors(
    const std::filesystem::path& file, const std::vector<std::string>& names)
{
    const auto vocabulary = readVocabulary(file.parent_path() / "vocabulary.json");
    if (!vocabulary)
        return vocabulary.error();
    const auto classes = readClasses(file);
    if (!classes)
        return classes.error();
    LabelVectors vectors;
    vectors.source = "description";
    vectors.classes = static_cast<int>(names.size());
    vectors.dimension = static_cast<int>(vocabulary->size + names.size());
    for (size_t k = 0; k < names.size(); ++k) {
        const auto found = classes->find(names[k]);
        if (found == classes->end())
            return broken(file, "the class \"" + names[k] + "\" is not described.");
        auto row = featuresOf(file, names[k], found->second, *vocabulary);
        if (!row)
            return row.error();
        row->resize(static_cast<size_t>(vectors.dimension), 0.0);
        (*row)[vocabulary->size + k] = vocabulary->identityWeight;
        normalise(*row);
        vectors.values.insert(vectors.values.end(), row->begin(), row->end());
    }
    return vectors;
}

} // namespace telltale
