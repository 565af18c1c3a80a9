// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The report of a project through the real program, on a machine without a display.
#include "clirunner.h"
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

std::string emptyProject(const ScratchFolder& folder)
{
    const std::string project = folder / "project";
    EXPECT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    return project;
}

} // namespace

TEST(Report, OfAnEmptyProjectSaysWhatIsMissingInEveryView)
{
    const ScratchFolder folder("report");
    const std::string project = emptyProject(folder);
    const CliRun run = telltale("report " + project + " --out " + folder / "out.html" + " --json");
    ASSERT_EQ(run.status, 0) << run.err;
    const nlohmann::json sections = run.json()["sections"];
    ASSERT_TRUE(sections.contains("data")) << run.out;
    EXPECT_EQ(sections["data"]["tables"]["snapshot"][3]["fact"], "Videos");
    EXPECT_EQ(sections["data"]["tables"]["snapshot"][3]["value"], "0");
    for (const auto& [name, section] : sections.items()) {
        if (name != "data") {
            EXPECT_NE(section["missing"], "") << name << " shows figures of an empty project";
        }
    }
    EXPECT_TRUE(fs::exists(folder / "out_tables/snapshot.csv"));
    EXPECT_NE(slurp(folder / "out.html").find("<!DOCTYPE html>"), std::string::npos);
}

TEST(Report, NamesThatNoReportCanHaveAreWrongUsageBeforeAnyWork)
{
    const ScratchFolder folder("report");
    const std::string project = emptyProject(folder);
    const CliRun run = telltale("report " + project + " --out " + folder / "out.doc");
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("out.doc"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find(".html or .pdf"), std::string::npos) << run.err;
    EXPECT_FALSE(fs::exists(folder / "out_tables"));
}

TEST(Report, APdfIsOne)
{
    const ScratchFolder folder("report");
    const std::string project = emptyProject(folder);
    ASSERT_EQ(telltale("report " + project + " --out " + folder / "out.pdf").status, 0);
    EXPECT_EQ(slurp(folder / "out.pdf").substr(0, 5), "%PDF-");
}
