// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/statisticspanel.h"
#include "app/gui/augmentationpanel.h"
#include "widgets/models/texts.h"
#include "widgets/plot/statisticsviews.h"
#include <QTabWidget>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr int kDelayMs = 250; ///< decisions come in quick succession; the statistics follow when they pause

} // namespace

StatisticsPanel::StatisticsPanel(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_tabs(new QTabWidget)
    , m_confusion(new ConfusionView)
    , m_counts(new ClassCountView)
    , m_augmentation(new AugmentationPanel(bench))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_tabs);
    m_tabs->setDocumentMode(true);
    m_confusion->setMinimumHeight(fontMetrics().height() * 12);
    m_counts->setMinimumHeight(fontMetrics().height() * 12);
    m_tabs->addTab(m_confusion, tr("Confusion"));
    m_tabs->addTab(m_counts, tr("Class counts"));
    m_tabs->addTab(m_augmentation, tr("Augmentation"));
    m_confusion->setEmptyText(tr("Decide some of the models' proposals to see where they err."));
    m_counts->setEmptyText(tr("There are no spans yet."));
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &StatisticsPanel::refreshNow);
    connect(&bench.session, &Session::projectChanged, this, &StatisticsPanel::refreshSoon);
    connect(&bench.session, &Session::edited, this, &StatisticsPanel::refreshSoon);
}

void StatisticsPanel::showTab(int index) { m_tabs->setCurrentIndex(index); }

void StatisticsPanel::refreshSoon()
{
    m_stale = true;
    if (isVisible())
        m_delay.start();
}

void StatisticsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        m_delay.start();
}

void StatisticsPanel::refreshNow()
{
    m_stale = false;
    m_augmentation->refresh();
    const Document* document = m_bench.session.document();
    if (!document) {
        m_confusion->setMatrix({}, {}, {});
        m_counts->setRows({});
        return;
    }
    const ProjectConfusion confusion = projectConfusion(*document);
    QStringList classes;
    for (int id = 0; id < document->scheme().classCount(); ++id)
        classes.append(classText(document->scheme(), id));
    const QString summary = confusion.spans == 0
        ? QString()
        : tr("Accuracy %1, macro F1 %2 over %n decided span(s)", nullptr, static_cast<int>(confusion.spans))
              .arg(confusion.report.accuracy, 0, 'f', 2)
              .arg(confusion.report.macroF1, 0, 'f', 2);
    m_confusion->setMatrix(confusion.report.confusion, classes, summary);
    showCounts(*document);
}

void StatisticsPanel::showCounts(const Document& document)
{
    const LabelScheme& scheme = document.scheme();
    std::vector<ClassCountView::Row> rows(static_cast<size_t>(scheme.classCount()));
    for (int id = 0; id < scheme.classCount(); ++id) {
        rows[static_cast<size_t>(id)].name = classText(scheme, id);
        rows[static_cast<size_t>(id)].color = classColor(scheme, id);
    }
    for (const Annotation& span : document.allAnnotations()) {
        if (span.classId < 0 || span.classId >= scheme.classCount())
            continue;
        ClassCountView::Row& row = rows[static_cast<size_t>(span.classId)];
        if (span.state == SpanState::Accepted || span.state == SpanState::Corrected)
            ++row.decided;
        else if (span.state == SpanState::Proposed)
            ++row.proposed;
    }
    std::erase_if(rows, [](const ClassCountView::Row& row) { return row.decided + row.proposed == 0; });
    std::stable_sort(rows.begin(), rows.end(),
        [](const auto& a, const auto& b) { return a.decided + a.proposed > b.decided + b.proposed; });
    m_counts->setRows(std::move(rows));
}

} // namespace telltale
