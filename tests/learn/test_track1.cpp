// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/cmpl/roundrecord.h"
#include "learn/track1/ablation.h"
#include "learn/track1/adaptation.h"
#include "learn/track1/clipsides.h"
#include "learn/track1/crossvalidation.h"
#include "learn/track1/sidebyside.h"
#include "tests/learn/toyclips.h"
#include <algorithm>
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;
using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;

Json value(const Json& v) { return {{"value", v}, {"provenance", "ours"}}; }

/// Three small streams for the toy world.
Json toyRecipe()
{
    Json recipe;
    recipe["name"] = "toy";
    auto& streams = recipe["streams"];
    streams["joint"]["input"] = {{"kind", value("skeleton")}, {"frames", value(8)}};
    streams["joint"]["network"]
        = {{"kind", value("decoupled")}, {"widths", value({16, 16})}, {"groups", value(4)}};
    streams["heatmap"]["input"] = {{"kind", value("heatmap")}, {"frames", value(8)}, {"side", value(16)}};
    streams["heatmap"]["network"] = {{"kind", value("small_heatmap")}};
    streams["rgb"]["input"] = {{"kind", value("rgb")}, {"frames", value(4)}, {"side", value(16)}};
    streams["rgb"]["network"] = {{"kind", value("small_rgb")}};
    for (auto& [name, stream] : streams.items())
        stream["training"] = Json::object();
    recipe["training"]
        = {{"epochs", value(6)}, {"batch", value(8)}, {"learningRate", value(0.004)}, {"dropout", value(0.1)},
            {"classWeights", value("square-root")}, {"semantic", value("ose")}, {"views", value(1)}};
    recipe["cmpl"] = {{"threshold", value({0.6, 0.5})}, {"margin", value(0.05)}};
    return recipe;
}

class Track1Test : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder = fs::temp_directory_path() / ("telltale-track1-" + std::to_string(getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    static Track1Recipe recipe(const Json& json = toyRecipe())
    {
        auto parsed = parseTrack1Recipe(json.dump(), "toy.json");
        EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().message);
        return *parsed;
    }
    /// One stream, one epoch.
    static Track1Recipe jointsOnly()
    {
        Json quick = toyRecipe();
        quick["training"]["epochs"] = value(1);
        quick["streams"].erase("heatmap");
        quick["streams"].erase("rgb");
        return recipe(quick);
    }
    SystemFacts trained(const std::shared_ptr<const ClipSet>& set, const fs::path& folder)
    {
        auto facts = trainSystem(set, recipe(), folder, {}, m_progress);
        EXPECT_TRUE(facts.ok()) << (facts.ok() ? "" : facts.error().message);
        return *facts;
    }

    fs::path m_folder;
    CancelFlag m_progress;
};

TEST_F(Track1Test, aSystemLearnsTheToyWorldAndNamesClipsOfNewPeople)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    const SystemFacts facts = trained(set, m_folder / "system");
    const Json figures = Json::parse(facts.figures);
    EXPECT_GT(figures["test"]["fused"]["accuracy"].get<double>(), 0.8) << figures.dump(1);

    const auto system = Track1System::load(m_folder / "system");
    ASSERT_TRUE(system.ok()) << system.error().message;
    const auto sides = clipSides(*set, 0.15, 1);
    const auto scores = (*system)->scores(set, sides->test, m_progress);
    ASSERT_TRUE(scores.ok()) << scores.error().message;
    const auto again = figuresOf(*set, *scores, (*system)->facts().calibration, facts.trainingCounts);
    EXPECT_DOUBLE_EQ(again.at("fused").accuracy, figures["test"]["fused"]["accuracy"].get<double>())
        << "what was saved is what was measured";
}

TEST_F(Track1Test, aSystemIsTheSameForTheSameSeedAndWorkers)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    SystemOptions two;
    two.workers = 2;
    const auto first = trainSystem(set, recipe(), m_folder / "a", two, m_progress);
    const auto second = trainSystem(set, recipe(), m_folder / "b", two, m_progress);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->streamDigests, second->streamDigests);
}

