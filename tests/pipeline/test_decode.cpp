// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pipeline/analyzerecipe.h"
#include "pipeline/decode.h"
#include "pipeline/lanes.h"
#include "pipeline/motionpath.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace telltale;

namespace {

constexpr double kRate = 14;

/// 0.05 everywhere, `value` in [first, last).
void raise(std::vector<float>& curve, size_t first, size_t last, float value)
{
    std::fill(curve.begin() + static_cast<std::ptrdiff_t>(first),
        curve.begin() + static_cast<std::ptrdiff_t>(last), value);
}

std::filesystem::path scratch(const char* name)
{
    const auto folder
        = std::filesystem::temp_directory_path() / ("telltale_pipeline_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    return folder / name;
}

} // namespace

TEST(Decode, FindsTheHillsOfACurveWithTheirMeanAsScore)
{
    std::vector<float> curve(280, 0.05f);
    raise(curve, 40, 60, 0.9f);
    raise(curve, 100, 128, 0.55f);
    const std::vector<RowSpan> spans = decodeSpans(curve, kRate, {});
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0].first, 40);
    EXPECT_EQ(spans[0].last, 60);
    EXPECT_NEAR(spans[0].score, 0.9, 1e-6);
    EXPECT_EQ(spans[1].first, 100);
    EXPECT_EQ(spans[1].last, 128);
    EXPECT_NEAR(spans[1].score, 0.55, 1e-6);
}

TEST(Decode, MergesDipsDropsBlipsAndIgnoresWeakHills)
{
    std::vector<float> curve(280, 0.05f);
    raise(curve, 20, 30, 0.8f);
    raise(curve, 32, 44, 0.8f); // a dip of two rows
    raise(curve, 80, 83, 0.9f); // 0.2 s
    raise(curve, 120, 150, 0.31f); // above a threshold, below the least score
    const std::vector<RowSpan> spans = decodeSpans(curve, kRate, {});
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].first, 20);
    EXPECT_EQ(spans[0].last, 44);
}

TEST(Decode, SplitsTooLongRunsAtTheirDeepestMinimum)
{
    std::vector<float> curve(400, 0.05f);
    raise(curve, 50, 200, 0.8f);
    raise(curve, 130, 134, 0.72f);
    const std::vector<RowSpan> spans = decodeSpans(curve, kRate, {});
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0].last, spans[1].first);
    EXPECT_NEAR(static_cast<double>(spans[0].last), 130, 1);
    for (const RowSpan& span : spans)
        EXPECT_LE(static_cast<double>(span.last - span.first), 8 * kRate);
}

TEST(Decode, PrefersTwoSharpHillsOverTheHighPlateauAroundThem)
{
    std::vector<float> curve(200, 0.05f);
    raise(curve, 40, 100, 0.42f);
    raise(curve, 44, 64, 0.95f);
    raise(curve, 76, 96, 0.95f);
    const std::vector<RowSpan> spans = decodeSpans(curve, kRate, {});
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0].first, 44);
    EXPECT_EQ(spans[1].last, 96);
}

TEST(Decode, ACurveThatIsHighEverywhereIsLoweredToItsStrongestStretches)
{
    std::vector<float> curve(280);
    for (size_t i = 0; i < curve.size(); ++i)
        curve[i] = 0.9f + 0.02f * static_cast<float>(std::sin(0.9 * static_cast<double>(i)));
    raise(curve, 40, 80, 0.999f);
    raise(curve, 150, 190, 0.9995f);
    std::vector<float> shortClip(curve.begin(), curve.begin() + 60);
    EXPECT_FALSE(limitShare(shortClip, kRate, {}));
    ASSERT_TRUE(limitShare(curve, kRate, {}));
    int64_t covered = 0;
    int hills = 0;
    for (const RowSpan& span : decodeSpans(curve, kRate, {})) {
        covered += span.last - span.first;
        hills += (span.first == 40 && span.last == 80) || (span.first == 150 && span.last == 190) ? 1 : 0;
    }
    EXPECT_EQ(hills, 2);
    EXPECT_LT(static_cast<double>(covered), 0.6 * 280);
    EXPECT_FALSE(limitShare(curve, kRate, {})) << "once is enough";
}

TEST(Decode, SpansNeverOverlap)
{
    std::vector<float> curve(600);
    for (size_t i = 0; i < curve.size(); ++i)
        curve[i] = 0.5f
            + 0.5f
                * static_cast<float>(
                    std::sin(0.07 * static_cast<double>(i)) * std::sin(0.31 * static_cast<double>(i)));
    const std::vector<RowSpan> spans = decodeSpans(curve, kRate, {});
    ASSERT_GT(spans.size(), 3U);
    for (size_t i = 1; i < spans.size(); ++i)
        EXPECT_LE(spans[i - 1].last, spans[i].first);
    EXPECT_TRUE(decodeSpans({}, kRate, {}).empty());
}

TEST(MotionCurve, IgnoresSensorNoiseAndCameraCutsButSeesMovement)
{
    std::vector<float> energy(200);
    for (size_t i = 0; i < energy.size(); ++i)
        energy[i] = 2 + 0.2f * static_cast<float>(i % 3);
    energy[50] = 90; // a cut
    for (size_t i = 120; i < 140; ++i)
        energy[i] = 25;
    const std::vector<float> curve = motionCurve(energy, 0.5, 0.97);
    EXPECT_LT(curve[50], 0.1f);
    EXPECT_LT(curve[20], 0.1f);
    EXPECT_GT(curve[130], 0.9f);
}

TEST(AnalyzeRecipe, ComesWithTheProgramAndNamesTheKeyThatIsWrong)
{
    const Result<AnalyzeRecipe> shipped = readAnalyzeRecipe(analyzeRecipeFile());
    ASSERT_TRUE(shipped) << shipped.error().message;
    EXPECT_GE(shipped->decode.thresholds.size(), 2U);
    std::string text = *readFile(analyzeRecipeFile());
    const auto at = text.find("\"minScore\": { \"value\": 0.35, \"provenance\"");
    ASSERT_NE(at, std::string::npos);
    text.replace(text.find("\"provenance\"", at), 12, "\"from\"");
    const auto file = scratch("recipe.json");
    ASSERT_TRUE(writeFileAtomically(file, text));
    const Result<AnalyzeRecipe> broken = readAnalyzeRecipe(file);
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::BadFormat);
    EXPECT_NE(broken.error().message.find("detector.minScore"), std::string::npos) << broken.error().message;
}

TEST(Lanes, ComeBackAsTheyWereWithoutTheMissingOnes)
{
    const LaneCurves lanes{{"detector", {0.1f, 0.9f, 0.2f}}, {"motion", {0, 1, 0.5f}}};
    const auto folder = scratch("cache");
    const Result<std::string> name = writeLanes(folder, lanes);
    ASSERT_TRUE(name) << name.error().message;
    const Result<LaneCurves> back = readLanes(folder / *name);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, lanes);
}
