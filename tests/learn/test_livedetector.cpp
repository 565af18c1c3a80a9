// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/track2/detections.h"
#include "learn/track2/detectorfiles.h"
#include "learn/track2/gridsample.h"
#include "learn/track2/livedetector.h"
#include "learn/track2/liveplay.h"
#include "tests/learn/toydetector.h"
#include "tests/learn/toyvideos.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <torch/utils.h>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

constexpr int64_t kWindow = 256; // frames of a window of the toy's detector
constexpr LiveTiming kTiming{8, 16, 4};

/// One detector for all tests: it has learned a little, and tells a lot at a low threshold.
class Live : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_folder = fs::temp_directory_path() / ("telltale-live-" + std::to_string(getpid()));
        fs::remove_all(s_folder);
        fs::create_directories(s_folder);
        s_set = toy::toyVideos(s_folder / "videos.safetensors", {});
        ASSERT_TRUE(s_set);
        ProgressSink silent;
        const auto facts
            = trainTrack2(s_set, toy::parsed(toy::toyRecipe(4)), s_folder / "detector", {}, silent);
        ASSERT_TRUE(facts) << facts.error().message;
    }
    static void TearDownTestSuite()
    {
        s_set.reset();
        fs::remove_all(s_folder);
    }

    static std::unique_ptr<LiveWindows> windows(int64_t hop = kTiming.hop)
    {
        auto made = LiveWindows::open(s_folder / "detector", s_set->info().skeleton, hop);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return made ? std::move(*made) : nullptr;
    }
    static LiveDetector detector(double threshold = 0.03)
    {
        LiveOptions options;
        options.timing = kTiming;
        options.decision.emplace().threshold = threshold;
        auto made = LiveDetector::open(s_folder / "detector", s_set->info().skeleton, options);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return std::move(*made);
    }
    static size_t row() { return static_cast<size_t>(s_set->info().skeleton.graph.points) * 3; }
    /// Points of the last video, which is a test subject's.
    static std::vector<float> video()
    {
        const auto points = s_set->points(s_set->videos().size() - 1);
        return {points.begin(), points.end()};
    }
    static std::span<const float> frameOf(const std::vector<float>& points, int64_t frame)
    {
        return std::span(points).subspan(static_cast<size_t>(frame) * row(), row());
    }
    /// Everything that is told of these frames.
    static std::vector<LiveSpan> told(
        LiveDetector& live, const std::vector<float>& points, bool finish = true)
    {
        std::vector<LiveSpan> all;
        const auto take = [&](const Result<std::vector<LiveSpan>>& some) {
            ASSERT_TRUE(some) << some.error().message;
            all.insert(all.end(), some->begin(), some->end());
        };
        for (int64_t frame = 0; frame < static_cast<int64_t>(points.size() / row()); ++frame)
            take(live.add(frame, frameOf(points, frame)));
        if (finish)
            take(live.finish());
        return all;
    }
    /// The looks of these frames.
    static std::vector<LiveLook> looks(LiveWindows& live, const std::vector<float>& points)
    {
        std::vector<LiveLook> all;
        for (int64_t frame = 0; frame < static_cast<int64_t>(points.size() / row()); ++frame)
            if (const auto look = live.add(frame, frameOf(points, frame)); look && *look)
                all.push_back(**look);
        return all;
    }
    /// A set of one video that has these frames alone.
    static std::shared_ptr<const UntrimmedSet> setOf(std::span<const float> points)
    {
        const fs::path file = s_folder / "piece.safetensors";
        auto writer = UntrimmedSetWriter::create(file, s_set->info());
        UntrimmedVideo video;
        video.id = "piece";
        video.subject = "s";
        video.frames = static_cast<int64_t>(points.size() / row());
        EXPECT_TRUE(writer && (*writer)->add(video, points, {}) && (*writer)->finish());
        auto set = UntrimmedSet::open(file);
        EXPECT_TRUE(set);
        return *set;
    }

    static inline fs::path s_folder;
    static inline std::shared_ptr<const UntrimmedSet> s_set;
};

} // namespace

