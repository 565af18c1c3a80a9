// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "analysisproject.h"
#include "pipeline/analysis/calibrationanalysis.h"
#include <algorithm>
#include <cmath>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr double kShare = 0.1;

/// 500 proposals of class 2 in two videos of two people.
class CalibrationAnalysisTest : public AnalysisProject {
protected:
    static constexpr int kSpans = 250; ///< of each video

    void propose(float confidence = 0.9F, const std::string& birth = {})
    {
        for (const char* name : {"a", "b"}) {
            const int64_t video = addVideo(name, std::string("person ") + name);
            std::vector<Prediction> answers;
            for (int i = 0; i < kSpans; ++i)
                answers.push_back(answer(i, row(2, confidence), {{"joint", row(2, confidence)}}, birth));
            addRun(video, "demo 1234", answers);
        }
    }

    /// In the order of the audit.
    std::vector<Annotation> audits() const
    {
        std::vector<Annotation> found;
        for (const Annotation& span : m_document->allAnnotations())
            if (auditPlace(span.predictionId) < kShare)
                found.push_back(span);
        std::ranges::sort(found, {}, [](const Annotation& span) { return auditPlace(span.predictionId); });
        return found;
    }

    CalibrationAnalysis analysis()
    {
        CalibrationSettings settings;
        settings.auditShare = kShare;
        auto made = analyzeCalibration(m_document->freeze(), settings, m_book, m_quiet);
        EXPECT_TRUE(made.ok());
        return *made;
    }

    /// Every fifth of the first `count` items is wrong.
    void decide(const std::vector<Annotation>& items, size_t count)
    {
        std::vector<int64_t> accepted;
        std::vector<int64_t> rejected;
        ASSERT_GE(items.size(), count);
        for (size_t i = 0; i < count; ++i)
            (i % 5 == 0 ? rejected : accepted).push_back(items[i].id);
        ASSERT_TRUE(m_document->decideProposals(accepted, rejected).ok());
    }

    AnswerBook m_book;
};

} // namespace

TEST_F(CalibrationAnalysisTest, SaysWhatIsMissing)
{
    EXPECT_EQ(analysis().missing, CalibrationMissing::NoVideos);
    addVideo("empty", "nobody");
    EXPECT_EQ(analysis().missing, CalibrationMissing::NoProposals);
    propose();
    const CalibrationAnalysis open = analysis();
    EXPECT_EQ(open.missing, CalibrationMissing::TooFewAudits);
    EXPECT_EQ(open.proposals, 2 * kSpans);
    EXPECT_EQ(open.audits, static_cast<int64_t>(audits().size()));
    EXPECT_EQ(open.openAudits, open.audits);
    EXPECT_EQ(open.needed, kLeastAuditItems);
    decide(audits(), kLeastAuditItems - 1);
    EXPECT_EQ(analysis().missing, CalibrationMissing::TooFewAudits);
    EXPECT_EQ(analysis().needed, 1);
    EXPECT_THAT(tables(analysis(), m_document->scheme()), IsEmpty());
}

TEST_F(CalibrationAnalysisTest, OnlyTheRandomAuditCounts)
{
    propose();
    const std::vector<Annotation> items = audits();
    ASSERT_GT(items.size(), 35U);
    decide(items, 35);
    const CalibrationAnalysis before = analysis();
    ASSERT_EQ(before.missing, CalibrationMissing::Nothing);
    ASSERT_THAT(before.items, SizeIs(35));
    EXPECT_EQ(before.items[1].annotation, items[1].id);
    EXPECT_EQ(before.items[0].truth, -1) << "rejected";
    EXPECT_EQ(before.items[1].truth, 2);
    const CalibrationFigures& figures = before.voters.front().after.figures;
    EXPECT_NEAR(figures.top.accuracy, 28.0 / 35, 1e-9);
    EXPECT_NEAR(figures.top.error, 0.9 - 0.8, 1e-6) << "0.9 is a float";
    EXPECT_EQ(figures.withoutClass, 7);

    // The queue's own items: all wrong, and not one of them changes the figure.
    std::vector<int64_t> others;
    for (const Annotation& span : m_document->allAnnotations())
        if (auditPlace(span.predictionId) >= kShare)
            others.push_back(span.id);
    ASSERT_TRUE(m_document->decideProposals({}, others).ok());
    EXPECT_THAT(analysis().items, SizeIs(35));
    EXPECT_NEAR(analysis().voters.front().after.figures.top.accuracy, 28.0 / 35, 1e-9);
}

TEST_F(CalibrationAnalysisTest, WhatIsDecidedBehindAGapDoesNotCount)
{
    propose();
    const std::vector<Annotation> items = audits();
    std::vector<Annotation> chosen = items;
    chosen.erase(chosen.begin() + 32);
    decide(chosen, 34); // 32 before the gap, two behind it
    const CalibrationAnalysis found = analysis();
    EXPECT_THAT(found.items, SizeIs(32));
    EXPECT_EQ(found.behindGap, 2);
    ASSERT_TRUE(m_document->setState(items[32].id, SpanState::Skipped).ok());
    EXPECT_THAT(analysis().items, SizeIs(34)) << "a skipped one says nothing, but closes the gap";
    EXPECT_EQ(analysis().unclear, 1);
}

