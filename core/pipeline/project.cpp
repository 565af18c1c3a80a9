// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/project.h"
#include "base/files.h"
#include "exchange/intake.h"
#include "media/framesource.h"

namespace telltale {

namespace fs = std::filesystem;

Result<int64_t> addVideoFile(Document& document, const fs::path& file, const std::string& subject,
    SubjectRole role, ProgressSink& progress)
{
    const auto source = openVideo(file, &progress);
    if (!source)
        return source.error();
    const VideoInfo& info = (*source)->info();
    const auto fingerprint = fileFingerprint(file);
    if (!fingerprint)
        return fingerprint.error();

    VideoEntry video;
    video.path = fs::absolute(file).string();
    video.subject = subject;
    video.role = role;
    video.fingerprint = *fingerprint;
    video.frameCount = info.frameCount;
    video.durationUs = info.duration.count();
    video.fps = info.meanFps;
    video.width = info.width;
    video.height = info.height;

    const VideoEntry* waiting = document.videoByName(file.stem().string());
    if (waiting && waiting->offline) {
        const int64_t id = waiting->id;
        if (auto status = document.findVideo(id, std::move(video), (*source)->times()); !status)
            return status.error();
        return id;
    }
    video.name = document.freeVideoName(file.stem().string());
    return document.addVideo(std::move(video));
}

Result<FrameTimes> videoTimes(const Document& document, const VideoEntry& video)
{
    return timesOf(document, video, nullptr);
}

} // namespace telltale
