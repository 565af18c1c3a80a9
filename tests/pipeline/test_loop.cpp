// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/importplan.h"
#include "media/videowriter.h"
#include "pipeline/analyze.h"
#include "pipeline/demo.h"
#include "pipeline/headmodels.h"
#include "pipeline/models.h"
#include "pipeline/project.h"
#include "pipeline/retrain.h"
#include "pose/posetrack.h"
#include <QCoreApplication>
#include <QUndoStack>
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

/// A new folder that goes away with the test.
class Scratch {
public:
    Scratch()
    {
        static int number = 0;
        m_path = fs::temp_directory_path()
            / ("telltale_loop_" + std::to_string(getpid()) + "_" + std::to_string(++number));
        fs::create_directories(m_path);
    }
    ~Scratch()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path operator/(const char* name) const { return m_path / name; }

private:
    fs::path m_path;
};

/// Cancels when a stage is reported.
class CancelAt final : public ProgressSink {
public:
    explicit CancelAt(std::string stage) : m_stage(std::move(stage)) { }
    bool cancelled() const override { return m_reached; }
    void report(int64_t, int64_t, std::string_view what) override
    {
        if (what == m_stage)
            m_reached = true;
    }

private:
    std::string m_stage;
    std::atomic<bool> m_reached = false;
};

std::unique_ptr<Document> openProject(const fs::path& folder)
{
    auto document = Document::open(folder);
    EXPECT_TRUE(document) << document.error().message;
    return document ? std::move(*document) : nullptr;
}

/// The tiny demo is made once for all tests, each of which works on a copy.
class DemoLoop : public ::testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_scratch = std::make_unique<Scratch>();
        CancelFlag progress;
        const Status status = makeDemo(*s_scratch / "demo", "tiny", 1, progress);
        ASSERT_TRUE(status) << status.error().message;
    }
    static void TearDownTestSuite() { s_scratch.reset(); }
    void SetUp() override
    {
        ASSERT_TRUE(fs::exists(*s_scratch / "demo"));
        m_project = m_scratch / "project";
        fs::copy(*s_scratch / "demo", m_project, fs::copy_options::recursive);
        m_document = openProject(m_project);
        ASSERT_TRUE(m_document);
    }
    Scratch m_scratch;
    fs::path m_project;
    std::unique_ptr<Document> m_document;
    CancelFlag m_progress;
    inline static std::unique_ptr<Scratch> s_scratch;
};

std::set<std::string> filesUnder(const fs::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()
            && entry.path().filename().string().find("project.db") == std::string::npos)
            names.insert(entry.path().lexically_relative(folder).string());
    return names;
}

/// What is computed once and used again, whole entry by whole entry, may stay.
std::set<std::string> withoutCaches(std::set<std::string> names)
{
    std::erase_if(names, [](const std::string& name) {
        return name.starts_with("cache/features/") || name.starts_with("cache/index/");
    });
    return names;
}

int64_t inState(const Document& document, SpanState state)
{
    const auto all = document.allAnnotations();
    return std::count_if(all.begin(), all.end(), [&](const Annotation& a) { return a.state == state; });
}

/// A grey video in which a bright square moves from `start` to `end` and rests otherwise.
void writeMovingSquare(const fs::path& file, int frames, int start, int end)
{
    VideoWriterOptions options;
    options.width = 160;
    options.height = 120;
    auto writer = createVideo(file, options);
    ASSERT_TRUE(writer) << writer.error().message;
    for (int f = 0; f < frames; ++f) {
        std::vector<uint8_t> picture(160 * 120 * 4, 90);
        const int phase = std::clamp(f, start, end) - start;
        const int left = 20 + (phase * 7) % 100;
        for (int y = 40; y < 80; ++y)
            std::fill_n(picture.begin() + (y * 160 + left) * 4, 40 * 4, static_cast<uint8_t>(230));
        ASSERT_TRUE((*writer)->writeBgra(picture));
    }
    ASSERT_TRUE((*writer)->finish());
}

} // namespace

