// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/untrimmed/chunks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

/// Pictures of one pixel that say their number, and one point that says its frame.
class Chunks : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-chunks-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        m_info.scheme = "smg";
        m_info.classes = {"a", "b"};
        m_info.skeleton.layout = "one";
        m_info.skeleton.graph = {1, {}, 0};
        m_info.pictureSide = 1;
        m_info.pictureStep = 2;
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::shared_ptr<const UntrimmedSet> videos(int64_t frames, const std::vector<TruthSpan>& truth) const
    {
        auto writer = UntrimmedSetWriter::create(m_folder / "videos.safetensors", m_info);
        EXPECT_TRUE(writer.ok());
        UntrimmedVideo video;
        video.id = "v";
        video.subject = "s";
        video.role = ClipRole::Validation;
        video.frames = frames;
        video.truth = truth;
        std::vector<float> points;
        for (int64_t frame = 0; frame < frames; ++frame)
            points.insert(points.end(), {static_cast<float>(frame), 0, 1});
        std::vector<uint8_t> pictures;
        if (m_info.pictureSide > 0)
            for (int64_t frame = 0; frame < frames; frame += 2)
                pictures.insert(pictures.end(), 3, static_cast<uint8_t>(frame / 2));
        EXPECT_TRUE((*writer)->add(video, points, pictures).ok());
        EXPECT_TRUE((*writer)->finish().ok());
        return *UntrimmedSet::open(m_folder / "videos.safetensors");
    }
    Result<ChunkCounts> cut(const UntrimmedSet& set, int pictures) const
    {
        ProgressSink quiet;
        return writeChunks(set, m_folder / "clips.safetensors", pictures, quiet);
    }
    /// Numbers of the pictures of each chunk.
    std::vector<std::vector<int>> shown() const
    {
        const auto clips = *ClipSet::open(m_folder / "clips.safetensors");
        std::vector<std::vector<int>> all;
        for (size_t i = 0; i < clips->clips().size(); ++i) {
            auto& own = all.emplace_back();
            for (size_t byte = 0; byte < clips->rgb(i).size(); byte += 3)
                own.push_back(clips->rgb(i)[byte]);
        }
        return all;
    }

    fs::path m_folder;
    UntrimmedSetInfo m_info;
};

TEST_F(Chunks, AGestureGivesAsManyAsFitIntoItWithItsPoints)
{
    const auto made = cut(*videos(60, {{{11, 31}, 1, 2}}), 4); // pictures 6 to 15 show it
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->gestures, 1);
    EXPECT_EQ(shown(), (std::vector<std::vector<int>>{{6, 7, 8, 9}, {10, 11, 12, 13}}));
    const auto clips = *ClipSet::open(m_folder / "clips.safetensors");
    EXPECT_EQ(clips->clips()[0].span, (FrameSpan{12, 20}));
    EXPECT_EQ(clips->clips()[0].label, 1);
    EXPECT_EQ(clips->clips()[0].weight, 2);
    EXPECT_EQ(clips->clips()[0].role, ClipRole::Validation);
    EXPECT_EQ(clips->rows(0), 8);
    EXPECT_EQ(clips->points(0)[0], 12) << "x says its frame";
}

TEST_F(Chunks, AShortGestureIsSeenWithWhatLiesAroundIt)
{
    ASSERT_TRUE(cut(*videos(60, {{{20, 24}, 0, 1}, {{0, 2}, 0, 1}, {{58, 60}, 1, 1}}), 4).ok());
    EXPECT_EQ(shown(), (std::vector<std::vector<int>>{{0, 1, 2, 3}, {9, 10, 11, 12}, {26, 27, 28, 29}}));
}

TEST_F(Chunks, WhatCannotBeCutIsSaid)
{
    const auto none = cut(*videos(6, {{{0, 6}, 0, 1}}), 8);
    ASSERT_FALSE(none.ok());
    EXPECT_THAT(none.error().message, HasSubstr("chunk of 8"));
    m_info.pictureSide = 0;
    const auto blind = cut(*videos(60, {{{0, 6}, 0, 1}}), 8);
    ASSERT_FALSE(blind.ok());
    EXPECT_THAT(blind.error().message, HasSubstr("no pictures"));
    EXPECT_FALSE(fs::exists(m_folder / "clips.safetensors"));
}

} // namespace
