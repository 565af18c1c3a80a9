// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/boundaries.h"
#include <algorithm>

namespace telltale {

void GroupedValues::add(int group, double value)
{
    m_values.push_back({value, group});
    m_sums[static_cast<size_t>(group)] += value;
    ++m_counts[static_cast<size_t>(group)];
}

void GroupedValues::sort() { std::ranges::sort(m_values, {}, &Value::value); }

AgreementFigure GroupedValues::mean() const { return mean(std::vector<int>(m_sums.size(), 1)); }
AgreementFigure GroupedValues::median() const { return median(std::vector<int>(m_sums.size(), 1)); }

AgreementFigure GroupedValues::mean(const std::vector<int>& drawn) const
{
    double sum = 0;
    int64_t count = 0;
    for (size_t i = 0; i < m_sums.size(); ++i) {
        sum += drawn[i] * m_sums[i];
        count += drawn[i] * m_counts[i];
    }
    return count > 0 ? defined(sum / static_cast<double>(count)) : undefined(NoFigure::NoPairs);
}

AgreementFigure GroupedValues::median(const std::vector<int>& drawn) const
{
    int64_t count = 0;
    for (size_t i = 0; i < m_sums.size(); ++i)
        count += drawn[i] * m_counts[i];
    if (count == 0)
        return undefined(NoFigure::NoPairs);
    const int64_t lower = (count - 1) / 2;
    const int64_t upper = count / 2;
    double low = 0;
    bool found = false;
    int64_t passed = 0;
    for (const Value& one : m_values) {
        passed += drawn[static_cast<size_t>(one.group)];
        if (!found && passed > lower) {
            low = one.value;
            found = true;
        }
        if (passed > upper)
            return defined((low + one.value) / 2);
    }
    return undefined(NoFigure::NoPairs);
}

} // namespace telltale
