// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "analysisproject.h"
#include "base/files.h"
#include "pipeline/analysis/modalityanalysis.h"
#include <cmath>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr const char* kBase = "track1 aaaa";
constexpr const char* kAdapted = "track1 bbbb (transductive adaptation)";

/// Six spans of a test person, one of a training person; a system and its adapted one have named them.
class ModalityAnalysisTest : public AnalysisProject {
protected:
    void decide()
    {
        m_test = addVideo("t", "tess", SubjectRole::Test);
        m_train = addVideo("r", "rob", SubjectRole::Train);
        int place = 0;
        for (const int truth : {0, 0, 1, 1, 2, 2})
            m_spans.push_back(addSpan(m_test, place++, truth));
        m_spans.push_back(addSpan(m_train, 0, 0));
    }

    static std::string birthOf(const std::string& digest, const std::string& adapted)
    {
        std::string birth = R"({"model":"track1","digest":")" + digest + "\"";
        if (!adapted.empty())
            birth += R"(,"adapted":")" + adapted + "\"";
        return birth + "}";
    }

    void predict(const char* model, const std::string& digest, const std::string& adapted,
        const std::vector<int>& fused, int64_t basedOn = 0)
    {
        const std::vector<int> joint{0, 0, 1, 0, 2, 2};
        const std::vector<int> rgb{1, 0, 1, 1, 2};
        std::vector<Prediction> answers;
        for (int i = 0; i < 6; ++i) {
            const auto at = static_cast<size_t>(i);
            std::map<std::string, std::vector<float>> modalities{{"joint", row(joint[at], 0.8F)}};
            if (at < rgb.size())
                modalities["rgb"] = row(rgb[at], 0.7F);
            answers.push_back(answer(i, row(fused[at], 0.8F), modalities, birthOf(digest, adapted)));
        }
        addRun(m_test, model, answers, basedOn);
        addRun(m_train, model, {answer(0, row(0, 0.9F), {{"joint", row(0, 0.9F)}}, birthOf(digest, adapted))},
            basedOn);
    }

    void predictBase() { predict(kBase, "aaaa", "", {0, 1, 1, 1, 0, 2}); }
    void predictAdapted(int64_t basedOn = 0)
    {
        predict(kAdapted, "bbbb", "transductive", {0, 0, 1, 1, 0, 2}, basedOn);
    }

    ModalityAnalysis analysis(const ModalitySettings& settings = {})
    {
        auto made = analyzeModalities(m_document->freeze(), settings, m_book, m_quiet);
        EXPECT_TRUE(made.ok());
        return *made;
    }

    static ModalitySettings heldOut(const char* system = kBase)
    {
        ModalitySettings settings;
        settings.system = system;
        settings.heldOutOnly = true;
        return settings;
    }

    int64_t m_test = 0;
    int64_t m_train = 0;
    std::vector<int64_t> m_spans;
    AnswerBook m_book;
};

} // namespace

TEST_F(ModalityAnalysisTest, SaysWhatIsMissing)
{
    EXPECT_EQ(analysis().missing, ModalityMissing::NoVideos);
    decide();
    EXPECT_EQ(analysis().missing, ModalityMissing::NoPredictions);
    predictBase();
    EXPECT_EQ(analysis().missing, ModalityMissing::Nothing);
    ModalitySettings other;
    other.system = "";
    EXPECT_EQ(analysis(other).missing, ModalityMissing::NoAnswers) << "people added the spans";
}

TEST_F(ModalityAnalysisTest, NothingDecidedIsSaid)
{
    m_test = addVideo("t", "tess");
    addRun(m_test, "demo 1", {answer(0, row(1, 0.8F))});
    EXPECT_EQ(analysis().missing, ModalityMissing::NothingDecided);
}

TEST_F(ModalityAnalysisTest, CountsEachModalityOnHeldOutPeople)
{
    decide();
    predictBase();
    const ModalityAnalysis found = analysis(heldOut());
    ASSERT_THAT(found.voters, ElementsAre("fused", "joint", "rgb"));
    EXPECT_THAT(found.spans, SizeIs(6)) << "the training person's span is left out";
    EXPECT_EQ(found.acquaintance.at(Acquaintance::HeldOut), 6);
    EXPECT_EQ(found.acquaintance.at(Acquaintance::LearnedFrom), 1);
    const VoterReport& fused = found.reports[0];
    // Class 0: one of two found, one named so wrongly. Class 1: both found, one too many. Class 2: one of
    // two.
    EXPECT_NEAR(fused.classes[0].f1, 0.5, 1e-12);
    EXPECT_NEAR(fused.classes[1].f1, 0.8, 1e-12);
    EXPECT_NEAR(fused.classes[2].f1, 2.0 / 3, 1e-12);
    EXPECT_NEAR(fused.macroF1, (0.5 + 0.8 + 2.0 / 3) / 3, 1e-12);
    EXPECT_NEAR(fused.accuracy, 4.0 / 6, 1e-12);
    EXPECT_EQ(found.reports[1].spans, 6);
    EXPECT_NEAR(found.reports[1].accuracy, 5.0 / 6, 1e-12);
    EXPECT_EQ(found.reports[2].spans, 5) << "of one span there is no picture";
    EXPECT_NEAR(found.reports[2].accuracy, 4.0 / 5, 1e-12);

    EXPECT_EQ(analysis(heldOut(kBase)).decided, 7);
    ModalitySettings all;
    all.system = kBase;
    EXPECT_THAT(analysis(all).spans, SizeIs(7));
}

