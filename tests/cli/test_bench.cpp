// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gtest/gtest.h>

TEST(Bench, AnUnknownBenchmarkIsRefusedByNamingThoseThereAre)
{
    const CliRun run = telltale("bench vidoe");
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("vidoe"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("video"), std::string::npos) << run.err;
}

TEST(Bench, WithoutTheProgramThatMakesItsVideosItSaysWhatToInstall)
{
    const ScratchFolder folder("bench");
    const std::string path = std::getenv("PATH");
    setenv("PATH", (folder / "nothing").c_str(), 1);
    const CliRun run = telltale("bench video --folder " + (folder / "videos"));
    setenv("PATH", path.c_str(), 1);
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.err.find("install the package ffmpeg"), std::string::npos) << run.err;
}
