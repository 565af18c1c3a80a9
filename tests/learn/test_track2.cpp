// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/track2/detections.h"
#include "learn/track2/detectorablation.h"
#include "learn/track2/detectorsystem.h"
#include "learn/track2/motionbaseline.h"
#include "tests/learn/toydetector.h"
#include "tests/learn/toyvideos.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;
using toy::parsed;
using toy::toyRecipe;
using toy::value;
using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;

/// Stops when so many steps are done.
class StopAt : public ProgressSink {
public:
    explicit StopAt(int64_t step) : m_step(step) { }
    bool cancelled() const override { return m_done >= m_step; }
    void report(int64_t done, int64_t, std::string_view) override { m_done = done; }

private:
    int64_t m_step;
    int64_t m_done = 0;
};

class Track2Test : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-track2-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::shared_ptr<const UntrimmedSet> videos(const toy::ToyVideoOptions& options = {}) const
    {
        return toy::toyVideos(m_folder / "videos.safetensors", options);
    }
    static std::vector<size_t> testVideos(const UntrimmedSet& set)
    {
        std::vector<size_t> found;
        for (size_t i = 0; i < set.videos().size(); ++i)
            if (set.videos()[i].role == ClipRole::Test)
                found.push_back(i);
        return found;
    }

    fs::path m_folder;
    ProgressSink m_silent;
};

} // namespace

TEST_F(Track2Test, GesturesOfPeopleItDoesNotKnowAreFound)
{
    toy::ToyVideoOptions many;
    many.trainSubjects = 6;
    many.frames = 1200;
    const auto set = videos(many);
    ASSERT_TRUE(set);
    std::vector<DetectorEpoch> epochs;
    const auto facts = trainTrack2(set, parsed(toyRecipe(20)), m_folder / "detector", {}, m_silent,
        [&](const DetectorEpoch& epoch) { epochs.push_back(epoch); });
    ASSERT_TRUE(facts) << facts.error().message;
    const Json figures = Json::parse(facts->figures);
    // A network that has learned nothing finds next to none of them.
    EXPECT_GT(figures["test"]["f1"][1].get<double>(), 0.4) << figures.dump();
    EXPECT_GT(figures["test"]["mAP"][1].get<double>(), 0.5);
    ASSERT_EQ(epochs.size(), 20U);
    EXPECT_LT(epochs.back().offsetLoss, epochs.front().offsetLoss);
    EXPECT_GT(epochs.back().meanAp, epochs.front().meanAp);
    // The rarest class is varied most.
    EXPECT_EQ(epochs.back().rarity[2], 1);
    EXPECT_GE(epochs.back().intensity[2], epochs.back().intensity[0]);

    const auto loaded = Track2System::load(m_folder / "detector");
    ASSERT_TRUE(loaded) << loaded.error().message;
    const auto spans = (*loaded)->spans(*set, testVideos(*set), m_silent);
    ASSERT_TRUE(spans) << spans.error().message;
    std::vector<ScoredSpan> truth;
    for (const size_t video : testVideos(*set))
        for (const TruthSpan& one : set->videos()[video].truth)
            truth.push_back({set->videos()[video].id, one.label, static_cast<double>(one.span.first),
                static_cast<double>(one.span.last)});
    const auto again = detectionFigures(
        truth, *spans, (*loaded)->facts().decision, {0.1, 0.3, 0.5}, facts->trainingCounts);
    EXPECT_EQ(again.f1[1], figures["test"]["f1"][1].get<double>());
}

TEST_F(Track2Test, AStoppedTrainingGoesOnAsIfNothingHadHappened)
{
    const auto set = videos();
    const Track2Recipe recipe = parsed(toyRecipe(4));
    const auto whole = trainTrack2(set, recipe, m_folder / "whole", {}, m_silent);
    ASSERT_TRUE(whole) << whole.error().message;
    StopAt stop(9); // in the third epoch
    DetectorSystemOptions options;
    options.resume = true;
    const auto stopped = trainTrack2(set, recipe, m_folder / "parts", options, stop);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(fs::exists(m_folder / "parts"));
    const auto resumed = trainTrack2(set, recipe, m_folder / "parts", options, m_silent);
    ASSERT_TRUE(resumed) << resumed.error().message;
    EXPECT_EQ(resumed->detectorDigest, whole->detectorDigest);
    EXPECT_EQ(resumed->figures, whole->figures);
}

