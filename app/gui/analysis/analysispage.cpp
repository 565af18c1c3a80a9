// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispage.h"

namespace telltale {

AnalysisPage::AnalysisPage(Workbench& bench, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_name(name)
{
}

} // namespace telltale
