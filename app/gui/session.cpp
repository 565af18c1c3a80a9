// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/session.h"
#include "pipeline/lanes.h"

namespace telltale {

Session::Session(QObject* parent)
    : QObject(parent)
    , m_trackJob(m_workers)
    , m_curvesJob(m_workers)
    , m_feed(m_workers)
{
    m_workers.setMaxThreadCount(2);
    m_models.setMaxThreadCount(1);
    connect(&m_feed, &VideoFeed::opened, this, [this] {
        m_info = m_feed.info();
        m_times = m_feed.times();
        emit timesChanged();
    });
    connect(&m_feed, &VideoFeed::frameReady, this, &Session::frameReady);
    connect(&m_feed, &VideoFeed::failed, this, &Session::failed);
}

Session::~Session()
{
    closeProject();
    m_feed.close();
    m_models.waitForDone();
    m_workers.waitForDone();
}

Status Session::openProject(const std::filesystem::path& folder)
{
    auto document = Document::open(folder);
    if (!document)
        return document.error();
    adopt(std::move(*document));
    return {};
}

void Session::adopt(std::unique_ptr<Document> document)
{
    closeProject();
    m_document = std::move(document);
    connect(m_document.get(), &Document::changed, this, &Session::followEdit);
    connect(m_document.get(), &Document::editFailed, this, &Session::failed);
    emit projectChanged();
}

void Session::closeProject()
{
    if (!m_document)
        return;
    emit projectAboutToClose();
    openVideo(0);
    const std::unique_ptr<Document> closing = std::move(m_document);
    emit projectChanged(); // views let go of it first
}

const VideoEntry* Session::video() const { return m_document ? m_document->video(m_videoId) : nullptr; }

void Session::openVideo(int64_t id)
{
    if (id == m_videoId)
        return;
    m_feed.close();
    m_trackJob.cancel();
    m_videoId = id;
    m_times.reset();
    m_info.reset();
    m_track.reset();
    m_trackFile.clear();
    m_curves.clear();
    const VideoEntry* entry = video();
    if (entry) {
        m_times = std::make_shared<const FrameTimes>(
            FrameTimes::nominal(entry->frameCount, entry->fps > 0 ? entry->fps : 25.0));
        if (const std::filesystem::path file = fileOf(id); !file.empty())
            m_feed.open(file, indexFolder());
    }
    emit videoChanged();
    loadTrack();
    loadCurves();
}

std::filesystem::path Session::fileOf(int64_t videoId) const
{
    const VideoEntry* entry = m_document ? m_document->video(videoId) : nullptr;
    if (!entry || entry->offline)
        return {};
    std::filesystem::path file = m_document->absolute(entry->path);
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? file : std::filesystem::path();
}

std::filesystem::path Session::indexFolder() const
{
    return m_document ? m_document->folder() / "cache" / "index" : std::filesystem::path();
}

void Session::loadTrack()
{
    const VideoEntry* entry = video();
    const std::string file = entry ? entry->track : std::string();
    if (file == m_trackFile)
        return;
    m_trackFile = file;
    m_trackJob.cancel();
    if (file.empty()) {
        m_track.reset();
        emit trackChanged();
        return;
    }
    using Track = std::shared_ptr<const PoseTrack>;
    m_trackJob.start(
        [path = m_document->absolute(file)](ProgressSink&) -> Result<Track> {
            auto track = readTrack(path);
            if (!track)
                return track.error();
            auto mapped = mapTo68(*track);
            if (!mapped)
                return mapped.error();
            return Track(std::make_shared<const PoseTrack>(std::move(*mapped)));
        },
        [this](const Result<Track>& result) {
            m_track = result ? *result : nullptr;
            emit trackChanged();
            if (!result)
                emit failed(QString::fromStdString(result.error().message));
        });
}

void Session::loadCurves()
{
    std::vector<std::filesystem::path> files; // newest run first
    if (m_document && m_videoId) {
        const std::vector<PredictionRun> runs = m_document->runs(m_videoId);
        for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
            if (!run->curves.empty())
                files.push_back(m_document->folder() / "cache" / run->curves);
        }
    }
    m_curvesJob.start(
        [files](ProgressSink&) -> Result<LaneCurves> {
            for (const std::filesystem::path& file :
                files) { // the cache may be gone, then an older one serves
                if (auto lanes = readLanes(file))
                    return lanes;
            }
            return LaneCurves();
        },
        [this](const Result<LaneCurves>& lanes) {
            m_curves = lanes ? *lanes : LaneCurves();
            emit curvesChanged();
        });
}

void Session::followEdit(ChangeKinds kinds, qint64 videoId)
{
    const bool mine = videoId == 0 || videoId == m_videoId;
    if (mine && m_videoId && !video()) // an undo took the shown video away
        openVideo(0);
    emit edited(kinds, videoId);
    if (mine && kinds.testFlag(ChangeKind::Videos))
        loadTrack();
    if (mine && kinds.testFlag(ChangeKind::Predictions))
        loadCurves();
}

} // namespace telltale
