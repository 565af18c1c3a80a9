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
inline Status writeVideo(const std::filesystem::path& file)
{
    VideoWriterOptions options;
    options.width = 160;
    options.height = 120;
    options.fpsNum = kFps;
    options.gop = 30;
    auto writer = createVideo(file, options);
    if (!writer)
        return writer.error();
    std::vector<uint8_t> pixels(static_cast<size_t>(options.width * options.height * 4));
    for (int frame = 0; frame < kFrames; ++frame) {
        std::fill(pixels.begin(), pixels.end(), static_cast<uint8_t>(40 + frame));
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
    if (const Status status = writeVideo(folder / "clip.mp4"); !status)
        return status;
    VideoEntry video;
    video.path = "clip.mp4";
    video.name = "clip";
    video.subject = "s1";
    video.frameCount = kFrames;
    video.durationUs = int64_t{kFrames} * 1000000 / kFps;
    video.fps = kFps;
    video.width = 160;
    video.height = 120;
    const auto id = (*document)->addVideo(video);
    if (!id)
        return id.error();
    const auto lanes = writeLanes(folder / "cache", {{"detector", std::vector<float>(kFrames, 0.5f)}});
    if (!lanes)
        return lanes.error();
    PredictionRun run;
    run.videoId = *id;
    run.model = "by hand";
    run.curves = *lanes;
    const int classes = scheme->classCount();
    const auto runId = (*document)->importRun(run,
        {prediction(*id, {10, 30}, 2, 0.9f, classes), prediction(*id, {40, 55}, 5, 0.8f, classes),
            prediction(*id, {60, 80}, 7, 0.7f, classes), prediction(*id, {90, 110}, 9, 0.6f, classes)});
    return runId ? Status() : Status(runId.error());
}

} // namespace telltale::sample
