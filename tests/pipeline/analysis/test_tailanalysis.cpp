// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The long tail of a project: what is counted, what is wrong with the splits, F1 from decisions and audits.
#include "data/document.h"
#include "pipeline/analysis/tailanalysis.h"
#include "pipeline/analysis/tailtables.h"
#include "review/audit.h"
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace telltale;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
namespace fs = std::filesystem;

namespace {

constexpr int kClasses = 4;

class TailAnalysisTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_tail_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        LabelScheme scheme;
        scheme.name = "s";
        scheme.classes
            = {{"a", {}, {}, {}, {}}, {"b", {}, {}, {}, {}}, {"c", {}, {}, {}, {}}, {"d", {}, {}, {}, {}}};
        auto made = Document::create(m_folder / "p", scheme);
        ASSERT_TRUE(made.ok()) << made.error().message;
        m_document = std::move(*made);
    }
    void TearDown() override
    {
        m_document.reset();
        fs::remove_all(m_folder);
    }

    int64_t addVideo(const std::string& name, const std::string& subject, SubjectRole role,
        const std::string& fingerprint = {})
    {
        VideoEntry video;
        video.name = name;
        video.path = name + ".mp4";
        video.subject = subject;
        video.role = role;
        video.fingerprint = fingerprint;
        video.frameCount = 100000;
        const auto id = m_document->addVideo(video);
        EXPECT_TRUE(id.ok()) << (id ? "" : id.error().message);
        EXPECT_TRUE(m_document->setSubjectRole(subject, role).ok());
        return id ? *id : 0;
    }
    void addSpans(int64_t video, int classId, int count)
    {
        std::vector<Annotation> spans;
        for (int i = 0; i < count; ++i) {
            Annotation span;
            span.videoId = video;
            span.span = {m_frame, m_frame + 10};
            span.classId = classId;
            spans.push_back(span);
            m_frame += 20;
        }
        ASSERT_TRUE(m_document->addAnnotations(spans, QStringLiteral("by hand")).ok());
    }
    /// One proposal of each of the classes, in order. Returns their annotations.
    std::vector<int64_t> propose(int64_t video, const std::vector<int>& classes)
    {
        std::vector<Prediction> predictions;
        for (const int id : classes) {
            Prediction one;
            one.videoId = video;
            one.span = {m_frame, m_frame + 10};
            m_frame += 20;
            one.fused.assign(kClasses, 0.1F);
            one.fused[static_cast<size_t>(id)] = 0.7F;
            predictions.push_back(one);
        }
        PredictionRun run;
        run.videoId = video;
        run.model = "by hand";
        const auto entered = m_document->importRun(run, predictions);
        EXPECT_TRUE(entered.ok()) << (entered ? "" : entered.error().message);
        std::vector<int64_t> ids;
        for (const Annotation& span : m_document->annotations(video))
            if (span.state == SpanState::Proposed)
                ids.push_back(span.id);
        return ids;
    }
    void addHeads(const nlohmann::json& metrics)
    {
        ModelEntry heads;
        heads.kind = "heads";
        heads.file = "models/heads-" + std::to_string(++m_heads) + ".safetensors";
        heads.recipe = "{}";
        heads.metrics = metrics.dump();
        ASSERT_TRUE(m_document->addModel(heads).ok());
    }
    TailAnalysis analyse(TailOptions options = {})
    {
        CancelFlag progress;
        auto tail = tailAnalysis(m_document->freeze(), options, progress);
        EXPECT_TRUE(tail.ok()) << (tail ? "" : tail.error().message);
        return tail ? *tail : TailAnalysis();
    }
    static const TailScores& scoresOf(const TailAnalysis& tail, TailBasis basis)
    {
        return *std::ranges::find(tail.scores, basis, &TailScores::basis);
    }

    fs::path m_folder;
    std::unique_ptr<Document> m_document;
    int64_t m_frame = 0;
    int m_heads = 0;
};

} // namespace

TEST_F(TailAnalysisTest, SaysWhatIsMissing)
{
    using Missing = TailAnalysis::Missing;
    EXPECT_EQ(analyse().missing, Missing::Videos);
    EXPECT_THAT(tables(analyse(), m_document->scheme()), IsEmpty());
    const int64_t video = addVideo("v", "s1", SubjectRole::Train);
    EXPECT_EQ(analyse().missing, Missing::Spans);
    propose(video, {0, 1, 0});
    const TailAnalysis proposed = analyse();
    EXPECT_EQ(proposed.missing, Missing::Decisions);
    EXPECT_EQ(proposed.proposed, 3);
    EXPECT_EQ(scoresOf(proposed, TailBasis::Heads).problem, TailScoreProblem::NoHeads);
    EXPECT_EQ(scoresOf(proposed, TailBasis::Decisions).problem, TailScoreProblem::NoPredictions);
    EXPECT_EQ(proposed.best(), nullptr);
    addSpans(video, 2, 1);
    EXPECT_EQ(analyse().missing, Missing::None);
    EXPECT_TRUE(std::isnan(analyse().zipf.exponent)) << "one class alone has no law";
}

