// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/birthrecord.h"
#include "pipeline/clipsets/clipscores.h"
#include "tests/pipeline/clipproject.h"
#include <QUndoStack>
#include <limits>

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;

namespace {

constexpr int kClasses = 17;

std::vector<float> certain(int label)
{
    std::vector<float> row(kClasses, 0.01f);
    row[static_cast<size_t>(label)] = 0.84f;
    return row;
}

ScoredClip scoredAs(int label, FrameSpan span, int64_t annotation = 0, int64_t prediction = 0)
{
    ScoredClip scored;
    scored.clip.id = "a#" + std::to_string(annotation);
    scored.clip.video = "a";
    scored.clip.span = span;
    scored.clip.annotation = annotation;
    scored.clip.prediction = prediction;
    scored.fused = certain(label);
    scored.streams["joint"] = {certain(label), {1, 2, 3}};
    scored.streams["rgb"] = {certain(label), {4, 5}};
    scored.logits["joint"] = std::vector<float>(kClasses, 2.5f);
    return scored;
}

PseudoLabel accepted(int label)
{
    PseudoLabel born;
    born.classId = label;
    born.round = 2;
    born.voters = R"(["joint","rgb"])";
    born.scores = R"({"raw":{"joint":[2.5]},"calibrated":{"joint":[0.84]}})";
    born.thresholds = R"({"tau":0.8})";
    born.models = R"({"joint":"0123"})";
    born.recipe = "track1 1";
    return born;
}

class ClipScores : public ClipProject {
protected:
    int64_t propose(int64_t video, FrameSpan span)
    {
        Prediction found;
        found.videoId = video;
        found.span = span;
        found.detectorScore = 0.75;
        found.fused = certain(1);
        PredictionRun run;
        run.videoId = video;
        EXPECT_TRUE(m_document->importRun(run, {found}).ok());
        return open(video).empty() ? 0 : open(video).front().id;
    }
    std::vector<Annotation> open(int64_t video) const
    {
        std::vector<Annotation> found;
        for (const Annotation& span : m_document->annotations(video))
            if (span.state == SpanState::Proposed)
                found.push_back(span);
        return found;
    }
};

TEST_F(ClipScores, AProposalGetsTheNewScoresTheRunAndThePseudoLabelsBirthRecord)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Test);
    const Annotation before = *m_document->annotation(propose(video, {5, 25}));
    ScoredClip scored = scoredAs(7, {5, 25}, before.id, before.predictionId);
    scored.pseudoLabel = accepted(7);
    ClipScoreRun run{"track1", "cafe", "track1 1", "transductive", 3, 5, {scored}};
    const auto applied = applyClipScores(*m_document, run);
    ASSERT_TRUE(applied.ok()) << applied.error().message;
    EXPECT_EQ(applied->predictions, 1);
    EXPECT_EQ(applied->pseudoLabels, 1);
    ASSERT_EQ(open(video).size(), 1U);
    const Annotation now = open(video).front();
    EXPECT_EQ(now.classId, 7);
    const auto prediction = m_document->prediction(now.predictionId);
    ASSERT_TRUE(prediction);
    EXPECT_EQ(prediction->fused, certain(7));
    EXPECT_EQ(prediction->modalities.at("rgb").embedding, (std::vector<float>{4, 5}));
    EXPECT_EQ(prediction->detectorScore, 0.75) << "what found the span stays";
    EXPECT_EQ(readBirth(prediction->birth).adapted, "transductive");
    const PredictionRun entry = m_document->runs(video).back();
    EXPECT_THAT(entry.model, HasSubstr("cafe"));
    EXPECT_THAT(entry.model, HasSubstr("transductive"));
    EXPECT_EQ(entry.seed, 3U);
    const auto label = m_document->pseudoLabel(now.predictionId);
    ASSERT_TRUE(label.has_value());
    const PseudoLabel wanted = accepted(7);
    EXPECT_EQ(label->classId, 7);
    EXPECT_EQ(label->round, 2);
    EXPECT_EQ(label->voters, wanted.voters);
    EXPECT_EQ(label->scores, wanted.scores);
    EXPECT_EQ(label->thresholds, wanted.thresholds);
    EXPECT_EQ(label->models, wanted.models);
    EXPECT_EQ(label->recipe, wanted.recipe);
}

