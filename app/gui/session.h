// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/trackfeed.h"
#include "app/gui/videofeed.h"
#include "data/document.h"
#include "jobs/latestjob.h"
#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace telltale {

class SnapshotKeeper;

/// What is open: the document, the frame thread of the shown video, and the pools that work for them, in
/// lifetime order. Never blocks on decoding or on files other than the project's database. GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    /// Opens a project while the caller waits; closes what is open only if it could be opened.
    Status openProject(const std::filesystem::path& folder);
    /// How a window opens: edits return at once.
    static DocumentOptions documentOptions();
    using Opener = std::function<Result<std::unique_ptr<Document>>()>;
    /// Runs `opener` off the GUI thread, and adopts what it gives. What is open stays open until then, or if
    /// that fails. `done` is called unless the opening is cancelled or another one is started.
    void startOpening(const QString& name, Opener opener, std::function<void(const Status&)> done);
    void cancelOpening();
    QString opening() const { return m_opening; } ///< name of what is being opened, or empty
    void adopt(std::unique_ptr<Document> document);
    /// Edits that are on their way are waited for, those that cannot be written now stay in the journal.
    void closeProject();
    /// Whether projects in a file of their own get snapshots while they are open.
    void setSnapshots(bool on) { m_snapshots = on; }
    /// Takes no more snapshots of the open project, and waits for the one that is being taken.
    void abandonSnapshots();
    Document* document() const { return m_document.get(); }

    /// Shows another video: its frame thread starts, its track and curves are read in the background. 0:
    /// none.
    void openVideo(int64_t id);
    int64_t videoId() const { return m_videoId; }
    const VideoEntry* video() const;
    /// Nominal until the file is indexed, then the container's; null without a video.
    std::shared_ptr<const FrameTimes> times() const { return m_times; }
    std::shared_ptr<const VideoInfo> info() const { return m_info; }
    /// In 68 points, as people corrected it; null while there is none.
    std::shared_ptr<const PoseTrack> track() const { return m_track.track(); }
    TrackFeed& poses() { return m_track; }
    const LaneCurves& curves() const { return m_curves; }
    bool loading() const { return m_track.loading() || m_curvesJob.running(); }
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
    void openingChanged(); ///< began, ended, or was cancelled
    void projectAboutToClose();
    void projectChanged(); ///< opened or closed
    void edited(telltale::ChangeKinds kinds, qint64 videoId);
    void videoChanged(); ///< another video, or none
    void timesChanged();
    void frameReady(std::shared_ptr<const telltale::VideoFrame> frame);
    void trackChanged();
    void posesCorrected(); ///< poses().pointsAt() of some frames; track() follows
    void curvesChanged();
    void failed(const QString& sentence);

private:
    /// What an opening gives: goes the way of objects of the GUI thread if nobody wants it any more.
    struct Opened {
        std::unique_ptr<Document> document;
        ~Opened();
    };
    void setOpening(const QString& name);
    void startSnapshots();
    void stopSnapshots();
    void loadTrack();
    void loadCurves();
    void followEdit(ChangeKinds kinds, qint64 videoId);

    QThreadPool m_workers; ///< files
    QThreadPool m_models; ///< networks, one at a time
    QThreadPool m_stores; ///< opens projects and takes last snapshots
    std::unique_ptr<Document> m_document;
    int64_t m_videoId = 0;
    std::shared_ptr<const FrameTimes> m_times;
    std::shared_ptr<const VideoInfo> m_info;
    LaneCurves m_curves;
    TrackFeed m_track;
    LatestJob<LaneCurves> m_curvesJob;
    VideoFeed m_feed;
    LatestJob<std::shared_ptr<Opened>> m_openJob;
    QString m_opening;
    bool m_snapshots = false;
    std::shared_ptr<SnapshotKeeper> m_keeper;
};

} // namespace telltale