TEST_F(TailAnalysisTest, CountsByClassSubjectAndSplit)
{
    const int64_t train = addVideo("v1", "s1", SubjectRole::Train);
    const int64_t test = addVideo("v2", "s2", SubjectRole::Test);
    addSpans(train, 0, 6);
    addSpans(test, 0, 2);
    addSpans(train, 1, 3);
    propose(test, {2, 2});
    const TailAnalysis tail = analyse();
    ASSERT_THAT(tail.classes, SizeIs(kClasses));
    EXPECT_EQ(tail.decided, 11);
    EXPECT_EQ(tail.proposed, 2);
    EXPECT_EQ(tail.classes[0].decided, 8);
    EXPECT_THAT(tail.classes[0].coverage.bySplit, ElementsAre(6, 0, 2, 0));
    EXPECT_THAT(tail.classes[2].proposedBySplit, ElementsAre(0, 0, 2, 0));
    EXPECT_EQ(tail.classes[0].coverage.bySubject.size(), 2U);
    EXPECT_EQ(tail.classes[1].coverage.bySubject.size(), 1U);
    EXPECT_EQ(tail.classes[0].part, TailPart::Head);
    EXPECT_EQ(tail.classes[3].part, TailPart::Unseen);
    EXPECT_DOUBLE_EQ(tail.imbalance, 8.0 / 3);
    std::vector<std::string> findings;
    for (const CoverageFinding& one : tail.findings)
        findings.push_back(m_document->scheme().classes[static_cast<size_t>(one.classId)].name + ":"
            + std::to_string(static_cast<int>(one.problem)) + ":" + std::to_string(one.split));
    // c and d have none, b is small, of one subject, and not in the test split; validation has nothing at
    // all.
    EXPECT_THAT(findings, ElementsAre("c:0:-1", "d:0:-1", "b:1:-1", "b:2:-1", "b:3:2"));
    EXPECT_EQ(tail.testSpansLearned, 0) << "no heads have learned anything";
    EXPECT_THAT(tail.leaks, IsEmpty());
    ASSERT_FALSE(tail.weights.empty());
    EXPECT_FALSE(tail.weights[0].ofTraining);
    EXPECT_GT(tail.weights[0].weights[1], tail.weights[0].weights[0]) << "the rarer class weighs more";
    EXPECT_EQ(tail.weights[0].weights[3], 0);
}

TEST_F(TailAnalysisTest, APersonOfAnotherSubjectCountsForThatSubject)
{
    const int64_t video = addVideo("v1", "s1", SubjectRole::Train);
    addVideo("v2", "s2", SubjectRole::Test);
    Person person;
    person.videoId = video;
    person.number = 1;
    person.subjectId = m_document->videos()[1].subjectId;
    ASSERT_TRUE(m_document->setPerson(person).ok());
    Annotation span;
    span.videoId = video;
    span.span = {0, 10};
    span.classId = 0;
    span.person = 1;
    ASSERT_TRUE(m_document->addAnnotation(span).ok());
    const TailAnalysis tail = analyse();
    EXPECT_THAT(tail.classes[0].coverage.bySplit, ElementsAre(0, 0, 1, 0));
    // Both are in one file, one to be learned and one to be tested.
    ASSERT_THAT(tail.leaks, SizeIs(1));
    EXPECT_TRUE(tail.leaks[0].file);
    EXPECT_THAT(tail.leaks[0].splits, ElementsAre(SubjectRole::Train, SubjectRole::Test));
    EXPECT_THAT(tail.leaks[0].videos, ElementsAre("v1"));
}

TEST_F(TailAnalysisTest, FindsOneFileAndOneNameInTwoSplits)
{
    addVideo("v1", "Ann", SubjectRole::Train, "same");
    addVideo("v2", "bob", SubjectRole::Test, "same");
    addVideo("v3", "ann ", SubjectRole::Validation, "other");
    addVideo("v4", "eve", SubjectRole::Unlabelled, "same");
    const TailAnalysis tail = analyse();
    ASSERT_THAT(tail.leaks, SizeIs(2));
    EXPECT_FALSE(tail.leaks[0].file);
    EXPECT_THAT(tail.leaks[0].videos, ElementsAre("v1", "v3"));
    EXPECT_TRUE(tail.leaks[1].file);
    EXPECT_THAT(tail.leaks[1].splits, ElementsAre(SubjectRole::Train, SubjectRole::Test));
    EXPECT_THAT(tail.leaks[1].videos, Contains("v2"));
}

