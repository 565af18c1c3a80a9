// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/nearestexamples.h"
#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

namespace telltale {
namespace {

/// Nothing if there is no modality of which both have an embedding of the same width.
std::optional<double> embeddingCosine(const ExampleFeatures& a, const ExampleFeatures& b)
{
    double sum = 0;
    int compared = 0;
    for (const auto& [modality, embedding] : a.embeddings) {
        const auto other = b.embeddings.find(modality);
        if (embedding.empty() || other == b.embeddings.end() || other->second.size() != embedding.size())
            continue;
        sum += cosineOf(embedding, other->second);
        ++compared;
    }
    return compared > 0 ? std::optional(sum / compared) : std::nullopt;
}

double durationAndScores(const ExampleFeatures& a, const ExampleFeatures& b)
{
    const double longer = std::max(a.seconds, b.seconds);
    const double shorter = std::min(a.seconds, b.seconds);
    const double ratio = longer > 0 && shorter > 0 ? shorter / longer : 0;
    if (a.scores.empty() || a.scores.size() != b.scores.size())
        return ratio;
    return (ratio + std::max(0.0, cosineOf(a.scores, b.scores))) / 2;
}

} // namespace

double cosineOf(std::span<const float> a, std::span<const float> b)
{
    if (a.size() != b.size())
        return 0;
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const double x = a[i];
        const double y = b[i];
        product += x * y;
        ofA += x * x;
        ofB += y * y;
    }
    const double length = std::sqrt(ofA) * std::sqrt(ofB);
    return length > 0 && std::isfinite(length) ? std::clamp(product / length, -1.0, 1.0) : 0;
}

std::vector<NearExample> nearestExamples(
    const ExampleFeatures& wanted, std::span<const ExampleFeatures> pool, int classId, size_t count)
{
    std::vector<NearExample> found;
    for (const ExampleFeatures& one : pool) {
        if (one.classId != classId || one.id == wanted.id || one.subject == wanted.subject)
            continue;
        const auto cosine = embeddingCosine(wanted, one);
        found.push_back({one.id, cosine ? *cosine : durationAndScores(wanted, one),
            cosine ? ExampleMeasure::Embedding : ExampleMeasure::DurationAndScores});
    }
    std::ranges::sort(
        found, {}, [](const NearExample& one) { return std::tuple(one.measure, -one.similarity, one.id); });
    if (found.size() > count)
        found.resize(count);
    return found;
}

} // namespace telltale
