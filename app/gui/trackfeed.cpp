// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/trackfeed.h"
#include "pipeline/corrections.h"
#include "pose/layout.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr std::chrono::milliseconds kPause{400};

std::span<const PoseCorrection> atFrame(const std::vector<PoseCorrection>& all, int64_t frame)
{
    const auto [first, last] = std::ranges::equal_range(all, frame, {}, &PoseCorrection::frame);
    return {first, last};
}

} // namespace

TrackFeed::TrackFeed(QThreadPool& pool, QObject* parent) : QObject(parent), m_job(pool)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &TrackFeed::start);
}

void TrackFeed::open(const std::filesystem::path& file, int64_t videoId, const Document* document)
{
    if (file == m_file && videoId == m_videoId)
        return;
    m_job.cancel();
    m_pause.stop();
    m_file = file;
    m_videoId = videoId;
    m_made = {};
    m_edits.clear();
    m_corrections.clear();
    if (file.empty() || !document) {
        emit changed();
        return;
    }
    m_edits = document->trackEdits(videoId);
    m_corrections = document->poseCorrections(videoId);
    start();
}

void TrackFeed::follow(const Document& document)
{
    if (m_file.empty())
        return;
    auto edits = document.trackEdits(m_videoId);
    auto corrections = document.poseCorrections(m_videoId);
    const bool others = edits != m_edits;
    if (!others && corrections == m_corrections)
        return;
    m_edits = std::move(edits);
    m_corrections = std::move(corrections);
    if (others)
        start();
    else
        m_pause.start();
    emit corrected();
}

Result<TrackFeed::Made> TrackFeed::make(Made made, const std::filesystem::path& file)
{
    if (!made.file) {
        auto track = readTrack(file);
        if (!track)
            return track.error();
        auto mapped = mapTo68(*track);
        if (!mapped)
            return mapped.error();
        made.file = std::make_shared<const PoseTrack>(std::move(*mapped));
    }
    if (!made.identified) {
        CorrectedTrack who = correctedTrack(*made.file, made.edits, {});
        made.identified = std::make_shared<const PoseTrack>(std::move(who.track));
        made.notes = std::move(who.notes);
    }
    CorrectedTrack all = correctedTrack(*made.identified, {}, made.corrections);
    made.corrected = std::make_shared<const PoseTrack>(std::move(all.track));
    std::ranges::move(all.notes, std::back_inserter(made.notes));
    return made;
}

void TrackFeed::start()
{
    m_pause.stop();
    Made from = m_made;
    if (from.edits != m_edits)
        from.identified.reset();
    from.edits = m_edits;
    from.corrections = m_corrections;
    from.notes.clear();
    m_job.start([from = std::move(from), file = m_file](ProgressSink&) { return make(from, file); },
        [this](const Result<Made>& made) {
            const std::vector<std::string> known = std::exchange(m_made.notes, {});
            if (made)
                m_made = *made;
            emit changed();
            if (!made)
                emit failed(QString::fromStdString(made.error().message));
            else if (!m_made.notes.empty() && m_made.notes != known)
                emit failed(QString::fromStdString(m_made.notes.front()));
        });
}

std::span<const PoseCorrection> TrackFeed::correctionsAt(int64_t frame) const
{
    return atFrame(m_corrections, frame);
}

std::vector<PosePoint> TrackFeed::pointsAt(int64_t frame) const
{
    const PoseTrack* track = m_made.identified.get();
    if (!track)
        return {};
    const auto count = static_cast<size_t>(track->persons) * kPointCount;
    std::vector<PosePoint> points(count);
    if (const int64_t row = track->rowOf(frame); row >= 0)
        std::copy_n(track->at(row, 0), count, points.begin());
    for (const PoseCorrection& one : correctionsAt(frame)) {
        if (one.person < 0 || one.person >= track->persons)
            continue;
        PosePoint* own = points.data() + static_cast<ptrdiff_t>(one.person) * kPointCount;
        for (const CorrectedPoint& point : one.points)
            if (point.point >= 0 && point.point < kPointCount)
                own[point.point] = point.score > 0 ? PosePoint{static_cast<float>(point.x),
                                       static_cast<float>(point.y), static_cast<float>(point.score)}
                                                   : PosePoint{};
    }
    return points;
}

std::optional<std::vector<PosePoint>> TrackFeed::newerPoints(int64_t frame) const
{
    if (!settled() || std::ranges::equal(correctionsAt(frame), atFrame(m_made.corrections, frame)))
        return std::nullopt;
    return pointsAt(frame);
}

int64_t TrackFeed::frameBefore(int64_t frame) const
{
    if (!m_made.identified)
        return -1;
    const auto& frames = m_made.identified->frames;
    const auto next = std::ranges::lower_bound(frames, frame);
    return next == frames.begin() ? -1 : *std::prev(next);
}

std::vector<int64_t> TrackFeed::framesWithin(int64_t first, int64_t last) const
{
    if (!m_made.identified)
        return {};
    const auto& frames = m_made.identified->frames;
    const auto end = std::ranges::upper_bound(frames, last);
    return {std::min(std::ranges::lower_bound(frames, first), end), end};
}

} // namespace telltale
