// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/effortfigures.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <cmath>

namespace telltale {
namespace {

/// Texts of what has no class of its own.
struct EffortFigures {
    Q_DECLARE_TR_FUNCTIONS(telltale::EffortFigures)
};

struct FigureKind {
    const char* key;
    const char* title;
};
/// By groups and measure.
constexpr FigureKind kFigures[2][2] = {
    {{"effort_modes_seconds",
         QT_TRANSLATE_NOOP("telltale::EffortFigures", "Seconds per span by way of working")},
        {"effort_modes_presses",
            QT_TRANSLATE_NOOP(
                "telltale::EffortFigures", "Key presses and clicks per span by way of working")}},
    {{"effort_classes_seconds", QT_TRANSLATE_NOOP("telltale::EffortFigures", "Seconds per span by class")},
        {"effort_classes_presses",
            QT_TRANSLATE_NOOP("telltale::EffortFigures", "Key presses and clicks per span by class")}}};

const QColor kModeColor(0x56, 0xb4, 0xe9); ///< of Okabe and Ito's palette

QString number(double value)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', value < 9.95 ? 1 : 0) : QStringLiteral("-");
}

QString noteOf(const QString& name, const EffortRow& row)
{
    QString note = EffortFigures::tr("%1, %n span(s): median %2 s (%3 to %4), half of them %5 to %6 s",
        nullptr, static_cast<int>(row.seconds.count))
                       .arg(name, number(row.seconds.median), number(row.seconds.medianLow),
                           number(row.seconds.medianHigh), number(row.seconds.quarter),
                           number(row.seconds.threeQuarters));
    note += EffortFigures::tr("; %1 key presses and %2 clicks on average; finding it %3 s more")
                .arg(number(row.keys), number(row.clicks), number(row.searchSeconds));
    if (row.work.decisions > 0)
        note += EffortFigures::tr("; %1 decisions a minute, %2 taken back")
                    .arg(number(row.work.perMinute()), percentText(row.work.undoneShare()));
    return note;
}

SpreadView::Row viewRow(const QString& name, const QColor& color, const EffortRow& row, EffortMeasure measure)
{
    const bool seconds = measure == EffortMeasure::Seconds;
    const Spread& spread = seconds ? row.seconds : row.presses;
    SpreadView::Row shown;
    shown.id = row.id;
    shown.name = name;
    shown.color = color;
    shown.text = (seconds ? EffortFigures::tr("%1 s (%2)") : EffortFigures::tr("%1 (%2)"))
                     .arg(number(spread.median), QLocale().toString(spread.count));
    shown.note = noteOf(name, row);
    shown.fifth = spread.fifth;
    shown.quarter = spread.quarter;
    shown.median = spread.median;
    shown.threeQuarters = spread.threeQuarters;
    shown.ninetyFifth = spread.ninetyFifth;
    shown.medianLow = spread.medianLow;
    shown.medianHigh = spread.medianHigh;
    return shown;
}

} // namespace

Result<SectionMaker> effortSection(const FrozenProject& project, ProgressSink& progress)
{
    EffortLedger ledger;
    const Status read = readEffort(project, ledger, progress);
    if (!read && read.error().code == ErrorCode::Cancelled)
        return read.error();
    EffortAnalysis analysis;
    QString missing;
    if (read) {
        analysis = analyzeEffort(ledger, project);
        missing = QString::fromStdString(missingText(analysis));
    } else {
        missing = QString::fromStdString(read.error().message);
    }
    return SectionMaker([analysis, missing, scheme = project.scheme()] {
        ReportSection section{
            QStringLiteral("effort"), QStringLiteral("Effort per span"), {}, missing, {}, {}};
        if (!missing.isEmpty())
            return section;
        section.tables = tables(analysis, scheme);
        section.paragraphs << effortSummary(analysis);
        for (const EffortGroups groups : {EffortGroups::Modes, EffortGroups::Classes})
            for (const EffortMeasure measure : {EffortMeasure::Seconds, EffortMeasure::Presses}) {
                SpreadView view;
                showEffort(view, analysis, scheme, groups, measure);
                section.figures.push_back(figureOf(view,
                    QStringLiteral(
                        "Boxes: the middle half of the spans, with the median; thin lines: 5th to 95th "
                        "percentile; bars below: 95 % interval of the median.")));
            }
        return section;
    });
}

QString effortModeText(EffortMode mode) { return EffortFigures::tr(effortModeTitle(mode)); }

void showEffort(SpreadView& view, const EffortAnalysis& analysis, const LabelScheme& scheme,
    EffortGroups groups, EffortMeasure measure)
{
    const FigureKind& kind = kFigures[static_cast<size_t>(groups)][static_cast<size_t>(measure)];
    view.setFigure(QString::fromLatin1(kind.key), EffortFigures::tr(kind.title));
    std::vector<SpreadView::Row> rows;
    if (analysis.missing == EffortMissing::Nothing && groups == EffortGroups::Modes)
        for (const EffortRow& row : analysis.modes)
            rows.push_back(
                viewRow(effortModeText(static_cast<EffortMode>(row.id)), kModeColor, row, measure));
    else if (analysis.missing == EffortMissing::Nothing)
        for (const EffortRow& row : analysis.classes)
            rows.push_back(viewRow(classText(scheme, row.id), classColor(scheme, row.id), row, measure));
    view.setRows(std::move(rows),
        measure == EffortMeasure::Seconds ? EffortFigures::tr("seconds on a span")
                                          : EffortFigures::tr("key presses and clicks on a span"));
}

QString effortSummary(const EffortAnalysis& analysis)
{
    if (analysis.missing != EffortMissing::Nothing)
        return {};
    const EffortRow& all = analysis.all;
    return EffortFigures::tr(
        "%n span(s): %1 s and %2 presses each (medians), %3 decisions a minute, %4 taken back", nullptr,
        static_cast<int>(all.seconds.count))
        .arg(number(all.seconds.median), number(all.presses.median), number(all.work.perMinute()),
            percentText(all.work.undoneShare()));
}

QString effortSince(const EffortAnalysis& analysis)
{
    if (analysis.unrecorded == 0 || analysis.since.empty())
        return {};
    const QDateTime since = QDateTime::fromString(QString::fromStdString(analysis.since), Qt::ISODateWithMs);
    return EffortFigures::tr("Not recorded before %1; %n decision(s) have no record.", nullptr,
        static_cast<int>(analysis.unrecorded))
        .arg(QLocale().toString(since.toLocalTime(), QLocale::ShortFormat));
}

QString effortMissing(const EffortAnalysis& analysis, bool recording)
{
    if (analysis.missing == EffortMissing::Nothing)
        return {};
    if (!recording)
        return EffortFigures::tr(
            "What decisions cost is not recorded in this window.\n\nTurn on \"Record effort\" "
            "here or in the Edit menu: times and numbers of presses go into the project, never "
            "what was pressed.");
    if (analysis.missing == EffortMissing::Recording)
        return EffortFigures::tr(
            "The %n decision(s) so far have no record of what they cost.\n\nIt is recorded from "
            "now on: decide on some spans.",
            nullptr, static_cast<int>(analysis.unrecorded));
    return EffortFigures::tr(
        "Nobody has decided on a span yet.\n\nAccept, correct or mark some: what it costs is "
        "recorded from now on and shows here.");
}

} // namespace telltale
