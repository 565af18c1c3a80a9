// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/simplex.h"
#include "learn/systemcalibration.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace telltale {
namespace {

constexpr int kSteps = 20; // step 0.05, ours
constexpr double kFinestStep = 0.005;
constexpr size_t kMostStreams = 6; // 53,130 points of the grid
constexpr double kTiny = 1e-12;
/// Probabilities that are multiplied before one logarithm: kTiny to this power is still a number.
constexpr size_t kFactors = 16;

/// Probability of the true class by [clip][stream]; negative where the stream does not vote.
class VoteTable {
public:
    VoteTable(const std::vector<StreamProbabilities>& rows, const std::vector<int>& labels,
        const std::vector<std::string>& streams)
        : m_streams(streams.size())
    {
        const size_t clips = std::min(rows.size(), labels.size());
        m_values.reserve(clips * m_streams);
        for (size_t i = 0; i < clips; ++i) {
            for (const std::string& stream : streams) {
                const auto found = rows[i].find(stream);
                const bool votes = found != rows[i].end() && labels[i] >= 0
                    && static_cast<size_t>(labels[i]) < found->second.size();
                const double p = votes ? found->second[static_cast<size_t>(labels[i])] : -1;
                m_values.push_back(std::isfinite(p) ? p : -1);
            }
        }
    }

    /// Sum of -log of the weighted means.
    double loss(const std::vector<double>& weights) const
    {
        double total = 0;
        double product = 1;
        size_t factors = 0;
        for (size_t at = 0; at < m_values.size(); at += m_streams) {
            product *= std::max(kTiny, voted(at, weights));
            if (++factors == kFactors) {
                total -= std::log(product);
                product = 1;
                factors = 0;
            }
        }
        return total - std::log(product);
    }

private:
    double voted(size_t at, const std::vector<double>& weights) const
    {
        double sum = 0;
        double weight = 0;
        double even = 0;
        int voters = 0;
        for (size_t m = 0; m < m_streams; ++m) {
            const double p = m_values[at + m];
            if (p < 0)
                continue;
            sum += weights[m] * p;
            weight += weights[m];
            even += p;
            ++voters;
        }
        return weight > 0 ? sum / weight : voters > 0 ? even / voters : 1;
    }

    size_t m_streams;
    std::vector<double> m_values;
};

std::vector<double> bestOfGrid(const VoteTable& table, size_t streams)
{
    std::vector<int> counts(streams);
    std::vector<double> weights(streams);
    std::vector<double> best(streams, 1.0 / static_cast<double>(streams));
    double least = table.loss(best); // an equal vote wins a tie
    eachShare(counts, 0, kSteps, [&](const std::vector<int>& shares) {
        std::transform(shares.begin(), shares.end(), weights.begin(),
            [](int share) { return static_cast<double>(share) / kSteps; });
        const double loss = table.loss(weights);
        if (loss >= least)
            return;
        least = loss;
        best = weights;
    });
    return best;
}

/// Moves of one step from stream to stream as long as one helps, with ever smaller steps.
void refine(const VoteTable& table, std::vector<double>& weights)
{
    double least = table.loss(weights);
    for (double step = 0.5 / kSteps; step >= kFinestStep / 2; step /= 2) {
        for (bool moved = true; moved;) {
            moved = false;
            for (size_t from = 0; from < weights.size(); ++from) {
                for (size_t to = 0; to < weights.size(); ++to) {
                    const double amount = std::min(step, weights[from]);
                    if (from == to || amount <= 0)
                        continue;
                    auto tried = weights;
                    tried[from] -= amount;
                    tried[to] += amount;
                    const double loss = table.loss(tried);
                    if (loss >= least - 1e-12 * std::abs(least))
                        continue;
                    least = loss;
                    weights = std::move(tried);
                    moved = true;
                }
            }
        }
    }
}

} // namespace

std::map<std::string, double> fitVoteWeights(
    const std::vector<StreamProbabilities>& rows, const std::vector<int>& labels)
{
    std::set<std::string> names;
    for (const StreamProbabilities& row : rows)
        for (const auto& [name, values] : row)
            names.insert(name);
    const std::vector<std::string> streams(names.begin(), names.end());
    std::map<std::string, double> result;
    for (const std::string& name : streams)
        result[name] = 1.0 / static_cast<double>(streams.size());
    if (streams.size() < 2 || streams.size() > kMostStreams)
        return result;
    const VoteTable table(rows, labels, streams);
    auto weights = bestOfGrid(table, streams.size());
    refine(table, weights);
    for (size_t m = 0; m < streams.size(); ++m)
        result[streams[m]] = weights[m];
    return result;
}

} // namespace telltale
