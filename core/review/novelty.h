// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace telltale {

/// Rows of `width` numbers, one behind the other.
struct FeatureRows {
    size_t width = 0;
    std::vector<float> values;

    size_t count() const { return width > 0 ? values.size() / width : 0; }
};

/// Scales the part to unit length; one without any stays 0.
void normalise(std::span<float> part);

/// For each row of `items` how unlike the most similar row of `examples` it is: 1 - cosine, in [0, 1]. Rows
/// of unit length, both sets of one width; 1 without examples. items x examples x width products; any thread.
std::vector<float> novelty(const FeatureRows& items, const FeatureRows& examples);

} // namespace telltale
