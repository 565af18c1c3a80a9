// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What belongs to whom: coders do not see each other, roles forbid, and the smaller commands are edits too.
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include <QUndoStack>
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

std::unique_ptr<Document> openAs(const ScratchFolder& scratch, const std::string& annotator)
{
    DocumentOptions options;
    options.annotator = annotator;
    auto document = Document::open(scratch / "p", options);
    EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
    return document ? std::move(*document) : nullptr;
}

Status addRun(Document& document, Random& random)
{
    PredictionRun run;
    run.videoId = 1;
    std::vector<Prediction> predictions(static_cast<size_t>(random.below(30)));
    for (Prediction& one : predictions) {
        const int64_t first = random.below(9000);
        one.span = {first, first + 1 + random.below(300)};
        one.fused = {0.1F, 0.2F, 0.3F, 0.2F, 0.2F};
    }
    const auto id = document.importRun(run, predictions);
    return id ? Status() : Status(id.error());
}

} // namespace

TEST(Layers, IndependentCodersSeeTheirOwnSpansOnlyAndAReviewerSettlesThem)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    {
        const auto owner = openAs(scratch, "olga");
        Random random(5);
        ASSERT_TRUE(addRun(*owner, random).ok());
        ASSERT_TRUE(owner->setMember("olga", MemberRole::Owner).ok());
        ASSERT_TRUE(owner->setMember("anna", MemberRole::Annotator).ok());
        ASSERT_TRUE(owner->setMember("bert", MemberRole::Annotator).ok());
        ASSERT_TRUE(owner->assign(1, {"anna", "bert"}).ok());
    }
    const auto proposals = openAs(scratch, "anna")->annotations(1).size();
    EXPECT_GT(proposals, 0U);
    ASSERT_TRUE(openAs(scratch, "anna")->addAnnotation(makeSpan(1, {100, 200}, 1)).ok());
    {
        const auto bert = openAs(scratch, "bert");
        EXPECT_EQ(bert->annotations(1).size(), proposals);
        EXPECT_THAT(bert->layers(1), testing::ElementsAre("bert"));
        EXPECT_TRUE(bert->annotations(1, "anna").empty());
        ASSERT_TRUE(bert->addAnnotation(makeSpan(1, {110, 210}, 1)).ok());
    }
    const auto owner = openAs(scratch, "olga");
    EXPECT_EQ(owner->layer(1), std::string(kAdjudicatedLayer));
    EXPECT_TRUE(owner->annotations(1).empty());
    EXPECT_EQ(owner->annotations(1, "anna").size(), proposals + 1);
    EXPECT_EQ(owner->annotations(1, "bert").size(), proposals + 1);
    ASSERT_TRUE(owner->adjudicate(1, {makeSpan(1, {105, 205}, 1)}).ok());
    ASSERT_EQ(owner->annotations(1).size(), 1U);
    owner->undoStack()->undo();
    EXPECT_TRUE(owner->annotations(1).empty());
    // A later run proposes to each coder.
    Random random(6);
    ASSERT_TRUE(addRun(*owner, random).ok());
    EXPECT_TRUE(std::ranges::any_of(owner->annotations(1, "bert"),
        [](const Annotation& one) { return one.state == SpanState::Proposed; }));
    EXPECT_TRUE(owner->annotations(1).empty());
}

TEST(Layers, RolesForbidWhatIsNotTheirs)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    {
        const auto owner = openAs(scratch, "olga");
        EXPECT_FALSE(owner->setMember("anna", MemberRole::Annotator).ok()); // somebody must own it
        ASSERT_TRUE(owner->setMember("olga", MemberRole::Owner).ok());
        ASSERT_TRUE(owner->setMember("rita", MemberRole::Reviewer).ok());
        ASSERT_TRUE(owner->assign(1, {"anna"}).ok());
        EXPECT_FALSE(owner->setMember("olga", MemberRole::Reviewer).ok());
        EXPECT_FALSE(owner->removeMember("olga").ok());
    }
    int64_t span = 0;
    {
        const auto anna = openAs(scratch, "anna");
        span = *anna->addAnnotation(makeSpan(1, {1, 5}, 0));
        EXPECT_EQ(anna->annotation(span)->layer, "anna");
        for (const Status& refused : {anna->setMember("anna", MemberRole::Owner), anna->assign(1, {}),
                 anna->setScheme(makeScheme("other", 6)), anna->setSubjectRole("v1", SubjectRole::Test),
                 anna->adjudicate(1, {makeSpan(1, {1, 5}, 0)})}) {
            ASSERT_FALSE(refused.ok());
            EXPECT_THAT(refused.error().message, HasSubstr("anna is annotator"));
        }
        EXPECT_FALSE(anna->addVideo(makeVideo("v2", "v2.mp4")).ok());
    }
    {
        const auto carl = openAs(scratch, "carl"); // no member: counts as an annotator
        EXPECT_FALSE(carl->relabel(span, 2).ok());
        EXPECT_FALSE(carl->removeAnnotation(span).ok());
    }
    const auto rita = openAs(scratch, "rita");
    EXPECT_TRUE(rita->relabel(span, 2).ok());
    EXPECT_FALSE(rita->setScheme(makeScheme("other", 6)).ok());
}

