// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "eval/agreement/figures.h"
#include <functional>
#include <vector>

namespace telltale {

inline constexpr size_t kResamplesBetweenLooks = 32; ///< at the cancel flag

/// Gives figures their intervals. `figures`: each once, in the order in which `values` appends theirs for one
/// drawing. Figures that have no value get no interval. False if it was cancelled.
inline bool addIntervals(const std::vector<AgreementFigure*>& figures,
    const std::vector<std::vector<int>>& drawn, double level, ProgressSink& progress,
    const std::function<void(const std::vector<int>&, std::vector<AgreementFigure>&)>& values)
{
    if (drawn.empty())
        return true;
    std::vector<std::vector<double>> found(figures.size());
    std::vector<AgreementFigure> once;
    for (size_t i = 0; i < drawn.size(); ++i) {
        if (i % kResamplesBetweenLooks == 0 && progress.cancelled())
            return false;
        once.clear();
        values(drawn[i], once);
        for (size_t k = 0; k < figures.size(); ++k)
            if (figures[k]->defined() && once[k].defined())
                found[k].push_back(once[k].value);
    }
    for (size_t k = 0; k < figures.size(); ++k)
        if (!found[k].empty())
            figures[k]->interval = percentileInterval(std::move(found[k]), level);
    return true;
}

} // namespace telltale
