// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/agreementfigures.h"
#include "widgets/models/classlooks.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace telltale {
namespace {

struct AgreementFigures {
    Q_DECLARE_TR_FUNCTIONS(AgreementFigures)
};

constexpr std::array<const char*, kAgreementViews> kViews{
    QT_TRANSLATE_NOOP("AgreementFigures", "Cohen's kappa by frames"),
    QT_TRANSLATE_NOOP("AgreementFigures", "Kappa by spans"),
    QT_TRANSLATE_NOOP("AgreementFigures", "Span F1 at overlap 0.1"),
    QT_TRANSLATE_NOOP("AgreementFigures", "Span F1 at overlap 0.3"),
    QT_TRANSLATE_NOOP("AgreementFigures", "Span F1 at overlap 0.5"),
    QT_TRANSLATE_NOOP("AgreementFigures", "How far apart starts are"),
    QT_TRANSLATE_NOOP("AgreementFigures", "How far apart ends are"),
    QT_TRANSLATE_NOOP("AgreementFigures", "Fleiss' kappa of all annotators"),
    QT_TRANSLATE_NOOP("AgreementFigures", "Krippendorff's alpha of all annotators")};

constexpr std::array<const char*, 6> kReasons{"",
    QT_TRANSLATE_NOOP("AgreementFigures", "Not defined: there is nothing that both coded."),
    QT_TRANSLATE_NOOP("AgreementFigures",
        "Not defined: everything got one and the same label, so that agreement by chance is certain."),
    QT_TRANSLATE_NOOP("AgreementFigures", "Not defined: nobody used the class."),
    QT_TRANSLATE_NOOP(
        "AgreementFigures", "Not defined: no span of one has a partner among those of the other."),
    QT_TRANSLATE_NOOP("AgreementFigures", "Not defined: there are no such frames that all of them coded.")};

constexpr std::array<const char*, 6> kGaps{"",
    QT_TRANSLATE_NOOP("AgreementFigures", "The project has no videos: add some."),
    QT_TRANSLATE_NOOP("AgreementFigures",
        "Nobody has decided on a span yet.\n\nAgreement compares what several people make of the same "
        "videos: accept, correct or mark spans, and let a second person code independently (Project, Team)."),
    QT_TRANSLATE_NOOP("AgreementFigures",
        "You see your own spans alone, so that they stay independent.\n\nReviewers and owners see the "
        "agreement between all annotators: ask one of them."),
    QT_TRANSLATE_NOOP("AgreementFigures",
        "There is one annotator alone.\n\nLet a second person code some of the videos independently: "
        "Project, Team, then check both names beside a video. Or compare with the model."),
    QT_TRANSLATE_NOOP("AgreementFigures",
        "There are several annotators, but no video that two of them coded.\n\nAssign one video to both: "
        "Project, Team. It counts as coded once there is a decided span, a reviewed range, or the coder has "
        "finished it.")};

constexpr std::array<const char*, 5> kKinds{QT_TRANSLATE_NOOP("AgreementFigures", "different names"),
    QT_TRANSLATE_NOOP("AgreementFigures", "only A"), QT_TRANSLATE_NOOP("AgreementFigures", "only B"),
    QT_TRANSLATE_NOOP("AgreementFigures", "ends apart"), QT_TRANSLATE_NOOP("AgreementFigures", "agreed")};

struct Chosen {
    const AgreementFigure* first = nullptr; ///< null: there is only the second
    const AgreementFigure* second = nullptr;
};

/// `label` -1: over all.
Chosen chosenOf(const AgreementAnalysis& analysis, size_t pair, AgreementView view, int label)
{
    const AgreementReport& report = analysis.report;
    if (view == AgreementView::Fleiss || view == AgreementView::Alpha) {
        const GroupFigures& group = label < 0 ? report.all : report.labels[static_cast<size_t>(label)];
        return view == AgreementView::Fleiss ? Chosen{&group.fleiss, &group.fleissGestures}
                                             : Chosen{&group.alpha, &group.alphaGestures};
    }
    const PairAgreement& both = report.pairs[pair];
    const PairFigures& figures
        = label < 0 ? both.all.figures : both.labels[static_cast<size_t>(label)].figures;
    switch (view) {
    case AgreementView::FrameKappa:
        return {&figures.frameKappa, &figures.gestureKappa};
    case AgreementView::SpanKappa:
        return {&figures.unmatchedKappa, &figures.spanKappa};
    case AgreementView::Starts:
        return {&figures.start.medianFrames, &figures.start.meanFrames};
    case AgreementView::Ends:
        return {&figures.end.medianFrames, &figures.end.meanFrames};
    default:
        return {nullptr, &figures.f1[static_cast<size_t>(view) - static_cast<size_t>(AgreementView::F1At01)]};
    }
}

bool isDistance(AgreementView view) { return view == AgreementView::Starts || view == AgreementView::Ends; }

std::pair<QString, QString> legendOf(AgreementView view)
{
    if (isDistance(view))
        return {AgreementFigures::tr("median"), AgreementFigures::tr("mean")};
    if (view == AgreementView::SpanKappa)
        return {AgreementFigures::tr("with spans that stand alone"), AgreementFigures::tr("pairs only")};
    if (view == AgreementView::F1At01 || view == AgreementView::F1At03 || view == AgreementView::F1At05)
        return {};
    return {AgreementFigures::tr("with background"), AgreementFigures::tr("without background")};
}

std::optional<AgreementPlot::Value> valueOf(const AgreementFigure* figure)
{
    if (!figure || !figure->defined())
        return std::nullopt;
    AgreementPlot::Value value{figure->value, {}};
    if (figure->interval)
        value.interval = std::pair(figure->interval->low, figure->interval->high);
    return value;
}

QString detailOf(const QString& name, const Chosen& chosen, AgreementView view)
{
    const auto [first, second] = legendOf(view);
    const int digits = isDistance(view) ? 1 : 2;
    QStringList lines{name};
    const auto add = [&](const AgreementFigure* figure, const QString& what) {
        if (!figure)
            return;
        const QString text
            = figure->defined() ? agreementFigureText(*figure, digits) : agreementReasonText(figure->missing);
        lines.append(what.isEmpty() ? text : AgreementFigures::tr("%1: %2").arg(what, text));
    };
    add(chosen.first, first);
    add(chosen.second, second);
    return lines.join(QLatin1Char('\n'));
}

ReportSection sectionOf(const AgreementAnalysis& analysis, const LabelScheme& scheme)
{
    ReportSection section{
        QStringLiteral("agreement"), QStringLiteral("Agreement between annotators"), {}, {}, {}, {}};
    section.missing = QString::fromStdString(agreementGapText(analysis.gap));
    if (analysis.gap != AgreementGap::None)
        return section;
    section.paragraphs << QStringLiteral(
        "Kappa over frames is mostly about background, so it stands beside the kappa over frames in which "
        "both "
        "marked a gesture; kappa over spans with those that stand alone (Holle and Rein 2015) stands beside "
        "that of pairs. A figure that is not defined says why.");
    for (size_t pair = 0; pair < analysis.report.pairs.size(); ++pair)
        for (const AgreementView view :
            {AgreementView::FrameKappa, AgreementView::SpanKappa, AgreementView::F1At03}) {
            const PairAgreement& both = analysis.report.pairs[pair];
            AgreementPlot plot;
            fillAgreementPlot(plot, analysis, pair, view, scheme);
            ReportFigure figure = figureOf(plot,
                QStringLiteral("%1 and %2")
                    .arg(agreementCoderText(analysis.coders[static_cast<size_t>(both.a)]),
                        agreementCoderText(analysis.coders[static_cast<size_t>(both.b)])));
            figure.key = QStringLiteral("agreement_%1_%2").arg(pair + 1).arg(static_cast<int>(view) + 1);
            section.figures.push_back(std::move(figure));
        }
    section.tables = tables(analysis, scheme);
    return section;
}

} // namespace

