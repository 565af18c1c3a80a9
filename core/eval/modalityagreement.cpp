// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/modalityagreement.h"
#include "eval/agreement/figures.h"
#include <algorithm>

namespace telltale {
namespace {

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

bool isClass(int label, size_t classes) { return label >= 0 && static_cast<size_t>(label) < classes; }

} // namespace

VoterPair voterPair(
    std::span<const int> first, std::span<const int> second, std::span<const int> truth, int classes)
{
    VoterPair pair;
    const auto width = static_cast<size_t>(std::max(0, classes));
    std::vector<double> byFirst(width);
    std::vector<double> bySecond(width);
    std::vector<double> byBoth(width);
    for (size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (!isClass(first[i], width) || !isClass(second[i], width))
            continue;
        ++pair.items;
        ++byFirst[static_cast<size_t>(first[i])];
        ++bySecond[static_cast<size_t>(second[i])];
        const bool same = first[i] == second[i];
        pair.same += same ? 1 : 0;
        byBoth[static_cast<size_t>(first[i])] += same ? 1 : 0;
        if (i >= truth.size() || !isClass(truth[i], width))
            continue;
        ++pair.judged;
        const bool firstRight = first[i] == truth[i];
        const bool secondRight = second[i] == truth[i];
        ++(firstRight ? (secondRight ? pair.bothRight : pair.firstOnly)
                      : (secondRight ? pair.secondOnly : pair.bothWrong));
        pair.sameWrong += same && !firstRight ? 1 : 0;
    }
    pair.share = ratio(static_cast<double>(pair.same), static_cast<double>(pair.items));
    if (const AgreementFigure kappa = cohenKappa({byFirst, bySecond, byBoth}); kappa.defined())
        pair.kappa = kappa.value;
    const auto wrong = static_cast<double>(pair.bothWrong);
    pair.doubleFault = ratio(wrong, static_cast<double>(pair.judged));
    pair.errorOverlap = ratio(wrong, static_cast<double>(pair.judged - pair.bothRight));
    return pair;
}

VoterOracle voterOracle(std::span<const std::vector<int>> voters, std::span<const int> truth)
{
    VoterOracle all;
    for (size_t i = 0; i < truth.size(); ++i) {
        int answers = 0;
        int right = 0;
        for (const std::vector<int>& voter : voters) {
            answers += voter[i] >= 0 ? 1 : 0;
            right += voter[i] >= 0 && voter[i] == truth[i] ? 1 : 0;
        }
        if (truth[i] < 0 || answers == 0)
            continue;
        ++all.judged;
        all.anyRight += right > 0 ? 1 : 0;
        all.allRight += right == answers ? 1 : 0;
        all.noneRight += right == 0 ? 1 : 0;
    }
    all.oracle = ratio(static_cast<double>(all.anyRight), static_cast<double>(all.judged));
    return all;
}

} // namespace telltale