TEST_F(DemoLoop, TheDemoHasDecidedAndOpenSpansHeadsAndCurves)
{
    const ProjectSummary summary = m_document->summary();
    EXPECT_EQ(summary.videos, 1);
    EXPECT_GE(inState(*m_document, SpanState::Accepted) + inState(*m_document, SpanState::Corrected), 2);
    ASSERT_EQ(m_document->models().size(), 1U);
    EXPECT_TRUE(m_document->models().front().active);
    EXPECT_TRUE(fs::exists(m_document->absolute(m_document->models().front().file)));
    const VideoEntry& video = m_document->videos().front();
    EXPECT_FALSE(video.track.empty());
    const LaneCurves curves = loadCurves(*m_document, video.id);
    ASSERT_TRUE(curves.contains("detector"));
    ASSERT_TRUE(curves.contains("motion"));
    EXPECT_EQ(curves.at("detector").size(), static_cast<size_t>(video.frameCount));
    for (const auto& [name, curve] : curves)
        for (const float value : curve)
            EXPECT_TRUE(value >= 0 && value <= 1) << name << " " << value;
}

TEST_F(DemoLoop, AnalysisRetrainingAndExportGoThroughWithSpansInRange)
{
    const VideoEntry video = m_document->videos().front();
    const auto analyzed = analyzeVideo(makeAnalyzeRequest(*m_document, video, {}), m_progress);
    ASSERT_TRUE(analyzed) << analyzed.error().message;
    EXPECT_FALSE(analyzed->predictions.empty());
    EXPECT_GT(analyzed->poseShare, 0.9);
    const int64_t decidedBefore
        = inState(*m_document, SpanState::Accepted) + inState(*m_document, SpanState::Corrected);
    ASSERT_TRUE(applyAnalysis(*m_document, video.id, *analyzed));
    EXPECT_EQ(inState(*m_document, SpanState::Accepted) + inState(*m_document, SpanState::Corrected),
        decidedBefore);

    const auto request = makeRetrainRequest(*m_document);
    ASSERT_TRUE(request) << request.error().message;
    int epochs = 0;
    std::set<std::string> modalities;
    const auto retrained = retrainHeads(*request, m_progress, [&](const RetrainProgress& at) {
        ++epochs;
        modalities.insert(at.modality);
    });
    ASSERT_TRUE(retrained) << retrained.error().message;
    EXPECT_GT(epochs, 0);
    EXPECT_EQ(modalities, (std::set<std::string>{"heatmap", "joint", "rgb"}));
    EXPECT_TRUE(nlohmann::json::accept(retrained->metricsJson));
    const size_t models = m_document->models().size();
    ASSERT_TRUE(applyRetraining(*m_document, *retrained));
    ASSERT_EQ(m_document->models().size(), models + 1);
    EXPECT_EQ(fs::path(m_document->models().back().file).filename(), retrained->file.filename());

    const auto format = findFormat("activitynet");
    ASSERT_TRUE(format);
    const auto written = (*format)->write(*m_document, m_scratch / "out.json", {}, m_progress);
    ASSERT_TRUE(written) << written.error().message;
    const auto exported = nlohmann::json::parse(*readFile(m_scratch / "out.json"));
    size_t spans = 0;
    for (const auto& entry : exported.at("database"))
        for (const auto& span : entry.at("annotations")) {
            EXPECT_GE(span.at("segment")[0].get<double>(), 0);
            EXPECT_LT(span.at("segment")[0].get<double>(), span.at("segment")[1].get<double>());
            EXPECT_LE(
                span.at("segment")[1].get<double>(), static_cast<double>(video.durationUs) / 1e6 + 0.05);
            ++spans;
        }
    EXPECT_GT(spans, 0U);
}

