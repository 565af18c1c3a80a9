// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spans.h"
#include <map>
#include <string_view>
#include <vector>

namespace telltale {

struct SpanGroupKey {
    std::string_view video; ///< of a span that outlives the key
    int classId = 0;
    auto operator<=>(const SpanGroupKey&) const = default; // NOLINT(modernize-use-nullptr): a misreading
};

/// Indices of the spans of each class in each video, in the order of the list.
using SpanGroups = std::map<SpanGroupKey, std::vector<size_t>>;
SpanGroups groupedSpans(const std::vector<ScoredSpan>& spans);
/// The group with the video and class of `span`; an empty one if there is none.
const std::vector<size_t>& spansLike(const SpanGroups& groups, const ScoredSpan& span);

} // namespace telltale
