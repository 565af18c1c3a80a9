// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/tailtables.h"
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr std::array<std::string_view, 4> kParts{"head", "medium", "tail", "unseen"};
constexpr std::array<std::string_view, 3> kBases{
    "held-out spans of the heads in use", "audited proposals", "decided proposals"};
constexpr std::array<std::string_view, 3> kIntervals{"none", "Wilson over clips", "bootstrap over subjects"};
constexpr std::array<std::string_view, 4> kAdvice{
    "find examples", "label other subjects", "label more", "more examples alone will not do"};
constexpr std::array<std::string_view, 4> kFindings{
    "no decided span", "few decided spans", "seen in one subject only", "missing in a split"};
constexpr std::array<std::string_view, 7> kCurveSentences{"", "too few classes or rounds have a score",
    "the sizes lie too close together", "the score does not grow with the size",
    "the growth follows no curve", "the curve stays below the target",
    "the number lies too far beyond what has been seen"};
constexpr std::array<std::string_view, 5> kScoreSentences{"", "no retrained heads are in use",
    "the heads were measured on the spans that they learned from", "no decided span has a prediction",
    "no audit item is decided in turn"};

TableCell text(std::string_view words) { return std::string(words); }
TableCell count(int64_t value) { return value; }

std::string className(const LabelScheme& scheme, int id)
{
    return id >= 0 && id < scheme.classCount() ? scheme.classes[static_cast<size_t>(id)].name : std::string();
}

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all.append(all.empty() ? "" : ", ").append(word);
    return all;
}

std::string rolesText(const std::vector<SubjectRole>& roles)
{
    std::vector<std::string> names;
    for (const SubjectRole role : roles)
        names.emplace_back(nameOf(role));
    return joined(names);
}

TableCell weightOf(const TailAnalysis& tail, ClassWeights::Of of, int id)
{
    for (const ClassWeights& weights : tail.weights)
        if (weights.of == of && static_cast<size_t>(id) < weights.weights.size()
            && weights.counts[static_cast<size_t>(id)] > 0)
            return cellOf(weights.weights[static_cast<size_t>(id)]);
    return {};
}

/// That ASBA varied the class by in the last epoch.
TableCell intensityOf(const TailAnalysis& tail, const std::string& name)
{
    if (tail.augmentation)
        for (const AugmentedClass& one : tail.augmentation->classes)
            if (one.name == name && !one.intensity.empty())
                return cellOf(one.intensity.back());
    return {};
}

