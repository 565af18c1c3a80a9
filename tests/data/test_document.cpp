// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include <QUndoStack>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

class DocumentTest : public testing::Test {
protected:
    void SetUp() override { m_document = makeSmallProject(m_scratch / "p"); }

    int64_t add(FrameSpan span, int classId = 0)
    {
        const auto id = m_document->addAnnotation(makeSpan(1, span, classId));
        EXPECT_TRUE(id.ok());
        return id ? *id : 0;
    }

    static Prediction prediction(FrameSpan span, int classId)
    {
        Prediction one;
        one.span = span;
        one.detectorScore = 0.5;
        one.fused.assign(5, 0.1F);
        one.fused[static_cast<size_t>(classId)] = 0.6F;
        return one;
    }

    int64_t addRun(std::vector<Prediction> predictions)
    {
        PredictionRun run;
        run.videoId = 1;
        run.model = "m";
        const auto id = m_document->importRun(run, std::move(predictions));
        EXPECT_TRUE(id.ok()) << id.error().message;
        return id ? *id : 0;
    }

    std::vector<Annotation> spans() const { return m_document->annotations(1); }
    QUndoStack& stack() { return *m_document->undoStack(); }

    ScratchFolder m_scratch;
    std::unique_ptr<Document> m_document;
};

} // namespace

TEST_F(DocumentTest, EditsAreThereAfterReopening)
{
    const int64_t id = add({10, 20}, 3);
    ASSERT_TRUE(m_document->setState(id, SpanState::Flagged).ok());
    const std::string before = describe(*m_document);
    m_document.reset();
    const auto reopened = Document::open(m_scratch / "p");
    ASSERT_TRUE(reopened.ok()) << reopened.error().message;
    EXPECT_EQ(describe(**reopened), before);
    EXPECT_EQ((*reopened)->summary().edits, 4);
}

TEST_F(DocumentTest, IdsAreNeverReusedEvenAfterUndoAndReopening)
{
    const int64_t first = add({10, 20});
    stack().undo();
    const int64_t second = add({10, 20});
    EXPECT_GT(second, first);
    stack().undo();
    m_document.reset();
    m_document = std::move(*Document::open(m_scratch / "p"));
    EXPECT_GT(add({1, 2}), second);
}

TEST_F(DocumentTest, OneDragIsOneUndoStepAndTheNextDragAnother)
{
    const int64_t id = add({100, 200});
    ASSERT_TRUE(m_document->setSpan(id, {110, 200}, 1).ok());
    ASSERT_TRUE(m_document->setSpan(id, {120, 200}, 1).ok());
    ASSERT_TRUE(m_document->setSpan(id, {130, 200}, 2).ok());
    stack().undo();
    EXPECT_EQ(m_document->annotation(id)->span, (FrameSpan{120, 200}));
    stack().undo();
    EXPECT_EQ(m_document->annotation(id)->span, (FrameSpan{100, 200}));
    stack().redo();
    EXPECT_EQ(m_document->annotation(id)->span, (FrameSpan{120, 200}));
}

TEST_F(DocumentTest, DragsOfDifferentSpansDoNotMerge)
{
    const int64_t a = add({100, 200});
    const int64_t b = add({300, 400});
    ASSERT_TRUE(m_document->setSpan(a, {110, 200}, 7).ok());
    ASSERT_TRUE(m_document->setSpan(b, {310, 400}, 7).ok());
    stack().undo();
    EXPECT_EQ(m_document->annotation(a)->span.first, 110);
    EXPECT_EQ(m_document->annotation(b)->span.first, 300);
}

TEST_F(DocumentTest, RefusedEditsChangeNothingAndKeepTheRedoSteps)
{
    const int64_t id = add({10, 20});
    add({30, 40});
    stack().undo();
    const std::string before = describe(*m_document);
    EXPECT_FALSE(m_document->setSpan(id, {20, 20}).ok());
    EXPECT_FALSE(m_document->setSpan(id, {9990, 10001}).ok());
    EXPECT_FALSE(m_document->relabel(id, 5).ok());
    EXPECT_FALSE(m_document->removeAnnotation(99).ok());
    EXPECT_EQ(m_document->addVideo(makeVideo("other", "v1.mp4")).error().code, ErrorCode::Conflict);
    EXPECT_EQ(m_document->addVideo(makeVideo("v1", "o.mp4")).error().code, ErrorCode::Conflict);
    EXPECT_EQ(describe(*m_document), before);
    EXPECT_TRUE(stack().canRedo());
}

