// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"

namespace telltale {

class ClassCountView;

/// How the spans spread over the classes.
class TailPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit TailPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;

private:
    ClassCountView* m_counts;
};

} // namespace telltale
