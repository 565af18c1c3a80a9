// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/listspans.h"
#include "app/gui/mainwindow.h"

namespace telltale {

void listSpans(Workbench& bench, const std::vector<int64_t>& spans, const QString& why)
{
    if (spans.empty())
        return;
    bench.window.showPanel("review");
    bench.review.showOnly(spans, why);
}

} // namespace telltale
