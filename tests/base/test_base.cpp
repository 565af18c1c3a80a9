// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/interval.h"
#include "base/npy.h"
#include "base/random.h"
#include "base/timebase.h"
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace telltale;
using namespace std::chrono_literals;

namespace {
std::filesystem::path scratch(const std::string& name)
{
    const auto folder
        = std::filesystem::temp_directory_path() / ("telltale_base_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    return folder / name;
}
} // namespace

TEST(Interval, IouOfHalfOpenSpansCountsFrames)
{
    EXPECT_DOUBLE_EQ(temporalIou({0, 10}, {5, 15}), 5.0 / 15.0);
    EXPECT_DOUBLE_EQ(temporalIou({0, 10}, {10, 20}), 0.0);
    EXPECT_FALSE((FrameSpan{0, 10}.overlaps({10, 20})));
    EXPECT_EQ(clampSpan({-3, 99}, 50), (FrameSpan{0, 50}));
}

TEST(FrameTimes, VariableRateFindsTheFrameOnScreen)
{
    const FrameTimes times({0us, 40000us, 120000us}, 160000us);
    EXPECT_EQ(times.frameAt(39999us), 0);
    EXPECT_EQ(times.frameAt(40000us), 1);
    EXPECT_EQ(times.frameAt(119999us), 1);
    EXPECT_EQ(times.frameAt(10s), 2);
    EXPECT_EQ(times.timeOf(3), 160000us);
}

TEST(FrameTimes, SecondsRoundTripEveryBoundary)
{
    for (const double fps : {23.976, 25.0, 28.0, 29.97, 59.94}) {
        const FrameTimes times = FrameTimes::nominal(500, fps);
        for (int64_t i = 0; i <= 500; ++i)
            EXPECT_EQ(times.spanOf(times.seconds(i), times.seconds(i)).first, i) << fps;
    }
}

TEST(Npy, RoundTripKeepsShapeAndValues)
{
    NdArray array({2, 3});
    array.values = {1, 2, 3, 4, 5, 6.5f};
    const auto back = parseNpy(formatNpy(fromFloat(array)), "x");
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->shape, array.shape);
    EXPECT_EQ(toFloat(*back, "x")->values, array.values);
}

TEST(Npy, HeaderThatClaimsTooMuchIsRefused)
{
    NpyArray array{"f4", {2}, std::string(8, '\0')};
    std::string bytes = formatNpy(array);
    bytes.replace(bytes.find("(2,)"), 4, "(9,)");
    const auto read = parseNpy(bytes, "liar.npy");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, ErrorCode::BadFormat);
    EXPECT_NE(read.error().message.find("liar.npy"), std::string::npos);
}

TEST(Files, AtomicWriteReplacesAndLeavesNoTemporary)
{
    const auto file = scratch("a.txt");
    ASSERT_TRUE(writeFileAtomically(file, "one").ok());
    ASSERT_TRUE(writeFileAtomically(file, "two").ok());
    EXPECT_EQ(*readFile(file), "two");
    int entries = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(file.parent_path()))
        ++entries;
    EXPECT_EQ(entries, 1);
    std::filesystem::remove_all(file.parent_path());
}

TEST(Files, FolderUnderAFileIsNotWritable)
{
    const auto file = scratch("plain");
    ASSERT_TRUE(writeFileAtomically(file, "x").ok());
    const auto status = ensureWritableFolder(file / "sub");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::Io);
    std::filesystem::remove_all(file.parent_path());
}

TEST(Random, StreamsAreReproducibleAndDiffer)
{
    Random a(7);
    Random b(7);
    EXPECT_EQ(a.next(), b.next());
    EXPECT_NE(Random(7).fork(1).next(), Random(7).fork(2).next());
}
