// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <span>
#include <vector>

namespace telltale {

/// How unsure scores are and how far modalities are apart, both in [0, 1]. Scores are taken as shares: they
/// need not sum to 1, what is negative or no number counts as 0, and missing classes at the end are 0. Any
/// thread.

/// Shannon entropy of the shares over that of as many equal ones. 0 for fewer than two classes and where
/// nothing has a score.
double normalisedEntropy(std::span<const float> scores);

/// Jensen-Shannon divergence (Lin 1991) of any number of distributions with equal weights, over its upper
/// bound, the logarithm of their number: 0 where all say the same, 1 where each is sure of another class.
/// Distributions without a score do not vote; 0 if fewer than two do.
double disagreement(std::span<const std::vector<float>> modalities);

} // namespace telltale
