// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "report/table.h"
#include <gtest/gtest.h>
#include <limits>

namespace telltale {
namespace {

Table sample()
{
    Table table{"pairs", "Confused pairs", "3 spans left out",
        {{"truth", "Truth"}, {"clips", "Clips"}, {"share", "Share, %", 1, true}}, {}};
    table.rows.push_back({std::string("a, \"b\""), int64_t{12}, 0.125});
    table.rows.push_back(
        {std::string("na\u00efve_c"), int64_t{3}, cellOf(std::numeric_limits<double>::quiet_NaN())});
    return table;
}

TEST(Table, CsvQuotesWhatNeedsItAndKeepsEveryDigit)
{
    Table table = sample();
    table.rows[0][2] = 0.1 + 0.2;
    EXPECT_EQ(
        tableCsv(table), "truth,clips,share\n\"a, \"\"b\"\"\",12,0.30000000000000004\nna\u00efve_c,3,\n");
}

TEST(Table, WhatIsNotKnownIsEmptyEverywhere)
{
    const Table table = sample();
    EXPECT_EQ(cellText(table.rows[1][2], table.columns[2]), "");
    EXPECT_EQ(tableText(table).find("nan"), std::string::npos);
    EXPECT_EQ(tableLatex(table).find("nan"), std::string::npos);
    EXPECT_EQ(cellText(TableCell(std::numeric_limits<double>::infinity()), table.columns[2]), "");
}

TEST(Table, TextAlignsByCodePointsAndNumbersToTheRight)
{
    EXPECT_EQ(tableText(sample()),
        "Confused pairs\n"
        "Truth    Clips  Share, %\n"
        "a, \"b\"      12      12.5\n"
        "na\u00efve_c      3\n"
        "3 spans left out\n");
}

TEST(Table, LatexEscapesAndAlignsByKind)
{
    const std::string text = tableLatex(sample());
    EXPECT_NE(text.find("\\begin{tabular}{lrr}"), std::string::npos);
    EXPECT_NE(text.find("Truth & Clips & Share, \\% \\\\\n\\midrule"), std::string::npos);
    EXPECT_NE(text.find("na\u00efve\\_c & 3 &  \\\\"), std::string::npos);
}

TEST(Table, ANegativeZeroIsAZero)
{
    EXPECT_EQ(cellText(TableCell(-0.0001), TableColumn{"x", "X", 2}), "0.00");
    EXPECT_EQ(cellText(TableCell(-0.01), TableColumn{"x", "X", 2}), "-0.01");
}

} // namespace
} // namespace telltale
