// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// From a stream of pictures to spans. The network is one layer that takes red spots as left wrists, so what
// the person does is known; the detector has learned next to nothing, so it tells a lot at a low threshold.
#include "../pose/networks/onnxmodel.h"
#include "base/random.h"
#include "media/videowriter.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/live/followlive.h"
#include "pipeline/posing.h"
#include "pose/layout.h"
#include "tests/learn/toydetector.h"
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 192;
constexpr int kHeight = 128;
constexpr int kFrames = 120;

std::vector<uint8_t> drawn(int64_t frame)
{
    std::vector<uint8_t> pixels(size_t{4} * kWidth * kHeight);
    if (frame >= 60 && frame < 64) // nobody is there
        return pixels;
    const double t = static_cast<double>(frame);
    const double x = 40 + 0.8 * t;
    const double y = 60 + 20 * std::sin(t / 4);
    for (int row = 0; row < kHeight; ++row)
        for (int column = 0; column < kWidth; ++column) {
            const double distance = std::pow(column + 0.5 - x, 2) + std::pow(row + 0.5 - y, 2);
            pixels[(static_cast<size_t>(row) * kWidth + static_cast<size_t>(column)) * 4 + 2]
                = static_cast<uint8_t>(std::lround(250 * std::exp(-distance / 60)));
        }
    return pixels;
}

/// A set of swinging wrists in the layout, to have a detector for it.
std::shared_ptr<const UntrimmedSet> wristVideos(const fs::path& file, const std::string& layout)
{
    UntrimmedSetInfo info;
    info.scheme = "wrists";
    info.classes = {"slow", "fast"};
    info.skeleton = clipSkeleton(**findPoseLayout(layout));
    info.origin = "made for a test";
    info.recipe = "{}";
    auto writer = UntrimmedSetWriter::create(file, info);
    EXPECT_TRUE(writer);
    const size_t points = static_cast<size_t>(info.skeleton.graph.points);
    Random random(1);
    for (int subject = 0; subject < 3; ++subject) {
        UntrimmedVideo video;
        video.id = video.subject = "s" + std::to_string(subject);
        video.role = subject < 2 ? ClipRole::Train : ClipRole::Validation;
        video.frames = 300;
        video.truth = {{{40, 80}, 0}, {{120, 160}, 1}, {{200, 240}, 0}};
        std::vector<float> values;
        for (int64_t frame = 0; frame < video.frames; ++frame)
            for (size_t point = 0; point < points; ++point) {
                values.push_back(static_cast<float>(60 + 3.0 * static_cast<double>(point) + random.normal()));
                values.push_back(static_cast<float>(60 + 20 * std::sin(static_cast<double>(frame) / 5)));
                values.push_back(point == 9 ? 0.9F : 0.F);
            }
        EXPECT_TRUE((*writer)->add(video, values, {}));
    }
    EXPECT_TRUE((*writer)->finish());
    return *UntrimmedSet::open(file);
}

class LivePipeline : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_folder = fs::temp_directory_path() / ("telltale_livepipeline" + std::to_string(getpid()));
        fs::remove_all(s_folder);
        fs::create_directories(s_folder);
        std::ofstream(s_folder / "wrists.onnx", std::ios::binary) << wristOnnx(96, 64);
        std::ofstream(s_folder / "wrists.onnx.card.json")
            << R"({"name": "wrists", "layout": "coco17", "channels": "rgb", "inputWidth": 96, "inputHeight": 64,
                "needsHead": false, "minScore": 0.2})";
        VideoWriterOptions options;
        options.width = kWidth;
        options.height = kHeight;
        options.gop = 30;
        auto writer = createVideo(s_folder / "video.mkv", options);
        ASSERT_TRUE(writer) << writer.error().message;
        for (int64_t frame = 0; frame < kFrames; ++frame)
            ASSERT_TRUE((*writer)->writeBgra(drawn(frame)));
        ASSERT_TRUE((*writer)->finish());
        ProgressSink silent;
        const auto trained = trainTrack2(wristVideos(s_folder / "set.safetensors", "telltale68"),
            toy::parsed(toy::toyRecipe(1)), s_folder / "detector", {}, silent);
        ASSERT_TRUE(trained) << trained.error().message;
    }
    static void TearDownTestSuite() { fs::remove_all(s_folder); }

    static LiveDetector detector()
    {
        LiveOptions options;
        options.decision.emplace().threshold = 0.005;
        auto made = LiveDetector::open(s_folder / "detector", clipSkeleton(poseLayouts().front()), options);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return std::move(*made);
    }
    struct Outcome {
        LiveReport report;
        std::vector<LiveSpan> spans;
    };
    static Outcome follow(const std::string& source, double rate = 0)
    {
        ProgressSink silent;
        LiveStreamOptions options;
        options.waitSeconds = 0;
        const auto stream = LiveStream::open(source, options, silent);
        EXPECT_TRUE(stream) << (stream ? "" : stream.error().message);
        auto person = LivePerson::open(s_folder / "wrists.onnx", {}, "telltale68", (*stream)->info(), rate);
        EXPECT_TRUE(person) << (person ? "" : person.error().message);
        LiveDetector live = detector();
        Outcome outcome;
        const auto report = followLive(**stream, *person, live, rate, silent,
            [&](const LiveSpan& span) { outcome.spans.push_back(span); });
        EXPECT_TRUE(report) << (report ? "" : report.error().message);
        outcome.report = report ? *report : LiveReport();
        return outcome;
    }

    static inline fs::path s_folder;
};