TEST(Layers, SplitMergeReviewedNotesAndTheSchemeAreEditsWithUndo)
{
    const ScratchFolder scratch;
    auto document = makeSmallProject(scratch / "p");
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {100, 200}, 1)).ok());
    const std::string start = describe(*document);
    const auto rest = document->splitAnnotation(1, 150);
    ASSERT_TRUE(rest.ok());
    EXPECT_EQ(document->annotation(1)->span, (FrameSpan{100, 150}));
    EXPECT_EQ(document->annotation(*rest)->span, (FrameSpan{150, 200}));
    EXPECT_FALSE(document->splitAnnotation(1, 100).ok());
    const auto note = document->addNote({0, 0, *rest, -1, "", "", "unsure"});
    ASSERT_TRUE(note.ok());
    EXPECT_EQ(document->notes(1).size(), 1U);
    ASSERT_TRUE(document->mergeAnnotations({1, *rest}).ok());
    EXPECT_EQ(document->annotations(1).size(), 1U);
    EXPECT_EQ(document->annotation(1)->span, (FrameSpan{100, 200}));
    EXPECT_EQ(document->notes(1).front().annotationId, 0); // the remark stays with the video
    ASSERT_TRUE(document->markReviewed(1, {0, 50}).ok());
    ASSERT_TRUE(document->markReviewed(1, {50, 120}).ok());
    ASSERT_EQ(document->reviewed(1).size(), 1U);
    EXPECT_EQ(document->reviewed(1).front().span, (FrameSpan{0, 120}));
    ASSERT_TRUE(document->unmarkReviewed(1, {30, 40}).ok());
    EXPECT_EQ(document->reviewed(1).size(), 2U);
    LabelScheme scheme = document->scheme();
    scheme.classes[0].excludes = {1};
    scheme.classes[0].shortcut = "N";
    scheme.classes[2].retired = true;
    ASSERT_TRUE(document->setScheme(scheme).ok());
    EXPECT_EQ(document->scheme().version, 2);
    scheme.classes.pop_back();
    EXPECT_FALSE(document->setScheme(scheme).ok());
    document->undoStack()->setIndex(2);
    EXPECT_TRUE(describe(*document) == start);
    EXPECT_TRUE(document->reviewed(1).empty());
    EXPECT_TRUE(document->notes(1).empty());
    document->undoStack()->setIndex(document->undoStack()->count());
    EXPECT_EQ(document->scheme().classes[0].shortcut, "N");
    EXPECT_EQ(document->reviewed(1).size(), 2U);
    document.reset();
    ProgressSink quiet;
    const auto report = checkProject(scratch / "p", quiet);
    ASSERT_TRUE(report.ok());
    EXPECT_THAT(report->problems, testing::IsEmpty());
}

TEST(Layers, AcceptingAboveAThresholdIsOneStep)
{
    const ScratchFolder scratch;
    const auto document = makeSmallProject(scratch / "p");
    PredictionRun run;
    run.videoId = 1;
    std::vector<Prediction> predictions(4);
    for (size_t i = 0; i < predictions.size(); ++i) {
        predictions[i].span = {static_cast<int64_t>(i) * 100, static_cast<int64_t>(i) * 100 + 50};
        predictions[i].fused.assign(5, 0.0F);
        predictions[i].fused[i % 2] = 0.2F * static_cast<float>(i + 1);
    }
    ASSERT_TRUE(document->importRun(run, predictions).ok());
    const auto accepted = [&] {
        return std::ranges::count(document->annotations(1), SpanState::Accepted, &Annotation::state);
    };
    const auto all = document->acceptAbove(0.5);
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(*all, 2);
    EXPECT_EQ(accepted(), 2);
    document->undoStack()->undo();
    EXPECT_EQ(accepted(), 0);
    EXPECT_EQ(*document->acceptAbove(0.1, 1), 2);
    EXPECT_EQ(accepted(), 2);
    EXPECT_EQ(*document->acceptAbove(0.99), 0);
}

