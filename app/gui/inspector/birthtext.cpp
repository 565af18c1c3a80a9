// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/birthtext.h"
#include "app/gui/localtime.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr size_t kDigestLetters = 12;

QString text(const char* source) { return QCoreApplication::translate("BirthText", source); }

struct Named {
    const char* name;
    const char* text;
    bool share; ///< shown as percent
};
/// Names that records have for methods.
constexpr std::array kMethods{
    Named{"leave-one-out consensus",
        QT_TRANSLATE_NOOP("BirthText", "each modality was judged by what the others say of the span"), false},
    Named{"cross-modal pseudo-labels",
        QT_TRANSLATE_NOOP("BirthText", "modalities taught each other in rounds on unlabelled clips"), false},
    Named{"temporal detector",
        QT_TRANSLATE_NOOP("BirthText", "a detector that looks through the whole video found it"), false}};
/// Names that records have for limits and for the numbers that were held against them.
constexpr std::array kNumbers{Named{"probability", QT_TRANSLATE_NOOP("BirthText", "Least probability"), true},
    Named{"threshold", QT_TRANSLATE_NOOP("BirthText", "Least probability for this class"), true},
    Named{"score", QT_TRANSLATE_NOOP("BirthText", "Least score for this class"), true},
    Named{"margin", QT_TRANSLATE_NOOP("BirthText", "Least lead over the second class"), true},
    Named{"topMargin", QT_TRANSLATE_NOOP("BirthText", "Lead over the second class"), true},
    Named{"agreeing", QT_TRANSLATE_NOOP("BirthText", "Modalities that have to agree"), false},
    Named{"q", QT_TRANSLATE_NOOP("BirthText", "Probability by the teachers"), true},
    Named{"votes", QT_TRANSLATE_NOOP("BirthText", "Teachers that voted for it"), false},
    Named{"teachers", QT_TRANSLATE_NOOP("BirthText", "Teachers asked"), false},
    Named{"weight", QT_TRANSLATE_NOOP("BirthText", "Weight as an example"), false},
    Named{"passed", QT_TRANSLATE_NOOP("BirthText", "Clips of the class that passed"), false},
    Named{"kept", QT_TRANSLATE_NOOP("BirthText", "Clips of the class that were kept"), false}};

template <typename Table> const Named* find(const Table& table, const std::string& name)
{
    const auto at = std::ranges::find_if(table, [&](const Named& one) { return name == one.name; });
    return at == table.end() ? nullptr : &*at;
}

QString shortDigest(const std::string& digest)
{
    return QString::fromStdString(digest.substr(0, kDigestLetters));
}

QString number(double value) { return QLocale().toString(value, 'g', 4); }

QString inWords(const std::string& modality) { return modalityText(modality); }

BirthText::Vote voteText(const BirthVote& vote, const LabelScheme& scheme)
{
    BirthText::Vote shown;
    shown.modality = inWords(vote.modality);
    shown.classId = vote.classId;
    shown.says = vote.classId >= 0 ? classText(scheme, vote.classId) : QString();
    if (vote.raw)
        shown.raw = percentText(*vote.raw);
    else if (vote.logit)
        shown.raw = QLocale().toString(*vote.logit, 'f', 2);
    shown.calibrated = vote.probability >= 0 ? percentText(vote.probability) : QString();
    shown.weight = vote.weight ? QLocale().toString(*vote.weight, 'f', 2) : QString();
    shown.agrees = vote.agrees;
    return shown;
}

/// "Skeleton, Picture"
QString namesOf(const std::vector<BirthVote>& votes)
{
    QStringList names;
    for (const BirthVote& vote : votes)
        if (vote.agrees)
            names.append(inWords(vote.modality));
    return names.join(QStringLiteral(", "));
}