TEST_F(DemoLoop, NewHeadsWaitAsACandidateUntilTheyArePromotedAndGoBackWhenRolledBack)
{
    const auto request = makeRetrainRequest(*m_document, 1, true);
    ASSERT_TRUE(request);
    EXPECT_TRUE(request->cold);
    RetrainProgress last;
    const auto result = retrainHeads(*request, m_progress, [&](const RetrainProgress& at) { last = at; });
    ASSERT_TRUE(result) << result.error().message;
    const size_t classes = static_cast<size_t>(m_document->scheme().classCount());
    EXPECT_EQ(last.held.perClass.size(), result->measuredOnHeldOut ? classes : 0U);
    EXPECT_EQ(last.current.perClass.size(), last.held.perClass.size());
    EXPECT_EQ(result->before.perClass.size(), classes);
    EXPECT_EQ(result->after.perClass.size(), classes);
    EXPECT_TRUE(nlohmann::json::parse(result->metricsJson).at("after").contains("tail_f1"));
    const auto active = [&] {
        const ModelEntry* heads = activeHeads(*m_document);
        return heads ? heads->id : 0;
    };
    const int64_t before = active();
    const auto candidate = addCandidate(*m_document, *result);
    ASSERT_TRUE(candidate);
    EXPECT_EQ(active(), before);
    ASSERT_TRUE(candidateHeads(*m_document));
    EXPECT_EQ(candidateHeads(*m_document)->id, *candidate);
    ASSERT_TRUE(promoteHeads(*m_document, *candidate));
    EXPECT_EQ(active(), *candidate);
    EXPECT_EQ(formerHeads(*m_document), before);
    ASSERT_TRUE(rollBackHeads(*m_document));
    EXPECT_EQ(active(), before);
    EXPECT_EQ(promoteHeads(*m_document, 999).error().code, ErrorCode::NotFound);
    fs::resize_file(result->file, 10);
    const Status damaged = promoteHeads(*m_document, *candidate);
    ASSERT_FALSE(damaged);
    EXPECT_THAT(damaged.error().message, testing::HasSubstr(result->file.filename().string()));
    EXPECT_EQ(active(), before) << "the former heads stay";
}

TEST_F(DemoLoop, WhatAPersonCorrectedWeighsMoreThanWhatSheAcceptedAndThatMoreThanPseudoLabels)
{
    const auto request = makeRetrainRequest(*m_document);
    ASSERT_TRUE(request);
    std::map<SpanState, std::set<double>> weights;
    for (const HeadSample& sample : request->samples)
        if (sample.weight > 0)
            weights[m_document->annotation(sample.annotationId)->state].insert(sample.weight);
    ASSERT_FALSE(weights[SpanState::Accepted].empty());
    EXPECT_GE(*weights[SpanState::Accepted].begin(), 1);
    if (!weights[SpanState::Corrected].empty()) {
        EXPECT_GT(*weights[SpanState::Corrected].begin(), *weights[SpanState::Accepted].rbegin());
    }
    if (!weights[SpanState::Proposed].empty()) {
        EXPECT_LT(*weights[SpanState::Proposed].rbegin(), *weights[SpanState::Accepted].begin());
    }
}

TEST_F(DemoLoop, TheSameInputGivesTheSamePredictionsAndHeads)
{
    const VideoEntry video = m_document->videos().front();
    const auto request = makeAnalyzeRequest(*m_document, video, {});
    const auto first = analyzeVideo(request, m_progress);
    const auto second = analyzeVideo(request, m_progress);
    ASSERT_TRUE(first && second);
    ASSERT_EQ(first->predictions.size(), second->predictions.size());
    for (size_t i = 0; i < first->predictions.size(); ++i) {
        EXPECT_EQ(first->predictions[i].span, second->predictions[i].span);
        EXPECT_EQ(first->predictions[i].fused, second->predictions[i].fused);
    }
    EXPECT_EQ(first->run.curves, second->run.curves);
    const auto retrain = makeRetrainRequest(*m_document, 7);
    ASSERT_TRUE(retrain);
    const auto a = retrainHeads(*retrain, m_progress, {});
    const auto b = retrainHeads(*retrain, m_progress, {});
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->file, b->file); // named by content
}

TEST_F(DemoLoop, EveryPredictionKnowsHowItWasBorn)
{
    const VideoEntry video = m_document->videos().front();
    const auto analyzed = analyzeVideo(makeAnalyzeRequest(*m_document, video, {}), m_progress);
    ASSERT_TRUE(analyzed);
    ASSERT_FALSE(analyzed->predictions.empty());
    for (const Prediction& prediction : analyzed->predictions) {
        const auto birth = nlohmann::json::parse(prediction.birth);
        for (const char* key : {"method", "recipe", "model", "digest", "accepted", "label", "score",
                 "agreeing", "teacher", "votes", "weights", "thresholds"})
            EXPECT_TRUE(birth.contains(key)) << key;
        EXPECT_EQ(birth["accepted"].get<bool>(), prediction.pseudoLabel);
        EXPECT_EQ(birth["votes"].size(), prediction.modalities.size());
        EXPECT_EQ(prediction.modalities.size(), 3U);
        EXPECT_EQ(prediction.fused.size(), static_cast<size_t>(m_document->scheme().classCount()));
        float sum = 0;
        for (const float value : prediction.fused)
            sum += value;
        EXPECT_NEAR(sum, 1, 1e-3);
        EXPECT_GE(prediction.span.first, 0);
        EXPECT_LE(prediction.span.last, video.frameCount);
    }
}