TEST_F(Track2Test, PicturesAreSeenThroughAdaptersAndTheTrunkStaysAsItWas)
{
    toy::ToyVideoOptions small;
    small.pictureSide = 16;
    small.frames = 300;
    const auto set = videos(small);
    Json json = toyRecipe(2);
    json["input"]["skeleton"] = value(Json::array());
    json["input"]["pictures"] = value(true);
    json["adapters"] = {{"kind", value("stda")}};
    const auto first = trainTrack2(set, parsed(json), m_folder / "stda", {}, m_silent);
    ASSERT_TRUE(first) << first.error().message;
    json["adapters"] = {{"kind", value("tia")}};
    const auto second = trainTrack2(set, parsed(json), m_folder / "tia", {}, m_silent);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(first->trunkDigest, second->trunkDigest); // drawn from the same seed, frozen
    EXPECT_NE(first->detectorDigest, second->detectorDigest);
    const auto loaded = Track2System::load(m_folder / "stda");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE((*loaded)->spans(*set, testVideos(*set), m_silent));
}

TEST_F(Track2Test, TheBaselineFindsWhatMovesMuch)
{
    const auto set = videos();
    const auto sides = videoSides(*set, 0.15, 1);
    ASSERT_TRUE(sides);
    MotionBaseline chosen;
    const auto spans = motionSpans(
        *set, parsed(toyRecipe(1)), sides->train, sides->validation, sides->test, m_silent, &chosen);
    ASSERT_TRUE(spans) << spans.error().message;
    EXPECT_GT(chosen.f1, 0.3);
    EXPECT_FALSE(spans->empty());
}

TEST_F(Track2Test, EveryVariantOfAnAblationHasARow)
{
    toy::ToyVideoOptions small;
    small.frames = 200;
    const auto set = videos(small);
    DetectorAblationOptions options;
    options.seeds = 2;
    options.folder = m_folder / "runs";
    const auto table = ablateDetector(set, parsed(toyRecipe(1)), options, m_silent);
    ASSERT_TRUE(table) << table.error().message;
    const Json json = Json::parse(detectorTableText(*table));
    ASSERT_EQ(json["rows"].size(), 3U); // baseline, with and without ASBA
    EXPECT_EQ(json["rows"][1]["seeds"].size(), 2U);
    EXPECT_THAT(detectorTableLines(*table), HasSubstr("motion energy"));
    // What was trained is kept.
    const auto before = fs::last_write_time(m_folder / "runs" / "skeleton-1" / "track2.json");
    const auto again = ablateDetector(set, parsed(toyRecipe(1)), options, m_silent);
    ASSERT_TRUE(again);
    EXPECT_EQ(detectorTableText(*again), detectorTableText(*table));
    EXPECT_EQ(fs::last_write_time(m_folder / "runs" / "skeleton-1" / "track2.json"), before);
}

TEST_F(Track2Test, VideosThatAreShorterThanAWindowOrHaveNoGestureAreNoTrouble)
{
    toy::ToyVideoOptions tiny;
    tiny.frames = 110;
    const auto set = videos(tiny);
    const auto facts = trainTrack2(set, parsed(toyRecipe(1)), m_folder / "detector", {}, m_silent);
    ASSERT_TRUE(facts) << facts.error().message;
    const auto loaded = Track2System::load(m_folder / "detector");
    ASSERT_TRUE(loaded);
    toy::ToyVideoOptions three;
    three.frames = 3; // so no gesture either
    const auto shortSet = toy::toyVideos(m_folder / "short.safetensors", three);
    ASSERT_TRUE(shortSet);
    const auto spans = (*loaded)->spans(*shortSet, {0}, m_silent);
    ASSERT_TRUE(spans) << spans.error().message;
    for (const ScoredSpan& span : *spans) {
        EXPECT_GE(span.start, 0);
        EXPECT_LE(span.end, 3);
    }
    const auto refused = trainTrack2(shortSet, parsed(toyRecipe(1)), m_folder / "other", {}, m_silent);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("No training video has a labelled gesture"));
    EXPECT_FALSE(fs::exists(m_folder / "other"));
}