QStringList agreementViewNames()
{
    QStringList names;
    for (const char* name : kViews)
        names.append(AgreementFigures::tr(name));
    return names;
}

QString agreementCoderText(const AgreementCoder& coder)
{
    switch (coder.kind) {
    case AgreementCoder::Kind::Shared:
        return AgreementFigures::tr("Shared spans");
    case AgreementCoder::Kind::Settled:
        return AgreementFigures::tr("Settled");
    case AgreementCoder::Kind::Model:
        return AgreementFigures::tr("Model");
    case AgreementCoder::Kind::Coder:
        break;
    }
    return QString::fromStdString(coder.layer);
}

QString agreementFigureText(const AgreementFigure& figure, int digits)
{
    if (!figure.defined())
        return QStringLiteral("\u2013");
    const QLocale locale;
    const QString value = locale.toString(figure.value, 'f', digits);
    if (!figure.interval)
        return value;
    return AgreementFigures::tr("%1 [%2, %3]")
        .arg(value, locale.toString(figure.interval->low, 'f', digits),
            locale.toString(figure.interval->high, 'f', digits));
}

QString agreementReasonText(NoFigure reason)
{
    const char* text = kReasons.at(static_cast<size_t>(reason));
    return *text ? AgreementFigures::tr(text) : QString();
}

