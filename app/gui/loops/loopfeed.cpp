// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/loops/loopfeed.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

constexpr int kAgainMs = 250;

} // namespace

LoopFeed::LoopFeed(Session& session, QObject* parent) : QObject(parent), m_session(session), m_job(m_thread)
{
    m_thread.setMaxThreadCount(1);
    m_thread.setThreadPriority(QThread::LowPriority);
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, [this] { load(std::vector(m_ids), m_pixels, m_withPicture); });
    connect(&session, &Session::projectAboutToClose, this, &LoopFeed::clear);
    connect(&session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds & (ChangeKind::Poses | ChangeKind::Videos))
            renew();
    });
}

LoopFeed::~LoopFeed()
{
    m_job.cancel();
    m_thread.waitForDone(); // its work posts to this object
}

std::shared_ptr<const Loop> LoopFeed::loop(int64_t id) const
{
    const auto kept = m_kept.find(id);
    return kept == m_kept.end() ? nullptr : kept->second.loop;
}

QString LoopFeed::trouble(int64_t id) const
{
    const auto kept = m_kept.find(id);
    return kept == m_kept.end() ? QString() : kept->second.trouble;
}

int64_t LoopFeed::bytes() const
{
    int64_t sum = 0;
    for (const auto& [id, kept] : m_kept)
        if (kept.loop)
            for (const QImage& picture : kept.loop->pictures)
                sum += picture.sizeInBytes();
    return sum;
}

LoopTask LoopFeed::taskOf(const Annotation& span, const QSize& pixels, bool withPicture) const
{
    const Document& document = *m_session.document();
    LoopTask task;
    task.id = span.id;
    task.videoId = span.videoId;
    task.person = span.person;
    task.span = span.span;
    task.pixels = pixels;
    task.indexFolder = m_session.indexFolder();
    if (const VideoEntry* video = document.video(span.videoId)) {
        if (withPicture && !video->offline)
            task.video = document.absolute(video->path);
        if (!video->track.empty()) {
            task.track = document.absolute(video->track);
            task.edits = document.trackEdits(video->id);
            task.corrections = document.poseCorrections(video->id);
        }
        task.videoSize = {std::max(2, video->width), std::max(2, video->height)};
        task.fps = video->fps > 0 ? video->fps : task.fps;
    }
    return task;
}

void LoopFeed::load(const std::vector<int64_t>& ids, const QSize& pixels, bool withPicture)
{
    m_job.cancel();
    m_again.stop();
    m_ids = ids;
    const int serial = ++m_serial;
    if (pixels != m_pixels || withPicture != m_withPicture)
        m_kept.clear();
    m_pixels = pixels;
    m_withPicture = withPicture;
    std::vector<LoopTask> tasks;
    std::set<int64_t> wanted;
    const Document* document = m_session.document();
    for (const int64_t id : ids) {
        const Annotation* span = document ? document->annotation(id) : nullptr;
        if (!span || !wanted.insert(id).second)
            continue;
        const auto kept = m_kept.find(id);
        if (kept == m_kept.end() || kept->second.span != span->span || kept->second.person != span->person)
            tasks.push_back(taskOf(*span, pixels, withPicture));
    }
    std::erase_if(m_kept, [&wanted](const auto& kept) { return !wanted.contains(kept.first); });
    if (tasks.empty())
        return;
    const auto post = [this, serial](int64_t id, Kept kept) {
        QMetaObject::invokeMethod(
            this, [this, serial, id, kept = std::move(kept)] { take(serial, id, kept); },
            Qt::QueuedConnection);
    };
    m_job.start(
        [tasks = std::move(tasks), post](ProgressSink& sink) -> Result<bool> {
            LoopSources sources;
            for (const LoopTask& task : tasks) {
                auto loop = makeLoop(task, sources, sink);
                if (sink.cancelled())
                    return false;
                Kept kept{task.span, task.person, nullptr, {}};
                if (loop)
                    kept.loop = std::make_shared<const Loop>(std::move(*loop));
                else
                    kept.trouble = QString::fromStdString(loop.error().message);
                post(task.id, std::move(kept));
            }
            return true;
        },
        [](const Result<bool>&) {});
}

void LoopFeed::take(int serial, int64_t id, Kept kept)
{
    if (serial != m_serial)
        return;
    m_kept[id] = std::move(kept);
    emit made(id);
}

void LoopFeed::renew()
{
    m_job.cancel();
    ++m_serial;
    m_kept.clear();
    if (!m_ids.empty())
        m_again.start();
}

} // namespace telltale