TEST_F(DocumentTest, DecisionsOnProposalsFollowTheirMeaning)
{
    addRun({prediction({0, 10}, 1), prediction({100, 110}, 2), prediction({200, 210}, 3)});
    const auto proposals = spans();
    ASSERT_EQ(proposals.size(), 3U);
    EXPECT_EQ(proposals[1].classId, 2);
    EXPECT_TRUE(proposals[1].annotator.empty());
    ASSERT_TRUE(m_document->relabel(proposals[0].id, 1).ok());
    ASSERT_TRUE(m_document->relabel(proposals[1].id, 4).ok());
    ASSERT_TRUE(m_document->setSpan(proposals[2].id, {199, 210}).ok());
    EXPECT_EQ(m_document->annotation(proposals[0].id)->state, SpanState::Accepted);
    EXPECT_EQ(m_document->annotation(proposals[1].id)->state, SpanState::Corrected);
    EXPECT_EQ(m_document->annotation(proposals[2].id)->state, SpanState::Corrected);
    EXPECT_EQ(m_document->annotation(proposals[0].id)->annotator, m_document->annotator());
    const int64_t own = add({500, 510});
    ASSERT_TRUE(m_document->setSpan(own, {500, 520}).ok());
    EXPECT_EQ(m_document->annotation(own)->state, SpanState::Accepted);
}

TEST_F(DocumentTest, ANewRunReplacesOpenProposalsOnly)
{
    addRun({prediction({0, 10}, 1), prediction({100, 110}, 2), prediction({200, 210}, 3)});
    const auto proposals = spans();
    ASSERT_TRUE(m_document->setState(proposals[0].id, SpanState::Rejected).ok());
    ASSERT_TRUE(m_document->setSpan(proposals[1].id, {100, 120}).ok());
    const int64_t own = add({300, 310}, 0);
    const auto rejected = *m_document->annotation(proposals[0].id);
    const auto corrected = *m_document->annotation(proposals[1].id);
    const auto human = *m_document->annotation(own);

    addRun({prediction({1, 10}, 4), prediction({100, 112}, 0), prediction({300, 311}, 1),
        prediction({400, 410}, 2)});
    EXPECT_EQ(*m_document->annotation(rejected.id), rejected);
    EXPECT_EQ(*m_document->annotation(corrected.id), corrected);
    EXPECT_EQ(*m_document->annotation(human.id), human);
    EXPECT_EQ(m_document->annotation(proposals[2].id), nullptr);
    const auto now = spans();
    ASSERT_EQ(now.size(), 4U);
    EXPECT_EQ(now[3].span, (FrameSpan{400, 410}));
    EXPECT_EQ(m_document->runs(1).size(), 2U);
    stack().undo();
    EXPECT_NE(m_document->annotation(proposals[2].id), nullptr);
    EXPECT_EQ(m_document->runs(1).size(), 1U);
}

TEST_F(DocumentTest, PredictionsComeBackExactly)
{
    Prediction one = prediction({5, 15}, 1);
    one.modalities["joint"] = {{0.1F, 0.2F, 0.3F, 0.2F, 0.2F}, {1.5F, -2.25F, 1e-30F}};
    one.modalities["rgb"] = {{0.5F, 0.5F, 0.0F, 0.0F, 0.0F}, {}};
    one.birth = R"({"threshold":0.9})";
    one.pseudoLabel = true;
    addRun({one});
    const auto back = m_document->prediction(spans().front().predictionId);
    ASSERT_NE(back, nullptr);
    EXPECT_EQ(back->fused, one.fused);
    EXPECT_EQ(back->modalities.at("joint").embedding, one.modalities["joint"].embedding);
    EXPECT_EQ(back->modalities.at("rgb").probabilities, one.modalities["rgb"].probabilities);
    EXPECT_EQ(back->birth, one.birth);
    EXPECT_TRUE(back->pseudoLabel);
    EXPECT_EQ(m_document->prediction(999), nullptr);
}

