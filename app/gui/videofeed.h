// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/frameserver.h"
#include <QObject>
#include <memory>

class QThreadPool;

namespace telltale {

class VideoView;

/// The pictures of one video for one view: its frame thread, and the manners of asking it. GUI thread;
/// nothing here blocks, closing included.
class VideoFeed : public QObject {
    Q_OBJECT
public:
    /// `pool` ends the frame threads of videos that were closed.
    explicit VideoFeed(QThreadPool& pool, QObject* parent = nullptr);
    ~VideoFeed() override;

    /// Closes what is open. `cacheFolder`: where indexes are kept; empty: nowhere.
    void open(const std::filesystem::path& file, const std::filesystem::path& cacheFolder);
    void close();
    bool isOpen() const { return m_server != nullptr; }
    /// Null until the video is opened.
    std::shared_ptr<const FrameTimes> times() const { return m_times; }
    std::shared_ptr<const VideoInfo> info() const { return m_info; }
    int64_t shownFrame() const { return m_shown; } ///< -1: none

    /// From now on pictures come cut and scaled like this, the shown one too.
    void setView(const PictureView& view);
    /// A seek overtakes what is being decoded; while playing a picture is asked for only when the last one
    /// has come, so that a slow decoder drops frames and never starves.
    void request(int64_t frame, bool playing);
    /// As FrameServer::setProxy, for the open video.
    void setProxy(const std::filesystem::path& file);
    /// Pictures that are likely to be asked for soon, likeliest first.
    void setHints(std::vector<int64_t> frames);

signals:
    void opened(); ///< times and info are known; again when more of the video is
    void frameReady(std::shared_ptr<const telltale::VideoFrame> frame);
    void failed(const QString& sentence);

private:
    struct Mailbox;
    void takeFrame(const std::shared_ptr<const VideoFrame>& frame);

    QThreadPool& m_pool;
    std::shared_ptr<Mailbox> m_mailbox; ///< of the open video
    std::shared_ptr<const FrameTimes> m_times;
    std::shared_ptr<const VideoInfo> m_info;
    PictureView m_view;
    int64_t m_shown = -1;
    int64_t m_asked = -1; ///< requested and not yet delivered
    int64_t m_wanted = -1; ///< to be requested after that
    std::unique_ptr<FrameServer> m_server;
};

/// Lets a view have the feed's pictures cut and scaled as it shows them. What it shows is set by others.
void fitPictures(VideoFeed& feed, VideoView& view);

} // namespace telltale
