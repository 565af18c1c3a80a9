// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/figures.h"
#include <vector>

namespace telltale {

/// Values of several groups whose mean and median are wanted in many drawings of the groups.
class GroupedValues {
public:
    explicit GroupedValues(int groups) : m_sums(static_cast<size_t>(groups)), m_counts(m_sums.size()) { }
    void add(int group, double value);
    void sort(); ///< once, after the last value

    AgreementFigure mean() const;
    AgreementFigure median() const; ///< the mean of both middle ones of an even number
    /// With every value of a group as often as the group was drawn.
    AgreementFigure mean(const std::vector<int>& drawn) const;
    AgreementFigure median(const std::vector<int>& drawn) const;

private:
    struct Value {
        double value = 0;
        int group = 0;
    };
    std::vector<Value> m_values;
    std::vector<double> m_sums; ///< by group
    std::vector<int64_t> m_counts;
};

} // namespace telltale
