// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Bad input gets a sentence that names the file, and exit status 1; wrong usage gets 2.
#include "clirunner.h"
#include <algorithm>
#include <gtest/gtest.h>

namespace {

/// One sentence on stderr that names `mention`, nothing on stdout.
void expectRefused(const std::string& arguments, const std::string& mention)
{
    const CliRun run = telltale(arguments);
    EXPECT_EQ(run.status, 1) << arguments << "\n" << run.err;
    EXPECT_NE(run.err.find(mention), std::string::npos) << arguments << "\n" << run.err;
    EXPECT_TRUE(run.out.empty()) << run.out;
}

void write(const std::string& file, const std::string& content)
{
    std::ofstream(file, std::ios::binary) << content;
}

/// One short synthetic video, made once; its path.
const std::string& smallVideo()
{
    static const ScratchFolder folder("smallvideo");
    static const std::string path = [] {
        telltale("synth " + (folder / "synth") + " --layout imigue --subjects 1 --minutes 0.1 --seed 1");
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "synth"))
            if (entry.path().extension() == ".mp4")
                return entry.path().string();
        return std::string();
    }();
    EXPECT_FALSE(path.empty());
    return path;
}

} // namespace

TEST(BadInput, FilesThatAreNoVideos)
{
    const ScratchFolder folder("badvideo");
    expectRefused("probe " + (folder / "missing.mp4"), "missing.mp4");
    write(folder / "text.mp4", "this is a shopping list\n");
    expectRefused("probe " + (folder / "text.mp4"), "text.mp4");
    write(folder / "empty.mp4", "");
    expectRefused("frame " + (folder / "empty.mp4") + " --index 0", "empty.mp4");
    expectRefused("probe " + (folder / "."), "folder");
}

namespace {

/// The first `share` of a small video.
std::string cutVideo(const ScratchFolder& folder, double share)
{
    const std::string whole = slurp(smallVideo());
    EXPECT_FALSE(whole.empty());
    write(
        folder / "cut.mp4", whole.substr(0, static_cast<size_t>(share * static_cast<double>(whole.size()))));
    return folder / "cut.mp4";
}

} // namespace

TEST(BadInput, TruncatedVideoIsDescribedAsFarAsItGoesAndRefusedWithASentence)
{
    const ScratchFolder folder("cutvideo");
    for (const double share : {0.1, 0.5, 0.9}) {
        const CliRun run = telltale("probe " + cutVideo(folder, share));
        EXPECT_EQ(run.status, 1) << share;
        EXPECT_NE(run.err.find("cut.mp4"), std::string::npos) << run.err;
        EXPECT_NE(run.err.find("cut short"), std::string::npos) << run.err;
        EXPECT_NE(run.err.find("copy it again"), std::string::npos) << run.err;
    }
    const std::string half = cutVideo(folder, 0.5);
    const nlohmann::json probed = telltale("probe --json " + half).json();
    ASSERT_TRUE(probed.is_object());
    EXPECT_TRUE(probed["cut_short"].get<bool>());
    const int64_t frames = probed["frames"];
    EXPECT_GT(frames, 0);
    const CliRun list = telltale("frame " + half + " --index all");
    EXPECT_EQ(list.status, 1);
    EXPECT_NE(list.err.find("cut short"), std::string::npos) << list.err;
    EXPECT_EQ(std::count(list.out.begin(), list.out.end(), '\n'), frames);
}

TEST(BadInput, TruncatedVideosAreAddedToAProjectOnlyWhenThatIsWanted)
{
    const ScratchFolder folder("cutadd");
    const std::string half = cutVideo(folder, 0.5);
    const std::string whole = smallVideo();
    const std::string project = folder / "project";
    ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    expectRefused("project add " + project + " " + whole + " " + half + " --subject s1", "--allow-damaged");
    EXPECT_EQ(telltale("project info --json " + project).json()["videos"], 0) << "neither of them is added";
    EXPECT_EQ(telltale("project add " + project + " " + half + " --subject s1 --allow-damaged").status, 0);
    EXPECT_EQ(telltale("project info --json " + project).json()["videos"], 1);
}

