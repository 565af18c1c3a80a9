// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pipeline/cmplrounds.h"
#include "pipeline/projectsystem.h"
#include "review/audit.h"
#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

namespace {

/// A project whose video is away, with twelve proposals of 10 frames, the n-th from frame 20 n, of class 2 up
/// to the eighth and of class 5 after it.
class CmplRoundsTest : public testing::Test {
protected:
    static constexpr int kSpans = 12;

    CmplRoundsTest()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_rounds_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        auto made = Document::create(m_folder / "p", *loadLabelScheme("smg"));
        EXPECT_TRUE(made.ok());
        m_document = std::move(*made);
        VideoEntry video;
        video.name = "talk";
        video.path = "talk.mp4";
        video.subject = "somebody";
        video.frameCount = 1000;
        video.fps = 25;
        video.offline = true;
        m_video = *m_document->addVideo(video);
        PredictionRun run;
        run.videoId = m_video;
        std::vector<Prediction> found;
        for (int i = 0; i < kSpans; ++i) {
            Prediction one;
            one.videoId = m_video;
            one.span = spanAt(i);
            one.fused.assign(17, 0.01F);
            one.fused[static_cast<size_t>(classAt(i))] = 0.84F;
            found.push_back(one);
        }
        EXPECT_TRUE(m_document->importRun(run, found).ok());
    }
    ~CmplRoundsTest() override
    {
        m_document.reset();
        std::filesystem::remove_all(m_folder);
    }

    static FrameSpan spanAt(int place) { return {place * 20, place * 20 + 10}; }
    static int classAt(int place) { return place < 8 ? 2 : 5; }
    RecordedLabel labelAt(int place) const
    {
        return {"talk", 0, spanAt(place), classAt(place), 0.9, {"joint"}, false};
    }
    int64_t idAt(int place) const
    {
        for (const Annotation& span : m_document->annotations(m_video))
            if (span.span == spanAt(place))
                return span.id;
        return 0;
    }

    static RecordedRound roundOf(int number, std::vector<RecordedLabel> labels)
    {
        RecordedRound round;
        round.round = number;
        round.pool = 20;
        round.students = {{"joint", 20, 5}, {"rgb", 18, 4}};
        round.agreement = {{1, 0.5}, {0.5, 1}};
        round.named.assign(17, 0);
        round.named[2] = 12;
        round.named[5] = 8;
        round.labels = std::move(labels);
        return round;
    }
    RecordedRun runOf(std::vector<RecordedRound> rounds) const
    {
        RecordedRun run;
        run.protocol = "inductive";
        for (const LabelClass& one : m_document->scheme().classes)
            run.classes.push_back(one.name);
        run.trainingCounts.assign(run.classes.size(), 10);
        run.rounds = std::move(rounds);
        return run;
    }
    void enter(const std::string& folder, const std::string& text, const char* adapted = "inductive")
    {
        const std::filesystem::path where = m_document->folder() / "models" / folder;
        std::filesystem::create_directories(where);
        if (!text.empty()) {
            ASSERT_TRUE(writeFileAtomically(where / kRoundsFile, text).ok());
        }
        ModelEntry entry;
        entry.kind = kTrack1Kind;
        entry.file = "models/" + folder;
        entry.recipe = std::string(R"({"name": "small", "adapted": ")").append(adapted).append("\"}");
        entry.time = "2026-01-02T03:04:05Z";
        ASSERT_TRUE(m_document->addCandidate(entry).ok());
    }
    CmplRounds read(double auditShare = 0.1, const BiasLimits& limits = {})
    {
        const auto rounds = readCmplRounds(makeCmplRoundsRequest(*m_document, auditShare, limits), m_quiet);
        EXPECT_TRUE(rounds.ok());
        return rounds.ok() ? *rounds : CmplRounds();
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Document> m_document;
    int64_t m_video = 0;
    ProgressSink m_quiet;
};

TEST_F(CmplRoundsTest, AProjectWithoutAdaptationsHasNoRounds)
{
    enter("track1-1", "", "");
    EXPECT_THAT(read().runs, SizeIs(0)) << "a system that was not adapted";
}

