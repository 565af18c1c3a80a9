// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QTableView;

namespace telltale {

class ActionSet;
class CandidateButton;

/// The review queue and the decision on its current span.
class ReviewPanel : public QWidget {
    Q_OBJECT
public:
    ReviewPanel(Workbench& bench, const ActionSet& actions, QWidget* parent = nullptr);

private:
    QWidget* makeFilters();
    QWidget* makeTable();
    QWidget* makeDecision(const ActionSet& actions);
    void fillClasses();
    void showSelection();
    void showProgress();

    Workbench& m_bench;
    QComboBox* m_show;
    QComboBox* m_order;
    QComboBox* m_class;
    QTableView* m_table;
    QProgressBar* m_progress;
    QLabel* m_empty;
    QLabel* m_current;
    QList<CandidateButton*> m_candidates;
};

} // namespace telltale
