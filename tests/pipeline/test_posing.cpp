// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// From a video to its track. The network is one layer that takes red spots as left wrists and green ones as
// right wrists, so the track of a drawn video is known.
#include "../pose/networks/onnxmodel.h"
#include "base/files.h"
#include "media/videowriter.h"
#include "pipeline/posing.h"
#include "pose/posetrack.h"
#include <algorithm>
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
constexpr int kFrames = 90;
constexpr int kLeftWrist = 9; ///< of coco17 and of telltale68

/// Where the red spot of a picture is.
std::pair<double, double> placeOf(int64_t frame)
{
    return {40 + 1.0 * static_cast<double>(frame), 60 + 20 * std::sin(static_cast<double>(frame) / 9)};
}

std::vector<uint8_t> drawn(int64_t frame)
{
    std::vector<uint8_t> pixels(size_t{4} * kWidth * kHeight);
    const auto [x, y] = placeOf(frame);
    for (int row = 0; row < kHeight; ++row)
        for (int column = 0; column < kWidth; ++column) {
            const double distance = std::pow(column + 0.5 - x, 2) + std::pow(row + 0.5 - y, 2);
            pixels[(static_cast<size_t>(row) * kWidth + static_cast<size_t>(column)) * 4 + 2]
                = static_cast<uint8_t>(std::lround(250 * std::exp(-distance / 60)));
        }
    return pixels;
}

class Posing : public testing::Test {
protected:
    Posing()
        : m_folder(fs::temp_directory_path() / ("telltale_posing" + std::to_string(getpid())))
        , m_video(m_folder / "video.mp4")
        , m_model(m_folder / "wrists.onnx")
    {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
        write("wrists.onnx", wristOnnx(96, 64));
        writeCard("");
        makeVideo();
    }
    ~Posing() override { fs::remove_all(m_folder); }

    void write(const std::string& name, const std::string& content) const
    {
        std::ofstream(m_folder / name, std::ios::binary) << content;
    }
    void writeCard(const std::string& more) const
    {
        write("wrists.onnx.card.json",
            R"({"name": "wrists", "layout": "coco17", "channels": "rgb", "inputWidth": 96, "inputHeight": 64,
                "needsHead": false, "minScore": 0.2)"
                + more + "}");
    }
    void makeVideo() const
    {
        VideoWriterOptions options;
        options.width = kWidth;
        options.height = kHeight;
        options.gop = 30;
        auto writer = createVideo(m_video, options);
        ASSERT_TRUE(writer.ok()) << writer.error().message;
        for (int64_t frame = 0; frame < kFrames; ++frame)
            ASSERT_TRUE((*writer)->writeBgra(drawn(frame)).ok());
        ASSERT_TRUE((*writer)->finish().ok());
    }
    Result<PosingResult> extract(
        const std::string& out, const PosingOptions& options, ProgressSink& progress) const
    {
        return extractPoses(m_video, m_model, m_folder / out, options, progress);
    }
    PosingResult extracted(const std::string& out, const PosingOptions& options = {}) const
    {
        ProgressSink progress;
        const auto result = extract(out, options, progress);
        EXPECT_TRUE(result.ok()) << result.error().message;
        return result ? *result : PosingResult();
    }
    std::string bytesOf(const std::string& name) const { return *readFile(m_folder / name); }

    fs::path m_folder;
    fs::path m_video;
    fs::path m_model;
};

/// Asks to stop when so many pictures are done.
class StopAfter final : public ProgressSink {
public:
    explicit StopAfter(int64_t frame) : m_frame(frame) { }
    bool cancelled() const override { return m_stop; }
    void report(int64_t done, int64_t total, std::string_view what) override
    {
        (void)total;
        m_stop = m_stop || (what == "pose" && done >= m_frame);
    }

private:
    int64_t m_frame;
    bool m_stop = false;
};

} // namespace

TEST_F(Posing, EveryPictureGetsARowWithThePointsOfTheFullPicture)
{
    const PosingResult result = extracted("t.npz");
    EXPECT_EQ(result.rows, kFrames);
    EXPECT_EQ(result.persons, 1);
    EXPECT_EQ(result.layout, "telltale68");
    EXPECT_EQ(result.backend, "opencv");
    const auto track = readTrack(m_folder / "t.npz");
    ASSERT_TRUE(track.ok()) << track.error().message;
    ASSERT_EQ(track->rows(), kFrames);
    ASSERT_EQ(track->pointCount, 68);
    for (int64_t row = 0; row < track->rows(); ++row) {
        const auto [x, y] = placeOf(row);
        const PosePoint& wrist = std::as_const(*track).at(row, 0)[kLeftWrist];
        EXPECT_EQ(track->frames[static_cast<size_t>(row)], row);
        EXPECT_NEAR(wrist.x, x, 2) << row;
        EXPECT_NEAR(wrist.y, y, 2) << row;
        EXPECT_EQ(std::as_const(*track).at(row, 0)[kLeftWrist + 1].score, 0) << "there is no right wrist";
    }
}

