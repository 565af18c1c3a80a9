// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/inspector/historymodel.h"
#include "app/gui/workbench.h"
#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

class QLabel;
class QTabWidget;
class QTableView;
class QUndoView;

namespace telltale {

/// The annotator's own steps, of which one can be clicked to go back to it, and the log of everybody's edits.
/// Both work only while they are seen; the log is read off the GUI thread.
class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(Workbench& bench, QWidget* parent = nullptr);
    ~HistoryPanel() override;

    HistoryModel& log() { return m_model; }
    void showTab(int index);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    using Entries = Result<std::vector<HistoryEntry>>;
    void refresh();
    void readSoon();
    void read();
    void letGo();
    void take();

    Workbench& m_bench;
    HistoryModel m_model;
    QTabWidget* m_tabs;
    QUndoView* m_steps;
    QTableView* m_table;
    QLabel* m_hint;
    QTimer m_delay;
    QFutureWatcher<Entries> m_reading;
};

} // namespace telltale
