// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/tailfigures.h"
#include "widgets/models/texts.h"
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/classrowsview.h"
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {
namespace {

constexpr int kCurveSteps = 200;

QString number(double value, int digits = 2) { return QLocale().toString(value, 'f', digits); }
QString number(int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }
QString rounded(double value) { return number(static_cast<int64_t>(std::llround(value))); }

QColor colorOf(TailPart part)
{
    // Blue, green and orange of equal weight: told apart by everybody.
    static const QColor kColors[]{QColor(0x00, 0x72, 0xb2), QColor(0x00, 0x9e, 0x73),
        QColor(0xe6, 0x8a, 0x00), QColor(0x80, 0x80, 0x80)};
    return kColors[static_cast<size_t>(part)];
}

int subjectsOf(const TailClass& one) { return static_cast<int>(one.coverage.bySubject.size()); }

} // namespace

QString TailFigures::nameOf(TailPart part)
{
    const QString names[]{tr("head"), tr("medium"), tr("tail"), tr("no decided span")};
    return names[static_cast<size_t>(part)];
}

QString TailFigures::nameOf(TailBasis basis)
{
    const QString names[]{
        tr("Held-out spans of the heads in use"), tr("Audited proposals"), tr("All decided proposals")};
    return names[static_cast<size_t>(basis)];
}

QString TailFigures::nameOf(const ClassWeights& weights) const
{
    const QString recipe = QString::fromStdString(weights.name);
    return weights.of == ClassWeights::Of::Heads ? tr("Heads (%1)").arg(recipe)
                                                 : tr("System (%1)").arg(recipe);
}

QString TailFigures::reason(TailScoreProblem problem)
{
    const QString reasons[]{QString(),
        tr("No retrained heads are in use.\n\nDecide some proposals and retrain: then the F1 of each class "
           "on "
           "held-out spans shows here."),
        tr("The heads in use were measured on the spans that they learned from, which says "
           "nothing.\n\nDecide "
           "spans of a second subject and retrain."),
        tr("No decided span has a prediction, so nobody knows how often the models are right.\n\nAnalyze a "
           "video and decide some of its proposals."),
        tr("No audit item has been decided in turn yet.\n\nReview in the order of expected gain, which mixes "
           "them in, or choose the order \"Audit\".")};
    return reasons[static_cast<size_t>(problem)];
}

QString TailFigures::reason(CurveProblem problem)
{
    const QString reasons[]{QString(), tr("too few classes have a score"),
        tr("the classes are of nearly the same size"), tr("F1 does not grow with the size of the classes"),
        tr("F1 grows along no curve"), tr("the curve stays below the target"),
        tr("the number lies far beyond the largest class")};
    return reasons[static_cast<size_t>(problem)];
}

QString TailFigures::missing() const
{
    using Missing = TailAnalysis::Missing;
    switch (m_tail.missing) {
    case Missing::Videos:
        return tr(
            "There is no video in the project.\n\nAdd videos: how their gestures spread over the classes "
            "shows here.");
    case Missing::Classes:
        return tr(
            "The label scheme has no class yet.\n\nImport labelled spans or add classes to the scheme.");
    case Missing::Spans:
        return tr(
            "There are no spans to count yet.\n\nAnalyze a video or mark a gesture: the long tail of the "
            "classes shows here.");
    default:
        return {};
    }
}

std::vector<const TailClass*> TailFigures::bySize() const
{
    std::vector<const TailClass*> sorted;
    for (const TailClass& one : m_tail.classes)
        sorted.push_back(&one);
    std::ranges::stable_sort(sorted, [](const TailClass* a, const TailClass* b) {
        return std::pair(a->decided, a->proposed) > std::pair(b->decided, b->proposed);
    });
    return sorted;
}

QString TailFigures::nameOf(int classId, bool link) const
{
    const QString name = classText(m_scheme, classId);
    return link
        ? QStringLiteral("<a href=\"class:%1\">%2</a>").arg(QString::number(classId), name.toHtmlEscaped())
        : name;
}

QString TailFigures::listOf(const std::vector<int>& classIds, bool links) const
{
    constexpr size_t kShown = 6;
    QStringList names;
    for (size_t i = 0; i < std::min(classIds.size(), kShown); ++i)
        names.append(nameOf(classIds[i], links));
    const QString list = names.join(QStringLiteral(", "));
    const auto more = static_cast<int>(classIds.size()) - static_cast<int>(names.size());
    return more > 0 ? tr("%1 and %n more", nullptr, more).arg(list) : list;
}

QString TailFigures::noteOf(const TailClass& one) const
{
    return tr("%1 (%2): %3 decided, %4 proposed, seen in %n subject(s); effective number %5", nullptr,
        subjectsOf(one))
        .arg(classLongText(m_scheme, one.classId), nameOf(one.part), number(one.decided),
            number(one.proposed), number(one.effective, 1));
}

void TailFigures::showZipf(ClassPointsView& view, bool logarithmic) const
{
    view.setFigure(QStringLiteral("zipf"), tr("Spans by rank of the class"));
    ClassPointsView::Figure figure;
    figure.x = {tr("rank of the class"), logarithmic, 0, 0, true};
    figure.y = {tr("decided spans"), logarithmic, 0, 0, false};
    double rank = 0;
    for (const TailClass* one : bySize()) {
        if (one->decided == 0)
            break;
        ++rank;
        ClassPointsView::Point point;
        point.classId = one->classId;
        point.name = classText(m_scheme, one->classId);
        point.color = colorOf(one->part);
        point.x = rank;
        point.y = static_cast<double>(one->decided);
        point.hollow = subjectsOf(*one) == 1;
        point.note = tr("rank %1: %2").arg(QString::number(static_cast<int>(rank)), noteOf(*one));
        figure.points.push_back(std::move(point));
    }
    double from = 0.5;
    for (const TailPart part : {TailPart::Head, TailPart::Medium, TailPart::Tail}) {
        const auto classes = static_cast<double>(m_tail.count(part));
        if (classes > 0)
            figure.parts.push_back({from, from + classes, nameOf(part), colorOf(part)});
        from += classes;
    }
    const std::vector<double> expected = zipfExpected(m_tail.zipf);
    for (size_t i = 0; i < expected.size(); ++i)
        figure.curve.emplace_back(static_cast<double>(i + 1), expected[i]);
    if (expected.empty())
        figure.caption = tr("One class alone has decided spans: there is no law to fit.");
    else
        figure.caption
            = tr("Line: spans ~ 1 / rank^s, s = %1 ± %2 (greatest likelihood). Largest over smallest class "
                 "%3, Gini %4, entropy %5 of equal classes. Hollow: seen in one subject only.")
                  .arg(number(m_tail.zipf.exponent), number(1.96 * m_tail.zipf.standardError),
                      number(m_tail.imbalance, 0), number(m_tail.gini), number(m_tail.entropy));
    const QString nothing = missing();
    view.setEmptyText(nothing.isEmpty()
            ? tr("All %1 spans are proposals that nobody has decided.\n\nReview some: what is decided is "
                 "counted here.")
                  .arg(number(m_tail.proposed))
            : nothing);
    view.setContent(std::move(figure));
}

void TailFigures::showCounts(ClassBarsView& view) const
{
    view.setFigure(QStringLiteral("class_counts"), tr("Spans per class"));
    std::vector<ClassBarsView::Row> rows;
    int seen = 0;
    for (const TailClass* one : bySize()) {
        if (one->decided + one->proposed == 0)
            continue;
        ++seen;
        ClassBarsView::Row row;
        row.name = {one->classId, classText(m_scheme, one->classId), noteOf(*one)};
        row.color = classColor(m_scheme, one->classId);
        row.solid = static_cast<double>(one->decided);
        row.outlined = static_cast<double>(one->proposed);
        row.text = one->proposed > 0 && one->decided > 0
            ? QStringLiteral("%1 + %2").arg(number(one->decided), number(one->proposed))
            : number(one->decided + one->proposed);
        rows.push_back(std::move(row));
    }
    view.setEmptyText(missing());
    view.setRows(std::move(rows),
        tr("%1 spans decided, %2 proposed, %3 of %4 classes")
            .arg(number(m_tail.decided), number(m_tail.proposed), number(int64_t(seen)),
                number(static_cast<int64_t>(m_tail.classes.size()))),
        tr("Solid: decided by a person, outlined: still proposed."));
}

void TailFigures::showSubjects(ClassBarsView& view) const
{
    view.setFigure(QStringLiteral("class_subjects"), tr("Subjects per class"));
    std::vector<ClassBarsView::Row> rows;
    int alone = 0;
    for (const TailClass* one : bySize()) {
        if (one->decided == 0)
            continue;
        const int subjects = subjectsOf(*one);
        QStringList names;
        for (const auto& [subject, count] : one->coverage.bySubject) {
            const QString name = QString::fromStdString(m_tail.subjects[static_cast<size_t>(subject)]);
            names.append(tr("%1: %2").arg(name.isEmpty() ? tr("nobody named") : name, number(count)));
        }
        constexpr qsizetype kNamed = 8;
        const QString listed = names.size() > kNamed
            ? tr("%1 and %n more", nullptr, static_cast<int>(names.size() - kNamed))
                  .arg(names.first(kNamed).join(QStringLiteral(", ")))
            : names.join(QStringLiteral(", "));
        ClassBarsView::Row row;
        row.name = {one->classId, classText(m_scheme, one->classId),
            tr("%1 is seen in %2").arg(classLongText(m_scheme, one->classId), listed)};
        row.color = classColor(m_scheme, one->classId);
        row.solid = subjects;
        row.text = QString::number(subjects);
        row.marked = subjects == 1;
        alone += row.marked ? 1 : 0;
        rows.push_back(std::move(row));
    }
    view.setEmptyText(missing().isEmpty()
            ? tr("No span is decided yet.\n\nReview some proposals: in how many "
                 "subjects each class is seen shows here.")
            : missing());
    view.setRows(std::move(rows),
        alone > 0 ? tr("%n class(es) are seen in one subject only", nullptr, alone)
                  : tr("Every class is seen in several subjects"),
        tr("⚠ A split by subject can learn such a class or test it, not both; and what is learned may be the "
           "person."));
}

void TailFigures::showCoverage(ClassCellsView& view) const
{
    view.setFigure(QStringLiteral("split_coverage"), tr("Classes in the splits"));
    QStringList columns;
    std::vector<int64_t> most(static_cast<size_t>(kSplits));
    std::vector<bool> used(static_cast<size_t>(kSplits));
    for (int split = 0; split < kSplits; ++split) {
        const auto place = static_cast<size_t>(split);
        columns.append(roleText(static_cast<SubjectRole>(split)));
        for (const TailClass& one : m_tail.classes) {
            most[place] = std::max(most[place], one.coverage.bySplit[place]);
            used[place] = used[place] || one.coverage.bySplit[place] > 0;
        }
        used[place] = used[place] && split != static_cast<int>(SubjectRole::Unlabelled);
    }
    std::vector<ClassCellsView::Row> rows;
    for (const TailClass* one : bySize()) {
        if (one->decided + one->proposed == 0)
            continue;
        ClassCellsView::Row row;
        QStringList parts;
        for (size_t split = 0; split < static_cast<size_t>(kSplits); ++split) {
            const int64_t decided = one->coverage.bySplit[split];
            const int64_t proposed = one->proposedBySplit[split];
            ClassCellsView::Cell cell;
            cell.share = most[split] > 0
                ? std::sqrt(static_cast<double>(decided) / static_cast<double>(most[split]))
                : 0;
            cell.missing = used[split] && decided == 0;
            cell.text = decided > 0 && proposed > 0
                ? QStringLiteral("%1 + %2").arg(number(decided), number(proposed))
                : proposed > 0 ? QStringLiteral("+ %1").arg(number(proposed))
                : decided > 0  ? number(decided)
                : cell.missing ? QStringLiteral("–")
                               : QString();
            parts.append(tr(
                "%1: %2 decided of %n subject(s), %3 proposed", nullptr, one->coverage.subjectsBySplit[split])
                             .arg(columns[static_cast<qsizetype>(split)], number(decided), number(proposed)));
            row.cells.push_back(std::move(cell));
        }
        row.name = {one->classId, classText(m_scheme, one->classId),
            tr("%1. %2").arg(classLongText(m_scheme, one->classId), parts.join(QStringLiteral("; ")))};
        row.color = classColor(m_scheme, one->classId);
        rows.push_back(std::move(row));
    }
    view.setEmptyText(missing());
    view.setRows(std::move(rows), columns, QString(),
        tr("Decided spans, + proposed ones. Framed: the class is missing in a split that has others."));
}

const TailScores* TailFigures::scoresOf(TailBasis basis) const
{
    const auto found = std::ranges::find(m_tail.scores, basis, &TailScores::basis);
    return found == m_tail.scores.end() ? nullptr : &*found;
}

QString TailFigures::projection(const TailScores& scores) const
{
    const SampleProjection& wanted = scores.toTarget;
    const QString target = number(m_tail.target);
    if (wanted.problem != CurveProblem::None)
        return tr("How many spans F1 %1 wants cannot be told: %2.").arg(target, reason(wanted.problem));
    return std::isfinite(wanted.high)
        ? tr("F1 %1 wants about %2 spans a class (95 %: %3 to %4), if all classes were alike hard.")
              .arg(target, rounded(wanted.examples), rounded(wanted.low), rounded(wanted.high))
        : tr("F1 %1 wants about %2 spans a class (95 %: %3 or more), if all classes were alike hard.")
              .arg(target, rounded(wanted.examples), rounded(wanted.low));
}

void TailFigures::showScores(ClassPointsView& view, TailBasis basis, bool logarithmic) const
{
    view.setFigure(QStringLiteral("f1_by_size"), tr("F1 by size of the class"));
    const TailScores* scores = scoresOf(basis);
    ClassPointsView::Figure figure;
    view.setEmptyText(!missing().isEmpty() ? missing()
            : !m_tail.complete             ? tr("Reading the predictions...")
            : scores                       ? reason(scores->problem)
                                           : QString());
    if (!scores || scores->problem != TailScoreProblem::None) {
        view.setContent({});
        return;
    }
    figure.x = {scores->sizesOfTraining ? tr("spans that it learned from") : tr("decided spans"), logarithmic,
        0, 0, false};
    figure.y = {tr("F1"), false, 0, 1.04, false};
    figure.mark = m_tail.target;
    figure.markName = tr("target");
    double least = 1e300;
    double most = 0;
    for (const ClassScoreAt& one : scores->classes) {
        const TailClass* known = m_tail.find(one.classId);
        ClassPointsView::Point point;
        point.classId = one.classId;
        point.name = classText(m_scheme, one.classId);
        point.color = colorOf(known ? known->part : TailPart::Unseen);
        point.x = static_cast<double>(one.size);
        point.y = one.f1;
        const bool sure = one.interval != TailInterval::None;
        point.low = sure ? one.low : std::nan("");
        point.high = sure ? one.high : std::nan("");
        point.hollow = one.clips == 0 || (known && subjectsOf(*known) == 1);
        point.note
            = tr("%1: F1 %2%3 on %n span(s), %4 to learn from", nullptr, static_cast<int>(one.clips))
                  .arg(classLongText(m_scheme, one.classId), number(one.f1),
                      sure ? tr(" (95 %: %1 to %2)").arg(number(one.low), number(one.high)) : QString(),
                      number(one.size));
        if (one.size > 0) {
            least = std::min(least, point.x);
            most = std::max(most, point.x);
        }
        figure.points.push_back(std::move(point));
    }
    std::ranges::stable_sort(figure.points, {}, &ClassPointsView::Point::x);
    if (scores->curveProblem == CurveProblem::None)
        for (int i = 0; i <= kCurveSteps && most > least; ++i) {
            const double n = least * std::pow(most * 1.3 / least, static_cast<double>(i) / kCurveSteps);
            figure.curve.emplace_back(n, scores->curve.at(n));
        }
    const bool overSubjects = std::ranges::any_of(
        scores->classes, [](const ClassScoreAt& one) { return one.interval == TailInterval::Subjects; });
    figure.caption = tr("%n span(s). %1. %2", nullptr, static_cast<int>(scores->clips))
                         .arg(overSubjects ? tr("Lines: 95 % over resampled subjects, or by Wilson where a "
                                                "class has too few")
                                           : tr("Lines: 95 % by Wilson, as if spans were independent"),
                             projection(*scores));
    if (basis == TailBasis::Decisions)
        figure.caption += QLatin1Char(' ')
            + tr("A queue chose what was decided first, so these figures are biased; audited proposals are "
                 "not.");
    view.setContent(std::move(figure));
}

void TailFigures::showWeights(ClassBarsView& view, size_t set) const
{
    view.setFigure(QStringLiteral("class_weights"), tr("Class weights"));
    std::vector<ClassBarsView::Row> rows;
    view.setEmptyText(missing().isEmpty()
            ? tr("No span is decided yet.\n\nReview some proposals: the weights "
                 "that a retraining gives the classes show here.")
            : missing());
    if (set >= m_tail.weights.size()) {
        view.setRows({}, {}, {});
        return;
    }
    const ClassWeights& weights = m_tail.weights[set];
    for (const TailClass* one : bySize()) {
        const auto place = static_cast<size_t>(one->classId);
        if (place >= weights.weights.size() || weights.counts[place] == 0)
            continue;
        ClassBarsView::Row row;
        row.solid = weights.weights[place];
        row.text = number(row.solid);
        row.color = classColor(m_scheme, one->classId);
        row.name = {one->classId, classText(m_scheme, one->classId),
            tr("%1: weight %2 for %n span(s)", nullptr, static_cast<int>(weights.counts[place]))
                .arg(classLongText(m_scheme, one->classId), number(row.solid, 3))};
        rows.push_back(std::move(row));
    }
    const QString rule = weights.rule == ClassWeights::Rule::SquareRoot
        ? tr("1 / sqrt(n + %1), mean 1, at most %2")
              .arg(number(weights.smoothing, 0), weights.cap > 0 ? number(weights.cap, 0) : tr("any"))
        : weights.rule == ClassWeights::Rule::EffectiveNumber
        ? tr("by the effective number, beta %1").arg(QLocale().toString(weights.beta))
        : tr("every class weighs the same");
    view.setRows(std::move(rows), nameOf(weights) + QStringLiteral(": ") + rule,
        weights.ofTraining
            ? tr("As in the training of what is in use.")
            : tr("As a retraining would have them now: what is in use does not tell its own."));
}

void TailFigures::sayLeaks(QStringList& said, bool links) const
{
    const auto shown = [links](const std::string& name) { // with links the sentence is HTML
        const QString text = QString::fromStdString(name);
        return links ? text.toHtmlEscaped() : text;
    };
    for (const TailLeak& leak : m_tail.leaks) {
        QStringList splits;
        for (const SubjectRole role : leak.splits)
            splits.append(roleText(role));
        QStringList videos;
        for (const std::string& video : leak.videos)
            videos.append(shown(video));
        const QString where = splits.join(QStringLiteral(", "));
        const QString what = shown(leak.name);
        said.append(leak.file
                ? tr("One file is in several splits (%1), in the videos %2: what is learned of it is tested "
                     "with it. Remove one, or give their subjects one role.")
                      .arg(where, videos.join(QStringLiteral(", ")))
                : tr("Subject %1 is in several splits (%2), in the videos %3: what is learned of a person is "
                     "tested with that person. Give the subject one role.")
                      .arg(what, where, videos.join(QStringLiteral(", "))));
    }
    if (m_tail.testSpansLearned > 0)
        said.append(
            tr("Retraining learns all decided spans, also %n of test subjects: measure heads on other "
               "subjects than these.",
                nullptr, static_cast<int>(m_tail.testSpansLearned)));
    if (m_tail.adaptedOnTest)
        said.append(
            tr("The system in use has adapted on the clips that it is tested with (transductive): its "
               "scores on them stand beside those of the unadapted one."));
}

void TailFigures::sayNeeds(QStringList& said, bool links) const
{
    std::vector<int> told;
    std::vector<int> untold;
    int64_t more = 0;
    int64_t low = 0;
    int64_t high = 0;
    int64_t waiting = 0;
    for (const TailAdvice& one : m_tail.advice) {
        if (one.kind != AdviceKind::LabelMore)
            continue;
        (one.more > 0 ? told : untold).push_back(one.classId);
        more += one.more;
        low += one.moreLow;
        high = one.moreHigh < 0 || high < 0 ? -1 : high + one.moreHigh;
        waiting += one.more > 0 ? one.waiting : 0;
    }
    const QString target = number(m_tail.target);
    if (!told.empty()) {
        const QString ends = high < 0 ? tr("95 %: %1 or more").arg(number(low))
                                      : tr("95 %: %1 to %2").arg(number(low), number(high));
        said.append(
            tr("%n class(es) need about %1 more spans together to reach F1 %2 (%3): %4. %5 proposals of "
               "them wait.",
                nullptr, static_cast<int>(told.size()))
                .arg(number(more), target, ends, listOf(told, links), number(waiting)));
    }
    if (!untold.empty()) {
        const TailScores* best = m_tail.best();
        said.append(tr("%n class(es) are below F1 %1; how many spans they need cannot be told: %2. %3",
            nullptr, static_cast<int>(untold.size()))
                        .arg(target, best ? reason(best->toTarget.problem) : QString(),
                            listOf(untold, links) + QLatin1Char('.')));
    }
}

void TailFigures::sayAdvice(QStringList& said, bool links) const
{
    const auto classesOf = [this](AdviceKind kind) {
        std::vector<int> classes;
        for (const TailAdvice& one : m_tail.advice)
            if (one.kind == kind)
                classes.push_back(one.classId);
        return classes;
    };
    const auto count = [](const std::vector<int>& classes) { return static_cast<int>(classes.size()); };
    if (const auto classes = classesOf(AdviceKind::OtherSubjects); !classes.empty())
        said.append(
            tr("%n class(es) are seen in one subject only and can be learned or tested, not both. Look "
               "for them in other subjects: %1.",
                nullptr, count(classes))
                .arg(listOf(classes, links)));
    sayNeeds(said, links);
    if (const auto classes = classesOf(AdviceKind::NotByNumber); !classes.empty())
        said.append(
            tr("%n class(es) stay below F1 %1 although they are large enough: more spans alone will not "
               "do, look at what they are confused with: %2.",
                nullptr, count(classes))
                .arg(number(m_tail.target), listOf(classes, links)));
    if (const auto classes = classesOf(AdviceKind::Find); !classes.empty())
        said.append(tr("%n class(es) have no decided span: %1.", nullptr, count(classes))
                        .arg(listOf(classes, links)));
    if (const TailScores* best = m_tail.best(); m_tail.complete && !best && m_tail.decided > 0)
        said.append(tr("How good the models are at a class is not known yet: %1")
                        .arg(QString(reason(m_tail.scores.back().problem))
                                 .replace(QLatin1Char('\n'), QLatin1Char(' '))
                                 .simplified()));
}

void TailFigures::sayCoverage(QStringList& said, bool links) const
{
    std::vector<int> few;
    std::map<int, std::vector<int>> lacking;
    for (const CoverageFinding& finding : m_tail.findings) {
        if (finding.problem == CoverageProblem::Few)
            few.push_back(finding.classId);
        if (finding.problem == CoverageProblem::NotInSplit)
            lacking[finding.split].push_back(finding.classId);
    }
    if (!few.empty())
        said.append(
            tr("%n class(es) have fewer than five decided spans: %1.", nullptr, static_cast<int>(few.size()))
                .arg(listOf(few, links)));
    for (const auto& [split, classes] : lacking)
        said.append(
            tr("%n class(es) are missing in the split \"%1\": %2.", nullptr, static_cast<int>(classes.size()))
                .arg(roleText(static_cast<SubjectRole>(split)), listOf(classes, links)));
}

QStringList TailFigures::sentences(bool links) const
{
    QStringList said;
    if (m_tail.missing == TailAnalysis::Missing::Decisions)
        said.append(tr("No span is decided yet: review some proposals, rarest classes first."));
    if (m_tail.missing != TailAnalysis::Missing::None)
        return said;
    sayLeaks(said, links);
    const auto seen = m_tail.zipf.classes;
    if (seen == 1)
        said.append(
            tr("All decided spans are of one class: nothing can be learned from that. Decide spans of a "
               "second one."));
    std::set<int> subjects;
    for (const TailClass& one : m_tail.classes)
        for (const auto& [subject, count] : one.coverage.bySubject)
            subjects.insert(subject);
    if (subjects.size() == 1)
        said.append(tr("All decided spans are of one subject: no figure says how well new people are "
                       "recognised. Add videos of a second one."));
    sayAdvice(said, links);
    sayCoverage(said, links);
    return said;
}

} // namespace telltale
