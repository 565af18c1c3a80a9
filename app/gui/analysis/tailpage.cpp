// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/tailpage.h"
#include "data/confirmed.h"
#include "widgets/models/texts.h"
#include "widgets/plot/statisticsviews.h"
#include <QVBoxLayout>

namespace telltale {

TailPage::TailPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Long tail"), parent)
    , m_counts(new ClassCountView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_counts);
    m_counts->setMinimumHeight(fontMetrics().height() * 12);
    m_counts->setEmptyText(tr("There are no spans yet."));
}

void TailPage::refresh()
{
    std::vector<ClassCountView::Row> rows;
    if (const Document* document = m_bench.session.document()) {
        const LabelScheme& scheme = document->scheme();
        rows.resize(static_cast<size_t>(scheme.classCount()));
        for (int id = 0; id < scheme.classCount(); ++id) {
            rows[static_cast<size_t>(id)].name = classText(scheme, id);
            rows[static_cast<size_t>(id)].color = classColor(scheme, id);
        }
        for (const Annotation& span : document->allAnnotations()) {
            if (span.classId < 0 || span.classId >= scheme.classCount())
                continue;
            ClassCountView::Row& row = rows[static_cast<size_t>(span.classId)];
            if (isConfirmed(span.state))
                ++row.decided;
            else if (span.state == SpanState::Proposed)
                ++row.proposed;
        }
        std::erase_if(rows, [](const auto& row) { return row.decided + row.proposed == 0; });
        std::ranges::stable_sort(
            rows, std::greater<>(), [](const auto& row) { return row.decided + row.proposed; });
    }
    m_counts->setRows(std::move(rows));
    emit shown();
}

} // namespace telltale
