// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cmpl/pseudorounds.h"

namespace telltale {

/// Where changes between two rounds are marked: a lane for those that lie on no span of the project, which
/// nobody can edit; none if there are none.
void addRoundLane(
    const PseudoRounds& rounds, const Document& document, int64_t videoId, std::vector<TimelineLane>& lanes);

} // namespace telltale
