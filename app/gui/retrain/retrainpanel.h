// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/retrain/scoregrid.h"
#include "app/gui/workbench.h"
#include <QWidget>

class QAction;
class QJsonObject;
class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QVBoxLayout;

namespace telltale {

class ClassTrendView;
class ForgettingNotice;
class TrainingPlot;
class WhatIfView;

/// The retraining: start and stop, live curves and scores beside those of the heads in use, what it would
/// forget and change, and which heads are used from then on.
class RetrainPanel : public QWidget {
    Q_OBJECT
public:
    RetrainPanel(Workbench& bench, QAction* start, QAction* cancel, QWidget* parent = nullptr);

private:
    void addProgress(QVBoxLayout& layout, QAction* start, QAction* cancel);
    void addTabs(QVBoxLayout& layout);
    void addButtons(QVBoxLayout& layout);
    void followRetraining();
    void begin();
    void showEpoch(const RetrainProgress& progress);
    void showResult();
    /// The project's state while nothing runs: candidate, heads in use, or what the panel is for.
    void showState(const QString& text = {});
    /// Of finished heads. `warn`: they could be promoted.
    void showFigures(const QJsonObject& metrics, bool warn);
    void showScores(const ScoreGrid::Scores& now, const ScoreGrid::Scores& next);
    /// Whether the curves are those of the candidate.
    bool showsCourse() const;
    void resetClasses();
    void updateButtons();

    Workbench& m_bench;
    QProgressBar* m_progress;
    QLabel* m_text;
    QTabWidget* m_tabs;
    TrainingPlot* m_plot;
    ClassTrendView* m_classes;
    WhatIfView* m_whatIf;
    ScoreGrid* m_scores;
    ForgettingNotice* m_notice;
    QPushButton* m_promote;
    QPushButton* m_discard;
    QPushButton* m_rollBack;
};

} // namespace telltale
