// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QTableWidget;

namespace telltale {

class TrainingPlot;

/// The retraining: start, live curves, and what it changed.
class RetrainPanel : public QWidget {
    Q_OBJECT
public:
    RetrainPanel(Workbench& bench, QAction* start, QAction* cancel, QWidget* parent = nullptr);

private:
    void showResult();
    void clearResult(const QString& text);

    Workbench& m_bench;
    QProgressBar* m_progress;
    QLabel* m_text;
    TrainingPlot* m_plot;
    QTableWidget* m_scores;
};

} // namespace telltale
