// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/videofeed.h"
#include "data/document.h"
#include "jobs/latestjob.h"
#include "pose/posetrack.h"
#include <QObject>
#include <QThreadPool>
#include <memory>

namespace telltale {

/// What is open: the document, the frame thread of the shown video, and the pools that work for them, in
/// lifetime order. Never blocks on decoding or on files other than the project's database. GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    /// Closes what is open only if `folder` could be opened.
    Status openProject(const std::filesystem::path& folder);
    void adopt(std::unique_ptr<Document> document);
    void closeProject();
    Document* document() const { return m_document.get(); }

    /// Shows another video: its frame thread starts, its track and curves are read in the background. 0:
    /// none.
    void openVideo(int64_t id);
    int64_t videoId() const { return m_videoId; }
    const VideoEntry* video() const;
    /// Nominal until the file is indexed, then the container's; null without a video.
    std::shared_ptr<const FrameTimes> times() const { return m_times; }
    std::shared_ptr<const VideoInfo> info() const { return m_info; }
    std::shared_ptr<const PoseTrack> track() const { return m_track; }
    const LaneCurves& curves() const { return m_curves; }
    bool loading() const { return m_trackJob.running() || m_curvesJob.running(); }
    bool hasPicture() const { return m_feed.isOpen(); }

    /// As VideoFeed::request.
    void requestFrame(int64_t frame, bool playing) { m_feed.request(frame, playing); }
    int64_t shownFrame() const { return m_feed.shownFrame(); }
    /// The file of a video, if it is there; empty otherwise.
    std::filesystem::path fileOf(int64_t videoId) const;
    /// Where indexes of videos are kept.
    std::filesystem::path indexFolder() const;
    /// The pictures of the shown video.
    VideoFeed& feed() { return m_feed; }

    QThreadPool& workers() { return m_workers; }
    QThreadPool& models() { return m_models; }

signals:
    void projectAboutToClose();
    void projectChanged(); ///< opened or closed
    void edited(telltale::ChangeKinds kinds, qint64 videoId);
    void videoChanged(); ///< another video, or none
    void timesChanged();
    void frameReady(std::shared_ptr<const telltale::VideoFrame> frame);
    void trackChanged();
    void curvesChanged();
    void failed(const QString& sentence);

private:
    void loadTrack();
    void loadCurves();
    void followEdit(ChangeKinds kinds, qint64 videoId);

    QThreadPool m_workers; ///< files
    QThreadPool m_models; ///< networks, one at a time
    std::unique_ptr<Document> m_document;
    int64_t m_videoId = 0;
    std::shared_ptr<const FrameTimes> m_times;
    std::shared_ptr<const VideoInfo> m_info;
    std::shared_ptr<const PoseTrack> m_track;
    LaneCurves m_curves;
    std::string m_trackFile;
    LatestJob<std::shared_ptr<const PoseTrack>> m_trackJob;
    LatestJob<LaneCurves> m_curvesJob;
    VideoFeed m_feed;
};

} // namespace telltale