TEST_F(DocumentTest, NumbersThatAreNotFiniteAreRefused)
{
    Prediction one = prediction({5, 15}, 1);
    one.fused[2] = std::numeric_limits<float>::quiet_NaN();
    PredictionRun run;
    run.videoId = 1;
    EXPECT_FALSE(m_document->importRun(run, {one}).ok());
    EXPECT_TRUE(m_document->runs(1).empty());
}

TEST_F(DocumentTest, FixedSchemesGrowOnlyByForce)
{
    EXPECT_EQ(m_document->addClasses({{"new", {}, {}, {}, {}}}, false).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(m_document->addClasses({{"new", {}, {}, {}, {}}}, true).ok());
    EXPECT_EQ(m_document->scheme().find("NEW"), 5);
    EXPECT_FALSE(m_document->scheme().classes[5].color.empty());
    stack().undo();
    EXPECT_EQ(m_document->scheme().classCount(), 5);
}

TEST_F(DocumentTest, TheNewestModelIsTheActiveOne)
{
    ASSERT_TRUE(m_document->addModel(makeHeads("models/a")).ok());
    ASSERT_TRUE(m_document->addModel(makeHeads("models/b")).ok());
    ASSERT_EQ(m_document->models().size(), 2U);
    EXPECT_FALSE(m_document->models()[0].active);
    EXPECT_TRUE(m_document->models()[1].active);
    stack().undo();
    EXPECT_TRUE(m_document->models()[0].active);
}

TEST_F(DocumentTest, ACandidateWaitsBesideTheActiveModelAndIsPromotedInOneStep)
{
    const auto former = m_document->addModel(makeHeads("models/a"));
    const auto candidate = m_document->addCandidate(makeHeads("models/b"));
    ASSERT_TRUE(former && candidate);
    const auto active = [&] {
        std::string files;
        for (const ModelEntry& model : m_document->models())
            files += model.active ? model.file : std::string();
        return files;
    };
    EXPECT_EQ(active(), "models/a");
    ASSERT_TRUE(m_document->useModel(*candidate));
    EXPECT_EQ(active(), "models/b");
    EXPECT_FALSE(m_document->removeModel(*candidate)) << "it is in use";
    ASSERT_TRUE(m_document->useModel(0));
    EXPECT_EQ(active(), "");
    stack().undo();
    EXPECT_EQ(active(), "models/b");
    stack().undo();
    EXPECT_EQ(active(), "models/a");
    ASSERT_TRUE(m_document->removeModel(*candidate));
    EXPECT_EQ(m_document->models().size(), 1U);
    stack().undo();
    EXPECT_EQ(m_document->models().size(), 2U);
    EXPECT_EQ(active(), "models/a");
    EXPECT_EQ(m_document->useModel(99).error().code, ErrorCode::NotFound);
    EXPECT_EQ(m_document->useModel(*candidate, "network").error().code, ErrorCode::NotFound);
    EXPECT_EQ(m_document->removeModel(99).error().code, ErrorCode::NotFound);
    const int edits = stack().count();
    ASSERT_TRUE(m_document->useModel(*former));
    EXPECT_EQ(stack().count(), edits) << "nothing changed";
}

TEST_F(DocumentTest, ABatchIsOneStepAndFailsAsAWhole)
{
    ImportBatch batch;
    batch.videos = {makeVideo("x", {})};
    batch.videos[0].offline = true;
    batch.annotations = {makeSpan(-1, {0, 10}, 0), makeSpan(1, {5, 4}, 0)};
    const std::string before = describe(*m_document);
    EXPECT_FALSE(m_document->importBatch(batch, QStringLiteral("x")).ok());
    EXPECT_EQ(describe(*m_document), before);
    batch.annotations[1].span = {4, 5};
    ASSERT_TRUE(m_document->importBatch(batch, QStringLiteral("x")).ok());
    EXPECT_EQ(m_document->allAnnotations().size(), 2U);
    stack().undo();
    EXPECT_EQ(describe(*m_document), before);
}

TEST_F(DocumentTest, ChangedSaysWhatAndWhere)
{
    ChangeKinds kinds;
    qint64 video = -1;
    QObject::connect(m_document.get(), &Document::changed, [&](ChangeKinds k, qint64 v) {
        kinds = k;
        video = v;
    });
    add({1, 2});
    EXPECT_EQ(kinds, ChangeKinds(ChangeKind::Annotations));
    EXPECT_EQ(video, 1);
    addRun({prediction({50, 60}, 1)});
    EXPECT_TRUE(kinds.testFlag(ChangeKind::Predictions) && kinds.testFlag(ChangeKind::Annotations));
    ASSERT_TRUE(m_document->addModel(makeHeads("models/a")).ok());
    EXPECT_EQ(kinds, ChangeKinds(ChangeKind::Models));
    EXPECT_EQ(video, 0);
}

TEST_F(DocumentTest, VideoPathsAreStoredRelativeWherePossible)
{
    const fs::path project = m_document->folder();
    EXPECT_EQ(m_document->storedPath(project / "videos" / "a.mp4"), "videos/a.mp4");
    EXPECT_EQ(m_document->storedPath(project.parent_path() / "a.mp4"), "../a.mp4");
    EXPECT_EQ(m_document->absolute("../a.mp4"), project.parent_path() / "a.mp4");
    EXPECT_EQ(m_document->storedPath("/elsewhere/a.mp4"), "/elsewhere/a.mp4");
    EXPECT_EQ(m_document->freeVideoName("v1"), "v1_2");
}

TEST_F(DocumentTest, ASecondWriterIsNoticedAndNothingIsLost)
{
    const int64_t mine = add({1, 10});
    auto other = std::move(*Document::open(m_scratch / "p"));
    ASSERT_TRUE(other->relabel(mine, 4).ok());
    const auto refused = m_document->relabel(mine, 2);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(m_document->annotation(mine)->classId, 4);
    EXPECT_TRUE(m_document->relabel(mine, 2).ok());
}

TEST_F(DocumentTest, RandomEditsWithUndoAndRedoEqualTheReplayOfTheLog)
{
    for (uint64_t seed = 1; seed <= 5; ++seed) {
        auto document = makeSmallProject(m_scratch / ("r" + std::to_string(seed)));
        Random random(seed);
        for (int i = 0; i < 300; ++i) {
            const auto status = randomEdit(*document, random);
            ASSERT_TRUE(status.ok()) << status.error().message;
        }
        const std::string state = describe(*document);
        ProgressSink quiet;
        const auto report = checkProject(document->folder(), quiet);
        ASSERT_TRUE(report.ok()) << report.error().message;
        EXPECT_THAT(report->problems, testing::IsEmpty());
        EXPECT_EQ(report->edits, document->summary().edits);
        const fs::path folder = document->folder();
        document.reset();
        EXPECT_EQ(describe(**Document::open(folder)), state);
    }
}

TEST_F(DocumentTest, NoRunEverTouchesASpanThatAPersonDecided)
{
    Random random(5);
    for (int round = 0; round < 60; ++round) {
        for (int i = 0; i < 5; ++i)
            ASSERT_TRUE(randomEdit(*m_document, random).ok());
        std::vector<Annotation> decided;
        for (const Annotation& one : spans())
            if (one.state != SpanState::Proposed || !one.annotator.empty())
                decided.push_back(one);
        const int64_t first = random.below(9000);
        addRun({prediction({first, first + 80}, 2), prediction({first + 40, first + 90}, 3)});
        for (const Annotation& one : decided) {
            ASSERT_NE(m_document->annotation(one.id), nullptr);
            EXPECT_EQ(*m_document->annotation(one.id), one);
        }
    }
}

TEST_F(DocumentTest, UndoingEverythingGivesTheEmptyProjectAndRedoingAllOfItBack)
{
    Random random(11);
    const std::string empty = describe(*m_document);
    const int start = stack().index();
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(randomEdit(*m_document, random).ok());
    while (stack().canRedo())
        stack().redo();
    const std::string full = describe(*m_document);
    ASSERT_GT(stack().count(), 50);
    stack().setIndex(start);
    EXPECT_EQ(describe(*m_document), empty);
    stack().setIndex(stack().count());
    EXPECT_EQ(describe(*m_document), full);
}
