// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/spanembeddings.h"
#include "base/files.h"
#include "pipeline/clipinput.h"
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

using Embeddings = std::map<std::string, std::vector<float>>;

std::filesystem::path cacheFile(const RetrainRequest& request, const VideoEntry& video,
    const HeadSample& sample, const std::string& digest)
{
    const std::string key = digest + "|" + video.fingerprint + "|" + video.path + "|" + video.track + "|"
        + std::to_string(sample.span.first) + "-" + std::to_string(sample.span.last) + "|"
        + std::to_string(sample.person);
    return request.project / "cache" / "embeddings" / (contentDigest(key) + ".json");
}

std::optional<Embeddings> readCached(const std::filesystem::path& file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return {};
    const nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object())
        return {};
    try {
        return json.get<Embeddings>();
    } catch (const nlohmann::json::exception&) {
        return {}; // a damaged cache entry is as good as none
    }
}

/// What is left of one video's media.
struct Media {
    std::unique_ptr<FrameSource> source;
    std::optional<PoseTrack> track;
};

Result<Media> openMedia(const RetrainRequest& request, const VideoEntry& video, ProgressSink& progress)
{
    Media media;
    const std::filesystem::path file = request.project / video.path;
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        Result<std::unique_ptr<FrameSource>> source = openVideo(file, &progress);
        if (!source && source.error().code == ErrorCode::Cancelled)
            return source.error();
        if (source)
            media.source = std::move(*source);
    }
    if (!video.track.empty()) {
        Result<PoseTrack> track = readTrack(request.project / video.track);
        if (track)
            track = mapTo68(*track);
        if (track)
            media.track = std::move(*track);
    }
    return media;
}

Status embedVideo(const RetrainRequest& request, const VideoEntry& video,
    const std::vector<HeadSample*>& missing, Ensemble& ensemble, ProgressSink& progress)
{
    Result<Media> media = openMedia(request, video, progress);
    if (!media)
        return media.error();
    if (!media->source && !media->track)
        return {};
    std::vector<ClipSpan> clips;
    clips.reserve(missing.size());
    for (const HeadSample* sample : missing)
        clips.push_back({sample->span, sample->person});
    const auto visit = [&](size_t index, const ClipPictures& pictures) -> Status {
        HeadSample& sample = *missing[index];
        const PoseTrack* track
            = media->track && sample.person < media->track->persons ? &*media->track : nullptr;
        sample.embeddings = ensemble.embed(makeClipInput(track, clips[index], pictures));
        const std::filesystem::path file = cacheFile(request, video, sample, ensemble.digest());
        return writeFileAtomically(file, nlohmann::json(sample.embeddings).dump());
    };
    if (Status status = ensureWritableFolder(request.project / "cache" / "embeddings"); !status)
        return status;
    if (media->source) {
        const Result<int64_t> read = forEachClip(*media->source, clips, progress, visit);
        return read ? Status() : Status(read.error());
    }
    for (size_t i = 0; i < clips.size(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(static_cast<int64_t>(i), static_cast<int64_t>(clips.size()), "clips");
        if (Status status = visit(i, {}); !status)
            return status;
    }
    return {};
}

} // namespace

Result<std::vector<std::string>> completeEmbeddings(const RetrainRequest& request, Ensemble& ensemble,
    std::vector<HeadSample>& samples, ProgressSink& progress)
{
    const std::string digest = ensemble.digest();
    std::vector<std::string> notes;
    for (const VideoEntry& video : request.videos) {
        std::vector<HeadSample*> missing;
        for (HeadSample& sample : samples) {
            if (sample.videoId != video.id || (!sample.embeddings.empty() && sample.weights == digest))
                continue;
            sample.embeddings.clear();
            sample.weights = digest;
            if (auto cached = readCached(cacheFile(request, video, sample, digest)))
                sample.embeddings = std::move(*cached);
            else
                missing.push_back(&sample);
        }
        if (missing.empty())
            continue;
        if (Status status = embedVideo(request, video, missing, ensemble, progress); !status)
            return status.error();
        int64_t lost = 0;
        for (const HeadSample* sample : missing)
            lost += sample->embeddings.empty() ? 1 : 0;
        if (lost > 0)
            notes.push_back(std::to_string(lost) + " spans of " + video.name
                + " were left out: neither its pictures nor its poses can be read.");
    }
    return notes;
}

} // namespace telltale
