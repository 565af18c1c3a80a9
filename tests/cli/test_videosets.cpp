// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

constexpr const char* kSynth = "videos synth --no-pictures --minutes 0.2 ";

TEST(VideoSetCommands, ASyntheticSetIsMadeAndTold)
{
    const ScratchFolder folder("videos");
    const std::string set = folder / "set.safetensors";
    const CliRun made = telltale(kSynth + ("--subjects 2,1,1 --json --out " + set));
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.json()["videos"], 4);
    EXPECT_EQ(made.json()["frames"], 4 * 336);
    const CliRun told = telltale("videos info --json " + set);
    ASSERT_EQ(told.status, 0) << told.err;
    EXPECT_EQ(told.json()["roles"]["train"]["videos"], 2);
    EXPECT_EQ(told.json()["roles"]["validation"]["videos"], 1);
    EXPECT_EQ(told.json()["amount"]["spans"], made.json()["spans"]);
    EXPECT_EQ(told.json()["classes"].size(), 17U);
    EXPECT_EQ(told.json()["subjects"].size(), 4U);
    EXPECT_EQ(told.json()["picture_side"], 0);
    EXPECT_EQ(told.json()["splits_are_apart"], true);
    EXPECT_THAT(telltale("videos info " + set).out, HasSubstr("s004 (test): 1 video"));
}

TEST(VideoSetCommands, WhatMakesNoSenseIsSaidAndLeavesNoFile)
{
    const ScratchFolder folder("videos");
    const std::string set = folder / "set.safetensors";
    EXPECT_EQ(telltale("videos synth").status, 2);
    for (const char* subjects : {"3", "1,2", "1,2,x", "-1,0,0", "1,2,3,4"}) {
        const CliRun run = telltale(kSynth + (std::string("--subjects=") + subjects + " --out " + set));
        EXPECT_EQ(run.status, 2) << subjects;
        EXPECT_THAT(run.err, HasSubstr("30,5,5"));
    }
    EXPECT_EQ(telltale(kSynth + ("--subjects 0,0,0 --out " + set)).status, 1);
    EXPECT_EQ(telltale("videos synth --minutes 0 --out " + set).status, 2);
    EXPECT_EQ(telltale("videos utkinect " + folder / "none" + " --out " + set).status, 1);
    EXPECT_EQ(telltale("videos utkinect x --test s01 --fold 2 --out " + set).status, 2);
    EXPECT_EQ(telltale("videos export " + folder / "none" + " --out " + set).status, 1);
    EXPECT_FALSE(std::filesystem::exists(set));
    std::ofstream(set) << "no set";
    const CliRun told = telltale("videos info " + set);
    EXPECT_EQ(told.status, 1);
    EXPECT_THAT(told.err, HasSubstr(set));
}

TEST(VideoSetCommands, InterruptingLeavesNothingHalfWritten)
{
    const ScratchFolder folder("videos");
    const int status = std::system((std::string("timeout --preserve-status --signal=INT 0.5 ") + TELLTALE_CLI
        + " videos synth --no-pictures --subjects 0,0,9 --minutes 600 --out " + folder / "set"
        + " 2>/dev/null")
                                       .c_str());
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 130);
    EXPECT_TRUE(std::filesystem::is_empty(folder / ""));
}

} // namespace
