// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/clips/clipview.h"
#include "learn/streams/clipbatches.h"
#include "tests/learn/toyclips.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <unistd.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

class ClipBatchesTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-batches-" + std::to_string(getpid()));
        fs::create_directories(m_folder);
        m_set = toy::toyClips(m_folder / "toy.safetensors");
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::shared_ptr<const BatchSource> batches(const StreamInput& input)
    {
        auto made = makeClipBatches(m_set, input, {{0, 0, 1}, {7, 1, 0.5}, {14, 2, 1}});
        EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
        return *made;
    }
    static StreamInput inputOf(const std::string& kind)
    {
        StreamInput input;
        input.kind = kind;
        input.frames = kind == "rgb" ? 4 : 8;
        input.side = 16;
        return input;
    }

    fs::path m_folder;
    std::shared_ptr<const ClipSet> m_set;
    const std::vector<int64_t> m_all{0, 1, 2};
};

TEST_F(ClipBatchesTest, eachStreamHasTheShapeItsNetworkWants)
{
    StreamInput joint = inputOf("skeleton");
    joint.features = {"joint", "bone", "joint-motion"};
    EXPECT_EQ(batches(joint)->inputs(m_all, false, 0).sizes(), (std::vector<int64_t>{3, 1, 8, 5, 9}));
    const auto heat = batches(inputOf("heatmap"));
    EXPECT_EQ(heat->onDevice(heat->inputs(m_all, false, 0)).sizes(), (std::vector<int64_t>{3, 5, 8, 16, 16}));
    EXPECT_EQ(
        batches(inputOf("rgb"))->inputs(m_all, false, 0).sizes(), (std::vector<int64_t>{3, 3, 4, 16, 16}));
    EXPECT_DOUBLE_EQ(batches(joint)->weight(1), 0.5);
    EXPECT_EQ(batches(joint)->label(2), 2);
}

TEST_F(ClipBatchesTest, aSeedGivesTheSameBitsWhateverElseIsInTheBatch)
{
    for (const char* kind : {"skeleton", "heatmap", "rgb"}) {
        const auto source = batches(inputOf(kind));
        const auto whole = source->inputs(m_all, true, 9);
        EXPECT_TRUE(torch::equal(whole, source->inputs(m_all, true, 9))) << kind;
        EXPECT_FALSE(torch::equal(whole, source->inputs(m_all, true, 10))) << kind;
        const std::vector<int64_t> second{1};
        EXPECT_TRUE(torch::equal(whole.narrow(0, 1, 1), source->inputs(second, true, 9))) << kind;
    }
}

TEST_F(ClipBatchesTest, theSecondViewIsTheMirrorImage)
{
    const auto pictures = batches(inputOf("rgb"));
    EXPECT_TRUE(torch::equal(pictures->view(m_all, 1), pictures->view(m_all, 0).flip({4})));
    const auto joints = batches(inputOf("skeleton"));
    const auto plain = joints->view(m_all, 0);
    const auto mirrored = joints->view(m_all, 1);
    const auto exchanged = plain.index_select(3, torch::tensor(std::vector<int64_t>{0, 2, 1, 4, 3}));
    EXPECT_TRUE(torch::allclose(mirrored.select(4, 0), -exchanged.select(4, 0)));
    EXPECT_TRUE(torch::allclose(mirrored.select(4, 1), exchanged.select(4, 1)));
}

TEST_F(ClipBatchesTest, aClipWithoutTheStreamsInputIsRefused)
{
    auto writer = ClipSetWriter::create(m_folder / "bare.safetensors", m_set->info());
    ClipInfo bare = m_set->clips()[0];
    bare.id = "bare";
    ASSERT_TRUE((*writer)->add(bare, {}, {}).ok());
    ASSERT_TRUE((*writer)->finish().ok());
    const auto set = *ClipSet::open(m_folder / "bare.safetensors");
    const auto made = makeClipBatches(set, inputOf("heatmap"), {{0, 0, 1}});
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("\"bare\""));
}

TEST(PartPositions, areTheMiddlesOfEqualPartsAndShortClipsRepeat)
{
    EXPECT_THAT(partPositions(8, 4, 0, 1, {}), ElementsAre(1, 3, 5, 7));
    EXPECT_THAT(partPositions(2, 4, 0, 1, {}), ElementsAre(0, 0, 1, 1));
    EXPECT_THAT(partPositions(1, 3, 0, 1, {}), ElementsAre(0, 0, 0));
    EXPECT_THAT(partPositions(10, 2, 0.5, 0.5, {0.0, 0.999}), ElementsAre(5, 9));
}

TEST_F(ClipBatchesTest, rolesCanBeOthersWithoutCopyingTheSet)
{
    const auto view = withRoles(m_set, {{"p0", ClipRole::Test}});
    EXPECT_EQ(view->clips()[0].role, ClipRole::Test);
    EXPECT_EQ(m_set->clips()[0].role, ClipRole::Train);
    EXPECT_EQ(view->points(3).data(), m_set->points(3).data());
    EXPECT_NE(view->digest(), m_set->digest());
}

} // namespace
