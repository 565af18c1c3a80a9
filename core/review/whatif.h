// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace telltale {

/// What would become of the open proposals with other heads. Pure, any thread.

/// What heads say of one proposal.
struct ProposalVerdict {
    int classId = -1; ///< the most probable; -1: no name
    double probability = 0;
    bool accepted = false; ///< the modalities agree well enough for a pseudo-label
};

struct ScoredProposal {
    int64_t spanId = 0;
    bool decided = false; ///< by a person: no heads change it
    ProposalVerdict now; ///< of the heads in use
    ProposalVerdict next; ///< of the new ones
};

/// A proposal that would get another name, or would be agreed on where it was not, or no longer.
struct ProposalChange {
    int64_t spanId = 0;
    ProposalVerdict now;
    ProposalVerdict next;

    bool renamed() const { return now.classId != next.classId; }
};

/// Changes of one kind: from one class to another, or of one class gaining or losing agreement.
struct ProposalFlow {
    int from = -1;
    int to = -1;
    bool gained = false; ///< where from == to: agreed on from now on; else: no longer
    size_t first = 0; ///< of WhatIf::changes
    size_t count = 0;
};

struct WhatIf {
    int64_t compared = 0; ///< open proposals that both heads could name
    std::vector<ProposalChange> changes; ///< by flow; in each the most probable first
    std::vector<ProposalFlow> flows; ///< other names before other agreement, each the largest first

    int64_t renamed() const; ///< changes that are other names
};

/// What a person decided is left out, whatever the heads say.
WhatIf compareProposals(std::span<const ScoredProposal> proposals);
/// Only the changes of spans for which `open` is true, as after decisions that were made meanwhile.
WhatIf stillOpen(const WhatIf& all, const std::function<bool(int64_t spanId)>& open);

} // namespace telltale
