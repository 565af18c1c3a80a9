// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What other heads would say of a project: what changes, what is forgotten, and that stopping leaves nothing.
#include "base/files.h"
#include "pipeline/demo.h"
#include "pipeline/headmodels.h"
#include "pipeline/models.h"
#include "pipeline/retrain.h"
#include "pipeline/retrainscores.h"
#include "sampleheads.h"
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

constexpr int kNamed = 20; // class that the heads made by hand name everything

/// Cancels when a stage is reported.
class CancelAt final : public ProgressSink {
public:
    explicit CancelAt(std::string stage) : m_stage(std::move(stage)) { }
    bool cancelled() const override { return m_reached; }
    bool reached() const { return m_reached; }
    void report(int64_t, int64_t, std::string_view what) override
    {
        if (what == m_stage)
            m_reached = true;
    }

private:
    std::string m_stage;
    std::atomic<bool> m_reached = false;
};

int bestOf(const std::vector<float>& scores)
{
    return scores.empty() ? -1
                          : static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

/// The tiny demo, with the heads in use that its proposals were named by: those of the demo weights. Each
/// test works on a copy.
class RetrainScores : public ::testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_folder = fs::temp_directory_path() / ("telltale_scores_" + std::to_string(getpid()));
        fs::create_directories(s_folder);
        CancelFlag progress;
        const Status status = makeDemo(s_folder / "demo", "tiny", 1, progress);
        ASSERT_TRUE(status) << status.error().message;
    }
    static void TearDownTestSuite()
    {
        std::error_code ignored;
        fs::remove_all(s_folder, ignored);
    }
    void SetUp() override
    {
        m_project = s_folder / ::testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::copy(s_folder / "demo", m_project, fs::copy_options::recursive);
        auto opened = Document::open(m_project);
        ASSERT_TRUE(opened) << opened.error().message;
        m_document = std::move(*opened);
        ASSERT_TRUE(m_document->useModel(0));
        const Status more = sample::addProposals(*m_document, 20);
        ASSERT_TRUE(more) << more.error().message;
    }

    std::vector<Annotation> inState(SpanState state) const
    {
        std::vector<Annotation> spans;
        for (const Annotation& span : m_document->allAnnotations())
            if (span.state == state && span.predictionId > 0)
                spans.push_back(span);
        return spans;
    }

    fs::path headsOfOneClass()
    {
        const auto file = sample::headsOfOneClass(*m_document, kNamed);
        EXPECT_TRUE(file);
        return *file;
    }

    /// Makes them the heads in use.
    void useHeadsOfOneClass()
    {
        ModelEntry entry;
        entry.file = "models/" + headsOfOneClass().filename().string();
        entry.kind = "heads";
        ASSERT_TRUE(m_document->addModel(entry));
    }

    fs::path m_project;
    std::unique_ptr<Document> m_document;
    CancelFlag m_progress;
    inline static fs::path s_folder;
};

} // namespace

TEST_F(RetrainScores, TheHeadsInUseWouldChangeNothing)
{
    const fs::path shipped = demoWeightsFolder() / ("heads_" + m_document->scheme().name + ".safetensors");
    const auto found = whatIf(m_document->freeze(), shipped, m_progress);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->compared, static_cast<int64_t>(inState(SpanState::Proposed).size()));
    EXPECT_GT(found->compared, 0);
    EXPECT_TRUE(found->changes.empty());
}

TEST_F(RetrainScores, WhatIfCountsEveryOpenProposalThatWouldBeNamedOtherwiseAndNoneThatAPersonDecided)
{
    std::vector<Annotation> open = inState(SpanState::Proposed);
    ASSERT_GE(open.size(), 5U);
    const SpanState decisions[] = {SpanState::Accepted, SpanState::Rejected, SpanState::Flagged};
    for (size_t i = 0; i < 3; ++i)
        ASSERT_TRUE(m_document->setState(open[i].id, decisions[i]));
    ASSERT_TRUE(m_document->relabel(open[3].id, 1));
    std::set<int64_t> decided;
    for (const Annotation& span : m_document->allAnnotations())
        if (span.state != SpanState::Proposed)
            decided.insert(span.id);

    const auto found = whatIf(m_document->freeze(), headsOfOneClass(), m_progress);
    ASSERT_TRUE(found) << found.error().message;
    open = inState(SpanState::Proposed);
    std::map<int, size_t> expected; // by the class that the prediction says
    for (const Annotation& span : open)
        if (const int now = bestOf(m_document->prediction(span.predictionId)->fused); now != kNamed)
            ++expected[now];
    std::map<int, size_t> flows;
    for (const ProposalFlow& flow : found->flows)
        if (flow.from != flow.to) {
            EXPECT_EQ(flow.to, kNamed);
            flows[flow.from] = flow.count;
        }
    EXPECT_EQ(flows, expected);
    EXPECT_EQ(found->compared, static_cast<int64_t>(open.size()));
    for (const ProposalChange& change : found->changes)
        EXPECT_FALSE(decided.contains(change.spanId)) << change.spanId;
}

TEST_F(RetrainScores, OpenProposalsGetTheWordOfTheHeadsInUseAndOnlyWhereOthersHadNamedThem)
{
    const auto same = rescoreProposals(m_document->freeze(), m_progress);
    ASSERT_TRUE(same) << same.error().message;
    EXPECT_TRUE(same->empty()) << "these very heads have named them";
    useHeadsOfOneClass();
    std::set<int64_t> open;
    for (const Annotation& span : inState(SpanState::Proposed))
        open.insert(span.predictionId);
    const auto scores = rescoreProposals(m_document->freeze(), m_progress);
    ASSERT_TRUE(scores) << scores.error().message;
    std::set<int64_t> scored;
    for (const auto& [prediction, fused] : *scores) {
        scored.insert(prediction);
        EXPECT_EQ(bestOf(fused), kNamed);
        EXPECT_EQ(fused.size(), static_cast<size_t>(m_document->scheme().classCount()));
    }
    EXPECT_EQ(scored, open);
}

