// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

namespace telltale {

/// A probability below this counts as this much: its logarithm is a number.
inline constexpr double kLeastProbability = 1e-12;

/// Of probabilities, as the logits that a temperature is put on.
inline std::vector<float> logarithms(const std::vector<double>& probabilities)
{
    std::vector<float> logs(probabilities.size());
    std::transform(probabilities.begin(), probabilities.end(), logs.begin(),
        [](double p) { return static_cast<float>(std::log(std::max(kLeastProbability, p))); });
    return logs;
}

} // namespace telltale
