// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/agreementanalysis.h"
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace telltale {
namespace {

constexpr std::array<const char*, 6> kReasons{"", "there is nothing that both coded",
    "everything got the same label, so agreement by chance is certain", "nobody used the class",
    "no span of one has a partner among those of the other", "there are no frames that all of them coded"};
constexpr std::array<const char*, 6> kGaps{"", "The project has no videos: add some.",
    "Nobody has decided on a span yet.",
    "Only reviewers and owners see what others code: ask one of them, or become a reviewer.",
    "There is one annotator alone: let a second person code some of the videos independently (Team).",
    "There are several annotators, but no video that two of them coded: assign one to both (Team)."};
constexpr std::array<const char*, kHints> kHintNames{
    "a proposal was shown", "a proposal was withheld", "the model proposed nothing"};

std::string className(const LabelScheme& scheme, size_t label)
{
    if (label >= scheme.classes.size())
        return "(without a name)";
    const LabelClass& one = scheme.classes[label];
    return one.shortName.empty() ? one.name : one.shortName;
}

std::string ruleOf(const AgreementAnalysis& analysis)
{
    std::string text = "Spans that somebody accepted or corrected. Two spans stand for one gesture if they "
                       "overlap by at least ";
    text.append(cellText(analysis.request.pairOverlap, {"", "", 2}));
    text += " (intersection over union), one to one, such that the sum of overlaps is the highest there is; "
            "for F1 they are matched within their class. ";
    if (analysis.set.groups < 2)
        text += "No intervals: there is one video alone.";
    else
        text.append("Intervals: 95 %, ")
            .append(std::to_string(analysis.request.resamples))
            .append(" drawings of ")
            .append(std::to_string(analysis.set.groups))
            .append(analysis.bySubject ? " subjects." : " videos (there is one subject alone).");
    for (const AgreementCoder& coder : analysis.coders)
        if (coder.open > 0)
            text.append(" Not decided by ")
                .append(agreementCoderName(coder))
                .append(" and left out: ")
                .append(std::to_string(coder.open))
                .append(".");
    return text;
}

TableCell valueCell(const AgreementFigure& figure)
{
    return figure.defined() ? TableCell(figure.value) : TableCell();
}

void appendFigure(std::vector<TableCell>& row, const AgreementFigure& figure)
{
    row.push_back(valueCell(figure));
    row.push_back(figure.interval ? TableCell(figure.interval->low) : TableCell());
    row.push_back(figure.interval ? TableCell(figure.interval->high) : TableCell());
}

void addColumns(Table& table, const std::string& key, const std::string& title, int digits = 3)
{
    table.columns.push_back({key, title, digits});
    table.columns.push_back({std::string(key).append("_low"), "low", digits});
    table.columns.push_back({std::string(key).append("_high"), "high", digits});
}

struct NamedFigure {
    std::string key;
    std::string title;
    const AgreementFigure* figure;
    int digits = 3;
};

std::vector<NamedFigure> namedFigures(const PairFigures& figures)
{
    std::vector<NamedFigure> all{
        {"kappa_frames", "Cohen's kappa, frames with background", &figures.frameKappa},
        {"kappa_gesture_frames", "Cohen's kappa, frames both marked", &figures.gestureKappa},
        {"kappa_spans", "Cohen's kappa, paired spans", &figures.spanKappa},
        {"kappa_spans_unmatched", "Kappa, spans with the unmatched (Holle and Rein)",
            &figures.unmatchedKappa}};
    static constexpr std::array<std::pair<const char*, const char*>, 3> kF1{
        {{"f1_01", "Span F1 at 0.1"}, {"f1_03", "Span F1 at 0.3"}, {"f1_05", "Span F1 at 0.5"}}};
    for (size_t i = 0; i < figures.f1.size() && i < kF1.size(); ++i)
        all.push_back({kF1[i].first, kF1[i].second, &figures.f1[i]});
    const auto addEnds = [&all](const char* key, const char* title, const BoundaryFigures& ends) {
        const auto add = [&](const char* what, const char* text, const AgreementFigure& figure) {
            all.push_back({std::string(key).append(what), std::string(title).append(text), &figure, 1});
        };
        add("_mean_frames", " apart, mean frames", ends.meanFrames);
        add("_median_frames", " apart, median frames", ends.medianFrames);
        add("_mean_ms", " apart, mean ms", ends.meanMs);
        add("_median_ms", " apart, median ms", ends.medianMs);
    };
    addEnds("start", "Starts", figures.start);
    addEnds("end", "Ends", figures.end);
    return all;
}

Table pairsOfCoders(const AgreementAnalysis& analysis)
{
    Table table{"agreement", "Agreement between annotators", ruleOf(analysis), {}, {}};
    table.columns = {{"a", "A"}, {"b", "B"}, {"figure", "Figure"}};
    addColumns(table, "value", "Value");
    table.columns.push_back({"missing", "Why there is none"});
    for (const PairAgreement& pair : analysis.report.pairs) {
        const std::string a = agreementCoderName(analysis.coders[static_cast<size_t>(pair.a)]);
        const std::string b = agreementCoderName(analysis.coders[static_cast<size_t>(pair.b)]);
        const PairCounts& counts = pair.all.counts;
        const std::array<std::pair<const char*, int64_t>, 7> numbers{{{"Frames that both coded",
                                                                          pair.framesCompared},
            {"Spans of A", counts.spansA}, {"Spans of B", counts.spansB}, {"Pairs", counts.pairedA},
            {"Pairs with the same name", counts.named}, {"Spans of A alone", counts.spansA - counts.pairedA},
            {"Spans of B alone", counts.spansB - counts.pairedB}}};
        for (const auto& [title, number] : numbers)
            table.rows.push_back({a, b, std::string(title), number, {}, {}, {}});
        for (const NamedFigure& one : namedFigures(pair.all.figures)) {
            std::vector<TableCell> row{a, b, one.title};
            appendFigure(row, *one.figure);
            row.push_back(one.figure->defined() ? TableCell() : TableCell(noFigureText(one.figure->missing)));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

/// Which of namedFigures() a table of classes has.
struct ClassPart {
    const char* key;
    const char* title;
    size_t first;
    size_t count;
    bool counts; ///< with what is counted
};
constexpr std::array kClassParts{
    ClassPart{"agreement_classes_frames", "Agreement by class: frames", 0, 2, false},
    ClassPart{"agreement_classes_spans", "Agreement by class: spans", 2, 2, true},
    ClassPart{"agreement_classes_f1", "Agreement by class: span F1", 4, 3, false},
    ClassPart{"agreement_classes_starts", "Agreement by class: how far apart starts are", 7, 4, false},
    ClassPart{"agreement_classes_ends", "Agreement by class: how far apart ends are", 11, 4, false}};

Table classesOfPairs(const AgreementAnalysis& analysis, const LabelScheme& scheme, const ClassPart& part)
{
    Table table{part.key, part.title, ruleOf(analysis), {}, {}};
    table.columns = {{"a", "A"}, {"b", "B"}, {"class", "Class"}};
    if (part.counts)
        for (const TableColumn& column :
            {TableColumn{"spans_a", "Spans of A"}, TableColumn{"spans_b", "Spans of B"},
                TableColumn{"named", "Both gave it"}, TableColumn{"other_a", "A gave it, B another"},
                TableColumn{"other_b", "B gave it, A another"}, TableColumn{"alone_a", "A alone"},
                TableColumn{"alone_b", "B alone"}})
            table.columns.push_back(column);
    const auto figuresOf = [&part](const PairFigures& figures) {
        auto all = namedFigures(figures);
        all.resize(std::min(all.size(), part.first + part.count));
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(part.first));
        return all;
    };
    PairFigures shape;
    shape.f1.resize(3);
    for (const NamedFigure& one : figuresOf(shape))
        addColumns(table, one.key, one.title, one.digits);
    for (const PairAgreement& pair : analysis.report.pairs)
        for (size_t label = 0; label < pair.labels.size(); ++label) {
            const PairCounts& counts = pair.labels[label].counts;
            if (counts.spansA + counts.spansB == 0)
                continue;
            std::vector<TableCell> row{agreementCoderName(analysis.coders[static_cast<size_t>(pair.a)]),
                agreementCoderName(analysis.coders[static_cast<size_t>(pair.b)]), className(scheme, label)};
            if (part.counts)
                for (const int64_t count : {counts.spansA, counts.spansB, counts.named,
                         counts.pairedA - counts.named, counts.pairedB - counts.named,
                         counts.spansA - counts.pairedA, counts.spansB - counts.pairedB})
                    row.emplace_back(count);
            for (const NamedFigure& one : figuresOf(pair.labels[label].figures))
                appendFigure(row, *one.figure);
            table.rows.push_back(std::move(row));
        }
    return table;
}

Table groupFigures(const AgreementAnalysis& analysis, const LabelScheme& scheme)
{
    Table table{"agreement_group", "Agreement of all annotators, by frames", ruleOf(analysis), {}, {}};
    table.columns = {{"class", "Class"}};
    addColumns(table, "fleiss", "Fleiss' kappa");
    addColumns(table, "fleiss_gestures", "without background");
    addColumns(table, "alpha", "Krippendorff's alpha");
    addColumns(table, "alpha_gestures", "without background");
    table.columns.push_back({"missing", "Why there is no figure"});
    const auto add = [&table](const std::string& name, const GroupFigures& figures) {
        std::vector<TableCell> row{name};
        TableCell missing;
        for (const AgreementFigure* one :
            {&figures.fleiss, &figures.fleissGestures, &figures.alpha, &figures.alphaGestures}) {
            appendFigure(row, *one);
            if (!one->defined() && std::holds_alternative<std::monostate>(missing))
                missing = noFigureText(one->missing);
        }
        row.push_back(std::move(missing));
        table.rows.push_back(std::move(row));
    };
    add("all", analysis.report.all);
    for (size_t label = 0; label < analysis.report.labels.size(); ++label)
        if (analysis.report.labels[label].alpha.missing != NoFigure::NotUsed)
            add(className(scheme, label), analysis.report.labels[label]);
    return table;
}

Table hintFigures(const AgreementAnalysis& analysis)
{
    Table table{"agreement_hints", "Agreement with and without a model's proposals in sight",
        "Proposals that were withheld were drawn at random, so what was shown and what was withheld may be "
        "compared. A span counts as shown if one of the two could see a proposal there.",
        {}, {}};
    table.columns = {{"a", "A"}, {"b", "B"}, {"where", "Where"}, {"figure", "Figure"}};
    addColumns(table, "value", "Value");
    table.columns.push_back({"missing", "Why there is none"});
    for (const PairAgreement& pair : analysis.report.pairs)
        for (size_t hint = 0; hint < kHints; ++hint) {
            const LabelAgreement& part = pair.byHint[hint];
            const std::vector<TableCell> head{
                agreementCoderName(analysis.coders[static_cast<size_t>(pair.a)]),
                agreementCoderName(analysis.coders[static_cast<size_t>(pair.b)]),
                std::string(kHintNames[hint])};
            const std::array<std::pair<const char*, int64_t>, 4> numbers{
                {{"Frames that both coded", pair.framesByHint[hint]}, {"Spans of A", part.counts.spansA},
                    {"Spans of B", part.counts.spansB}, {"Pairs", part.counts.pairedA}}};
            for (const auto& [title, number] : numbers) {
                std::vector<TableCell> row = head;
                row.insert(row.end(), {std::string(title), number, {}, {}, {}});
                table.rows.push_back(std::move(row));
            }
            auto figures = namedFigures(part.figures);
            figures.resize(4 + part.figures.f1.size()); // ends are not told apart
            for (const NamedFigure& one : figures) {
                std::vector<TableCell> row = head;
                row.emplace_back(one.title);
                appendFigure(row, *one.figure);
                row.push_back(
                    one.figure->defined() ? TableCell() : TableCell(noFigureText(one.figure->missing)));
                table.rows.push_back(std::move(row));
            }
        }
    return table;
}

} // namespace

std::string agreementCoderName(const AgreementCoder& coder)
{
    switch (coder.kind) {
    case AgreementCoder::Kind::Shared:
        return "shared";
    case AgreementCoder::Kind::Settled:
        return "settled";
    case AgreementCoder::Kind::Model:
        return "model";
    case AgreementCoder::Kind::Coder:
        break;
    }
    return coder.layer;
}

std::string noFigureText(NoFigure reason) { return kReasons.at(static_cast<size_t>(reason)); }
std::string agreementGapText(AgreementGap gap) { return kGaps.at(static_cast<size_t>(gap)); }

std::vector<Table> tables(const AgreementAnalysis& analysis, const LabelScheme& scheme)
{
    if (analysis.gap != AgreementGap::None)
        return {};
    std::vector<Table> all{pairsOfCoders(analysis), groupFigures(analysis, scheme)};
    for (const ClassPart& part : kClassParts)
        all.push_back(classesOfPairs(analysis, scheme, part));
    if (analysis.hints)
        all.push_back(hintFigures(analysis));
    return all;
}

Table agreementPairsTable(const AgreementAnalysis& analysis, size_t pairIndex, const FrozenProject& project)
{
    const PairAgreement& pair = analysis.report.pairs.at(pairIndex);
    Table table{"agreement_pairs", "Pairs of spans", ruleOf(analysis), {}, {}};
    table.columns = {{"video", "Video"}, {"person", "Person"}, {"class_a", "A says"}, {"first_a", "from"},
        {"last_a", "to"}, {"class_b", "B says"}, {"first_b", "from"}, {"last_b", "to"},
        {"overlap", "Overlap"}};
    for (const AgreementPair& one : pair.pairs) {
        const AgreementUnit& unit = analysis.units[one.unit];
        const VideoEntry* video = project.video(unit.videoId);
        std::vector<TableCell> row{video ? video->name : std::string(), int64_t{unit.person}};
        const auto add = [&](int coder, int64_t place) {
            if (place < 0) {
                row.insert(row.end(), 3, TableCell());
                return;
            }
            const CodedSpan& span = analysis.set.units[one.unit]
                                        .codings[static_cast<size_t>(coder)]
                                        ->spans[static_cast<size_t>(place)];
            row.push_back(className(project.scheme(), static_cast<size_t>(span.label)));
            row.push_back(span.span.first);
            row.push_back(span.span.last);
        };
        add(pair.a, one.a);
        add(pair.b, one.b);
        row.push_back(one.a >= 0 && one.b >= 0 ? TableCell(one.overlap) : TableCell());
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace telltale
