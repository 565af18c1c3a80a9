// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/suppression.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace telltale {

/// The quadratic algorithm, word for word as reference_ml.md 4.4 has it: a list that is searched from its
/// beginning for every segment.
struct PlainEntry {
    Segment segment;
    size_t index = 0;
};

inline float plainOverlap(const Segment& a, const Segment& b)
{
    const float shared = std::max(0.F, std::min(a.end, b.end) - std::max(a.start, b.start));
    return shared / ((a.end - a.start + 1e-6F) + (b.end - b.start + 1e-6F) - shared);
}

inline float plainWeight(const SuppressionOptions& options, const Segment& best, float overlap)
{
    const float gaussian = std::exp(-(overlap * overlap) / options.sigma);
    switch (options.method) {
    case SuppressionMethod::Linear:
        return overlap >= options.overlap ? 1 - overlap : 1.F;
    case SuppressionMethod::Gaussian:
        return gaussian;
    case SuppressionMethod::ImprovedGaussian:
        return overlap >= options.overlapBase + options.overlapSlope * (best.end - best.start + 1e-6F)
            ? gaussian
            : 1.F;
    default:
        return overlap >= options.overlap ? 0.F : 1.F;
    }
}

inline std::vector<PlainEntry> plainSoft(std::vector<PlainEntry> list, const SuppressionOptions& options)
{
    size_t count = list.size();
    for (size_t i = 0; i < count; ++i) {
        size_t best = i;
        for (size_t k = i + 1; k < count; ++k)
            if (list[best].segment.score < list[k].segment.score)
                best = k;
        std::swap(list[i], list[best]);
        for (size_t k = i + 1; k < count;) {
            list[k].segment.score
                *= plainWeight(options, list[i].segment, plainOverlap(list[i].segment, list[k].segment));
            if (list[k].segment.score < options.minimumScore)
                list[k] = list[--count];
            else
                ++k;
        }
    }
    list.resize(count);
    return list;
}

inline std::vector<PlainEntry> plainHard(std::vector<PlainEntry> list, const SuppressionOptions& options)
{
    if (options.minimumScore > 0)
        std::erase_if(
            list, [&](const PlainEntry& entry) { return entry.segment.score <= options.minimumScore; });
    std::stable_sort(list.begin(), list.end(),
        [](const PlainEntry& a, const PlainEntry& b) { return a.segment.score > b.segment.score; });
    std::vector<PlainEntry> chosen;
    for (const PlainEntry& entry : list)
        if (std::none_of(chosen.begin(), chosen.end(), [&](const PlainEntry& better) {
                return plainOverlap(better.segment, entry.segment) >= options.overlap;
            }))
            chosen.push_back(entry);
    return chosen;
}

inline std::vector<PlainEntry> plainSuppressed(
    const std::vector<Segment>& segments, const SuppressionOptions& options)
{
    std::map<int, std::vector<PlainEntry>> groups;
    for (size_t i = 0; i < segments.size(); ++i)
        groups[options.perClass ? segments[i].label : 0].push_back({segments[i], i});
    std::vector<PlainEntry> all;
    const auto cut = [&](std::vector<PlainEntry>& list) {
        if (options.most > 0 && list.size() > static_cast<size_t>(options.most))
            list.resize(static_cast<size_t>(options.most));
    };
    for (const auto& [label, group] : groups) {
        auto left = options.method == SuppressionMethod::Hard ? plainHard(group, options)
                                                              : plainSoft(group, options);
        cut(left);
        all.insert(all.end(), left.begin(), left.end());
    }
    std::stable_sort(all.begin(), all.end(),
        [](const PlainEntry& a, const PlainEntry& b) { return a.segment.score > b.segment.score; });
    cut(all);
    return all;
}

} // namespace telltale
