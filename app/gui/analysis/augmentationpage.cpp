// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/augmentationpage.h"
#include "app/gui/analysis/augmentationpanel.h"
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

} // namespace telltale
