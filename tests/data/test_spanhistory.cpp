// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/document.h"
#include "editstream.h"
#include <QUndoStack>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

class SpanHistoryTest : public testing::Test {
protected:
    void SetUp() override { m_document = makeSmallProject(m_scratch / "p"); }

    int64_t add(FrameSpan span, int classId = 0)
    {
        const auto id = m_document->addAnnotation(makeSpan(1, span, classId));
        EXPECT_TRUE(id.ok());
        return id ? *id : 0;
    }

    std::vector<SpanEdit> history(int64_t id) const
    {
        const auto edits = m_document->spanHistory(id);
        EXPECT_TRUE(edits.ok()) << edits.error().message;
        return edits ? *edits : std::vector<SpanEdit>();
    }

    ScratchFolder m_scratch;
    std::unique_ptr<Document> m_document;
};

} // namespace

TEST_F(SpanHistoryTest, TellsEveryStepOfOneSpanNewestFirst)
{
    const int64_t id = add({10, 20}, 1);
    const int64_t other = add({30, 40}, 1);
    ASSERT_TRUE(m_document->relabel(id, 3).ok());
    ASSERT_TRUE(m_document->setState(other, SpanState::Flagged).ok());
    ASSERT_TRUE(m_document->setSpan(id, {12, 20}).ok());
    m_document->undoStack()->undo();
    const std::vector<SpanEdit> edits = history(id);
    ASSERT_EQ(edits.size(), 4U);
    EXPECT_EQ(edits[0].kind, "undo");
    EXPECT_EQ(edits[0].before->span.first, 12);
    EXPECT_EQ(edits[0].after->span.first, 10);
    EXPECT_EQ(edits[1].command, "set_span");
    EXPECT_EQ(edits[2].command, "relabel");
    EXPECT_EQ(edits[2].before->classId, 1);
    EXPECT_EQ(edits[2].after->classId, 3);
    EXPECT_FALSE(edits[3].before) << "it was not there";
    EXPECT_EQ(edits[3].after->span, (FrameSpan{10, 20}));
    EXPECT_EQ(edits[3].annotator, m_document->annotator());
    EXPECT_GT(edits[0].sequence, edits[3].sequence);
    EXPECT_EQ(history(other).size(), 2U);
    EXPECT_TRUE(history(4711).empty());
}

TEST_F(SpanHistoryTest, NumbersThatBeginAlikeAreNotMixedUp)
{
    std::vector<int64_t> ids;
    for (int i = 0; i < 12; ++i)
        ids.push_back(add({i, i + 5}, 1));
    for (const int64_t id : ids)
        EXPECT_EQ(history(id).size(), 1U) << id;
    EXPECT_EQ(history(1).front().after->span, (FrameSpan{0, 5})) << "videos and subjects have a number 1 too";
}

TEST_F(SpanHistoryTest, ADragIsOneStep)
{
    const int64_t id = add({10, 20});
    for (const int64_t first : {11, 12, 13})
        ASSERT_TRUE(m_document->setSpan(id, {first, 20}, 7).ok());
    const std::vector<SpanEdit> edits = history(id);
    ASSERT_EQ(edits.size(), 2U);
    EXPECT_EQ(edits[0].before->span.first, 10);
    EXPECT_EQ(edits[0].after->span.first, 13);
}

TEST_F(SpanHistoryTest, SplittingMergingAndRemovingNameThoseWhoTookPart)
{
    const int64_t id = add({10, 20});
    const auto rest = m_document->splitAnnotation(id, 15);
    ASSERT_TRUE(rest.ok());
    EXPECT_EQ(history(*rest).front().command, "split");
    EXPECT_FALSE(history(*rest).front().before);
    EXPECT_EQ(history(id).front().others, 1);
    ASSERT_TRUE(m_document->mergeAnnotations({id, *rest}).ok());
    EXPECT_EQ(history(id).front().command, "merge");
    EXPECT_EQ(history(id).front().after->span, (FrameSpan{10, 20}));
    EXPECT_FALSE(history(*rest).front().after) << "gone, and its history is still there";
}

TEST_F(SpanHistoryTest, ProposalsAreDecidedTogetherAndNothingThatAPersonDecidedChanges)
{
    PredictionRun run;
    run.videoId = 1;
    std::vector<Prediction> found(4);
    for (size_t i = 0; i < found.size(); ++i) {
        const auto first = static_cast<int64_t>(i) * 20;
        found[i].span = {first, first + 10};
        found[i].fused = {0.1F, 0.9F, 0, 0, 0};
    }
    ASSERT_TRUE(m_document->importRun(run, found).ok());
    std::vector<int64_t> ids;
    for (const Annotation& one : m_document->annotations(1))
        ids.push_back(one.id);
    ASSERT_EQ(ids.size(), 4U);
    ASSERT_TRUE(m_document->relabel(ids[1], 3).ok());
    const int steps = m_document->undoStack()->count();
    const auto decided = m_document->decideProposals({ids[0], ids[1], 4711}, {ids[2]});
    ASSERT_TRUE(decided.ok()) << decided.error().message;
    EXPECT_EQ(*decided, 2);
    EXPECT_EQ(m_document->annotation(ids[0])->state, SpanState::Accepted);
    EXPECT_EQ(m_document->annotation(ids[1])->state, SpanState::Corrected);
    EXPECT_EQ(m_document->annotation(ids[2])->state, SpanState::Rejected);
    EXPECT_EQ(m_document->annotation(ids[3])->state, SpanState::Proposed);
    EXPECT_EQ(m_document->undoStack()->count(), steps + 1);
    m_document->undoStack()->undo();
    EXPECT_EQ(m_document->annotation(ids[0])->state, SpanState::Proposed);
    EXPECT_EQ(m_document->annotation(ids[2])->state, SpanState::Proposed);
    const auto nothing = m_document->decideProposals({}, {});
    EXPECT_TRUE(nothing.ok());
}
