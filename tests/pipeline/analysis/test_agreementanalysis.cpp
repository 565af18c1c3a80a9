// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Agreement between the layers of a project: what counts as coded, and what is said where there is nothing.
#include "data/document.h"
#include "pipeline/analysis/agreementanalysis.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

class AgreementProject : public testing::Test {
protected:
    AgreementProject()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_agree_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        auto made = Document::create(m_folder / "p", *loadLabelScheme("smg"), {false, "owner"});
        EXPECT_TRUE(made.ok());
        m_document = std::move(*made);
    }
    ~AgreementProject() override
    {
        m_document.reset();
        std::filesystem::remove_all(m_folder);
    }

    Document& document() { return *m_document; }
    int64_t addVideo(const std::string& name, const std::string& subject)
    {
        VideoEntry video;
        video.path = name + ".mp4";
        video.name = name;
        video.subject = subject;
        video.frameCount = 1000;
        video.durationUs = 50'000'000; // 50 ms a frame
        video.offline = true;
        const auto id = document().addVideo(video);
        EXPECT_TRUE(id.ok());
        return *id;
    }
    void code(const std::string& coder, int64_t video, const FrameSpan& span, int classId,
        SpanState state = SpanState::Accepted)
    {
        document().setAnnotator(coder);
        Annotation one;
        one.videoId = video;
        one.span = span;
        one.classId = classId;
        one.state = state;
        EXPECT_TRUE(document().addAnnotation(one).ok());
        document().setAnnotator("owner");
    }
    AgreementAnalysis analysis(const AgreementRequest& request = {})
    {
        auto made = analyzeAgreement(document().freeze(), request);
        EXPECT_TRUE(made.ok());
        return made.ok() ? *made : AgreementAnalysis();
    }

private:
    std::filesystem::path m_folder;
    std::unique_ptr<Document> m_document;
};

} // namespace

TEST_F(AgreementProject, SaysWhatIsMissing)
{
    EXPECT_EQ(analysis().gap, AgreementGap::NoVideos);
    const int64_t one = addVideo("one", "s1");
    const int64_t two = addVideo("two", "s2");
    EXPECT_EQ(analysis().gap, AgreementGap::NoSpans);
    ASSERT_TRUE(document().assign(one, {"anna"}).ok());
    ASSERT_TRUE(document().assign(two, {"bert"}).ok());
    EXPECT_EQ(analysis().gap, AgreementGap::NoSpans);
    code("anna", one, {10, 20}, 1);
    EXPECT_EQ(analysis().gap, AgreementGap::OneCoder);
    code("bert", two, {10, 20}, 1);
    EXPECT_EQ(analysis().gap, AgreementGap::NothingShared);
    EXPECT_TRUE(tables(analysis(), document().scheme()).empty());
    EXPECT_THAT(agreementGapText(AgreementGap::NothingShared), HasSubstr("assign one to both"));
    ASSERT_TRUE(document().setMember("owner", MemberRole::Owner).ok());
    ASSERT_TRUE(document().setMember("anna", MemberRole::Annotator).ok());
    document().setAnnotator("anna");
    EXPECT_EQ(analysis().gap, AgreementGap::LayersHidden);
}

TEST_F(AgreementProject, ComparesWhatTwoCodersDecidedAndNothingElse)
{
    const int64_t video = addVideo("one", "s1");
    ASSERT_TRUE(document().assign(video, {"anna", "bert"}).ok());
    code("anna", video, {100, 200}, 1);
    code("anna", video, {300, 400}, 2);
    code("anna", video, {500, 600}, 3, SpanState::Rejected);
    code("anna", video, {700, 800}, 3, SpanState::Flagged);
    code("bert", video, {110, 200}, 1);
    const AgreementAnalysis found = analysis();
    ASSERT_EQ(found.gap, AgreementGap::None);
    ASSERT_EQ(found.coders.size(), 2U);
    EXPECT_EQ(found.coders[0].spans, 2);
    EXPECT_EQ(found.coders[0].open, 1);
    const PairAgreement& pair = found.report.pairs.at(0);
    EXPECT_EQ(pair.framesCompared, 1000);
    EXPECT_EQ(pair.all.counts.spansA, 2);
    EXPECT_EQ(pair.all.counts.spansB, 1);
    EXPECT_EQ(pair.all.counts.named, 1);
    EXPECT_DOUBLE_EQ(pair.all.figures.f1[2].value, 2.0 / 3);
    EXPECT_DOUBLE_EQ(pair.all.figures.start.meanFrames.value, 10);
    EXPECT_DOUBLE_EQ(pair.all.figures.start.meanMs.value, 500);
    EXPECT_FALSE(pair.all.figures.frameKappa.interval); // one video alone
    // By hand, of 1000 frames: A 800 background, 100 of 1, 100 of 2; B 910 and 90; both 800 and 90.
    const double same = 890.0 / 1000;
    const double chance = (800.0 * 910 + 100.0 * 90) / 1e6;
    EXPECT_NEAR(pair.all.figures.frameKappa.value, (same - chance) / (1 - chance), 1e-12);
    const auto all = tables(found, document().scheme());
    ASSERT_EQ(all.size(), 7U);
    EXPECT_THAT(all[0].note, HasSubstr("Not decided by anna and left out: 1"));
    for (const Table& table : all) {
        EXPECT_THAT(tableCsv(table), testing::Not(HasSubstr("nan")));
        for (const auto& row : table.rows)
            EXPECT_EQ(row.size(), table.columns.size()) << table.key;
    }
}