TEST_F(Track1Test, whatACancelledTrainingWouldReplaceStaysInPlace)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    trained(set, m_folder / "system");
    const std::string before = *readFile(m_folder / "system" / "track1.json");
    CancelFlag cancelled;
    const auto facts = trainSystem(set, recipe(), m_folder / "system", {}, cancelled,
        [&](const std::string&, const EpochReport&) { cancelled.cancel(); });
    ASSERT_FALSE(facts.ok());
    EXPECT_EQ(facts.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(*readFile(m_folder / "system" / "track1.json"), before);

    SystemOptions resumed;
    resumed.resume = true;
    const auto whole = trainSystem(set, recipe(), m_folder / "system", resumed, m_progress);
    ASSERT_TRUE(whole.ok()) << whole.error().message;
    EXPECT_EQ(Json::parse(before)["streams"], Json(whole->streamDigests)) << "as if nothing had happened";
}

TEST_F(Track1Test, anAdaptedSystemIsMarkedAndStandsBesideTheUnadaptedOne)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    const SystemFacts facts = trained(set, m_folder / "system");
    for (const auto protocol : {AdaptationProtocol::Transductive, AdaptationProtocol::Inductive}) {
        AdaptationOptions options;
        options.protocol = protocol;
        const auto adapted = adaptSystem(set, m_folder / "system", m_folder / "adapted", options, m_progress);
        ASSERT_TRUE(adapted.ok()) << adapted.error().message;
        EXPECT_EQ(adapted->facts.adapted, protocol);
        EXPECT_EQ(adapted->rounds.size(), 2U);
        EXPECT_FALSE(adapted->accepted.empty());
        const auto kept = readFile(m_folder / "adapted" / kRoundsFile);
        ASSERT_TRUE(kept.ok()) << kept.error().message;
        const auto record = recordedRunFromJson(*kept, "rounds.json");
        ASSERT_TRUE(record.ok()) << record.error().message;
        EXPECT_EQ(record->protocol, nameOf(protocol));
        ASSERT_EQ(record->rounds.size(), 2U);
        EXPECT_EQ(record->rounds[1].pool, static_cast<int64_t>(adapted->split.pool.size()));
        EXPECT_EQ(record->rounds[1].labels.size(), adapted->accepted.size());
        EXPECT_EQ(adapted->before.at("fused").clips, adapted->after.at("fused").clips);
        EXPECT_NE(adapted->facts.streamDigests, facts.streamDigests);
        const auto twice = adaptSystem(set, m_folder / "adapted", m_folder / "twice", options, m_progress);
        ASSERT_FALSE(twice.ok());
        EXPECT_THAT(twice.error().message, HasSubstr(std::string(nameOf(protocol))));
    }
}

/// The same set with other labels on the test subjects' clips.
std::shared_ptr<const ClipSet> withOtherTestLabels(const ClipSet& set, const fs::path& file)
{
    auto writer = ClipSetWriter::create(file, set.info());
    for (size_t i = 0; i < set.clips().size(); ++i) {
        ClipInfo clip = set.clips()[i];
        if (clip.role == ClipRole::Test)
            clip.label = (clip.label + 1) % toy::kClasses;
        EXPECT_TRUE((*writer)->add(clip, set.points(i), set.rgb(i)).ok());
    }
    EXPECT_TRUE((*writer)->finish().ok());
    return *ClipSet::open(file);
}

TEST_F(Track1Test, labelsOfEvaluatedClipsReachNothing)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    const auto other = withOtherTestLabels(*set, m_folder / "other.safetensors");
    const SystemFacts facts = trained(set, m_folder / "system");
    EXPECT_EQ(trained(other, m_folder / "system2").streamDigests, facts.streamDigests);
    const auto first = adaptSystem(set, m_folder / "system", m_folder / "a", {}, m_progress);
    const auto second = adaptSystem(other, m_folder / "system", m_folder / "b", {}, m_progress);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->facts.streamDigests, second->facts.streamDigests);
    EXPECT_EQ(first->facts.calibration, second->facts.calibration);
    EXPECT_NE(first->after.at("fused").accuracy, second->after.at("fused").accuracy) << "but the figures";
}

