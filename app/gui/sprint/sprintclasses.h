// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/models/spanlistmodel.h"
#include <vector>

namespace telltale {

/// A class with proposals that wait for a decision.
struct SprintClass {
    int classId = -1;
    int64_t examples = 0; ///< accepted or corrected spans
    int64_t waiting = 0;

    bool operator==(const SprintClass&) const = default;
};

/// The classes of which proposals wait, rarest first: fewest examples, then fewest that wait. `all`: also
/// those of which none waits.
std::vector<SprintClass> sprintClasses(const SpanListModel& spans, bool all = false);

/// The waiting proposals of a class, surest first; of equally sure ones the smaller id.
std::vector<int64_t> sprintOrder(const SpanListModel& spans, int classId);

} // namespace telltale
