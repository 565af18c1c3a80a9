// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/cmpl/roundrecord.h"
#include "learn/ensemble.h"
#include "pipeline/analysis/confusionanalysis.h"
#include "pipeline/projectsystem.h"
#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

namespace {

using Kind = AnswerSource::Kind;
constexpr int kClasses = 17; // of the scheme of SMG

/// A project whose video is away, with eight proposals of 10 frames, the n-th from frame 20 n, of class 2 up
/// to the fourth and of class 5 after it. The modality "rgb" says class 7 of all of them.
class ConfusionAnalysisTest : public testing::Test {
protected:
    static constexpr int kSpans = 8;

    ConfusionAnalysisTest()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_confusion_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        auto made = Document::create(m_folder / "p", *loadLabelScheme("smg"));
        EXPECT_TRUE(made.ok());
        m_document = std::move(*made);
        m_video = addVideo("talk");
    }
    ~ConfusionAnalysisTest() override
    {
        m_document.reset();
        std::filesystem::remove_all(m_folder);
    }

    int64_t addVideo(const std::string& name)
    {
        VideoEntry video;
        video.name = name;
        video.path = name + ".mp4";
        video.subject = "somebody";
        video.frameCount = 1000;
        video.fps = 25;
        video.offline = true;
        return *m_document->addVideo(video);
    }
    static FrameSpan spanAt(int place) { return {place * 20, place * 20 + 10}; }
    static int classAt(int place) { return place < 4 ? 2 : 5; }
    static std::vector<float> sure(int classId)
    {
        std::vector<float> scores(kClasses, 0.01F);
        scores[static_cast<size_t>(classId)] = 0.84F;
        return scores;
    }
    Prediction predictionOf(FrameSpan span, int classId) const
    {
        Prediction one;
        one.videoId = m_video;
        one.span = span;
        one.detectorScore = 0.7;
        one.fused = sure(classId);
        one.modalities["rgb"] = {sure(7), {1.0F, 0.0F}};
        return one;
    }
    void propose(const std::string& model = "demo 1")
    {
        std::vector<Prediction> found;
        for (int i = 0; i < kSpans; ++i)
            found.push_back(predictionOf(spanAt(i), classAt(i)));
        import(found, model);
    }
    void import(const std::vector<Prediction>& found, const std::string& model)
    {
        PredictionRun run;
        run.videoId = m_video;
        run.model = model;
        run.time = "2026-01-0" + std::to_string(++m_runs) + "T00:00:00Z";
        ASSERT_TRUE(m_document->importRun(run, found).ok());
    }
    int64_t idAt(FrameSpan span) const
    {
        for (const Annotation& one : m_document->annotations(m_video))
            if (one.span == span)
                return one.id;
        return 0;
    }
    int64_t idAt(int place) const { return idAt(spanAt(place)); }
    int64_t add(FrameSpan span, int classId)
    {
        Annotation one;
        one.videoId = m_video;
        one.span = span;
        one.classId = classId;
        return *m_document->addAnnotation(one);
    }
    void decide(int place, SpanState state) { ASSERT_TRUE(m_document->setState(idAt(place), state).ok()); }
    void rename(int place, int classId) { ASSERT_TRUE(m_document->relabel(idAt(place), classId).ok()); }

    ConfusionAnalysis analyze(const ConfusionRequest& request)
    {
        const auto analysis = analyzeConfusion(m_document->freeze(), request, m_memory, m_quiet);
        EXPECT_TRUE(analysis.ok());
        return analysis.ok() ? *analysis : ConfusionAnalysis();
    }
    ConfusionSide clips(const AnswerSource& source = {})
    {
        return analyze({ConfusionTask::Clips, source, {}}).sides.front();
    }
    ConfusionSide spans(const AnswerSource& source = {})
    {
        return analyze({ConfusionTask::Spans, source, {}}).sides.front();
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Document> m_document;
    int64_t m_video = 0;
    int m_runs = 0;
    AnswerMemory m_memory;
    ProgressSink m_quiet;
};

} // namespace