TEST_F(Track1Test, aSubjectOnTwoSidesIsRefusedByName)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    auto writer = ClipSetWriter::create(m_folder / "leak.safetensors", set->info());
    for (size_t i = 0; i < set->clips().size(); ++i) {
        ClipInfo clip = set->clips()[i];
        if (i == 0)
            clip.role = ClipRole::Test;
        ASSERT_TRUE((*writer)->add(clip, set->points(i), set->rgb(i)).ok());
    }
    ASSERT_TRUE((*writer)->finish().ok());
    const auto facts = trainSystem(
        *ClipSet::open(m_folder / "leak.safetensors"), recipe(), m_folder / "system", {}, m_progress);
    ASSERT_FALSE(facts.ok());
    EXPECT_THAT(facts.error().message, HasSubstr("\"p0\""));
    EXPECT_FALSE(fs::exists(m_folder / "system"));
}

TEST_F(Track1Test, aSystemOfAnotherSchemeIsRefused)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    trained(set, m_folder / "system");
    ClipSetInfo info = set->info();
    info.scheme = "other";
    info.classes = {"a", "b", "c", "d"};
    auto writer = ClipSetWriter::create(m_folder / "four.safetensors", info);
    ASSERT_TRUE((*writer)->add(set->clips()[0], set->points(0), set->rgb(0)).ok());
    ASSERT_TRUE((*writer)->finish().ok());
    const auto system = Track1System::load(m_folder / "system");
    ASSERT_TRUE(system.ok());
    const auto scores = (*system)->scores(*ClipSet::open(m_folder / "four.safetensors"), {0}, m_progress);
    ASSERT_FALSE(scores.ok());
    EXPECT_THAT(scores.error().message, HasSubstr("toy (3)"));
    EXPECT_THAT(scores.error().message, HasSubstr("other (4)"));
}

TEST_F(Track1Test, aStreamsFileThatWasExchangedIsNoticed)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    trained(set, m_folder / "system");
    fs::copy_file(m_folder / "system" / "joint.safetensors", m_folder / "system" / "rgb.safetensors",
        fs::copy_options::overwrite_existing);
    const auto system = Track1System::load(m_folder / "system");
    ASSERT_FALSE(system.ok());
    EXPECT_THAT(system.error().message, HasSubstr("rgb.safetensors"));
}

TEST_F(Track1Test, anAblationHasEveryStepStreamAndProtocolAndGoesOnWhereItStopped)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    Json quick = toyRecipe();
    quick["training"]["epochs"] = value(2);
    const Track1Recipe plan = recipe(quick);
    AblationOptions options;
    options.seeds = 2;
    options.folder = m_folder / "kept";
    const auto table = ablateSystem(set, plan, options, m_progress);
    ASSERT_TRUE(table.ok()) << table.error().message;
    std::set<std::string> seen;
    for (const AblationRow& row : table->rows)
        seen.insert(row.step + "|" + row.protocol + "|" + row.clips + "|" + row.stream);
    for (const char* step : {"plain", "+ weights", "+ OSE", "plain + fusion", "+ OSE + fusion"})
        for (const char* stream : {"joint", "heatmap", "rgb", "fused"})
            EXPECT_TRUE(seen.count(std::string(step) + "||test|" + stream)) << step << stream;
    for (const char* stream : {"joint", "heatmap", "rgb", "fused"}) {
        EXPECT_TRUE(seen.count(std::string("+ CMPL|transductive|test|") + stream));
        EXPECT_TRUE(seen.count(std::string("+ CMPL|inductive|inductive half|") + stream));
        EXPECT_TRUE(seen.count(std::string("+ OSE||inductive half|") + stream))
            << "the unadapted ones beside";
        EXPECT_TRUE(seen.count(std::string("+ control||test|") + stream));
    }
    const auto told = std::count_if(table->notes.begin(), table->notes.end(),
        [](const std::string& note) { return note.find("last round accepted") != std::string::npos; });
    EXPECT_EQ(told, 4) << "two seeds, two protocols; a control has no pseudo-labels";
    EXPECT_EQ(spreadOf(*table, "plain", "", "test", "joint", &ClipFigures::accuracy).seeds, 2);
    const auto again = ablateSystem(set, plan, options, m_progress);
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(ablationText(*again) == ablationText(*table))
        << "networks that are kept are taken as they are";
}

