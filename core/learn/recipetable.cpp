// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/recipetable.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

/// The object at a dotted place; an empty one where there is none.
Json tableAt(const Json& root, const std::string& table)
{
    const Json* at = &root;
    for (size_t from = 0; from <= table.size();) {
        const size_t dot = std::min(table.find('.', from), table.size());
        const auto found = at->find(table.substr(from, dot - from));
        if (!at->is_object() || found == at->end())
            return Json::object();
        at = &*found;
        from = dot + 1;
    }
    return at->is_object() ? *at : Json::object();
}

/// Why the entry is not what is wanted; empty if it is.
std::string moved(const Json& json, double& out, double least, double most)
{
    if (!json.is_number() || !(json.get<double>() >= least && json.get<double>() <= most))
        return "a number from " + Json(least).dump() + " to " + Json(most).dump() + " is wanted";
    out = json.get<double>();
    return {};
}

std::string moved(const Json& json, int& out, int least, int most)
{
    if (!json.is_number_integer() || json.get<double>() < least || json.get<double>() > most)
        return "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted";
    out = json.get<int>();
    return {};
}

template <typename T> std::string movedList(const Json& json, std::vector<T>& out, T least, T most)
{
    std::vector<T> values(json.is_array() ? json.size() : 0);
    for (size_t i = 0; i < values.size(); ++i)
        if (std::string wrong = moved(json[i], values[i], least, most); !wrong.empty())
            return "in a list, " + wrong;
    if (!json.is_array())
        return "a list is wanted";
    out = std::move(values);
    return {};
}

std::string movedText(const Json& json, std::string& out, const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "\"" : ", \"") + name + "\"";
    if (!json.is_string())
        return "a text is wanted";
    const auto text = json.get<std::string>();
    if (!names.empty() && std::find(names.begin(), names.end(), text) == names.end())
        return "one of " + list + " is wanted";
    out = text;
    return {};
}

} // namespace

struct RecipeTable::Private {
    std::string place;
    Json values = Json::object();
    std::string wrong; ///< the first thing

    void refuse(const std::string& key, const std::string& why)
    {
        if (wrong.empty())
            wrong.append("\"").append(place).append(".").append(key).append("\": ").append(why);
    }
    template <typename F> void with(const char* key, const F& move)
    {
        const auto found = values.find(key);
        if (found == values.end())
            return;
        if (const std::string why = move(*found); !why.empty())
            refuse(key, why);
        values.erase(found);
    }
};

RecipeTable::RecipeTable(const std::string& recipe, const std::string& table) : d(std::make_unique<Private>())
{
    d->place = table;
    const Json root = Json::parse(recipe, nullptr, false);
    if (!root.is_object()) {
        d->wrong = "it is no JSON object";
        return;
    }
    const Json entries = tableAt(root, table);
    for (const auto& [key, entry] : entries.items()) {
        if (entry.is_object() && entry.contains("value") && entry.contains("provenance"))
            d->values[key] = entry["value"];
        else
            d->refuse(key, "a value and a provenance (paper, prior code or ours) are wanted");
    }
}

RecipeTable::~RecipeTable() = default;
RecipeTable::RecipeTable(RecipeTable&&) noexcept = default;

RecipeTable& RecipeTable::take(const char* key, double& out, double least, double most)
{
    d->with(key, [&](const Json& json) { return moved(json, out, least, most); });
    return *this;
}

RecipeTable& RecipeTable::take(const char* key, int& out, int least, int most)
{
    d->with(key, [&](const Json& json) { return moved(json, out, least, most); });
    return *this;
}

RecipeTable& RecipeTable::take(const char* key, bool& out)
{
    d->with(key, [&](const Json& json) -> std::string {
        if (!json.is_boolean())
            return "true or false is wanted";
        out = json.get<bool>();
        return {};
    });
    return *this;
}

RecipeTable& RecipeTable::take(const char* key, std::string& out) { return take(key, out, {}); }

RecipeTable& RecipeTable::take(const char* key, std::string& out, const std::vector<std::string>& names)
{
    d->with(key, [&](const Json& json) { return movedText(json, out, names); });
    return *this;
}

RecipeTable& RecipeTable::take(const char* key, std::vector<int>& out, int least, int most)
{
    d->with(key, [&](const Json& json) { return movedList(json, out, least, most); });
    return *this;
}

RecipeTable& RecipeTable::take(const char* key, std::vector<double>& out, double least, double most)
{
    d->with(key, [&](const Json& json) { return movedList(json, out, least, most); });
    return *this;
}

RecipeTable& RecipeTable::take(const char* key, std::vector<std::string>& out)
{
    d->with(key, [&](const Json& json) -> std::string {
        std::vector<std::string> values(json.is_array() ? json.size() : 0);
        for (size_t i = 0; i < values.size(); ++i)
            if (std::string wrong = movedText(json[i], values[i], {}); !wrong.empty())
                return "in a list, " + wrong;
        if (!json.is_array())
            return "a list is wanted";
        out = std::move(values);
        return {};
    });
    return *this;
}

Status RecipeTable::end() const
{
    if (!d->wrong.empty())
        return Error{ErrorCode::BadFormat, d->wrong};
    if (!d->values.empty())
        return Error{ErrorCode::BadFormat, "\"" + d->place + "." + d->values.begin().key() + "\" is unknown"};
    return {};
}

Result<std::string> RecipeTable::rest() const
{
    if (!d->wrong.empty())
        return Error{ErrorCode::BadFormat, d->wrong};
    return d->values.dump();
}

std::vector<std::string> recipeTables(const std::string& recipe, const std::string& table)
{
    std::vector<std::string> names;
    const Json root = Json::parse(recipe, nullptr, false);
    const Json entries = root.is_object() ? tableAt(root, table) : Json::object();
    for (const auto& [name, entry] : entries.items())
        if (entry.is_object())
            names.push_back(name);
    return names;
}

Result<std::string> recipeName(const std::string& recipe)
{
    const Json root = Json::parse(recipe, nullptr, false);
    if (!root.is_object())
        return Error{ErrorCode::BadFormat, "it is no JSON object"};
    const auto name = root.find("name");
    const auto version = root.find("version");
    if (name == root.end() || !name->is_string())
        return Error{ErrorCode::BadFormat, "it has no \"name\""};
    const bool counted = version != root.end() && version->is_number_integer();
    return name->get<std::string>() + " " + std::to_string(counted ? version->get<int>() : 1);
}

} // namespace telltale
