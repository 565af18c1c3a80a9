// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telltale {

/// A project of videos that are away, to be filled with answers of models and decisions of people.
class AnalysisProject : public testing::Test {
protected:
    static constexpr int kClasses = 17;

    AnalysisProject()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_analysis_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        auto made = Document::create(m_folder / "p", *loadLabelScheme("smg"));
        EXPECT_TRUE(made.ok());
        m_document = std::move(*made);
    }
    ~AnalysisProject() override
    {
        m_document.reset();
        std::filesystem::remove_all(m_folder);
    }

    int64_t addVideo(
        const std::string& name, const std::string& subject, SubjectRole role = SubjectRole::Test)
    {
        VideoEntry video;
        video.name = name;
        video.path = name + ".mp4";
        video.subject = subject;
        video.role = role;
        video.frameCount = 100000;
        video.fps = 25;
        video.offline = true;
        const auto id = m_document->addVideo(video);
        EXPECT_TRUE(id.ok());
        EXPECT_TRUE(m_document->setSubjectRole(subject, role).ok());
        return *id;
    }

    static FrameSpan spanAt(int place) { return {place * 20, place * 20 + 10}; }
    /// `confidence` for the class, the rest shared evenly.
    static std::vector<float> row(int classId, float confidence)
    {
        std::vector<float> scores(kClasses, (1 - confidence) / (kClasses - 1));
        scores[static_cast<size_t>(classId)] = confidence;
        return scores;
    }

    static Prediction answer(int place, std::vector<float> fused,
        const std::map<std::string, std::vector<float>>& modalities = {}, const std::string& birth = {})
    {
        Prediction one;
        one.span = spanAt(place);
        one.fused = std::move(fused);
        for (const auto& [name, scores] : modalities)
            one.modalities[name].probabilities = scores;
        one.birth = birth;
        return one;
    }

    void addRun(
        int64_t video, const std::string& model, const std::vector<Prediction>& answers, int64_t basedOn = 0)
    {
        PredictionRun run;
        run.videoId = video;
        run.model = model;
        run.basedOn = basedOn;
        EXPECT_TRUE(m_document->importRun(run, answers).ok());
    }

    int64_t addSpan(int64_t video, int place, int classId)
    {
        Annotation span;
        span.videoId = video;
        span.span = spanAt(place);
        span.classId = classId;
        span.state = SpanState::Accepted;
        const auto id = m_document->addAnnotation(span);
        EXPECT_TRUE(id.ok());
        return *id;
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Document> m_document;
    ProgressSink m_quiet;
};

} // namespace telltale