TEST(Layers, SomeProposalsAreWithheldFromACoderAndTheProjectRemembersIt)
{
    const ScratchFolder scratch;
    const auto owner = makeSmallProject(scratch / "p");
    const auto runOf200 = [] {
        std::vector<Prediction> predictions(200);
        for (size_t i = 0; i < predictions.size(); ++i) {
            const auto first = static_cast<int64_t>(20 * i);
            predictions[i].span = {first, first + 10};
            predictions[i].fused = {0.1F, 0.6F, 0.1F, 0.1F, 0.1F};
        }
        return predictions;
    };
    PredictionRun run;
    run.videoId = 1;
    ASSERT_TRUE(owner->importRun(run, runOf200()).ok());
    ASSERT_TRUE(owner->assign(1, {"anna"}, 30).ok());
    ASSERT_TRUE(owner->assign(1, {"anna", "bert"}, 100).ok());
    const auto seen = [&owner](const char* layer) {
        std::set<int64_t> ids;
        for (const Annotation& one : owner->annotations(1, layer))
            ids.insert(one.predictionId);
        return ids;
    };
    const auto expected = [&owner](int percent) {
        std::set<int64_t> ids;
        const PredictionRun newest = owner->runs(1).back();
        for (int64_t id = newest.firstPrediction; id < newest.firstPrediction + newest.predictions; ++id)
            if (!isWithheld(id, percent))
                ids.insert(id);
        return ids;
    };
    EXPECT_EQ(seen("anna"), expected(30));
    EXPECT_GT(seen("anna").size(), 110U);
    EXPECT_LT(seen("anna").size(), 170U);
    EXPECT_TRUE(seen("bert").empty());
    // Of later runs as well.
    ASSERT_TRUE(owner->importRun(run, runOf200()).ok());
    EXPECT_EQ(seen("anna"), expected(30));
    EXPECT_TRUE(seen("bert").empty());
    const auto records = owner->withholdings(1);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].annotator, "anna");
    EXPECT_EQ(records[0].percent, 30);
    EXPECT_EQ(owner->withheldPercent(1), 0);
    owner->setAnnotator("bert");
    EXPECT_EQ(owner->withheldPercent(1), 100);
    EXPECT_EQ(owner->assign(1, {"carl"}, 101).error().code, ErrorCode::InvalidArgument);
}

TEST(FrozenProject, HasTheLayersOfOthersForThoseWhoMayReadThem)
{
    const ScratchFolder scratch;
    const auto document = makeSmallProject(scratch / "p");
    ASSERT_TRUE(document->setMember(document->annotator(), MemberRole::Owner).ok());
    ASSERT_TRUE(document->setMember("anna", MemberRole::Annotator).ok());
    ASSERT_TRUE(document->setMember("bert", MemberRole::Annotator).ok());
    ASSERT_TRUE(document->assign(1, {"anna", "bert"}, 50).ok());
    const std::string owner = document->annotator();
    for (const char* coder : {"anna", "bert"}) {
        document->setAnnotator(coder);
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {10, 20}, 1)).ok());
        ASSERT_TRUE(document->markReviewed(1, {0, 100}).ok());
    }
    const FrozenProject annas = (document->setAnnotator("anna"), document->freeze());
    EXPECT_FALSE(annas.seesAll());
    for (const Annotation& one : annas.layeredAnnotations())
        EXPECT_NE(one.layer, "bert");
    EXPECT_EQ(annas.reviewed().size(), 1U);
    const FrozenProject owners = (document->setAnnotator(owner), document->freeze());
    std::set<std::string> layers;
    for (const Annotation& one : owners.layeredAnnotations())
        layers.insert(one.layer);
    EXPECT_TRUE(layers.contains("anna") && layers.contains("bert"));
    EXPECT_EQ(owners.reviewed().size(), 2U);
    EXPECT_EQ(owners.assignments().size(), 2U);
    EXPECT_EQ(owners.withholdings().size(), 2U);
}
