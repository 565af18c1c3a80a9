// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/decode.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {
namespace {

struct Candidate {
    RowSpan span;
    double contrast = 0;
};

/// Sums of the curve, so that any mean is two look-ups.
class Means {
public:
    explicit Means(const std::vector<float>& curve) : m_sums(curve.size() + 1)
    {
        for (size_t i = 0; i < curve.size(); ++i)
            m_sums[i + 1] = m_sums[i] + static_cast<double>(curve[i]);
    }
    double sum(int64_t first, int64_t last) const
    {
        return m_sums[static_cast<size_t>(last)] - m_sums[static_cast<size_t>(first)];
    }
    double mean(int64_t first, int64_t last) const
    {
        return last > first ? sum(first, last) / static_cast<double>(last - first) : 0;
    }
    int64_t size() const { return static_cast<int64_t>(m_sums.size()) - 1; }

private:
    std::vector<double> m_sums;
};

std::vector<RowSpan> runsAbove(const std::vector<float>& curve, double threshold, int64_t mergeGap)
{
    std::vector<RowSpan> runs;
    const auto rows = static_cast<int64_t>(curve.size());
    for (int64_t r = 0; r < rows; ++r) {
        if (curve[static_cast<size_t>(r)] < threshold)
            continue;
        if (!runs.empty() && r - runs.back().last <= mergeGap)
            runs.back().last = r + 1;
        else
            runs.push_back({r, r + 1, 0});
    }
    return runs;
}

/// Splits at the lowest inner row until every piece is short enough.
void splitLong(const std::vector<float>& curve, const RowSpan& run, int64_t shortest, int64_t longest,
    std::vector<RowSpan>& out)
{
    if (run.last - run.first <= longest) {
        out.push_back(run);
        return;
    }
    const auto begin = curve.begin() + run.first + shortest;
    const auto end = curve.begin() + run.last - shortest;
    const int64_t cut = std::min_element(begin, end) - curve.begin();
    splitLong(curve, {run.first, cut, 0}, shortest, longest, out);
    splitLong(curve, {cut, run.last, 0}, shortest, longest, out);
}

/// Mean inside minus mean of the quarter of the length beside it on both sides.
double contrastOf(const Means& means, const RowSpan& span)
{
    const int64_t reach = std::max<int64_t>(2, (span.last - span.first) / 4);
    const int64_t left = std::max<int64_t>(0, span.first - reach);
    const int64_t right = std::min(means.size(), span.last + reach);
    const int64_t outside = span.first - left + right - span.last;
    const double around = outside > 0
        ? (means.sum(left, span.first) + means.sum(span.last, right)) / static_cast<double>(outside)
        : 0;
    return means.mean(span.first, span.last) - around;
}

double overlapOf(const RowSpan& a, const RowSpan& b)
{
    const int64_t shared = std::max<int64_t>(0, std::min(a.last, b.last) - std::max(a.first, b.first));
    const int64_t all = a.last - a.first + b.last - b.first - shared;
    return all > 0 ? static_cast<double>(shared) / static_cast<double>(all) : 0;
}

/// True if two disjoint candidates inside `parent` have a valley between them: it then is not one gesture but
/// two. `candidates` are by start.
bool fallsApart(const RowSpan& parent, const std::vector<Candidate>& candidates,
    const std::vector<float>& curve, const Means& means, double valley)
{
    const auto begin = std::lower_bound(candidates.begin(), candidates.end(), parent.first,
        [](const Candidate& candidate, int64_t row) { return candidate.span.first < row; });
    std::vector<RowSpan> inside;
    for (auto it = begin; it != candidates.end() && it->span.first < parent.last; ++it)
        if (it->span.last <= parent.last)
            inside.push_back(it->span);
    for (const RowSpan& a : inside)
        for (const RowSpan& b : inside) {
            if (a.last >= b.first)
                continue;
            const float lowest = *std::min_element(curve.begin() + a.last, curve.begin() + b.first);
            if (lowest < valley * std::min(means.mean(a.first, a.last), means.mean(b.first, b.last)))
                return true;
        }
    return false;
}

/// Greedy choice by contrast; what little overlap is left is shared at its middle.
std::vector<RowSpan> choose(std::vector<Candidate> candidates, const DecodeOptions& options, int64_t shortest)
{
    std::stable_sort(candidates.begin(), candidates.end(),
        [](const Candidate& a, const Candidate& b) { return a.contrast > b.contrast; });
    std::vector<RowSpan> kept;
    for (const Candidate& candidate : candidates) {
        const RowSpan& span = candidate.span;
        const bool clash = std::any_of(kept.begin(), kept.end(), [&](const RowSpan& other) {
            const bool nested = (span.first <= other.first && span.last >= other.last)
                || (span.first >= other.first && span.last <= other.last);
            return nested || overlapOf(span, other) > options.overlap;
        });
        if (!clash)
            kept.push_back(span);
    }
    std::sort(kept.begin(), kept.end(), [](const RowSpan& a, const RowSpan& b) { return a.first < b.first; });
    for (size_t i = 1; i < kept.size(); ++i) {
        if (kept[i - 1].last <= kept[i].first)
            continue;
        const int64_t middle = (kept[i - 1].last + kept[i].first) / 2;
        kept[i - 1].last = middle;
        kept[i].first = middle;
    }
    std::erase_if(kept, [&](const RowSpan& span) { return span.last - span.first < shortest; });
    return kept;
}

} // namespace

