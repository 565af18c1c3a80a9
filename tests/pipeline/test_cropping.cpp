// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videowriter.h"
#include "pipeline/clipinput.h"
#include "pipeline/cropping.h"
#include "pipeline/motionpath.h"
#include "pose/layout.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 320;
constexpr int kHeight = 240;
constexpr int64_t kFrames = 120;

/// A square of 30 pixels that trembles: left above in the first half, right below in the second.
std::vector<uint8_t> pictureAt(int64_t frame)
{
    std::vector<uint8_t> bgra(static_cast<size_t>(kWidth * kHeight * 4), 60);
    const int left = (frame < kFrames / 2 ? 60 : 220) + static_cast<int>(frame % 3) * 6;
    const int top = frame < kFrames / 2 ? 50 : 160;
    for (int y = top; y < top + 30; ++y)
        std::fill_n(bgra.begin() + (y * kWidth + left) * 4, 30 * 4, uint8_t{230});
    return bgra;
}

/// A source that counts what is read from it.
class CountedSource final : public FrameSource {
public:
    explicit CountedSource(std::unique_ptr<FrameSource> inner, int64_t damaged = -1)
        : m_inner(std::move(inner))
        , m_damaged(damaged)
    {
    }
    const VideoInfo& info() const override { return m_inner->info(); }
    const FrameTimes& times() const override { return m_inner->times(); }
    Result<VideoFrame> read(int64_t index) override
    {
        ++reads;
        if (index == m_damaged)
            return Error{ErrorCode::BadFormat, "damaged"};
        return m_inner->read(index);
    }
    Result<FrameDigest> digest(int64_t index) override { return m_inner->digest(index); }

    int reads = 0;

private:
    std::unique_ptr<FrameSource> m_inner;
    int64_t m_damaged;
};

class CroppingTest : public testing::Test {
protected:
    CroppingTest()
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_crops_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        auto writer = createVideo(video(), {.width = kWidth, .height = kHeight, .fpsNum = 25, .gop = 20});
        EXPECT_TRUE(writer.ok());
        for (int64_t frame = 0; frame < kFrames; ++frame)
            EXPECT_TRUE((*writer)->writeBgra(pictureAt(frame)).ok());
        EXPECT_TRUE((*writer)->finish().ok());
    }
    ~CroppingTest() override { fs::remove_all(m_folder); }

    fs::path video() const { return m_folder / "clip.mp4"; }
    fs::path cacheFolder() const { return m_folder / "cache"; }
    CountedSource open(int64_t damaged = -1) const
    {
        auto source = openVideo(video());
        EXPECT_TRUE(source.ok());
        return CountedSource(std::move(*source), damaged);
    }

private:
    fs::path m_folder;
};

/// A person whose points are all over the left half.
PoseTrack leftPerson()
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    for (int64_t frame = 0; frame < kFrames; ++frame) {
        track.frames.push_back(frame);
        for (int i = 0; i < kPointCount; ++i)
            track.points.push_back(
                {20.0f + static_cast<float>(i % 10) * 14, 30.0f + static_cast<float>(i / 10) * 30, 0.9f});
    }
    return track;
}

struct Inputs {
    std::vector<ClipInput> clips;
    int64_t damaged = 0;
};

Inputs inputsOf(CountedSource& source, const std::vector<ClipSpan>& clips, const ClipSources& from)
{
    CancelFlag progress;
    Inputs inputs;
    inputs.clips.resize(clips.size());
    const auto damaged = forEachClipInput(
        source, clips, from, progress, [&](size_t index, const ClipInput& input) -> Status {
            EXPECT_TRUE(inputs.clips[index].rgb.empty()) << "a clip came twice";
            inputs.clips[index] = input;
            return {};
        });
    EXPECT_TRUE(damaged.ok());
    inputs.damaged = damaged.ok() ? *damaged : -1;
    return inputs;
}

bool same(const ClipInput& a, const ClipInput& b)
{
    return a.rgb.shape == b.rgb.shape && a.rgb.values == b.rgb.values && a.joint.values == b.joint.values
        && a.heatmap.values == b.heatmap.values;
}

