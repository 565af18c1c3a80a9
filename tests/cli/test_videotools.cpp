// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

/// A synthetic video in `folder`.
std::string videoIn(const ScratchFolder& folder)
{
    const CliRun synth
        = telltale("synth " + (folder / "data") + " --layout smg --subjects 1 --minutes 0.1 --seed 3");
    EXPECT_EQ(synth.status, 0) << synth.err;
    for (const auto& entry : fs::recursive_directory_iterator(folder / "data"))
        if (entry.path().extension() == ".mp4" || entry.path().extension() == ".avi")
            return entry.path().string();
    return {};
}

} // namespace

TEST(VideoTools, AClipHoldsThePicturesThatWereAskedFor)
{
    const ScratchFolder folder("clip");
    const std::string video = videoIn(folder);
    ASSERT_FALSE(video.empty());
    const std::string clip = folder / "clip.mkv";
    const std::string command = "clip " + video + " --from 30 --to 42 --out " + clip + " --crf 0";
    const CliRun made = telltale(command + " --json");
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.json()["frames"], 12);
    EXPECT_EQ(made.json()["copied"], false);
    const auto before = telltale("frame " + video + " --index 30,31,41 --json").json();
    const auto after = telltale("frame " + clip + " --index 0,1,11 --json").json();
    ASSERT_TRUE(before.is_array() && after.is_array());
    for (size_t i = 0; i < 3; ++i)
        EXPECT_EQ(after[i]["md5"], before[i]["md5"]);
    const CliRun again = telltale(command);
    EXPECT_EQ(again.status, 1);
    EXPECT_NE(again.err.find("--force"), std::string::npos);
    EXPECT_EQ(telltale(command + " --force").status, 0);
    const CliRun copied
        = telltale("clip " + video + " --from 0 --to 5 --exact-copy --out " + (folder / "c.mp4"));
    EXPECT_EQ(copied.status == 0, copied.out.find("copied as they are") != std::string::npos) << copied.err;
    EXPECT_EQ(telltale("clip " + video + " --from 5 --out " + clip).status, 2);
    EXPECT_EQ(telltale("clip " + video + " --from x --to 7 --out " + clip).status, 2);
    EXPECT_EQ(telltale("clip " + video + " --from 9 --to 9000000 --force --out " + clip).status, 1);
}

TEST(VideoTools, AProxyHasAsManyPicturesAsTheVideo)
{
    const ScratchFolder folder("proxy");
    const std::string video = videoIn(folder);
    ASSERT_FALSE(video.empty());
    EXPECT_EQ(telltale("proxy " + video).status, 2) << "where to?";
    const CliRun made = telltale("proxy " + video + " --height 120 --out " + (folder / "cache") + " --json");
    ASSERT_EQ(made.status, 0) << made.err;
    const auto proxy = made.json()["proxies"][0];
    EXPECT_EQ(proxy["height"], 120);
    const auto original = telltale("probe " + video + " --json").json();
    const auto small = telltale("probe " + proxy["proxy"].get<std::string>() + " --json").json();
    EXPECT_EQ(small["frames"], original["frames"]);
    EXPECT_EQ(small["duration_us"], original["duration_us"]);
    EXPECT_EQ(small["longest_gop"], 1);

    const std::string project = folder / "project";
    ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    ASSERT_EQ(telltale("project add " + project + " " + video + " --subject 1").status, 0);
    const CliRun all = telltale("proxy " + project + " --all --json");
    ASSERT_EQ(all.status, 0) << all.err;
    ASSERT_EQ(all.json()["proxies"].size(), 1U);
    EXPECT_TRUE(fs::exists(all.json()["proxies"][0]["proxy"].get<std::string>()));
    const CliRun needed = telltale("proxy " + project + " --json");
    ASSERT_EQ(needed.status, 0) << needed.err;
    EXPECT_EQ(needed.json()["proxies"].size() + needed.json()["skipped"].size(), 1U);
}

TEST(VideoTools, AnotherVideoOfAKnownSubjectTakesTheSubjectsRole)
{
    const ScratchFolder folder("roles");
    const std::string video = videoIn(folder);
    ASSERT_FALSE(video.empty());
    const std::string project = folder / "project";
    ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    ASSERT_EQ(telltale("project add " + project + " " + video + " --subject anna --role test").status, 0);
    for (const char* name : {"second", "third"})
        fs::copy_file(video, (folder / name) + fs::path(video).extension().string());
    const std::string second = (folder / "second") + fs::path(video).extension().string();
    const std::string third = (folder / "third") + fs::path(video).extension().string();
    const CliRun added = telltale("project add " + project + " " + second + " --subject anna");
    EXPECT_EQ(added.status, 0) << added.err;
    const CliRun refused = telltale("project add " + project + " " + third + " --subject anna --role train");
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("subject 'anna' is for test in this project"), std::string::npos);
    const auto videos = telltale("project info " + project + " --json").json()["video_list"];
    ASSERT_EQ(videos.size(), 2U);
    EXPECT_EQ(videos[1]["role"], "test");
}
