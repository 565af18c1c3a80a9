// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/tailsection.h"
#include "app/report/tailfigures.h"
#include "pipeline/analysis/tailtables.h"
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/classrowsview.h"

namespace telltale {
namespace {

/// Adds the view as it is, unless it has nothing to show.
template <typename View> void addFigure(ReportSection& section, View& view, const QString& caption)
{
    if (!view.isEmpty())
        section.figures.push_back(figureOf(view, caption));
}

void addScores(ReportSection& section, const TailFigures& figures, const TailAnalysis& tail)
{
    for (const TailScores& scores : tail.scores) {
        if (scores.problem != TailScoreProblem::None)
            continue;
        ClassPointsView view;
        figures.showScores(view, scores.basis, true);
        const QString key = QStringLiteral("f1_by_size_%1").arg(static_cast<int>(scores.basis) + 1);
        view.setFigure(key, view.title() + QStringLiteral(": ") + TailFigures::nameOf(scores.basis));
        addFigure(section, view, view.caption());
    }
}

ReportSection sectionOf(const TailAnalysis& tail, const LabelScheme& scheme)
{
    const TailFigures figures(tail, scheme);
    ReportSection section{QStringLiteral("tail"), QStringLiteral("Long tail"), figures.sentences(false),
        figures.missing().simplified(), {}, {}};
    if (!section.missing.isEmpty())
        return section;
    ClassPointsView zipf;
    figures.showZipf(zipf, true);
    addFigure(section, zipf, zipf.caption());
    ClassBarsView counts;
    figures.showCounts(counts);
    addFigure(section, counts, counts.summary());
    ClassBarsView subjects;
    figures.showSubjects(subjects);
    addFigure(section, subjects, subjects.summary());
    ClassCellsView coverage;
    figures.showCoverage(coverage);
    addFigure(section, coverage, coverage.caption());
    addScores(section, figures, tail);
    for (size_t set = 0; set < tail.weights.size(); ++set) {
        ClassBarsView weights;
        figures.showWeights(weights, set);
        weights.setFigure(QStringLiteral("class_weights_%1").arg(set + 1), weights.title());
        addFigure(section, weights, weights.summary());
    }
    section.tables = tables(tail, scheme);
    return section;
}

} // namespace

Result<SectionMaker> tailSection(const FrozenProject& project, ProgressSink& progress)
{
    auto tail = tailAnalysis(project, {}, progress);
    if (!tail)
        return tail.error();
    return SectionMaker(
        [found = *std::move(tail), scheme = project.scheme()] { return sectionOf(found, scheme); });
}

} // namespace telltale