void sayOrigin(const Annotation& span, const BirthRecord& birth, bool predicted, BirthText& out)
{
    const QString who = QString::fromStdString(span.annotator);
    if (span.origin == SpanOrigin::Human && !predicted)
        out.sentences.append(who.isEmpty()
                ? text(QT_TRANSLATE_NOOP("BirthText", "Made by hand. No model had a part in it."))
                : text(QT_TRANSLATE_NOOP(
                           "BirthText", "Made by hand; last changed by %1. No model had a part in it."))
                      .arg(who));
    else if (birth.source == "import")
        out.sentences.append(
            text(QT_TRANSLATE_NOOP("BirthText",
                     "Imported as a proposal from %1. How it came to be there is not known here."))
                .arg(QString::fromStdString(birth.file)));
    else if (span.origin == SpanOrigin::Import && !predicted)
        out.sentences.append(text(QT_TRANSLATE_NOOP(
            "BirthText", "Imported with its label. No model of this project had a part in it.")));
    else if (!predicted)
        out.sentences.append(text(
            QT_TRANSLATE_NOOP("BirthText", "A model proposed it; its numbers are not here (any more).")));
    else if (birth.empty())
        out.sentences.append(
            text(QT_TRANSLATE_NOOP("BirthText", "A model proposed it and left no record of how.")));
}

void sayVerdict(
    const Prediction& prediction, const BirthRecord& birth, const LabelScheme& scheme, BirthText& out)
{
    const QString name = birth.label >= 0 ? classText(scheme, birth.label) : QString();
    const QString voters = namesOf(birth.votes);
    if (prediction.pseudoLabel && birth.round > 0)
        out.sentences.append(text(QT_TRANSLATE_NOOP("BirthText", "A pseudo-label of round %1: \"%2\"."))
                                 .arg(birth.round)
                                 .arg(name));
    else if (prediction.pseudoLabel)
        out.sentences.append(
            text(QT_TRANSLATE_NOOP("BirthText", "A pseudo-label: the modalities agreed on \"%1\"."))
                .arg(name));
    else if (birth.accepted)
        out.sentences.append(text(QT_TRANSLATE_NOOP(
            "BirthText", "A proposal: the modalities did not agree enough for a pseudo-label.")));
    if (const Named* method = find(kMethods, birth.method))
        out.sentences.append(text(QT_TRANSLATE_NOOP("BirthText", "How: %1.")).arg(text(method->text)));
    if (!voters.isEmpty())
        out.sentences.append(
            text(QT_TRANSLATE_NOOP("BirthText", "Voted for it: %1 (%2 of %3)."))
                .arg(voters)
                .arg(std::ranges::count_if(birth.votes, [](const BirthVote& vote) { return vote.agrees; }))
                .arg(birth.votes.size()));
    if (!birth.student.empty())
        out.sentences.append(
            text(QT_TRANSLATE_NOOP("BirthText", "It was to teach: %1; that one had no vote."))
                .arg(inWords(birth.student)));
    if (birth.adapted == "transductive")
        out.sentences.append(text(QT_TRANSLATE_NOOP("BirthText",
            "Transductive: the models had adapted to the very clips that they score, without their labels. "
            "Compare such scores with none from models that had not.")));
    else if (birth.adapted == "inductive")
        out.sentences.append(text(QT_TRANSLATE_NOOP("BirthText",
            "Inductive: the models had adapted to other, unlabelled clips of the same people.")));
}

/// What a person has made of the proposal since.
void sayChanges(const Annotation& span, const Prediction& prediction, const BirthRecord& birth,
    const LabelScheme& scheme, BirthText& out)
{
    if (birth.label >= 0 && span.classId != birth.label)
        out.sentences.append(text(QT_TRANSLATE_NOOP("BirthText", "Since then renamed: \"%1\" became \"%2\"."))
                                 .arg(classText(scheme, birth.label), classText(scheme, span.classId)));
    if (span.span != prediction.span)
        out.sentences.append(
            text(QT_TRANSLATE_NOOP(
                     "BirthText", "Since then moved: frames %1 to %2 when it was proposed, %3 to %4 now."))
                .arg(prediction.span.first)
                .arg(prediction.span.last - 1)
                .arg(span.span.first)
                .arg(span.span.last - 1));
}