TEST_F(Live, FeaturesOfAWindowAreThoseOfTheSetToTheBit)
{
    const Track2Recipe recipe = toy::parsed(toy::toyRecipe(1));
    const std::vector<float> points = video();
    const auto all = torch::from_blob(const_cast<float*>(points.data()), {600, 5, 3});
    for (const int64_t first : {0, 1, 100, 344, 345, 500, 597}) {
        GridWindow window;
        window.video = s_set->videos().size() - 1;
        window.first = first;
        const GridSample offline = gridSample(*s_set, recipe.input, recipe.grid, window);
        const auto places = (torch::arange(kWindow, torch::kLong) + first).clamp_max(599);
        const int64_t rows = std::min<int64_t>(64, (600 - first + 3) / 4);
        const GridSample live = gridSample(
            all.index_select(0, places), s_set->info().skeleton, recipe.input, recipe.grid, rows);
        EXPECT_EQ(live.rows, offline.rows) << first;
        EXPECT_TRUE(torch::equal(live.features, offline.features)) << first;
    }
}

TEST_F(Live, ALookFindsWhatTheDetectorFindsInAVideoThatEndsThere)
{
    const auto live = windows(7); // not in step with the grid
    const std::vector<float> points = video();
    const auto offline = readDetector(s_folder / "detector", "cpu");
    ASSERT_TRUE(offline);
    const Track2Recipe& recipe = offline->facts.recipe;
    int compared = 0;
    for (const LiveLook& look : looks(*live, points)) {
        if (look.seen % 10 != 0)
            continue;
        const auto set = setOf(std::span(points).first(static_cast<size_t>(look.seen) * row()));
        GridWindow window;
        window.first = std::max<int64_t>(0, look.seen - kWindow);
        const auto found = withoutDoubles(
            {detectWindow(*offline->network, recipe, gridSample(*set, recipe.input, recipe.grid, window),
                toy::kVideoClasses, window.first, look.seen)},
            recipe);
        EXPECT_FALSE(found.empty());
        EXPECT_EQ(found, look.found) << look.seen;
        ++compared;
    }
    EXPECT_GE(compared, 8);
}

TEST_F(Live, TheFutureChangesNothingThatWasTold)
{
    const std::vector<float> points = video();
    auto live = detector();
    const auto whole = told(live, points);
    ASSERT_GE(whole.size(), 4U);
    for (const int64_t cut : {120, 301, 450}) {
        std::vector<float> other = points;
        for (size_t i = static_cast<size_t>(cut) * row(); i < other.size(); ++i)
            other[i] = i % 3 == 2 ? other[i] : other[i] * 0.5F + static_cast<float>(i % 17);
        live.restart();
        const auto changed = told(live, other);
        std::vector<LiveSpan> before;
        std::vector<LiveSpan> same;
        const auto early = [&](const LiveSpan& span) { return span.seen <= cut; };
        std::copy_if(whole.begin(), whole.end(), std::back_inserter(before), early);
        std::copy_if(changed.begin(), changed.end(), std::back_inserter(same), early);
        EXPECT_FALSE(before.empty()) << cut;
        EXPECT_EQ(before, same) << cut;
        EXPECT_NE(whole, changed) << cut;
    }
}

TEST_F(Live, EachSpanIsToldOnceAndWithinTheLatencyThatIsStated)
{
    auto live = detector();
    const auto spans = told(live, video(), false);
    ASSERT_GE(spans.size(), 4U);
    for (size_t i = 0; i < spans.size(); ++i) {
        const double delay = static_cast<double>(spans[i].seen) - spans[i].end;
        EXPECT_GE(delay, static_cast<double>(kTiming.settle));
        EXPECT_LE(delay, static_cast<double>(kTiming.latency()));
        for (size_t k = 0; k < i; ++k) {
            const double common
                = std::min(spans[i].end, spans[k].end) - std::max(spans[i].start, spans[k].start);
            const double either
                = std::max(spans[i].end, spans[k].end) - std::min(spans[i].start, spans[k].start);
            if (spans[i].label == spans[k].label) {
                EXPECT_LT(common, live.decision().sameClassOverlap * either) << i << " " << k;
            }
        }
    }
}