const std::vector<ClipSpan> kClips{{{0, 40}, 0}, {{50, 110}, 0}, {{20, 70}, 0}};

bool holds(const CropBox& box, float x, float y)
{
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

} // namespace

TEST_F(CroppingTest, ClipsFromTheCacheAreTheSameToTheBitAndReadNothing)
{
    const PoseTrack track = leftPerson();
    CountedSource plain = open();
    const Inputs wanted = inputsOf(plain, kClips, {&track, {}, nullptr});
    FeatureCache cache(cacheFolder());
    for (int round = 0; round < 3; ++round) {
        CountedSource source = open();
        const Inputs inputs = inputsOf(source, kClips, {&track, {}, &cache});
        for (size_t i = 0; i < kClips.size(); ++i)
            EXPECT_TRUE(same(inputs.clips[i], wanted.clips[i])) << "clip " << i << ", round " << round;
        EXPECT_EQ(source.reads == 0, round > 0);
    }
    EXPECT_TRUE(cache.takeNotes().empty());
}

TEST_F(CroppingTest, OnlyClipsThatAreNotInTheCacheAreRead)
{
    const PoseTrack track = leftPerson();
    FeatureCache cache(cacheFolder());
    CountedSource first = open();
    (void)inputsOf(first, {kClips[0]}, {&track, {}, &cache});
    CountedSource second = open();
    const Inputs both = inputsOf(second, {kClips[0], kClips[1]}, {&track, {}, &cache});
    EXPECT_EQ(second.reads, kRgbFrames);
    EXPECT_FALSE(both.clips[0].rgb.empty() || both.clips[1].rgb.empty());
}

TEST_F(CroppingTest, AnotherCropIsAnotherEntry)
{
    const PoseTrack track = leftPerson();
    FeatureCache cache(cacheFolder());
    CountedSource first = open();
    const Inputs before = inputsOf(first, {kClips[0]}, {&track, {}, &cache});
    const std::vector<CropPath> crops{{0, CropKind::Motion, {{0, {200, 100, 80, 80}}}}};
    CountedSource second = open();
    const Inputs after = inputsOf(second, {kClips[0]}, {&track, crops, &cache});
    EXPECT_GT(second.reads, 0);
    EXPECT_NE(before.clips[0].rgb.values, after.clips[0].rgb.values);
}

TEST_F(CroppingTest, ClipsWithDamagedPicturesAreNotKept)
{
    const std::vector<int64_t> frames = sampleUniform(kClips[0].span, kRgbFrames);
    FeatureCache cache(cacheFolder());
    for (int round = 0; round < 2; ++round) {
        CountedSource source = open(frames[3]);
        EXPECT_EQ(inputsOf(source, {kClips[0]}, {nullptr, {}, &cache}).damaged, 1) << "round " << round;
    }
    EXPECT_TRUE(cache.use().entries.empty());
}

TEST_F(CroppingTest, TheModelLooksWhereTheCropsSay)
{
    ClipPictures pictures;
    pictures.scale = 0.5f;
    const auto whole = [](int64_t frame) { return Picture{kWidth, kHeight, pictureAt(frame)}; };
    for (const int64_t frame : sampleUniform(kClips[0].span, kRgbFrames))
        pictures.pictures.push_back(scaled(whole(frame), kWidth / 2, kHeight / 2));
    const ClipSpan clip{{0, 40}, 0};
    const std::vector<CropPath> motion{
        {0, CropKind::Motion, {{0, {100, 40, 60, 60}}, {20, {110, 40, 60, 60}}}}};
    // All of the motion path, in pixels of the pictures: 100 to 170 wide.
    EXPECT_EQ(clipBox(pictures, {}, clip, motion), (CropBox{50, 17.5f, 35, 35}));
    // What moves inside the person.
    const std::vector<CropPath> person{{0, CropKind::Person, {{0, {0, 0, 200, 200}}}}};
    const CropBox inside = clipBox(pictures, {}, clip, person);
    EXPECT_TRUE(holds(inside, 40, 32));
    EXPECT_LT(inside.width, 100);
    // Crops of others, or of another time, count as none.
    const CropBox plain = clipBox(pictures, {});
    const std::vector<CropPath> others{{1, CropKind::Motion, motion[0].keys},
        {0, CropKind::Motion, {{60, {0, 0, 9, 9}}}}, {0, CropKind::Face, {{0, {0, 0, 9, 9}}}}};
    EXPECT_EQ(clipBox(pictures, {}, clip, others), plain);
    EXPECT_EQ(clipBox(pictures, {}, clip, {}), plain);
}

