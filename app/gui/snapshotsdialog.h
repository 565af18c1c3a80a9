// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/safety/snapshots.h"
#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace telltale {

/// The snapshots of a project, newest first. Restoring one is asked about first, and left to the caller.
class SnapshotsDialog : public QDialog {
    Q_OBJECT
public:
    SnapshotsDialog(const std::filesystem::path& projectFolder, std::vector<SnapshotInfo> snapshots,
        QWidget* parent = nullptr);
    QTreeWidget& list() { return *m_list; }
    /// Asks; returns the question.
    QDialog* askToRestore();

signals:
    void restoreWanted(const QString& file);

private:
    std::vector<SnapshotInfo> m_snapshots;
    QTreeWidget* m_list;
    QPushButton* m_restore;
};

} // namespace telltale