TEST_F(TailAnalysisTest, ReadsTheFiguresOfTheHeadsInUse)
{
    const int64_t train = addVideo("v1", "s1", SubjectRole::Train);
    const int64_t test = addVideo("v2", "s2", SubjectRole::Test);
    addSpans(train, 0, 4);
    addSpans(test, 1, 3);
    nlohmann::json metrics = {{"measured_on", "held-out spans"},
        {"after", {{"macro_f1", 0.6}, {"class_f1", {0.8, 0.4, nullptr, nullptr}}}},
        {"class_examples", {5, 3, 0, 0}}};
    addHeads(metrics);
    TailAnalysis tail = analyse();
    const TailScores& old = scoresOf(tail, TailBasis::Heads);
    ASSERT_THAT(old.classes, SizeIs(2));
    EXPECT_FALSE(old.sizesOfTraining);
    EXPECT_EQ(old.classes[0].size, 4) << "older heads do not tell: what is decided now";
    EXPECT_EQ(old.classes[0].interval, TailInterval::None);
    EXPECT_EQ(tail.testSpansLearned, 3);

    metrics["class_predicted"] = {5, 2, 0, 0};
    metrics["class_correct"] = {4, 1, 0, 0};
    metrics["class_training"] = {100, 10, 0, 0};
    addHeads(metrics);
    tail = analyse();
    const TailScores& scores = scoresOf(tail, TailBasis::Heads);
    EXPECT_EQ(scores.problem, TailScoreProblem::None);
    EXPECT_EQ(scores.classes[0].size, 100);
    EXPECT_EQ(scores.classes[0].clips, 5);
    EXPECT_EQ(scores.classes[0].interval, TailInterval::Wilson);
    EXPECT_LT(scores.classes[0].low, 0.8);
    EXPECT_GT(scores.classes[0].high, 0.8);
    EXPECT_EQ(scores.toTarget.problem, CurveProblem::TooFewPoints);
    EXPECT_TRUE(std::isnan(scores.toTarget.examples));
    EXPECT_TRUE(tail.weights[0].ofTraining);
    EXPECT_EQ(tail.weights[0].counts[0], 100);

    metrics["measured_on"] = "the training spans";
    addHeads(metrics);
    EXPECT_EQ(scoresOf(analyse(), TailBasis::Heads).problem, TailScoreProblem::LearnedFrom);
}

TEST_F(TailAnalysisTest, DecisionsAgainstWhatWasProposedGiveF1)
{
    const int64_t video = addVideo("v1", "s1", SubjectRole::Train);
    // Proposed a a a b b; decided a a b b, and the last one is nothing.
    const std::vector<int64_t> ids = propose(video, {0, 0, 0, 1, 1});
    ASSERT_THAT(ids, SizeIs(5));
    ASSERT_TRUE(m_document->setStates({ids[0], ids[1], ids[3]}, SpanState::Accepted).ok());
    ASSERT_TRUE(m_document->relabel(ids[2], 1).ok());
    ASSERT_TRUE(m_document->setState(ids[4], SpanState::Rejected).ok());
    const auto predicted = std::make_shared<PredictedClasses>();
    TailOptions options;
    options.predicted = predicted;
    const TailAnalysis tail = analyse(options);
    const TailScores& scores = scoresOf(tail, TailBasis::Decisions);
    ASSERT_THAT(scores.classes, SizeIs(2));
    EXPECT_EQ(scores.clips, 5);
    EXPECT_EQ(scores.subjects, 1);
    EXPECT_DOUBLE_EQ(scores.classes[0].f1, 2.0 * 2 / (2 + 3));
    EXPECT_DOUBLE_EQ(scores.classes[1].f1, 2.0 * 1 / (2 + 2));
    EXPECT_EQ(scores.classes[0].interval, TailInterval::Wilson) << "one subject cannot be resampled";
    const int64_t first = m_document->annotation(ids[2])->predictionId;
    EXPECT_EQ(predicted->of(first), 0) << "what was read is kept";
    predicted->put(first, 1); // and used: now that proposal was right
    EXPECT_DOUBLE_EQ(scoresOf(analyse(options), TailBasis::Decisions).classes[0].f1, 1);
}