TEST_F(ModalityAnalysisTest, ModalitiesAreHeldAgainstEachOther)
{
    decide();
    predictBase();
    const ModalityAnalysis found = analysis(heldOut());
    const VoterPair& pair = found.pairs[1][2]; // joint and rgb on the first five spans
    EXPECT_EQ(pair.items, 5);
    EXPECT_EQ(pair.same, 3);
    EXPECT_EQ(pair.firstOnly, 1);
    EXPECT_EQ(pair.secondOnly, 1);
    EXPECT_EQ(pair.bothWrong, 0);
    // Joint names 0, 0, 1, 0, 2, RGB 1, 0, 1, 1, 2: by chance (3*1 + 1*3 + 1*1) / 25.
    EXPECT_NEAR(pair.kappa, (0.6 - 7.0 / 25) / (1 - 7.0 / 25), 1e-12);
    EXPECT_EQ(found.oracle.anyRight, 6);
    EXPECT_EQ(found.oracle.allRight, 4);
    ASSERT_THAT(found.evidence, SizeIs(2));
    EXPECT_THAT(found.evidence[0].modalities, ElementsAre("joint", "rgb"));
    EXPECT_EQ(found.evidence[0].spans, 5);
    EXPECT_EQ(found.evidence[0].right, 3);
    EXPECT_THAT(found.differingSpans(1, 2), ElementsAre(m_spans[0], m_spans[3]));
    EXPECT_THAT(found.wrongSpans(0, 0), ElementsAre(m_spans[1]));
    EXPECT_THAT(found.wrongSpans(2, -1), ElementsAre(m_spans[4], m_spans[5]));
}

TEST_F(ModalityAnalysisTest, AnswersOfWhatWasProposedCountAsTheyWere)
{
    m_test = addVideo("t", "tess");
    addRun(m_test, "demo 1 + heads-2.safetensors",
        {answer(0, row(1, 0.8F), {{"joint", row(1, 0.8F)}}),
            answer(1, row(1, 0.8F), {{"joint", row(1, 0.8F)}})});
    const auto spans = m_document->annotations(m_test);
    ASSERT_TRUE(m_document->setState(spans[0].id, SpanState::Accepted).ok());
    ASSERT_TRUE(m_document->relabel(spans[1].id, 3).ok());
    // A later run says otherwise, but the recorded answers count.
    addRun(m_test, "demo 1", {answer(5, row(0, 0.9F))});
    const ModalityAnalysis found = analysis();
    EXPECT_EQ(found.system, "");
    EXPECT_NEAR(found.reports[0].accuracy, 0.5, 1e-12);
    EXPECT_EQ(found.acquaintance.at(Acquaintance::KnownPerson), 2);
}

TEST_F(ModalityAnalysisTest, AMovedSpanIsFoundByItsOverlap)
{
    m_test = addVideo("t", "tess");
    Annotation span;
    span.videoId = m_test;
    span.span = {2, 12}; // of the answer's 0 to 10 it shares 8 of 12 frames
    span.classId = 1;
    ASSERT_TRUE(m_document->addAnnotation(span).ok());
    span.span = {26, 40}; // 4 of 20
    ASSERT_TRUE(m_document->addAnnotation(span).ok());
    addRun(m_test, kBase, {answer(0, row(1, 0.8F)), answer(1, row(1, 0.8F))});
    EXPECT_THAT(analysis(heldOut()).spans, SizeIs(1));
}

TEST_F(ModalityAnalysisTest, GainStandsBesideTheUnadaptedOnTheSameSpans)
{
    decide();
    EXPECT_EQ(analysis().gain.missing, GainMissing::NotAdapted);
    predictAdapted();
    EXPECT_EQ(analysis().gain.missing, GainMissing::NoBase);
    predictBase();
    const AdaptationGain gain = analysis().gain;
    ASSERT_EQ(gain.missing, GainMissing::Nothing);
    EXPECT_EQ(gain.protocol, "transductive");
    EXPECT_TRUE(gain.heldOut);
    const VoterGain& fused = gain.voters.front();
    EXPECT_EQ(fused.spans, 6);
    EXPECT_NEAR(fused.before, (0.5 + 0.8 + 2.0 / 3) / 3, 1e-12);
    EXPECT_NEAR(fused.after, (0.8 + 1 + 2.0 / 3) / 3, 1e-12);
    ASSERT_THAT(fused.classes, SizeIs(3));
    EXPECT_NEAR(fused.classes[1].before, 0.8, 1e-12);
    EXPECT_NEAR(fused.classes[1].after, 1, 1e-12);
    ASSERT_THAT(fused.subjects, SizeIs(1));
    EXPECT_EQ(fused.subjects[0].subject, "tess");
    EXPECT_NEAR(fused.subjects[0].before, 4.0 / 6, 1e-12);
    EXPECT_NEAR(fused.subjects[0].after, 5.0 / 6, 1e-12);
    EXPECT_NEAR(gain.voters[1].after - gain.voters[1].before, 0, 1e-12) << "the skeleton says the same";
}

