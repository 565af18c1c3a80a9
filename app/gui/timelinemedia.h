// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "jobs/latestjob.h"
#include "media/thumbnails.h"
#include "media/waveform.h"
#include <QImage>
#include <QTimer>
#include <map>

namespace telltale {

class TimelineView;

/// Small pictures and sound of the shown video for the timeline: read in the background as far as the view
/// needs them, kept in the project's cache. The newest view wins. GUI thread.
class TimelineMedia : public QObject {
    Q_OBJECT
public:
    TimelineMedia(Session& session, TimelineView& view);
    ~TimelineMedia() override;

    void setShown(bool pictures, bool sound);
    bool picturesShown() const { return m_picturesShown; }
    bool soundShown() const { return m_soundShown; }
    /// Nothing to show in a lane of its own.
    bool silent() const { return m_silent; }
    /// Why there is nothing to see yet; empty once there is.
    QString picturesNote() const { return m_picturesNote; }
    QString soundNote() const { return m_soundNote; }

signals:
    void changed(); ///< what is shown at all, or a note

private:
    struct Source;
    void follow();
    void loadPictures();
    void loadSound();
    void addPicture(const VideoFrame& frame, int64_t wanted);
    void showPictures();
    void note(QString& which, const QString& text);

    Session& m_session;
    TimelineView& m_view;
    bool m_picturesShown = false;
    bool m_soundShown = false;
    bool m_silent = false; ///< the video has no sound
    QString m_picturesNote;
    QString m_soundNote;
    int64_t m_videoId = 0;
    MediaTime m_soundUntil{-1}; ///< length of the video when its sound was read last
    std::map<int64_t, QImage> m_pictures;
    QTimer m_delivery; ///< pictures come one by one, the view takes them in batches
    QThreadPool m_pictureThread;
    QThreadPool m_soundThread;
    std::shared_ptr<Source> m_source; ///< used by m_pictureThread only
    LatestJob<bool> m_pictureJob;
    LatestJob<std::shared_ptr<const Waveform>> m_soundJob;
};

} // namespace telltale