TEST_F(ConfusionAnalysisTest, WhatWasSaidIsHeldAgainstWhatPeopleDecided)
{
    propose();
    decide(0, SpanState::Accepted);
    rename(1, 5);
    rename(4, 2);
    decide(5, SpanState::Accepted);
    decide(6, SpanState::Rejected); // no class was decided
    const int64_t moved = add({41, 50}, 9); // the third proposal says something of it
    add({500, 520}, 9); // nobody says anything of it
    const ConfusionSide side = clips();
    EXPECT_EQ(side.gap, ConfusionGap::None);
    EXPECT_EQ(side.compared, 5);
    EXPECT_EQ(side.silent, 1);
    EXPECT_EQ(side.matrix.at(2, 2), 1);
    EXPECT_EQ(side.matrix.at(5, 2), 1);
    EXPECT_EQ(side.matrix.at(2, 5), 1);
    EXPECT_EQ(side.matrix.at(5, 5), 1);
    EXPECT_EQ(side.matrix.at(9, 2), 1);
    EXPECT_EQ(side.matrix.total(), 5);
    EXPECT_THAT(side.spans.at({5, 2}), ElementsAre(idAt(1)));
    EXPECT_THAT(side.spans.at({9, 2}), ElementsAre(moved));
    EXPECT_DOUBLE_EQ(side.scores.accuracy, 2.0 / 5);

    const ConfusionSide rgb = clips({Kind::Recorded, 0, 0, {}, "rgb"});
    EXPECT_EQ(rgb.matrix.columnSum(7), 5) << "one modality alone";
}

TEST_F(ConfusionAnalysisTest, ALookAfterADecisionIsWhatAFreshLookSays)
{
    propose();
    decide(0, SpanState::Accepted);
    (void)clips();
    rename(1, 5);
    const ConfusionSide remembered = clips();
    AnswerMemory fresh;
    const auto again = analyzeConfusion(m_document->freeze(), {}, fresh, m_quiet);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(remembered.matrix, again->sides.front().matrix);
    EXPECT_EQ(remembered.matrix.total(), 2);
}

TEST_F(ConfusionAnalysisTest, AnEarlierRunIsAskedByWhereItsSpansLie)
{
    propose("earlier 1");
    import({predictionOf({1, 11}, 5), predictionOf({60, 70}, 5)}, "demo 2");
    ASSERT_TRUE(m_document->setState(idAt({1, 11}), SpanState::Accepted).ok());
    ASSERT_TRUE(m_document->setState(idAt({60, 70}), SpanState::Accepted).ok());
    const ConfusionAnalysis both
        = analyze({ConfusionTask::Clips, {}, AnswerSource{Kind::Run, 0, 0, "earlier 1", {}}});
    ASSERT_THAT(both.sides, SizeIs(2));
    EXPECT_EQ(both.sides[0].gap, ConfusionGap::OneClass);
    EXPECT_EQ(both.sides[0].matrix.at(5, 5), 2);
    EXPECT_EQ(both.sides[1].matrix.at(5, 2), 2);
    std::vector<std::string> runs;
    for (const OfferedAnswer& one : both.offered)
        if (one.source.kind == Kind::Run)
            runs.push_back(one.source.run);
    EXPECT_THAT(runs, ElementsAre("demo 2", "earlier 1")) << "the newest first";
    EXPECT_EQ(clips({Kind::Run, 0, 0, "unheard of", {}}).gap, ConfusionGap::Silent);
}

TEST_F(ConfusionAnalysisTest, OtherHeadsAreAskedWithTheEmbeddingsOfThen)
{
    propose();
    decide(0, SpanState::Accepted);
    decide(4, SpanState::Accepted);
    HeadSet heads;
    heads.classes = kClasses;
    HeadSet::Head& rgb = heads.heads["rgb"];
    rgb.inputs = 2;
    rgb.weight.assign(static_cast<size_t>(kClasses) * 2, 0.0F);
    rgb.weight[9 * 2] = 5; // class 9 for the first number of the embedding
    rgb.bias.assign(kClasses, 0.0F);
    ASSERT_TRUE(writeHeads(m_document->absolute("models/h.safetensors"), heads, "{}").ok());
    ModelEntry entry;
    entry.kind = "heads";
    entry.file = "models/h.safetensors";
    const auto id = m_document->addModel(entry);
    ASSERT_TRUE(id.ok());
    const ConfusionAnalysis analysis = analyze({ConfusionTask::Clips, {Kind::Heads, *id, 0, {}, {}}, {}});
    EXPECT_EQ(analysis.sides[0].matrix.at(2, 9), 1);
    EXPECT_EQ(analysis.sides[0].matrix.at(5, 9), 1);
    EXPECT_TRUE(analysis.sides[0].trained) << "they may know these very spans";
    const auto offered = std::ranges::find(
        analysis.offered, AnswerSource{Kind::Heads, *id, 0, {}, {}}, &OfferedAnswer::source);
    ASSERT_NE(offered, analysis.offered.end());
    EXPECT_TRUE(offered->inUse);
    EXPECT_EQ(clips().matrix.at(2, 2), 1) << "what was recorded stays what it was";
    const ConfusionSide gone = clips({Kind::Heads, 99, 0, {}, {}});
    EXPECT_EQ(gone.gap, ConfusionGap::Unreadable);
    EXPECT_FALSE(gone.trouble.empty());
}

