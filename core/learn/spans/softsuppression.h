// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/overlapindex.h"
#include "learn/spans/suppression.h"
#include <span>
#include <vector>

namespace telltale {

/// Suppression within one group of segments (of a class, or all): `members` are places in `segments`, which
/// are finite. Survivors best first, at most options.most.
std::vector<Survivor> softSurvivors(const std::vector<Segment>& segments, std::span<const uint32_t> members,
    const SuppressionOptions& options);
std::vector<Survivor> hardSurvivors(const std::vector<Segment>& segments, std::span<const uint32_t> members,
    const SuppressionOptions& options);

/// What both references add to a length.
inline constexpr float kLengthMargin = 1e-6F;

} // namespace telltale
