// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/roundtexts.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QLocale>
#include <array>
#include <cmath>

namespace telltale {
namespace {

struct ChangeText {
    RoundChange change;
    char16_t sign; ///< that of the timeline
    const char* name;
};
constexpr std::array<ChangeText, 5> kChangeTexts{{
    {RoundChange::Kept, u'=', QT_TRANSLATE_NOOP("RoundTexts", "kept")},
    {RoundChange::New, u'+', QT_TRANSLATE_NOOP("RoundTexts", "new")},
    {RoundChange::Dropped, u'\u2212', QT_TRANSLATE_NOOP("RoundTexts", "dropped")},
    {RoundChange::Relabelled, u'\u2260', QT_TRANSLATE_NOOP("RoundTexts", "relabelled")},
    {RoundChange::Moved, u'\u2194', QT_TRANSLATE_NOOP("RoundTexts", "moved")},
}};

const ChangeText& textOf(RoundChange change)
{
    for (const ChangeText& text : kChangeTexts)
        if (text.change == change)
            return text;
    return kChangeTexts.front();
}

QString text(const char* source) { return QCoreApplication::translate("RoundTexts", source); }

QString counted(const char* source, int64_t count)
{
    return QCoreApplication::translate("RoundTexts", source, nullptr, static_cast<int>(count));
}

QString number(double value) { return QLocale().toString(value, 'f', 1); }

AlarmText narrowing(const BiasAlarm& alarm, const LabelScheme&)
{
    return {text(QT_TRANSLATE_NOOP("RoundTexts", "The pseudo-labels gather in few classes")),
        text(QT_TRANSLATE_NOOP("RoundTexts",
                 "They are as varied as %1 equally frequent classes, after %2 in the first round. What "
                 "people labelled is as varied as %3."))
            .arg(number(alarm.now), number(alarm.former), number(alarm.reference)),
        text(QT_TRANSLATE_NOOP("RoundTexts",
            "Review rare classes first (\"Tail hunt\" in the review list), train on what you have "
            "decided, then adapt again."))};
}

AlarmText moreButWorse(const BiasAlarm& alarm, const LabelScheme&)
{
    return {text(QT_TRANSLATE_NOOP("RoundTexts", "More is accepted, and less of it is right")),
        counted(QT_TRANSLATE_N_NOOP("RoundTexts",
                    "%1 of the pool was accepted, after %2 in the first round; of %n audit item(s) %3 were "
                    "right, after %4."),
            alarm.count)
            .arg(percentText(alarm.now), percentText(alarm.former), percentText(alarm.reference),
                percentText(alarm.referenceFormer)),
        text(QT_TRANSLATE_NOOP("RoundTexts",
            "Reject what is wrong before you retrain, and adapt with fewer rounds or higher thresholds "
            "(\"cmpl\" in the recipe)."))};
}

AlarmText headPreferred(const BiasAlarm& alarm, const LabelScheme&)
{
    return {
        text(QT_TRANSLATE_NOOP("RoundTexts", "Frequent classes are accepted far more often than rare ones")),
        counted(QT_TRANSLATE_N_NOOP("RoundTexts",
                    "%1 of the spans that would be named a frequent class became pseudo-labels, but %2 of "
                    "%n span(s) that would be named a rare one."),
            alarm.count)
            .arg(percentText(alarm.now), percentText(alarm.reference)),
        text(QT_TRANSLATE_NOOP("RoundTexts",
            "Label more spans of the rare classes (\"Tail hunt\" in the review list), train, then "
            "adapt again."))};
}

AlarmText shownAccepted(const BiasAlarm& alarm, const LabelScheme&)
{
    return {text(QT_TRANSLATE_NOOP("RoundTexts", "Suggestions are waved through")),
        counted(QT_TRANSLATE_N_NOOP("RoundTexts",
                    "People agreed with %1 of what the review list put forward, but with %2 of %n audit "
                    "item(s), which are drawn at random."),
            alarm.count)
            .arg(percentText(alarm.now), percentText(alarm.reference)),
        text(QT_TRANSLATE_NOOP("RoundTexts",
            "Look again at spans that were accepted in bulk, and work in the order \"Random audit\" "
            "for a while."))};
}

AlarmText growsThoughRejected(const BiasAlarm& alarm, const LabelScheme& scheme)
{
    return {text(QT_TRANSLATE_NOOP("RoundTexts", "%1 grows though people turn it down"))
                .arg(classText(scheme, alarm.classId)),
        counted(QT_TRANSLATE_N_NOOP("RoundTexts",
                    "%1 pseudo-labels after %2 in the round before; of %n that people decided they turned "
                    "down %3."),
            alarm.count)
            .arg(alarm.now)
            .arg(alarm.former)
            .arg(percentText(alarm.reference)),
        text(QT_TRANSLATE_NOOP("RoundTexts",
            "Decide the rest of this class before you retrain: what is wrong in it teaches the models that "
            "they are right."))};
}

using AlarmWriter = AlarmText (*)(const BiasAlarm&, const LabelScheme&);
/// In the order of BiasRule.
constexpr std::array<AlarmWriter, 5> kWriters{
    narrowing, moreButWorse, headPreferred, shownAccepted, growsThoughRejected};

} // namespace

QString roundName(size_t place, int round)
{
    return text(QT_TRANSLATE_NOOP("RoundTexts", "Adaptation %1, round %2")).arg(place + 1).arg(round);
}

QString protocolName(const std::string& protocol)
{
    if (protocol == "transductive")
        return text(QT_TRANSLATE_NOOP("RoundTexts", "transductive"));
    if (protocol == "inductive")
        return text(QT_TRANSLATE_NOOP("RoundTexts", "inductive"));
    return QString::fromStdString(protocol);
}

QString protocolMeaning(bool transductive)
{
    return transductive
        ? text(QT_TRANSLATE_NOOP("RoundTexts",
            "Learns from the very spans that are evaluated, without their labels. Scores are marked as "
            "transductive: they say nothing about spans it has not seen."))
        : text(QT_TRANSLATE_NOOP("RoundTexts",
            "Learns from other spans of the same people; what is evaluated stays unseen. The choice for "
            "figures that hold for new spans."));
}

QString obstacleText(AdaptationObstacle obstacle)
{
    switch (obstacle) {
    case AdaptationObstacle::NoSystem:
        return text(QT_TRANSLATE_NOOP("RoundTexts",
            "There is nothing to adapt: the project has no Track 1 system. Train one on its decided spans: "
            "telltale-cli train PROJECT --system track1"));
    case AdaptationObstacle::AdaptedAlready:
        return text(QT_TRANSLATE_NOOP("RoundTexts",
            "The system in use is an adapted one. Adapting starts from an unadapted system, so that its "
            "figures stand beside: train one, or go back to it."));
    default:
        return {};
    }
}

QString changeName(RoundChange change) { return text(textOf(change).name); }

QString changeSign(RoundChange change) { return QString(QChar(textOf(change).sign)); }

AlarmText alarmText(const BiasAlarm& alarm, const LabelScheme& scheme)
{
    return kWriters.at(static_cast<size_t>(alarm.rule))(alarm, scheme);
}

QString precisionText(const CmplRoundView& round)
{
    const PrecisionEstimate& precision = round.precision;
    if (precision.clips > 0)
        return counted(
            QT_TRANSLATE_N_NOOP("RoundTexts", "%1 right (%2 to %3), estimated from %n audit item(s)"),
            precision.clips)
            .arg(percentText(precision.precision), percentText(precision.low), percentText(precision.high));
    if (round.accepted == 0)
        return text(QT_TRANSLATE_NOOP("RoundTexts", "unknown: nothing was accepted"));
    if (round.audits == 0)
        return text(QT_TRANSLATE_NOOP("RoundTexts",
            "unknown: none of them is an audit item. Raise the share of audit items in the weights of the "
            "review list."));
    return counted(QT_TRANSLATE_N_NOOP("RoundTexts",
                       "unknown: none of its %n audit item(s) is decided yet. Choose the order \"Random "
                       "audit\" in the review list and decide some."),
        round.audits);
}

QString peopleText(const RoundVerdicts& people)
{
    if (people.decided() + people.unclear == 0)
        return counted(
            QT_TRANSLATE_N_NOOP("RoundTexts", "nobody has decided any of them yet (%n open)"), people.open);
    QString line = text(QT_TRANSLATE_NOOP("RoundTexts", "%1 accepted, %2 rejected, %3 renamed, %4 open"))
                       .arg(people.right)
                       .arg(people.rejected)
                       .arg(people.renamed)
                       .arg(people.open);
    if (people.unclear > 0)
        line += text(QT_TRANSLATE_NOOP("RoundTexts", ", %1 skipped or flagged")).arg(people.unclear);
    return line;
}

QString agreementText(const RecordedRound& round)
{
    QStringList lines;
    for (size_t a = 0; a < round.students.size(); ++a)
        for (size_t b = a + 1; b < round.students.size(); ++b) {
            const double share = round.agreement[a][b];
            lines.append(
                text(QT_TRANSLATE_NOOP("RoundTexts", "%1 and %2: %3"))
                    .arg(modalityText(round.students[a].stream), modalityText(round.students[b].stream),
                        std::isfinite(share) ? percentText(share) : QStringLiteral("\u2013")));
        }
    return lines.join(QLatin1Char('\n'));
}

} // namespace telltale
