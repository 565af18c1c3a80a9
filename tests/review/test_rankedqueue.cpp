// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "review/expectedgain.h"
#include "review/rankedqueue.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <tuple>

namespace telltale {
namespace {

/// All items and standings in plain containers, sorted anew each time.
struct FullSort {
    std::map<int64_t, RankedQueue::Item> items;
    std::map<int, RankStanding> standings;

    std::vector<int64_t> order() const
    {
        std::vector<std::tuple<double, double, double, double, int64_t>> keys;
        for (const auto& [id, item] : items) {
            const auto standing
                = standings.contains(item.group) ? standings.at(item.group) : RankStanding{0, 1};
            keys.emplace_back(-standing.priority, -(standing.scale * item.key.value), -item.key.second,
                -item.key.third, id);
        }
        std::sort(keys.begin(), keys.end());
        std::vector<int64_t> ids;
        for (const auto& key : keys)
            ids.push_back(std::get<4>(key));
        return ids;
    }
};

/// Values with many equal ones, so that ties are met; scales are powers of two, so that products are exact.
RankedQueue::Item randomItem(Random& random, int64_t id)
{
    return {id, static_cast<int>(random.below(6)) - 1,
        {static_cast<double>(random.below(40)) / 8, static_cast<double>(random.below(3)),
            static_cast<double>(random.below(3))}};
}

RankStanding randomStanding(Random& random)
{
    return {static_cast<double>(random.below(2)), std::ldexp(1.0, static_cast<int>(random.below(5)) - 2)};
}

} // namespace

TEST(RankedQueue, EqualsAFullSortUnderRandomEdits)
{
    for (uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        RankedQueue queue;
        FullSort plain;
        std::vector<RankedQueue::Item> first;
        for (int64_t id = 1; id <= random.below(60); ++id)
            first.push_back(randomItem(random, id));
        for (const auto& item : first)
            plain.items[item.id] = item;
        queue.assign(first);
        for (int step = 0; step < 120; ++step) {
            const int64_t id = 1 + random.below(80);
            const int64_t kind = random.below(10);
            if (kind < 5) {
                const auto item = randomItem(random, id);
                queue.put(item);
                plain.items[id] = item;
            } else if (kind < 8) {
                queue.remove(id);
                plain.items.erase(id);
            } else {
                const int group = static_cast<int>(random.below(6)) - 1;
                const RankStanding standing = randomStanding(random);
                queue.setStanding(group, standing);
                plain.standings[group] = standing;
            }
            const auto wanted = plain.order();
            ASSERT_EQ(queue.order(), wanted) << "seed " << seed << ", step " << step;
            ASSERT_EQ(queue.size(), wanted.size());
            for (size_t i = 0; i < wanted.size(); i += 7)
                ASSERT_EQ(queue.rank(wanted[i]), static_cast<int64_t>(i));
            ASSERT_EQ(queue.contains(id), plain.items.contains(id));
        }
    }
}

TEST(RankedQueue, ADecisionReordersByTheGainOfAllItems)
{
    // Gains of many proposals, their classes and counts: the queue against sorting expectedGain() itself.
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        const GainWeights weights{1, random.uniform(0, 2), 1, 0.5, 1};
        std::vector<int64_t> counts(5, 0);
        std::vector<GainInput> inputs;
        RankedQueue queue;
        for (int64_t id = 1; id <= 300; ++id) {
            GainInput input;
            input.id = id;
            input.classId = static_cast<int>(random.below(5));
            input.uncertainty = random.uniform();
            input.disagreement = random.uniform();
            input.novelty = random.uniform();
            input.seconds = random.uniform(1, 5);
            inputs.push_back(input);
            queue.put({id, input.classId, {itemGain(input, weights)}});
        }
        for (int step = 0; step < 50; ++step) {
            const auto decided = static_cast<size_t>(random.below(static_cast<int64_t>(inputs.size())));
            const int classId = inputs[decided].classId;
            queue.remove(inputs[decided].id);
            inputs.erase(inputs.begin() + static_cast<ptrdiff_t>(decided));
            ++counts[static_cast<size_t>(classId)];
            queue.setStanding(classId, {0, rarityFactor(counts[static_cast<size_t>(classId)], weights)});
            std::vector<std::pair<double, int64_t>> gains;
            for (GainInput& input : inputs) {
                input.classCount = counts[static_cast<size_t>(input.classId)];
                gains.emplace_back(-expectedGain(input, weights), input.id);
            }
            std::sort(gains.begin(), gains.end());
            std::vector<int64_t> wanted;
            for (const auto& [gain, id] : gains)
                wanted.push_back(id);
            ASSERT_EQ(queue.order(), wanted) << "seed " << seed << ", step " << step;
        }
    }
}

TEST(RankedQueue, WhatIsNoNumberComesLastAndEqualsGoByNumber)
{
    RankedQueue queue;
    queue.assign(
        {{4, 0, {1}}, {3, 1, {1}}, {9, 0, {std::numeric_limits<double>::quiet_NaN()}}, {1, 2, {0.5}}});
    EXPECT_EQ(queue.order(), (std::vector<int64_t>{3, 4, 1, 9}));
    queue.remove(9);
    queue.remove(9);
    EXPECT_EQ(queue.rank(9), -1);
    queue.setStanding(2, {1, 1});
    EXPECT_EQ(queue.order(), (std::vector<int64_t>{1, 3, 4}));
    EXPECT_EQ(queue.rank(4), 2);
    queue.assign({});
    EXPECT_TRUE(queue.order().empty());
}

} // namespace telltale