TEST_F(CroppingTest, MotionOfAVideoIsMadeOnce)
{
    const AnalyzeRecipe recipe;
    CancelFlag progress;
    CountedSource plain = open();
    const auto wanted = motionRows(plain, recipe, progress);
    ASSERT_TRUE(wanted.ok());
    FeatureCache cache(cacheFolder());
    for (int round = 0; round < 2; ++round) {
        CountedSource source = open();
        const auto rows = motionRows(source, recipe, progress, &cache);
        ASSERT_TRUE(rows.ok());
        EXPECT_EQ(*rows, *wanted);
        EXPECT_EQ(source.reads == 0, round > 0);
    }
    // Other constants of the curve use the same energy, other pictures do not.
    AnalyzeRecipe other = recipe;
    other.motionStrong = 0.8;
    CountedSource curve = open();
    ASSERT_TRUE(motionRows(curve, other, progress, &cache).ok());
    EXPECT_EQ(curve.reads, 0);
    other.motionPictureSide = 48;
    CountedSource pictures = open();
    ASSERT_TRUE(motionRows(pictures, other, progress, &cache).ok());
    EXPECT_GT(pictures.reads, 0);
}

TEST_F(CroppingTest, CropsOfAVideoFollowPersonAndMotion)
{
    const PoseTrack track = leftPerson();
    CancelFlag progress;
    FeatureCache cache(cacheFolder());
    const CountedSource source = open();
    const auto crops = videoCrops(source.info(), &track, &cache, progress);
    ASSERT_TRUE(crops.ok()) << crops.error().message;
    const CropPath* const motion = findCropPath(*crops, 0, CropKind::Motion);
    ASSERT_NE(findCropPath(*crops, 0, CropKind::Person), nullptr);
    ASSERT_NE(motion, nullptr);
    EXPECT_TRUE(holds(boxAt(*motion, 20), 80, 65));
    // Without poses, what moves in the whole picture.
    const auto bare = videoCrops(source.info(), nullptr, &cache, progress);
    ASSERT_TRUE(bare.ok());
    ASSERT_EQ(bare->size(), 1u);
    EXPECT_EQ(bare->front().kind, CropKind::Motion);
    EXPECT_TRUE(holds(boxAt(bare->front(), 20), 80, 65));
    EXPECT_TRUE(holds(boxAt(bare->front(), 100), 240, 175));
    EXPECT_FALSE(holds(boxAt(bare->front(), 100), 80, 65));
    // Both come from the cache to the bit.
    EXPECT_EQ(*videoCrops(source.info(), &track, &cache, progress), *crops);
    EXPECT_EQ(*videoCrops(source.info(), nullptr, &cache, progress), *bare);
    EXPECT_EQ(cache.use().entries.size(), 2u);
    FeatureCache none;
    EXPECT_EQ(*videoCrops(source.info(), &track, &none, progress), *crops);
    EXPECT_EQ(*videoCrops(source.info(), &track, nullptr, progress), *crops);
}

TEST_F(CroppingTest, CroppingStopsWhenAskedTo)
{
    CancelFlag progress;
    progress.cancel();
    const CountedSource source = open();
    const auto crops = videoCrops(source.info(), nullptr, nullptr, progress);
    ASSERT_FALSE(crops.ok());
    EXPECT_EQ(crops.error().code, ErrorCode::Cancelled);
}
