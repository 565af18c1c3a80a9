// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/overlapindex.h"
#include "learn/spans/suppression.h"
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// Suppression within one group of segments (of a class, or all), one survivor after the other. One thread.
class SuppressionGroup {
public:
    virtual ~SuppressionGroup() = default;
    /// The best that is left, at most options.most of them. Of scores that are not negative none is higher
    /// than the one before.
    virtual std::optional<Survivor> next() = 0;
};

/// `members` are places in `segments`, which are finite. What is given must outlive the group.
std::unique_ptr<SuppressionGroup> makeGroup(const std::vector<Segment>& segments,
    std::span<const uint32_t> members, const SuppressionOptions& options);

/// What both references add to a length.
inline constexpr float kLengthMargin = 1e-6F;

} // namespace telltale
