// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/f1interval.h"
#include <cmath>
#include <limits>

namespace telltale {

double f1Of(const ClassTally& tally)
{
    const int64_t both = tally.truth + tally.predicted;
    return both > 0 ? 2 * static_cast<double>(tally.correct) / static_cast<double>(both)
                    : std::numeric_limits<double>::quiet_NaN();
}

ShareInterval f1WilsonInterval(const ClassTally& tally)
{
    const int64_t either = tally.truth + tally.predicted - tally.correct;
    if (either <= 0)
        return {};
    const ShareInterval share = wilsonEnds(
        static_cast<double>(tally.correct) / static_cast<double>(either), static_cast<double>(either));
    return {2 * share.low / (1 + share.low), 2 * share.high / (1 + share.high)};
}

std::vector<BootstrapInterval> subjectF1Intervals(
    const std::vector<std::vector<ClassTally>>& bySubject, const BootstrapOptions& options)
{
    const size_t classes = bySubject.empty() ? 0 : bySubject.front().size();
    std::vector<std::vector<double>> values(classes);
    for (const std::vector<int>& times : resampledSubjects(static_cast<int>(bySubject.size()), options)) {
        std::vector<ClassTally> sums(classes);
        for (size_t subject = 0; subject < bySubject.size(); ++subject)
            for (size_t c = 0; times[subject] > 0 && c < classes; ++c) {
                const ClassTally& one = bySubject[subject][c];
                const int64_t n = times[subject];
                sums[c] += {one.truth * n, one.predicted * n, one.correct * n};
            }
        for (size_t c = 0; c < classes; ++c)
            values[c].push_back(f1Of(sums[c]));
    }
    std::vector<BootstrapInterval> intervals;
    intervals.reserve(classes);
    for (std::vector<double>& one : values)
        intervals.push_back(percentileInterval(std::move(one), options.level));
    return intervals;
}

} // namespace telltale
