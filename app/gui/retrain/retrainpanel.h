// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>
#include <array>

class QHBoxLayout;
class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace telltale {

class ClassScoreBars;
class TrainingPlot;

/// The retraining: start and stop, live curves and scores beside those of the heads in use, and which heads
/// are used from then on.
class RetrainPanel : public QWidget {
    Q_OBJECT
public:
    RetrainPanel(Workbench& bench, QAction* start, QAction* cancel, QWidget* parent = nullptr);

    static constexpr int kScores = 6; ///< rows of the table
    using Scores = std::array<double, kScores>;

private:
    void addTable();
    QHBoxLayout* buttons();
    void followRetraining();
    void begin();
    void showEpoch(const RetrainProgress& progress);
    void showResult();
    /// The project's state while nothing runs: candidate, heads in use, or what the panel is for.
    void showState(const QString& text = {});
    void showScores(const Scores& now, const Scores& next);
    void showClasses(const std::vector<double>& now, const std::vector<double>& next);
    void showStored(const ModelEntry& heads);
    void updateButtons();

    Workbench& m_bench;
    QProgressBar* m_progress;
    QLabel* m_text;
    QTabWidget* m_tabs;
    TrainingPlot* m_plot;
    ClassScoreBars* m_classes;
    QTableWidget* m_scores;
    QPushButton* m_promote;
    QPushButton* m_discard;
    QPushButton* m_rollBack;
};

} // namespace telltale
