// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "report/table.h"
#include <QPicture>
#include <QSize>
#include <QString>
#include <QStringList>
#include <vector>

namespace telltale {

class PlotView;

/// A plot as it stands in a report.
struct ReportFigure {
    QString key; ///< unique in the report
    QString title;
    QString caption; ///< what it rests on; may be empty
    QPicture picture; ///< of `size` pixels of 1/96 inch, in the colours of paper
    QSize size;
};

/// One view of the analysis on paper. Nothing is hidden that is missing: then `missing` says what, and what
/// to do about it.
struct ReportSection {
    QString key; ///< unique in the report
    QString title;
    QStringList paragraphs;
    QString missing; ///< a sentence instead of figures; empty where there are some
    std::vector<ReportFigure> figures;
    std::vector<Table> tables;
};

struct Report {
    QString title;
    QString subtitle; ///< when, and by which version
    std::vector<ReportSection> sections;
};

/// What the view shows at this moment. GUI thread.
ReportFigure figureOf(PlotView& view, const QString& caption = {}, QSize size = {});

} // namespace telltale