TEST_F(ClipScores, WhatAPersonDecidedStaysAndAllOfItIsOneStep)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Test);
    const int64_t own = addSpan(video, {5, 25}, 2);
    const Annotation before = *m_document->annotation(own);
    const int steps = m_document->undoStack()->count();
    const ClipScoreRun run{"track1", "cafe", "r", {}, 0, 0, {scoredAs(7, {5, 25}, own)}};
    ASSERT_TRUE(applyClipScores(*m_document, run).ok());
    EXPECT_EQ(*m_document->annotation(own), before);
    EXPECT_TRUE(open(video).empty());
    EXPECT_EQ(m_document->undoStack()->count(), steps + 1);
    m_document->undoStack()->undo();
    EXPECT_TRUE(m_document->runs(video).empty());
    EXPECT_EQ(*m_document->annotation(own), before);
}

TEST_F(ClipScores, AProposalThatWasNotScoredKeepsWhatWasSaidOfIt)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Test);
    propose(video, {5, 15});
    const int64_t own = addSpan(video, {20, 35}, 2);
    const ClipScoreRun run{"track1", "cafe", "r", {}, 0, 0, {scoredAs(7, {20, 35}, own)}};
    const auto applied = applyClipScores(*m_document, run);
    ASSERT_TRUE(applied.ok());
    EXPECT_THAT(applied->notes, Contains(HasSubstr("1 open proposal was not scored")));
    ASSERT_EQ(open(video).size(), 1U);
    EXPECT_EQ(open(video).front().span, (FrameSpan{5, 15}));
    EXPECT_EQ(m_document->prediction(open(video).front().predictionId)->fused, certain(1));
    EXPECT_EQ(readBirth(m_document->prediction(open(video).front().predictionId)->birth).adapted, "");
}

TEST_F(ClipScores, ASpanThatIsGoneGetsNoScores)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Test);
    const int64_t own = addSpan(video, {5, 25}, 2);
    ASSERT_TRUE(m_document->removeAnnotation(own).ok());
    const ClipScoreRun run{"track1", "cafe", "r", {}, 0, 0, {scoredAs(7, {5, 25}, own)}};
    const auto applied = applyClipScores(*m_document, run);
    ASSERT_TRUE(applied.ok());
    EXPECT_EQ(applied->predictions, 0);
    EXPECT_THAT(applied->notes, Contains(HasSubstr("removed")));
    EXPECT_TRUE(m_document->runs(video).empty());
}

TEST_F(ClipScores, ScoresThatDoNotFitChangeNothing)
{
    const int64_t video = addVideo("a", "anna", SubjectRole::Test);
    ScoredClip other = scoredAs(7, {5, 25});
    other.clip.video = "elsewhere";
    ScoredClip narrow = scoredAs(7, {5, 25});
    narrow.fused.resize(4);
    ScoredClip endless = scoredAs(7, {5, 25});
    endless.streams["rgb"].embedding[0] = std::numeric_limits<float>::infinity();
    ScoredClip unknown = scoredAs(7, {5, 25});
    unknown.pseudoLabel = accepted(40);
    for (const ScoredClip& bad : {other, narrow, endless, unknown}) {
        const ClipScoreRun run{"track1", "cafe", "r", {}, 0, 0, {scoredAs(3, {0, 4}), bad}};
        const auto applied = applyClipScores(*m_document, run);
        ASSERT_FALSE(applied.ok());
        EXPECT_THAT(applied.error().message, HasSubstr("nothing was entered"));
        EXPECT_TRUE(m_document->runs(video).empty());
    }
}

} // namespace
