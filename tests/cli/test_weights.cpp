// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

std::string checkpoint(const std::string& name)
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    return std::string(folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/testdata")
        + "/checkpoints/" + name;
}

} // namespace

TEST(Weights, AFileOfAnotherProgramIsShownAndRewrittenUnderOurNames)
{
    const std::string file = checkpoint("posec3d_slowonly_tiny_pyskl.pth");
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << file << " is not there";
    const ScratchFolder folder("weights");
    const CliRun info = telltale("weights info " + file + " --json");
    ASSERT_EQ(info.status, 0) << info.err;
    EXPECT_EQ(info.json()["root"], "state_dict");
    EXPECT_EQ(info.json()["keys"], "pyskl");
    EXPECT_EQ(info.json()["network"]["kind"], "slowonly");
    const auto shape = info.json()["network"]["sizes"];

    const CliRun convert = telltale("weights convert " + file + " " + folder / "ours.safetensors --json");
    ASSERT_EQ(convert.status, 0) << convert.err;
    EXPECT_EQ(convert.json()["tensors"], info.json()["tensors"].size());
    EXPECT_EQ(convert.json()["network"]["sizes"], shape);
    const CliRun again = telltale("weights info " + folder / "ours.safetensors --json");
    ASSERT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(again.json()["keys"], "plain");
    EXPECT_EQ(again.json()["network"]["sizes"], shape);
    const CliRun halves
        = telltale("weights convert " + file + " " + folder / "halves.safetensors --keys plain --half");
    ASSERT_EQ(halves.status, 0) << halves.err;
    EXPECT_THAT(telltale("weights info " + folder / "halves.safetensors").out,
        HasSubstr("backbone.conv1.conv.weight  F16 ["));
}

TEST(Weights, WhatWantsToRunCodeIsRefusedByNameAndNothingIsWritten)
{
    const std::string file = checkpoint("hostile_code.pth");
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << file << " is not there";
    const ScratchFolder folder("weights");
    const CliRun run = telltale("weights convert " + file + " " + folder / "out.safetensors");
    EXPECT_EQ(run.status, 1);
    EXPECT_THAT(run.err, HasSubstr("hostile_code.pth: it wants to run posix.system"));
    EXPECT_FALSE(std::filesystem::exists(folder / "out.safetensors"));
    EXPECT_FALSE(std::filesystem::exists("telltale_was_owned"));
    const CliRun keys = telltale("weights convert " + file + " " + folder / "out.safetensors --keys keras");
    EXPECT_EQ(keys.status, 2);
    EXPECT_THAT(keys.err, HasSubstr("plain, pyskl, mmaction2, videomaev2, torchvision or auto"));
}
