// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/dataset/datasetposes.h"
#include "base/files.h"
#include "base/npywriter.h"
#include "data/document.h"
#include "exchange/correctedtrack.h"
#include "features/features.h"
#include "features/heatmaps/heatmapoverlay.h"
#include "features/heatmaps/heatmaprenderer.h"
#include "pose/layout.h"
#include "pose/writers/pysklpickle.h"
#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <thread>

namespace telltale {
namespace {

namespace fs = std::filesystem;

// The test pipeline of PYSKL's PoseC3D (configs/posec3d/slowonly_r50_ntu60_xsub): frames of a clip, side and
// sigma of a map.
constexpr int kMapFrames = 48;
constexpr int kMapSide = 64;
constexpr double kMapSigma = 0.6;

static_assert(sizeof(PosePoint) == 3 * sizeof(float), "points are written as they lie in memory");

bool isSeen(const PosePoint* points, int count)
{
    return std::any_of(points, points + count, [](const PosePoint& one) { return one.score > 0; });
}

Status writeArray(const fs::path& file, const std::string& dtype, const std::vector<int64_t>& shape,
    std::span<const std::byte> bytes)
{
    auto writer = NpyWriter::open(file, dtype, shape);
    if (!writer)
        return writer.error();
    if (auto status = writer->write(bytes); !status)
        return status;
    return writer->finish();
}

/// Height and width of the picture; where nobody knows them, of the rectangle that holds all points.
std::pair<int, int> pictureSize(const OutgoingVideo& video, const SamplePoints& points)
{
    if (video.width > 0 && video.height > 0)
        return {video.height, video.width};
    PosePoint most;
    for (const PosePoint& one : points.values)
        most = {std::max(most.x, one.x), std::max(most.y, one.y), 0};
    const auto side = [](float length) { return static_cast<int>(std::clamp(length, 0.0F, 1e5F)) + 1; };
    return {side(most.y), side(most.x)};
}

PysklSample pysklSampleOf(const DatasetSample& sample, const DatasetVideo& video, const SamplePoints& points)
{
    PysklSample made;
    made.frameDir = sample.id;
    made.totalFrames = points.frames;
    std::tie(made.height, made.width) = pictureSize(video.source, points);
    made.label = sample.span.classId;
    made.persons = points.persons;
    made.points = points.points;
    made.keypoint.reserve(2 * points.values.size());
    made.score.reserve(points.values.size());
    for (int person = 0; person < points.persons; ++person)
        for (int64_t frame = 0; frame < points.frames; ++frame) {
            const PosePoint* row = points.values.data() + (frame * points.persons + person) * points.points;
            for (int point = 0; point < points.points; ++point) {
                made.keypoint.push_back(row[point].x);
                made.keypoint.push_back(row[point].y);
                made.score.push_back(row[point].score);
            }
        }
    return made;
}

class PoseExport {
public:
    PoseExport(const Document& document, DatasetPlan& plan, const fs::path& folder, ProgressSink& progress,
        std::vector<std::string>& notes)
        : m_document(document)
        , m_plan(plan)
        , m_folder(folder)
        , m_progress(progress)
        , m_notes(notes)
    {
    }

    Status run()
    {
        size_t next = 0;
        for (size_t i = 0; i < m_plan.videos.size(); ++i) {
            const size_t first = next;
            while (next < m_plan.samples.size() && m_plan.samples[next].video == i)
                ++next;
            if (auto status = exportVideo(m_plan.videos[i], first, next); !status)
                return status;
        }
        tell();
        return m_plan.options.joints && !m_set.samples.empty() ? writePickle() : Status();
    }

private:
    Status stepped(size_t done) const
    {
        if (m_progress.cancelled())
            return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
        m_progress.report(
            static_cast<int64_t>(done), static_cast<int64_t>(m_plan.samples.size()), "writing points");
        return {};
    }

    /// Nothing where there is none that can be read.
    std::optional<PoseTrack> trackOf(const DatasetVideo& video)
    {
        if (video.source.track.empty())
            return std::nullopt;
        Result<PoseTrack> read = readTrack(video.source.track);
        if (read)
            read = mapTo68(*read);
        if (!read) {
            ++m_unread;
            m_notes.push_back("there are no points of " + video.key + ": " + read.error().message);
            return std::nullopt;
        }
        const auto edits = m_document.trackEdits(video.source.id);
        const auto points = m_document.poseCorrections(video.source.id);
        CorrectedTrack corrected = correctedTrack(std::move(*read), edits, points);
        m_notes.insert(m_notes.end(), std::make_move_iterator(corrected.notes.begin()),
            std::make_move_iterator(corrected.notes.end()));
        return std::move(corrected.track);
    }

    Status exportVideo(DatasetVideo& video, size_t first, size_t last)
    {
        if (auto status = stepped(first); !status)
            return status;
        const bool wanted = m_plan.options.joints || m_plan.options.tracks
            || m_plan.options.heatmaps != DatasetOptions::Heatmaps::None;
        if (!wanted)
            return {};
        const auto track = trackOf(video);
        if (!track) {
            m_trackless += static_cast<int64_t>(last - first);
            return {};
        }
        if (m_plan.options.tracks) {
            const std::string name = "tracks/" + video.key + ".npz";
            if (auto status = writeTrack(m_folder / name, *track); !status)
                return status;
            video.track = name;
        }
        for (size_t i = first; i < last; ++i) {
            if (auto status = stepped(i); !status)
                return status;
            if (auto status = exportSample(m_plan.samples[i], video, *track); !status)
                return status;
        }
        return {};
    }

