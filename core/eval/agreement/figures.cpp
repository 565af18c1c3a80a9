// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/figures.h"
#include <algorithm>
#include <numeric>

namespace telltale {
namespace {

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// From counts: `same` items of `all` agree, `chance` would by chance.
AgreementFigure corrected(double same, double chance, double all)
{
    // All counts are whole numbers, so equality is exact wherever chance is certain.
    return chance >= all ? undefined(NoFigure::OneLabel) : defined((same - chance) / (all - chance));
}

} // namespace

AgreementFigure defined(double value) { return {value, NoFigure::Defined, {}}; }
AgreementFigure undefined(NoFigure reason) { return {0, reason, {}}; }

double LabelTable::items() const { return sum(a); }

AgreementFigure cohenKappa(const LabelTable& table)
{
    const double items = table.items();
    if (items <= 0)
        return undefined(NoFigure::NothingCompared);
    double chance = 0;
    for (size_t i = 0; i < table.a.size(); ++i) {
        if (table.a[i] >= items && table.b[i] >= items)
            return undefined(NoFigure::OneLabel);
        chance += table.a[i] / items * table.b[i];
    }
    return corrected(sum(table.both), chance, items);
}

AgreementFigure cohenKappa(const LabelTable& table, size_t label)
{
    const double items = table.items();
    if (items <= 0)
        return undefined(NoFigure::NothingCompared);
    const double a = table.a[label];
    const double b = table.b[label];
    if (a <= 0 && b <= 0)
        return undefined(NoFigure::NotUsed);
    if (a >= items && b >= items)
        return undefined(NoFigure::OneLabel);
    const double chance = (a * b + (items - a) * (items - b)) / items;
    return corrected(items - a - b + 2 * table.both[label], chance, items);
}

AgreementFigure unmatchedKappa(const SpanTable& table)
{
    const double spansA = sum(table.spansA);
    const double spansB = sum(table.spansB);
    const double pairs = table.pairs.items();
    if (spansA + spansB <= 0)
        return undefined(NoFigure::NothingCompared);
    if (spansA <= 0 || spansB <= 0 || pairs <= 0)
        return undefined(NoFigure::NoPairs);
    double chance = 0;
    for (size_t i = 0; i < table.spansA.size(); ++i) {
        if (table.spansA[i] >= spansA && table.spansB[i] >= spansB)
            return undefined(NoFigure::OneLabel);
        chance += table.spansA[i] / spansA * (table.spansB[i] / spansB) * pairs;
    }
    return corrected(sum(table.pairs.both), chance, spansA + spansB - pairs);
}

AgreementFigure unmatchedKappa(const SpanTable& table, size_t label)
{
    const double spansA = sum(table.spansA);
    const double spansB = sum(table.spansB);
    const double pairs = table.pairs.items();
    if (spansA + spansB <= 0)
        return undefined(NoFigure::NothingCompared);
    const double a = table.spansA[label];
    const double b = table.spansB[label];
    if (a <= 0 && b <= 0)
        return undefined(NoFigure::NotUsed);
    if (spansA <= 0 || spansB <= 0 || pairs <= 0)
        return undefined(NoFigure::NoPairs);
    if (a >= spansA && b >= spansB)
        return undefined(NoFigure::OneLabel);
    // Label against the rest: agreement is everything but what only one of the two gave this label.
    const double items = spansA + spansB - pairs;
    const double byChance = a / spansA * (b / spansB) * pairs;
    return corrected(items - a - b + 2 * table.pairs.both[label], items - a - b + 2 * byChance, items);
}

AgreementFigure fleissKappa(const FleissSums& sums)
{
    if (sums.raters < 2 || sums.items <= 0)
        return undefined(NoFigure::NotAllCoded);
    const double all = sums.items * sums.raters;
    double chance = 0;
    for (const double given : sums.given) {
        if (given >= all)
            return undefined(NoFigure::OneLabel);
        chance += given / all * (given / all);
    }
    const double same = (sum(sums.squares) - all) / (all * (sums.raters - 1));
    return corrected(same, chance, 1);
}

AgreementFigure fleissKappa(const FleissSums& sums, size_t label)
{
    if (sums.raters < 2 || sums.items <= 0)
        return undefined(NoFigure::NotAllCoded);
    const double all = sums.items * sums.raters;
    const double given = sums.given[label];
    if (given <= 0)
        return undefined(NoFigure::NotUsed);
    if (given >= all)
        return undefined(NoFigure::OneLabel);
    const double share = given / all;
    const double apart = sums.raters * given - sums.squares[label];
    return defined(1 - apart / (all * (sums.raters - 1) * share * (1 - share)));
}

AgreementFigure krippendorffAlpha(const CoincidenceSums& sums)
{
    const double all = sum(sums.given);
    if (all <= 0)
        return undefined(NoFigure::NothingCompared);
    double equal = 0;
    for (const double given : sums.given) {
        if (given >= all)
            return undefined(NoFigure::OneLabel);
        equal += given * given;
    }
    return defined(1 - (all - 1) * (all - sum(sums.both)) / (all * all - equal));
}

AgreementFigure krippendorffAlpha(const CoincidenceSums& sums, size_t label)
{
    const double all = sum(sums.given);
    if (all <= 0)
        return undefined(NoFigure::NothingCompared);
    const double given = sums.given[label];
    if (given <= 0)
        return undefined(NoFigure::NotUsed);
    if (given >= all)
        return undefined(NoFigure::OneLabel);
    return defined(1 - (all - 1) * (given - sums.both[label]) / (given * (all - given)));
}

AgreementFigure spanF1(double agreed, double spansA, double spansB)
{
    return spansA + spansB > 0 ? defined(2 * agreed / (spansA + spansB)) : undefined(NoFigure::NotUsed);
}

} // namespace telltale