TEST_F(RetrainScores, HeadsThatCannotBeReadAreASentence)
{
    const auto found = whatIf(m_document->freeze(), m_project / "models" / "absent.safetensors", m_progress);
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().message.find("absent.safetensors"), std::string::npos);
}

TEST_F(RetrainScores, AClassWhoseExamplesWereTaughtAsAnotherIsForgottenAndTheHeadsSayFromWhatToWhat)
{
    for (const Annotation& span : inState(SpanState::Proposed))
        ASSERT_TRUE(m_document->setState(span.id, SpanState::Accepted));
    auto request = makeRetrainRequest(*m_document);
    ASSERT_TRUE(request) << request.error().message;
    // Two classes whose clips the shipped heads know: held-out copies of each, and the training is told that
    // the first one is the second.
    std::map<int, std::vector<HeadSample>> known;
    for (const HeadSample& sample : request->samples)
        if (const auto prediction = m_document->prediction(sample.predictionId); sample.weight >= 1
            && !sample.embeddings.empty() && prediction && bestOf(prediction->fused) == sample.classId)
            known[sample.classId].push_back(sample);
    ASSERT_GE(known.size(), 2U);
    const int taughtWrong = known.begin()->first;
    const int other = std::next(known.begin())->first;
    request->samples.clear();
    constexpr int64_t kCopies = 6;
    for (const int c : {taughtWrong, other})
        for (int64_t i = 0; i < kCopies; ++i) {
            HeadSample sample = known[c].front();
            sample.held = true;
            request->samples.push_back(sample);
            sample.held = false;
            sample.classId = other;
            sample.weight = 40;
            request->samples.push_back(sample);
        }
    HeadSample third = known[other].front(); // training wants two classes
    third.held = false;
    third.classId = taughtWrong == 0 || other == 0 ? 30 : 0;
    third.weight = 0.01;
    request->samples.push_back(third);
    std::vector<ForgottenClass> live;
    const auto result
        = retrainHeads(*request, m_progress, [&](const RetrainProgress& at) { live = at.forgotten; });
    ASSERT_TRUE(result) << result.error().message;
    ASSERT_TRUE(result->measuredOnHeldOut);
    // All twelve are named the second class now: of it six of twelve answers are right, F1 = 2/3.
    ASSERT_EQ(result->forgotten.size(), 2U);
    EXPECT_EQ(result->forgotten[1].classId, other);
    EXPECT_DOUBLE_EQ(result->forgotten[1].from, 1);
    EXPECT_DOUBLE_EQ(result->forgotten[1].to, 2.0 / 3);
    const ForgottenClass& forgotten = result->forgotten.front();
    const auto c = static_cast<size_t>(taughtWrong);
    EXPECT_EQ(forgotten.classId, taughtWrong);
    EXPECT_EQ(forgotten.examples, kCopies);
    EXPECT_DOUBLE_EQ(forgotten.from, 1) << "the shipped heads know all six";
    EXPECT_DOUBLE_EQ(forgotten.to, 0);
    EXPECT_DOUBLE_EQ(result->after.perClass[c].f1, 0);
    ASSERT_FALSE(live.empty()) << "and the panel is told while it runs";
    EXPECT_EQ(live.front().classId, taughtWrong);
    const auto metrics = nlohmann::json::parse(result->metricsJson);
    EXPECT_EQ(metrics["forgotten"]["classes"][0]["class"], taughtWrong);
    EXPECT_EQ(metrics["forgotten"]["classes"][0]["examples"], kCopies);
    EXPECT_DOUBLE_EQ(metrics["forgotten"]["margin"].get<double>(), 0.15);
    EXPECT_EQ(metrics["class_examples"][c], kCopies);
}

TEST_F(RetrainScores, EveryPhaseStopsWhenItIsToldAndLeavesNothing)
{
    // A span that nothing is known of makes the pictures be read.
    Annotation added;
    added.videoId = m_document->videos().front().id;
    added.span = {30, 70};
    added.classId = 3;
    ASSERT_TRUE(m_document->addAnnotation(added));
    const auto models = [this] {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(m_project / "models"))
            names.insert(entry.path().filename().string());
        return names;
    };
    const fs::path others = headsOfOneClass();
    const auto before = models();
    const FrozenProject project = m_document->freeze();
    for (const char* stage :
        {"spans", "models", "frames", "retraining the joint head", "retraining the rgb head", "scores"}) {
        CancelAt stop(stage);
        const auto request = makeRetrainRequest(project, 1, false, stop);
        const Result<RetrainResult> result
            = request ? retrainHeads(*request, stop, {}) : Result<RetrainResult>(request.error());
        ASSERT_TRUE(stop.reached()) << stage;
        ASSERT_FALSE(result) << stage;
        EXPECT_EQ(result.error().code, ErrorCode::Cancelled) << stage;
        EXPECT_EQ(models(), before) << stage;
    }
    CancelAt stop("proposals");
    const auto compared = whatIf(project, others, stop);
    ASSERT_TRUE(stop.reached());
    ASSERT_FALSE(compared);
    EXPECT_EQ(compared.error().code, ErrorCode::Cancelled);
    CancelFlag atOnce;
    atOnce.cancel();
    const auto scores = rescoreProposals(project, atOnce);
    ASSERT_FALSE(scores);
    EXPECT_EQ(scores.error().code, ErrorCode::Cancelled);
}
