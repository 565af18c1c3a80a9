// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <vector>

namespace telltale {

/// A curve of one value a frame with its lowest and highest value over stretches that double in length from
/// level to level, so that a column of pixels costs a few numbers however long the curve is. A value type
/// without any Qt in it.
class CurvePyramid {
public:
    struct Columns {
        std::vector<float> low;
        std::vector<float> high;
    };

    CurvePyramid() = default;
    /// O(length). What is no number counts as 0.
    explicit CurvePyramid(std::vector<float> curve);

    const std::vector<float>& curve() const { return m_curve; }
    int64_t size() const { return static_cast<int64_t>(m_curve.size()); }
    /// Lowest and highest of at most `count` columns; column i begins at `position` (in frames, not before
    /// the first) + i * `framesPerColumn`. Up to the end of the curve. From a frame a column on, a column has
    /// the extremes of the frames that it touches, which count as a whole, as stretches of up to half a
    /// column do; below that values stand in the middle of their frames with straight lines between them.
    Columns columns(double position, double framesPerColumn, int count) const;

private:
    struct Range {
        float low;
        float high;
    };
    Range over(int64_t from, int64_t to, int level) const;
    float between(double position) const;

    std::vector<float> m_curve;
    std::vector<std::vector<Range>> m_levels; ///< of 2, 4, 8 ... values; the last may be of fewer
};

} // namespace telltale
