// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/untrimmed/untrimmedset.h"
#include "pipeline/clipsets/synthclips.h"
#include "pipeline/untrimmedsets/synthuntrimmed.h"
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::Each;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

class SynthUntrimmed : public testing::Test {
protected:
    SynthUntrimmed()
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_videos_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~SynthUntrimmed() override { fs::remove_all(m_folder); }

    static SynthUntrimmedRecipe small(int side)
    {
        SynthUntrimmedRecipe recipe = *readSynthUntrimmedRecipe(synthUntrimmedRecipeFile());
        recipe.trainSubjects = 1;
        recipe.validationSubjects = 0;
        recipe.testSubjects = 1;
        recipe.minutes = 0.3;
        recipe.testMinutes = 0.25;
        recipe.pictureSide = side;
        recipe.pictureStep = 60; // painting somebody takes a while
        recipe.drawnWidth = 96;
        recipe.drawnHeight = 72;
        return recipe;
    }
    std::shared_ptr<const UntrimmedSet> made(const SynthUntrimmedRecipe& recipe, uint64_t seed = 3)
    {
        const auto counts = writeSynthUntrimmed(m_folder / "a", recipe, seed, m_quiet);
        EXPECT_TRUE(counts.ok()) << (counts.ok() ? "" : counts.error().message);
        const auto set = UntrimmedSet::open(m_folder / "a");
        EXPECT_TRUE(set.ok()) << (set.ok() ? "" : set.error().message);
        return set.ok() ? *set : nullptr;
    }

    fs::path m_folder;
    ProgressSink m_quiet;
};

TEST_F(SynthUntrimmed, EverySubjectIsOneWholeVideoWithPointsPicturesAndGesturesBetweenRest)
{
    const auto set = made(small(16));
    ASSERT_TRUE(set);
    ASSERT_EQ(set->videos().size(), 2U);
    EXPECT_TRUE(checkSplits(set->videos()).ok());
    EXPECT_EQ(set->info().classes.size(), 17U);
    EXPECT_EQ(set->videos()[0].role, ClipRole::Train);
    EXPECT_EQ(set->videos()[1].role, ClipRole::Test);
    EXPECT_EQ(set->videos()[0].frames, 504) << "0.3 minutes of 28 frames a second";
    for (size_t i = 0; i < 2; ++i) {
        const UntrimmedVideo& video = set->videos()[i];
        EXPECT_EQ(set->points(i).size(), static_cast<size_t>(video.frames) * 68 * 3);
        EXPECT_EQ(set->pictures(i).size(), static_cast<size_t>((video.frames + 59) / 60) * 16 * 16 * 3);
        EXPECT_THAT(
            std::vector<uint8_t>(set->pictures(i).begin(), set->pictures(i).end()), testing::Not(Each(0)));
        ASSERT_FALSE(video.truth.empty());
        int64_t covered = 0;
        int64_t end = 0;
        for (const TruthSpan& truth : video.truth) {
            EXPECT_GE(truth.span.first, end) << "an annotator ends one gesture before the next";
            end = truth.span.last;
            covered += truth.span.length();
        }
        EXPECT_GT(covered, 0);
        EXPECT_LT(covered, video.frames * 3 / 4) << "there are stretches without a gesture";
    }
}

TEST_F(SynthUntrimmed, ItIsTheSessionThatClipsAreCutFrom)
{
    SynthUntrimmedRecipe recipe = small(0);
    const auto set = made(recipe);
    ASSERT_TRUE(set);
    const std::vector<SynthPerson> people = listPeople(recipe, 3);
    const auto session = makeSession(people[1].options);
    const PosePoint* row = session->observedTrack().at(200, 0);
    const float* found = set->points(1).data() + size_t{200} * 68 * 3;
    for (int i = 0; i < 68; ++i) {
        EXPECT_EQ(found[3 * i], row[i].x);
        EXPECT_EQ(found[3 * i + 2], row[i].score);
    }
    ASSERT_EQ(session->spans().size(), set->videos()[1].truth.size());
    for (size_t i = 0; i < session->spans().size(); ++i) {
        EXPECT_EQ(session->spans()[i].classId, set->videos()[1].truth[i].label);
        EXPECT_GT(temporalIou(session->spans()[i].span, set->videos()[1].truth[i].span), 0.6);
    }
}

TEST_F(SynthUntrimmed, DifficultyIsThatOfTheClips)
{
    const SynthUntrimmedRecipe videos = *readSynthUntrimmedRecipe(synthUntrimmedRecipeFile());
    const SynthClipRecipe clips
        = *readSynthClipRecipe(dataFolder() / "models" / "recipes" / "synthetic_smg.json");
    EXPECT_EQ(videos.shift, clips.shift);
    EXPECT_EQ(videos.boundaryJitter, clips.boundaryJitter);
    EXPECT_EQ(videos.balanced, clips.balanced);
    EXPECT_EQ(videos.trainSubjects + videos.validationSubjects, 35);
    EXPECT_EQ(videos.validationSubjects, 5);
    EXPECT_EQ(videos.testSubjects, 5);
    EXPECT_GE(videos.firstSubject, clips.firstSubject + 40) << "nobody is in both";
}

TEST_F(SynthUntrimmed, TheSameSeedGivesTheSameSetAndAnotherOneAnother)
{
    const std::string first = made(small(0))->digest();
    EXPECT_EQ(made(small(0))->digest(), first);
    EXPECT_NE(made(small(0), 4)->digest(), first);
}

TEST_F(SynthUntrimmed, AVideoOfThreeFramesIsAVideoWithoutGestures)
{
    SynthUntrimmedRecipe recipe = small(0);
    recipe.minutes = recipe.testMinutes = 3.0 / 28 / 60;
    const auto set = made(recipe);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->videos()[0].frames, 3);
    EXPECT_TRUE(set->videos()[0].truth.empty());
    EXPECT_EQ(set->points(0).size(), 3U * 68 * 3);
}

TEST_F(SynthUntrimmed, CancellingLeavesNothing)
{
    struct Impatient : ProgressSink {
        bool cancelled() const override { return seen > 0; }
        void report(int64_t done, int64_t, std::string_view) override { seen = done; }
        std::atomic<int64_t> seen = 0;
    } impatient;
    SynthUntrimmedRecipe endless = small(0);
    endless.minutes = 500;
    const auto counts = writeSynthUntrimmed(m_folder / "a", endless, 3, impatient);
    ASSERT_FALSE(counts.ok());
    EXPECT_EQ(counts.error().code, ErrorCode::Cancelled);
    EXPECT_LT(impatient.seen, 1000) << "of 840,000 frames";
    EXPECT_TRUE(fs::is_empty(m_folder));
}

TEST_F(SynthUntrimmed, WhatMakesNoSenseIsRefused)
{
    SynthUntrimmedRecipe nobody = small(0);
    nobody.trainSubjects = nobody.testSubjects = 0;
    EXPECT_FALSE(writeSynthUntrimmed(m_folder / "a", nobody, 3, m_quiet).ok());
    std::string text = *readFile(synthUntrimmedRecipeFile());
    const std::string wanted = "\"step\": { \"value\": 2";
    const size_t at = text.find(wanted);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, wanted.size(), "\"step\": { \"value\": 0");
    ASSERT_TRUE(writeFileAtomically(m_folder / "r.json", text).ok());
    const auto recipe = readSynthUntrimmedRecipe(m_folder / "r.json");
    ASSERT_FALSE(recipe.ok());
    EXPECT_THAT(recipe.error().message, HasSubstr("pictures.step"));
}

} // namespace
