// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/figures.h"
#include <cstddef>
#include <span>
#include <vector>

namespace telltale {

/// Counts of one group (a subject or a video), several numbers for each label. All figures follow from sums
/// of these, so that drawing groups anew costs additions and no look at frames or spans.
template <typename Part> class LabelSums {
public:
    LabelSums(size_t parts, size_t labels) : m_labels(labels), m_values(parts * labels, 0) { }

    size_t labels() const { return m_labels; }
    double& at(Part part, size_t label, size_t further = 0)
    {
        return m_values[(static_cast<size_t>(part) + further) * m_labels + label];
    }
    std::span<const double> part(Part part, size_t further = 0) const
    {
        return {m_values.data() + (static_cast<size_t>(part) + further) * m_labels, m_labels};
    }
    void clear() { m_values.assign(m_values.size(), 0); }
    void addTimes(const LabelSums& other, double times)
    {
        for (size_t i = 0; i < m_values.size(); ++i)
            m_values[i] += times * other.m_values[i];
    }

private:
    size_t m_labels;
    std::vector<double> m_values;
};

/// Of two coders. The last label is background; parts about spans leave it 0.
enum class PairPart : size_t {
    FramesA,
    FramesB,
    FramesBoth,
    GesturesA, ///< of frames in which both marked a gesture
    GesturesB,
    GesturesBoth,
    SpansA,
    SpansB,
    PairsA, ///< what A said of pairs
    PairsB,
    PairsBoth,
    Agreed, ///< pairs within the label; one more part for each threshold
};
using PairSums = LabelSums<PairPart>;

/// Of any number of coders.
enum class GroupPart : size_t {
    FleissItems, ///< at label 0
    FleissGiven,
    FleissSquares,
    AlphaGiven,
    AlphaBoth,
    Count,
};
using GroupSums = LabelSums<GroupPart>;

} // namespace telltale
