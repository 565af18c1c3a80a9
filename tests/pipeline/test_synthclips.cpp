// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/clips/clipset.h"
#include "pipeline/clipsets/synthclips.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

class SynthClips : public testing::Test {
protected:
    SynthClips()
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_synth_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~SynthClips() override { fs::remove_all(m_folder); }

    static fs::path shipped() { return dataFolder() / "models/recipes/synthetic_smg.json"; }
    static SynthClipRecipe small(int frames)
    {
        SynthClipRecipe recipe = *readSynthClipRecipe(shipped());
        recipe.trainSubjects = 1;
        recipe.validationSubjects = frames > 0 ? 0 : 1; // painting somebody takes a second
        recipe.testSubjects = 1;
        recipe.minutes = 0.3;
        recipe.testMinutes = 0.3;
        recipe.rgbFrames = frames;
        recipe.rgbSide = 16;
        recipe.drawnWidth = 96;
        recipe.drawnHeight = 72;
        return recipe;
    }

    fs::path m_folder;
    ProgressSink m_quiet;
};

TEST_F(SynthClips, RolesAreBySubjectAndEveryClipHasItsFramesAndPictures)
{
    const auto counts = writeSynthClips(m_folder / "a", small(2), 3, m_quiet);
    ASSERT_TRUE(counts.ok()) << counts.error().message;
    const auto set = ClipSet::open(m_folder / "a");
    ASSERT_TRUE(set.ok()) << set.error().message;
    EXPECT_TRUE(checkSplits((*set)->clips()).ok());
    EXPECT_EQ((*set)->clips().size(), static_cast<size_t>(counts->train + counts->validation + counts->test));
    EXPECT_GT(counts->test, 0);
    EXPECT_EQ((*set)->info().classes.size(), 17U);
    for (size_t i = 0; i < (*set)->clips().size(); ++i) {
        EXPECT_EQ((*set)->rows(i), (*set)->clips()[i].span.length());
        EXPECT_EQ((*set)->rgb(i).size(), 2U * 16 * 16 * 3);
        EXPECT_GE((*set)->clips()[i].label, 0);
    }
}

TEST_F(SynthClips, TheSameSeedGivesTheSameSetAndAnotherOneAnother)
{
    const auto digest = [&](uint64_t seed, const char* name) {
        EXPECT_TRUE(writeSynthClips(m_folder / name, small(0), seed, m_quiet).ok());
        const auto bytes = readFile(m_folder / name);
        return bytes ? *bytes : std::string();
    };
    const std::string first = digest(3, "a");
    EXPECT_EQ(first, digest(3, "b"));
    EXPECT_NE(first, digest(4, "c"));
}

TEST_F(SynthClips, CancellingLeavesNothing)
{
    CancelFlag cancelled;
    cancelled.cancel();
    const auto counts = writeSynthClips(m_folder / "a", small(2), 3, cancelled);
    ASSERT_FALSE(counts.ok());
    EXPECT_EQ(counts.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(fs::is_empty(m_folder));
}

TEST_F(SynthClips, ARecipeThatMakesNoSenseIsRefusedByItsKey)
{
    std::string text = *readFile(shipped());
    const std::string wanted = "\"shift\": { \"value\": 0.5";
    const size_t at = text.find(wanted);
    ASSERT_NE(at, std::string::npos);
    std::string tooFar = text;
    tooFar.replace(at, wanted.size(), "\"shift\": { \"value\": 1.5");
    ASSERT_TRUE(writeFileAtomically(m_folder / "r.json", tooFar).ok());
    auto recipe = readSynthClipRecipe(m_folder / "r.json");
    ASSERT_FALSE(recipe.ok());
    EXPECT_THAT(recipe.error().message, HasSubstr("difficulty.shift"));
    text.replace(at, 7, "\"other\"");
    ASSERT_TRUE(writeFileAtomically(m_folder / "r.json", text).ok());
    recipe = readSynthClipRecipe(m_folder / "r.json");
    ASSERT_FALSE(recipe.ok());
    EXPECT_THAT(recipe.error().message, HasSubstr("difficulty.shift"));
}

} // namespace
