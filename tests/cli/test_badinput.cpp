// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Bad input gets a sentence that names the file, and exit status 1; wrong usage gets 2.
#include "clirunner.h"
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

/// One short synthetic video; its path.
std::string smallVideo(const ScratchFolder& folder)
{
    telltale("synth " + (folder / "synth") + " --layout imigue --subjects 1 --minutes 0.1 --seed 1");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "synth"))
        if (entry.path().extension() == ".mp4")
            return entry.path();
    return {};
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

TEST(BadInput, TruncatedVideoIsRefusedOrPlayedWithAWarningNeverACrash)
{
    const ScratchFolder folder("cutvideo");
    const std::string video = smallVideo(folder);
    ASSERT_FALSE(video.empty());
    const std::string whole = slurp(video);
    for (const double share : {0.1, 0.5, 0.9}) {
        write(folder / "cut.mp4",
            whole.substr(0, static_cast<size_t>(share * static_cast<double>(whole.size()))));
        const CliRun run = telltale("probe " + (folder / "cut.mp4"));
        EXPECT_TRUE(run.status == 0 || run.status == 1) << run.err;
        EXPECT_NE((run.out + run.err).find("cut.mp4"), std::string::npos);
    }
}

TEST(BadInput, FrameOutsideTheVideo)
{
    const ScratchFolder folder("outside");
    const std::string video = smallVideo(folder);
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
    const std::string video = smallVideo(folder);
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