TEST_F(Track2Test, ADetectorOfOtherClassesIsNotAsked)
{
    toy::ToyVideoOptions small;
    small.frames = 200;
    const auto set = videos(small);
    ASSERT_TRUE(trainTrack2(set, parsed(toyRecipe(1)), m_folder / "detector", {}, m_silent));
    auto manifest = readFile(m_folder / "detector" / "track2.json");
    ASSERT_TRUE(manifest);
    Json json = Json::parse(*manifest);
    json["classes"] = {"nod", "wave", "shrug"};
    ASSERT_TRUE(writeFileAtomically(m_folder / "detector" / "track2.json", json.dump()));
    const auto loaded = Track2System::load(m_folder / "detector");
    ASSERT_TRUE(loaded);
    const auto spans = (*loaded)->spans(*set, {0}, m_silent);
    ASSERT_FALSE(spans);
    EXPECT_THAT(spans.error().message, HasSubstr("classes of toy"));
}

TEST_F(Track2Test, AHarmedFolderIsRefusedByTheNameOfItsFile)
{
    toy::ToyVideoOptions small;
    small.frames = 200;
    const auto set = videos(small);
    ASSERT_TRUE(trainTrack2(set, parsed(toyRecipe(1)), m_folder / "detector", {}, m_silent));
    auto bytes = readFile(m_folder / "detector" / "detector.safetensors");
    ASSERT_TRUE(bytes);
    bytes->back() = static_cast<char>(bytes->back() ^ 1);
    ASSERT_TRUE(writeFileAtomically(m_folder / "detector" / "detector.safetensors", *bytes));
    const auto loaded = Track2System::load(m_folder / "detector");
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message, HasSubstr("detector.safetensors"));
}

TEST_F(Track2Test, WhereNobodyHasLookedAGestureIsNotLearnedAsBackground)
{
    const auto whole = videos();
    std::vector<ScoredSpan> unmarked; // gestures of the second halves, which nobody marks
    const auto half = [&](bool told) {
        auto writer = UntrimmedSetWriter::create(m_folder / "half.safetensors", whole->info());
        EXPECT_TRUE(writer);
        unmarked.clear();
        for (size_t i = 0; i < whole->videos().size(); ++i) {
            UntrimmedVideo video = whole->videos()[i];
            const int64_t middle = video.frames / 2;
            if (video.role == ClipRole::Train) {
                for (const TruthSpan& truth : video.truth)
                    if (truth.span.first >= middle)
                        unmarked.push_back({video.id, truth.label, static_cast<double>(truth.span.first),
                            static_cast<double>(truth.span.last)});
                std::erase_if(
                    video.truth, [&](const TruthSpan& truth) { return truth.span.first >= middle; });
                if (told)
                    video.reviewed = {{0, middle}};
            }
            EXPECT_TRUE((*writer)->add(video, whole->points(i), {}));
        }
        EXPECT_TRUE((*writer)->finish());
        return *UntrimmedSet::open(m_folder / "half.safetensors");
    };
    const auto found = [&](bool told) {
        const auto set = half(told);
        EXPECT_TRUE(trainTrack2(set, parsed(toyRecipe(12)), m_folder / "detector", {}, m_silent));
        const auto system = Track2System::load(m_folder / "detector");
        EXPECT_TRUE(system);
        const auto sides = videoSides(*set, 0.15, 1);
        const auto spans = (*system)->spans(*set, sides->train, m_silent);
        EXPECT_TRUE(spans);
        return spanReport(unmarked, *spans, 0.3, SpanMatch::Strict).meanAp;
    };
    const double asBackground = found(false);
    const double leftOut = found(true);
    EXPECT_GT(leftOut, asBackground);
}