namespace {

/// A small video of which `bytes` bytes in the middle of the coded pictures were overwritten.
std::string holedVideo(const ScratchFolder& folder, size_t bytes)
{
    std::string content = slurp(smallVideo());
    const size_t mdat = content.find("mdat");
    EXPECT_NE(mdat, std::string::npos);
    const size_t moov = content.find("moov");
    const size_t middle = mdat + ((moov < mdat ? content.size() : moov) - mdat) / 2;
    content.replace(middle, bytes, std::string(bytes, '\xff'));
    write(folder / "holed.mp4", content);
    return folder / "holed.mp4";
}

void expectOneDamagedRange(const CliRun& run)
{
    EXPECT_EQ(run.status, 0) << run.err;
    const nlohmann::json probed = run.json();
    ASSERT_TRUE(probed.is_object());
    EXPECT_FALSE(probed["cut_short"].get<bool>());
    ASSERT_EQ(probed["damaged"].size(), 1U) << probed.dump();
    const int64_t first = probed["damaged"][0]["first"];
    const int64_t last = probed["damaged"][0]["last"];
    EXPECT_GT(first, 0);
    EXPECT_LT(first, last);
    EXPECT_LE(last, probed["frames"].get<int64_t>());
    EXPECT_FALSE(probed["damaged"][0]["reason"].get<std::string>().empty());
}

} // namespace

TEST(BadInput, DamageInsideAVideoIsNamedWithItsFramesAndIsNoFailure)
{
    const ScratchFolder folder("holedvideo");
    const std::string file = holedVideo(folder, 20000);
    expectOneDamagedRange(telltale("probe --json " + file));
    const CliRun list = telltale("frame " + file + " --index all");
    EXPECT_EQ(list.status, 0) << list.err;
}

TEST(BadInput, DamageInsideACodedPictureIsFoundByDecoding)
{
    const ScratchFolder folder("scratchedvideo");
    const std::string file = holedVideo(folder, 300);
    expectOneDamagedRange(telltale("probe --json --decode " + file));
    EXPECT_TRUE(telltale("probe --json --decode " + smallVideo()).json()["damaged"].empty());
}

TEST(BadInput, FrameOutsideTheVideo)
{
    const std::string video = smallVideo();
    expectRefused("frame " + video + " --index 999999", "999999");
    EXPECT_EQ(telltale("frame " + video + " --index nonsense").status, 2);
}

TEST(BadInput, ProjectsThatAreNone)
{
    const ScratchFolder folder("badproject");
    expectRefused("project info " + (folder / "nowhere"), "nowhere");
    std::filesystem::create_directories(folder / "fake");
    write(folder / "fake/project.db", "not a database, really not");
    expectRefused("project info " + (folder / "fake"), "project.db");
    write(folder / "file", "x");
    expectRefused("project new " + (folder / "file") + "/inside", "file");
    ASSERT_EQ(telltale("project new " + (folder / "real") + " --labels smg").status, 0);
    expectRefused("project new " + (folder / "real"), "real");
    expectRefused(
        "export " + (folder / "real") + " --format sanskrit --out " + (folder / "x"), "activitynet");
    expectRefused(
        "import " + (folder / "real") + " --format activitynet " + (folder / "none.json"), "none.json");
    write(folder / "broken.json", "{ \"database\": {");
    expectRefused(
        "import " + (folder / "real") + " --format activitynet " + (folder / "broken.json"), "broken.json");
    expectRefused("project new " + (folder / "other") + " --labels klingon", "klingon");
}

TEST(BadInput, PoseModelsOfAnotherKind)
{
    const ScratchFolder folder("badmodel");
    const std::string video = smallVideo();
    write(folder / "model.pb", "no network in here");
    expectRefused(
        "pose " + video + " --model " + (folder / "model.pb") + " --out " + (folder / "t.npz"), "model.pb");
    expectRefused(
        "pose " + video + " --model " + (folder / "none.onnx") + " --out " + (folder / "t.npz"), "none.onnx");
    EXPECT_FALSE(std::filesystem::exists(folder / "t.npz"));
}

TEST(BadInput, WrongUsageIsTwo)
{
    EXPECT_EQ(telltale("").status, 2);
    EXPECT_EQ(telltale("conjure").status, 2);
    EXPECT_EQ(telltale("probe").status, 2);
    EXPECT_EQ(telltale("probe a b").status, 2);
    EXPECT_EQ(telltale("probe a --sideways").status, 2);
    EXPECT_EQ(telltale("--help").status, 0);
    EXPECT_EQ(telltale("export --help").status, 0);
}