void addModels(const BirthRecord& birth, BirthText& out)
{
    const auto add = [&out](const QString& name, const QString& value) {
        if (!value.isEmpty())
            out.facts.push_back({name, value});
    };
    // Names of shipped weights end with the beginning of their digest.
    const size_t space = birth.model.rfind(' ');
    const bool ends = space != std::string::npos && birth.digest.starts_with(birth.model.substr(space + 1));
    const QString model = QString::fromStdString(ends ? birth.model.substr(0, space) : birth.model);
    const QString digest = shortDigest(birth.digest);
    add(text(QT_TRANSLATE_NOOP("BirthText", "Model")), QStringLiteral("%1 %2").arg(model, digest).trimmed());
    for (const BirthModel& one : birth.models)
        add(text(QT_TRANSLATE_NOOP("BirthText", "Weights, %1")).arg(inWords(one.part)),
            shortDigest(one.digest));
    add(text(QT_TRANSLATE_NOOP("BirthText", "Recipe")), QString::fromStdString(birth.recipe));
}

void addFacts(const BirthRecord& birth, BirthText& out)
{
    if (birth.score && birth.source.empty())
        out.facts.push_back({text(QT_TRANSLATE_NOOP("BirthText", "Score")), percentText(*birth.score)});
    if (birth.round > 0)
        out.facts.push_back({text(QT_TRANSLATE_NOOP("BirthText", "Round")), QString::number(birth.round)});
    for (const BirthNumber& one : birth.thresholds) {
        const Named* known = find(kNumbers, one.name);
        out.facts.push_back({known ? text(known->text) : QString::fromStdString(one.name),
            known && known->share ? percentText(one.value) : number(one.value)});
    }
    addModels(birth, out);
}

} // namespace

BirthText birthText(
    const Annotation& span, const Prediction* prediction, const PredictionRun* run, const LabelScheme& scheme)
{
    BirthText out;
    const BirthRecord birth = prediction ? readBirth(prediction->birth) : BirthRecord();
    sayOrigin(span, birth, prediction != nullptr, out);
    if (!prediction)
        return out;
    sayVerdict(*prediction, birth, scheme, out);
    sayChanges(span, *prediction, birth, scheme, out);
    for (const BirthVote& vote : birth.votes)
        out.votes.push_back(voteText(vote, scheme));
    addFacts(birth, out);
    if (birth.detector) {
        out.sentences.append(
            text(QT_TRANSLATE_NOOP("BirthText", "Another model had found the span before.")));
        BirthText found;
        addFacts(*birth.detector, found);
        for (const BirthText::Fact& fact : found.facts)
            out.facts.push_back(
                {text(QT_TRANSLATE_NOOP("BirthText", "Detector: %1")).arg(fact.name), fact.value});
    }
    if (run && !run->time.empty()) {
        const QDateTime when = localTimeOf(run->time);
        out.facts.push_back({text(QT_TRANSLATE_NOOP("BirthText", "Run")),
            when.isValid() ? when.toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                           : QString::fromStdString(run->time)});
    }
    return out;
}

QString plainBirthText(const QString& title, const BirthText& birth)
{
    QStringList lines{title};
    lines.append(birth.sentences);
    if (!birth.votes.empty()) {
        lines.append(QString());
        lines.append(QStringList{text(QT_TRANSLATE_NOOP("BirthText", "Modality")),
            text(QT_TRANSLATE_NOOP("BirthText", "Says")), text(QT_TRANSLATE_NOOP("BirthText", "Raw")),
            text(QT_TRANSLATE_NOOP("BirthText", "Calibrated")),
            text(QT_TRANSLATE_NOOP("BirthText", "Weight")),
            text(QT_TRANSLATE_NOOP("BirthText", "Voted for it"))}
                         .join(QLatin1Char('\t')));
        for (const BirthText::Vote& vote : birth.votes)
            lines.append(QStringList{vote.modality, vote.says, vote.raw, vote.calibrated, vote.weight,
                vote.agrees ? text(QT_TRANSLATE_NOOP("BirthText", "yes"))
                            : text(QT_TRANSLATE_NOOP("BirthText", "no"))}
                             .join(QLatin1Char('\t')));
    }
    if (!birth.facts.empty())
        lines.append(QString());
    for (const BirthText::Fact& fact : birth.facts)
        lines.append(QStringLiteral("%1\t%2").arg(fact.name, fact.value));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace telltale
