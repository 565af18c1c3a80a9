// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "media/framesource.h"
#include "pose/layout.h"
#include "synth/room.h"
#include "synth/synth.h"
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

class SynthDataset : public ::testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale_synth_" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::set<std::string> files() const
    {
        std::set<std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(m_folder))
            if (entry.is_regular_file())
                all.insert(fs::relative(entry.path(), m_folder).string());
        return all;
    }

    fs::path m_folder;
};

SynthOptions smallOptions(SynthScheme scheme)
{
    SynthOptions options;
    options.scheme = scheme;
    options.minutes = 0.12;
    options.width = 160;
    options.height = 120;
    options.gesturesPerMinute = 20;
    return options;
}

std::vector<std::vector<int64_t>> rowsOf(const fs::path& file)
{
    std::vector<std::vector<int64_t>> rows;
    std::istringstream in(readFile(file).value());
    for (std::string line; std::getline(in, line);) {
        std::istringstream cells(line);
        std::vector<int64_t> row;
        for (std::string cell; std::getline(cells, cell, ',');)
            row.push_back(std::stoll(cell));
        rows.push_back(row);
    }
    return rows;
}

std::vector<uint8_t> picture(const SynthSession& session, int64_t frame, int width, int height)
{
    std::vector<uint8_t> pixels(static_cast<size_t>(width) * static_cast<size_t>(height) * 4);
    session.draw(frame, pixels.data());
    return pixels;
}

/// Asks to stop after a number of reports.
class StopAfter final : public ProgressSink {
public:
    explicit StopAfter(int reports) : m_left(reports) { }
    bool cancelled() const override { return m_left <= 0; }
    void report(int64_t, int64_t, std::string_view) override { --m_left; }

private:
    int m_left;
};

} // namespace

TEST_F(SynthDataset, SmgFolderHoldsWhatTheRealSetHolds)
{
    ProgressSink progress;
    const SynthOptions options = smallOptions(SynthScheme::Smg);
    ASSERT_TRUE(writeDataset(m_folder, options, 2, progress).ok());
    EXPECT_EQ(files(),
        (std::set<std::string>{"Sample0001/Sample0001_color.mp4", "Sample0001/Sample0001_data.csv",
            "Sample0001/Sample0001_finelabels.csv", "Sample0001/Sample0001_skeleton.csv",
            "Sample0002/Sample0002_color.mp4", "Sample0002/Sample0002_data.csv",
            "Sample0002/Sample0002_finelabels.csv", "Sample0002/Sample0002_skeleton.csv", "synth.json"}));

    const auto session = makeSession(options);
    const auto labels = rowsOf(m_folder / "Sample0001/Sample0001_finelabels.csv");
    ASSERT_EQ(labels.size(), session->spans().size());
    for (size_t i = 0; i < labels.size(); ++i) {
        const SynthSpan& span = session->spans()[i];
        EXPECT_EQ(labels[i], (std::vector<int64_t>{span.classId + 1, span.span.first + 1, span.span.last}));
    }
    const auto data = rowsOf(m_folder / "Sample0001/Sample0001_data.csv");
    ASSERT_EQ(data.size(), 1U);
    EXPECT_EQ(data[0][0], session->frameCount());
    EXPECT_EQ(data[0][1], 28);
    const auto track = readSkeleton(m_folder / "Sample0001/Sample0001_skeleton.csv");
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->rows(), session->frameCount());
}

TEST_F(SynthDataset, ImigueFolderHoldsWhatTheRealSetHolds)
{
    ProgressSink progress;
    const SynthOptions options = smallOptions(SynthScheme::Imigue);
    ASSERT_TRUE(writeDataset(m_folder, options, 5, progress).ok());
    const auto all = files();
    for (const char* name :
        {"imigue_rgb_train/0001/0001.mp4", "imigue_skeleton_train/0001/0001_openpose.xlsx",
            "imigue_skeleton_train/0004/0004_label.csv", "imigue_rgb_validate/0005/0005.mp4",
            "imigue_skeleton_validate/0005/0005_label.csv", "synth.json"})
        EXPECT_TRUE(all.contains(name)) << name;
    EXPECT_EQ(all.size(), 16U);
    const auto session = makeSession(options);
    const auto labels = rowsOf(m_folder / "imigue_skeleton_train/0001/0001_label.csv");
    ASSERT_EQ(labels.size(), session->spans().size());
    for (size_t i = 0; i < labels.size(); ++i) {
        const SynthSpan& span = session->spans()[i];
        const int64_t id = span.classId == 31 ? 99 : span.classId + 1;
        EXPECT_EQ(labels[i], (std::vector<int64_t>{id, span.span.first, span.span.last - 1}));
    }
}

