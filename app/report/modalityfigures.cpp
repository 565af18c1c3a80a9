// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/modalityfigures.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {
namespace {

struct ModalityTexts {
    Q_DECLARE_TR_FUNCTIONS(ModalityTexts)
};

QString figure(double value)
{
    return std::isnan(value) ? QStringLiteral("\u2013") : QLocale().toString(value, 'f', 2);
}

QString number(int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

QString intervalText(const BootstrapInterval& interval)
{
    return ModalityTexts::tr("95 %: %1\u2013%2").arg(figure(interval.low), figure(interval.high));
}

GroupedBarsView::Bar barOf(const VoterReport& report, int classId, const QString& name)
{
    const ClassScore& score = report.classes[static_cast<size_t>(classId)];
    if (score.truth + score.predicted == 0)
        return {std::nan(""), 1, 0, {}};
    GroupedBarsView::Bar bar{score.f1, 1, 0,
        ModalityTexts::tr("%1, %2: F1 %3; %4 of %5 found, %6 named so")
            .arg(voterText(report.name), name, figure(score.f1), number(score.correct), number(score.truth),
                number(score.predicted))};
    if (const auto interval = report.classIntervals.find(classId);
        interval != report.classIntervals.end() && interval->second.resamples > 0) {
        bar.low = interval->second.low;
        bar.high = interval->second.high;
        bar.text += QStringLiteral("; ") + intervalText(interval->second);
    }
    return bar;
}

PairMatrixView::Cell cellOf(const ModalityAnalysis& analysis, size_t a, size_t b)
{
    const VoterPair& pair = analysis.pairs[a][b];
    QString text = ModalityTexts::tr("%1 and %2 give the same class to %3 of %4 spans (%5); kappa %6")
                       .arg(voterText(analysis.voters[a]), voterText(analysis.voters[b]), number(pair.same),
                           number(pair.items), percentText(pair.share), figure(pair.kappa));
    text += QLatin1Char('\n')
        + ModalityTexts::tr("Both right %1, first alone %2, second alone %3, both wrong %4 (alike %5)")
              .arg(number(pair.bothRight), number(pair.firstOnly), number(pair.secondOnly),
                  number(pair.bothWrong), number(pair.sameWrong));
    return {pair.share, std::isnan(pair.share) ? QString() : percentText(pair.share),
        QStringLiteral("\u03ba %1").arg(figure(pair.kappa)), text};
}

QString gainText(const GainRow& row, const QString& name)
{
    const double change = row.after - row.before;
    QString text = ModalityTexts::tr("%1: %2 \u2192 %3 (%4%5)")
                       .arg(name, figure(row.before), figure(row.after),
                           change >= 0 ? QStringLiteral("+") : QString(), figure(change));
    text += QStringLiteral("; ") + ModalityTexts::tr("%n span(s)", nullptr, static_cast<int>(row.spans));
    if (row.change && row.change->resamples > 0)
        text += QStringLiteral("; ") + intervalText(*row.change);
    return text;
}

} // namespace

QString voterText(const std::string& name)
{
    return name == kFusedVoter ? ModalityTexts::tr("Fused") : modalityText(name);
}

QString acquaintanceText(Acquaintance acquaintance)
{
    switch (acquaintance) {
    case Acquaintance::HeldOut:
        return ModalityTexts::tr("of people it did not learn from");
    case Acquaintance::TunedOn:
        return ModalityTexts::tr("of people it was tuned on");
    case Acquaintance::KnownPerson:
        return ModalityTexts::tr("of people it knew from other spans");
    case Acquaintance::LearnedFrom:
        return ModalityTexts::tr("that it may have learned from");
    case Acquaintance::NotKnown:
        break;
    }
    return ModalityTexts::tr("of which that is not known");
}

QString missingText(const ModalityAnalysis& analysis)
{
    switch (analysis.missing) {
    case ModalityMissing::Nothing:
        return {};
    case ModalityMissing::NoVideos:
        return ModalityTexts::tr("There are no videos in the project yet: add some, then analyze them.");
    case ModalityMissing::NoPredictions:
        return ModalityTexts::tr("No model has said anything yet: analyze a video.");
    case ModalityMissing::NothingDecided:
        return ModalityTexts::tr("No span has a class that a person gave: accept or correct some proposals.");
    case ModalityMissing::NoAnswers:
        return ModalityTexts::tr(
            "These models have named none of the decided spans: choose others above, or let a "
            "system predict (telltale-cli predict).");
    case ModalityMissing::NoneHeldOut:
        return ModalityTexts::tr(
            "The system has learned from all the people in the decided spans: give some subjects "
            "the role Test and train again, or look at all spans.");
    }
    return {};
}

QString missingText(const AdaptationGain& gain)
{
    switch (gain.missing) {
    case GainMissing::Nothing:
        return {};
    case GainMissing::NotAdapted:
        return ModalityTexts::tr(
            "No system has adapted to unlabelled people yet: train one, predict with it, then "
            "adapt it (panel Pseudo-labels).");
    case GainMissing::NoBase:
        return ModalityTexts::tr(
            "The system as it was before adapting has named no spans: predict with it, so that "
            "both stand side by side.");
    case GainMissing::NoCommonSpans:
        return ModalityTexts::tr(
            "No decided span was named before and after adapting: decide some of the spans of "
            "the people it adapted to.");
    }
    return {};
}

QString basisText(const ModalityAnalysis& analysis)
{
    QString text = analysis.system.empty()
        ? ModalityTexts::tr("What was said of %n decided span(s) when they were proposed", nullptr,
            static_cast<int>(analysis.spans.size()))
        : ModalityTexts::tr(
            "What %1 says of %n decided span(s)", nullptr, static_cast<int>(analysis.spans.size()))
              .arg(QString::fromStdString(analysis.system));
    QStringList parts;
    for (const auto& [kind, spans] : analysis.acquaintance)
        if (!analysis.heldOutOnly || kind == Acquaintance::HeldOut)
            parts.append(number(spans) + QLatin1Char(' ') + acquaintanceText(kind));
    text += QStringLiteral(": ") + parts.join(QStringLiteral(", ")) + QLatin1Char('.');
    const auto learned = analysis.acquaintance.find(Acquaintance::LearnedFrom);
    if (!analysis.heldOutOnly && learned != analysis.acquaintance.end())
        text += QLatin1Char(' ')
            + ModalityTexts::tr("Figures on what was learned from are no test: choose only held-out people.");
    if (analysis.transductive > 0)
        text += QLatin1Char(' ')
            + ModalityTexts::tr(
                "Transductive: %n of them were answered by a system that had adapted to the people "
                "in them.",
                nullptr, static_cast<int>(analysis.transductive));
    return text;
}

QString basisText(const AdaptationGain& gain)
{
    QString text = ModalityTexts::tr(
        "%n decided span(s) that both systems have named", nullptr, static_cast<int>(gain.before.size()));
    text += gain.heldOut
        ? ModalityTexts::tr(", of people from whose labels neither learned.")
        : ModalityTexts::tr("; both may have learned from them, so nothing follows for other people.");
    if (gain.protocol == "transductive")
        text += QLatin1Char(' ')
            + ModalityTexts::tr("Transductive: the adapted system had seen them without their labels.");
    return text;
}

QString oracleText(const ModalityAnalysis& analysis)
{
    if (analysis.oracle.judged == 0)
        return {};
    return ModalityTexts::tr(
        "At least one modality is right in %1 of %2 spans (%3): the most that a vote could "
        "reach. None is right in %4.")
        .arg(number(analysis.oracle.anyRight), number(analysis.oracle.judged),
            percentText(analysis.oracle.oracle), number(analysis.oracle.noneRight));
}

void showClasses(GroupedBarsView& view, const ModalityAnalysis& analysis, const LabelScheme& scheme)
{
    view.setFigure(QStringLiteral("modality_classes"), ModalityTexts::tr("F1 by class and modality"));
    QStringList voters;
    for (const std::string& name : analysis.voters)
        voters.append(voterText(name));
    std::vector<GroupedBarsView::Row> rows;
    std::vector<int> order;
    const auto truthOf = [&](int id) {
        return analysis.reports.empty() ? 0 : analysis.reports[0].classes[static_cast<size_t>(id)].truth;
    };
    for (int id = 0; id < scheme.classCount() && !analysis.reports.empty(); ++id)
        if (id < static_cast<int>(analysis.reports[0].classes.size()))
            order.push_back(id);
    std::ranges::stable_sort(order, std::greater<>(), truthOf);
    for (const int id : order) {
        GroupedBarsView::Row row{id, classText(scheme, id), number(truthOf(id)), {}};
        for (const VoterReport& report : analysis.reports)
            row.bars.push_back(barOf(report, id, row.name));
        if (std::ranges::any_of(row.bars, [](const auto& bar) { return !std::isnan(bar.value); }))
            rows.push_back(std::move(row));
    }
    view.setRows(voters, std::move(rows));
}

void showAgreement(PairMatrixView& view, const ModalityAnalysis& analysis)
{
    view.setFigure(QStringLiteral("modality_agreement"), ModalityTexts::tr("Agreement between modalities"));
    QStringList names;
    std::vector<std::vector<PairMatrixView::Cell>> cells(analysis.voters.size());
    for (size_t a = 0; a < analysis.voters.size(); ++a) {
        names.append(voterText(analysis.voters[a]));
        for (size_t b = 0; b < analysis.voters.size(); ++b)
            cells[a].push_back(cellOf(analysis, a, b));
    }
    view.setCells(names, std::move(cells));
}

void showGain(ChangeView& view, const AdaptationGain& gain, size_t voter, bool subjects, bool measured,
    const LabelScheme& scheme)
{
    view.setFigure(subjects ? QStringLiteral("adaptation_subjects") : QStringLiteral("adaptation_classes"),
        subjects ? ModalityTexts::tr("Gain of adaptation by subject (share named right)")
                 : ModalityTexts::tr("Gain of adaptation by class (F1)"));
    const std::vector<VoterGain>& voters = measured ? gain.measured : gain.voters;
    std::vector<ChangeView::Row> rows;
    if (voter < voters.size()) {
        const std::vector<GainRow>& source = subjects ? voters[voter].subjects : voters[voter].classes;
        for (size_t i = 0; i < source.size(); ++i) {
            const GainRow& row = source[i];
            const QString name
                = subjects ? QString::fromStdString(row.subject) : classText(scheme, row.classId);
            rows.push_back({subjects ? static_cast<int>(i) : row.classId, name, number(row.spans), row.before,
                row.after, gainText(row, name)});
        }
        std::ranges::stable_sort(
            rows, std::greater<>(), [](const auto& row) { return row.after - row.before; });
    }
    view.setRows(std::move(rows), ModalityTexts::tr("Unadapted"), ModalityTexts::tr("Adapted"));
}

namespace {

ReportSection sectionOf(const ModalityAnalysis& analysis, const LabelScheme& scheme)
{
    ReportSection section{QStringLiteral("modalities"), QStringLiteral("Modalities"), {}, {}, {}, {}};
    section.tables = tables(analysis, scheme);
    section.missing = missingText(analysis);
    if (!section.missing.isEmpty())
        return section;
    section.paragraphs << basisText(analysis) << oracleText(analysis);
    GroupedBarsView classes;
    showClasses(classes, analysis, scheme);
    section.figures.push_back(figureOf(
        classes, QStringLiteral("Whiskers: 95 %, bootstrap over subjects, where there are two at least.")));
    if (analysis.voters.size() > 1) {
        PairMatrixView pairs;
        showAgreement(pairs, analysis);
        section.figures.push_back(
            figureOf(pairs, QStringLiteral("Share of spans with the same class, and Cohen's kappa.")));
    }
    const AdaptationGain& gain = analysis.gain;
    if (gain.missing != GainMissing::Nothing) {
        section.paragraphs << missingText(gain);
        return section;
    }
    section.paragraphs << basisText(gain);
    for (const bool subjects : {false, true}) {
        ChangeView change;
        showGain(change, gain, 0, subjects, false, scheme);
        section.figures.push_back(figureOf(change, basisText(gain)));
    }
    return section;
}

} // namespace

Result<SectionMaker> modalitySection(const FrozenProject& project, ProgressSink& progress)
{
    AnswerBook book;
    const ModalitySettings settings;
    auto analysis = analyzeModalities(project, settings, book, progress);
    if (!analysis)
        return analysis.error();
    if (const Status status = addIntervals(*analysis, settings, progress); !status)
        return status.error();
    return SectionMaker(
        [analysis = *std::move(analysis), scheme = project.scheme()] { return sectionOf(analysis, scheme); });
}

} // namespace telltale
