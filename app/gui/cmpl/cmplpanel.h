// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/actionset.h"
#include "app/gui/workbench.h"
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QTabWidget;
class QVBoxLayout;

namespace telltale {

class RoundChanges;
class RoundClasses;
class RoundView;

/// Cross-modal pseudo-labels: adapting the system in use, what each round of it accepted, how right that is,
/// what changed between two rounds, and a warning where it only confirms itself.
class CmplPanel : public QWidget {
    Q_OBJECT
public:
    CmplPanel(Workbench& bench, ActionSet& actions, QWidget* parent = nullptr);
    enum Tab { ClassesTab, ChangesTab };
    void showTab(Tab tab);
    RoundClasses& classes() { return *m_classes; }
    RoundChanges& changes() { return *m_changes; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void addStart(QVBoxLayout& layout, ActionSet& actions);
    void addRounds(QVBoxLayout& layout, ActionSet& actions);
    void followAdaptation();
    /// What is said below the button: how the job stands, or what keeps it from starting.
    void showState(const QString& text = {});
    void showRounds();
    void fillRounds();
    QString emptyText() const;

    Workbench& m_bench;
    QProgressBar* m_progress;
    QComboBox* m_protocol;
    QLabel* m_meaning;
    QLabel* m_state;
    QLabel* m_empty;
    QWidget* m_content;
    QComboBox* m_round;
    QLabel* m_trouble;
    RoundView* m_view;
    QTabWidget* m_tabs;
    RoundClasses* m_classes;
    RoundChanges* m_changes;
};

} // namespace telltale
