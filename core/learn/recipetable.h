// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// One table of a recipe file: {"key": {"value": v, "provenance": "paper" | "prior code" | "ours", ...}}.
/// Values are taken out one by one; end() tells the first thing that was wrong: a key without provenance, of
/// another kind, out of range, or that nobody took.
class RecipeTable {
public:
    /// `table`: its name, dotted where it lies within others. A file without it has an empty one.
    RecipeTable(const std::string& recipe, const std::string& table);
    ~RecipeTable();
    RecipeTable(RecipeTable&&) noexcept;

    /// `out` keeps what it has where the key is missing.
    RecipeTable& take(const char* key, double& out, double least, double most);
    RecipeTable& take(const char* key, int& out, int least, int most);
    RecipeTable& take(const char* key, bool& out);
    RecipeTable& take(const char* key, std::string& out);
    /// One of `names`.
    RecipeTable& take(const char* key, std::string& out, const std::vector<std::string>& names);
    RecipeTable& take(const char* key, std::vector<int>& out, int least, int most);
    RecipeTable& take(const char* key, std::vector<double>& out, double least, double most);
    RecipeTable& take(const char* key, std::vector<std::string>& out);

    /// BadFormat names table and key.
    Status end() const;
    /// {"key": value} of what nobody took yet, as JSON. BadFormat as end(), but for keys that are left.
    Result<std::string> rest() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Names of the tables that lie within `table`, in the order of the alphabet; empty if there is none.
std::vector<std::string> recipeTables(const std::string& recipe, const std::string& table);
/// "name version" of the file. BadFormat: no JSON object, or without a name.
Result<std::string> recipeName(const std::string& recipe);

} // namespace telltale
