// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/project.h"
#include "base/files.h"
#include "exchange/intake.h"
#include "media/framesource.h"

namespace telltale {

namespace fs = std::filesystem;

Result<ProbedVideo> probeVideoFile(const fs::path& file, ProgressSink& progress)
{
    const auto source = openVideo(file, &progress);
    if (!source)
        return source.error();
    const auto fingerprint = fileFingerprint(file);
    if (!fingerprint)
        return fingerprint.error();
    const VideoInfo& info = (*source)->info();
    ProbedVideo probed;
    probed.entry.path = fs::absolute(file).string();
    probed.entry.fingerprint = *fingerprint;
    std::error_code unknown;
    const auto bytes = fs::file_size(file, unknown);
    probed.entry.bytes = unknown ? 0 : static_cast<int64_t>(bytes);
    probed.entry.frameCount = info.frameCount;
    probed.entry.durationUs = info.duration.count();
    probed.entry.fps = info.meanFps;
    probed.entry.width = info.width;
    probed.entry.height = info.height;
    probed.times = (*source)->times();
    probed.info = info;
    return probed;
}

Result<int64_t> addProbedVideo(
    Document& document, const ProbedVideo& probed, const std::string& subject, SubjectRole role)
{
    VideoEntry video = probed.entry;
    video.subject = subject;
    video.role = role;
    const std::string stem = fs::path(video.path).stem().string();
    const VideoEntry* waiting = document.videoByName(stem);
    if (waiting && waiting->offline) {
        const int64_t id = waiting->id;
        if (auto status = document.findVideo(id, std::move(video), probed.times); !status)
            return status.error();
        return id;
    }
    video.name = document.freeVideoName(stem);
    return document.addVideo(std::move(video));
}

Status findProbedVideo(Document& document, int64_t id, const ProbedVideo& probed)
{
    const VideoEntry* waiting = document.video(id);
    if (!waiting)
        return Error{ErrorCode::NotFound, "there is no video " + std::to_string(id)};
    VideoEntry video = probed.entry;
    video.subject = waiting->subject;
    video.role = waiting->role;
    return document.findVideo(id, std::move(video), probed.times);
}

Result<int64_t> addVideoFile(Document& document, const fs::path& file, const std::string& subject,
    SubjectRole role, ProgressSink& progress)
{
    const auto probed = probeVideoFile(file, progress);
    if (!probed)
        return probed.error();
    return addProbedVideo(document, *probed, subject, role);
}

Result<FrameTimes> videoTimes(const Document& document, const VideoEntry& video)
{
    return timesOf(document, video, nullptr);
}

} // namespace telltale
