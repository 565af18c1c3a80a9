// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "review/audit.h"
#include "widgets/models/spanlistmodel.h"
#include <QDialog>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QTableWidget;
class QToolButton;

namespace telltale {

/// How many of the open proposals are wrong, as a sentence, and what would make that surer.
QString stopSentence(const StopEstimate& estimate);

/// The estimate by class as a table, with the sentence for the chosen class below.
class StopDialog : public QDialog {
    Q_OBJECT
public:
    explicit StopDialog(QWidget* parent = nullptr);
    void showEstimates(const LabelScheme& scheme, const std::map<int, StopEstimate>& estimates);

private:
    void addRow(const LabelScheme& scheme, int classId, const StopEstimate& estimate);
    void explain();

    QTableWidget* m_table;
    QLabel* m_sentence;
    std::map<int, StopEstimate> m_estimates;
};

/// One line under the queue: what is left and wrong, and a button for the table. Counts a moment after the
/// last edit, and only while it is seen.
class StopView : public QWidget {
    Q_OBJECT
public:
    explicit StopView(SpanListModel& spans, QWidget* parent = nullptr);
    void setClass(int classId); ///< SpanListModel::kAllClasses: all
    QDialog* openTable();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showLine();

    SpanListModel& m_spans;
    QLabel* m_line;
    QToolButton* m_more;
    QPointer<StopDialog> m_dialog;
    std::map<int, StopEstimate> m_estimates;
    int m_class = SpanListModel::kAllClasses;
    QTimer m_delay;
};

} // namespace telltale
