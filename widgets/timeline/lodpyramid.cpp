// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/lodpyramid.h"
#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int64_t kLeastBin = 8; ///< frames
constexpr int64_t kMostBins = 1 << 16;

} // namespace

void LodPyramid::build(int64_t frames, const std::vector<MarkedSpan>& spans)
{
    m_frames = std::max<int64_t>(0, frames);
    m_bin = kLeastBin;
    while (m_frames > m_bin * kMostBins)
        m_bin *= 2;
    m_levels.clear();
    auto bins = static_cast<size_t>((m_frames + m_bin - 1) / m_bin);
    while (bins > 0) {
        m_levels.push_back({std::vector<uint32_t>(bins, 0), std::vector<float>(bins, 0)});
        if (bins == 1)
            break;
        bins = (bins + 1) / 2;
    }
    if (m_levels.empty())
        return;
    const Bins all{0, m_levels.front().marks.size()};
    for (const MarkedSpan& marked : spans)
        paint(marked, all);
    raise(all);
}

void LodPyramid::paint(const MarkedSpan& marked, const Bins& within)
{
    const int64_t first = std::max<int64_t>(0, marked.span.first);
    const int64_t last = std::min(m_frames, marked.span.last);
    if (first >= last)
        return;
    Level& level = m_levels.front();
    const size_t begin = std::max(within.first, static_cast<size_t>(first / m_bin));
    const size_t end = std::min(within.last, static_cast<size_t>((last + m_bin - 1) / m_bin));
    for (size_t bin = begin; bin < end; ++bin) {
        level.marks[bin] = std::max(level.marks[bin], marked.mark);
        const int64_t start = static_cast<int64_t>(bin) * m_bin;
        level.covered[bin] += static_cast<float>(std::min(last, start + m_bin) - std::max(first, start));
    }
}

void LodPyramid::raise(Bins bins)
{
    for (size_t l = 1; l < m_levels.size(); ++l) {
        const Level& below = m_levels[l - 1];
        Level& level = m_levels[l];
        bins = {bins.first / 2, (bins.last + 1) / 2};
        for (size_t bin = bins.first; bin < bins.last; ++bin) {
            const size_t left = 2 * bin;
            const bool both = left + 1 < below.marks.size();
            level.marks[bin] = std::max(below.marks[left], both ? below.marks[left + 1] : 0);
            level.covered[bin] = below.covered[left] + (both ? below.covered[left + 1] : 0);
        }
    }
}

FrameSpan LodPyramid::widened(const FrameSpan& range) const
{
    const int64_t first = std::clamp<int64_t>(range.first, 0, m_frames);
    const int64_t last = std::clamp<int64_t>(range.last, first, m_frames);
    return {first / m_bin * m_bin, std::min(m_frames, (last + m_bin - 1) / m_bin * m_bin)};
}

void LodPyramid::update(const FrameSpan& range, std::span<const MarkedSpan> touching)
{
    const FrameSpan frames = widened(range);
    if (m_levels.empty() || frames.first >= frames.last)
        return;
    const Bins bins{
        static_cast<size_t>(frames.first / m_bin), static_cast<size_t>((frames.last + m_bin - 1) / m_bin)};
    Level& level = m_levels.front();
    std::fill(level.marks.begin() + static_cast<ptrdiff_t>(bins.first),
        level.marks.begin() + static_cast<ptrdiff_t>(bins.last), 0);
    std::fill(level.covered.begin() + static_cast<ptrdiff_t>(bins.first),
        level.covered.begin() + static_cast<ptrdiff_t>(bins.last), 0.0F);
    for (const MarkedSpan& marked : touching)
        paint(marked, bins);
    raise(bins);
}

size_t LodPyramid::levelFor(double framesPerColumn, double& binFrames) const
{
    size_t level = 0;
    binFrames = static_cast<double>(m_bin);
    while (level + 1 < m_levels.size() && binFrames * 4 <= framesPerColumn) {
        ++level;
        binFrames *= 2;
    }
    return level;
}

LodPyramid::Plan LodPyramid::plan(double position, double framesPerColumn, size_t columns) const
{
    Plan plan;
    if (m_levels.empty())
        return plan;
    double binFrames = 1;
    plan.level = levelFor(framesPerColumn, binFrames);
    plan.bins.reserve(columns);
    const auto most = static_cast<double>(m_levels[plan.level].marks.size());
    const double start = position / binFrames;
    const double step = framesPerColumn / binFrames;
    for (size_t column = 0; column < columns; ++column) {
        // What lies before or behind the video is cut off.
        const double left = std::clamp(start + static_cast<double>(column) * step, 0.0, most);
        const double right = std::clamp(start + static_cast<double>(column + 1) * step, 0.0, most);
        plan.bins.push_back({static_cast<uint32_t>(left), static_cast<uint32_t>(std::ceil(right))});
    }
    return plan;
}

void LodPyramid::columns(const Plan& plan, std::span<uint32_t> marks) const
{
    if (m_levels.empty())
        return;
    const std::vector<uint32_t>& bins = m_levels[plan.level].marks;
    for (size_t column = 0; column < std::min(marks.size(), plan.bins.size()); ++column) {
        const Plan::Bins within = plan.bins[column];
        uint32_t mark = marks[column];
        for (uint32_t bin = within.first; bin < within.last; ++bin)
            mark = std::max(mark, bins[bin]);
        marks[column] = mark;
    }
}

void LodPyramid::coverage(double position, double framesPerColumn, std::span<float> shares) const
{
    if (m_levels.empty())
        return;
    double binFrames = 1;
    const Level& level = m_levels[levelFor(framesPerColumn, binFrames)];
    const auto most = static_cast<double>(level.covered.size());
    const double start = position / binFrames;
    const double step = framesPerColumn / binFrames;
    for (size_t column = 0; column < shares.size(); ++column) {
        const double left = std::clamp(start + static_cast<double>(column) * step, 0.0, most);
        const double right = std::clamp(start + static_cast<double>(column + 1) * step, 0.0, most);
        double covered = 0;
        for (auto bin = static_cast<size_t>(left); static_cast<double>(bin) < right; ++bin) {
            const double inside
                = std::min(right, static_cast<double>(bin + 1)) - std::max(left, static_cast<double>(bin));
            covered += inside * static_cast<double>(level.covered[bin]);
        }
        shares[column] += static_cast<float>(covered / framesPerColumn);
    }
}

} // namespace telltale