bool limitShare(std::vector<float>& curve, double rate, const DecodeOptions& options)
{
    if (static_cast<double>(curve.size()) < options.calmSeconds * rate)
        return false;
    std::vector<float> sorted = curve;
    const auto at = sorted.begin()
        + static_cast<std::ptrdiff_t>((1 - options.largestShare) * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), at, sorted.end());
    if (*at <= 0.5f)
        return false;
    const auto logit = [](float p) {
        const double bounded = std::clamp(static_cast<double>(p), 1e-6, 1 - 1e-6);
        return std::log(bounded / (1 - bounded));
    };
    const double least = options.thresholds.empty() ? 0.5 : options.thresholds.front();
    const double shift = logit(*at) - logit(static_cast<float>(least));
    for (float& value : curve)
        value = static_cast<float>(1 / (1 + std::exp(shift - logit(value))));
    return true;
}

std::vector<RowSpan> decodeSpans(const std::vector<float>& curve, double rate, const DecodeOptions& options)
{
    const auto rowsOf = [rate](double seconds) { return static_cast<int64_t>(std::llround(seconds * rate)); };
    const int64_t shortest = std::max<int64_t>(1, rowsOf(options.shortestSeconds));
    const int64_t longest = std::max(2 * shortest + 1, rowsOf(options.longestSeconds));
    const Means means(curve);
    std::vector<Candidate> candidates;
    for (const double threshold : options.thresholds) {
        std::vector<RowSpan> pieces;
        for (const RowSpan& run : runsAbove(curve, threshold, rowsOf(options.mergeGapSeconds)))
            splitLong(curve, run, shortest, longest, pieces);
        for (RowSpan& piece : pieces)
            if (piece.last - piece.first >= shortest)
                candidates.push_back({piece, contrastOf(means, piece)});
    }
    std::sort(candidates.begin(), candidates.end(),
        [](const Candidate& a, const Candidate& b) { return a.span.first < b.span.first; });
    std::vector<Candidate> whole;
    for (const Candidate& candidate : candidates)
        if (!fallsApart(candidate.span, candidates, curve, means, options.valley))
            whole.push_back(candidate);
    std::vector<RowSpan> spans = choose(std::move(whole), options, shortest);
    for (RowSpan& span : spans)
        span.score = means.mean(span.first, span.last);
    std::erase_if(spans, [&](const RowSpan& span) { return span.score < options.minScore; });
    return spans;
}

} // namespace telltale
