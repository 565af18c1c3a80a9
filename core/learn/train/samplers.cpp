// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/samplers.h"
#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

/// How often a class is shown in relation to the others, by its count.
double shareOf(const std::string& sampler, size_t count)
{
    return sampler == "balanced" ? 1 : std::sqrt(static_cast<double>(count));
}

void shuffle(std::vector<int64_t>& values, Random& random)
{
    for (size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
}

/// Whole numbers that sum to `total` and follow `shares`; what rounding leaves goes to the largest
/// remainders, of equal ones to those that `random` puts first.
std::vector<int64_t> apportion(const std::vector<double>& shares, int64_t total, Random& random)
{
    double sum = 0;
    for (const double share : shares)
        sum += share;
    std::vector<int64_t> result(shares.size());
    std::vector<std::pair<double, size_t>> remainders;
    remainders.reserve(shares.size());
    int64_t given = 0;
    for (size_t i = 0; i < shares.size(); ++i) {
        const double exact = static_cast<double>(total) * shares[i] / sum;
        result[i] = static_cast<int64_t>(exact);
        given += result[i];
        remainders.emplace_back(exact - std::floor(exact), i);
    }
    for (size_t i = remainders.size(); i > 1; --i)
        std::swap(remainders[i - 1], remainders[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    std::stable_sort(
        remainders.begin(), remainders.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (size_t i = 0; given < total; ++i, ++given)
        ++result[remainders[i % remainders.size()].second];
    return result;
}

} // namespace

std::vector<int64_t> epochOrder(
    const std::string& sampler, const std::vector<int>& labels, int classes, Random random)
{
    std::vector<std::vector<int64_t>> byClass(static_cast<size_t>(classes));
    std::vector<int64_t> order;
    order.reserve(labels.size());
    for (size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] < 0 || labels[i] >= classes)
            continue;
        byClass[static_cast<size_t>(labels[i])].push_back(static_cast<int64_t>(i));
        order.push_back(static_cast<int64_t>(i));
    }
    if (sampler != "natural" && !order.empty()) {
        const auto total = static_cast<int64_t>(order.size());
        order.clear();
        std::erase_if(byClass, [](const auto& samples) { return samples.empty(); });
        std::vector<double> shares;
        shares.reserve(byClass.size());
        for (const auto& samples : byClass)
            shares.push_back(shareOf(sampler, samples.size()));
        const auto counts = apportion(shares, total, random);
        for (size_t c = 0; c < byClass.size(); ++c) {
            auto& samples = byClass[c];
            for (int64_t i = 0; i < counts[c]; ++i) {
                const size_t at = static_cast<size_t>(i) % samples.size();
                if (at == 0)
                    shuffle(samples, random);
                order.push_back(samples[at]);
            }
        }
    }
    shuffle(order, random);
    return order;
}

std::vector<int64_t> batchBounds(int64_t samples, int64_t batch)
{
    const int64_t steps = (samples + batch - 1) / batch;
    std::vector<int64_t> bounds;
    bounds.reserve(static_cast<size_t>(steps) + 1);
    for (int64_t step = 0; step <= steps; ++step)
        bounds.push_back(samples * step / std::max<int64_t>(1, steps));
    return bounds;
}

} // namespace telltale