TEST_F(TailAnalysisTest, AuditsCountUpToTheFirstOpenOne)
{
    const int64_t video = addVideo("v1", "s1", SubjectRole::Train);
    const std::vector<int64_t> ids = propose(video, std::vector<int>(60, 0));
    TailOptions options;
    options.auditShare = 0.5;
    std::vector<std::pair<double, int64_t>> places;
    for (const int64_t id : ids)
        if (const double place = auditPlace(m_document->annotation(id)->predictionId); place < 0.5)
            places.emplace_back(place, id);
    std::ranges::sort(places);
    ASSERT_GT(places.size(), 10U);
    EXPECT_EQ(scoresOf(analyse(options), TailBasis::Audits).problem, TailScoreProblem::NoPredictions);
    // The second and third in turn, then one behind a gap: nothing counts before the first is decided.
    for (const size_t i : {1U, 2U, 5U})
        ASSERT_TRUE(m_document->setState(places[i].second, SpanState::Accepted).ok());
    EXPECT_EQ(scoresOf(analyse(options), TailBasis::Audits).problem, TailScoreProblem::NoAudits);
    ASSERT_TRUE(m_document->setState(places[0].second, SpanState::Rejected).ok());
    const TailAnalysis tail = analyse(options);
    const TailScores& scores = scoresOf(tail, TailBasis::Audits);
    EXPECT_EQ(scores.problem, TailScoreProblem::None);
    EXPECT_EQ(scores.clips, 3);
    EXPECT_DOUBLE_EQ(scores.classes[0].f1, 2.0 * 2 / (3 + 2));
}

TEST_F(TailAnalysisTest, AdviceNamesWhatToLookForFirst)
{
    const int64_t one = addVideo("v1", "s1", SubjectRole::Train);
    const int64_t two = addVideo("v2", "s2", SubjectRole::Validation);
    addSpans(one, 0, 9);
    addSpans(two, 0, 9);
    addSpans(one, 1, 4);
    addSpans(one, 2, 2);
    addSpans(two, 2, 2);
    addHeads({{"measured_on", "held-out spans"},
        {"after", {{"macro_f1", 0.6}, {"class_f1", {0.9, 0.5, 0.3, nullptr}}}},
        {"class_examples", {9, 1, 2, 0}}, {"class_training", {9, 4, 2, 0}}});
    const TailAnalysis tail = analyse();
    ASSERT_THAT(tail.advice, SizeIs(3));
    EXPECT_EQ(tail.advice[0].kind, AdviceKind::Find);
    EXPECT_EQ(tail.advice[0].classId, 3);
    EXPECT_EQ(tail.advice[1].kind, AdviceKind::OtherSubjects);
    EXPECT_EQ(tail.advice[1].classId, 1);
    EXPECT_EQ(tail.advice[2].kind, AdviceKind::LabelMore);
    EXPECT_EQ(tail.advice[2].classId, 2);
    EXPECT_EQ(tail.advice[2].more, 0) << "three points carry no curve, so no number";
}

TEST_F(TailAnalysisTest, RetrainingsGiveACurveOfTheirOwn)
{
    addVideo("v1", "s1", SubjectRole::Train);
    for (const int learned : {10, 20, 40, 80, 160, 320, 640})
        addHeads({{"measured_on", "held-out spans"}, {"decided", learned + 20}, {"held_out", 20},
            {"after", {{"macro_f1", 0.9 - 0.8 / std::sqrt(learned)}, {"class_f1", {nullptr}}}}});
    const TailAnalysis tail = analyse();
    ASSERT_THAT(tail.rounds.points, SizeIs(7));
    EXPECT_EQ(tail.rounds.points[0].examples, 10);
    ASSERT_EQ(tail.rounds.problem, CurveProblem::None);
    // 0.9 - 0.8 / sqrt(n) = 0.7 at n = 16
    EXPECT_NEAR(tail.rounds.toTarget.examples, 16, 1e-6);
}

TEST_F(TailAnalysisTest, StopsWhenAsked)
{
    propose(addVideo("v1", "s1", SubjectRole::Train), {0, 1});
    CancelFlag progress;
    progress.cancel();
    const auto tail = tailAnalysis(m_document->freeze(), {}, progress);
    ASSERT_FALSE(tail.ok());
    EXPECT_EQ(tail.error().code, ErrorCode::Cancelled);
}

TEST_F(TailAnalysisTest, TablesHaveARowForEachClass)
{
    const int64_t video = addVideo("v1", "s1", SubjectRole::Train);
    addSpans(video, 0, 4);
    addSpans(video, 1, 2);
    const std::vector<Table> all = tables(analyse(), m_document->scheme());
    ASSERT_GE(all.size(), 6U);
    EXPECT_EQ(all[0].key, "tail_classes");
    EXPECT_THAT(all[0].rows, SizeIs(kClasses));
    for (const Table& table : all)
        for (const auto& row : table.rows)
            EXPECT_EQ(row.size(), table.columns.size()) << table.key;
}
