// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/bytestream.h"
#include "base/packedcolumn.h"
#include "base/random.h"
#include "base/timebase.h"
#include <gtest/gtest.h>

using namespace telltale;

namespace {

std::vector<int64_t> randomValues(int64_t count, uint64_t seed)
{
    Random random(seed);
    std::vector<int64_t> values;
    for (int64_t i = 0; i < count; ++i) {
        const int64_t far = random.below(50) == 0 ? INT64_MIN + random.below(3) : 0;
        values.push_back(far != 0 ? far : 512 * i + random.below(4000) - 2000);
    }
    values[static_cast<size_t>(count / 2)] = INT64_MAX;
    return values;
}

PackedColumn columnOf(const std::vector<int64_t>& values)
{
    PackedColumn column;
    for (const int64_t value : values)
        column.push_back(value);
    return column;
}

void expectSame(const PackedColumn& column, const std::vector<int64_t>& values)
{
    ASSERT_EQ(column.size(), static_cast<int64_t>(values.size()));
    for (size_t i = 0; i < values.size(); ++i)
        ASSERT_EQ(column[static_cast<int64_t>(i)], values[i]) << i;
}

} // namespace

TEST(PackedColumn, GivesBackWhateverWasStored)
{
    for (const int64_t count : {1, 127, 128, 129, 1000, 5000})
        expectSame(columnOf(randomValues(count, 5)), randomValues(count, 5));
}

TEST(PackedColumn, ForgetsTheEndAndGoesOnFromThere)
{
    const std::vector<int64_t> values = randomValues(1000, 9);
    for (const int64_t size : {0, 1, 127, 128, 200, 512, 999, 1000}) {
        PackedColumn column = columnOf(values);
        column.truncate(size);
        for (size_t i = static_cast<size_t>(size); i < values.size(); ++i)
            column.push_back(values[i]);
        expectSame(column, values);
    }
}

TEST(PackedColumn, RegularStampsTakeAlmostNoMemory)
{
    PackedColumn column;
    for (int64_t i = 0; i < 128 * 1000; ++i)
        column.push_back(i * 512);
    EXPECT_LE(PackedColumn(column).bytes(), 128 * 1000);
}

TEST(PackedColumn, FindsTheFirstNumberThatIsNotLess)
{
    PackedColumn column;
    for (int64_t i = 0; i < 700; ++i)
        column.push_back(10 * i + i % 3);
    for (int64_t value = -5; value < 7010; ++value) {
        int64_t expected = 0;
        while (expected < 700 && 10 * expected + expected % 3 < value)
            ++expected;
        ASSERT_EQ(column.lowerBound(value), expected) << value;
    }
}

TEST(PackedColumn, SurvivesBeingWrittenAndRefusesEveryCutAndMostNonsense)
{
    const std::vector<int64_t> values = randomValues(600, 2);
    ByteWriter out;
    columnOf(values).write(out);
    ByteReader whole(out.bytes());
    PackedColumn back;
    ASSERT_TRUE(back.read(whole));
    EXPECT_TRUE(whole.atEnd());
    expectSame(back, values);
    for (size_t cut = 0; cut < out.bytes().size(); cut += 7) {
        ByteReader part(std::string_view(out.bytes()).substr(0, cut));
        EXPECT_FALSE(back.read(part)) << cut;
        EXPECT_TRUE(back.empty());
    }
    Random random(3);
    for (int i = 0; i < 2000; ++i) { // whatever is read must be safe to use
        std::string bytes = out.bytes();
        bytes[static_cast<size_t>(random.below(static_cast<int64_t>(bytes.size())))]
            = static_cast<char>(random.below(256));
        ByteReader in(bytes);
        if (back.read(in))
            for (int64_t n = 0; n < back.size(); ++n)
                (void)back[n];
    }
}

TEST(FrameTimes, CopiesShareTheirMemoryAndEdgesAreClamped)
{
    std::vector<MediaTime> starts;
    for (int i = 0; i < 1000; ++i)
        starts.emplace_back(100 + 33366 * i + i % 2);
    const FrameTimes times(starts, MediaTime(100 + 33366 * 1000));
    const FrameTimes& copy = FrameTimes(times);
    for (int64_t i = 0; i < 1000; ++i) {
        ASSERT_EQ(copy.timeOf(i), starts[static_cast<size_t>(i)]);
        ASSERT_EQ(copy.frameAt(starts[static_cast<size_t>(i)]), i);
        ASSERT_EQ(copy.frameAt(starts[static_cast<size_t>(i)] - MediaTime(1)), std::max<int64_t>(0, i - 1));
    }
    EXPECT_EQ(copy.timeOf(-3), starts.front());
    EXPECT_EQ(copy.frameAt(MediaTime::max()), 999);
    EXPECT_EQ(copy.frameAt(MediaTime::min()), 0);
    EXPECT_LE(copy.bytes(), 8 * 1000);
}
