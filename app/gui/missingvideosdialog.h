// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "jobs/latestjob.h"
#include "pipeline/relocate.h"
#include <QDialog>
#include <filesystem>
#include <map>

class QDialogButtonBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace telltale {

class PathEdit;

/// Looks for the files of videos that were moved, or that an import named before they were here, in a folder
/// that the user picks, and offers to take over their new places. The search runs on the pool. A file may
/// also be chosen by hand, whatever it is called.
class MissingVideosDialog : public QDialog {
    Q_OBJECT
public:
    MissingVideosDialog(
        const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent = nullptr);

    QString folder() const;
    void setFolder(const QString& folder);
    QTreeWidget& list() { return *m_list; }
    void search();
    /// Takes `file` as the place of the video in this row.
    void setPlace(int row, const QString& file);
    bool searching() const { return m_job.running(); }
    /// New places of the videos that are checked.
    std::map<int64_t, std::filesystem::path> places() const;

private:
    void fill();
    void show(const Result<VideoSearch>& search);
    void stop();
    void chooseFile(); ///< for the current row
    void check();

    std::vector<MissingVideo> m_missing;
    PathEdit* m_folder;
    QPushButton* m_search;
    QPushButton* m_choose;
    QTreeWidget* m_list;
    QProgressBar* m_progress;
    QLabel* m_hint;
    QDialogButtonBox* m_buttons;
    LatestJob<VideoSearch> m_job;
};

} // namespace telltale