TEST_F(DemoLoop, ASpanThatWasMovedGetsNewFeaturesAndTheirCacheIsUsedAgain)
{
    const VideoEntry video = m_document->videos().front();
    Annotation added;
    added.videoId = video.id;
    added.span = {video.frameCount / 2, video.frameCount / 2 + 37};
    added.classId = 3;
    ASSERT_TRUE(m_document->addAnnotation(added));
    const auto request = makeRetrainRequest(*m_document);
    ASSERT_TRUE(request);
    ASSERT_TRUE(retrainHeads(*request, m_progress, {}));
    const fs::path cache = m_project / "cache" / "features";
    ASSERT_TRUE(fs::exists(cache));
    const auto files = filesUnder(cache);
    EXPECT_FALSE(files.empty());
    CancelAt noFrames("frames");
    EXPECT_TRUE(retrainHeads(*request, noFrames, {})); // would be cancelled if it decoded again
    EXPECT_EQ(filesUnder(cache), files);
}

TEST_F(DemoLoop, ConfusionShowsWhatWasSaidBeforeThePersonDecided)
{
    const ProjectConfusion before = projectConfusion(*m_document);
    const auto request = makeRetrainRequest(*m_document);
    ASSERT_TRUE(request);
    CancelFlag progress;
    const auto retrained = retrainHeads(*request, progress, {});
    ASSERT_TRUE(retrained);
    ASSERT_TRUE(applyRetraining(*m_document, *retrained));
    EXPECT_EQ(projectConfusion(*m_document).report.confusion, before.report.confusion)
        << "heads that learned from the decided spans must not be measured on them";
}

TEST_F(DemoLoop, ConfusionCountsTheDecidedSpansThatHaveAPrediction)
{
    const ProjectConfusion confusion = projectConfusion(*m_document);
    EXPECT_GT(confusion.spans, 0);
    EXPECT_EQ(confusion.classes.size(), static_cast<size_t>(m_document->scheme().classCount()));
    int64_t cells = 0;
    for (const auto& row : confusion.report.confusion)
        for (const int64_t count : row)
            cells += count;
    EXPECT_EQ(cells, confusion.spans);
    EXPECT_LE(confusion.spans,
        inState(*m_document, SpanState::Accepted) + inState(*m_document, SpanState::Corrected));
}

