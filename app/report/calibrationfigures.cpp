// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/calibrationfigures.h"
#include "app/report/modalityfigures.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace telltale {
namespace {

struct CalibrationTexts {
    Q_DECLARE_TR_FUNCTIONS(CalibrationTexts)
};

QString figure(double value) { return QLocale().toString(value, 'f', 3); }

QString withInterval(double value, const std::optional<BootstrapInterval>& interval)
{
    if (!interval || interval->resamples == 0)
        return figure(value);
    return CalibrationTexts::tr("%1 (%2\u2013%3)")
        .arg(figure(value), figure(interval->low), figure(interval->high));
}

std::optional<BootstrapInterval> errorInterval(const CalibrationCurve& curve)
{
    return curve.intervals ? std::optional(curve.intervals->error) : std::nullopt;
}

ReliabilityView::Line lineOf(const CalibrationCurve& curve, const QString& name, bool before)
{
    ReliabilityView::Line line{name, before, {}};
    const std::vector<ReliabilityBin>& bins = curve.figures.top.bins;
    for (size_t i = 0; i < bins.size(); ++i) {
        const ReliabilityBin& bin = bins[i];
        if (bin.right.clips == 0)
            continue;
        line.points.push_back({static_cast<int>(i), bin.confidence, bin.right.precision, bin.right.low,
            bin.right.high, bin.right.clips,
            CalibrationTexts::tr("%1, shown with %2\u2013%3: %4")
                .arg(name, percentText(bin.low), percentText(bin.high), likeThisText(bin))});
    }
    return line;
}

QString tooFewText(const CalibrationAnalysis& analysis)
{
    const QString still
        = CalibrationTexts::tr("%n more decided audit item(s) are needed to say how far confidences "
                               "can be trusted.",
            nullptr, static_cast<int>(analysis.needed));
    QString what;
    if (analysis.openAudits >= analysis.needed)
        what = CalibrationTexts::tr(
            "Choose the order \"Random audit\" in the review list and decide the items marked "
            "with \u25ce in turn.");
    else if (analysis.openAudits == 0)
        what = CalibrationTexts::tr(
            "Raise the share of audit items in the review list, or analyze more videos.");
    else
        what = CalibrationTexts::tr(
            "Decide the %n audit item(s) left (order \"Random audit\"), then raise the share of "
            "audit items in the review list, or analyze more videos.",
            nullptr, static_cast<int>(analysis.openAudits));
    if (analysis.behindGap > 0)
        what += QLatin1Char(' ')
            + CalibrationTexts::tr(
                "%n item(s) decided out of turn will count when those before them are decided.", nullptr,
                static_cast<int>(analysis.behindGap));
    return still + QStringLiteral("\n\n") + what;
}

} // namespace

QString missingText(const CalibrationAnalysis& analysis)
{
    switch (analysis.missing) {
    case CalibrationMissing::Nothing:
        return {};
    case CalibrationMissing::NoVideos:
        return CalibrationTexts::tr("There are no videos in the project yet: add some, then analyze them.");
    case CalibrationMissing::NoProposals:
        return CalibrationTexts::tr("No model has proposed anything yet: analyze a video.");
    case CalibrationMissing::NoScores:
        return CalibrationTexts::tr(
            "The proposals have no names, so nothing was said with any confidence: name spans of "
            "at least two classes, retrain, then analyze again.");
    case CalibrationMissing::TooFewAudits:
        return tooFewText(analysis);
    }
    return {};
}

QString basisText(const CalibrationAnalysis& analysis)
{
    QString text
        = CalibrationTexts::tr("%n audit item(s), drawn at random among all proposals: what the queue shows "
                               "first is chosen for looking doubtful and is not counted.",
            nullptr, static_cast<int>(analysis.items.size()));
    if (analysis.transductive > 0)
        text += QLatin1Char(' ')
            + CalibrationTexts::tr(
                "Transductive: %n of them were answered by a system that had adapted to the people "
                "in them.",
                nullptr, static_cast<int>(analysis.transductive));
    if (analysis.sources.size() > 1)
        text += QLatin1Char(' ')
            + CalibrationTexts::tr(
                "They come from %n model(s).", nullptr, static_cast<int>(analysis.sources.size()));
    if (!analysis.voters.empty() && analysis.voters.front().after.intervals
        && !analysis.voters.front().after.intervals->overSubjects)
        text += QLatin1Char(' ')
            + CalibrationTexts::tr("With one subject the intervals know nothing of other people.");
    return text;
}

QString likeThisText(const ReliabilityBin& bin)
{
    return CalibrationTexts::tr("%1 of %2 like this were right (%3\u2013%4)")
        .arg(QLocale().toString(static_cast<qlonglong>(bin.right.correct)),
            QLocale().toString(static_cast<qlonglong>(bin.right.clips)), percentText(bin.right.low),
            percentText(bin.right.high));
}

QString errorText(const CalibratedVoter& voter)
{
    const QString after = CalibrationTexts::tr("ECE %1").arg(
        withInterval(voter.after.figures.top.error, errorInterval(voter.after)));
    return voter.before ? CalibrationTexts::tr("%1, before temperature %2")
                              .arg(after, figure(voter.before->figures.top.error))
                        : after;
}

const CalibrationCurve& curveOf(const CalibratedVoter& voter, int line)
{
    return line == 0 && voter.before ? *voter.before : voter.after;
}

std::vector<ReliabilityView::Panel> reliabilityPanels(const CalibrationAnalysis& analysis, int voter)
{
    std::vector<ReliabilityView::Panel> panels;
    for (size_t i = 0; i < analysis.voters.size(); ++i) {
        if (voter >= 0 && static_cast<size_t>(voter) != i)
            continue;
        const CalibratedVoter& one = analysis.voters[i];
        ReliabilityView::Panel panel{voterText(one.name), errorText(one), analysis.bins, {}};
        if (one.before)
            panel.lines.push_back(lineOf(*one.before, CalibrationTexts::tr("Before temperature"), true));
        panel.lines.push_back(lineOf(one.after, voterText(one.name), false));
        panels.push_back(std::move(panel));
    }
    return panels;
}

Result<SectionMaker> calibrationSection(const FrozenProject& project, ProgressSink& progress)
{
    AnswerBook book;
    const CalibrationSettings settings;
    auto analysis = analyzeCalibration(project, settings, book, progress);
    if (!analysis)
        return analysis.error();
    if (const Status status = addIntervals(*analysis, settings, progress); !status)
        return status.error();
    return SectionMaker([analysis = *std::move(analysis), scheme = project.scheme()] {
        ReportSection section{QStringLiteral("calibration"), QStringLiteral("Calibration"), {}, {}, {}, {}};
        section.missing = missingText(analysis);
        section.tables = tables(analysis, scheme);
        if (!section.missing.isEmpty())
            return section;
        section.paragraphs << basisText(analysis);
        ReliabilityView view;
        view.setFigure(QStringLiteral("reliability"), QStringLiteral("Reliability by modality"));
        view.setPanels(reliabilityPanels(analysis));
        section.figures.push_back(figureOf(view,
            QStringLiteral(
                "Share of right answers against confidence; whiskers: Wilson, 95 %; hollow: before "
                "temperature; below: audit items in each bin.")));
        return section;
    });
}

} // namespace telltale
