// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

class ProjectSync : public testing::Test {
protected:
    void SetUp() override
    {
        std::ofstream(m_folder / "l.csv")
            << "Sample0001,8,10,60,\nSample0002,7,100,160,\nSample0003,7,100,160,\n";
        ASSERT_EQ(telltale("project new " + m_project + " --labels smg").status, 0);
        const CliRun taken
            = telltale("import " + m_project + " --format csv " + m_folder / "l.csv" + " --fps 28");
        ASSERT_EQ(taken.status, 0) << taken.err;
    }

    void expectRefusal(const std::string& arguments, int status, const char* because)
    {
        const CliRun run = telltale("project sync " + m_project + " " + arguments);
        EXPECT_EQ(run.status, status) << arguments;
        EXPECT_THAT(run.err, HasSubstr(because));
    }

    ScratchFolder m_folder{"sync"};
    std::string m_project = m_folder / "p";
};

TEST_F(ProjectSync, PutsVideosIntoOneSessionAndTakesThemOutAgain)
{
    const CliRun run = telltale(
        "project sync " + m_project + " Sample0002 Sample0001 Sample0003 --offset 1.25,-0.04 --json");
    ASSERT_EQ(run.status, 0) << run.err;
    const auto cameras = run.json()["cameras"];
    ASSERT_EQ(cameras.size(), 3U);
    EXPECT_EQ(cameras[0]["name"], "Sample0002");
    EXPECT_DOUBLE_EQ(cameras[0]["offset"], 0);
    EXPECT_EQ(cameras[1]["name"], "Sample0001");
    EXPECT_DOUBLE_EQ(cameras[1]["offset"], 1.25);
    EXPECT_DOUBLE_EQ(cameras[2]["offset"], -0.04);
    const auto videos = telltale("project info " + m_project + " --json").json()["video_list"];
    EXPECT_DOUBLE_EQ(videos[0]["offset"], 1.25);
    ASSERT_EQ(telltale("project sync " + m_project + " Sample0001 Sample0002 --remove").status, 0);
    for (const auto& video : telltale("project info " + m_project + " --json").json()["video_list"])
        EXPECT_FALSE(video.contains("session"));
    const CliRun check = telltale("project check " + m_project + " --json");
    EXPECT_EQ(check.status, 0) << check.err;
}

TEST_F(ProjectSync, SaysWhatIsWrong)
{
    expectRefusal("Sample0001", 1, "2 to 4 cameras");
    expectRefusal("Sample0001 Nobody", 1, "no video named 'Nobody'");
    expectRefusal("Sample0001 Sample0001", 1, "named twice");
    expectRefusal("Sample0001 Sample0002 --offset half", 2, "not 'half'");
    expectRefusal("Sample0001 Sample0002 --offset 1,2", 2, "2 values for the 1 videos");
    expectRefusal("Sample0001 Sample0002 --offset 900000", 1, "more than a week");
}

} // namespace
