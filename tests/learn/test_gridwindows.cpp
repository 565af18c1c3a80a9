// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/gridwindows.h"
#include <gtest/gtest.h>
#include <set>

namespace telltale {
namespace {

UntrimmedVideo videoOf(int64_t frames, std::vector<TruthSpan> truth = {})
{
    UntrimmedVideo video;
    video.id = "video";
    video.frames = frames;
    video.truth = std::move(truth);
    return video;
}

TEST(GridWindows, FramesAndRowsAreEachOthersInverse)
{
    TimeGrid grid;
    grid.step = 4;
    EXPECT_EQ(grid.toRow(2, 0), 0); // the middle of the first row's frames
    for (const double frame : {0.0, 3.5, 100.0, 4711.0})
        EXPECT_DOUBLE_EQ(grid.toFrame(grid.toRow(frame, 17), 17), frame);
}

TEST(GridWindows, GesturesAreCutAtTheWindowAndLeftOutWhereTooLittleOfThemIsLeft)
{
    TimeGrid grid;
    grid.step = 4;
    grid.rows = 25; // 100 frames
    grid.truncation = 0.75;
    const UntrimmedVideo video
        = videoOf(1000, {{{90, 130}, 0}, {{150, 170}, 1}, {{180, 220}, 2}, {{195, 215}, 3}});
    GridWindow window;
    window.first = 100;
    const std::vector<GridTruth> truth = truthIn(video, window, grid);
    ASSERT_EQ(truth.size(), 2U); // half of the third lies in it, a quarter of the last
    EXPECT_EQ(truth[0].label, 0);
    EXPECT_DOUBLE_EQ(truth[0].start, -0.5);
    EXPECT_DOUBLE_EQ(truth[0].end, 7);
    EXPECT_DOUBLE_EQ(truth[1].start, grid.toRow(150, 100));
    EXPECT_DOUBLE_EQ(truth[1].end, grid.toRow(170, 100));
}

TEST(GridWindows, AtTwiceTheSpeedGesturesAreHalfAsLong)
{
    TimeGrid grid;
    grid.step = 4;
    grid.rows = 25;
    GridWindow window;
    window.speed = 2;
    const auto truth = truthIn(videoOf(1000, {{{40, 80}, 0}}), window, grid);
    ASSERT_EQ(truth.size(), 1U);
    EXPECT_DOUBLE_EQ(truth[0].end - truth[0].start, 5);
    EXPECT_DOUBLE_EQ(truth[0].start, grid.toRow(20, 0));
}

TEST(GridWindows, RowsCountWhereSomebodyHasLookedOrMarkedAGesture)
{
    TimeGrid grid;
    grid.step = 4;
    grid.rows = 10;
    GridWindow window;
    window.first = 100;
    UntrimmedVideo video = videoOf(1000, {{{124, 132}, 0}});
    EXPECT_TRUE(countedRows(video, window, grid).empty()) << "nobody says where: everywhere";
    video.reviewed = {{0, 108}, {136, 140}};
    const std::vector<char> wanted{1, 1, 0, 0, 0, 0, 1, 1, 0, 1};
    EXPECT_EQ(countedRows(video, window, grid), wanted);
}

TEST(GridWindows, RowsBehindTheEndDoNotCount)
{
    TimeGrid grid;
    grid.step = 4;
    grid.rows = 25;
    GridWindow window;
    EXPECT_EQ(rowsIn(videoOf(3), window, grid), 1);
    EXPECT_EQ(rowsIn(videoOf(8), window, grid), 2);
    EXPECT_EQ(rowsIn(videoOf(1000), window, grid), 25);
    window.first = 996;
    EXPECT_EQ(rowsIn(videoOf(1000), window, grid), 1);
}

TEST(GridWindows, AnEpochSeesAboutAllOfAVideoAndIsTheSameForTheSameSeed)
{
    TimeGrid grid;
    grid.step = 4;
    grid.rows = 25;
    const std::vector<UntrimmedVideo> videos{videoOf(50), videoOf(1000)};
    const auto windows = epochWindows(videos, {0, 1}, grid, Random(3));
    ASSERT_EQ(windows.size(), 11U);
    std::set<int64_t> firsts;
    for (const GridWindow& window : windows) {
        EXPECT_GE(window.first, 0);
        EXPECT_LE(window.first, window.video == 0 ? 0 : 900);
        firsts.insert(window.first);
    }
    EXPECT_GT(firsts.size(), 5U);
    const auto again = epochWindows(videos, {0, 1}, grid, Random(3));
    for (size_t i = 0; i < windows.size(); ++i) {
        EXPECT_EQ(windows[i].first, again[i].first);
        EXPECT_EQ(windows[i].seed, again[i].seed);
    }
}

TEST(GridWindows, DetectionSeesEveryFrame)
{
    TimeGrid grid;
    grid.step = 4;
    grid.rows = 25;
    for (const int64_t frames : {1, 99, 100, 101, 163, 1000, 1013}) {
        int64_t seen = 0;
        for (const GridWindow& window : detectionWindows(0, frames, grid)) {
            EXPECT_LE(window.first, seen);
            seen = std::max(seen, window.first + grid.frames());
        }
        EXPECT_GE(seen, frames);
    }
    EXPECT_TRUE(detectionWindows(0, 0, grid).empty());
}

} // namespace
} // namespace telltale
