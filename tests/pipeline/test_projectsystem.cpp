// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/projectsystem.h"
#include "tests/pipeline/clipproject.h"
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
}

} // namespace
