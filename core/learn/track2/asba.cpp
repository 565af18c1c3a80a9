// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/asba.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {

std::vector<double> classRarity(const std::vector<int64_t>& counts)
{
    std::vector<double> effective(counts.size());
    const double all
        = std::max<double>(1, static_cast<double>(std::accumulate(counts.begin(), counts.end(), int64_t{0})));
    for (size_t i = 0; i < counts.size(); ++i) {
        const auto n = static_cast<double>(std::max<int64_t>(counts[i], 1));
        // (1 - b^n) / (1 - b) without the differences of numbers near 1; for N = 1 it is 1.
        effective[i] = all > 1 ? -std::expm1(n * std::log1p(-1 / all)) * all : 1;
    }
    std::vector<double> rarity(counts.size(), 0);
    if (counts.empty())
        return rarity;
    const auto [least, most] = std::minmax_element(effective.begin(), effective.end());
    const double range = std::log(*most) - std::log(*least);
    for (size_t i = 0; i < counts.size() && range > 0; ++i)
        rarity[i] = std::clamp((std::log(*most) - std::log(effective[i])) / range, 0.0, 1.0);
    return rarity;
}

ClassIntensities::ClassIntensities(const std::vector<int64_t>& counts, const AsbaOptions& options)
    : m_options(options)
    , m_rarity(classRarity(counts))
    , m_losses(counts.size(), -1)
    , m_sums(counts.size(), 0)
    , m_points(counts.size(), 0)
{
}

void ClassIntensities::addLoss(int label, double sum, double points)
{
    const auto at = static_cast<size_t>(label);
    if (label < 0 || at >= m_sums.size() || !std::isfinite(sum) || !(points > 0))
        return;
    m_sums[at] += sum;
    m_points[at] += points;
}

void ClassIntensities::closeEpoch()
{
    for (size_t i = 0; i < m_losses.size(); ++i) {
        if (m_points[i] > 0) {
            const double mean = m_sums[i] / m_points[i];
            m_losses[i] = m_losses[i] < 0
                ? mean
                : m_options.difficultyDecay * m_losses[i] + (1 - m_options.difficultyDecay) * mean;
        }
        m_sums[i] = m_points[i] = 0;
    }
}

std::vector<double> ClassIntensities::difficulty() const
{
    std::vector<double> difficulty(m_losses.size(), m_options.difficultyStart);
    const double most = m_losses.empty() ? 0 : *std::max_element(m_losses.begin(), m_losses.end());
    for (size_t i = 0; i < m_losses.size(); ++i)
        if (m_losses[i] >= 0 && most > 0)
            difficulty[i] = m_losses[i] / most;
    return difficulty;
}

std::vector<double> ClassIntensities::intensity() const
{
    if (!m_options.adaptive)
        return std::vector<double>(m_rarity.size(), m_options.uniform);
    std::vector<double> intensity = difficulty();
    for (size_t i = 0; i < intensity.size(); ++i)
        intensity[i] = m_options.combine == "mean"
            ? m_options.rarityShare * m_rarity[i] + (1 - m_options.rarityShare) * intensity[i]
            : 1 - (1 - m_rarity[i]) * (1 - intensity[i]);
    return intensity;
}

AugmentationStrength ClassIntensities::strengthFor(const std::vector<int>& labels) const
{
    double most = m_options.adaptive ? 0 : m_options.uniform;
    const std::vector<double> intensities = intensity();
    for (const int label : labels)
        if (label >= 0 && static_cast<size_t>(label) < intensities.size())
            most = std::max(most, intensities[static_cast<size_t>(label)]);
    return {m_options.chanceLeast + (m_options.chanceMost - m_options.chanceLeast) * most,
        m_options.strengthLeast + (m_options.strengthMost - m_options.strengthLeast) * most};
}

Status ClassIntensities::restore(const std::vector<double>& losses)
{
    if (losses.size() != m_losses.size())
        return Error{ErrorCode::InvalidArgument,
            "The running losses are of " + std::to_string(losses.size()) + " classes, wanted "
                + std::to_string(m_losses.size()) + "."};
    m_losses = losses;
    return {};
}

} // namespace telltale