QString agreementGapMessage(AgreementGap gap)
{
    const char* text = kGaps.at(static_cast<size_t>(gap));
    return *text ? AgreementFigures::tr(text) : QString();
}

QString disagreementText(Disagreement::Kind kind)
{
    return AgreementFigures::tr(kKinds.at(static_cast<size_t>(kind)));
}

QString agreementLabelText(const AgreementAnalysis& analysis, const LabelScheme& scheme, int label)
{
    return classText(scheme, label == analysis.unnamed ? -1 : label);
}

std::vector<int> fillAgreementPlot(AgreementPlot& plot, const AgreementAnalysis& analysis, size_t pair,
    AgreementView view, const LabelScheme& scheme)
{
    plot.setFigure(QStringLiteral("agreement"), AgreementFigures::tr(kViews[static_cast<size_t>(view)]));
    std::vector<int> labels;
    const bool group = view == AgreementView::Fleiss || view == AgreementView::Alpha;
    for (int label = 0; label <= analysis.unnamed; ++label) {
        const PairCounts& counts = analysis.report.pairs[pair].labels[static_cast<size_t>(label)].counts;
        const bool used = group
            ? analysis.report.labels[static_cast<size_t>(label)].alpha.missing != NoFigure::NotUsed
            : counts.spansA + counts.spansB > 0;
        if (used)
            labels.push_back(label);
    }
    const bool lowIsGood = isDistance(view);
    const auto rank = [&](int label) {
        const AgreementFigure* figure = chosenOf(analysis, pair, view, label).second;
        return figure->defined() ? (lowIsGood ? figure->value : -figure->value) : 1e9;
    };
    std::ranges::stable_sort(labels, {}, rank);
    labels.insert(labels.begin(), -1);
    std::vector<AgreementPlot::Row> rows;
    for (const int label : labels) {
        const Chosen chosen = chosenOf(analysis, pair, view, label);
        AgreementPlot::Row row;
        row.strong = label < 0;
        row.name
            = row.strong ? AgreementFigures::tr("All classes") : agreementLabelText(analysis, scheme, label);
        if (!row.strong)
            row.color = classColor(scheme, label == analysis.unnamed ? -1 : label);
        row.first = valueOf(chosen.first);
        row.second = valueOf(chosen.second);
        row.detail = detailOf(row.name, chosen, view);
        rows.push_back(std::move(row));
    }
    const auto [first, second] = legendOf(view);
    plot.setRows(std::move(rows), first, second,
        lowIsGood ? AgreementFigures::tr("frames") : AgreementFigures::tr(kViews[static_cast<size_t>(view)]));
    return labels;
}

Result<SectionMaker> agreementSection(const FrozenProject& project, ProgressSink& progress)
{
    AgreementRequest request;
    request.settled = true;
    auto found = analyzeAgreement(project, request, &progress);
    if (found && found->gap == AgreementGap::OneCoder && !project.runs().empty()) {
        request.model = true;
        found = analyzeAgreement(project, request, &progress);
    }
    if (!found)
        return found.error();
    return SectionMaker([analysis = std::make_shared<AgreementAnalysis>(std::move(*found)),
                            scheme = project.scheme()] { return sectionOf(*analysis, scheme); });
}

} // namespace telltale
