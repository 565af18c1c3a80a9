// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/spanembeddings.h"
#include "base/files.h"
#include "features/cache/featurecache.h"
#include "pipeline/clipinput.h"
#include <optional>

namespace telltale {
namespace {

using Embeddings = std::map<std::string, std::vector<float>>;

/// To be raised with every change of how a span becomes the networks' inputs.
constexpr const char* kExtractor = "span embeddings 1";

std::optional<Embeddings> kept(FeatureCache& cache, const CacheKey& key)
{
    const auto entry = cache.get(key);
    if (!entry)
        return {};
    Embeddings embeddings;
    for (const CacheArray& array : entry->arrays())
        if (const auto values = entry->floats(array.name))
            embeddings[array.name] = {values->begin(), values->end()};
    return embeddings;
}

void keep(FeatureCache& cache, const CacheKey& key, const Embeddings& embeddings)
{
    std::vector<CacheArray> arrays;
    arrays.reserve(embeddings.size());
    for (const auto& [modality, values] : embeddings)
        arrays.push_back(floatArray(modality, values));
    (void)cache.put(key, arrays); // a note says why not
}

/// The samples of one video and what is left of its media.
class VideoEmbedding {
public:
    VideoEmbedding(
        const RetrainRequest& request, const VideoEntry& video, Ensemble& ensemble, FeatureCache& cache)
        : m_file(request.project / video.path)
        , m_ensemble(ensemble)
        , m_cache(cache)
    {
        std::error_code ignored;
        m_present = std::filesystem::exists(m_file, ignored);
        // Made from the file that is there, not from what the project believes.
        const Result<std::string> fingerprint = m_present ? fileFingerprint(m_file) : Result<std::string>("");
        m_fingerprint = fingerprint ? *fingerprint : video.fingerprint;
        const auto changed = request.corrections.find(video.id);
        const VideoCorrections corrections
            = changed != request.corrections.end() ? changed->second : VideoCorrections();
        m_crops = chosenCrops(corrections, video.fps);
        if (video.track.empty())
            return;
        Result<PoseTrack> track = readTrack(request.project / video.track);
        if (track)
            track = mapTo68(*track);
        if (!track)
            return;
        m_track = correctedTrack(std::move(*track), corrections.persons, corrections.points).track;
    }

    /// Fills in the embeddings of `samples`; those stay empty that nothing is left of.
    Status complete(const std::vector<HeadSample*>& samples, EmbeddingSource source, ProgressSink& progress)
    {
        std::vector<HeadSample*> missing;
        for (HeadSample* sample : samples) {
            if (!m_present && !m_track)
                break;
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            if (auto known = kept(m_cache, keyOf(*sample)))
                sample->embeddings = std::move(*known);
            else
                missing.push_back(sample);
        }
        return missing.empty() || source == EmbeddingSource::Cache ? Status() : embed(missing, progress);
    }

private:
    const PoseTrack* trackOf(const HeadSample& sample) const
    {
        return m_track && sample.person < m_track->persons ? &*m_track : nullptr;
    }
    CacheKey keyOf(const HeadSample& sample) const
    {
        return {m_fingerprint, kExtractor,
            clipDigest(trackOf(sample), {sample.span, sample.person}, m_present, m_crops),
            m_ensemble.digest()};
    }
    Status embed(const std::vector<HeadSample*>& missing, ProgressSink& progress);

    std::filesystem::path m_file;
    Ensemble& m_ensemble;
    FeatureCache& m_cache;
    bool m_present = false;
    std::string m_fingerprint;
    std::optional<PoseTrack> m_track; ///< as people corrected it
    std::vector<CropPath> m_crops; ///< where people said to look
};

Status VideoEmbedding::embed(const std::vector<HeadSample*>& missing, ProgressSink& progress)
{
    const auto embedded = [&](HeadSample& sample, const ClipPictures& pictures) {
        const ClipSpan clip{sample.span, sample.person};
        sample.embeddings = m_ensemble.embed(makeClipInput(trackOf(sample), clip, pictures, m_crops));
        keep(m_cache, keyOf(sample), sample.embeddings);
    };
    std::unique_ptr<FrameSource> source;
    if (m_present) {
        Result<std::unique_ptr<FrameSource>> opened = openVideo(m_file, &progress);
        if (!opened && opened.error().code == ErrorCode::Cancelled)
            return opened.error();
        if (opened)
            source = std::move(*opened);
    }
    m_present = source != nullptr; // a file that is there and is no video counts as away
    if (source) {
        std::vector<ClipSpan> clips;
        clips.reserve(missing.size());
        for (const HeadSample* sample : missing)
            clips.push_back({sample->span, sample->person});
        const Result<int64_t> read = forEachClip(
            *source, clips, progress, [&](size_t index, const ClipPictures& pictures) -> Status {
                embedded(*missing[index], pictures);
                return {};
            });
        return read ? Status() : Status(read.error());
    }
    for (size_t i = 0; m_track && i < missing.size(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(static_cast<int64_t>(i), static_cast<int64_t>(missing.size()), "clips");
        embedded(*missing[i], {});
    }
    return {};
}

} // namespace

Result<std::vector<std::string>> completeEmbeddings(const RetrainRequest& request, Ensemble& ensemble,
    std::vector<HeadSample>& samples, ProgressSink& progress, EmbeddingSource source)
{
    const std::string digest = ensemble.digest();
    std::vector<std::string> notes;
    FeatureCache cache(request.project / "cache" / "features");
    std::map<int64_t, std::vector<HeadSample*>> incomplete; // by video
    for (HeadSample& sample : samples) {
        if (!sample.embeddings.empty() && sample.weights == digest)
            continue;
        sample.embeddings.clear();
        sample.weights = digest;
        incomplete[sample.videoId].push_back(&sample);
    }
    for (const VideoEntry& video : request.videos) {
        const std::vector<HeadSample*>& missing = incomplete[video.id];
        if (missing.empty())
            continue;
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        VideoEmbedding embedding(request, video, ensemble, cache);
        if (Status status = embedding.complete(missing, source, progress); !status)
            return status.error();
        int64_t lost = 0;
        for (const HeadSample* sample : missing)
            lost += sample->embeddings.empty() ? 1 : 0;
        if (lost > 0)
            notes.push_back(std::to_string(lost) + " spans of " + video.name
                + " were left out: neither its pictures nor its poses can be read.");
    }
    for (std::string& sentence : cache.takeNotes())
        notes.push_back(std::move(sentence));
    return notes;
}

} // namespace telltale
