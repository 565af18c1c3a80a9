// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace telltale {

inline std::filesystem::path fixtureFolder()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / ".." / "shared" / "fixtures";
}

class Parity : public testing::Test {
protected:
    /// Null if the fixture is not there.
    static nlohmann::json load(const std::string& name)
    {
        std::ifstream in(fixtureFolder() / name);
        return in ? nlohmann::json::parse(in) : nlohmann::json();
    }
    /// The parameters that the manifest has of a fixture.
    static nlohmann::json parameters(const std::string& id)
    {
        const nlohmann::json manifest = load("manifest.json");
        if (manifest.is_object())
            for (const nlohmann::json& entry : manifest["fixtures"])
                if (entry["id"] == id)
                    return entry["parameters"];
        return nlohmann::json::object();
    }
};

using parity = Parity; // in lower case, so that `ctest -R parity` finds it

} // namespace telltale

#define NEED(fixture, name)                                                                                  \
    const nlohmann::json fixture = load(name);                                                               \
    if (fixture.is_null())                                                                                   \
    GTEST_SKIP() << "no reference values: " << fixtureFolder() / (name)