TEST_F(SynthDataset, VideoHasEveryFrameAtTwentyEightPerSecond)
{
    ProgressSink progress;
    const SynthOptions options = smallOptions(SynthScheme::Smg);
    const auto session = makeSession(options);
    const fs::path video = m_folder / "v.mp4";
    const Status rendered = renderSession(*session, options, video, progress);
    ASSERT_TRUE(rendered.ok()) << rendered.error().message;
    const auto source = openVideo(video);
    ASSERT_TRUE(source.ok()) << source.error().message;
    EXPECT_EQ((*source)->info().frameCount, session->frameCount());
    EXPECT_NEAR((*source)->info().meanFps, 28, 0.01);
}

TEST_F(SynthDataset, SameSeedGivesTheSameBytes)
{
    ProgressSink progress;
    const SynthOptions options = smallOptions(SynthScheme::Imigue);
    const auto session = makeSession(options);
    ASSERT_TRUE(renderSession(*session, options, m_folder / "a.mp4", progress).ok());
    ASSERT_TRUE(renderSession(*makeSession(options), options, m_folder / "b.mp4", progress).ok());
    EXPECT_EQ(contentDigest(readFile(m_folder / "a.mp4").value()),
        contentDigest(readFile(m_folder / "b.mp4").value()));
}

TEST_F(SynthDataset, CancellingLeavesNoHalfSubject)
{
    StopAfter progress(220); // in the middle of the second subject
    const Status status = writeDataset(m_folder, smallOptions(SynthScheme::Smg), 3, progress);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::Cancelled);
    for (const auto& entry : fs::directory_iterator(m_folder))
        EXPECT_EQ(entry.path().filename(), "Sample0001");
    EXPECT_EQ(files().size(), 4U);
}

TEST_F(SynthDataset, ASubjectThatIsThereIsNotOverwritten)
{
    ProgressSink progress;
    fs::create_directories(m_folder / "Sample0001");
    const Status status = writeDataset(m_folder, smallOptions(SynthScheme::Smg), 1, progress);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::Conflict);
    EXPECT_NE(status.error().message.find("Sample0001"), std::string::npos);
}

TEST_F(SynthDataset, AFolderUnderAFileIsRefusedWithItsName)
{
    ProgressSink progress;
    ASSERT_TRUE(writeFileAtomically(m_folder / "plain", "x").ok());
    const Status status
        = writeDataset(m_folder / "plain" / "sub", smallOptions(SynthScheme::Smg), 1, progress);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::Io);
    EXPECT_NE(status.error().message.find("plain"), std::string::npos);
}

TEST(SynthPicture, IsTheSameFromSeveralThreadsAndSessions)
{
    SynthOptions options = smallOptions(SynthScheme::Smg);
    const auto session = makeSession(options);
    std::vector<uint8_t> there;
    {
        const std::jthread other([&] { there = picture(*session, 40, options.width, options.height); });
        picture(*session, 41, options.width, options.height);
    }
    EXPECT_EQ(there, picture(*session, 40, options.width, options.height));
    EXPECT_EQ(there, picture(*makeSession(options), 40, options.width, options.height));
}

TEST(SynthPicture, ThePersonIsDrawnWhereTheTrackSays)
{
    for (const SynthScheme scheme : {SynthScheme::Smg, SynthScheme::Imigue}) {
        SynthOptions options = smallOptions(scheme);
        options.subject = 3;
        options.width = 320;
        options.height = 240;
        const auto session = makeSession(options);
        const auto pixels = picture(*session, 10, options.width, options.height);
        const auto empty = synth::drawRoom(synth::makeSubject(options), options.width, options.height);
        const PosePoint* points = session->exactTrack().at(10, 0);
        int visible = 0;
        int covered = 0;
        for (int i = 0; i < kPointCount; ++i) {
            if (points[i].score < 1 || i == 3 || i == 4) // ears may be under hair
                continue;
            const auto at = 4
                * (static_cast<size_t>(points[i].y) * static_cast<size_t>(options.width)
                    + static_cast<size_t>(points[i].x));
            int difference = 0;
            for (size_t c = 0; c < 3; ++c)
                difference += std::abs(pixels[at + c] - empty.bgra[at + c]);
            ++visible;
            covered += difference > 30 ? 1 : 0;
        }
        EXPECT_GT(visible, 20);
        EXPECT_GE(covered * 10, visible * 8);
    }
}
