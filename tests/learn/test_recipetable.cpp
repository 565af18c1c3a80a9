// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/recipetable.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telltale {
namespace {

using testing::HasSubstr;

constexpr const char* kRecipe = R"({"name": "mine", "version": 2, "note": "free text",
 "grid": {"rows": {"value": 64, "provenance": "ours"}, "share": {"value": 0.5, "provenance": "paper"},
          "list": {"value": [1, 2], "provenance": "ours"}},
 "streams": {"b": {"input": {"kind": {"value": "rgb", "provenance": "ours"}}}, "a": {}},
 "bare": {"rows": 3}})";

TEST(RecipeTable, ValuesAreTakenAndMissingOnesLeftAsTheyWere)
{
    int rows = 1;
    double share = 0;
    double other = 7;
    std::vector<int> list;
    ASSERT_TRUE(RecipeTable(kRecipe, "grid")
                    .take("rows", rows, 1, 100)
                    .take("share", share, 0, 1)
                    .take("other", other, 0, 10)
                    .take("list", list, 0, 5)
                    .end());
    EXPECT_EQ(rows, 64);
    EXPECT_EQ(share, 0.5);
    EXPECT_EQ(other, 7);
    EXPECT_EQ(list, (std::vector<int>{1, 2}));
    EXPECT_TRUE(RecipeTable(kRecipe, "nowhere").end());
}

TEST(RecipeTable, TheFirstThingThatIsWrongIsNamed)
{
    const auto message = [](RecipeTable& table) {
        const Status status = table.end();
        return status ? std::string("nothing") : status.error().message;
    };
    int rows = 5;
    RecipeTable high(kRecipe, "grid");
    high.take("rows", rows, 1, 10);
    EXPECT_THAT(message(high), HasSubstr("\"grid.rows\": a whole number from 1 to 10"));
    EXPECT_EQ(rows, 5);
    RecipeTable unknown(kRecipe, "grid");
    unknown.take("rows", rows, 1, 100);
    EXPECT_THAT(message(unknown), HasSubstr("is unknown"));
    RecipeTable bare(kRecipe, "bare");
    bare.take("rows", rows, 1, 10);
    EXPECT_THAT(message(bare), HasSubstr("provenance"));
    std::string kind = "skeleton";
    RecipeTable nested(kRecipe, "streams.b.input");
    nested.take("kind", kind, {"skeleton", "heatmap"});
    EXPECT_THAT(message(nested), HasSubstr("\"streams.b.input.kind\": one of \"skeleton\", \"heatmap\""));
    RecipeTable broken("[1, 2", "grid");
    EXPECT_THAT(message(broken), HasSubstr("no JSON object"));
}

TEST(RecipeTable, TablesWithinATableAndTheNameAreFound)
{
    EXPECT_EQ(recipeTables(kRecipe, "streams"), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(recipeTables("no json", "streams").empty());
    EXPECT_EQ(*recipeName(kRecipe), "mine 2");
    EXPECT_FALSE(recipeName("{}"));
    EXPECT_EQ(*RecipeTable(kRecipe, "streams.b.input").rest(), R"({"kind":"rgb"})");
}

} // namespace
} // namespace telltale
