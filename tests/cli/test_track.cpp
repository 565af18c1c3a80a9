// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

/// A short synthetic subject: its video and its track in 68 points.
class TrackCommands : public testing::Test {
protected:
    void SetUp() override
    {
        const CliRun synth
            = telltale("synth " + (m_folder / "data") + " --layout smg --subjects 1 --minutes 0.1 --seed 5");
        ASSERT_EQ(synth.status, 0) << synth.err;
        std::string skeleton;
        for (const auto& entry : fs::recursive_directory_iterator(m_folder / "data")) {
            const std::string name = entry.path().filename().string();
            if (entry.path().extension() == ".mp4" || entry.path().extension() == ".avi")
                m_video = entry.path().string();
            else if (name.ends_with("_skeleton.csv"))
                skeleton = entry.path().string();
        }
        ASSERT_FALSE(m_video.empty());
        ASSERT_FALSE(skeleton.empty());
        const CliRun map
            = telltale("track map " + skeleton + " --layout telltale68 --out " + m_track + " --json");
        ASSERT_EQ(map.status, 0) << map.err;
        ASSERT_EQ(map.json()["layout"], "telltale68");
    }
    nlohmann::json infoOf(const std::string& track) const
    {
        const CliRun info = telltale("track info " + track + " --video " + m_video + " --json");
        EXPECT_EQ(info.status, 0) << info.err;
        return info.json();
    }

    ScratchFolder m_folder{"track"};
    std::string m_video;
    std::string m_track = m_folder / "t.npz";
};

} // namespace

TEST_F(TrackCommands, InfoTellsWhatIsInATrackAndHowGoodItIs)
{
    const nlohmann::json info = infoOf(m_track);
    EXPECT_EQ(info["layout"], "telltale68");
    EXPECT_EQ(info["mapped"], true);
    ASSERT_EQ(info["persons"].size(), 1U);
    EXPECT_GT(info["persons"][0]["parts"]["torso"]["quality"], 0.5);
    EXPECT_EQ(info["persons"][0]["parts"]["left_leg"]["quality"].is_number(), true);
    const CliRun text = telltale("track info " + m_track);
    EXPECT_THAT(text.out, HasSubstr("torso"));
    EXPECT_EQ(telltale("track info " + (m_folder / "absent.npz")).status, 1);
}

TEST_F(TrackCommands, PersonsAreSplitSwappedJoinedAndKept)
{
    const std::string edited = m_folder / "e.npz";
    const auto seenOf = [&](int person) { return infoOf(edited)["persons"][person]["seen"].get<double>(); };
    ASSERT_EQ(telltale("track split " + m_track + " 0 --from 50 --out " + edited).status, 0);
    ASSERT_EQ(infoOf(edited)["persons"].size(), 2U);
    const double first = seenOf(0);
    EXPECT_LT(first, 0.6);
    // In place: the output is the input.
    ASSERT_EQ(telltale("track swap " + edited + " 0 1 --out " + edited).status, 0);
    EXPECT_EQ(seenOf(1), first);
    ASSERT_EQ(telltale("track swap " + edited + " 1 0 --out " + edited).status, 0);
    ASSERT_EQ(telltale("track join " + edited + " 0 1 --out " + edited).status, 0);
    EXPECT_EQ(seenOf(1), 0);
    ASSERT_EQ(telltale("track keep " + edited + " 0 --out " + edited).status, 0);
    EXPECT_EQ(slurp(edited), slurp(m_track)) << "all of it and nothing else is back";
}

TEST_F(TrackCommands, AJoinOfTwoWhoAreSeenTogetherNeedsAWord)
{
    const std::string people = m_folder / "people";
    fs::create_directory(people);
    for (int frame = 0; frame < 4; ++frame) {
        nlohmann::json all = nlohmann::json::array();
        for (const double x : {100.0, 500.0}) {
            std::vector<double> numbers;
            for (int point = 0; point < 25; ++point)
                numbers.insert(numbers.end(), {x + 10 * (point % 5), 50.0 + 10 * point, 0.5 + x / 2000});
            all.push_back({{"pose_keypoints_2d", numbers}});
        }
        std::ofstream(people + "/f_00" + std::to_string(frame) + "_keypoints.json")
            << nlohmann::json{{"version", 1.3}, {"people", all}};
    }
    const std::string two = m_folder / "two.npz";
    const CliRun refused = telltale("track join " + people + " 0 1 --out " + two);
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("both persons are seen in 4 frames, the first is 0"));
    EXPECT_THAT(refused.err, HasSubstr("--surer"));
    EXPECT_FALSE(fs::exists(two));
    ASSERT_EQ(telltale("track join " + people + " 0 1 --surer --out " + two).status, 0);
    const CliRun joined = telltale("track info " + two + " --json");
    EXPECT_EQ(joined.json()["persons"][0]["seen"], 1);
    EXPECT_EQ(joined.json()["persons"][1]["seen"], 0);
    const CliRun bad = telltale("track swap " + two + " 0 7 --out " + two);
    EXPECT_EQ(bad.status, 1);
    EXPECT_THAT(bad.err, HasSubstr("no person 7"));
    EXPECT_EQ(telltale("track swap " + two + " 0 x --out " + two).status, 2);
    EXPECT_EQ(telltale("track swap " + two + " 0 1").status, 2) << "no --out";
}

TEST_F(TrackCommands, GapsAreFilledAndPointsSmoothed)
{
    const std::string out = m_folder / "s.npz";
    for (const std::string method : {"one-euro", "median", "rts"}) {
        const CliRun smooth = telltale(
            "track smooth " + m_track + " --video " + m_video + " --method " + method + " --out " + out);
        EXPECT_EQ(smooth.status, 0) << smooth.err;
        EXPECT_EQ(infoOf(out)["frames"], infoOf(m_track)["frames"]);
        EXPECT_NE(slurp(out), slurp(m_track));
    }
    const CliRun fill = telltale("track fill " + m_track + " --longest 1 --out " + out + " --json");
    EXPECT_EQ(fill.status, 0) << fill.err;
    EXPECT_GE(fill.json()["filled_points"], 0);
    EXPECT_EQ(telltale("track smooth " + m_track + " --method mean --out " + out).status, 2);
    EXPECT_EQ(telltale("track smooth " + m_track + " --method median --window 4 --out " + out).status, 1);
}

TEST_F(TrackCommands, ATrackInAnotherScaleFitsOnceItsPictureIsNamed)
{
    const std::string out = m_folder / "fit.npz";
    ASSERT_EQ(telltale("track fit " + m_track + " --video " + m_video + " --out " + out).status, 0);
    EXPECT_EQ(slurp(out), slurp(m_track));
    const CliRun large
        = telltale("track fit " + m_track + " --video " + m_video + " --scale 10 --out " + out);
    EXPECT_EQ(large.status, 1);
    EXPECT_THAT(large.err, HasSubstr("--size"));
    EXPECT_EQ(slurp(out), slurp(m_track)) << "nothing was written";
}
