// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

/// A project with two videos that lie beside it.
class Relocate : public testing::Test {
protected:
    void SetUp() override
    {
        const CliRun synth
            = telltale("synth " + (m_folder / "data") + " --layout smg --subjects 2 --minutes 0.02 --seed 3");
        ASSERT_EQ(synth.status, 0) << synth.err;
        fs::create_directories(m_folder / "videos");
        for (const auto& entry : fs::recursive_directory_iterator(m_folder / "data")) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".mp4" && extension != ".avi")
                continue;
            m_videos.push_back(m_folder / ("videos/v" + std::to_string(m_videos.size()) + extension));
            fs::copy(entry.path(), m_videos.back());
        }
        ASSERT_GE(m_videos.size(), 2U);
        ASSERT_EQ(telltale("project new " + m_project + " --labels smg").status, 0);
        const CliRun added
            = telltale("project add " + m_project + " " + m_videos[0] + " " + m_videos[1] + " --subject s1");
        ASSERT_EQ(added.status, 0) << added.err;
    }

    std::string pathOf(int video) const
    {
        return telltale("project info " + m_project + " --json").json()["video_list"][video]["path"];
    }

    ScratchFolder m_folder{"relocate"};
    std::string m_project = m_folder / "p";
    std::vector<std::string> m_videos;
};

TEST_F(Relocate, FindsAMovedVideoUnderAnotherNameAndLeavesTheOthersAlone)
{
    const std::string second = pathOf(1);
    fs::create_directories(m_folder / "disk/deep");
    fs::rename(m_videos[0], m_folder / "disk/deep/other.bin");
    const std::string command = "project relocate " + m_project + " " + (m_folder / "disk");
    const CliRun looked = telltale(command + " --dry-run --json");
    ASSERT_EQ(looked.status, 0) << looked.err;
    EXPECT_EQ(looked.json()["missing"], 1);
    EXPECT_EQ(looked.json()["found"][0]["file"], m_folder / "disk/deep/other.bin");
    EXPECT_EQ(looked.json()["applied"], false);
    EXPECT_THAT(pathOf(0), HasSubstr("videos"));
    const CliRun run = telltale(command);
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("1 of 1 missing videos found"));
    EXPECT_THAT(pathOf(0), HasSubstr("disk/deep/other.bin"));
    EXPECT_EQ(pathOf(1), second);
    EXPECT_EQ(telltale("project check " + m_project).status, 0);
    fs::remove(m_videos[1]);
    const CliRun nowhere = telltale("project relocate " + m_project + " " + (m_folder / "nowhere"));
    EXPECT_EQ(nowhere.status, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("nowhere"));
}

TEST_F(Relocate, VideosThatAnImportWaitsForAreFoundByNameOrAreNamed)
{
    std::ofstream(m_folder / "far.csv") << "far,1,2,5,\nother,2,3,9,\n";
    ASSERT_EQ(telltale("import " + m_project + " " + (m_folder / "far.csv")).status, 0);
    fs::create_directories(m_folder / "disk");
    const std::string ending = fs::path(m_videos[0]).extension().string();
    fs::copy(m_videos[0], m_folder / ("disk/far" + ending));
    const CliRun run = telltale("project relocate " + m_project + " " + (m_folder / "disk") + " --json");
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.json()["missing"], 2);
    ASSERT_EQ(run.json()["found"].size(), 1U);
    EXPECT_EQ(run.json()["found"][0]["name"], "far");
    EXPECT_THAT(pathOf(2), HasSubstr("disk/far"));

    const CliRun wrong = telltale("project add " + m_project + " " + m_videos[1] + " --as far");
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.err, HasSubstr("waits for its file"));
    const CliRun named = telltale("project add " + m_project + " " + m_videos[1] + " --as other");
    ASSERT_EQ(named.status, 0) << named.err;
    EXPECT_THAT(pathOf(3), HasSubstr(fs::path(m_videos[1]).filename().string()));
    EXPECT_EQ(telltale("project info " + m_project + " --json").json()["videos"], 4);
    EXPECT_EQ(telltale("project check " + m_project).status, 0);
}

} // namespace
