// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "media/videowriter.h"
#include "pipeline/lanes.h"
#include <QTemporaryDir>
#include <string>
#include <vector>

namespace telltale::sample {

inline constexpr int kFrames = 120;
inline constexpr int kFps = 25;

/// A video whose brightness grows with the frame.
inline Status writeVideo(
    const std::filesystem::path& file, int frames = kFrames, int width = 160, int height = 120)
{
    VideoWriterOptions options;
    options.width = width;
    options.height = height;
    options.fpsNum = kFps;
    options.gop = 30;
    auto writer = createVideo(file, options);
    if (!writer)
        return writer.error();
    std::vector<uint8_t> pixels(static_cast<size_t>(options.width * options.height * 4));
    for (int frame = 0; frame < frames; ++frame) {
        std::fill(pixels.begin(), pixels.end(), static_cast<uint8_t>(40 + frame % 200));
        if (const Status status = (*writer)->writeBgra(pixels); !status)
            return status;
    }
    return (*writer)->finish();
}

/// `best` gets the probability `share`, the two classes after it half of the rest and a quarter of it.
inline Prediction prediction(int64_t video, FrameSpan span, int best, float share, int classes)
{
    Prediction made;
    made.videoId = video;
    made.span = span;
    made.detectorScore = 0.8;
    made.fused.assign(static_cast<size_t>(classes), 0.0f);
    made.fused[static_cast<size_t>(best)] = share;
    made.fused[static_cast<size_t>((best + 1) % classes)] = (1 - share) / 2;
    made.fused[static_cast<size_t>((best + 2) % classes)] = (1 - share) / 4;
    for (const char* modality : {"joint", "heatmap", "rgb"})
        made.modalities[modality] = {made.fused, {share, 1 - share}};
    made.birth = R"({"threshold": 0.6, "votes": 2})";
    return made;
}

/// Writes a video beside the project's file and adds it.
inline Result<int64_t> addVideo(Document& document, const std::filesystem::path& folder,
    const std::string& name, int frames, int width, int height, const std::string& subject = "s1",
    SubjectRole role = SubjectRole::Train)
{
    const std::string file = name + ".mp4";
    if (const Status status = writeVideo(folder / file, frames, width, height); !status)
        return status.error();
    VideoEntry video;
    video.path = file;
    video.name = name;
    video.subject = subject;
    video.role = role;
    video.frameCount = frames;
    video.durationUs = int64_t{frames} * 1000000 / kFps;
    video.fps = kFps;
    video.width = width;
    video.height = height;
    return document.addVideo(video);
}

/// A run over the video with the detector's curve.
inline Status importPredictions(Document& document, const std::filesystem::path& folder, int64_t video,
    const std::vector<float>& detector, const std::vector<Prediction>& predictions)
{
    const auto lanes = writeLanes(folder / "cache", {{"detector", detector}});
    if (!lanes)
        return lanes.error();
    PredictionRun run;
    run.videoId = video;
    run.model = "by hand";
    run.curves = *lanes;
    const auto id = document.importRun(run, predictions);
    return id ? Status() : Status(id.error());
}

/// A project with one video and four proposals, made through the document itself. The margins fall with the
/// start, so "most certain first" is the order of time.
inline Status makeProject(const std::filesystem::path& folder)
{
    const auto scheme = loadLabelScheme("smg");
    if (!scheme)
        return scheme.error();
    auto document = Document::create(folder, *scheme);
    if (!document)
        return document.error();
    const auto id = addVideo(**document, folder, "clip", kFrames, 160, 120);
    if (!id)
        return id.error();
    const int classes = scheme->classCount();
    return importPredictions(**document, folder, *id, std::vector<float>(kFrames, 0.5f),
        {prediction(*id, {10, 30}, 2, 0.9f, classes), prediction(*id, {40, 55}, 5, 0.8f, classes),
            prediction(*id, {60, 80}, 7, 0.7f, classes), prediction(*id, {90, 110}, 9, 0.6f, classes)});
}

} // namespace telltale::sample
