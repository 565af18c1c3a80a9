// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/half.h"
#include "base/npy.h"
#include "base/npywriter.h"
#include "base/numpyrandom.h"
#include "base/slices.h"
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <unistd.h>

using namespace telltale;

namespace {

class NpyFile : public testing::Test {
protected:
    NpyFile()
        : m_folder(std::filesystem::temp_directory_path() / ("telltale-npy-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_folder);
    }
    ~NpyFile() override { std::filesystem::remove_all(m_folder); }
    int64_t filesThere() const
    {
        return std::distance(
            std::filesystem::directory_iterator(m_folder), std::filesystem::directory_iterator());
    }
    std::filesystem::path m_folder;
};

} // namespace

TEST(Half, EveryHalfComesBackFromItsFloat)
{
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<uint16_t>(bits);
        const float value = fromHalf(half);
        if ((bits & 0x7fff) > 0x7c00)
            EXPECT_TRUE(std::isnan(value) && (toHalf(value) & 0x7fff) > 0x7c00);
        else
            ASSERT_EQ(toHalf(value), half) << bits;
    }
}

TEST(Half, RoundsToTheNearestAndTiesToEven)
{
    for (uint32_t bits = 0; bits < 0x7bff; ++bits) {
        const auto low = static_cast<uint16_t>(bits);
        const auto high = static_cast<uint16_t>(bits + 1);
        const float middle = (fromHalf(low) + fromHalf(high)) / 2; // exact: float32 has the bits
        ASSERT_EQ(toHalf(middle), bits % 2 == 0 ? low : high) << bits;
        ASSERT_EQ(toHalf(std::nextafter(middle, 0.0f)), low) << bits;
        ASSERT_EQ(toHalf(std::nextafter(middle, INFINITY)), high) << bits;
        ASSERT_EQ(toHalf(-middle), 0x8000 | (bits % 2 == 0 ? low : high)) << bits;
    }
    EXPECT_EQ(toHalf(65519.996f), 0x7bff);
    EXPECT_EQ(toHalf(65520.0f), 0x7c00);
    EXPECT_EQ(toHalf(1e30f), 0x7c00);
    EXPECT_EQ(toHalf(1e-30f), 0);
}

TEST(Half, TheProcessorsOwnConversionIsTheSame)
{
    std::vector<float> values;
    for (uint32_t bits = 0; bits < 0xff800000u; bits += 77'777)
        if (const auto value = std::bit_cast<float>(bits); !std::isnan(value))
            values.push_back(value);
    std::vector<uint16_t> halves(values.size());
    toHalves(values.data(), values.size(), halves.data());
    for (size_t i = 0; i < values.size(); ++i)
        ASSERT_EQ(halves[i], toHalf(values[i])) << values[i];
}

TEST_F(NpyFile, HalvesAreRead)
{
    const std::vector<uint16_t> halves = {0x3c00, 0xc000, 0x0001, 0x7bff};
    NpyArray array{"f2", {2, 2}, std::string(reinterpret_cast<const char*>(halves.data()), 8)};
    const auto values = toFloat(*parseNpy(formatNpy(array), "test"), "test");
    ASSERT_TRUE(values.ok());
    EXPECT_EQ(values->values, (std::vector<float>{1, -2, 0x1p-24f, 65504}));
}

TEST_F(NpyFile, NumbersMayComeInPieces)
{
    const auto file = m_folder / "a.npy";
    auto writer = NpyWriter::open(file, "f4", {2, 3});
    ASSERT_TRUE(writer.ok());
    const std::vector<float> values = {1, 2, 3, 4, 5, 6};
    ASSERT_TRUE(writer->write(std::as_bytes(std::span(values).first(4))));
    EXPECT_FALSE(std::filesystem::exists(file)) << "not before it is whole";
    ASSERT_TRUE(writer->write(std::as_bytes(std::span(values).last(2))));
    ASSERT_TRUE(writer->finish());
    EXPECT_EQ(toFloat(*readNpy(file), "a")->values, values);
    EXPECT_EQ(*readFile(file), formatNpy(fromFloat(*toFloat(*readNpy(file), "a"))));
    EXPECT_EQ(filesThere(), 1);
}

TEST_F(NpyFile, WhatIsNotFinishedLeavesNothing)
{
    {
        auto writer = NpyWriter::open(m_folder / "a.npy", "u1", {100});
        NpyWriter moved = std::move(*writer);
        EXPECT_TRUE(moved.write({}));
        EXPECT_EQ(filesThere(), 1);
    }
    EXPECT_EQ(filesThere(), 0);
    auto shortOne = NpyWriter::open(m_folder / "b.npy", "f2", {3});
    EXPECT_FALSE(shortOne->finish());
    EXPECT_FALSE(shortOne->write({}));
    EXPECT_EQ(filesThere(), 0);
    EXPECT_EQ(NpyWriter::open(m_folder / "no" / "c.npy", "f4", {1}).error().code, ErrorCode::Io);
}

TEST(NumpyRandom, NumbersBelowALimitReachAllOfThemAndNoMore)
{
    NumpyRandom random(1);
    std::set<int64_t> seen;
    for (int i = 0; i < 500; ++i)
        seen.insert(random.below(7));
    EXPECT_EQ(seen, (std::set<int64_t>{0, 1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(random.below(0), 0);
    EXPECT_EQ(random.below(-3), 0);
    EXPECT_TRUE(random.permutation(0).empty());
    EXPECT_TRUE(random.permutation(-2).empty());
    for (int i = 0; i < 20; ++i)
        EXPECT_LT(random.below(int64_t{1} << 40), int64_t{1} << 40);
}

TEST(Slices, CoverEverythingOnce)
{
    for (const int64_t count : {0, 1, 2, 7, 100})
        for (const int threads : {-1, 1, 2, 3, 200}) {
            std::vector<std::atomic<int>> visits(static_cast<size_t>(count));
            inSlices(count, threads, [&](int64_t first, int64_t last) {
                for (int64_t i = first; i < last; ++i)
                    ++visits[static_cast<size_t>(i)];
            });
            for (const auto& visit : visits)
                EXPECT_EQ(visit, 1) << count << " " << threads;
        }
}