TEST_F(CmplRoundsTest, WhatPeopleDecidedIsFoundAgainAndCounted)
{
    std::vector<RecordedLabel> labels;
    for (int i = 0; i < 9; ++i)
        labels.push_back(labelAt(i));
    labels[8].decided = true;
    labels.push_back(labelAt(30)); // where the project has no span
    enter("track1-2", toJson(runOf({roundOf(1, labels)})));
    const int64_t moved = idAt(3);
    const std::vector<int64_t> ids{idAt(0), idAt(1), idAt(2), moved, idAt(4), idAt(5), idAt(6), idAt(7)};
    ASSERT_TRUE(m_document->setState(ids[0], SpanState::Accepted));
    ASSERT_TRUE(m_document->setState(ids[1], SpanState::Rejected));
    ASSERT_TRUE(m_document->relabel(ids[2], 9));
    ASSERT_TRUE(m_document->setSpan(moved, {63, 74}));
    ASSERT_TRUE(m_document->setState(ids[4], SpanState::Skipped));
    ASSERT_TRUE(m_document->setState(ids[5], SpanState::Flagged));
    const CmplRounds rounds = read();
    ASSERT_THAT(rounds.runs, SizeIs(1));
    ASSERT_THAT(rounds.runs[0].rounds, SizeIs(1));
    const CmplRoundView& round = rounds.runs[0].rounds[0];
    EXPECT_EQ(rounds.runs[0].time, "2026-01-02T03:04:05Z");
    EXPECT_EQ(round.accepted, 9);
    EXPECT_EQ(round.decidedBefore, 1);
    EXPECT_EQ(round.people,
        (RoundVerdicts{.right = 2, .rejected = 1, .renamed = 1, .unclear = 2, .open = 2, .gone = 1}));
    EXPECT_EQ(round.annotations[3], moved) << "its ends were corrected";
    EXPECT_EQ(round.annotations[9], 0);
    EXPECT_EQ(round.classes[2].named, 12);
    EXPECT_EQ(round.classes[2].accepted, 8);
    EXPECT_EQ(round.classes[2].people.wrong(), 2);
    EXPECT_EQ(round.classes[5].accepted, 1)
        << "the one that is gone; that which a person gave before is none";
}

TEST_F(CmplRoundsTest, ThePrecisionIsThatOfAuditItemsAlone)
{
    std::vector<RecordedLabel> labels;
    std::vector<std::pair<double, int>> places;
    for (int i = 0; i < kSpans; ++i) {
        labels.push_back(labelAt(i));
        places.emplace_back(auditPlace(m_document->annotation(idAt(i))->predictionId), i);
    }
    enter("track1-2", toJson(runOf({roundOf(1, labels)})));
    std::ranges::sort(places);
    // The share that makes five of the twelve audit items; the first three of them are decided, one wrong,
    // and of the others all are waved through.
    const double share = (places[4].first + places[5].first) / 2;
    for (size_t i = 0; i < places.size(); ++i) {
        if (i == 3 || i == 4)
            continue;
        const int64_t id = idAt(places[i].second);
        ASSERT_TRUE(m_document->setState(id, i == 1 ? SpanState::Rejected : SpanState::Accepted));
    }
    const CmplRoundView round = read(share).runs.at(0).rounds.at(0);
    EXPECT_EQ(round.audits, 5);
    EXPECT_EQ(round.precision.clips, 3);
    EXPECT_EQ(round.precision.correct, 2);
    EXPECT_DOUBLE_EQ(round.precision.low, wilsonInterval(2, 3).low);
    EXPECT_EQ(round.people.decided(), 10);
}

TEST_F(CmplRoundsTest, AlarmsSeeTheRoundsUpToTheirOwn)
{
    std::vector<RecordedLabel> few;
    std::vector<RecordedLabel> many;
    for (int i = 0; i < 12; ++i) {
        many.push_back(labelAt(i));
        if (i < 4)
            few.push_back(labelAt(i));
    }
    enter("track1-2", toJson(runOf({roundOf(1, few), roundOf(2, many)})));
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(m_document->setState(idAt(i), SpanState::Rejected));
    BiasLimits limits;
    limits.leastDecided = 3;
    const CmplRunView run = read(0.1, limits).runs.at(0);
    EXPECT_THAT(run.rounds[0].alarms, SizeIs(0));
    ASSERT_THAT(run.rounds[1].alarms, SizeIs(1)) << "class 2 went from 4 to 8 though all three were rejected";
    EXPECT_EQ(run.rounds[1].alarms[0].rule, BiasRule::GrowsThoughRejected);
    EXPECT_EQ(run.rounds[1].alarms[0].classId, 2);
    EXPECT_EQ(run.rounds[1].alarms[0].reference, 1);
}