TEST_F(ConfusionAnalysisTest, ARoundOfPseudoLabelsIsAskedForWhatNobodyHadDecidedBefore)
{
    propose();
    decide(0, SpanState::Accepted);
    decide(1, SpanState::Accepted);
    rename(4, 2);
    RecordedRun run;
    run.protocol = "inductive";
    for (const LabelClass& one : m_document->scheme().classes)
        run.classes.push_back(one.name);
    run.trainingCounts.assign(run.classes.size(), 10);
    RecordedRound round;
    round.round = 1;
    round.named.assign(kClasses, 0);
    round.labels = {{"talk", 0, spanAt(0), 3, 0.9, {"joint"}, false},
        {"talk", 0, spanAt(1), 3, 0.9, {"joint"}, true}, {"talk", 0, spanAt(4), 2, 0.9, {"joint"}, false}};
    run.rounds = {round};
    const auto where = m_document->folder() / "models" / "track1-1";
    std::filesystem::create_directories(where);
    ASSERT_TRUE(writeFileAtomically(where / kRoundsFile, toJson(run)).ok());
    ModelEntry entry;
    entry.kind = kTrack1Kind;
    entry.file = "models/track1-1";
    const auto id = m_document->addCandidate(entry);
    ASSERT_TRUE(id.ok());
    const AnswerSource source{Kind::Round, *id, 1, {}, {}};
    const ConfusionAnalysis analysis = analyze({ConfusionTask::Clips, source, {}});
    EXPECT_EQ(analysis.sides[0].matrix.at(2, 3), 1);
    EXPECT_EQ(analysis.sides[0].matrix.at(2, 2), 1);
    EXPECT_EQ(analysis.sides[0].silent, 1) << "the second was a person's own answer";
    EXPECT_EQ(std::ranges::count(analysis.offered, source, &OfferedAnswer::source), 1);
    EXPECT_EQ(clips({Kind::Round, *id, 2, {}, {}}).gap, ConfusionGap::Unreadable);
}

TEST_F(ConfusionAnalysisTest, DetectionsAreJudgedOnlyWhereSomebodyHasLooked)
{
    propose();
    decide(0, SpanState::Accepted); // right
    rename(1, 5); // misnamed: said 2
    decide(2, SpanState::Rejected); // a false detection of class 2
    decide(3, SpanState::Flagged); // nobody knows
    const int64_t unseen = add({200, 210}, 9); // missed
    // The fifth to eighth are open proposals.
    ConfusionSide side = spans();
    EXPECT_EQ(side.matrix.at(2, 2), 1);
    EXPECT_EQ(side.matrix.at(5, 2), 1);
    EXPECT_EQ(side.matrix.at(kClasses, 2), 1);
    EXPECT_EQ(side.matrix.at(9, kClasses), 1);
    EXPECT_EQ(side.matrix.total(), 4);
    EXPECT_EQ(side.unjudged, 5);
    EXPECT_THAT(side.spans.at({kClasses, 2}), ElementsAre(idAt(2)));
    EXPECT_THAT(side.missed, ElementsAre(unseen));
    EXPECT_EQ(side.errors[SpanErrorKind::Correct], 1);
    EXPECT_EQ(side.errors[SpanErrorKind::WrongLabel], 1);
    EXPECT_THAT(side.errorSpans[static_cast<size_t>(SpanErrorKind::Background)], ElementsAre(idAt(2)));

    // A proposal that was removed is a false detection as soon as the stretch is marked as looked through.
    ASSERT_TRUE(m_document->removeAnnotation(idAt(7)).ok());
    EXPECT_EQ(spans().matrix.total(), 4);
    ASSERT_TRUE(m_document->markReviewed(m_video, {130, 160}).ok());
    side = spans();
    EXPECT_EQ(side.matrix.at(kClasses, 5), 1);
    EXPECT_EQ(side.matrix.total(), 5) << "the open one in the same stretch is still nobody's";
    EXPECT_THAT(side.detections.at({kClasses, 5}), SizeIs(1));
}

