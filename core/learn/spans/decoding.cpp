// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/decoding.h"
#include "learn/spans/keyorder.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

float sigmoid(float logit) { return 1 / (1 + std::exp(-logit)); }

bool isUsable(const Segment& segment)
{
    return std::isfinite(segment.start) && std::isfinite(segment.end) && std::isfinite(segment.score);
}

/// Adds the best of the candidates to `chosen`.
void choose(
    const std::vector<Segment>& candidates, const DecodingOptions& options, std::vector<Segment>& chosen)
{
    std::vector<uint32_t> keys(candidates.size());
    for (size_t i = 0; i < candidates.size(); ++i)
        keys[i] = descendingKey(candidates[i].score);
    const std::vector<uint32_t> order = orderByKey(keys);
    const size_t count
        = options.most > 0 ? std::min(order.size(), static_cast<size_t>(options.most)) : order.size();
    chosen.reserve(chosen.size() + count);
    for (size_t i = 0; i < count; ++i)
        if (candidates[order[i]].length() > options.shortest || options.shortest < 0)
            chosen.push_back(candidates[order[i]]);
}

void addLevel(const LevelOutput& level, size_t classes, float threshold, std::vector<Segment>& candidates)
{
    size_t positions = std::min(level.logits.size() / classes, level.offsets.size() / 2);
    if (!level.mask.empty())
        positions = std::min(positions, level.mask.size());
    const auto stride = static_cast<float>(level.stride);
    for (size_t position = 0; position < positions; ++position) {
        if (!level.mask.empty() && level.mask[position] == 0)
            continue;
        const float at = static_cast<float>(position) * stride;
        Segment segment{
            at - level.offsets[2 * position] * stride, at + level.offsets[2 * position + 1] * stride, 0, 0};
        for (size_t label = 0; label < classes; ++label) {
            segment.score = sigmoid(level.logits[position * classes + label]);
            segment.label = static_cast<int>(label);
            if (segment.score > threshold && isUsable(segment))
                candidates.push_back(segment);
        }
    }
}

} // namespace

DecodingOptions openTadDecoding() { return {}; }

DecodingOptions actionFormerDecoding()
{
    DecodingOptions options;
    options.perLevel = true;
    options.shortest = 0.05F;
    return options;
}

std::vector<Segment> decoded(
    const std::vector<LevelOutput>& levels, int classes, const DecodingOptions& options)
{
    std::vector<Segment> chosen;
    if (classes < 1)
        return chosen;
    std::vector<Segment> candidates;
    for (const LevelOutput& level : levels) {
        addLevel(level, static_cast<size_t>(classes), options.threshold, candidates);
        if (options.perLevel) {
            choose(candidates, options, chosen);
            candidates.clear();
        }
    }
    choose(candidates, options, chosen);
    return chosen;
}

std::vector<Segment> bestSegments(
    std::span<const float> bounds, std::span<const float> scores, int classes, const DecodingOptions& options)
{
    std::vector<Segment> chosen;
    if (classes < 1)
        return chosen;
    const auto width = static_cast<size_t>(classes);
    const size_t count = std::min(bounds.size() / 2, scores.size() / width);
    std::vector<Segment> candidates;
    for (size_t i = 0; i < count; ++i)
        for (size_t label = 0; label < width; ++label) {
            const Segment segment{
                bounds[2 * i], bounds[2 * i + 1], scores[i * width + label], static_cast<int>(label)};
            if (segment.score > options.threshold && isUsable(segment))
                candidates.push_back(segment);
        }
    choose(candidates, options, chosen);
    return chosen;
}

} // namespace telltale
