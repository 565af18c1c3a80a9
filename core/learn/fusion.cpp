// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/fusion.h"
#include "learn/simplex.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace telltale {

namespace {

constexpr double kLowestTemperature = 0.05;
constexpr double kHighestTemperature = 20;
constexpr int kSimplexSteps = 20; // step 0.05, ours
constexpr double kTiny = 1e-12;

bool usable(const std::vector<float>& row)
{
    return !row.empty() && std::all_of(row.begin(), row.end(), [](float v) { return std::isfinite(v); });
}

double weightOf(const std::map<std::string, double>& weights, const std::string& modality)
{
    const auto found = weights.find(modality);
    return found == weights.end() ? (weights.empty() ? 1.0 : 0.0) : std::max(0.0, found->second);
}

/// Mean over the rows of: expected logit under softmax(inverse * z) minus the true logit; rises with
/// `inverse`.
double likelihoodSlope(
    const std::vector<std::vector<float>>& logits, const std::vector<int>& labels, double inverse)
{
    double slope = 0;
    for (size_t i = 0; i < labels.size(); ++i) {
        const auto& row = logits[i];
        const double top = *std::max_element(row.begin(), row.end());
        double sum = 0;
        double expected = 0;
        for (const float z : row) {
            const double e = std::exp((z - top) * inverse);
            sum += e;
            expected += e * z;
        }
        slope += expected / sum - row[static_cast<size_t>(labels[i])];
    }
    return slope;
}

/// Probability of the true class by [row][modality]; negative where the modality does not vote.
std::vector<std::vector<double>> trueProbabilities(
    const std::vector<std::map<std::string, std::vector<float>>>& probabilities,
    const std::vector<int>& labels, const std::vector<std::string>& modalities)
{
    std::vector<std::vector<double>> table;
    for (size_t i = 0; i < std::min(probabilities.size(), labels.size()); ++i) {
        std::vector<double> row(modalities.size(), -1);
        for (size_t m = 0; m < modalities.size(); ++m) {
            const auto found = probabilities[i].find(modalities[m]);
            const auto label = static_cast<size_t>(labels[i]);
            if (found != probabilities[i].end() && usable(found->second) && label < found->second.size())
                row[m] = found->second[label];
        }
        table.push_back(std::move(row));
    }
    return table;
}

double voteLoss(const std::vector<std::vector<double>>& table, const std::vector<int>& counts)
{
    double loss = 0;
    for (const auto& row : table) {
        double sum = 0;
        double weight = 0;
        double plain = 0;
        int present = 0;
        for (size_t m = 0; m < row.size(); ++m) {
            if (row[m] < 0)
                continue;
            sum += counts[m] * row[m];
            weight += counts[m];
            plain += row[m];
            ++present;
        }
        if (present == 0)
            continue;
        loss -= std::log(std::max(kTiny, weight > 0 ? sum / weight : plain / present));
    }
    return loss;
}

struct TopTwo {
    int label = -1;
    double first = 0;
    double second = 0;
};

TopTwo topTwo(const std::vector<float>& row)
{
    TopTwo top;
    for (size_t c = 0; c < row.size(); ++c) {
        if (top.label < 0 || row[c] > top.first) {
            top.second = top.label < 0 ? 0 : top.first;
            top.first = row[c];
            top.label = static_cast<int>(c);
        } else {
            top.second = std::max<double>(top.second, row[c]);
        }
    }
    return top;
}

} // namespace

std::vector<float> softmax(const std::vector<float>& logits, double temperature)
{
    std::vector<float> result(logits.size());
    if (logits.empty())
        return result;
    const double inverse = 1.0 / std::max(temperature, kTiny);
    const double top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float z : logits)
        sum += std::exp((z - top) * inverse);
    std::transform(logits.begin(), logits.end(), result.begin(),
        [&](float z) { return static_cast<float>(std::exp((z - top) * inverse) / sum); });
    return result;
}

