// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"

namespace telltale {

class ConfusionView;

/// Where the models err.
class ConfusionPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit ConfusionPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;

private:
    ConfusionView* m_matrix;
};

} // namespace telltale
