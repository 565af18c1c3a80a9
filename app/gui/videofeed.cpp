// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/videofeed.h"
#include "widgets/video/videoview.h"
#include <QThreadPool>
#include <mutex>

namespace telltale {

/// Takes what a frame thread has to say to the feed, as long as the feed wants to hear it.
struct VideoFeed::Mailbox {
    std::mutex mutex;
    VideoFeed* reader = nullptr;

    /// Runs `work` on the reader's thread, unless the video is closed by then.
    static void post(const std::shared_ptr<Mailbox>& self, auto work)
    {
        const std::lock_guard lock(self->mutex);
        if (!self->reader)
            return;
        QMetaObject::invokeMethod(
            self->reader,
            [self, work] {
                if (self->reader) // only the reader's thread closes
                    work(*self->reader);
            },
            Qt::QueuedConnection);
    }
};

VideoFeed::VideoFeed(QThreadPool& pool, QObject* parent) : QObject(parent), m_pool(pool) { }

VideoFeed::~VideoFeed() { close(); }

void VideoFeed::close()
{
    if (m_mailbox) {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->reader = nullptr;
    }
    m_mailbox.reset();
    m_times.reset();
    m_info.reset();
    m_shown = m_asked = m_wanted = -1;
    if (m_server) // its thread may be in the middle of a picture
        m_pool.start(
            [server = std::shared_ptr<FrameServer>(std::move(m_server))]() mutable { server.reset(); });
}

void VideoFeed::open(const std::filesystem::path& file, const std::filesystem::path& cacheFolder)
{
    close();
    m_mailbox = std::make_shared<Mailbox>();
    m_mailbox->reader = this;
    FrameServer::Callbacks callbacks;
    callbacks.opened = [box = m_mailbox](const std::shared_ptr<const VideoInfo>& info,
                           const std::shared_ptr<const FrameTimes>& times) {
        Mailbox::post(box, [info, times](VideoFeed& feed) {
            feed.m_info = info;
            feed.m_times = times;
            emit feed.opened();
        });
    };
    callbacks.frame = [box = m_mailbox](const std::shared_ptr<const VideoFrame>& frame) {
        Mailbox::post(box, [frame](VideoFeed& feed) { feed.takeFrame(frame); });
    };
    callbacks.failed = [box = m_mailbox](const Error& error) {
        Mailbox::post(box, [text = QString::fromStdString(error.message)](VideoFeed& feed) {
            feed.m_asked = -1;
            emit feed.failed(text);
        });
    };
    OpenOptions options;
    options.cacheFolder = cacheFolder;
    options.cacheBytes = FrameServer::kCacheBytes;
    m_server = std::make_unique<FrameServer>(file, std::move(callbacks), options);
    if (m_view != PictureView())
        m_server->setView(m_view);
}

void VideoFeed::setView(const PictureView& view)
{
    m_view = view;
    if (m_server)
        m_server->setView(view);
}

void VideoFeed::setProxy(const std::filesystem::path& file)
{
    if (m_server)
        m_server->setProxy(file);
}

void VideoFeed::setHints(std::vector<int64_t> frames)
{
    if (m_server)
        m_server->setHints(std::move(frames));
}

void VideoFeed::request(int64_t frame, bool playing)
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

void VideoFeed::takeFrame(const std::shared_ptr<const VideoFrame>& frame)
{
    const int64_t answered = frame->wanted >= 0 ? frame->wanted : frame->index;
    if (!frame->pending) {
        m_shown = answered;
        const bool clamped = m_times && m_asked >= m_times->frameCount();
        if (answered == m_asked || clamped) // and not the shown picture in another size
            m_asked = -1;
    }
    if (m_asked < 0 && m_wanted >= 0)
        request(std::exchange(m_wanted, -1), false);
    emit frameReady(frame);
}

void fitPictures(VideoFeed& feed, VideoView& view)
{
    QObject::connect(&feed, &VideoFeed::opened, &view, [&feed, &view] {
        const VideoInfo& info = *feed.info();
        view.setPictureSize(
            QSize(info.width, info.height), static_cast<double>(info.sarNum) / std::max(1, info.sarDen));
    });
    QObject::connect(&view, &VideoView::viewChanged, &feed, &VideoFeed::setView);
}

} // namespace telltale