Table classTable(const TailAnalysis& tail, const LabelScheme& scheme)
{
    Table table{"tail_classes", "Classes, their sizes and where they are", {}, {}, {}};
    table.note
        = "Decided spans (accepted or corrected) of the working layers; head, medium and tail are "
          "thirds of the classes by decided spans. Splits are the roles of subjects. Weights: of the "
          "loss that heads and system were trained with. Intensity: that the class was varied by in the "
          "last epoch of the detector in use.";
    table.columns = {{"class", "class"}, {"part", "part"}, {"decided", "decided"}, {"proposed", "proposed"},
        {"effective", "effective number", 1}, {"subjects", "subjects"}, {"train", "train"},
        {"validation", "validation"}, {"test", "test"}, {"unlabelled", "unlabelled"},
        {"head_weight", "weight in the heads"}, {"system_weight", "weight in the system"},
        {"intensity", "intensity of the augmentation"}};
    for (const TailClass& one : tail.classes) {
        std::vector<TableCell> row{text(className(scheme, one.classId)), text(nameOf(one.part)),
            count(one.decided), count(one.proposed), cellOf(one.effective),
            count(static_cast<int64_t>(one.coverage.bySubject.size()))};
        for (const int64_t split : one.coverage.bySplit)
            row.push_back(count(split));
        row.push_back(weightOf(tail, ClassWeights::Of::Heads, one.classId));
        row.push_back(weightOf(tail, ClassWeights::Of::System, one.classId));
        row.push_back(intensityOf(tail, className(scheme, one.classId)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table shapeTable(const TailAnalysis& tail)
{
    Table table{"tail_distribution", "How uneven the classes are", {},
        {{"figure", "figure"}, {"value", "value"}}, {}};
    table.note = "Zipf exponent by maximum likelihood over the ranks of the classes that have spans (Clauset "
                 "et al. 2009) and by least squares of the logarithms; Gini over all classes; entropy over "
                 "that of equal classes.";
    const std::pair<const char*, double> figures[]{{"Zipf exponent", tail.zipf.exponent},
        {"its standard error", tail.zipf.standardError},
        {"exponent by least squares", tail.zipf.leastSquaresExponent},
        {"R squared of the straight line", tail.zipf.rSquared}, {"most over fewest spans", tail.imbalance},
        {"Gini coefficient", tail.gini}, {"normalised entropy", tail.entropy},
        {"beta of the effective number", tail.beta}};
    for (const auto& [name, value] : figures)
        table.rows.push_back({text(name), cellOf(value)});
    return table;
}

Table scoreTable(const TailAnalysis& tail, const LabelScheme& scheme)
{
    Table table{"tail_scores", "F1 against the size of the class", {},
        {{"measured_on", "measured on"}, {"class", "class"}, {"size", "size"}, {"f1", "F1"}, {"low", "low"},
            {"high", "high"}, {"interval", "95 % interval"}, {"clips", "clips"}},
        {}};
    for (const TailScores& scores : tail.scores) {
        if (scores.problem != TailScoreProblem::None)
            table.note.append(nameOf(scores.basis))
                .append(": ")
                .append(sentenceOf(scores.problem))
                .append(". ");
        for (const ClassScoreAt& one : scores.classes) {
            const bool known = one.interval != TailInterval::None;
            table.rows.push_back({text(nameOf(scores.basis)), text(className(scheme, one.classId)),
                count(one.size), cellOf(one.f1), known ? cellOf(one.low) : TableCell(),
                known ? cellOf(one.high) : TableCell(), text(kIntervals[static_cast<size_t>(one.interval)]),
                count(one.clips)});
        }
    }
    table.note += "Decided proposals are what a queue chose, so their figures are biased; gestures that the "
                  "models missed are in none of them.";
    return table;
}

Table curveTable(const TailAnalysis& tail)
{
    Table table{"tail_curves", "Learning curves and the spans that a target wants", {},
        {{"over", "over"}, {"a", "a"}, {"b", "b"}, {"c", "c"}, {"points", "points"}, {"target", "target F1"},
            {"spans", "spans", 0}, {"low", "low", 0}, {"high", "high", 0}, {"refused", "no number because"}},
        {}};
    table.note = "F1 = a - b n^-c (Figueroa et al. 2012), weighted least squares; 95 % percentiles over "
                 "resampled points. Over classes: as if all were alike hard.";
    const auto add = [&](std::string over, const LearningCurve& curve, const SampleProjection& projection) {
        const bool told = projection.problem == CurveProblem::None;
        table.rows.push_back({std::move(over), cellOf(curve.a), cellOf(curve.b), cellOf(curve.c),
            count(curve.points), cellOf(tail.target), told ? cellOf(projection.examples) : TableCell(),
            told ? cellOf(projection.low) : TableCell(), told ? cellOf(projection.high) : TableCell(),
            text(sentenceOf(projection.problem))});
    };
    for (const TailScores& scores : tail.scores)
        if (scores.problem == TailScoreProblem::None)
            add(std::string("classes, ").append(nameOf(scores.basis)), scores.curve, scores.toTarget);
    add("retrainings, mean over the classes", tail.rounds.curve, tail.rounds.toTarget);
    return table;
}

Table findingTable(const TailAnalysis& tail, const LabelScheme& scheme)
{
    Table table{"tail_findings", "What to know before training", {},
        {{"finding", "finding"}, {"of", "of"}, {"splits", "splits"}, {"spans", "spans"},
            {"videos", "videos"}},
        {}};
    for (const TailLeak& leak : tail.leaks)
        table.rows.push_back({text(leak.file ? "a file in several splits" : "a subject in several splits"),
            text(leak.name), text(rolesText(leak.splits)), {}, text(joined(leak.videos))});
    if (tail.testSpansLearned > 0)
        table.rows.push_back({text("retraining learns spans of test subjects"), text("heads in use"),
            text("test"), count(tail.testSpansLearned), {}});
    if (tail.adaptedOnTest)
        table.rows.push_back({text("adapted on what it is tested with (transductive)"), text("system in use"),
            text("test"), {}, {}});
    for (const CoverageFinding& one : tail.findings)
        table.rows.push_back(
            {text(kFindings[static_cast<size_t>(one.problem)]), text(className(scheme, one.classId)),
                one.split < 0 ? TableCell() : text(nameOf(static_cast<SubjectRole>(one.split))),
                count(one.examples), {}});
    return table;
}

Table adviceTable(const TailAnalysis& tail, const LabelScheme& scheme)
{
    Table table{"tail_advice", "What to label next", {},
        {{"class", "class"}, {"advice", "advice"}, {"more", "more spans"}, {"low", "low"}, {"high", "high"},
            {"waiting", "proposals that wait"}},
        {}};
    for (const TailAdvice& one : tail.advice) {
        const bool told = one.kind == AdviceKind::LabelMore && one.more > 0;
        table.rows.push_back(
            {text(className(scheme, one.classId)), text(kAdvice[static_cast<size_t>(one.kind)]),
                told ? count(one.more) : TableCell(), told ? count(one.moreLow) : TableCell(),
                told && one.moreHigh >= 0 ? count(one.moreHigh) : TableCell(), count(one.waiting)});
    }
    return table;
}

} // namespace

std::string_view nameOf(TailPart part) { return kParts[static_cast<size_t>(part)]; }
std::string_view nameOf(TailBasis basis) { return kBases[static_cast<size_t>(basis)]; }
std::string_view sentenceOf(CurveProblem problem) { return kCurveSentences[static_cast<size_t>(problem)]; }
std::string_view sentenceOf(TailScoreProblem problem)
{
    return kScoreSentences[static_cast<size_t>(problem)];
}

std::vector<Table> tables(const TailAnalysis& tail, const LabelScheme& scheme)
{
    if (tail.decided + tail.proposed == 0)
        return {};
    std::vector<Table> all{classTable(tail, scheme), shapeTable(tail), findingTable(tail, scheme)};
    if (tail.complete) {
        all.push_back(scoreTable(tail, scheme));
        all.push_back(curveTable(tail));
        all.push_back(adviceTable(tail, scheme));
    }
    return all;
}

} // namespace telltale