TEST_F(Track2Test, RareGesturesAreTakenOverOftenerThanTheControlTakesThem)
{
    const auto set = videos();
    const auto sides = videoSides(*set, 0.15, 1);
    ASSERT_TRUE(sides);
    std::vector<int64_t> counts(3);
    for (const size_t video : sides->train)
        for (const TruthSpan& truth : set->videos()[video].truth)
            ++counts[static_cast<size_t>(truth.label)];
    ASSERT_LT(counts[2], counts[0]) << "the last class is rare";
    const auto shareOfRare = [&](bool adaptive) {
        GridInput input;
        input.paste = 1;
        TimeGrid grid;
        grid.rows = 64;
        AsbaOptions options;
        options.adaptive = adaptive;
        options.uniform = 1;
        const ClassIntensities intensities(counts, options);
        const GridAugmenter augmenter(set, input, grid, sides->train);
        double rare = 0;
        double all = 0;
        for (uint64_t round = 0; round < 40; ++round)
            for (const GridWindow& window : epochWindows(set->videos(), sides->train, grid, Random(round))) {
                const auto truth = augmenter.sample(window, intensities).truth;
                if (truth.size() <= truthIn(set->videos()[window.video], window, grid).size())
                    continue; // nothing was taken over, or a cut gesture was lost
                rare += truth.back().label == 2 ? 1 : 0;
                ++all;
            }
        EXPECT_GT(all, 30);
        return rare / all;
    };
    const double natural
        = static_cast<double>(counts[2]) / static_cast<double>(counts[0] + counts[1] + counts[2]);
    EXPECT_NEAR(shareOfRare(false), natural, 0.12) << "all gestures alike";
    EXPECT_GT(shareOfRare(true), shareOfRare(false) + 0.08);
}

TEST_F(Track2Test, APastedGestureIsVariedAsItsClassAsksAndNotAsTheWindowDoes)
{
    const auto set = videos();
    const auto sides = videoSides(*set, 0.15, 1);
    ASSERT_TRUE(sides);
    TimeGrid grid;
    grid.rows = 64;
    AsbaOptions options;
    options.chanceLeast = options.strengthLeast = 0; // frequent and easy gestures stay as they are
    options.chanceMost = 1;
    options.difficultyStart = 0;
    const ClassIntensities intensities({50, 50, 1}, options); // 0, 0 and 1
    GridInput still;
    still.paste = 1;
    still.pastes = 4;
    still.flip = still.speed = still.boundary = still.rotation = still.scale = still.shift = still.noise
        = still.drop = 0;
    GridInput noisy = still;
    noisy.noise = 0.1;
    const GridAugmenter as(set, still, grid, sides->train);
    const GridAugmenter with(set, noisy, grid, sides->train);
    size_t pasted = 0;
    for (const GridWindow& window : epochWindows(set->videos(), sides->train, grid, Random(1))) {
        const auto own = truthIn(set->videos()[window.video], window, grid);
        if (std::any_of(own.begin(), own.end(), [](const GridTruth& truth) { return truth.label == 2; }))
            continue;
        const GridSample before = gridSample(*set, still, grid, window);
        const GridSample plain = as.sample(window, intensities);
        const GridSample varied = with.sample(window, intensities);
        ASSERT_EQ(plain.truth.size(), varied.truth.size());
        std::vector<char> fresh(64, 0);
        for (size_t i = own.size(); i < plain.truth.size(); ++i) {
            const GridTruth& truth = plain.truth[i];
            EXPECT_EQ(truth.label, 2);
            EXPECT_DOUBLE_EQ(truth.start, varied.truth[i].start);
            const auto from = static_cast<size_t>(std::max(0.0, std::floor(truth.start) - 1));
            const auto to = std::min<size_t>(64, static_cast<size_t>(std::ceil(truth.end)) + 2);
            std::fill(fresh.begin() + static_cast<ptrdiff_t>(from),
                fresh.begin() + static_cast<ptrdiff_t>(to), char{1});
            for (size_t other = 0; other < i; ++other)
                EXPECT_TRUE(truth.end < plain.truth[other].start || plain.truth[other].end < truth.start);
            const auto middle = static_cast<int64_t>((truth.start + truth.end) / 2);
            EXPECT_FALSE(torch::equal(plain.features.select(1, middle), varied.features.select(1, middle)));
            ++pasted;
        }
        for (int64_t row = 0; row < 64; ++row) {
            if (fresh[static_cast<size_t>(row)] != 0)
                continue;
            EXPECT_TRUE(torch::equal(before.features.select(1, row), plain.features.select(1, row))) << row;
            EXPECT_TRUE(torch::equal(before.features.select(1, row), varied.features.select(1, row))) << row;
        }
    }
    EXPECT_GT(pasted, 4U);
}

