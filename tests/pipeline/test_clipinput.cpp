// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipinput.h"
#include "pose/layout.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

/// Pictures whose blue channel is the frame number; some frames cannot be read.
class CountingSource final : public FrameSource {
public:
    CountingSource(int64_t frames, std::vector<int64_t> damaged)
        : m_times(FrameTimes::nominal(frames, 28))
        , m_damaged(std::move(damaged))
    {
        m_info.width = 64;
        m_info.height = 48;
    }
    const VideoInfo& info() const override { return m_info; }
    const FrameTimes& times() const override { return m_times; }
    Result<VideoFrame> read(int64_t index) override
    {
        asked.push_back(index);
        if (std::find(m_damaged.begin(), m_damaged.end(), index) != m_damaged.end())
            return Error{ErrorCode::BadFormat, "damaged"};
        VideoFrame frame;
        frame.index = index;
        frame.picture = {64, 48, std::vector<uint8_t>(64 * 48 * 4, static_cast<uint8_t>(index))};
        return frame;
    }
    Result<FrameDigest> digest(int64_t) override { return Error{ErrorCode::Unsupported, "no digests here"}; }

    std::vector<int64_t> asked;

private:
    VideoInfo m_info;
    FrameTimes m_times;
    std::vector<int64_t> m_damaged;
};

} // namespace

TEST(ForEachClip, ReadsEveryPictureOnceInAscendingOrderForOverlappingClips)
{
    CountingSource source(200, {});
    const std::vector<ClipSpan> clips{{{100, 140}, 0}, {{10, 50}, 0}, {{30, 70}, 1}};
    std::vector<size_t> visited;
    CancelFlag progress;
    const Result<int64_t> damaged
        = forEachClip(source, clips, progress, [&](size_t index, const ClipPictures& pictures) -> Status {
              visited.push_back(index);
              EXPECT_EQ(pictures.pictures.size(), static_cast<size_t>(kRgbFrames));
              const std::vector<int64_t> frames = sampleUniform(clips[index].span, kRgbFrames);
              for (size_t i = 0; i < frames.size(); ++i)
                  EXPECT_EQ(pictures.pictures[i].bgra[0], static_cast<uint8_t>(frames[i]));
              return {};
          });
    ASSERT_TRUE(damaged) << damaged.error().message;
    EXPECT_EQ(*damaged, 0);
    EXPECT_EQ(visited, (std::vector<size_t>{1, 2, 0}));
    EXPECT_TRUE(std::is_sorted(source.asked.begin(), source.asked.end()));
    EXPECT_EQ(std::adjacent_find(source.asked.begin(), source.asked.end()), source.asked.end());
}

TEST(ForEachClip, ReplacesDamagedPicturesByTheOneBeforeAndCountsThem)
{
    const FrameSpan span{0, 80};
    const std::vector<int64_t> frames = sampleUniform(span, kRgbFrames);
    CountingSource source(80, {frames[0], frames[3]});
    CancelFlag progress;
    const Result<int64_t> damaged
        = forEachClip(source, {{span, 0}}, progress, [&](size_t, const ClipPictures& pictures) -> Status {
              EXPECT_EQ(pictures.pictures[0].width, pictures.pictures[1].width);
              EXPECT_EQ(pictures.pictures[0].bgra[0], 0);
              EXPECT_EQ(pictures.pictures[3].bgra[0], static_cast<uint8_t>(frames[2]));
              return {};
          });
    ASSERT_TRUE(damaged);
    EXPECT_EQ(*damaged, 2);
}

TEST(ForEachClip, StopsWhenAskedTo)
{
    CountingSource source(80, {});
    CancelFlag progress;
    progress.cancel();
    const auto result = forEachClip(
        source, {{{0, 80}, 0}}, progress, [](size_t, const ClipPictures&) -> Status { return {}; });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(source.asked.empty());
}

TEST(ClipInput, HasTheShapesOfTheNetworksAndLeavesOutWhatIsMissing)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    for (int64_t f = 0; f < 40; ++f) {
        track.frames.push_back(f);
        for (int i = 0; i < kPointCount; ++i)
            track.points.push_back(
                {10.0f + static_cast<float>(i % 9) * 4, 5.0f + static_cast<float>(i / 9) * 5, 0.8f});
    }
    ClipPictures pictures;
    pictures.pictures.assign(kRgbFrames, Picture{64, 48, std::vector<uint8_t>(64 * 48 * 4, 90)});
    const ClipInput full = makeClipInput(&track, {{0, 40}, 0}, pictures);
    EXPECT_EQ(full.joint.shape, (std::vector<int64_t>{9, 32, 68}));
    EXPECT_EQ(full.heatmap.shape, (std::vector<int64_t>{68, 16, 32, 32}));
    EXPECT_EQ(full.rgb.shape, (std::vector<int64_t>{3, 8, 64, 64}));
    const ClipInput blind = makeClipInput(&track, {{0, 40}, 0}, {});
    EXPECT_TRUE(blind.rgb.empty());
    EXPECT_FALSE(blind.joint.empty());
    const ClipInput poseless = makeClipInput(nullptr, {{0, 40}, 0}, pictures);
    EXPECT_TRUE(poseless.joint.empty());
    EXPECT_TRUE(poseless.heatmap.empty());
    EXPECT_FALSE(poseless.rgb.empty());
}
