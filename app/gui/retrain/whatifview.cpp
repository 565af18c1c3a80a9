// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/whatifview.h"
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <tuple>

namespace telltale {
namespace {

constexpr size_t kFewChanges = 100; ///< that are shown all at once

/// A kind of change: from, to, and whether agreement is gained.
using FlowKey = std::tuple<int, int, bool>;

FlowKey keyOf(const WhatIfModel& model, int row)
{
    const ProposalFlow& flow = model.changes().flows[static_cast<size_t>(row)];
    return {flow.from, flow.to, flow.gained};
}

} // namespace

WhatIfView::WhatIfView(Session& session, WhatIfScoring& scoring, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_scoring(scoring)
    , m_text(new QLabel)
    , m_progress(new QProgressBar)
    , m_button(new QPushButton)
    , m_tree(new QTreeView)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->addWidget(m_progress, 1);
    row->addWidget(m_button);
    layout->addLayout(row);
    m_progress->setAccessibleName(tr("Progress of the comparison"));
    m_progress->setMaximum(1000);
    m_progress->setTextVisible(false);
    m_tree->setModel(&m_model);
    m_tree->setHeaderHidden(true);
    m_tree->setWordWrap(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setTextElideMode(Qt::ElideNone);
    m_tree->setTabKeyNavigation(false);
    m_tree->setIndentation(fontMetrics().averageCharWidth() * 2);
    m_tree->setAccessibleName(tr("Open proposals that would change"));
    m_tree->setToolTip(tr("Enter or a click on a span goes there"));
    layout->addWidget(m_tree, 1);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, &WhatIfView::toggle);
    connect(&scoring, &WhatIfScoring::changed, this, &WhatIfView::refresh);
    connect(&scoring, &WhatIfScoring::progressed, m_progress, &QProgressBar::setValue);
    const auto choose = [this](const QModelIndex& index) {
        if (const int64_t span = m_model.spanAt(index); span > 0)
            emit spanChosen(span);
    };
    m_tree->setExpandsOnDoubleClick(false); // which activates, too
    connect(m_tree, &QTreeView::clicked, this, choose);
    connect(m_tree, &QTreeView::activated, this, [this, choose](const QModelIndex& index) {
        if (m_model.spanAt(index) == 0)
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
        choose(index);
    });
    refresh();
}

void WhatIfView::toggle()
{
    if (m_scoring.state() == WhatIfScoring::State::Scoring)
        m_scoring.cancel();
    else
        m_scoring.restart();
}

QString WhatIfView::sentence() const
{
    const WhatIf& found = m_scoring.changes();
    const auto renamed = found.renamed();
    const auto agreement = static_cast<qint64>(found.changes.size()) - renamed;
    switch (m_scoring.state()) {
    case WhatIfScoring::State::Scoring:
        return tr("Comparing what the new heads say of the open proposals...");
    case WhatIfScoring::State::Stopped:
        return tr("The comparison was stopped.");
    case WhatIfScoring::State::Failed:
        return m_scoring.error();
    case WhatIfScoring::State::Ready:
        if (found.compared == 0)
            return tr("There are no open proposals to compare.");
        if (found.changes.empty())
            return tr("Nothing would change (open proposals compared: %1).").arg(found.compared);
        return tr("Of %1 open proposals %2 would get another name, and the modalities would agree "
                  "otherwise on %3. What you decided stays.")
            .arg(found.compared)
            .arg(renamed)
            .arg(agreement);
    default:
        return tr("After a retraining: which open proposals the new heads would name otherwise.");
    }
}

void WhatIfView::refresh()
{
    const WhatIfScoring::State state = m_scoring.state();
    const bool scoring = state == WhatIfScoring::State::Scoring;
    m_text->setText(sentence());
    if (scoring)
        m_progress->setValue(0);
    m_progress->setVisible(scoring);
    m_button->setVisible(
        scoring || state == WhatIfScoring::State::Stopped || state == WhatIfScoring::State::Failed);
    m_button->setText(scoring ? tr("Stop") : tr("Compare"));
    m_button->setToolTip(
        scoring ? tr("Stops the comparison") : tr("Compares the new heads with those in use"));
    showChanges(state == WhatIfScoring::State::Ready ? m_scoring.changes() : WhatIf());
}

/// What is open stays open, and whoever was on a span is on the one that took its place.
void WhatIfView::showChanges(const WhatIf& changes)
{
    std::set<FlowKey> open;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_tree->isExpanded(m_model.index(row, 0)))
            open.insert(keyOf(m_model, row));
    const QModelIndex at = m_tree->currentIndex();
    const int place = m_model.spanAt(at) > 0 ? at.row() : -1;
    const FlowKey here = place >= 0 ? keyOf(m_model, at.parent().row()) : FlowKey();
    m_model.setChanges(m_session.document(), changes);
    m_tree->setVisible(m_model.rowCount() > 0);
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex flow = m_model.index(row, 0);
        m_tree->setExpanded(
            flow, changes.changes.size() <= kFewChanges || open.contains(keyOf(m_model, row)));
        if (place >= 0 && keyOf(m_model, row) == here)
            m_tree->setCurrentIndex(m_model.index(std::min(place, m_model.rowCount(flow) - 1), 0, flow));
    }
}

} // namespace telltale
