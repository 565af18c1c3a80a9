// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/projectdetector.h"
#include "pipeline/projectsystem.h"
#include "tests/pipeline/clipproject.h"
#include <QUndoStack>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace telltale;
using testing::HasSubstr;
using Json = nlohmann::json;

namespace {

Json value(const Json& v) { return {{"value", v}, {"provenance", "ours"}}; }

constexpr int64_t kLength = 480; ///< frames of a video
constexpr int kParts[] = {9, 15}; ///< the point that swings, by class

Track2Recipe quickDetector()
{
    Json recipe;
    recipe["name"] = "quick";
    recipe["grid"] = {{"rows", value(64)}};
    recipe["input"] = {{"skeleton", value({"position", "displacement", "speed"})}};
    recipe["detector"] = {{"width", value(32)}, {"stem", value(1)}, {"branches", value(2)},
        {"heads", value(2)}, {"window", value(9)}};
    recipe["loss"] = {{"normaliser", value(10)}};
    recipe["training"] = {{"epochs", value(10)}, {"batch", value(2)}, {"learningRate", value(0.003)},
        {"ema", value(0.9)}, {"threads", value(1)}};
    auto parsed = parseTrack2Recipe(recipe.dump(), "quick.json");
    EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().message);
    return *parsed;
}

Track1Recipe quickEnsemble()
{
    Json recipe;
    recipe["name"] = "quick";
    auto& joint = recipe["streams"]["joint"];
    joint["input"] = {{"kind", value("skeleton")}, {"frames", value(8)}};
    joint["network"] = {{"kind", value("decoupled")}, {"widths", value({16, 16})}, {"groups", value(4)}};
    joint["training"] = Json::object();
    recipe["training"] = {{"epochs", value(2)}, {"batch", value(4)}, {"views", value(1)}};
    auto parsed = parseTrack1Recipe(recipe.dump(), "quick.json");
    EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().message);
    return *parsed;
}

/// Videos that are away, so that only their tracks are there: a point swings during a gesture, all stand
/// still else.
class ProjectDetector : public ClipProject {
protected:
    struct Gesture {
        FrameSpan span;
        int label;
    };

    static std::vector<Gesture> gestures(int video)
    {
        std::vector<Gesture> all;
        for (int64_t i = 0; i < 4; ++i) {
            const int64_t first = 20 + i * 115 + (video * 13) % 30;
            all.push_back({{first, first + 40}, static_cast<int>((i + video) % 2)});
        }
        return all;
    }

    static PoseTrack swinging(int video, int persons)
    {
        PoseTrack track;
        track.persons = persons;
        track.pointCount = kPointCount;
        const auto all = gestures(video);
        std::vector<PosePoint> points;
        for (int64_t frame = 0; frame < kLength; ++frame) {
            track.frames.push_back(frame);
            for (int person = 0; person < persons; ++person)
                for (int i = 0; i < kPointCount; ++i) {
                    PosePoint point{
                        static_cast<float>(60 + (i * 7) % 40), static_cast<float>(30 + (i * 11) % 60), 0.9f};
                    for (const Gesture& gesture : all)
                        if (person == 0 && gesture.span.first <= frame && frame < gesture.span.last
                            && i == kParts[gesture.label])
                            point.x += 30 * std::sin(0.4f * static_cast<float>(frame));
                    points.push_back(point);
                }
        }
        track.points = std::move(points);
        return track;
    }

    int64_t addAway(const std::string& name, SubjectRole role, bool labelled, int number, int persons = 1)
    {
        EXPECT_TRUE(writeTrack(m_document->folder() / (name + ".npz"), swinging(number, persons)).ok());
        VideoEntry entry;
        entry.name = name;
        entry.path = name + ".mp4";
        entry.subject = "subject " + name;
        entry.role = role;
        entry.frameCount = kLength;
        entry.fps = 25;
        entry.offline = true;
        entry.track = name + ".npz";
        const auto id = m_document->addVideo(entry);
        EXPECT_TRUE(id.ok()) << (id.ok() ? "" : id.error().message);
        if (labelled)
            for (const Gesture& gesture : gestures(number))
                addSpan(*id, gesture.span, gesture.label);
        return id.ok() ? *id : 0;
    }

    void SetUp() override
    {
        int number = 0;
        for (const char* name : {"a", "b", "c"})
            m_labelled = addAway(name, SubjectRole::Train, true, number++);
        addAway("d", SubjectRole::Validation, true, number++);
        m_new = addAway("e", SubjectRole::Unlabelled, false, number, 2);
    }
    void train()
    {
        const auto facts = trainDetectorOnProject(*m_document, quickDetector(), {}, m_quiet, {});
        ASSERT_TRUE(facts.ok()) << facts.error().message;
    }
    AppliedDetections detect()
    {
        const auto folder = activeDetector(*m_document);
        EXPECT_TRUE(folder.ok()) << (folder.ok() ? "" : folder.error().message);
        auto applied = detectInProject(*m_document, *folder, "cpu", m_quiet);
        EXPECT_TRUE(applied.ok()) << (applied.ok() ? "" : applied.error().message);
        return applied.ok() ? *applied : AppliedDetections();
    }
    std::vector<Annotation> proposals(int64_t video) const
    {
        std::vector<Annotation> open;
        for (const Annotation& span : m_document->annotations(video))
            if (span.state == SpanState::Proposed)
                open.push_back(span);
        return open;
    }

