// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/modalityanalysis.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

TableCell lowOf(const std::optional<BootstrapInterval>& interval)
{
    return interval && interval->resamples > 0 ? cellOf(interval->low) : TableCell();
}

TableCell highOf(const std::optional<BootstrapInterval>& interval)
{
    return interval && interval->resamples > 0 ? cellOf(interval->high) : TableCell();
}

const std::pair<Acquaintance, const char*> kAcquaintances[]
    = {{Acquaintance::HeldOut, "of people the system did not learn from"},
        {Acquaintance::TunedOn, "of people it was tuned on"},
        {Acquaintance::KnownPerson, "of people it knew from other spans"},
        {Acquaintance::LearnedFrom, "that it may have learned from"},
        {Acquaintance::NotKnown, "of unknown relation to it"}};

/// What the figures rest on, in a few sentences.
std::string basisOf(const ModalityAnalysis& analysis)
{
    std::string note = analysis.system.empty()
        ? std::string("What was said of each span when it was proposed")
        : analysis.system;
    note.append("; ").append(std::to_string(analysis.spans.size())).append(" decided spans");
    note += analysis.heldOutOnly ? " of people the system did not learn from" : "";
    std::string parts;
    for (const auto& [kind, text] : kAcquaintances)
        if (const auto found = analysis.acquaintance.find(kind); found != analysis.acquaintance.end())
            parts.append(parts.empty() ? "" : ", ")
                .append(std::to_string(found->second))
                .append(" ")
                .append(text);
    note.append(" (answered: ").append(parts).append("). Decided spans are no random sample of all.");
    if (analysis.transductive > 0)
        note.append(" Transductive: ")
            .append(std::to_string(analysis.transductive))
            .append(" were answered by a system that had adapted to the people in them.");
    const bool intervals = std::ranges::any_of(
        analysis.reports, [](const VoterReport& one) { return one.macroF1Interval.has_value(); });
    note += intervals ? " Intervals: 95 %, bootstrap over subjects."
                      : " No intervals: they need two subjects at least.";
    return note;
}

Table voterTable(const ModalityAnalysis& analysis)
{
    Table table{"modalities", "Modalities", basisOf(analysis),
        {{"modality", "Modality"}, {"spans", "Spans"}, {"accuracy", "Right (%)", 1, true},
            {"accuracy_low", "low (%)", 1, true}, {"accuracy_high", "high (%)", 1, true},
            {"macro_f1", "Macro F1"}, {"macro_f1_low", "low"}, {"macro_f1_high", "high"}},
        {}};
    for (const VoterReport& one : analysis.reports)
        table.rows.push_back({one.name, one.spans, cellOf(one.accuracy), lowOf(one.accuracyInterval),
            highOf(one.accuracyInterval), cellOf(one.macroF1), lowOf(one.macroF1Interval),
            highOf(one.macroF1Interval)});
    return table;
}

Table classTable(const ModalityAnalysis& analysis, const LabelScheme& scheme)
{
    Table table{"modality_classes", "F1 by class and modality", basisOf(analysis),
        {{"class", "Class"}, {"modality", "Modality"}, {"spans", "Spans of the class"}, {"named", "Named so"},
            {"right", "Right"}, {"f1", "F1"}, {"f1_low", "low"}, {"f1_high", "high"}},
        {}};
    for (size_t k = 0; k < scheme.classes.size(); ++k)
        for (const VoterReport& one : analysis.reports) {
            if (k >= one.classes.size() || one.classes[k].truth + one.classes[k].predicted == 0)
                continue;
            const auto found = one.classIntervals.find(static_cast<int>(k));
            const auto interval
                = found == one.classIntervals.end() ? std::nullopt : std::optional(found->second);
            const ClassScore& score = one.classes[k];
            table.rows.push_back({scheme.classes[k].name, one.name, score.truth, score.predicted,
                score.correct, cellOf(score.f1), lowOf(interval), highOf(interval)});
        }
    return table;
}

Table agreementTable(const ModalityAnalysis& analysis)
{
    std::string note = "Oracle: in ";
    note.append(std::to_string(analysis.oracle.anyRight))
        .append(" of ")
        .append(std::to_string(analysis.oracle.judged))
        .append(" spans at least one modality is right, in ")
        .append(std::to_string(analysis.oracle.allRight))
        .append(" all that answered are. Error overlap: of the spans that either gets wrong, those that both "
                "do.");
    Table table{"modality_agreement", "Agreement between modalities", note,
        {{"first", "First"}, {"second", "Second"}, {"spans", "Spans"}, {"same", "Same class (%)", 1, true},
            {"kappa", "Cohen's kappa"}, {"both_right", "Both right"}, {"first_only", "First alone right"},
            {"second_only", "Second alone right"}, {"both_wrong", "Both wrong"},
            {"same_wrong", "Both wrong alike"}, {"double_fault", "Double fault (%)", 1, true},
            {"error_overlap", "Error overlap (%)", 1, true}},
        {}};
    for (size_t a = 0; a < analysis.voters.size(); ++a)
        for (size_t b = a + 1; b < analysis.voters.size(); ++b) {
            const VoterPair& pair = analysis.pairs[a][b];
            table.rows.push_back({analysis.voters[a], analysis.voters[b], pair.items, cellOf(pair.share),
                cellOf(pair.kappa), pair.bothRight, pair.firstOnly, pair.secondOnly, pair.bothWrong,
                pair.sameWrong, cellOf(pair.doubleFault), cellOf(pair.errorOverlap)});
        }
    return table;
}

