// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cmpl/changesmodel.h"
#include "app/gui/workbench.h"
#include <QWidget>
#include <array>

class QCheckBox;
class QComboBox;
class QLabel;
class QTableView;
class QToolButton;

namespace telltale {

/// What became of the pseudo-labels from one round to another: counts, a list whose rows lead to the spans,
/// and whether the timeline marks them.
class RoundChanges : public QWidget {
    Q_OBJECT
public:
    RoundChanges(Workbench& bench, QAction* mark, QWidget* parent = nullptr);
    /// Shows bench.rounds as it is now.
    void refresh();
    QTableView& list() { return *m_list; }
    ChangesModel& model() { return *m_model; }

private:
    void addKinds();
    void fillFormer();
    void followKinds();
    void go(int row);

    Workbench& m_bench;
    QComboBox* m_former;
    std::array<QToolButton*, 5> m_kinds{};
    QLabel* m_note;
    ChangesModel* m_model;
    QTableView* m_list;
};

} // namespace telltale