TEST_F(Posing, TheNumberOfWorkersChangesNoBit)
{
    PosingOptions options;
    options.workers = 1;
    extracted("one.npz", options);
    options.workers = 4;
    EXPECT_EQ(extracted("four.npz", options).workers, 4);
    EXPECT_EQ(bytesOf("one.npz"), bytesOf("four.npz"));
}

TEST_F(Posing, ACancelledExtractionGoesOnWhereItWas)
{
    extracted("whole.npz");
    StopAfter stop(30);
    const auto cancelled = extract("part.npz", {}, stop);
    ASSERT_FALSE(cancelled.ok());
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(fs::exists(m_folder / "part.npz"));
    const PosingResult result = extracted("part.npz");
    EXPECT_GE(result.resumedRows, 30);
    EXPECT_LT(result.resumedRows, kFrames);
    EXPECT_EQ(result.rows, kFrames);
    EXPECT_EQ(bytesOf("part.npz"), bytesOf("whole.npz"));
}

TEST_F(Posing, OtherOptionsOrARestartBeginAnew)
{
    for (const bool restart : {true, false}) {
        StopAfter stop(30);
        EXPECT_FALSE(extract("t.npz", {}, stop).ok());
        PosingOptions options;
        options.restart = restart;
        options.layout = restart ? "telltale68" : "native";
        const PosingResult result = extracted("t.npz", options);
        EXPECT_EQ(result.resumedRows, 0);
        EXPECT_EQ(result.rows, kFrames);
        EXPECT_EQ(readTrack(m_folder / "t.npz")->layout, restart ? "telltale68" : "coco17");
    }
    // A card that changed makes other points, too.
    StopAfter stop(30);
    EXPECT_FALSE(extract("t.npz", {}, stop).ok());
    writeCard(R"(, "batch": 1)");
    EXPECT_EQ(extracted("t.npz").resumedRows, 0);
}

TEST_F(Posing, AStrideTakesEveryNthPictureHoweverFarTheyLieApart)
{
    for (const int64_t stride : {7, 40}) { // 40 is more than a group of pictures: it jumps
        PosingOptions options;
        options.stride = stride;
        const PosingResult result = extracted("t.npz", options);
        EXPECT_EQ(result.rows, (kFrames + stride - 1) / stride);
        const auto track = readTrack(m_folder / "t.npz");
        ASSERT_TRUE(track.ok());
        for (size_t row = 0; row < track->frames.size(); ++row) {
            EXPECT_EQ(track->frames[row], static_cast<int64_t>(row) * stride);
            EXPECT_NEAR(std::as_const(*track).at(static_cast<int64_t>(row), 0)[kLeftWrist].x,
                placeOf(track->frames[row]).first, 2);
        }
    }
}

TEST_F(Posing, ThePoseOfThePictureBeforeRunsInOrder)
{
    writeCard(R"(, "fit": "crop", "boxes": "previous", "margin": 3, "minPersonScore": 0)");
    PosingOptions options;
    options.workers = 4;
    const PosingResult result = extracted("t.npz", options);
    EXPECT_EQ(result.workers, 1);
    EXPECT_EQ(result.rows, kFrames);
}

TEST_F(Posing, ErrorsLeaveNoTrackAndNameTheirFile)
{
    ProgressSink progress;
    PosingOptions options;
    options.layout = "martian";
    EXPECT_THAT(extract("t.npz", options, progress).error().message, HasSubstr("martian"));
    options = {};
    options.model.backend = "torchscript";
    EXPECT_THAT(extract("t.npz", options, progress).error().message, HasSubstr("wrists.onnx"));
    EXPECT_THAT(
        extractPoses(m_folder / "none.mp4", m_model, m_folder / "t.npz", {}, progress).error().message,
        HasSubstr("none.mp4"));
    writeCard(R"(, "decoder": "boxes")");
    EXPECT_FALSE(extract("t.npz", {}, progress).ok());
    writeCard("");
    EXPECT_EQ(extract("wrists.onnx/t.npz", {}, progress).error().code, ErrorCode::Io);
    options = {};
    options.stride = 0;
    EXPECT_EQ(extract("t.npz", options, progress).error().code, ErrorCode::InvalidArgument);
    EXPECT_FALSE(fs::exists(m_folder / "t.npz"));
}

TEST_F(Posing, TracksOfAnalysesAreNamedByVideoModelAndCard)
{
    const auto before = poseTrackPath("0123456789abcdef0123", m_model);
    ASSERT_TRUE(before.ok());
    EXPECT_THAT(*before, HasSubstr("cache/tracks/0123456789abcdef-"));
    writeCard(R"(, "minPoints": 2)");
    EXPECT_NE(*poseTrackPath("0123456789abcdef0123", m_model), *before);
}
