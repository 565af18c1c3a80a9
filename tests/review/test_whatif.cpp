// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "review/whatif.h"
#include <gtest/gtest.h>
#include <set>

using namespace telltale;

namespace {

ScoredProposal proposal(int64_t id, ProposalVerdict now, ProposalVerdict next, bool decided = false)
{
    return {id, decided, now, next};
}

} // namespace

TEST(WhatIf, CountsEachWayFromClassToClassAndBringsTheLargestFirst)
{
    const std::vector<ScoredProposal> proposals{
        proposal(1, {4, 0.9, true}, {4, 0.7, true}), // as it was
        proposal(2, {4, 0.5, false}, {7, 0.6, false}), proposal(3, {2, 0.5, false}, {4, 0.8, true}),
        proposal(4, {4, 0.5, false}, {7, 0.9, true}),
        proposal(5, {2, 0.6, false}, {2, 0.8, true}), // the same name, agreed on
        proposal(6, {2, 0.9, true}, {2, 0.4, false}), // the same name, no longer
        proposal(7, {-1, 0, false}, {2, 0.4, false}), // a name for the first time
    };
    const WhatIf found = compareProposals(proposals);
    EXPECT_EQ(found.compared, 7);
    EXPECT_EQ(found.renamed(), 4);
    ASSERT_EQ(found.flows.size(), 5U);
    EXPECT_EQ(found.flows[0].from, 4);
    EXPECT_EQ(found.flows[0].to, 7);
    EXPECT_EQ(found.flows[0].count, 2U);
    EXPECT_EQ(found.changes[found.flows[0].first].spanId, 4) << "the more probable one first";
    EXPECT_EQ(found.changes[found.flows[0].first + 1].spanId, 2);
    EXPECT_EQ(found.flows[1].from, -1);
    EXPECT_EQ(found.flows[2].from, 2);
    EXPECT_EQ(found.flows[2].to, 4);
    for (const size_t agreement : {size_t{3}, size_t{4}}) {
        EXPECT_EQ(found.flows[agreement].from, 2);
        EXPECT_EQ(found.flows[agreement].to, 2);
        EXPECT_EQ(found.changes[found.flows[agreement].first].spanId, found.flows[agreement].gained ? 5 : 6);
    }
    EXPECT_NE(found.flows[3].gained, found.flows[4].gained);
}

TEST(WhatIf, NothingThatAPersonDecidedIsInItWhateverTheHeadsSay)
{
    Random random(11);
    std::vector<ScoredProposal> proposals;
    std::set<int64_t> decided;
    size_t expected = 0;
    for (int64_t id = 1; id <= 3000; ++id) {
        const auto verdict = [&random] {
            return ProposalVerdict{static_cast<int>(random.below(4)) - 1, 0.5, random.below(2) == 0};
        };
        const ScoredProposal one = proposal(id, verdict(), verdict(), random.below(3) == 0);
        const bool differs = one.now.classId != one.next.classId || one.now.accepted != one.next.accepted;
        if (one.decided)
            decided.insert(id);
        else
            expected += differs ? 1 : 0;
        proposals.push_back(one);
    }
    const WhatIf found = compareProposals(proposals);
    ASSERT_GT(decided.size(), 500U);
    EXPECT_EQ(found.changes.size(), expected);
    EXPECT_EQ(found.compared, static_cast<int64_t>(proposals.size() - decided.size()));
    size_t inFlows = 0;
    for (const ProposalFlow& flow : found.flows)
        inFlows += flow.count;
    EXPECT_EQ(inFlows, found.changes.size());
    for (const ProposalChange& change : found.changes)
        EXPECT_FALSE(decided.contains(change.spanId)) << change.spanId;
}

TEST(WhatIf, WhatIsDecidedMeanwhileLeavesTheListAndComesBackWhenItIsOpenAgain)
{
    const WhatIf all = compareProposals(std::vector<ScoredProposal>{
        proposal(1, {1, 0.5, false}, {2, 0.9, false}), proposal(2, {1, 0.5, false}, {2, 0.8, false}),
        proposal(3, {3, 0.5, false}, {2, 0.7, false}), proposal(4, {3, 0.5, false}, {3, 0.7, false})});
    const WhatIf rest = stillOpen(all, [](int64_t id) { return id == 2 || id == 3; });
    EXPECT_EQ(rest.compared, 3); // of four one was decided
    ASSERT_EQ(rest.flows.size(), 2U);
    EXPECT_EQ(rest.flows[0].count, 1U);
    EXPECT_EQ(rest.changes[0].spanId, 2);
    EXPECT_EQ(rest.changes[1].spanId, 3);
    const WhatIf none = stillOpen(all, [](int64_t) { return false; });
    EXPECT_TRUE(none.flows.empty());
    EXPECT_TRUE(none.changes.empty());
    EXPECT_EQ(stillOpen(all, [](int64_t) { return true; }).changes.size(), all.changes.size());
}

TEST(WhatIf, HeadsThatSayTheSameChangeNothing)
{
    EXPECT_TRUE(compareProposals({}).changes.empty());
    const WhatIf same
        = compareProposals(std::vector<ScoredProposal>{proposal(1, {1, 0.5, false}, {1, 0.9, false})});
    EXPECT_TRUE(same.flows.empty());
    EXPECT_EQ(same.compared, 1);
}
