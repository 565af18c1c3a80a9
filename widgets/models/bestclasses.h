// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/models/spandigest.h"
#include <vector>

namespace telltale {

struct LabelScheme;

/// The first `count` classes of a row of probabilities, most probable first; of equally probable ones the one
/// that stands first in the scheme.
std::vector<Candidate> bestClasses(const std::vector<float>& probabilities, size_t count);

/// Takes out what nobody is offered any more: what is no class, and retired ones.
void dropRetired(std::vector<Candidate>& candidates, const LabelScheme& scheme);

} // namespace telltale
