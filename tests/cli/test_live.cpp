// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include "wristmodel.h"
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;

namespace {

/// One small detector of synthetic people for all tests.
class LiveCommand : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_folder = std::make_unique<ScratchFolder>("live");
        const CliRun made
            = telltale("videos synth --no-pictures --minutes 0.5 --subjects 3,1,1 --out " + set());
        ASSERT_EQ(made.status, 0) << made.err;
        Json recipe
            = Json::parse(slurp(std::string(TELLTALE_SOURCE_DIR) + "/models/recipes/track2_skeleton.json"));
        recipe["grid"]["rows"]["value"] = 64;
        recipe["detector"]["width"]["value"] = 16;
        recipe["detector"]["branches"]["value"] = 2;
        recipe["training"]["epochs"]["value"] = 2;
        recipe["training"]["warmUpEpochs"]["value"] = 0;
        std::ofstream(*s_folder / "small.json") << recipe.dump();
        const CliRun trained = telltale("train " + set() + " --system track2 --recipe "
            + *s_folder / "small.json" + " --out " + detector());
        ASSERT_EQ(trained.status, 0) << trained.err;
        writeWristModel(*s_folder / "");
    }
    static void TearDownTestSuite() { s_folder.reset(); }
    static std::string set() { return *s_folder / "set.safetensors"; }
    static std::string detector() { return *s_folder / "detector"; }
    static std::string camera() { return "'lavfi:color=c=red:duration=4:size=192x128:rate=28'"; }
    static std::string posing() { return " --pose-model " + *s_folder / "wrists.onnx"; }

    static inline std::unique_ptr<ScratchFolder> s_folder;
};

TEST_F(LiveCommand, ASetIsPlayedAndItsFiguresStandBesideThoseOfWholeVideos)
{
    const std::string out = *s_folder / "spans.csv";
    const CliRun run
        = telltale("live " + set() + " --model " + detector() + " --threshold 0.02 --json --out " + out);
    ASSERT_EQ(run.status, 0) << run.err;
    const Json told = run.json();
    EXPECT_EQ(told["videos"], 1);
    EXPECT_EQ(told["threshold"], 0.02);
    EXPECT_EQ(told["timing"]["latency_frames"], 8 + 16 + 8);
    EXPECT_TRUE(told["live"].contains("f1"));
    EXPECT_TRUE(told["offline"].contains("mAP"));
    EXPECT_GT(told["look"]["looks"], 50);
    EXPECT_EQ(told["live"]["found"], told["spans"].size());
    const std::string list = slurp(out);
    EXPECT_THAT(list, StartsWith("video_id,class_id,start_frame,end_frame,score\n"));
    EXPECT_EQ(static_cast<size_t>(std::count(list.begin(), list.end(), '\n')), told["spans"].size() + 1);
    for (const Json& span : told["spans"])
        EXPECT_LE(span["end"].get<double>(), span["told_at"].get<double>());
    const CliRun text = telltale("live " + set() + " --model " + detector() + " --threshold 0.02 --settle 0");
    ASSERT_EQ(text.status, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("offline"));
    EXPECT_THAT(text.out, HasSubstr("latency 16 frames"));
    // The list is one that evaluate reads.
    EXPECT_EQ(telltale("evaluate --task spans --truth " + out + " --pred " + out).status, 0);
}

TEST_F(LiveCommand, AThresholdIsChosenOnHeldOutVideosAndUsedFromThenOn)
{
    const CliRun chosen = telltale("live " + set() + " --model " + detector() + " --choose --hop 16 --json");
    ASSERT_EQ(chosen.status, 0) << chosen.err;
    EXPECT_THAT(chosen.json()["threshold_source"].get<std::string>(), HasSubstr("held-out"));
    const CliRun later = telltale("live " + set() + " --model " + detector() + " --json");
    ASSERT_EQ(later.status, 0) << later.err;
    EXPECT_EQ(later.json()["threshold"], chosen.json()["threshold"]);
    EXPECT_EQ(later.json()["timing"]["hop"], 16);
    EXPECT_EQ(later.json()["live"], chosen.json()["live"]);
    EXPECT_EQ(later.json()["offline"], chosen.json()["offline"]);
    std::filesystem::remove(detector() + "/live.json");
}

