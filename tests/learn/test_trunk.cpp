// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/track2/detectorfiles.h"
#include "learn/track2/trunktraining.h"
#include "tests/learn/toyvideos.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;
using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;

Json value(const Json& v) { return {{"value", v}, {"provenance", "ours"}}; }

Track2Recipe toyTrunk(int epochs)
{
    Json recipe;
    recipe["name"] = "trunk";
    recipe["input"]
        = {{"skeleton", value(Json::array())}, {"pictures", value(true)}, {"brightness", value(0)}};
    recipe["pictures"] = {{"width", value(16)}, {"depth", value(2)}, {"heads", value(2)}, {"patch", value(8)},
        {"clip", value(8)}, {"side", value(16)}};
    recipe["training"] = {
        {"epochs", value(epochs)}, {"batch", value(8)}, {"learningRate", value(0.01)}, {"threads", value(1)}};
    auto parsed = parseTrack2Recipe(recipe.dump(), "trunk.json");
    EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().message);
    return *parsed;
}

class Trunk : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-trunk-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::shared_ptr<const UntrimmedSet> videos(int side) const
    {
        toy::ToyVideoOptions options;
        options.pictureSide = side;
        return toy::toyVideos(m_folder / "videos.safetensors", options);
    }

    fs::path m_folder;
    ProgressSink m_quiet;
};

TEST_F(Trunk, PicturesTellOfSkeletonsWhatTheyShowAndADetectorTakesTheWeights)
{
    const auto set = videos(16);
    std::vector<TrunkEpoch> epochs;
    const fs::path file = m_folder / "trunk.safetensors";
    const auto last = trainTrunk(
        set, toyTrunk(12), file, {}, m_quiet, [&](const TrunkEpoch& epoch) { epochs.push_back(epoch); });
    ASSERT_TRUE(last.ok()) << last.error().message;
    ASSERT_EQ(epochs.size(), 12U);
    EXPECT_LT(epochs.back().loss, epochs.front().loss);
    EXPECT_GT(last->explained, 0.05) << "of people whom it has not seen";
    const auto recipe = withTrunk(toyTrunk(1), file);
    ASSERT_TRUE(recipe.ok()) << recipe.error().message;
    const auto with = newDetector(*recipe, set->info(), 1, "cpu");
    ASSERT_TRUE(with.ok()) << with.error().message;
    const auto without = newDetector(toyTrunk(1), set->info(), 1, "cpu");
    ASSERT_TRUE(without.ok()) << without.error().message;
    const auto patches = [](const DetectorNetwork& network) {
        for (const auto& item : network.named_parameters())
            if (item.key().ends_with("patch_embed.proj.weight"))
                return item.value().detach();
        return torch::Tensor();
    };
    ASSERT_TRUE(patches(**with).defined());
    EXPECT_FALSE(torch::equal(patches(**with), patches(**without)));
}

TEST_F(Trunk, TheSameSeedGivesTheSameBytes)
{
    const auto set = videos(16);
    ASSERT_TRUE(trainTrunk(set, toyTrunk(1), m_folder / "a", {}, m_quiet).ok());
    ASSERT_TRUE(trainTrunk(set, toyTrunk(1), m_folder / "b", {}, m_quiet).ok());
    EXPECT_EQ(*readFile(m_folder / "a"), *readFile(m_folder / "b"));
    TrunkOptions other;
    other.seed = 2;
    ASSERT_TRUE(trainTrunk(set, toyTrunk(1), m_folder / "c", other, m_quiet).ok());
    EXPECT_NE(*readFile(m_folder / "a"), *readFile(m_folder / "c"));
}

TEST_F(Trunk, VideosWithoutPicturesAreRefusedAndNothingIsWritten)
{
    const auto refused = trainTrunk(videos(0), toyTrunk(1), m_folder / "trunk", {}, m_quiet);
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("pictures"));
    EXPECT_FALSE(fs::exists(m_folder / "trunk"));
}

TEST_F(Trunk, WeightsAreNotTakenByARecipeThatSeesNoPictures)
{
    Track2Recipe blind = toyTrunk(1);
    blind.input.pictures = false;
    const auto refused = withTrunk(blind, m_folder / "trunk");
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("sees no pictures"));
}

TEST_F(Trunk, WhatAVideoShowsAllTheTimeIsGreyWhereItIsTakenOff)
{
    UntrimmedSetInfo info;
    info.scheme = "toy";
    info.classes = {"a"};
    info.pictureSide = 1;
    info.pictureStep = 2;
    auto writer = UntrimmedSetWriter::create(m_folder / "still.safetensors", info);
    ASSERT_TRUE(writer.ok());
    UntrimmedVideo video;
    video.id = "v";
    video.subject = "s";
    video.frames = 200;
    std::vector<uint8_t> pictures;
    for (int i = 0; i < 100; ++i) // red stands still, green moves, blue is brighter in one picture
        pictures.insert(pictures.end(),
            {uint8_t{200}, static_cast<uint8_t>(i % 2 == 0 ? 90 : 110),
                static_cast<uint8_t>(i == 10 ? 250 : 50)});
    ASSERT_TRUE((*writer)->add(video, {}, pictures).ok());
    ASSERT_TRUE((*writer)->finish().ok());
    const auto set = *UntrimmedSet::open(m_folder / "still.safetensors");
    GridInput input;
    input.skeleton.clear();
    input.pictures = true;
    TimeGrid grid;
    grid.rows = 8; // 16 pictures
    EXPECT_EQ(gridSample(*set, input, grid, {}).pictures[0][3].item<int>(), 200);
    input.still = true;
    const torch::Tensor seen = gridSample(*set, input, grid, {}).pictures.flatten(1).to(torch::kInt);
    EXPECT_TRUE((seen[0] == 128).all().item<bool>());
    EXPECT_EQ((seen[1][1] - seen[1][0]).item<int>(), 40) << "twice the difference";
    EXPECT_EQ(seen[2][10].item<int>(), 255);
    EXPECT_NEAR(seen[2][9].item<int>(), 127, 14) << "one bright picture hardly moves the mean";
}

} // namespace