TEST_F(AgreementProject, DrawsSubjectsWhereThereAreSeveral)
{
    for (const char* name : {"one", "two", "three"}) {
        const int64_t video = addVideo(name, name[0] == 'o' ? "s1" : "s2");
        ASSERT_TRUE(document().assign(video, {"anna", "bert"}).ok());
        code("anna", video, {100, 200}, name[0] == 'o' ? 1 : 2);
        code("bert", video, {name[1] == 'h' ? 300 : 120, 400}, 1);
    }
    const AgreementAnalysis found = analysis();
    EXPECT_TRUE(found.bySubject);
    EXPECT_EQ(found.set.groups, 2);
    EXPECT_TRUE(found.report.pairs.at(0).all.figures.frameKappa.interval);
    EXPECT_THAT(tables(found, document().scheme())[0].note, HasSubstr("2 subjects"));
}

TEST_F(AgreementProject, TheModelAndWhatWasSettledAreFurtherAnnotatorsWhereThatIsAsked)
{
    const int64_t video = addVideo("one", "s1");
    PredictionRun run;
    run.videoId = video;
    Prediction said;
    said.span = {100, 200};
    said.fused = std::vector<float>(static_cast<size_t>(document().scheme().classCount()), 0.0F);
    said.fused[4] = 1;
    Prediction other = said;
    other.span = {500, 550};
    ASSERT_TRUE(document().importRun(run, {said, other}).ok());
    ASSERT_TRUE(document().assign(video, {"anna", "bert"}).ok());
    code("anna", video, {100, 200}, 4);
    code("bert", video, {100, 200}, 4);
    Annotation settled;
    settled.span = {100, 210};
    settled.classId = 4;
    ASSERT_TRUE(document().adjudicate(video, {settled}).ok());
    EXPECT_EQ(analysis().coders.size(), 2U);
    const AgreementAnalysis all = analysis({0.3, true, true, 0});
    ASSERT_EQ(all.coders.size(), 4U);
    EXPECT_EQ(all.coders[2].kind, AgreementCoder::Kind::Settled);
    EXPECT_EQ(all.coders[3].kind, AgreementCoder::Kind::Model);
    EXPECT_EQ(all.coders[3].spans, 2);
    EXPECT_EQ(all.report.pairs.size(), 6U);
    EXPECT_EQ(all.independent(), (std::vector<int>{0, 1}));
    EXPECT_EQ(all.report.group, all.independent());
    const PairAgreement& annaAndModel = all.report.pairs[2];
    EXPECT_EQ(annaAndModel.all.counts.named, 1);
    EXPECT_EQ(annaAndModel.all.counts.spansB - annaAndModel.all.counts.pairedB, 1);
}

TEST_F(AgreementProject, WhatWasWithheldIsComparedApart)
{
    const int64_t video = addVideo("one", "s1");
    ASSERT_TRUE(document().assign(video, {"anna", "bert"}, 50).ok());
    PredictionRun run;
    run.videoId = video;
    std::vector<Prediction> predictions(20);
    for (size_t i = 0; i < predictions.size(); ++i) {
        const auto first = static_cast<int64_t>(i) * 50;
        predictions[i].span = {first, first + 20};
        predictions[i].fused
            = std::vector<float>(static_cast<size_t>(document().scheme().classCount()), 0.0F);
        predictions[i].fused[1] = 1;
    }
    ASSERT_TRUE(document().importRun(run, predictions).ok());
    int64_t withheld = 0;
    const PredictionRun stored = document().runs(video).back();
    for (int64_t i = 0; i < 20; ++i) {
        const bool hidden = isWithheld(stored.firstPrediction + i, 50);
        withheld += hidden ? 1 : 0;
        code("anna", video, {i * 50, i * 50 + 20}, 1);
        code("bert", video, {i * 50, i * 50 + 20}, hidden ? 2 : 1); // without a hint they never agree
    }
    ASSERT_GT(withheld, 0);
    ASSERT_LT(withheld, 20);
    const AgreementAnalysis found = analysis();
    EXPECT_TRUE(found.hints);
    const auto& parts = found.report.pairs.at(0).byHint;
    EXPECT_EQ(parts[1].counts.pairedA, withheld);
    EXPECT_EQ(parts[0].counts.pairedA, 20 - withheld);
    EXPECT_DOUBLE_EQ(parts[0].figures.f1[1].value, 1);
    EXPECT_DOUBLE_EQ(parts[1].figures.f1[1].value, 0);
    const auto all = tables(found, document().scheme());
    ASSERT_EQ(all.size(), 8U);
    EXPECT_EQ(all.back().key, "agreement_hints");
    for (const auto& row : all.back().rows)
        EXPECT_EQ(row.size(), all.back().columns.size());
}