Table evidenceTable(const ModalityAnalysis& analysis)
{
    Table table{"modality_evidence", "Which modalities spoke",
        "A modality is silent where its input is missing: without poses there is RGB only.",
        {{"modalities", "Modalities"}, {"spans", "Spans"}, {"right", "Vote right"},
            {"accuracy", "Vote right (%)", 1, true}},
        {}};
    for (const Evidence& one : analysis.evidence) {
        std::string names;
        for (const std::string& modality : one.modalities)
            names.append(names.empty() ? "" : " + ").append(modality);
        table.rows.push_back({names.empty() ? std::string("none kept") : names, one.spans, one.right,
            cellOf(static_cast<double>(one.right) / static_cast<double>(one.spans))});
    }
    return table;
}

std::string gainNote(const AdaptationGain& gain)
{
    std::string note = gain.base;
    note.append(" beside ").append(gain.adapted).append(", on the same ");
    note.append(std::to_string(gain.before.size())).append(" decided spans");
    note += gain.heldOut ? " of people that neither learned from labels of."
                         : ", which the systems may have learned from: nothing follows for other people.";
    if (gain.protocol == "transductive")
        note += " Transductive: the adapted system had seen these spans without their labels.";
    return note;
}

Table gainTable(const AdaptationGain& gain)
{
    Table table{"adaptation", "Gain of adaptation", gainNote(gain),
        {{"modality", "Modality"}, {"spans", "Spans"}, {"before", "Macro F1 unadapted"},
            {"after", "Macro F1 adapted"}, {"change", "Change"}, {"change_low", "low"},
            {"change_high", "high"}},
        {}};
    for (const VoterGain& one : gain.voters)
        table.rows.push_back({one.name, one.spans, cellOf(one.before), cellOf(one.after),
            cellOf(one.after - one.before), lowOf(one.change), highOf(one.change)});
    return table;
}

void addGainRows(
    Table& table, const VoterGain& voter, const std::vector<GainRow>& rows, const LabelScheme& scheme)
{
    for (const GainRow& row : rows) {
        const auto k = static_cast<size_t>(std::max(0, row.classId));
        const std::string name = row.classId < 0 ? row.subject
            : k < scheme.classes.size()          ? scheme.classes[k].name
                                                 : std::to_string(row.classId);
        table.rows.push_back({name, voter.name, row.spans, cellOf(row.before), cellOf(row.after),
            cellOf(row.after - row.before), lowOf(row.change), highOf(row.change)});
    }
}

Table gainRowsTable(const char* key, const char* title, const std::string& note, const char* what,
    const std::vector<VoterGain>& voters, std::vector<GainRow> VoterGain::*rows, const LabelScheme& scheme)
{
    Table table{key, title, note,
        {{"name", what}, {"modality", "Modality"}, {"spans", "Spans"}, {"before", "Unadapted"},
            {"after", "Adapted"}, {"change", "Change"}, {"change_low", "low"}, {"change_high", "high"}},
        {}};
    for (const VoterGain& one : voters)
        addGainRows(table, one, one.*rows, scheme);
    return table;
}

} // namespace

std::vector<Table> tables(const ModalityAnalysis& analysis, const LabelScheme& scheme)
{
    std::vector<Table> all;
    if (analysis.missing == ModalityMissing::Nothing)
        all = {voterTable(analysis), classTable(analysis, scheme), agreementTable(analysis),
            evidenceTable(analysis)};
    const AdaptationGain& gain = analysis.gain;
    if (gain.missing == GainMissing::Nothing) {
        all.push_back(gainTable(gain));
        all.push_back(gainRowsTable("adaptation_classes", "Gain of adaptation by class (F1)", gainNote(gain),
            "Class", gain.voters, &VoterGain::classes, scheme));
        all.push_back(
            gainRowsTable("adaptation_subjects", "Gain of adaptation by subject (share named right)",
                gainNote(gain), "Subject", gain.voters, &VoterGain::subjects, scheme));
    }
    if (!gain.measured.empty()) {
        std::string note = "Measured when the system was adapted (";
        note.append(gain.protocol).append("), on ").append(std::to_string(gain.measured.front().spans));
        note += " held-out spans of that time.";
        all.push_back(gainRowsTable("adaptation_measured", "Gain of adaptation as measured (F1)", note,
            "Class", gain.measured, &VoterGain::classes, scheme));
    }
    std::erase_if(all, [](const Table& table) { return table.rows.empty(); });
    return all;
}

} // namespace telltale
