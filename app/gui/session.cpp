// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/session.h"
#include "pipeline/lanes.h"

namespace telltale {

Session::Session(QObject* parent) : QObject(parent), m_trackJob(m_workers), m_curvesJob(m_workers)
{
    m_workers.setMaxThreadCount(2);
    m_models.setMaxThreadCount(1);
}

Session::~Session()
{
    closeProject();
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
    m_server.reset();
    ++m_serial;
    m_trackJob.cancel();
    m_videoId = id;
    m_times.reset();
    m_info.reset();
    m_track.reset();
    m_trackFile.clear();
    m_curves.clear();
    m_shown = m_asked = m_wanted = -1;
    const VideoEntry* entry = video();
    if (entry) {
        m_times = std::make_shared<const FrameTimes>(
            FrameTimes::nominal(entry->frameCount, entry->fps > 0 ? entry->fps : 25.0));
        const std::filesystem::path file = m_document->absolute(entry->path);
        std::error_code ignored;
        if (!entry->offline && std::filesystem::exists(file, ignored))
            startServer(file);
    }
    emit videoChanged();
    loadTrack();
    loadCurves();
}

void Session::startServer(const std::filesystem::path& file)
{
    FrameServer::Callbacks callbacks;
    const int serial = m_serial;
    // The frame thread only posts; what an earlier thread posted late is told apart by its serial number.
    const auto post = [this, serial](auto work) {
        QMetaObject::invokeMethod(
            this,
            [this, serial, work] {
                if (serial == m_serial)
                    work();
            },
            Qt::QueuedConnection);
    };
    callbacks.opened
        = [this, post](std::shared_ptr<const VideoInfo> info, std::shared_ptr<const FrameTimes> times) {
              post([this, info, times] {
                  m_info = info;
                  m_times = times;
                  emit timesChanged();
              });
          };
    callbacks.frame = [this, post](std::shared_ptr<const VideoFrame> frame) {
        post([this, frame] { takeFrame(frame); });
    };
    callbacks.failed = [this, post](const Error& error) {
        post([this, text = QString::fromStdString(error.message)] {
            m_asked = -1;
            emit failed(text);
        });
    };
    m_server = std::make_unique<FrameServer>(file, std::move(callbacks));
}

void Session::requestFrame(int64_t frame, bool playing)
{
    if (!m_server)
        return;
    m_wanted = -1;
    if (playing && m_asked >= 0) {
        m_wanted = frame;
        return;
    }
    if (frame == m_shown && m_asked < 0)
        return;
    m_asked = frame;
    m_server->request(frame);
}

void Session::takeFrame(const std::shared_ptr<const VideoFrame>& frame)
{
    m_shown = frame->index;
    m_asked = -1;
    if (const int64_t next = std::exchange(m_wanted, -1); next >= 0)
        requestFrame(next, false);
    emit frameReady(frame);
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