    int64_t m_labelled = 0;
    int64_t m_new = 0;
};

TEST_F(ProjectDetector, WhatItFindsBecomesProposalsWhileDecisionsStayAndUndoTakesThemBack)
{
    const auto none = activeDetector(*m_document);
    ASSERT_FALSE(none.ok());
    EXPECT_THAT(none.error().message, HasSubstr("train --system track2"));
    train();
    EXPECT_TRUE(std::filesystem::exists(*activeDetector(*m_document) / "track2.json"));
    const auto before = m_document->annotations(m_labelled);
    const auto applied = detect();
    EXPECT_EQ(applied.videos, 5);
    EXPECT_EQ(applied.named, 0);
    EXPECT_THAT(applied.notes, testing::Contains(HasSubstr("no Track 1 system")));
    for (const Annotation& span : before)
        EXPECT_EQ(*m_document->annotation(span.id), span);
    const auto open = proposals(m_new);
    ASSERT_FALSE(open.empty()) << "gestures that swing as in the videos that it learned from";
    for (const Annotation& span : open) {
        const auto prediction = m_document->prediction(span.predictionId);
        ASSERT_TRUE(prediction);
        EXPECT_GT(prediction->detectorScore, 0);
        const auto& own = prediction->modalities.at(kDetectorModality).probabilities;
        ASSERT_EQ(own.size(), 17U);
        EXPECT_EQ(prediction->fused, own) << "until somebody else names it";
        float sum = 0;
        for (const float share : own)
            sum += share;
        EXPECT_NEAR(sum, 1, 1e-5);
        const Json birth = Json::parse(prediction->birth);
        EXPECT_EQ(birth["label"], span.classId);
        EXPECT_EQ(birth["recipe"], "quick 1");
    }
    const auto surest = std::ranges::max_element(open, {},
        [&](const Annotation& span) { return m_document->prediction(span.predictionId)->detectorScore; });
    EXPECT_TRUE(std::ranges::any_of(gestures(4),
        [&](const Gesture& gesture) {
            return gesture.label == surest->classId && temporalIou(gesture.span, surest->span) >= 0.3;
        }))
        << surest->span.first << " to " << surest->span.last << ": where and what the point swings";
    m_document->undoStack()->undo();
    EXPECT_TRUE(proposals(m_new).empty());
}

TEST_F(ProjectDetector, TheEnsembleNamesWhatWasFoundAndBothScoresStay)
{
    train();
    const auto system = trainOnProject(*m_document, quickEnsemble(), {}, m_quiet, {});
    ASSERT_TRUE(system.ok()) << system.error().message;
    const auto applied = detect();
    EXPECT_GT(applied.named, 0);
    const auto open = proposals(m_new);
    ASSERT_FALSE(open.empty());
    for (const Annotation& span : open) {
        const auto prediction = m_document->prediction(span.predictionId);
        ASSERT_TRUE(prediction);
        EXPECT_GT(prediction->detectorScore, 0);
        EXPECT_EQ(prediction->modalities.size(), 2U) << "the detector and the ensemble's only stream";
        EXPECT_EQ(prediction->fused, prediction->modalities.at("joint").probabilities);
        const Json birth = Json::parse(prediction->birth);
        EXPECT_EQ(birth["model"], "track1");
        EXPECT_EQ(birth["detector"]["model"], "track2");
        EXPECT_NEAR(birth["detector"]["score"].get<double>(), prediction->detectorScore, 1e-6);
    }
    // Naming again, as after a new training, loses neither.
    const auto again = scoreProject(*m_document, *activeSystem(*m_document), {}, "cpu", m_quiet);
    ASSERT_TRUE(again.ok()) << again.error().message;
    const auto twice = proposals(m_new);
    ASSERT_EQ(twice.size(), open.size());
    const auto prediction = m_document->prediction(twice.front().predictionId);
    EXPECT_GT(prediction->detectorScore, 0);
    EXPECT_TRUE(prediction->modalities.contains(kDetectorModality));
    EXPECT_EQ(Json::parse(prediction->birth)["detector"]["model"], "track2") << "not one record in another";
}

TEST_F(ProjectDetector, EveryPersonIsLookedAtWhereNobodyDecidedAnything)
{
    const auto videos = cutProjectVideos(*m_document, true, false, m_quiet);
    ASSERT_TRUE(videos.ok()) << videos.error().message;
    std::vector<std::string> names;
    for (const UntrimmedVideo& video : videos->set->videos())
        names.push_back(video.id);
    EXPECT_THAT(names, testing::UnorderedElementsAre("a", "b", "c", "d", "e", "e#1"));
    const auto labelled = cutProjectVideos(*m_document, false, false, m_quiet);
    ASSERT_TRUE(labelled.ok()) << labelled.error().message;
    EXPECT_EQ(labelled->set->videos().size(), 4U);
}

TEST_F(ProjectDetector, ADetectorOfOtherClassesIsRefusedAndNothingIsEntered)
{
    train();
    const auto folder = activeDetector(*m_document);
    auto other = Document::create(m_folder / "other", *loadLabelScheme("imigue"));
    ASSERT_TRUE(other.ok());
    m_document = std::move(*other);
    addAway("x", SubjectRole::Unlabelled, false, 1);
    const auto steps = m_document->undoStack()->count();
    const auto refused = detectInProject(*m_document, *folder, "cpu", m_quiet);
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("classes"));
    EXPECT_EQ(m_document->undoStack()->count(), steps);
}

} // namespace
