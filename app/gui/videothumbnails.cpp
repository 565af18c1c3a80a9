// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/videothumbnails.h"
#include "media/thumbnails.h"
#include <cstring>

namespace telltale {
namespace {

constexpr int64_t kPlace = 10; // the picture after a tenth: videos often begin empty

} // namespace

QImage toImage(const Picture& picture)
{
    QImage image(picture.width, picture.height, QImage::Format_RGB32);
    for (int y = 0; y < picture.height; ++y)
        std::memcpy(image.scanLine(y), picture.bgra.data() + static_cast<ptrdiff_t>(y) * picture.stride(),
            static_cast<size_t>(picture.stride()));
    return image;
}

VideoThumbnails::VideoThumbnails(Session& session) : m_session(session), m_job(m_thread)
{
    m_thread.setMaxThreadCount(1);
    m_thread.setThreadPriority(QThread::LowPriority);
    connect(&session, &Session::projectAboutToClose, this, [this] {
        m_job.cancel();
        m_document = nullptr;
        m_done.clear();
    });
}

VideoThumbnails::~VideoThumbnails()
{
    m_job.cancel();
    m_thread.waitForDone(); // its work posts to this object
}

void VideoThumbnails::load(int height)
{
    m_document = m_session.document();
    if (!m_document)
        return;
    std::vector<Task> tasks;
    tasks.reserve(m_document->videos().size());
    for (const VideoEntry& video : m_document->videos()) {
        const std::filesystem::path file = m_session.fileOf(video.id);
        if (!m_done.contains(video.id) && !file.empty())
            tasks.push_back({video.id, file, video.frameCount / kPlace});
    }
    if (tasks.empty())
        return;
    const Document* document = m_document;
    const auto post = [this, document](int64_t id, const QImage& picture) {
        QMetaObject::invokeMethod(
            this,
            [this, document, id, picture] {
                if (document == m_document)
                    take(id, picture);
            },
            Qt::QueuedConnection);
    };
    m_job.start(
        [tasks = std::move(tasks), cache = document->folder() / "cache", height, post](
            ProgressSink& sink) -> Result<bool> {
            for (const Task& task : tasks) {
                if (sink.cancelled())
                    return true;
                auto thumbnails = Thumbnails::open(task.file, cache, height);
                if (!thumbnails)
                    continue; // the list shows that there is no picture
                const auto picture = (*thumbnails)->at(task.frame, ThumbnailChoice::KeyPicture);
                if (picture)
                    post(task.videoId, toImage(picture->frame.picture));
            }
            return true;
        },
        [](const Result<bool>&) {});
}

void VideoThumbnails::take(int64_t videoId, const QImage& picture)
{
    m_done.insert(videoId);
    emit made(videoId, picture);
}

} // namespace telltale
