// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "jobs/latestjob.h"
#include "pipeline/project.h"
#include <QAbstractTableModel>
#include <QStringList>
#include <deque>
#include <memory>
#include <vector>

namespace telltale {

/// Videos that somebody wants in a project, each read on a pool to see whether it can be. One that cannot is
/// kept with the reason, and the others go on. GUI thread.
class VideoCheck : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { FileColumn, FolderColumn, StateColumn, ColumnCount };
    enum class State { Waiting, Reading, Good, Bad };

    explicit VideoCheck(QThreadPool& pool, QObject* parent = nullptr);

    /// Files as they are, folders with all videos in and below them. What is listed already is not listed
    /// twice.
    void add(const QStringList& paths);
    void remove(const QModelIndexList& rows);
    bool busy() const { return m_search.running() || m_probe.running(); }
    int count(State state) const;
    /// In the order of the list; as long as they are not removed.
    std::vector<std::shared_ptr<const ProbedVideo>> goodVideos() const;
    QStringList goodFiles() const; ///< the same ones, with slashes
    State state(int row) const { return m_videos[static_cast<size_t>(row)].state; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void changed();

private:
    struct Video {
        QString file; ///< absolute, with slashes
        State state = State::Waiting;
        QString sentence; ///< why it cannot be read
        std::shared_ptr<const ProbedVideo> probed;
    };
    void addFiles(const QStringList& files);
    void searchNext();
    void probeNext();
    void put(const QString& file, const Result<ProbedVideo>& probed);
    int rowOf(const QString& file) const;
    QString stateText(const Video& video) const;

    std::vector<Video> m_videos;
    std::deque<QStringList> m_wanted; ///< paths that may be folders
    LatestJob<QStringList> m_search;
    LatestJob<ProbedVideo> m_probe;
};

} // namespace telltale
