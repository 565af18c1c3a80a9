// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/confusionfigures.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <numeric>

namespace telltale {
namespace {

/// Texts of what has no class of its own.
struct ConfusionFigures {
    Q_DECLARE_TR_FUNCTIONS(telltale::ConfusionFigures)
};

std::vector<int> orderOf(const ConfusionAnalysis& analysis, ConfusionOrder order)
{
    const ConfusionMatrix& matrix = analysis.sides.front().matrix;
    switch (order) {
    case ConfusionOrder::Frequency:
        return orderByFrequency(matrix);
    case ConfusionOrder::BodyPart:
        return orderByGroup(matrix, analysis.groups);
    case ConfusionOrder::Clustering:
        return orderByClustering(matrix);
    case ConfusionOrder::Scheme:
        break;
    }
    std::vector<int> plain(static_cast<size_t>(matrix.classes));
    std::iota(plain.begin(), plain.end(), 0);
    return plain;
}

QString titleOf(const ConfusionAnalysis& analysis, const ConfusionSide& side)
{
    const QLocale locale;
    const QString name = answerName(side.source, analysis.offered);
    return analysis.request.task == ConfusionTask::Clips
        ? ConfusionFigures::tr("%1: accuracy %2, macro F1 %3")
              .arg(name, locale.toString(side.scores.accuracy, 'f', 2),
                  locale.toString(side.scores.macroF1, 'f', 2))
        : ConfusionFigures::tr("%1: F1 %2, macro F1 %3")
              .arg(name, locale.toString(side.scores.microF1, 'f', 2),
                  locale.toString(side.scores.macroF1, 'f', 2));
}

QString dayOf(const std::string& time)
{
    const QDateTime when = QDateTime::fromString(QString::fromStdString(time), Qt::ISODate);
    return when.isValid() ? QLocale().toString(when.toLocalTime(), QLocale::ShortFormat)
                          : QString::fromStdString(time);
}

/// Both tasks in plain English, as reports are.
ReportSection sectionOf(
    const ConfusionAnalysis& names, const ConfusionAnalysis& found, const LabelScheme& scheme)
{
    ReportSection section{QStringLiteral("confusion"), QStringLiteral("Confusion"), {}, {}, {}, {}};
    section.paragraphs << QStringLiteral(
        "What models said when spans were proposed, against what people decided: spans that were accepted, "
        "corrected or added. Proposals that were accepted agree with the answer by themselves.");
    for (const ConfusionAnalysis* analysis : {&names, &found}) {
        const bool spans = analysis == &found;
        if (analysis->gap() != ConfusionGap::None) {
            if (section.figures.empty() && spans)
                section.missing = QString::fromStdString(gapText(analysis->sides.front()));
            continue;
        }
        ConfusionLook look;
        look.scale = ConfusionScale::Row;
        ConfusionView view;
        view.setFigure(spans ? QStringLiteral("span_confusion") : QStringLiteral("confusion"),
            spans ? ConfusionFigures::tr("Confusion of spans that were found")
                  : ConfusionFigures::tr("Confusion of names"));
        view.setContent(confusionContent(*analysis, scheme, look));
        section.figures.push_back(figureOf(view,
            QStringLiteral(
                "Shares of rows in percent; blue: right, orange: confused; hatched: no support.")));
        for (Table& table : tables(*analysis, scheme))
            section.tables.push_back(std::move(table));
    }
    return section;
}

} // namespace

Result<SectionMaker> confusionSection(const FrozenProject& project, ProgressSink& progress)
{
    AnswerMemory memory;
    const auto names = analyzeConfusion(project, {ConfusionTask::Clips, {}, {}}, memory, progress);
    if (!names)
        return names.error();
    const auto found = analyzeConfusion(project, {ConfusionTask::Spans, {}, {}}, memory, progress);
    if (!found)
        return found.error();
    return SectionMaker([clips = *names, spans = *found, scheme = project.scheme()] {
        return sectionOf(clips, spans, scheme);
    });
}

ConfusionContent confusionContent(
    const ConfusionAnalysis& analysis, const LabelScheme& scheme, const ConfusionLook& look)
{
    ConfusionContent content;
    if (analysis.gap() != ConfusionGap::None)
        return content;
    for (int c = 0; c < scheme.classCount(); ++c)
        content.classes.append(classText(scheme, c));
    content.order = orderOf(analysis, look.order);
    if (look.order == ConfusionOrder::BodyPart)
        content.groups = analysis.groups;
    content.scale = look.scale;
    for (const ConfusionSide& side : analysis.sides)
        if (side.matrix.total() > 0)
            content.panels.push_back(
                {titleOf(analysis, side), side.matrix, answerName(side.source, analysis.offered)});
    content.difference = look.difference && content.panels.size() == 2;
    return content;
}

QString answerName(const AnswerSource& source, const std::vector<OfferedAnswer>& offered)
{
    const auto known = std::ranges::find(offered, source, &OfferedAnswer::source);
    const std::string time = known == offered.end() ? std::string() : known->time;
    QString name;
    switch (source.kind) {
    case AnswerSource::Kind::Recorded:
        name = ConfusionFigures::tr("recorded answers");
        break;
    case AnswerSource::Kind::Heads:
        name = source.model == 0 ? ConfusionFigures::tr("heads of the demo weights")
                                 : ConfusionFigures::tr("heads of %1").arg(dayOf(time));
        if (known != offered.end() && known->inUse)
            name = ConfusionFigures::tr("%1 (in use)").arg(name);
        else if (known != offered.end() && known->candidate)
            name = ConfusionFigures::tr("%1 (candidate)").arg(name);
        break;
    case AnswerSource::Kind::Run:
        name = ConfusionFigures::tr("run of %1").arg(QString::fromStdString(source.run));
        break;
    case AnswerSource::Kind::Round:
        name = ConfusionFigures::tr("round %1 of the adaptation of %2").arg(source.round).arg(dayOf(time));
        break;
    }
    return source.modality.empty()
        ? name
        : ConfusionFigures::tr("%1: %2 alone").arg(name, modalityText(source.modality));
}

QString confusionGapText(const ConfusionSide& side, ConfusionTask task)
{
    switch (side.gap) {
    case ConfusionGap::None:
        return {};
    case ConfusionGap::NoSpans:
        return ConfusionFigures::tr("This project has no spans yet.\n\nAnalyze a video, or import "
                                    "annotations; then decide what the models propose.");
    case ConfusionGap::NothingDecided:
        return ConfusionFigures::tr("Nobody has decided anything yet.\n\nAccept, correct or reject proposals "
                                    "in the review list: what models say is held against decisions.");
    case ConfusionGap::NoPredictions:
        return ConfusionFigures::tr("No model has said anything of this project yet.\n\nAnalyze a video "
                                    "first: its answers are then held against what was decided.");
    case ConfusionGap::Silent:
        return task == ConfusionTask::Clips
            ? ConfusionFigures::tr(
                "These answers are about none of the decided spans.\n\nChoose others above, "
                "or decide some of the spans that they are about.")
            : ConfusionFigures::tr("This model has found nothing in the videos where spans were decided.\n\n"
                                   "Choose another above, or analyze these videos.");
    case ConfusionGap::OneClass:
        return ConfusionFigures::tr(
            "All %n decided span(s) are of one class, and so the answers say: there is "
            "nothing to confuse.\n\nDecide spans of a second class.",
            nullptr, static_cast<int>(side.compared));
    case ConfusionGap::Unreadable:
        return ConfusionFigures::tr("These answers cannot be read: %1\n\nChoose others above.")
            .arg(QString::fromStdString(side.trouble));
    }
    return {};
}

QString suggestionWord(PairSuggestion suggestion)
{
    switch (suggestion) {
    case PairSuggestion::Merge:
        return ConfusionFigures::tr("merge?");
    case PairSuggestion::Guideline:
        return ConfusionFigures::tr("guideline?");
    case PairSuggestion::OneSided:
        return ConfusionFigures::tr("one-sided");
    case PairSuggestion::Examples:
        return ConfusionFigures::tr("label more");
    case PairSuggestion::None:
        break;
    }
    return {};
}

QString suggestionSentence(const ConfusedPair& pair, const LabelScheme& scheme)
{
    const ConfusedDirection& strong = pair.there.share.low >= pair.back.share.low ? pair.there : pair.back;
    const QString from = classText(scheme, strong.truth);
    const QString to = classText(scheme, strong.predicted);
    switch (pair.suggestion) {
    case PairSuggestion::Merge:
        return ConfusionFigures::tr(
            "%1 and %2 are often taken for each other, both ways: are they one class?")
            .arg(from, to);
    case PairSuggestion::Guideline:
        return ConfusionFigures::tr(
            "People themselves named %n gesture(s) both ways: the guideline needs a line "
            "between the two.",
            nullptr, static_cast<int>(pair.doubted));
    case PairSuggestion::OneSided:
        return ConfusionFigures::tr(
            "%1 is often taken for %2, and hardly the other way: is the definition of %1 "
            "applied alike, and does the guideline tell them apart?")
            .arg(from, to);
    case PairSuggestion::Examples:
        return ConfusionFigures::tr(
            "%1 is rare and goes to the frequent %2: label more of %1 before anything "
            "else.")
            .arg(from, to);
    case PairSuggestion::None:
        break;
    }
    return {};
}

QString errorKindText(SpanErrorKind kind)
{
    switch (kind) {
    case SpanErrorKind::Correct:
        return ConfusionFigures::tr("correct");
    case SpanErrorKind::DoubleDetection:
        return ConfusionFigures::tr("double detection");
    case SpanErrorKind::WrongLabel:
        return ConfusionFigures::tr("wrong class");
    case SpanErrorKind::BadLocalisation:
        return ConfusionFigures::tr("wrong ends");
    case SpanErrorKind::WrongLabelAndLocalisation:
        return ConfusionFigures::tr("wrong class and ends");
    case SpanErrorKind::Background:
        return ConfusionFigures::tr("nothing there");
    }
    return {};
}

} // namespace telltale
