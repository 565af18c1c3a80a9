// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/effort.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <span>
#include <utility>

namespace telltale {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// `share` of the way through values that are sorted as far as it takes.
double percentile(const std::vector<double>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// ln n!, by Stirling's series from where that is exact to a double's last digits. (lgamma() writes to a
/// global.)
double logFactorial(int64_t n)
{
    if (n < 20) {
        double sum = 0;
        for (int64_t i = 2; i <= n; ++i)
            sum += std::log(static_cast<double>(i));
        return sum;
    }
    const auto x = static_cast<double>(n);
    const double square = x * x;
    return x * std::log(x) - x + 0.5 * std::log(2 * std::numbers::pi * x) + 1 / (12 * x)
        - 1 / (360 * x * square) + 1 / (1260 * x * square * square)
        - 1 / (1680 * x * square * square * square);
}

/// Sum of P(Bin(n, p) = j) from j = k on, upwards or downwards; `k` on the far side of the mean.
double sumFrom(int64_t n, double p, int64_t k, bool upwards)
{
    const auto total = static_cast<double>(n);
    double term = std::exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k)
        + static_cast<double>(k) * std::log(p) + (total - static_cast<double>(k)) * std::log1p(-p));
    const double odds = p / (1 - p);
    double sum = 0;
    for (int64_t j = k; term > sum * 1e-18 && j >= 0 && j <= n; j += upwards ? 1 : -1) {
        sum += term;
        const auto at = static_cast<double>(j);
        term *= upwards ? (total - at) / (at + 1) * odds : at / (total - at + 1) / odds;
    }
    return sum;
}

/// The smallest i, from 1, for which the r-th of n values that are drawn anew is at most the i-th with
/// probability `share`.
size_t placeOf(size_t n, size_t r, double share)
{
    size_t low = 1;
    size_t high = n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const double p = static_cast<double>(middle) / static_cast<double>(n);
        if (binomialTail(static_cast<int64_t>(n), p, static_cast<int64_t>(r)) >= share)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/// Puts the values of these ranks, ascending, where sorting would put them.
void selectRanks(double* values, size_t from, size_t to, std::span<const size_t> ranks)
{
    if (ranks.empty() || to - from < 2)
        return;
    const size_t half = ranks.size() / 2;
    const size_t rank = ranks[half];
    std::nth_element(values + from, values + rank, values + to);
    selectRanks(values, from, rank, ranks.first(half));
    selectRanks(values, rank + 1, to, ranks.subspan(half + 1));
}

} // namespace

double binomialTail(int64_t n, double p, int64_t k)
{
    if (k <= 0)
        return 1;
    if (k > n || p <= 0)
        return 0;
    if (p >= 1)
        return 1;
    const bool far = static_cast<double>(k) > static_cast<double>(n) * p;
    return far ? sumFrom(n, p, k, true) : 1 - sumFrom(n, p, k - 1, false);
}

Spread spreadOf(std::vector<double> values, double level)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty())
        return {0, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};
    const size_t n = values.size();
    const size_t low = placeOf(n, (n + 1) / 2, (1 - level) / 2) - 1;
    const size_t high = placeOf(n, n / 2 + 1, (1 + level) / 2) - 1;
    std::vector<size_t> ranks{low, high};
    for (const double share : {0.05, 0.25, 0.5, 0.75, 0.95}) {
        const auto below = static_cast<size_t>(share * static_cast<double>(n - 1));
        ranks.push_back(below);
        ranks.push_back(std::min(below + 1, n - 1));
    }
    std::ranges::sort(ranks);
    ranks.erase(std::ranges::unique(ranks).begin(), ranks.end());
    selectRanks(values.data(), 0, n, ranks);
    Spread spread;
    spread.count = static_cast<int64_t>(n);
    spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(n);
    spread.median = percentile(values, 0.5);
    spread.medianLow = values[low];
    spread.medianHigh = values[high];
    spread.quarter = percentile(values, 0.25);
    spread.threeQuarters = percentile(values, 0.75);
    spread.fifth = percentile(values, 0.05);
    spread.ninetyFifth = percentile(values, 0.95);
    return spread;
}

Effort& Effort::operator+=(const Effort& other)
{
    seconds += other.seconds;
    keys += other.keys;
    clicks += other.clicks;
    return *this;
}

double ModeEffort::perMinute() const
{
    const double seconds = onSpan.seconds + search.seconds;
    return seconds > 0 ? 60 * static_cast<double>(decisions) / seconds : kNone;
}

double ModeEffort::undoneShare() const
{
    return decisions > 0 ? static_cast<double>(undone) / static_cast<double>(decisions) : kNone;
}

ModeEffort& ModeEffort::operator+=(const ModeEffort& other)
{
    onSpan += other.onSpan;
    search += other.search;
    decisions += other.decisions;
    undone += other.undone;
    return *this;
}

size_t SpanEfforts::addDecision(const EffortStep& step)
{
    addTo(step);
    ++m_modes[step.mode].decisions;
    m_decisions.push_back({step.mode, false});
    return m_decisions.size() - 1;
}

void SpanEfforts::addTo(const EffortStep& step)
{
    ModeEffort& mode = m_modes[step.mode];
    mode.onSpan += step.onSpan;
    mode.search += step.search;
    const auto parts = static_cast<double>(step.spans.size());
    for (const int64_t span : step.spans) {
        const auto [known, fresh] = m_places.try_emplace(span);
        Place& place = known->second;
        if (fresh) {
            place.whole = static_cast<uint32_t>(m_spans.size());
            m_spans.push_back({span, 0, {}, {}});
        }
        const auto mine
            = std::ranges::find(place.parts, step.mode, [this](uint32_t at) { return m_parts[at].mode; });
        const uint32_t part = mine != place.parts.end() ? *mine : static_cast<uint32_t>(m_parts.size());
        if (mine == place.parts.end()) {
            place.parts.push_back(part);
            m_parts.push_back({span, step.mode, {}, {}});
        }
        for (SpanEffort* const one : {&m_spans[place.whole], &m_parts[part]}) {
            one->onSpan += step.onSpan.dividedBy(parts);
            one->search += step.search.dividedBy(parts);
        }
    }
}

void SpanEfforts::undone(size_t decision)
{
    Decision& one = m_decisions[decision];
    if (!std::exchange(one.undone, true))
        ++m_modes[one.mode].undone;
}

} // namespace telltale
