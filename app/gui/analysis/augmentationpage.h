// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"

namespace telltale {

class AugmentationPanel;

/// How rare and hard classes were augmented while the detector was trained.
class AugmentationPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit AugmentationPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;
    bool busy() const override;
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;
    AugmentationPanel& panel() { return *m_panel; }

private:
    AugmentationPanel* m_panel;
};

} // namespace telltale