TEST_F(ModalityAnalysisTest, TheAdaptedSystemSaysWhatItWasMadeFrom)
{
    decide();
    predictBase();
    predict("track1 cccc", "cccc", "", {2, 2, 2, 2, 2, 2}); // newer, and not what was adapted
    predictAdapted(77);
    ModelEntry model;
    model.kind = "track1";
    model.file = "models/adapted";
    model.recipe = R"({"name":"x","adapted":"transductive"})";
    model.metrics = R"({"protocol":"transductive",
        "unadapted":{"fused":{"clips":9,"macro_f1":0.5,"per_class":[{"f1":0.25,"truth":4},{"f1":0,"truth":0}]}},
        "adapted":{"fused":{"clips":9,"macro_f1":0.625,"per_class":[{"f1":0.75,"truth":4},{"f1":0,"truth":0}]}}})";
    model.basedOn = 77;
    std::filesystem::create_directories(m_document->folder() / "models" / "adapted");
    ASSERT_TRUE(
        writeFileAtomically(m_document->folder() / model.file / "track1.json", R"({"base":"aaaa"})").ok());
    ASSERT_TRUE(m_document->addCandidate(model).ok());
    const AdaptationGain gain = analysis().gain;
    EXPECT_EQ(gain.base, kBase);
    ASSERT_THAT(gain.measured, SizeIs(1));
    EXPECT_EQ(gain.measured[0].spans, 9);
    EXPECT_NEAR(gain.measured[0].after - gain.measured[0].before, 0.125, 1e-12);
    ASSERT_THAT(gain.measured[0].classes, SizeIs(1)) << "the other class did not occur";
    EXPECT_NEAR(gain.measured[0].classes[0].after, 0.75, 1e-12);
}

TEST_F(ModalityAnalysisTest, IntervalsNeedTwoPeople)
{
    decide();
    predictBase();
    predictAdapted();
    ModalitySettings settings = heldOut();
    settings.bootstrap.resamples = 40;
    ModalityAnalysis one = analysis(settings);
    ASSERT_TRUE(addIntervals(one, settings, m_quiet).ok());
    EXPECT_FALSE(one.reports[0].macroF1Interval) << "one person stands for nobody else";
    EXPECT_TRUE(one.gain.voters[0].subjects[0].change) << "over the person's spans";
    EXPECT_THAT(tables(one, m_document->scheme())[0].note, HasSubstr("No intervals"));
    settings.heldOutOnly = false;
    ModalityAnalysis two = analysis(settings);
    ASSERT_TRUE(addIntervals(two, settings, m_quiet).ok());
    ASSERT_TRUE(two.reports[0].accuracyInterval);
    EXPECT_NEAR(two.reports[0].accuracyInterval->low, 4.0 / 6, 1e-9) << "only tess, twice";
    EXPECT_NEAR(two.reports[0].accuracyInterval->high, 1, 1e-9) << "only rob, twice";
}

TEST_F(ModalityAnalysisTest, TablesAreWholeAndSayWhatIsTransductive)
{
    decide();
    predictBase();
    predictAdapted();
    ModalitySettings settings;
    settings.system = kAdapted;
    const ModalityAnalysis found = analysis(settings);
    EXPECT_EQ(found.transductive, 7);
    const std::vector<Table> all = tables(found, m_document->scheme());
    std::vector<std::string> keys;
    for (const Table& table : all) {
        keys.push_back(table.key);
        for (const auto& cells : table.rows)
            EXPECT_EQ(cells.size(), table.columns.size()) << table.key;
    }
    EXPECT_THAT(keys,
        ElementsAre("modalities", "modality_classes", "modality_agreement", "modality_evidence", "adaptation",
            "adaptation_classes", "adaptation_subjects"));
    EXPECT_THAT(all[0].note, HasSubstr("Transductive: 7"));
    EXPECT_THAT(all[4].note, HasSubstr("Transductive"));
}

TEST_F(ModalityAnalysisTest, NoneHeldOutIsSaid)
{
    m_train = addVideo("r", "rob", SubjectRole::Train);
    addSpan(m_train, 0, 0);
    addRun(m_train, kBase, {answer(0, row(0, 0.9F))});
    EXPECT_EQ(analysis(heldOut()).missing, ModalityMissing::NoneHeldOut);
}
