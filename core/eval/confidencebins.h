// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <vector>

namespace telltale {

/// Equal bins of confidences, (low, high]. The edges are single precision, and a confidence of exactly 0
/// falls in no bin, as in the tool of Guo et al. 2017.
class ConfidenceBins {
public:
    explicit ConfidenceBins(int bins);
    size_t count() const { return m_edges.size() - 1; }
    double low(size_t bin) const { return static_cast<double>(m_edges[bin]); }
    double high(size_t bin) const { return static_cast<double>(m_edges[bin + 1]); }
    /// The bin of a confidence; -1: none.
    int of(double confidence) const;

private:
    std::vector<float> m_edges;
};

} // namespace telltale
