// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/systemkind.h"
#include "learn/track2/detectorhistory.h"
#include "learn/track2/detectorsystem.h"
#include "learn/track2/detectortexts.h"
#include "tests/learn/toyvideos.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

class SystemKindTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-kind-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    fs::path m_folder;
};

} // namespace

TEST_F(SystemKindTest, ASetOfTheOtherSystemNamesTheOptionThatWasMeant)
{
    const fs::path videos = m_folder / "videos.safetensors";
    ASSERT_TRUE(toy::toyVideos(videos));
    EXPECT_TRUE(checkSetKind(videos, SystemKind::Track2));
    const Status wrong = checkSetKind(videos, SystemKind::Track1);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::Usage);
    EXPECT_THAT(wrong.error().message, HasSubstr(videos.string()));
    EXPECT_THAT(wrong.error().message, HasSubstr("--system track2"));
}

TEST_F(SystemKindTest, WhatIsNoSetAtAllIsLeftToItsReader)
{
    ASSERT_TRUE(writeFileAtomically(m_folder / "text", "hello"));
    EXPECT_TRUE(checkSetKind(m_folder / "text", SystemKind::Track1));
    EXPECT_TRUE(checkSetKind(m_folder / "missing", SystemKind::Track2));
}

TEST_F(SystemKindTest, AFolderOfTheOtherSystemNamesTheOptionThatWasMeant)
{
    ASSERT_TRUE(writeFileAtomically(m_folder / "track2.json", "{}"));
    EXPECT_TRUE(checkSystemFolder(m_folder, SystemKind::Track2));
    const Status wrong = checkSystemFolder(m_folder, SystemKind::Track1);
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message, HasSubstr("holds a Track 2 detector; say --system track2"));
    EXPECT_TRUE(checkSystemFolder(m_folder / "empty", SystemKind::Track1));
}

TEST(DetectorHistory, IsReadBackAsItWasWritten)
{
    DetectorEpoch epoch;
    epoch.epoch = 3;
    epoch.epochs = 7;
    epoch.classLoss = 0.1; // no binary fraction
    epoch.rarity = {0, 1.0 / 3};
    epoch.difficulty = {1, 0.25};
    epoch.intensity = {1, 0.5};
    epoch.best = true;
    const auto back = parseDetectorHistory(detectorHistoryText({epoch, DetectorEpoch()}));
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->size(), 2U);
    EXPECT_EQ(back->front().epoch, 3);
    EXPECT_EQ(back->front().classLoss, 0.1);
    EXPECT_EQ(back->front().rarity, epoch.rarity);
    EXPECT_EQ(back->front().intensity, epoch.intensity);
    EXPECT_TRUE(back->front().best);
    EXPECT_TRUE(back->back().rarity.empty());
}

TEST(DetectorHistory, WhatIsNoHistoryIsRefused)
{
    for (const char* text : {"", "{}", "[1]", "[{\"epoch\": 1}]", "[{\"epoch\": \"one\"}]"})
        EXPECT_FALSE(parseDetectorHistory(text)) << text;
}

TEST(DetectorTexts, FiguresAreTheSameInJsonAndInLines)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 10, 20}, {"v", 1, 40, 60}};
    const std::vector<ScoredSpan> spans{{"v", 0, 10, 20, 0.9}};
    SpanDecision decision;
    decision.threshold = 0.5;
    const std::string json = detectionFiguresText(detectionFigures(truth, spans, decision, {0.3}, {5, 2}));
    const std::string lines = detectionFigureLines(json);
    EXPECT_THAT(lines, HasSubstr("tIoU 0.3: F1 66.67"));
    EXPECT_THAT(lines, HasSubstr("precision 100.00, recall 50.00"));
    EXPECT_THAT(lines, HasSubstr("1 spans found, 2 labelled"));
    EXPECT_THAT(detectorSideLines("{\"test\": " + json + "}"), HasSubstr("Measured on test subjects"));
    EXPECT_TRUE(detectionFigureLines("{}").empty());
}

TEST(DetectorTexts, ASpanIsALine)
{
    EXPECT_EQ(spanLines({{"clip 1", 4, 9.6, 20.2, 0.25}}),
        "video_id,class_id,start_frame,end_frame,score\nclip 1,4,10,20,0.250000\n");
}
