// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/calibrationanalysis.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

struct Stage {
    const char* name;
    const CalibrationCurve* curve; ///< null: not known
};

std::array<Stage, 2> stagesOf(const CalibratedVoter& voter)
{
    return {{{"before temperature", voter.before ? &*voter.before : nullptr},
        {"after temperature", &voter.after}}};
}

TableCell endOf(const std::optional<CalibrationIntervals>& intervals,
    BootstrapInterval CalibrationIntervals::*figure, double BootstrapInterval::*end)
{
    if (!intervals || ((*intervals).*figure).resamples == 0)
        return {};
    return cellOf(((*intervals).*figure).*end);
}

std::string noteOf(const CalibrationAnalysis& analysis)
{
    std::string note = std::to_string(analysis.items.size());
    note.append(" decided audit items of ").append(std::to_string(analysis.proposals)).append(" proposals");
    note += " (the unbroken run of the random audit); skipped and flagged ones are left out. A rejected "
            "proposal counts as wrong. ";
    const bool overSubjects = !analysis.voters.empty() && analysis.voters.front().after.intervals
        && analysis.voters.front().after.intervals->overSubjects;
    note += overSubjects ? "Intervals: 95 %, bootstrap over subjects."
                         : "Intervals: 95 %, bootstrap over spans, because there are fewer than two "
                           "subjects: they know nothing of other people.";
    if (analysis.transductive > 0)
        note.append(" Transductive: ")
            .append(std::to_string(analysis.transductive))
            .append(" items were answered by a system that had adapted to the people in them.");
    return note;
}

std::vector<TableCell> figureRow(const CalibratedVoter& voter, const Stage& stage)
{
    const CalibrationFigures& figures = stage.curve->figures;
    const auto& in = stage.curve->intervals;
    using I = CalibrationIntervals;
    constexpr auto kLow = &BootstrapInterval::low;
    constexpr auto kHigh = &BootstrapInterval::high;
    return {voter.name, std::string(stage.name), figures.top.items, cellOf(figures.top.accuracy),
        cellOf(figures.top.meanConfidence), cellOf(figures.top.error), endOf(in, &I::error, kLow),
        endOf(in, &I::error, kHigh), cellOf(figures.chanceError), cellOf(figures.topByMass.error),
        endOf(in, &I::errorByMass, kLow), endOf(in, &I::errorByMass, kHigh), cellOf(figures.classwiseError),
        endOf(in, &I::classwiseError, kLow), endOf(in, &I::classwiseError, kHigh),
        cellOf(figures.top.maximumError), cellOf(figures.brier), endOf(in, &I::brier, kLow),
        endOf(in, &I::brier, kHigh), cellOf(figures.logLoss), endOf(in, &I::logLoss, kLow),
        endOf(in, &I::logLoss, kHigh)};
}

Table figureTable(const CalibrationAnalysis& analysis)
{
    Table table{"calibration", "Calibration on audit items", noteOf(analysis),
        {{"modality", "Modality"}, {"stage", "Stage"}, {"items", "Items"}, {"accuracy", "Right (%)", 1, true},
            {"confidence", "Mean confidence (%)", 1, true}, {"ece", "ECE"}, {"ece_low", "ECE low"},
            {"ece_high", "ECE high"}, {"ece_by_chance", "ECE if perfect"},
            {"ece_equal_mass", "ECE, equal mass"}, {"ece_equal_mass_low", "low"},
            {"ece_equal_mass_high", "high"}, {"ece_classwise", "Class-wise ECE"},
            {"ece_classwise_low", "low"}, {"ece_classwise_high", "high"}, {"mce", "MCE"}, {"brier", "Brier"},
            {"brier_low", "low"}, {"brier_high", "high"}, {"log_loss", "Log loss"}, {"log_loss_low", "low"},
            {"log_loss_high", "high"}},
        {}};
    for (const CalibratedVoter& voter : analysis.voters)
        for (const Stage& stage : stagesOf(voter))
            if (stage.curve)
                table.rows.push_back(figureRow(voter, stage));
    return table;
}

Table binTable(const CalibrationAnalysis& analysis)
{
    Table table{"reliability", "Reliability diagram",
        "Bins of equal width (low, high]; intervals: Wilson, 95 %, of the share of right answers.",
        {{"modality", "Modality"}, {"stage", "Stage"}, {"low", "From"}, {"high", "To"}, {"items", "Items"},
            {"right", "Right"}, {"confidence", "Mean confidence (%)", 1, true},
            {"accuracy", "Right (%)", 1, true}, {"accuracy_low", "low (%)", 1, true},
            {"accuracy_high", "high (%)", 1, true}},
        {}};
    for (const CalibratedVoter& voter : analysis.voters)
        for (const Stage& stage : stagesOf(voter))
            for (const ReliabilityBin& bin :
                stage.curve ? stage.curve->figures.top.bins : std::vector<ReliabilityBin>())
                if (bin.right.clips > 0)
                    table.rows.push_back({voter.name, std::string(stage.name), bin.low, bin.high,
                        bin.right.clips, bin.right.correct, cellOf(bin.confidence),
                        cellOf(bin.right.precision), cellOf(bin.right.low), cellOf(bin.right.high)});
    return table;
}

Table classTable(const CalibrationAnalysis& analysis, const LabelScheme& scheme)
{
    Table table{"calibration_classes", "Calibration error by class",
        std::string("Each class against the rest; only classes that occur among the audit items. Below ")
            .append(std::to_string(kLeastAuditItems))
            .append(" items of a class the figure is a hint only."),
        {{"class", "Class"}, {"modality", "Modality"}, {"stage", "Stage"}, {"items", "Items of the class"},
            {"ece", "ECE"}, {"ece_low", "low"}, {"ece_high", "high"}},
        {}};
    for (const CalibratedVoter& voter : analysis.voters)
        for (const Stage& stage : stagesOf(voter)) {
            if (!stage.curve)
                continue;
            const std::vector<double>& errors = stage.curve->figures.classError;
            for (size_t k = 0; k < std::min(errors.size(), scheme.classes.size()); ++k) {
                if (std::isnan(errors[k]))
                    continue;
                std::vector<TableCell> row{scheme.classes[k].name, voter.name, std::string(stage.name),
                    static_cast<int64_t>(std::ranges::count(stage.curve->rows->truth, static_cast<int>(k))),
                    errors[k], {}, {}};
                if (stage.curve->intervals)
                    if (const auto in = stage.curve->intervals->classError.find(static_cast<int>(k));
                        in != stage.curve->intervals->classError.end()) {
                        row[5] = cellOf(in->second.low);
                        row[6] = cellOf(in->second.high);
                    }
                table.rows.push_back(std::move(row));
            }
        }
    return table;
}

} // namespace

std::vector<Table> tables(const CalibrationAnalysis& analysis, const LabelScheme& scheme)
{
    if (analysis.missing != CalibrationMissing::Nothing)
        return {};
    return {figureTable(analysis), binTable(analysis), classTable(analysis, scheme)};
}

} // namespace telltale