TEST_F(ConfusionAnalysisTest, VideosThatNoRunHasSeenAreLeftOutAndMereNamesAreNoDetections)
{
    propose();
    decide(0, SpanState::Accepted);
    rename(1, 5);
    const int64_t talk = m_video;
    m_video = addVideo("other");
    add({10, 20}, 3);
    EXPECT_EQ(spans().silent, 1);
    // A system that only names what people labelled has looked at no video.
    Prediction named = predictionOf({10, 20}, 3);
    named.detectorScore = 0;
    import({named}, "track1 abc");
    m_video = talk;
    const ConfusionSide side = spans();
    EXPECT_EQ(side.silent, 1);
    EXPECT_EQ(side.matrix.at(3, 3), 0);
}

TEST_F(ConfusionAnalysisTest, WhatPeopleNamedBothWaysIsADoubt)
{
    propose();
    for (int i = 0; i < 8; ++i)
        decide(i, SpanState::Accepted);
    const int64_t twice = add({1, 11}, 5);
    const int64_t again = add({22, 31}, 5);
    add({48, 60}, 5); // overlaps the third too little
    const ConfusionAnalysis analysis = analyze({});
    EXPECT_THAT(analysis.doubted, ElementsAre(testing::Pair(testing::Pair(2, 5), 2)));
    EXPECT_THAT(analysis.doubtedSpans.at({2, 5}), UnorderedElementsAre(twice, again, idAt(0), idAt(1)));
    ASSERT_FALSE(analysis.pairs.empty());
    EXPECT_EQ(analysis.pairs.front().suggestion, PairSuggestion::Guideline);
}

TEST_F(ConfusionAnalysisTest, SaysWhatIsMissing)
{
    EXPECT_EQ(clips().gap, ConfusionGap::NoSpans);
    add({300, 310}, 4);
    EXPECT_EQ(clips().gap, ConfusionGap::NoPredictions);
    propose();
    EXPECT_EQ(clips().gap, ConfusionGap::Silent) << "the only decided span is where nothing was said";
    ASSERT_TRUE(m_document->removeAnnotation(idAt({300, 310})).ok());
    EXPECT_EQ(clips().gap, ConfusionGap::NothingDecided);
    decide(0, SpanState::Accepted);
    const ConfusionAnalysis one = analyze({});
    EXPECT_EQ(one.gap(), ConfusionGap::OneClass);
    EXPECT_THAT(one.pairs, IsEmpty());
    rename(1, 5);
    EXPECT_EQ(clips().gap, ConfusionGap::None);
}

TEST_F(ConfusionAnalysisTest, StopsWhenItIsTold)
{
    propose();
    decide(0, SpanState::Accepted);
    CancelFlag stop;
    stop.cancel();
    for (const ConfusionTask task : {ConfusionTask::Clips, ConfusionTask::Spans}) {
        const auto analysis = analyzeConfusion(m_document->freeze(), {task, {}, {}}, m_memory, stop);
        ASSERT_FALSE(analysis.ok());
        EXPECT_EQ(analysis.error().code, ErrorCode::Cancelled);
    }
}

TEST_F(ConfusionAnalysisTest, TablesHaveWhatTheMatrixHas)
{
    propose();
    decide(0, SpanState::Accepted);
    rename(1, 5);
    const ConfusionAnalysis analysis = analyze({ConfusionTask::Spans, {}, {}});
    const std::vector<Table> all = tables(analysis, m_document->scheme());
    std::vector<std::string> keys;
    for (const Table& table : all) {
        keys.push_back(table.key);
        for (const auto& row : table.rows)
            EXPECT_EQ(row.size(), table.columns.size()) << table.key;
    }
    EXPECT_THAT(keys,
        ElementsAre(
            "span_confusion", "span_confusion_scores", "span_confusion_errors", "span_confusion_pairs"));
    const std::string csv = tableCsv(all.front());
    EXPECT_NE(csv.find(m_document->scheme().classes[2].name + ",1,"), std::string::npos) << csv;
    EXPECT_THAT(tables(ConfusionAnalysis(), m_document->scheme()), IsEmpty());
}

TEST(BodyParts, ComeFromTheHeadDownAndOnesOwnAfterThem)
{
    LabelScheme scheme;
    for (const char* part : {"hand", "foot", "head", "", "body-hand", "foot", "-"}) {
        LabelClass one;
        one.bodyPart = part;
        scheme.classes.push_back(one);
    }
    const std::vector<int> places = bodyPartPlaces(scheme);
    EXPECT_LT(places[2], places[4]);
    EXPECT_LT(places[4], places[0]);
    EXPECT_LT(places[0], places[1]);
    EXPECT_EQ(places[1], places[5]);
    EXPECT_LT(places[1], places[3]);
    EXPECT_EQ(places[3], places[6]);
}
