// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/reportdocument.h"
#include "widgets/plot/plotview.h"

namespace telltale {

ReportFigure figureOf(PlotView& view, const QString& caption, QSize size)
{
    const QSize wanted = size.isEmpty() ? view.paperSize() : size;
    return {view.key(), view.title(), caption, view.picture(wanted), wanted};
}

} // namespace telltale
