// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/whatif.h"
#include <algorithm>
#include <map>
#include <tuple>

namespace telltale {
namespace {

/// Kind of a change; other names come before other agreement.
struct FlowKey {
    bool sameName = false;
    int from = -1;
    int to = -1;
    bool gained = false;

    auto operator<=>(const FlowKey&) const = default;
};

FlowKey keyOf(const ProposalChange& change)
{
    const bool same = !change.renamed();
    return {same, change.now.classId, change.next.classId, same && change.next.accepted};
}

/// By flow, the largest first.
WhatIf grouped(int64_t compared, const std::vector<ProposalChange>& changes)
{
    std::map<FlowKey, std::vector<ProposalChange>> flows;
    for (const ProposalChange& change : changes)
        flows[keyOf(change)].push_back(change);
    std::vector<FlowKey> order;
    order.reserve(flows.size());
    for (const auto& entry : flows)
        order.push_back(entry.first);
    std::ranges::stable_sort(order, [&flows](const FlowKey& a, const FlowKey& b) {
        return a.sameName != b.sameName ? b.sameName : flows.at(a).size() > flows.at(b).size();
    });
    WhatIf result;
    result.compared = compared;
    for (const FlowKey& key : order) {
        std::vector<ProposalChange>& some = flows.at(key);
        std::ranges::sort(some, [](const ProposalChange& a, const ProposalChange& b) {
            return std::tie(b.next.probability, a.spanId) < std::tie(a.next.probability, b.spanId);
        });
        result.flows.push_back({key.from, key.to, key.gained, result.changes.size(), some.size()});
        result.changes.insert(result.changes.end(), some.begin(), some.end());
    }
    return result;
}

} // namespace

int64_t WhatIf::renamed() const
{
    return std::ranges::count_if(changes, [](const ProposalChange& one) { return one.renamed(); });
}

WhatIf compareProposals(std::span<const ScoredProposal> proposals)
{
    int64_t compared = 0;
    std::vector<ProposalChange> changes;
    for (const ScoredProposal& one : proposals) {
        if (one.decided)
            continue;
        ++compared;
        const ProposalChange change{one.spanId, one.now, one.next};
        if (change.renamed() || one.now.accepted != one.next.accepted)
            changes.push_back(change);
    }
    return grouped(compared, changes);
}

WhatIf stillOpen(const WhatIf& all, const std::function<bool(int64_t spanId)>& open)
{
    std::vector<ProposalChange> changes;
    for (const ProposalChange& change : all.changes)
        if (open(change.spanId))
            changes.push_back(change);
    const auto gone = static_cast<int64_t>(all.changes.size() - changes.size());
    return grouped(all.compared - gone, changes);
}

} // namespace telltale
