// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/augmentationpage.h"
#include "app/gui/analysis/augmentationpanel.h"
#include "app/report/augmentationfigures.h"
#include "widgets/plot/courseplot.h"
#include <QVBoxLayout>

namespace telltale {

AugmentationPage::AugmentationPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Augmentation"), parent)
    , m_panel(new AugmentationPanel(bench))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    connect(m_panel, &AugmentationPanel::shown, this, &AugmentationPage::shown);
}

void AugmentationPage::refresh() { m_panel->refresh(); }

bool AugmentationPage::busy() const { return m_panel->reading(); }

std::vector<Table> AugmentationPage::tables() const
{
    const AugmentationCourse* const course = m_panel->course();
    return course ? telltale::tables(*course) : std::vector<Table>();
}

std::vector<PlotView*> AugmentationPage::figures() const
{
    return m_panel->course() ? std::vector<PlotView*>{&m_panel->plot()} : std::vector<PlotView*>();
}

} // namespace telltale