TEST_F(CalibrationAnalysisTest, ShowsWhatItWasBeforeTheTemperature)
{
    // One modality, so that the vote is that modality: 0.6 and sixteen times 0.025, at temperature 2.
    propose(0.6F, R"({"temperatures":{"joint":2}})");
    decide(audits(), 30);
    const CalibrationAnalysis found = analysis();
    ASSERT_THAT(found.voters, SizeIs(2));
    EXPECT_EQ(found.voters[0].name, kFusedVoter);
    EXPECT_EQ(found.voters[1].name, "joint");
    const double raw = 0.36 / (0.36 + 16 * 0.025 * 0.025);
    for (const CalibratedVoter& voter : found.voters) {
        ASSERT_TRUE(voter.before);
        EXPECT_NEAR(voter.after.figures.top.meanConfidence, 0.6, 1e-6);
        EXPECT_NEAR(voter.before->figures.top.meanConfidence, raw, 1e-6);
        EXPECT_NEAR(voter.before->figures.top.error, raw - 0.8, 1e-6);
    }
}

TEST_F(CalibrationAnalysisTest, KeptLogitsAreTheScoresBefore)
{
    std::string logits = "[0,0,2";
    for (int i = 3; i < kClasses; ++i)
        logits += ",0";
    propose(0.9F, R"({"raw":{"joint":)" + logits + "]}}");
    decide(audits(), 30);
    const CalibrationAnalysis found = analysis();
    ASSERT_TRUE(found.voters[1].before);
    EXPECT_NEAR(found.voters[1].before->figures.top.meanConfidence, std::exp(2) / (std::exp(2) + 16), 1e-9);
}

TEST_F(CalibrationAnalysisTest, WithoutARecordThereIsNoBefore)
{
    propose();
    decide(audits(), 30);
    EXPECT_FALSE(analysis().voters.front().before);
}

TEST_F(CalibrationAnalysisTest, IntervalsAreOverPeopleAndSaySo)
{
    propose();
    decide(audits(), 36);
    CalibrationAnalysis found = analysis();
    CalibrationSettings settings;
    settings.bootstrap.resamples = 50;
    ASSERT_TRUE(addIntervals(found, settings, m_quiet).ok());
    const CalibrationCurve& curve = found.voters.front().after;
    ASSERT_TRUE(curve.intervals);
    EXPECT_TRUE(curve.intervals->overSubjects);
    EXPECT_LE(curve.intervals->error.low, curve.figures.top.error + 1e-9);
    EXPECT_GE(curve.intervals->error.high, curve.figures.top.error - 1e-9);
    EXPECT_GT(curve.figures.chanceError, 0);
    const std::vector<Table> all = tables(found, m_document->scheme());
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_THAT(all[0].note, HasSubstr("36 decided audit items of 500 proposals"));
    EXPECT_THAT(all[0].note, HasSubstr("over subjects"));
    for (const Table& table : all)
        for (const auto& cells : table.rows)
            EXPECT_EQ(cells.size(), table.columns.size()) << table.key;
}

TEST_F(CalibrationAnalysisTest, ABinLeadsToItsSpans)
{
    propose();
    const std::vector<Annotation> items = audits();
    decide(items, 30);
    const CalibrationAnalysis found = analysis();
    const CalibrationCurve& curve = found.voters.front().after;
    EXPECT_THAT(found.spansIn(curve, 13), SizeIs(30)) << "0.9 lies in (13/15, 14/15]";
    EXPECT_EQ(found.spansIn(curve, 13).front(), items[0].id);
    EXPECT_THAT(found.spansIn(curve, 12), IsEmpty());
}

TEST_F(CalibrationAnalysisTest, TransductiveAnswersAreMarked)
{
    const int64_t video = addVideo("a", "somebody");
    std::vector<Prediction> answers;
    for (int i = 0; i < 600; ++i)
        answers.push_back(
            answer(i, row(1, 0.7F), {}, R"({"model":"track1","digest":"abc","adapted":"transductive"})"));
    addRun(video, "track1 abc (transductive adaptation)", answers);
    decide(audits(), 30);
    const CalibrationAnalysis found = analysis();
    EXPECT_EQ(found.transductive, 30);
    ASSERT_THAT(found.sources, SizeIs(1));
    EXPECT_EQ(found.sources[0].system.digest, "abc");
    EXPECT_THAT(tables(found, m_document->scheme())[0].note, HasSubstr("Transductive: 30 items"));
}

TEST_F(CalibrationAnalysisTest, NamelessProposalsHaveNoConfidence)
{
    const int64_t video = addVideo("a", "somebody");
    std::vector<Prediction> answers;
    for (int i = 0; i < 600; ++i)
        answers.push_back(answer(i, {}));
    addRun(video, "demo 1234", answers);
    decide(audits(), 30);
    EXPECT_EQ(analysis().missing, CalibrationMissing::NoScores);
}

TEST_F(CalibrationAnalysisTest, StopsWhenAsked)
{
    propose();
    decide(audits(), 30);
    CancelFlag stopped;
    stopped.cancel();
    AnswerBook book;
    CalibrationSettings settings;
    settings.auditShare = kShare;
    const auto made = analyzeCalibration(m_document->freeze(), settings, book, stopped);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::Cancelled);
}
