// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "media/videowriter.h"
#include "pipeline/clipsets/projectclips.h"
#include "pipeline/project.h"
#include "pose/layout.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telltale {

/// A project with short videos of a square that moves, and a track whose points say their frame.
class ClipProject : public testing::Test {
protected:
    static constexpr int kWidth = 160;
    static constexpr int kHeight = 120;
    static constexpr int64_t kFrames = 40;

    ClipProject()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_clips_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        auto made = Document::create(m_folder / "p", *loadLabelScheme("smg"));
        EXPECT_TRUE(made.ok());
        m_document = std::move(*made);
    }
    ~ClipProject() override
    {
        m_document.reset();
        std::filesystem::remove_all(m_folder);
    }

    static PoseTrack track()
    {
        PoseTrack track;
        track.persons = 1;
        track.pointCount = kPointCount;
        for (int64_t frame = 0; frame < kFrames; ++frame) {
            track.frames.push_back(frame);
            for (int i = 0; i < kPointCount; ++i)
                track.points.push_back(
                    {60.25f + static_cast<float>(i % 8), 40 + static_cast<float>(frame), 0.5f});
        }
        return track;
    }

    int64_t addVideo(const std::string& name, const std::string& subject, SubjectRole role)
    {
        const std::filesystem::path file = m_folder / (name + ".mp4");
        auto writer = createVideo(file, {.width = kWidth, .height = kHeight, .fpsNum = 25, .gop = 10});
        EXPECT_TRUE(writer.ok());
        for (int64_t frame = 0; frame < kFrames; ++frame) {
            std::vector<uint8_t> bgra(static_cast<size_t>(kWidth * kHeight * 4), 60);
            for (int y = 30; y < 60; ++y)
                for (int x = 0; x < 20; ++x)
                    bgra[static_cast<size_t>((y * kWidth + 40 + 2 * (frame % 10) + x) * 4 + 2)] = 250;
            EXPECT_TRUE((*writer)->writeBgra(bgra).ok());
        }
        EXPECT_TRUE((*writer)->finish().ok());
        const auto id = addVideoFile(*m_document, file, subject, role, m_quiet);
        EXPECT_TRUE(id.ok());
        EXPECT_TRUE(writeTrack(m_folder / "p" / (name + ".npz"), track()).ok());
        EXPECT_TRUE(m_document->setTrack(*id, name + ".npz").ok());
        return *id;
    }

    int64_t addSpan(int64_t video, FrameSpan frames, int label, SpanOrigin origin = SpanOrigin::Human)
    {
        Annotation span;
        span.videoId = video;
        span.span = frames;
        span.classId = label;
        span.state = SpanState::Accepted;
        span.origin = origin;
        const auto id = m_document->addAnnotation(span);
        EXPECT_TRUE(id.ok());
        return id.ok() ? *id : 0;
    }

    std::filesystem::path out() const { return m_folder / "set.safetensors"; }

    Result<ClipExportResult> cut(const ClipExportOptions& options = {})
    {
        const auto request = makeClipExport(*m_document, out(), options);
        return request ? exportClips(*request, m_quiet) : Result<ClipExportResult>(request.error());
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Document> m_document;
    ProgressSink m_quiet;
};

} // namespace telltale
