// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/review/queuesettings.h"
#include "app/gui/workbench.h"
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QTableView;
class QToolButton;

namespace telltale {

class ActionSet;
class CandidateButton;
class QueueWeights;
class StopView;

/// The review queue and the decision on its current span.
class ReviewPanel : public QWidget {
    Q_OBJECT
public:
    /// `settings` are read, and kept up to date.
    ReviewPanel(
        Workbench& bench, const ActionSet& actions, QueueSettings& settings, QWidget* parent = nullptr);
    QDialog* openWeights();
    /// Lists the spans of a class, or of SpanListFilter::kAnyClass, in this order, as if chosen here.
    void list(SpanListFilter::Show show, QueueOrder order, int classId);
    QDialog* openEstimates();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeFilters();
    QWidget* makeStanding();
    QComboBox* makeChoice(const QString& name, int letters);
    QWidget* makeTable();
    QWidget* makeDecision(const ActionSet& actions);
    void fillClasses();
    void fillPairs();
    void chooseOrder(int index);
    void choosePair();
    void showSelection();
    void showOnly();
    void showProgress();

    Workbench& m_bench;
    QueueSettings& m_settings;
    QComboBox* m_show;
    QComboBox* m_order;
    QComboBox* m_class;
    QComboBox* m_pair; ///< seen while confused pairs are
    QToolButton* m_tune;
    StopView* m_stop;
    QTimer m_pairDelay;
    QPointer<QueueWeights> m_weights;
    QToolButton* m_only; ///< seen while the list holds chosen spans alone; drops that
    QTableView* m_table;
    QProgressBar* m_progress;
    QLabel* m_empty;
    QLabel* m_current;
    QList<CandidateButton*> m_candidates;
};

} // namespace telltale