TEST_F(Track2Test, SpansWhereNobodyHasLookedAreNotJudged)
{
    auto writer = UntrimmedSetWriter::create(m_folder / "looked.safetensors", videos()->info());
    ASSERT_TRUE(writer);
    UntrimmedVideo video;
    video.subject = "s";
    video.frames = 100;
    video.id = "whole";
    ASSERT_TRUE((*writer)->add(video, {}, {}));
    video.id = "half";
    video.reviewed = {{0, 20}, {5, 18}, {30, 40}};
    video.truth = {{{70, 80}, 0, 1}};
    ASSERT_TRUE((*writer)->add(video, {}, {}));
    ASSERT_TRUE((*writer)->finish());
    const auto set = *UntrimmedSet::open(m_folder / "looked.safetensors");
    const std::vector<ScoredSpan> spans{{"whole", 0, 50, 90}, {"half", 0, 44, 69}, {"half", 0, 10, 34},
        {"half", 0, 15, 30}, {"half", 0, 12, 30}};
    std::vector<double> left;
    for (const ScoredSpan& span : judged(*set, {0, 1}, spans))
        left.push_back(span.start);
    EXPECT_THAT(left, testing::ElementsAre(50, 10)) << "14 of 24 frames; 5 of 15 and 8 of 18 are too few";
    EXPECT_EQ(judged(*set, {0, 1}, {{"half", 0, 60, 72}}).size(), 1U) << "touches a gesture that is known";
}

/// Videos whose only point stands still, as odd as a test wants them.
class OddVideos : public Track2Test {
protected:
    struct Odd {
        int64_t frames = 0;
        ClipRole role = ClipRole::Train;
        std::vector<TruthSpan> truth;
    };
    std::shared_ptr<const UntrimmedSet> made(const std::vector<Odd>& all) const
    {
        UntrimmedSetInfo info;
        info.scheme = "toy";
        info.classes = {"a", "b"};
        info.skeleton.layout = "one";
        info.skeleton.graph.points = 1;
        auto writer = UntrimmedSetWriter::create(m_folder / "odd.safetensors", info);
        EXPECT_TRUE(writer);
        for (const Odd& odd : all) {
            UntrimmedVideo video;
            video.id = std::to_string(&odd - all.data());
            video.subject = "s" + video.id;
            video.role = odd.role;
            video.frames = odd.frames;
            video.truth = odd.truth;
            const std::vector<float> points(static_cast<size_t>(odd.frames * 3), 1.0F);
            EXPECT_TRUE((*writer)->add(video, points, {}));
        }
        EXPECT_TRUE((*writer)->finish());
        return *UntrimmedSet::open(m_folder / "odd.safetensors");
    }
    static Track2Recipe recipe()
    {
        Json json = toyRecipe(1);
        json["input"]["skeleton"] = value({"position", "score"});
        return parsed(json);
    }
};