TEST_F(Live, TheEndOfAStreamTellsWhatHadNotSettled)
{
    auto live = detector();
    const std::vector<float> points = video();
    // Stopped shortly behind a gesture's end.
    const TruthSpan gesture = s_set->videos().back().truth.at(3);
    const std::vector<float> piece(points.begin(),
        points.begin() + static_cast<std::ptrdiff_t>(static_cast<size_t>(gesture.span.last + 4) * row()));
    const auto before = told(live, piece, false);
    live.restart();
    const auto all = told(live, piece);
    ASSERT_GT(all.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), all.begin()));
    EXPECT_EQ(all.back().seen, gesture.span.last + 4);
}

TEST_F(Live, NothingOlderThanAWindowIsKept)
{
    const auto first = windows(50);
    const auto second = windows(50);
    const int64_t bytes = first->bytes();
    EXPECT_EQ(first->capacity(), kWindow);
    EXPECT_LE(bytes, kWindow * static_cast<int64_t>(row() * sizeof(float)));
    const std::vector<float> points = video();
    for (int64_t frame = 0; frame < 3000; ++frame)
        ASSERT_TRUE(first->add(frame, frameOf(points, frame % 600)));
    EXPECT_EQ(first->bytes(), bytes);
    // The other one has lived through something else until a window ago.
    ASSERT_TRUE(second->add(0, frameOf(points, 77)));
    for (int64_t frame = 3000 - kWindow; frame < 3000; ++frame)
        ASSERT_TRUE(second->add(frame, frameOf(points, frame % 600)));
    const auto a = first->finish();
    const auto b = second->finish();
    ASSERT_TRUE(a && *a && b && *b);
    EXPECT_FALSE((*a)->found.empty());
    EXPECT_EQ((*a)->found, (*b)->found);
}

TEST_F(Live, FramesThatAreLeftOutAreFramesWithoutPoints)
{
    const std::vector<float> points = video();
    const auto left = windows();
    const auto empty = windows();
    for (int64_t frame = 0; frame < 200; ++frame) {
        const bool there = frame % 3 == 0;
        if (there) {
            ASSERT_TRUE(left->add(frame, frameOf(points, frame)));
        }
        ASSERT_TRUE(empty->add(frame, there ? frameOf(points, frame) : std::span<const float>()));
    }
    const auto a = left->add(210, frameOf(points, 210));
    const auto b = empty->add(210, frameOf(points, 210));
    ASSERT_TRUE(a && *a && b && *b);
    EXPECT_EQ((*a)->seen, 211);
    EXPECT_FALSE((*a)->found.empty());
    EXPECT_EQ((*a)->found, (*b)->found);
}

TEST_F(Live, WhereNobodyIsSeenNothingIsFoundAndNothingComputed)
{
    auto live = detector(0.002);
    const std::vector<float> nobody(row() * 300, 0.F);
    EXPECT_TRUE(told(live, nobody).empty());
    EXPECT_EQ(live.windows().cost().looks, 0);
    for (int64_t frame = 300; frame < 340; ++frame)
        ASSERT_TRUE(live.add(frame, {}));
    EXPECT_EQ(live.windows().cost().looks, 0);
    ASSERT_TRUE(live.add(340, frameOf(video(), 0)));
    ASSERT_TRUE(live.finish());
    EXPECT_EQ(live.windows().cost().looks, 1);
    EXPECT_GT(live.windows().cost().worstSeconds, 0);
}

TEST_F(Live, SomebodyElseIsAnotherStory)
{
    const std::vector<float> points = video();
    const auto changed = windows(1);
    for (int64_t frame = 0; frame < 100; ++frame)
        ASSERT_TRUE(changed->add(frame, frameOf(points, frame)));
    changed->forget();
    const auto fresh = windows(1);
    const auto a = changed->add(100, frameOf(points, 100));
    const auto b = fresh->add(100, frameOf(points, 100));
    ASSERT_TRUE(a && *a && b && *b);
    EXPECT_EQ((*a)->found, (*b)->found);
}

