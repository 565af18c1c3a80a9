// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/boundarysnap.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace telltale {
namespace {

/// Those in reach and strong enough, with strengths as shares of the strongest.
std::vector<BoundaryCandidate> goodOnes(const std::vector<BoundaryCandidate>& kind, int64_t from,
    int64_t reach, const FrameSpan& allowed, double leastShare)
{
    std::vector<BoundaryCandidate> good;
    double strongest = 0;
    for (const BoundaryCandidate& each : kind) {
        if (std::abs(each.frame - from) > reach || !allowed.contains(each.frame) || !(each.strength > 0))
            continue;
        strongest = std::max(strongest, each.strength);
        good.push_back(each);
    }
    std::erase_if(
        good, [&](const BoundaryCandidate& each) { return each.strength < leastShare * strongest; });
    for (BoundaryCandidate& each : good)
        each.strength /= strongest;
    return good;
}

/// One for each group of near ones: kinds that agree are one place to go to, and a better one.
std::vector<BoundaryCandidate> joined(std::vector<BoundaryCandidate> all, int64_t same)
{
    std::ranges::sort(all, {}, &BoundaryCandidate::frame);
    std::vector<BoundaryCandidate> groups;
    double strongest = 0; // of the last group
    for (const BoundaryCandidate& each : all) {
        if (groups.empty() || each.frame - groups.back().frame > same) {
            groups.push_back(each);
            strongest = each.strength;
            continue;
        }
        BoundaryCandidate& group = groups.back();
        if (each.strength > strongest) {
            group.frame = each.frame;
            strongest = each.strength;
        }
        group.strength += each.strength;
    }
    return groups;
}

} // namespace

std::vector<BoundaryCandidate> crossings(
    std::span<const float> curve, const FrameSpan& within, bool starts, float level)
{
    std::vector<BoundaryCandidate> found;
    const FrameSpan span = clampSpan(within, static_cast<int64_t>(curve.size()));
    const auto at = [&](int64_t frame) {
        const float value = curve[static_cast<size_t>(frame)];
        return std::isfinite(value) ? value : 0.0F;
    };
    for (int64_t frame = std::max<int64_t>(1, span.first); frame < span.last; ++frame) {
        const float before = at(frame - 1);
        const float now = at(frame);
        if (starts ? before < level && now >= level : before >= level && now < level)
            found.push_back({frame, std::abs(static_cast<double>(now) - static_cast<double>(before))});
    }
    return found;
}

std::vector<int64_t> snapOrder(std::span<const std::vector<BoundaryCandidate>> kinds, int64_t from,
    int64_t reach, const FrameSpan& allowed, const SnapOptions& options)
{
    std::vector<BoundaryCandidate> all;
    for (const std::vector<BoundaryCandidate>& kind : kinds)
        std::ranges::move(goodOnes(kind, from, reach, allowed, options.leastShare), std::back_inserter(all));
    all = joined(std::move(all), options.same);
    std::ranges::stable_sort(all, [from](const BoundaryCandidate& a, const BoundaryCandidate& b) {
        const int64_t near = std::abs(a.frame - from);
        const int64_t other = std::abs(b.frame - from);
        return near != other ? near < other : a.strength > b.strength;
    });
    std::vector<int64_t> frames;
    for (const BoundaryCandidate& each : all)
        if (each.frame != from)
            frames.push_back(each.frame);
    return frames;
}

} // namespace telltale
