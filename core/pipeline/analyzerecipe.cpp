// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analyzerecipe.h"
#include "base/files.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

/// Reads `section.key.value`; remembers the key, so that a failure can name it.
class RecipeReader {
public:
    explicit RecipeReader(const nlohmann::json& document) : m_document(document) {}
    template <typename T>
    void get(const char* section, const char* key, T& out)
    {
        m_place = std::string(section) + "." + key;
        const nlohmann::json& entry = m_document.at(section).at(key);
        if (!entry.contains("provenance"))
            throw std::runtime_error("has no provenance");
        entry.at("value").get_to(out);
    }
    const std::string& place() const { return m_place; }

private:
    const nlohmann::json& m_document;
    std::string m_place = "the top level";
};

} // namespace

std::filesystem::path analyzeRecipeFile() { return dataFolder() / "models" / "recipes" / "analyze.json"; }

Result<AnalyzeRecipe> readAnalyzeRecipe(const std::filesystem::path& file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    const nlohmann::json document = nlohmann::json::parse(*text, nullptr, false);
    if (document.is_discarded() || !document.is_object())
        return Error{ErrorCode::BadFormat, file.string() + " is not a JSON object; restore the recipe that came with Telltale"};
    RecipeReader reader(document);
    AnalyzeRecipe recipe;
    try {
        recipe.name = document.value("name", "analyze") + " " + std::to_string(document.value("version", 1));
        reader.get("detector", "thresholds", recipe.decode.thresholds);
        reader.get("detector", "mergeGapSeconds", recipe.decode.mergeGapSeconds);
        reader.get("detector", "shortestSeconds", recipe.decode.shortestSeconds);
        reader.get("detector", "longestSeconds", recipe.decode.longestSeconds);
        reader.get("detector", "overlap", recipe.decode.overlap);
        reader.get("detector", "minScore", recipe.decode.minScore);
        reader.get("motion", "pictureSide", recipe.motionPictureSide);
        reader.get("motion", "background", recipe.motionBackground);
        reader.get("motion", "strong", recipe.motionStrong);
        reader.get("body", "leastShare", recipe.leastBodyShare);
        reader.get("consensus", "threshold", recipe.consensus.threshold);
        reader.get("consensus", "margin", recipe.consensus.margin);
        reader.get("consensus", "agreeing", recipe.consensus.agreeing);
        reader.get("consensus", "weight", recipe.pseudoLabelWeight);
    } catch (const std::exception& e) {
        return Error{ErrorCode::BadFormat,
            file.string() + ": " + reader.place() + " cannot be read (" + e.what() + "); each value is {\"value\": ..., \"provenance\": ...}"};
    }
    return recipe;
}

} // namespace telltale
