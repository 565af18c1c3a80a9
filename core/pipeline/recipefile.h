// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "base/result.h"
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace telltale {

/// A recipe on disk: tables of {"value": v, "provenance": text}. Private to the readers of recipes.
class RecipeFile {
public:
    explicit RecipeFile(std::filesystem::path file) : m_file(std::move(file)) { }

    /// Runs `read`, which calls get(); BadFormat names the file and the key it failed at.
    Status read(const std::function<void(RecipeFile&)>& reader)
    {
        const Result<std::string> text = readFile(m_file);
        if (!text)
            return text.error();
        m_text = *text;
        m_document = nlohmann::json::parse(m_text, nullptr, false);
        if (!m_document.is_object())
            return Error{ErrorCode::BadFormat,
                m_file.string() + " is not a JSON table; restore the recipe that came with Telltale."};
        try {
            reader(*this);
        } catch (const std::exception& e) {
            return Error{ErrorCode::BadFormat,
                m_file.string() + ": \"" + m_place + "\" cannot be read (" + e.what()
                    + "); each entry is {\"value\": ..., \"provenance\": ...}."};
        }
        return {};
    }
    template <typename T> void get(const char* table, const char* key, T& out)
    {
        m_place = std::string(table) + "." + key;
        const nlohmann::json& entry = m_document.at(table).at(key);
        if (!entry.contains("provenance"))
            throw std::runtime_error("it has no provenance");
        entry.at("value").get_to(out);
    }
    /// The file itself.
    const std::string& text() const { return m_text; }
    /// "analyze 1"
    std::string name() const
    {
        return m_document.value("name", m_file.stem().string()) + " "
            + std::to_string(m_document.value("version", 1));
    }

private:
    std::filesystem::path m_file;
    std::string m_text;
    nlohmann::json m_document;
    std::string m_place = "name";
};

} // namespace telltale
