// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace telltale {

/// The notes on the shown video, those of the selected span first: to read, go to, add, change and delete.
class NotesView : public QWidget {
    Q_OBJECT
public:
    explicit NotesView(Workbench& bench, QWidget* parent = nullptr);

private:
    QWidget* makeHead();
    void refresh();
    void addRow(const Note& note);
    const Note* noteOf(const QListWidgetItem* item) const;
    void goTo(const QListWidgetItem* item);
    void edit();
    void remove();
    void updateButtons();

    Workbench& m_bench;
    std::vector<Note> m_notes; ///< as they are listed
    QLabel* m_title;
    QListWidget* m_list;
    QToolButton* m_add;
    QToolButton* m_edit;
    QToolButton* m_delete;
};

} // namespace telltale