TEST_F(OddVideos, ThreeFramesAndWindowsLongerThanTheVideoGiveSpansInsideIt)
{
    const auto set = made({{200, ClipRole::Train, {{{20, 60}, 0, 1}, {{30, 70}, 0, 1}, {{30, 70}, 1, 1}}},
        {3, ClipRole::Train, {{{0, 3}, 1, 1}}}, {100, ClipRole::Validation, {{{10, 40}, 0, 1}}},
        {3, ClipRole::Test, {{{0, 3}, 0, 1}}}, {1, ClipRole::Test, {}}});
    const auto facts = trainTrack2(set, recipe(), m_folder / "detector", {}, m_silent);
    ASSERT_TRUE(facts) << facts.error().message;
    const auto system = Track2System::load(m_folder / "detector");
    ASSERT_TRUE(system);
    const auto spans = (*system)->spans(*set, {2, 3, 4}, m_silent);
    ASSERT_TRUE(spans) << spans.error().message;
    EXPECT_FALSE(spans->empty());
    for (const ScoredSpan& span : *spans) {
        EXPECT_GE(span.start, 0);
        EXPECT_LE(span.end, span.video == "2" ? 100 : span.video == "3" ? 3 : 1);
        EXPECT_GE(span.end, span.start);
    }
}

TEST_F(OddVideos, WhereNobodyWhoChoosesTheThresholdShowsAGestureNothingCountsAndANoteSaysSo)
{
    const auto set = made({{200, ClipRole::Train, {{{20, 60}, 0, 1}}}, {200, ClipRole::Validation, {}},
        {200, ClipRole::Test, {}}});
    const auto facts = trainTrack2(set, recipe(), m_folder / "detector", {}, m_silent);
    ASSERT_TRUE(facts) << facts.error().message;
    EXPECT_THAT(facts->notes, testing::Contains(HasSubstr("no span counts")));
    const auto system = Track2System::load(m_folder / "detector");
    ASSERT_TRUE(system);
    const auto spans = (*system)->spans(*set, {2}, m_silent);
    ASSERT_TRUE(spans);
    EXPECT_TRUE(decided(*spans, facts->decision).empty());
    const Json figures = Json::parse(facts->figures);
    for (const char* side : {"validation", "test"})
        for (const Json& f1 : figures[side]["f1"])
            EXPECT_EQ(f1, 0) << side;
}

TEST(Track2Recipe, WrongEntriesAreNamed)
{
    Json json = toyRecipe(1);
    json["grid"]["rows"] = value(3);
    const auto small = parseTrack2Recipe(json.dump(), "my.json");
    ASSERT_FALSE(small);
    EXPECT_THAT(small.error().message, HasSubstr("my.json"));
    EXPECT_THAT(small.error().message, HasSubstr("grid.rows"));
    json = toyRecipe(1);
    json["asba"] = {{"intensitee", value(1)}};
    EXPECT_THAT(parseTrack2Recipe(json.dump(), "my.json").error().message, HasSubstr("intensitee"));
    json = toyRecipe(1);
    json["loss"]["focalGamma"] = 2;
    EXPECT_THAT(parseTrack2Recipe(json.dump(), "my.json").error().message, HasSubstr("provenance"));
}

TEST(Track2Recipe, TheRecipesThatShipAreRead)
{
    const auto recipe = readTrack2Recipe(dataFolder() / "models" / "recipes" / "track2_skeleton.json");
    ASSERT_TRUE(recipe) << recipe.error().message;
    EXPECT_FALSE(recipe->input.pictures);
    EXPECT_TRUE(recipe->asba.adaptive);
    const auto rgb = readTrack2Recipe(dataFolder() / "models" / "recipes" / "track2_rgb.json");
    ASSERT_TRUE(rgb) << rgb.error().message;
    EXPECT_TRUE(rgb->input.pictures && rgb->input.skeleton.empty());
    EXPECT_TRUE(rgb->pictures.adapters.temporal && rgb->pictures.adapters.spatial);
    const auto trunk = readTrack2Recipe(dataFolder() / "models" / "recipes" / "track2_trunk.json");
    ASSERT_TRUE(trunk) << trunk.error().message;
    EXPECT_EQ(trunk->pictures.width, rgb->pictures.width) << "the weights of one are the other's";
    EXPECT_EQ(trunk->pictures.depth, rgb->pictures.depth);
    EXPECT_EQ(trunk->input.still, rgb->input.still);
}
