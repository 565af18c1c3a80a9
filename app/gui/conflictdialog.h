// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/conflicttext.h"
#include "app/gui/workbench.h"
#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QTableWidget;

namespace telltale {

/// The open conflicts of the project, both versions side by side, and the choice between them. Stays open
/// beside the window, so that the span can be looked at.
class ConflictDialog : public QDialog {
    Q_OBJECT
public:
    explicit ConflictDialog(Workbench& bench, QWidget* parent = nullptr);

    QListWidget& list() { return *m_list; }
    QTableWidget& table() { return *m_table; }
    void select(int64_t conflictId);
    /// With the version that was refused, or with the one that stands.
    void resolve(bool mine);

signals:
    void failed(const QString& sentence);

private:
    void refresh();
    void showCurrent();
    void fillTable();
    int64_t current() const;
    void goThere();

    Workbench& m_bench;
    ConflictText m_text;
    QLabel* m_head;
    QListWidget* m_list;
    QLabel* m_what;
    QTableWidget* m_table;
    QPushButton* m_show;
    QPushButton* m_mine;
    QPushButton* m_theirs;
};

} // namespace telltale