TEST_F(Live, ShortStreamsAndWrongFramesAreNoTrouble)
{
    auto live = detector(0.002);
    const auto nothing = live.finish();
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->empty());
    const std::vector<float> points = video();
    live.restart();
    for (const LiveSpan& span :
        told(live, {points.begin(), points.begin() + 3 * static_cast<std::ptrdiff_t>(row())})) {
        EXPECT_GE(span.start, 0);
        EXPECT_LE(span.end, 3);
    }
    const auto twice = live.add(2, frameOf(points, 2));
    ASSERT_FALSE(twice);
    EXPECT_THAT(twice.error().message, HasSubstr("Frame 2"));
    const auto few = live.add(3, std::span(points).first(5));
    ASSERT_FALSE(few);
    EXPECT_THAT(few.error().message, HasSubstr("15"));
    EXPECT_TRUE(live.add(3, frameOf(points, 3))) << "what was refused left no trace";
}

TEST_F(Live, WhatCannotRunLiveIsRefusedWithAReason)
{
    const ClipSkeleton& skeleton = s_set->info().skeleton;
    LiveOptions options;
    options.timing.hop = 0;
    EXPECT_FALSE(LiveDetector::open(s_folder / "detector", skeleton, options));
    EXPECT_FALSE(LiveDetector::open(s_folder / "none", skeleton));
    ClipSkeleton other = skeleton;
    other.graph.points = 6;
    other.layout = "six";
    EXPECT_THAT(LiveDetector::open(s_folder / "detector", other).error().message, HasSubstr("layout six"));

    toy::ToyVideoOptions small;
    small.pictureSide = 16;
    small.frames = 200;
    auto json = toy::toyRecipe(1);
    json["input"]["pictures"] = toy::value(true);
    ProgressSink silent;
    ASSERT_TRUE(trainTrack2(toy::toyVideos(s_folder / "pictures.safetensors", small), toy::parsed(json),
        s_folder / "seeing", {}, silent));
    const auto seeing = LiveDetector::open(s_folder / "seeing", skeleton);
    ASSERT_FALSE(seeing);
    EXPECT_EQ(seeing.error().code, ErrorCode::Unsupported);
    EXPECT_THAT(seeing.error().message, HasSubstr("sees pictures"));
}

TEST_F(Live, AThresholdIsChosenOnHeldOutVideosAndKeptBesideItsDetector)
{
    const auto live = windows();
    const size_t validation = 4; // behind four training subjects
    ASSERT_EQ(s_set->videos()[validation].role, ClipRole::Validation);
    ProgressSink silent;
    const auto choice = chooseLive(*live, *s_set, {validation}, kTiming, silent);
    ASSERT_TRUE(choice) << choice.error().message;
    // What was chosen gives what was promised.
    SpanDecision decision = live->facts().decision;
    decision.threshold = choice->threshold;
    decision.perClass.clear();
    const auto play = playLive(*live, *s_set, {validation}, decision, kTiming, silent);
    ASSERT_TRUE(play);
    const DetectionFigures figures = liveFigures(*s_set, {validation}, *play, live->facts());
    EXPECT_EQ(figures.f1[1], choice->f1);
    EXPECT_EQ(static_cast<size_t>(figures.found), play->spans.size());
    EXPECT_GE(play->all.size(), play->spans.size());
    EXPECT_EQ(play->seen.size(), play->spans.size());

    ASSERT_TRUE(writeLiveChoice(s_folder / "detector", *choice));
    const auto read = readLiveChoice(s_folder / "detector", live->facts());
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->threshold, choice->threshold);
    EXPECT_EQ((*read)->timing, kTiming);
    DetectorFacts other = live->facts();
    other.detectorDigest = "another";
    const auto wrong = readLiveChoice(s_folder / "detector", other);
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message, HasSubstr("another detector"));
    fs::remove(s_folder / "detector" / "live.json");
    EXPECT_FALSE(*readLiveChoice(s_folder / "detector", live->facts()));
}
