// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/inspectorpanel.h"
#include "app/gui/inspector/birthpage.h"
#include "app/gui/inspector/classpage.h"
#include "app/gui/inspector/scorespage.h"
#include "app/gui/inspector/spanhistorypage.h"
#include "app/gui/mainwindow.h"
#include "app/gui/notesview.h"
#include "widgets/models/texts.h"
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace telltale {

InspectorPanel::InspectorPanel(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_pages(new QStackedLayout)
    , m_empty(
          new QLabel(tr("Select a span to see what each model said of it, how it came to be, and what its "
                        "class means.")))
    , m_content(new QWidget)
    , m_title(new QLabel)
    , m_facts(new QLabel)
    , m_contradiction(new QLabel)
    , m_tabs(new QTabWidget)
    , m_scores(new ScoresPage)
    , m_birth(new BirthPage)
    , m_class(new ClassPage(bench))
    , m_history(new SpanHistoryPage(bench))
{
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addLayout(m_pages, 1);
    whole->addWidget(new NotesView(bench));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_content);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(24);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(makeHead());
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("What is known of the span"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    m_tabs->tabBar()->setExpanding(true);
    m_tabs->tabBar()->setUsesScrollButtons(false);
    addPage(m_scores, tr("Scores"), tr("What each model says of the span"));
    addPage(m_birth, tr("Birth"), tr("How the span came to be"));
    addPage(m_class, tr("Class"), tr("What the class means, and confirmed examples of other people"));
    m_tabs->addTab(m_history, tr("History"));
    m_tabs->setTabToolTip(History, tr("Who has done what to the span"));
    layout->addWidget(m_tabs, 1);
    connect(&bench.review, &Review::selectionChanged, this, &InspectorPanel::refresh);
    connect(&bench.session, &Session::timesChanged, this, &InspectorPanel::refresh);
    connect(m_tabs, &QTabWidget::currentChanged, this, &InspectorPanel::refresh);
}

QWidget* InspectorPanel::makeHead()
{
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->setSpacing(2);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_facts->setObjectName(QStringLiteral("spanFacts"));
    m_contradiction->setObjectName(QStringLiteral("contradiction"));
    m_contradiction->setFont(bold);
    for (QLabel* label : {m_title, m_facts, m_contradiction}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        layout->addWidget(label);
    }
    return head;
}

void InspectorPanel::addPage(QWidget* page, const QString& title, const QString& tip)
{
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_tabs->setTabToolTip(m_tabs->addTab(scroll, title), tip);
}

void InspectorPanel::showTab(Tab tab) { m_tabs->setCurrentIndex(tab); }

InspectorPanel::Tab InspectorPanel::tab() const { return static_cast<Tab>(m_tabs->currentIndex()); }

QString InspectorPanel::factsOf(const Annotation& span) const
{
    QStringList parts;
    const auto times = m_bench.session.times();
    if (times && m_bench.session.videoId() == span.videoId) {
        const MediaTime start = times->timeOf(span.span.first);
        const MediaTime end = times->timeOf(span.span.last);
        parts.append(tr("%1 to %2").arg(clockText(start), clockText(end)));
        parts.append(tr("%1 s").arg(static_cast<double>((end - start).count()) / 1e6, 0, 'f', 2));
    }
    parts.append(tr("frames %1 to %2").arg(span.span.first).arg(span.span.last - 1)); // both belong to it
    parts.append(stateText(span.state));
    parts.append(tr("by: %1").arg(originText(span.origin)));
    if (!span.annotator.empty())
        parts.append(QString::fromStdString(span.annotator));
    return parts.join(QStringLiteral(" \u00b7 "));
}

void InspectorPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void InspectorPanel::refresh()
{
    if (!isVisible())
        return;
    const Annotation* span = m_bench.review.selectedSpan();
    const Document* document = m_bench.session.document();
    m_pages->setCurrentWidget(span && document ? m_content : m_empty);
    if (!span || !document) {
        m_history->setSpan(0);
        return;
    }
    const LabelScheme& scheme = document->scheme();
    m_title->setText(classLongText(scheme, span->classId));
    m_facts->setText(factsOf(*span));
    m_contradiction->setText(m_bench.review.spans().contradiction(span->id));
    m_contradiction->setVisible(!m_contradiction->text().isEmpty());
    const auto prediction = span->predictionId ? document->prediction(span->predictionId) : nullptr;
    m_history->setSpan(span->id);
    if (tab() == Scores)
        m_scores->present(prediction.get(), scheme, m_bench.review.candidates());
    else if (tab() == Birth)
        showBirth(*span, prediction.get());
    else if (tab() == Class)
        m_class->refresh();
}

void InspectorPanel::showBirth(const Annotation& span, const Prediction* prediction)
{
    const Document& document = *m_bench.session.document();
    const std::vector<PredictionRun> runs = document.runs(span.videoId);
    const PredictionRun* made = nullptr;
    for (const PredictionRun& run : runs)
        if (prediction && run.id == prediction->runId)
            made = &run;
    m_birth->present(
        QStringLiteral("%1 (%2)").arg(classLongText(document.scheme(), span.classId), factsOf(span)),
        birthText(span, prediction, made, document.scheme()), document.scheme());
}

void showClassCard(Workbench& bench)
{
    auto* panel = bench.window.findChild<InspectorPanel*>();
    if (!panel)
        return;
    const bool shown = panel->tab() == InspectorPanel::Class && panel->classPage().isVisible();
    bench.window.showPanel("inspector");
    panel->showTab(InspectorPanel::Class);
    if (shown)
        panel->classPage().chooseNext();
}

} // namespace telltale