TEST_F(DemoLoop, CancellingLeavesNothingBehind)
{
    const VideoEntry video = m_document->videos().front();
    fs::remove_all(m_project / "cache");
    const auto before = filesUnder(m_project);
    for (const char* stage : {"detector", "frames"}) {
        CancelAt progress(stage);
        const auto analyzed = analyzeVideo(makeAnalyzeRequest(*m_document, video, {}), progress);
        ASSERT_FALSE(analyzed) << stage;
        EXPECT_EQ(analyzed.error().code, ErrorCode::Cancelled) << stage;
        EXPECT_EQ(withoutCaches(filesUnder(m_project)), before) << stage;
    }
    const auto request = makeRetrainRequest(*m_document);
    ASSERT_TRUE(request);
    CancelFlag cancelled;
    cancelled.cancel();
    const auto retrained = retrainHeads(*request, cancelled, {});
    ASSERT_FALSE(retrained);
    EXPECT_EQ(retrained.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(
        filesUnder(m_project / "models"), std::set<std::string>{m_document->models().front().file.substr(7)});
}

TEST_F(DemoLoop, RetrainingNeedsTwoClassesAndSaysSo)
{
    for (const Annotation& span : m_document->allAnnotations())
        if (span.state != SpanState::Rejected) {
            ASSERT_TRUE(m_document->setState(span.id, SpanState::Rejected));
        }
    const auto request = makeRetrainRequest(*m_document);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(request.error().message.find("two classes"), std::string::npos);
}

TEST(MakeDemo, RefusesAFolderThatHoldsSomethingAndLeavesNothingWhenCancelled)
{
    Scratch scratch;
    CancelFlag cancelled;
    cancelled.cancel();
    const Status stopped = makeDemo(scratch / "demo", "tiny", 1, cancelled);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(fs::exists(scratch / "demo"));
    fs::create_directories(scratch / "used");
    ASSERT_TRUE(writeFileAtomically(scratch / "used/note.txt", "mine"));
    CancelFlag progress;
    const Status refused = makeDemo(scratch / "used", "tiny", 1, progress);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_TRUE(fs::exists(scratch / "used/note.txt"));
    EXPECT_FALSE(makeDemo(scratch / "new", "huge", 1, progress));
}

TEST(AnalyzeWithoutPose, FindsTheMovementNamesItByRgbAndSaysHowToGetPoses)
{
    Scratch scratch;
    writeMovingSquare(scratch / "square.mp4", 280, 112, 168);
    CancelFlag progress;
    const auto scheme = loadLabelScheme("imigue");
    ASSERT_TRUE(scheme);
    auto document = Document::create(scratch / "project", *scheme);
    ASSERT_TRUE(document) << document.error().message;
    const auto id = addVideoFile(**document, scratch / "square.mp4", "s1", SubjectRole::Train, progress);
    ASSERT_TRUE(id) << id.error().message;
    const auto result = analyzeVideo(makeAnalyzeRequest(**document, *(*document)->video(*id), {}), progress);
    ASSERT_TRUE(result) << result.error().message;
    ASSERT_EQ(result->predictions.size(), 1U);
    EXPECT_GT(temporalIou(result->predictions[0].span, {112, 168}), 0.6);
    EXPECT_EQ(result->predictions[0].modalities.size(), 1U);
    EXPECT_TRUE(result->predictions[0].modalities.contains("rgb"));
    EXPECT_FALSE(result->predictions[0].pseudoLabel) << "one modality alone cannot agree with others";
    const bool told = std::any_of(result->notes.begin(), result->notes.end(),
        [](const std::string& note) { return note.find("pose model") != std::string::npos; });
    EXPECT_TRUE(told);
}

TEST(AnalyzeWithAnUnknownScheme, GivesSpansWithoutNamesAndSaysWhy)
{
    Scratch scratch;
    writeMovingSquare(scratch / "square.mp4", 200, 80, 140);
    CancelFlag progress;
    const auto scheme = loadLabelScheme("own");
    ASSERT_TRUE(scheme);
    auto document = Document::create(scratch / "project", *scheme);
    ASSERT_TRUE(document);
    const auto id = addVideoFile(**document, scratch / "square.mp4", "s1", SubjectRole::Train, progress);
    ASSERT_TRUE(id);
    const auto result = analyzeVideo(makeAnalyzeRequest(**document, *(*document)->video(*id), {}), progress);
    ASSERT_TRUE(result) << result.error().message;
    ASSERT_FALSE(result->predictions.empty());
    EXPECT_TRUE(result->predictions[0].fused.empty());
    ASSERT_TRUE(applyAnalysis(**document, *id, *result));
    EXPECT_EQ((*document)->annotations(*id).front().classId, -1);
    EXPECT_NE(result->notes.front().find("without names"), std::string::npos);
}

TEST(AnalyzeBadInput, APoseModelThatIsNoneEndsInASentence)
{
    Scratch scratch;
    writeMovingSquare(scratch / "square.mp4", 60, 20, 40);
    ASSERT_TRUE(writeFileAtomically(scratch / "model.pb", "not a network"));
    CancelFlag progress;
    auto document = Document::create(scratch / "project", *loadLabelScheme("smg"));
    ASSERT_TRUE(document);
    const auto id = addVideoFile(**document, scratch / "square.mp4", "s1", SubjectRole::Train, progress);
    ASSERT_TRUE(id);
    for (const char* model : {"model.pb", "absent.pb"}) {
        const auto result = analyzeVideo(
            makeAnalyzeRequest(**document, *(*document)->video(*id), scratch / model), progress);
        ASSERT_FALSE(result) << model;
        EXPECT_NE(result.error().message.find(model), std::string::npos) << result.error().message;
    }
    EXPECT_FALSE(fs::exists(scratch / "project/cache/tracks"));
}
