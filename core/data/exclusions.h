// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/types.h"
#include <unordered_map>
#include <vector>

namespace telltale {

/// True if the scheme says that the two classes cannot happen at the same time on one person; it is enough if
/// one of them says so.
bool exclude(const LabelScheme& scheme, int classId, int otherId);

/// Spans that contradict another one: classes that exclude each other, overlapping on one person of one video
/// in one layer. By id, with the first span that it contradicts; what was rejected or skipped does not count.
/// Spans in any order.
std::unordered_map<int64_t, int64_t> contradictions(
    const LabelScheme& scheme, const std::vector<Annotation>& spans);

} // namespace telltale