double fitTemperature(const std::vector<std::vector<float>>& logits, const std::vector<int>& labels)
{
    std::vector<std::vector<float>> rows;
    std::vector<int> truth;
    for (size_t i = 0; i < std::min(logits.size(), labels.size()); ++i) {
        if (usable(logits[i]) && labels[i] >= 0 && static_cast<size_t>(labels[i]) < logits[i].size()) {
            rows.push_back(logits[i]);
            truth.push_back(labels[i]);
        }
    }
    if (rows.empty())
        return 1;
    // The negative log-likelihood is convex in 1 / T, so its slope changes sign once: bisect.
    double low = 1 / kHighestTemperature;
    double high = 1 / kLowestTemperature;
    if (likelihoodSlope(rows, truth, low) >= 0)
        return kHighestTemperature;
    if (likelihoodSlope(rows, truth, high) <= 0)
        return kLowestTemperature;
    while (high - low > 1e-9 * high) {
        const double middle = 0.5 * (low + high);
        (likelihoodSlope(rows, truth, middle) < 0 ? low : high) = middle;
    }
    return 2 / (low + high);
}

std::vector<float> softVote(const std::map<std::string, std::vector<float>>& probabilities,
    const std::map<std::string, double>& weights)
{
    std::vector<double> sum;
    std::vector<double> plain;
    double total = 0;
    int voters = 0;
    for (const auto& [modality, row] : probabilities) {
        if (!usable(row) || (!sum.empty() && row.size() != sum.size()))
            continue;
        sum.resize(row.size());
        plain.resize(row.size());
        const double weight = weightOf(weights, modality);
        total += weight;
        ++voters;
        for (size_t c = 0; c < row.size(); ++c) {
            sum[c] += weight * row[c];
            plain[c] += row[c];
        }
    }
    std::vector<float> result(sum.size());
    for (size_t c = 0; c < sum.size(); ++c)
        result[c] = static_cast<float>(total > 0 ? sum[c] / total : plain[c] / voters);
    return result;
}

std::map<std::string, double> fitFusionWeights(
    const std::vector<std::map<std::string, std::vector<float>>>& probabilities,
    const std::vector<int>& labels)
{
    std::set<std::string> names;
    for (const auto& row : probabilities) {
        for (const auto& [modality, values] : row) {
            if (usable(values))
                names.insert(modality);
        }
    }
    std::map<std::string, double> best;
    if (names.empty())
        return best;
    const std::vector<std::string> modalities(names.begin(), names.end());
    const auto table = trueProbabilities(probabilities, labels, modalities);
    std::vector<int> counts(modalities.size());
    double least = std::numeric_limits<double>::infinity();
    eachShare(counts, 0, kSimplexSteps, [&](const std::vector<int>& shares) {
        const double loss = voteLoss(table, shares);
        if (loss >= least)
            return;
        least = loss;
        for (size_t m = 0; m < modalities.size(); ++m)
            best[modalities[m]] = static_cast<double>(shares[m]) / kSimplexSteps;
    });
    return best;
}

Consensus leaveOneOutConsensus(const std::map<std::string, std::vector<float>>& probabilities,
    const std::map<std::string, double>& weights, const ConsensusOptions& options)
{
    Consensus result;
    std::map<std::string, std::vector<float>> voters;
    std::copy_if(probabilities.begin(), probabilities.end(), std::inserter(voters, voters.end()),
        [](const auto& entry) { return usable(entry.second); });
    if (voters.size() < 2)
        return result;
    bool sure = true;
    for (const auto& [student, own] : voters) {
        auto others = voters;
        others.erase(student);
        const auto teacher = softVote(others, weights);
        const TopTwo top = topTwo(teacher);
        if (result.teacher.empty())
            result.label = top.label;
        if (top.label != result.label)
            return {};
        sure = sure && top.first >= options.threshold && top.first - top.second >= options.margin;
        result.score = result.teacher.empty() ? top.first : std::min(result.score, top.first);
        result.teacher[student] = top.first;
        result.votes += topTwo(own).label == result.label ? 1 : 0;
    }
    result.accepted = sure && result.votes >= options.agreeing;
    return result;
}

} // namespace telltale
