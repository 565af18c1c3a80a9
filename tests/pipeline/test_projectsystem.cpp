// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/cmplrounds.h"
#include "pipeline/projectadaptation.h"
#include "pipeline/projectsystem.h"
#include "tests/pipeline/clipproject.h"
#include <QUndoStack>
#include <atomic>
#include <nlohmann/json.hpp>

using namespace telltale;
using testing::HasSubstr;
using Json = nlohmann::json;

namespace {

Json value(const Json& v) { return {{"value", v}, {"provenance", "ours"}}; }

/// Two quick streams; two need only one teacher.
Track1Recipe quickRecipe()
{
    Json recipe;
    recipe["name"] = "quick";
    auto& streams = recipe["streams"];
    streams["joint"]["input"] = {{"kind", value("skeleton")}, {"frames", value(8)}};
    streams["joint"]["network"]
        = {{"kind", value("decoupled")}, {"widths", value({16, 16})}, {"groups", value(4)}};
    streams["rgb"]["input"] = {{"kind", value("rgb")}, {"frames", value(4)}, {"side", value(16)}};
    streams["rgb"]["network"] = {{"kind", value("small_rgb")}};
    for (auto& [name, stream] : streams.items())
        stream["training"] = Json::object();
    recipe["training"] = {{"epochs", value(2)}, {"batch", value(4)}, {"views", value(1)}};
    recipe["cmpl"] = {{"threshold", value({0.01})}, {"margin", value(0)}, {"agreeing", value(1)}};
    auto parsed = parseTrack1Recipe(recipe.dump(), "quick.json");
    EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().message);
    return *parsed;
}

class ProjectSystem : public ClipProject {
protected:
    /// Three labelled people and one whom nobody labelled, with an open proposal.
    void fill()
    {
        for (const char* name : {"a", "b", "c"}) {
            const int64_t video = addVideo(name, std::string("subject ") + name,
                name[0] == 'c' ? SubjectRole::Validation : SubjectRole::Train);
            for (int i = 0; i < 3; ++i)
                addSpan(video, {i * 12, i * 12 + 10}, i % 2);
        }
        m_proposed = addVideo("d", "subject d", SubjectRole::Unlabelled);
        Prediction found;
        found.videoId = m_proposed;
        found.span = {5, 25};
        found.fused.assign(17, 1.0f / 17);
        PredictionRun run;
        run.videoId = m_proposed;
        ASSERT_TRUE(m_document->importRun(run, {found}).ok());
    }
    void train()
    {
        const auto facts = trainOnProject(*m_document, quickRecipe(), {}, m_quiet, {});
        ASSERT_TRUE(facts.ok()) << facts.error().message;
    }
    /// What adaptations have in the project's cache.
    std::vector<std::filesystem::path> leftovers() const
    {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(m_folder / "p" / "cache"))
            if (entry.path().filename().string().find("adapting") != std::string::npos)
                found.push_back(entry.path());
        return found;
    }

    int64_t m_proposed = 0;
};

TEST_F(ProjectSystem, TrainingRegistersTheSystemAndScoresBecomeProposalsWhileDecisionsStay)
{
    fill();
    const auto none = activeSystem(*m_document);
    ASSERT_FALSE(none.ok());
    EXPECT_THAT(none.error().message, HasSubstr("train"));
    train();
    const auto folder = activeSystem(*m_document);
    ASSERT_TRUE(folder.ok()) << folder.error().message;
    EXPECT_TRUE(std::filesystem::exists(*folder / "track1.json"));
    const auto before = m_document->annotations(1);
    const auto applied = scoreProject(*m_document, *folder, {}, "cpu", m_quiet);
    ASSERT_TRUE(applied.ok()) << applied.error().message;
    EXPECT_EQ(applied->predictions, 10);
    const auto after = m_document->annotations(1);
    ASSERT_EQ(before.size(), after.size());
    for (size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].classId, after[i].classId);
        EXPECT_EQ(before[i].state, after[i].state);
    }
}

TEST_F(ProjectSystem, AdaptingAddsACandidateAndPseudoLabelsWithTheirBirth)
{
    fill();
    train();
    const auto active = *activeSystem(*m_document);
    AdaptationOptions options;
    options.device = "cpu";
    options.rounds = 1;
    AppliedScores applied;
    const auto result = adaptOnProject(*m_document, options, applied, m_quiet);
    ASSERT_TRUE(result.ok()) << result.error().message;
    EXPECT_EQ(*activeSystem(*m_document), active) << "a candidate beside the one in use";
    EXPECT_EQ(result->split.pool.size(), 1U);
    EXPECT_GE(applied.pseudoLabels, 1);
    bool found = false;
    for (const Annotation& span : m_document->annotations(m_proposed))
        if (const auto label = m_document->pseudoLabel(span.predictionId)) {
            found = true;
            EXPECT_EQ(label->round, 1);
            EXPECT_THAT(label->thresholds, HasSubstr("0.01"));
            EXPECT_FALSE(Json::parse(label->voters).empty());
        }
    EXPECT_TRUE(found);
    EXPECT_TRUE(leftovers().empty());
}