TEST_F(LiveCommand, ACameraIsFollowedToItsEnd)
{
    const CliRun run = telltale("live " + camera() + " --model " + detector() + posing() + " --json");
    ASSERT_EQ(run.status, 0) << run.err;
    const Json told = run.json();
    EXPECT_EQ(told["frames"], 112);
    EXPECT_EQ(told["pictures"], 112);
    EXPECT_EQ(told["lost"], 0);
    EXPECT_EQ(told["rate"], 28);
    EXPECT_THAT(run.err, HasSubstr("latency"));
}

TEST_F(LiveCommand, AFileThatAProgramStillWritesIsFollowedUntilItIsClosed)
{
    // Half of a recording is there. Whoever has it open writes the rest once it is being followed, and closes
    // it; nobody waits for the half hour after that.
    std::ofstream(*s_folder / "follow.sh")
        << "cd " << *s_folder / ""
        << R"(
        ffmpeg -v error -y -f lavfi -i testsrc=duration=2:size=192x128:rate=28 -c:v libx264 -g 10 \
            -cluster_time_limit 200 whole.mkv || exit 1
        size=$(stat -c %s whole.mkv)
        head -c $((size / 2)) whole.mkv >growing.mkv
        touch told.txt
        mkfifo ready
        (
            exec 3>>growing.mkv
            echo >ready
            until grep -q latency told.txt || ! kill -0 $$; do :; done
            tail -c +$((size / 2 + 1)) whole.mkv >&3
        ) &
        read -r _ <ready
        exec )"
        << TELLTALE_CLI
        << " live growing.mkv --wait 1800 --model detector --pose-model wrists.onnx"
           " --json >followed.json 2>told.txt\n";
    ASSERT_EQ(std::system(("sh " + *s_folder / "follow.sh").c_str()), 0) << slurp(*s_folder / "told.txt");
    const Json told = Json::parse(slurp(*s_folder / "followed.json"));
    EXPECT_EQ(told["frames"], 56);
    EXPECT_EQ(told["damaged"], 0);
}

TEST_F(LiveCommand, CtrlCEndsACameraWithWhatWasFound)
{
    const std::string out = *s_folder / "stopped.csv";
    const std::string err = *s_folder / "stopped.txt";
    std::ofstream(*s_folder / "stop.sh")
        << "touch " << err << "\n"
        << TELLTALE_CLI << " live 'lavfi:testsrc=size=192x128:rate=28' --model " << detector() << posing()
        << " --json --out " << out << " >" << *s_folder / "stopped.json"
        << " 2>" << err << " &\n"
        << "until grep -q latency " << err << " || ! kill -0 $!; do :; done\n"
        << "kill -INT $!\nwait $!\n";
    const int status = std::system(("sh " + *s_folder / "stop.sh").c_str());
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << slurp(err);
    EXPECT_EQ(Json::parse(slurp(*s_folder / "stopped.json"))["stopped"], true);
    EXPECT_THAT(slurp(out), StartsWith("video_id,"));
}

TEST_F(LiveCommand, WhatMakesNoSenseIsSaid)
{
    EXPECT_EQ(telltale("live " + set()).status, 2);
    EXPECT_EQ(telltale("live " + camera() + " --model " + detector()).status, 2) << "no pose model";
    EXPECT_EQ(telltale("live " + camera() + " --model " + detector() + posing() + " --size 3").status, 2);
    EXPECT_EQ(telltale("live video.mp4 --rate 5 --model " + detector() + posing()).status, 2);
    EXPECT_EQ(telltale("live " + set() + " --hop 0 --model " + detector()).status, 2);
    EXPECT_EQ(telltale("live " + set() + " --role nobody --model " + detector()).status, 1);
    EXPECT_EQ(telltale("live " + set() + " --model " + *s_folder / "none").status, 1);
    const CliRun missing = telltale("live " + *s_folder / "none.mkv" + " --model " + detector() + posing());
    EXPECT_EQ(missing.status, 1);
    EXPECT_THAT(missing.err, HasSubstr("none.mkv"));
    const CliRun unplugged = telltale("live /dev/video_none --model " + detector() + posing());
    EXPECT_EQ(unplugged.status, 1);
    EXPECT_THAT(unplugged.err, HasSubstr("/dev/video_none"));
}

} // namespace
