// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/session.h"
#include "data/safety/snapshotkeeper.h"
#include "pipeline/lanes.h"
#include <QCoreApplication>
#include <QEvent>

namespace telltale {

Session::Session(QObject* parent)
    : QObject(parent)
    , m_track(m_workers)
    , m_curvesJob(m_workers)
    , m_feed(m_workers)
    , m_openJob(m_stores)
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
    connect(&m_track, &TrackFeed::changed, this, &Session::trackChanged);
    connect(&m_track, &TrackFeed::corrected, this, &Session::posesCorrected);
    connect(&m_track, &TrackFeed::failed, this, &Session::failed);
}

Session::~Session()
{
    m_openJob.cancel();
    closeProject();
    m_feed.close();
    m_models.waitForDone();
    m_workers.waitForDone();
    m_stores.waitForDone();
    // A project that was opened too late to be shown.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

Session::Opened::~Opened()
{
    if (document)
        document.release()->deleteLater();
}

DocumentOptions Session::documentOptions()
{
    DocumentOptions options;
    options.background = true;
    return options;
}

Status Session::openProject(const std::filesystem::path& folder)
{
    if (m_document)
        (void)m_document->flush(); // it may be the same project
    auto document = Document::open(folder, documentOptions());
    if (!document)
        return document.error();
    adopt(std::move(*document));
    return {};
}

void Session::startOpening(const QString& name, Opener opener, std::function<void(const Status&)> done)
{
    using Holder = std::shared_ptr<Opened>;
    m_openJob.start(
        [opener = std::move(opener), target = thread()](ProgressSink& sink) -> Result<Holder> {
            auto document = opener();
            if (!document)
                return document.error();
            auto opened = std::make_shared<Opened>();
            opened->document = std::move(*document);
            opened->document->moveToThread(target);
            if (sink.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            return opened;
        },
        [this, done = std::move(done)](const Result<Holder>& opened) {
            setOpening({});
            if (opened)
                adopt(std::move((*opened)->document));
            done(opened ? Status() : Status(opened.error()));
        });
    setOpening(name);
}

void Session::cancelOpening()
{
    m_openJob.cancel();
    setOpening({});
}

void Session::setOpening(const QString& name)
{
    if (name == m_opening)
        return;
    m_opening = name;
    emit openingChanged();
}

void Session::startSnapshots()
{
    if (!m_snapshots || m_document->isTeamProject())
        return;
    SnapshotKeeper::Plan plan;
    plan.projectDb = m_document->folder() / "project.db";
    plan.folder = defaultSnapshotFolder(m_document->folder());
    // The session waits for the keeper before it goes.
    plan.failed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, sentence = QString::fromStdString(error.message)] { emit failed(sentence); },
            Qt::QueuedConnection);
    };
    m_keeper = std::make_shared<SnapshotKeeper>(std::move(plan));
}

void Session::stopSnapshots()
{
    if (!m_keeper)
        return;
    // The last snapshot takes its time on another thread.
    m_stores.start([keeper = std::exchange(m_keeper, nullptr)]() mutable { keeper.reset(); });
}

void Session::abandonSnapshots()
{
    if (m_keeper)
        m_keeper->abandon();
    stopSnapshots();
    m_stores.waitForDone();
}

void Session::adopt(std::unique_ptr<Document> document)
{
    closeProject();
    m_document = std::move(document);
    connect(m_document.get(), &Document::changed, this, &Session::followEdit);
    connect(m_document.get(), &Document::editFailed, this, &Session::failed);
    startSnapshots();
    emit projectChanged();
}

void Session::closeProject()
{
    if (!m_document)
        return;
    emit projectAboutToClose();
    openVideo(0);
    std::unique_ptr<Document> closing = std::move(m_document);
    emit projectChanged(); // views let go of it first
    closing.reset();
    stopSnapshots();
}

const VideoEntry* Session::video() const { return m_document ? m_document->video(m_videoId) : nullptr; }

void Session::openVideo(int64_t id)
{
    if (id == m_videoId)
        return;
    m_feed.close();
    m_track.close();
    m_videoId = id;
    m_times.reset();
    m_info.reset();
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
    if (entry && !entry->track.empty())
        m_track.open(m_document->absolute(entry->track), m_videoId, m_document.get());
    else
        m_track.close();
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
    if (mine && m_document && kinds.testFlag(ChangeKind::Poses))
        m_track.follow(*m_document);
    if (mine && kinds.testFlag(ChangeKind::Predictions))
        loadCurves();
}

} // namespace telltale
