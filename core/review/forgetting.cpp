// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/forgetting.h"
#include <algorithm>

namespace telltale {
namespace {

/// A fall by the margin itself is none, whatever the last digits of a difference say.
constexpr double kRounding = 1e-9;

} // namespace

std::vector<ForgottenClass> forgottenClasses(
    std::span<const ClassScore> now, std::span<const ClassScore> next, const ForgettingRule& rule)
{
    std::vector<ForgottenClass> forgotten;
    for (size_t c = 0; c < std::min(now.size(), next.size()); ++c) {
        const ForgottenClass one{static_cast<int>(c), now[c].f1, next[c].f1, now[c].truth};
        if (one.examples >= rule.fewestExamples && one.from - one.to > rule.margin + kRounding)
            forgotten.push_back(one);
    }
    std::ranges::stable_sort(forgotten,
        [](const ForgottenClass& a, const ForgottenClass& b) { return a.from - a.to > b.from - b.to; });
    return forgotten;
}

} // namespace telltale
