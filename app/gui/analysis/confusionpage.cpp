// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/confusionpage.h"
#include "widgets/models/texts.h"
#include "widgets/plot/statisticsviews.h"
#include <QVBoxLayout>

namespace telltale {

ConfusionPage::ConfusionPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Confusion"), parent)
    , m_matrix(new ConfusionView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_matrix);
    m_matrix->setMinimumHeight(fontMetrics().height() * 12);
    m_matrix->setEmptyText(tr("Decide some of the models' proposals to see where they err."));
}

void ConfusionPage::refresh()
{
    const Document* document = m_bench.session.document();
    if (!document) {
        m_matrix->setMatrix({}, {}, {});
        emit shown();
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
    m_matrix->setMatrix(confusion.report.confusion, classes, summary);
    emit shown();
}

} // namespace telltale
