// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QWidget>

class QLabel;
class QStackedLayout;
class QTabWidget;

namespace telltale {

class BirthPage;
class ClassPage;
class ScoresPage;
class SpanHistoryPage;

/// Everything that is known of the selected span: what each modality said, how it came to be, what its class
/// means and looks like, and who has done what to it. Only the page that is seen works.
class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    enum Tab { Scores, Birth, Class, History };

    explicit InspectorPanel(Workbench& bench, QWidget* parent = nullptr);

    void showTab(Tab tab);
    Tab tab() const;
    BirthPage& birth() { return *m_birth; }
    ClassPage& classPage() { return *m_class; }
    SpanHistoryPage& history() { return *m_history; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    void addPage(QWidget* page, const QString& title, const QString& tip);
    void refresh(); ///< while it is seen
    void showBirth(const Annotation& span, const Prediction* prediction);
    QString factsOf(const Annotation& span) const;

    Workbench& m_bench;
    QStackedLayout* m_pages;
    QLabel* m_empty;
    QWidget* m_content;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_contradiction;
    QTabWidget* m_tabs;
    ScoresPage* m_scores;
    BirthPage* m_birth;
    ClassPage* m_class;
    SpanHistoryPage* m_history;
};

/// Brings the definition of the selected span's class into sight; pressed again, those of the classes that
/// the models offer.
void showClassCard(Workbench& bench);

} // namespace telltale