TEST_F(CmplRoundsTest, ADiffGoesByPlaceAndLeavesOutOtherVideos)
{
    RecordedLabel elsewhere = labelAt(0);
    elsewhere.video = "gone";
    RecordedLabel renamed = labelAt(2);
    renamed.classId = 7;
    RecordedLabel moved = labelAt(3);
    moved.span = {62, 73};
    enter("track1-2",
        toJson(runOf({roundOf(1, {elsewhere, labelAt(1), labelAt(2), labelAt(3), labelAt(4)}),
            roundOf(2, {labelAt(1), elsewhere, renamed, moved, labelAt(6)})})));
    const CmplRunView run = read().runs.at(0);
    const RoundDiff diff = diffOf(run.rounds[0], run.rounds[1]);
    EXPECT_THAT(diff.counts, ElementsAre(1, 1, 1, 1, 1));
    ASSERT_THAT(diff.changes, SizeIs(5));
    EXPECT_EQ(diff.changes[0].before, 1);
    EXPECT_EQ(diff.changes[0].after, 0);
    EXPECT_EQ(diff.changes[1].fate, SpanFate::Relabelled);
    EXPECT_EQ(diff.changes[2].fate, SpanFate::Moved);
    EXPECT_EQ(diff.changes[3].fate, SpanFate::Dropped);
    EXPECT_EQ(diff.changes[3].before, 4);
    EXPECT_EQ(diff.changes[4].after, 4);
}

TEST_F(CmplRoundsTest, WhatCannotBeReadSaysWhy)
{
    enter("track1-2", "");
    enter("track1-3", "{");
    RecordedRun wide = runOf({});
    wide.classes.push_back("one more");
    wide.trainingCounts.push_back(1);
    enter("track1-4", toJson(wide));
    enter("track1-5", toJson(runOf({roundOf(1, {labelAt(0)})})));
    std::filesystem::remove_all(m_document->folder() / "models" / "track1-2");
    std::filesystem::create_directories(m_document->folder() / "models" / "track1-6");
    enter("track1-6", "");
    const CmplRounds rounds = read();
    ASSERT_THAT(rounds.runs, SizeIs(5));
    EXPECT_THAT(rounds.runs[0].trouble, HasSubstr("not on this computer"));
    EXPECT_THAT(rounds.runs[1].trouble, HasSubstr("track1-3"));
    EXPECT_THAT(rounds.runs[2].trouble, HasSubstr("more classes"));
    EXPECT_EQ(rounds.runs[3].trouble, "") << "the others are shown";
    EXPECT_THAT(rounds.runs[4].trouble, HasSubstr("adapt again"));
}

TEST_F(CmplRoundsTest, ARecordIsReadAgainOnlyIfItsFileHasChanged)
{
    const std::filesystem::path file = m_folder / kRoundsFile;
    ASSERT_TRUE(writeFileAtomically(file, toJson(runOf({roundOf(1, {labelAt(0)})}))).ok());
    RoundRecords records;
    const auto first = records.read(file);
    ASSERT_TRUE(first.ok()) << first.error().message;
    EXPECT_THAT((*first)->rounds, SizeIs(1));
    EXPECT_EQ(*records.read(file), *first) << "the very same";
    const auto two = runOf({roundOf(1, {labelAt(0)}), roundOf(2, {labelAt(0), labelAt(1)})});
    ASSERT_TRUE(writeFileAtomically(file, toJson(two)).ok());
    const auto second = records.read(file);
    ASSERT_TRUE(second.ok());
    EXPECT_THAT((*second)->rounds, SizeIs(2));
    EXPECT_THAT((*first)->rounds, SizeIs(1)) << "whoever has it keeps it";
    ASSERT_TRUE(writeFileAtomically(file, "{").ok());
    EXPECT_FALSE(records.read(file).ok());
    std::filesystem::remove(file);
    EXPECT_EQ(records.read(file).error().code, ErrorCode::NotFound);
}

TEST_F(CmplRoundsTest, TheLimitsOfTheAlarmsAreARecipe)
{
    const auto limits = readBiasLimits(biasLimitsFile());
    ASSERT_TRUE(limits.ok()) << limits.error().message;
    const BiasLimits defaults;
    EXPECT_EQ(limits->leastClips, defaults.leastClips);
    EXPECT_EQ(limits->leastDecided, defaults.leastDecided);
    for (double BiasLimits::*limit :
        {&BiasLimits::narrowShare, &BiasLimits::narrowFall, &BiasLimits::acceptanceRise,
            &BiasLimits::headFactor, &BiasLimits::shownGap, &BiasLimits::growth, &BiasLimits::rejectedShare})
        EXPECT_DOUBLE_EQ((*limits).*limit, defaults.*limit);
    ASSERT_TRUE(writeFileAtomically(m_folder / "bad.json", R"({"least": {}})").ok());
    EXPECT_THAT(readBiasLimits(m_folder / "bad.json").error().message, HasSubstr("least.clips"));
}

} // namespace