TEST_F(ProjectSystem, TheRoundsOfTheCommandLineAreThereForWhoeverShowsThem)
{
    fill();
    EXPECT_EQ(adaptationObstacle(*m_document), AdaptationObstacle::NoSystem);
    train();
    EXPECT_EQ(adaptationObstacle(*m_document), AdaptationObstacle::None);
    AdaptationOptions options;
    options.device = "cpu";
    options.rounds = 2;
    AppliedScores applied;
    const auto result = adaptOnProject(*m_document, options, applied, m_quiet);
    ASSERT_TRUE(result.ok()) << result.error().message;
    const auto rounds = readCmplRounds(makeCmplRoundsRequest(*m_document, 0.1, {}), m_quiet);
    ASSERT_TRUE(rounds.ok());
    ASSERT_EQ(rounds->runs.size(), 1U);
    const CmplRunView& run = rounds->runs[0];
    EXPECT_EQ(run.protocol, "transductive");
    EXPECT_EQ(run.trouble, "");
    EXPECT_FALSE(run.inUse);
    ASSERT_EQ(run.rounds.size(), 2U);
    const CmplRoundView& last = run.rounds[1];
    EXPECT_EQ(last.record.pool, 1);
    ASSERT_EQ(last.record.labels.size(), static_cast<size_t>(applied.pseudoLabels));
    // The span that the project has now, after its proposals were replaced by newly scored ones.
    const auto spans = m_document->annotations(m_proposed);
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(last.annotations[0], spans[0].id);
    EXPECT_EQ(last.record.labels[0].classId, m_document->pseudoLabel(spans[0].predictionId)->classId);
    EXPECT_EQ(last.people.open, 1);
    ASSERT_TRUE(m_document->useModel(run.model, kTrack1Kind).ok());
    EXPECT_EQ(adaptationObstacle(*m_document), AdaptationObstacle::AdaptedAlready);
}

TEST_F(ProjectSystem, ASystemWhoseRecipeIsDamagedIsTakenForAnUnadaptedOne)
{
    ModelEntry entry;
    entry.kind = kTrack1Kind;
    entry.file = "models/track1-1";
    entry.active = true;
    for (const char* recipe : {R"({"adapted": 3})", R"({"adapted": null})", "[1]", "{"}) {
        entry.recipe = recipe;
        ASSERT_TRUE(m_document->addModel(entry).ok());
        EXPECT_EQ(adaptationObstacle(*m_document), AdaptationObstacle::None) << recipe;
        const auto rounds = readCmplRounds(makeCmplRoundsRequest(*m_document, 0.1, {}), m_quiet);
        ASSERT_TRUE(rounds.ok());
        EXPECT_TRUE(rounds->runs.empty()) << recipe;
    }
}

/// Asks to stop at the n-th report.
class Impatient : public ProgressSink {
public:
    explicit Impatient(int reports) : m_left(reports) { }
    void report(int64_t, int64_t, std::string_view) override { --m_left; }
    bool cancelled() const override { return m_left <= 0; }

private:
    std::atomic<int> m_left;
};

TEST_F(ProjectSystem, AnAdaptationThatIsStoppedLeavesNothingBehind)
{
    fill();
    train();
    const auto models = m_document->models().size();
    const auto request = makeAdaptationRequest(
        *m_document, {.protocol = AdaptationProtocol::Inductive, .rounds = 2, .device = "cpu"});
    ASSERT_TRUE(request.ok()) << request.error().message;
    ASSERT_TRUE(adaptClips(*request, m_quiet).ok()) << "it would work";
    EXPECT_TRUE(leftovers().empty()) << "what nobody entered goes with its outcome";
    for (const int reports : {1, 4, 8, 12}) {
        Impatient impatient(reports);
        const auto outcome = adaptClips(*request, impatient);
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
        EXPECT_TRUE(leftovers().empty());
    }
    EXPECT_EQ(m_document->models().size(), models);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "p" / "models" / "track1-2"));
}

TEST_F(ProjectSystem, AnAdaptationThatDoesNotFitAnyMoreChangesNothing)
{
    fill();
    train();
    const auto request = makeAdaptationRequest(
        *m_document, {.protocol = AdaptationProtocol::Inductive, .rounds = 1, .device = "cpu"});
    ASSERT_TRUE(request.ok());
    const auto outcome = adaptClips(*request, m_quiet);
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    LabelClass added;
    added.name = "a new class";
    ASSERT_TRUE(m_document->addClasses({added}, true).ok());
    const auto models = m_document->models().size();
    const auto spans = m_document->annotations(m_proposed);
    const int steps = m_document->undoStack()->count();
    const auto applied = applyAdaptation(*m_document, *outcome);
    ASSERT_FALSE(applied.ok());
    EXPECT_THAT(applied.error().message, HasSubstr("classes"));
    EXPECT_EQ(m_document->models().size(), models);
    EXPECT_EQ(m_document->annotations(m_proposed), spans);
    EXPECT_TRUE(m_document->crops(m_proposed).empty());
    EXPECT_EQ(m_document->undoStack()->count(), steps);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "p" / "models" / "track1-2"));
}

} // namespace
