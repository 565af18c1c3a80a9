// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "jobs/latestjob.h"
#include <QImage>
#include <QSet>

namespace telltale {

/// A small picture of every video of the project, made one after the other in the background and kept in the
/// project's cache. GUI thread.
class VideoThumbnails : public QObject {
    Q_OBJECT
public:
    explicit VideoThumbnails(Session& session);
    ~VideoThumbnails() override;

    /// Makes what is missing, `height` pixels of the screen high.
    void load(int height);

signals:
    void made(qint64 videoId, const QImage& picture);

private:
    struct Task {
        int64_t videoId;
        std::filesystem::path file;
        int64_t frame;
    };
    void take(int64_t videoId, const QImage& picture);

    Session& m_session;
    QThreadPool m_thread;
    LatestJob<bool> m_job;
    const Document* m_document = nullptr; ///< that m_done speaks of
    QSet<qint64> m_done;
};

/// `picture` as an image of its own.
QImage toImage(const Picture& picture);

} // namespace telltale
