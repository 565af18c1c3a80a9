// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "base/npy.h"
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace telltale {

/// Tests that compare with what the reference wrote down; skipped where the folder is not there.
class Fixtures : public testing::Test {
protected:
    using json = nlohmann::json;

    static std::filesystem::path folder()
    {
        const char* given = std::getenv("TELLTALE_FIXTURES");
        return given ? std::filesystem::path(given)
                     : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/fixtures";
    }
    void SetUp() override
    {
        if (!std::filesystem::exists(folder() / "manifest.json"))
            GTEST_SKIP() << folder() << " is not there";
        m_manifest = read("manifest.json");
    }
    static json read(const std::string& name) { return json::parse(*readFile(folder() / name)); }
    json entry(const std::string& id) const
    {
        for (const json& fixture : m_manifest["fixtures"])
            if (fixture["id"] == id)
                return fixture;
        ADD_FAILURE() << "the manifest has no " << id;
        return {};
    }
    static double toleranceOf(const json& fixture)
    {
        return std::stod(fixture["tolerance"].get<std::string>());
    }
    static NdArray load(const json& fixture, size_t file)
    {
        const std::string name = fixture["files"][file]["name"];
        const auto array = readNpy(folder() / name);
        EXPECT_TRUE(array.ok()) << name;
        return *toFloat(*array, name);
    }

private:
    json m_manifest;
};

} // namespace telltale