    Status exportSample(DatasetSample& sample, const DatasetVideo& video, const PoseTrack& track)
    {
        const SamplePoints points = samplePoints(track, sample.span.frames, sample.span.person);
        if (!points.seen) {
            ++m_unseen;
            return {};
        }
        if (m_plan.options.joints) {
            const std::string name = "joints/" + sample.id + ".npy";
            if (auto status
                = writeArray(m_folder / name, "f4", {points.frames, points.persons, points.points, 3},
                    std::as_bytes(std::span(points.values)));
                !status)
                return status;
            sample.joints = name;
            m_set.samples.push_back(pysklSampleOf(sample, video, points));
            m_parts[sample.role].push_back(sample.id);
        }
        return m_plan.options.heatmaps == DatasetOptions::Heatmaps::None
            ? Status()
            : writeHeatmaps(sample, video, track, points);
    }

    Status writeHeatmaps(const DatasetSample& sample, const DatasetVideo& video, const PoseTrack& track,
        const SamplePoints& points)
    {
        const auto [height, width] = pictureSize(video.source, points);
        PointClip clip = clipOfTrack(
            track, sampleUniform(sample.span.frames, kMapFrames), sample.span.person, height, width);
        compactForMaps(clip, {});
        resizeClip(clip, kMapSide, kMapSide);
        HeatmapSpec spec;
        spec.sigma = kMapSigma;
        spec.type = NumberType::UInt8;
        spec.threads = static_cast<int>(std::thread::hardware_concurrency());
        spec.withLimbs = m_plan.options.heatmaps == DatasetOptions::Heatmaps::Limb;
        if (spec.withLimbs)
            spec.limbs = heatmapLimbs(poseLayouts().front());
        const auto shape = heatmapShape(clip, spec);
        if (!shape)
            return shape.error();
        const auto drawn = m_maps.draw(clip, spec);
        if (!drawn)
            return drawn.error();
        return writeArray(m_folder / "heatmaps" / (sample.id + ".npy"), "u1", shape->dimensions(), *drawn);
    }

    Status writePickle()
    {
        for (const DatasetSplit& split : kDatasetSplits)
            m_set.splits.emplace_back(split.name, std::move(m_parts[split.role]));
        return writeFileAtomically(m_folder / "pyskl" / (m_plan.name + ".pkl"), pysklPickle(m_set));
    }

    void tell()
    {
        const auto leave = [this](int64_t count, const char* what) {
            if (count > 0)
                m_plan.left.push_back(std::to_string(count).append(what));
        };
        leave(m_unread, " videos have a pose track that cannot be read.");
        leave(m_trackless, " spans have no points: their videos have no pose track that can be read.");
        leave(m_unseen, " spans have no points: their person is not seen in them.");
    }

    const Document& m_document;
    DatasetPlan& m_plan;
    const fs::path& m_folder;
    ProgressSink& m_progress;
    std::vector<std::string>& m_notes;
    PysklSet m_set;
    std::map<SubjectRole, std::vector<std::string>> m_parts;
    HeatmapBuffer m_maps;
    int64_t m_unread = 0; ///< videos
    int64_t m_trackless = 0; ///< spans, as the next
    int64_t m_unseen = 0;
};

} // namespace

SamplePoints samplePoints(const PoseTrack& track, const FrameSpan& frames, int person)
{
    SamplePoints made;
    made.frames = frames.length();
    made.points = track.pointCount;
    const auto from = std::ranges::lower_bound(track.frames, frames.first);
    const auto to = std::lower_bound(from, track.frames.end(), frames.last);
    const auto seen = [&](int who) {
        return std::any_of(from, to, [&](const int64_t& frame) {
            return isSeen(track.at(&frame - track.frames.data(), who), track.pointCount);
        });
    };
    std::vector<int> persons{person};
    made.seen = person >= 0 && person < track.persons && seen(person);
    for (int other = 0; other < track.persons; ++other)
        if (other != person && seen(other))
            persons.push_back(other);
    made.persons = static_cast<int>(persons.size());
    made.values.resize(static_cast<size_t>(made.frames * made.persons * made.points));
    if (!made.seen)
        return made;
    for (auto row = from; row != to; ++row)
        for (int i = 0; i < made.persons; ++i) {
            const PosePoint* points = track.at(row - track.frames.begin(), persons[static_cast<size_t>(i)]);
            std::copy_n(points, made.points,
                made.values.begin() + ((*row - frames.first) * made.persons + i) * made.points);
        }
    return made;
}

Status writePoses(const Document& document, DatasetPlan& plan, const fs::path& folder, ProgressSink& progress,
    std::vector<std::string>& notes)
{
    return PoseExport(document, plan, folder, progress, notes).run();
}

} // namespace telltale