TEST_F(Track1Test, aCrossValidationAsksEachSubjectOnceAndLeavesNothingBehind)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    const Track1Recipe quick = jointsOnly();
    fs::create_directories(m_folder / "here");
    const fs::path before = fs::current_path();
    fs::current_path(m_folder / "here");
    CrossValidationOptions options;
    options.folds = 4;
    const auto result = crossValidate(set, quick, options, m_progress);
    fs::current_path(before);
    ASSERT_TRUE(result.ok()) << result.error().message;
    EXPECT_EQ(result->pooled.at("joint").clips, static_cast<int64_t>(set->clips().size()));
    EXPECT_TRUE(fs::is_empty(m_folder / "here"));
}

TEST_F(Track1Test, aCrossValidationOfTwoPeopleSaysWhoCalibrates)
{
    const auto set = toy::toyClips(m_folder / "toy.safetensors");
    const Track1Recipe quick = jointsOnly();
    CrossValidationOptions options;
    options.folds = 2;
    const auto result = crossValidate(set, quick, options, m_progress);
    ASSERT_TRUE(result.ok()) << result.error().message;
    EXPECT_EQ(result->folded.size(), 2U);
    ASSERT_EQ(result->notes.size(), 1U);
    EXPECT_THAT(result->notes.front(), HasSubstr("no third one calibrates"));
    options.folds = 1;
    const auto refused = crossValidate(set, quick, options, m_progress);
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("at least two groups"));
}

TEST(Track1Recipe, anUnknownOrUnexplainedConstantIsNamed)
{
    Json unexplained = toyRecipe();
    unexplained["streams"]["joint"]["input"]["frames"] = {{"value", 8}};
    const auto first = parseTrack1Recipe(unexplained.dump(), "r.json");
    ASSERT_FALSE(first.ok());
    EXPECT_THAT(first.error().message, HasSubstr("streams.joint.input.frames"));
    Json unknown = toyRecipe();
    unknown["adaptation"]["speed"] = value(3);
    const auto second = parseTrack1Recipe(unknown.dump(), "r.json");
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(second.error().message, HasSubstr("adaptation.speed"));
}

TEST(Track1Recipe, theShippedOnesAreReadable)
{
    for (const auto& entry : fs::directory_iterator(fs::path(TELLTALE_SOURCE_DIR) / "models" / "recipes"))
        if (entry.path().filename().string().rfind("track1", 0) == 0) {
            const auto recipe = readTrack1Recipe(entry.path());
            EXPECT_TRUE(recipe.ok()) << recipe.error().message;
        }
}

TEST(SideBySide, theFirstFailureStopsTheOthersAndIsTold)
{
    CancelFlag progress;
    std::atomic<int> begun = 0;
    std::vector<SideJob> jobs;
    for (int i = 0; i < 20; ++i)
        jobs.push_back({"job", [&begun, i](ProgressSink& sink) -> Status {
                            ++begun;
                            if (i == 1)
                                return Error{ErrorCode::Io, "no room"};
                            while (i == 0 && !sink.cancelled())
                                std::this_thread::yield();
                            return {};
                        }});
    const Status status = runSideBySide(jobs, 2, progress);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().message, "no room");
    EXPECT_LE(begun, 3);
}

} // namespace
