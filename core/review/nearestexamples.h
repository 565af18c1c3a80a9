// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// What a span is compared by.
struct ExampleFeatures {
    int64_t id = 0;
    std::string subject; ///< who is filmed
    int classId = -1;
    double seconds = 0; ///< length
    std::vector<float> scores; ///< of the classes; may be empty
    std::map<std::string, std::vector<float>> embeddings; ///< by modality; may be empty
};

/// How two spans were compared.
enum class ExampleMeasure {
    Embedding, ///< mean cosine of the embeddings that both have
    DurationAndScores, ///< mean of the ratio of lengths and of the cosine of scores
};

struct NearExample {
    int64_t id = 0;
    double similarity = 0; ///< Embedding: [-1, 1]; DurationAndScores: [0, 1]
    ExampleMeasure measure = ExampleMeasure::Embedding;

    bool operator==(const NearExample&) const = default;
};

/// The `count` spans of `pool` that are most like `wanted`, of the class `classId` and of other subjects;
/// most similar first, of equal ones the smaller id. Those that can be compared by embeddings (one modality
/// at least of which both have one of the same width) come before those that cannot. Missing scores of one
/// leave the lengths alone to speak; a span without length has ratio 0. Any thread. Provenance of the second
/// measure: ours.
std::vector<NearExample> nearestExamples(
    const ExampleFeatures& wanted, std::span<const ExampleFeatures> pool, int classId, size_t count);

/// Cosine of two rows of one width; 0 if one has no length or the widths differ.
double cosineOf(std::span<const float> a, std::span<const float> b);

} // namespace telltale
