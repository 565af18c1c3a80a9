// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QGridLayout;
class QLabel;
class QStackedLayout;
class QTableWidget;
class QTreeWidget;

namespace telltale {

/// Everything that is known of the selected span: what each modality said, how it came to be, who decided.
class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPanel(Workbench& bench, QWidget* parent = nullptr);

private:
    void refresh();
    QWidget* makeVerdicts();
    void showVerdicts(const Prediction* prediction);
    void showScores(const Prediction& prediction);
    void showRecord(const Annotation& span, const Prediction* prediction);

    Workbench& m_bench;
    QStackedLayout* m_pages;
    QLabel* m_title;
    QLabel* m_definition;
    QLabel* m_contradiction;
    /// What found the span, what named it, and both: a line each.
    struct Verdict {
        QLabel* title = nullptr;
        QLabel* name = nullptr;
        QLabel* share = nullptr;
    };
    void showVerdict(const Verdict& verdict, int classId, double share, const QString& nameless);

    QWidget* m_verdicts = nullptr;
    Verdict m_detector;
    Verdict m_ensemble;
    Verdict m_together;
    QLabel* m_disagreement = nullptr;
    QTableWidget* m_scores;
    QTreeWidget* m_record;
    QLabel* m_empty;
    QWidget* m_content;
};

} // namespace telltale