class StopLater final : public ProgressSink {
public:
    bool cancelled() const override { return ++m_asked > 50; }

private:
    mutable int m_asked = 0;
};

} // namespace

TEST_F(LivePipeline, AFileGivesWhatItsPoseTrackGives)
{
    const Outcome live = follow((s_folder / "video.mkv").string());
    EXPECT_EQ(live.report.frames, kFrames);
    EXPECT_EQ(live.report.posed, kFrames);
    EXPECT_EQ(live.report.seen, kFrames - 4);
    EXPECT_EQ(live.report.spans, static_cast<int64_t>(live.spans.size()));
    EXPECT_GT(live.report.cost.looks, 10);
    ASSERT_FALSE(live.spans.empty());

    ProgressSink silent;
    const auto posed
        = extractPoses(s_folder / "video.mkv", s_folder / "wrists.onnx", s_folder / "track.npz", {}, silent);
    ASSERT_TRUE(posed) << posed.error().message;
    const auto track = readTrack(s_folder / "track.npz");
    ASSERT_TRUE(track);
    LiveDetector again = detector();
    std::vector<LiveSpan> spans;
    for (int64_t row = 0; row < track->rows(); ++row) {
        std::vector<float> points;
        for (int i = 0; i < track->pointCount; ++i) {
            const PosePoint& point = track->at(row, 0)[i];
            points.insert(points.end(), {point.x, point.y, point.score});
        }
        const auto told = again.add(track->frames[static_cast<size_t>(row)], points);
        ASSERT_TRUE(told) << told.error().message;
        spans.insert(spans.end(), told->begin(), told->end());
    }
    const auto last = again.finish();
    ASSERT_TRUE(last);
    spans.insert(spans.end(), last->begin(), last->end());
    EXPECT_EQ(live.spans, spans);
}

TEST_F(LivePipeline, ACameraWithoutAnybodyGivesNothingAndSaysSo)
{
    const Outcome live = follow("lavfi:color=c=blue:duration=3:size=192x128:rate=10");
    EXPECT_EQ(live.report.frames, 30);
    EXPECT_EQ(live.report.seen, 0);
    EXPECT_TRUE(live.spans.empty());
    EXPECT_EQ(live.report.cost.looks, 0);
}

TEST_F(LivePipeline, ACameraThatIsFasterThanTheDetectorIsThinnedAndStaysInTime)
{
    const Outcome live = follow("lavfi:color=c=red:duration=3:size=192x128:rate=30", 10);
    EXPECT_NEAR(static_cast<double>(live.report.frames), 30, 1);
    EXPECT_EQ(live.report.posed + live.report.passed, 90);
    EXPECT_NEAR(static_cast<double>(live.report.posed), 30, 1);
    EXPECT_EQ(live.report.rate, 10);
}

TEST_F(LivePipeline, StoppingKeepsWhatWasFound)
{
    StopLater stop;
    const auto stream = LiveStream::open("lavfi:color=c=red:size=192x128:rate=10", {}, stop);
    ASSERT_TRUE(stream) << stream.error().message;
    auto person = LivePerson::open(s_folder / "wrists.onnx", {}, "telltale68", (*stream)->info(), 10);
    ASSERT_TRUE(person);
    LiveDetector live = detector();
    const auto report = followLive(**stream, *person, live, 0, stop, [](const LiveSpan&) {});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->stopped);
    EXPECT_GT(report->frames, 0);
}

TEST_F(LivePipeline, WhatDoesNotFitIsRefusedWithAReason)
{
    DetectorFacts facts = detector().facts();
    const auto fits = poseSkeletonOf(facts);
    ASSERT_TRUE(fits);
    EXPECT_EQ(fits->graph.points, 68);
    facts.set.channels = 4;
    EXPECT_THAT(poseSkeletonOf(facts).error().message, HasSubstr("4 numbers a point"));
    facts.set.channels = 3;
    facts.set.skeleton.layout = "kinect20";
    EXPECT_THAT(poseSkeletonOf(facts).error().message, HasSubstr("kinect20"));
    ProgressSink silent;
    LiveStreamOptions options;
    options.waitSeconds = 0;
    EXPECT_EQ(LiveStream::open((s_folder / "none.mkv").string(), options, silent).error().code,
        ErrorCode::NotFound);
    std::ofstream(s_folder / "text.mkv") << "no video";
    EXPECT_THAT(LiveStream::open((s_folder / "text.mkv").string(), options, silent).error().message,
        HasSubstr("text.mkv"));
}
