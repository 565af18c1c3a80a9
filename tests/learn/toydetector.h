// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/track2recipe.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace telltale::toy {

inline nlohmann::json value(const nlohmann::json& v) { return {{"value", v}, {"provenance", "ours"}}; }

/// A small detector of what toyVideos() shows.
inline nlohmann::json toyRecipe(int epochs)
{
    nlohmann::json recipe;
    recipe["name"] = "toy";
    recipe["grid"] = {{"rows", value(64)}};
    recipe["input"] = {{"skeleton", value({"position", "displacement", "speed"})}, {"paste", value(0.3)}};
    recipe["detector"] = {{"width", value(32)}, {"stem", value(1)}, {"branches", value(2)},
        {"heads", value(2)}, {"window", value(9)}};
    recipe["pictures"] = {{"width", value(16)}, {"depth", value(2)}, {"heads", value(2)}, {"patch", value(8)},
        {"clip", value(8)}, {"side", value(16)}};
    recipe["loss"] = {{"normaliser", value(10)}}; // as many positive points as there are
    recipe["training"] = {{"epochs", value(epochs)}, {"batch", value(2)}, {"learningRate", value(0.003)},
        {"ema", value(0.9)}, {"threads", value(1)}};
    return recipe;
}

inline Track2Recipe parsed(const nlohmann::json& json)
{
    auto recipe = parseTrack2Recipe(json.dump(), "toy");
    EXPECT_TRUE(recipe) << (recipe ? "" : recipe.error().message);
    return recipe ? *recipe : Track2Recipe();
}

} // namespace telltale::toy
