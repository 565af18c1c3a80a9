// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/confidencebins.h"
#include "eval/metrics.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {
namespace {

/// How far confidence and accuracy are apart, bin by bin.
class Histogram {
public:
    explicit Histogram(int bins) : m_bins(bins), m_gaps(m_bins.count()) { }

    void add(double confidence, bool correct)
    {
        if (const int bin = m_bins.of(confidence); bin >= 0)
            m_gaps[static_cast<size_t>(bin)] += confidence - (correct ? 1 : 0);
    }

    /// Sum over the bins of |confidence - accuracy| times the clips in them.
    double error() const
    {
        double sum = 0;
        for (const double gap : m_gaps)
            sum += std::abs(gap);
        return sum;
    }

private:
    ConfidenceBins m_bins;
    std::vector<double> m_gaps;
};

} // namespace

ConfidenceBins::ConfidenceBins(int bins) : m_edges(static_cast<size_t>(std::max(1, bins)) + 1)
{
    // As torch.linspace counts in single precision: from the nearer end.
    const size_t steps = count();
    const float step = 1.0F / static_cast<float>(steps);
    for (size_t i = 0; i <= steps; ++i)
        m_edges[i] = i < (steps + 1) / 2 ? step * static_cast<float>(i)
                                         : 1.0F - step * static_cast<float>(steps - i);
}

int ConfidenceBins::of(double confidence) const
{
    const auto single = static_cast<float>(confidence);
    if (!(single > m_edges.front() && single <= m_edges.back()))
        return -1;
    // A guess and the edges beside it: a search takes several times as long.
    auto bin = std::min(static_cast<size_t>(single * static_cast<float>(count())), count() - 1);
    while (single <= m_edges[bin])
        --bin;
    while (single > m_edges[bin + 1])
        ++bin;
    return static_cast<int>(bin);
}

double expectedCalibrationError(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth, int bins)
{
    const size_t rows = std::min(probabilities.size(), truth.size());
    Histogram histogram(bins);
    for (size_t i = 0; i < rows; ++i) {
        const auto best = std::ranges::max_element(probabilities[i]);
        if (best != probabilities[i].end())
            histogram.add(*best, best - probabilities[i].begin() == truth[i]);
    }
    return rows > 0 ? histogram.error() / static_cast<double>(rows) : 0;
}

double classwiseCalibrationError(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth, int bins)
{
    const size_t rows = std::min(probabilities.size(), truth.size());
    const std::set<int> classes(truth.begin(), truth.begin() + static_cast<std::ptrdiff_t>(rows));
    double sum = 0;
    for (const int label : classes) {
        Histogram histogram(bins);
        for (size_t i = 0; i < rows; ++i)
            if (label >= 0 && static_cast<size_t>(label) < probabilities[i].size())
                histogram.add(probabilities[i][static_cast<size_t>(label)], truth[i] == label);
        sum += histogram.error() / static_cast<double>(rows);
    }
    return classes.empty() ? 0 : sum / static_cast<double>(classes.size());
}

} // namespace telltale
