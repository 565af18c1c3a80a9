// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What an analysis computed is kept, and the cache is managed through the real program.
#include "clirunner.h"
#include <algorithm>
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

std::string firstEntry(const std::string& folder)
{
    for (const auto& item : fs::directory_iterator(folder))
        if (item.path().extension() == ".features")
            return item.path().string();
    return {};
}

/// Without what differs from run to run.
nlohmann::json outcomeOf(const CliRun& run)
{
    nlohmann::json videos = run.json()["videos"];
    for (auto& video : videos)
        video.erase("id");
    return videos;
}

} // namespace

TEST(Cache, ASecondAnalysisFindsTheSameAndTheCacheCanBeManaged)
{
    const ScratchFolder folder("cache");
    const std::string data = folder / "data";
    const std::string project = folder / "project";
    const std::string features = project + "/cache/features";
    ASSERT_EQ(telltale("synth " + data + " --layout smg --subjects 1 --minutes 0.2 --seed 5").status, 0);
    ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    ASSERT_EQ(telltale("import " + project + " --format smg " + data).status, 0);

    const CliRun first = telltale("analyze " + project + " --json");
    ASSERT_EQ(first.status, 0) << first.err;
    const CliRun info = telltale("cache info " + project + " --json");
    ASSERT_EQ(info.status, 0) << info.err;
    const int64_t entries = info.json()["entries"];
    const int64_t bytes = info.json()["bytes"];
    ASSERT_GT(entries, 0);
    EXPECT_EQ(info.json()["folder"], features);
    EXPECT_TRUE(info.json()["extractors"].contains("clip rgb 1")) << info.out;

    const CliRun second = telltale("analyze " + project + " --json");
    ASSERT_EQ(second.status, 0) << second.err;
    EXPECT_EQ(outcomeOf(second), outcomeOf(first));
    EXPECT_EQ(telltale("cache info " + project + "/cache --json").json()["entries"], entries)
        << "nothing new";

    // A damaged entry is found, said and removed, and made again by the next analysis.
    std::ofstream(firstEntry(features), std::ios::binary | std::ios::app) << "x";
    const CliRun verify = telltale("cache verify " + project + " --json");
    ASSERT_EQ(verify.status, 0);
    EXPECT_EQ(verify.json()["checked"], entries);
    EXPECT_EQ(verify.json()["damaged"].size(), 1u);
    EXPECT_NE(verify.err.find(".features"), std::string::npos) << verify.err;
    std::ofstream(firstEntry(features), std::ios::binary | std::ios::app) << "x";
    const CliRun third = telltale("analyze " + project + " --json");
    ASSERT_EQ(third.status, 0) << third.err;
    EXPECT_NE(third.out.find("made again"), std::string::npos) << "the damaged entry is not told of";
    EXPECT_EQ(telltale("cache info " + features + " --json").json()["entries"], entries);

    const CliRun limit
        = telltale("cache limit " + project + " --max-bytes " + std::to_string(bytes - 1) + " --json");
    EXPECT_EQ(limit.json()["limit"], bytes - 1);
    const CliRun clean = telltale("cache clean " + project + " --json");
    ASSERT_EQ(clean.status, 0);
    EXPECT_EQ(clean.json()["removed"], 1);
    EXPECT_LT(clean.json()["bytes"].get<int64_t>(), bytes);
    EXPECT_EQ(telltale("cache clean " + project + " --max-bytes 0 --json").json()["entries"], 0);
    EXPECT_EQ(telltale("cache info " + project + " --json").json()["limit"], bytes - 1);
    EXPECT_EQ(telltale("project check " + project).status, 0);
}

TEST(Cache, WrongUseAndPlacesWithoutACacheAreSaid)
{
    const ScratchFolder folder("nocache");
    EXPECT_EQ(telltale("cache").status, 2);
    EXPECT_EQ(telltale("cache info").status, 2);
    EXPECT_EQ(telltale("cache clean " + (folder / "x") + " --max-bytes -3").status, 2);
    const CliRun nowhere = telltale("cache info " + (folder / "nowhere"));
    EXPECT_EQ(nowhere.status, 1);
    EXPECT_NE(nowhere.err.find("nowhere"), std::string::npos);
    // A folder of somebody else's files stays as it is.
    std::ofstream(folder / "film.part1.rar") << "film";
    EXPECT_EQ(telltale("cache clean " + (folder / ".") + " --max-bytes 0").status, 1);
    EXPECT_TRUE(fs::exists(folder / "film.part1.rar"));
    ASSERT_EQ(telltale("project new " + (folder / "project")).status, 0);
    const CliRun empty = telltale("cache info " + (folder / "project") + " --json");
    ASSERT_EQ(empty.status, 0);
    EXPECT_EQ(empty.json()["entries"], 0);
    EXPECT_EQ(empty.json()["longest_unused"], nullptr);
}
