// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "review/audit.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace telltale {
namespace {

AuditedItem item(double place, Verdict verdict) { return {place, verdict}; }

/// Proposals of a class whose doubtful ones are wrong more often, decided as a queue would have it.
struct Class {
    struct Proposal {
        double doubt;
        bool right;
        double place;
        bool decided = false;
    };
    std::vector<Proposal> all;

    Class(uint64_t seed, int64_t count)
    {
        Random random(seed);
        for (int64_t id = 0; id < count; ++id) {
            const double doubt = random.uniform();
            const bool right = random.chance(1 - 0.7 * doubt);
            all.push_back({doubt, right, auditPlace(static_cast<int64_t>(seed) * 100000 + id)});
        }
    }
    std::vector<Proposal*> by(bool audits, double share)
    {
        std::vector<Proposal*> some;
        for (Proposal& one : all)
            if ((one.place < share) == audits)
                some.push_back(&one);
        std::ranges::sort(some, [audits](const Proposal* a, const Proposal* b) {
            return audits ? a->place < b->place : a->doubt > b->doubt;
        });
        return some;
    }
    std::vector<AuditedItem> items() const
    {
        std::vector<AuditedItem> made;
        for (const Proposal& one : all)
            made.push_back({one.place,
                !one.decided    ? Verdict::Open
                    : one.right ? Verdict::Right
                                : Verdict::Wrong});
        return made;
    }
    double wrongLeft() const
    {
        return static_cast<double>(
            std::ranges::count_if(all, [](const Proposal& one) { return !one.decided && !one.right; }));
    }
};

} // namespace

TEST(Audit, PlacesAreSpreadEvenlyAndStayWhatTheyAre)
{
    constexpr int kProposals = 20000;
    for (const double share : {0.05, 0.08, 0.10}) {
        int audited = 0;
        for (int64_t id = 1; id <= kProposals; ++id)
            audited += auditPlace(id) < share ? 1 : 0;
        // Five deviations of a binomial.
        EXPECT_NEAR(audited, kProposals * share, 5 * std::sqrt(kProposals * share * (1 - share)));
    }
    EXPECT_EQ(auditPlace(17), auditPlace(17));
    EXPECT_NE(auditPlace(17), auditPlace(18));
    EXPECT_NE(auditPlace(17, 1), auditPlace(17, 2));
}

TEST(Audit, ComesOneAmongAsManyOthersAsTheShareSays)
{
    std::vector<int64_t> ranked(40);
    std::iota(ranked.begin(), ranked.end(), 1);
    const auto merged = interleave(ranked, {101, 102, 103}, 0.1, 0, 0);
    ASSERT_EQ(merged.size(), 43U);
    EXPECT_EQ(merged[9], 101); // the tenth of ten
    EXPECT_EQ(merged[19], 102);
    EXPECT_EQ(merged[29], 103);
    EXPECT_EQ(merged[0], 1);
    EXPECT_EQ(merged.back(), 40);
    // Eight are decided: the second that is left is the tenth.
    EXPECT_EQ(interleave(ranked, {101}, 0.1, 8, 0)[1], 101);
    EXPECT_EQ(interleave(ranked, {102}, 0.1, 10, 1)[9], 102);
    // One that is due and overdue comes at once, and what is left comes at the end.
    EXPECT_EQ(interleave(ranked, {101}, 0.1, 30, 0)[0], 101);
    EXPECT_EQ(interleave({1, 2}, {101, 102}, 0.1, 0, 0), (std::vector<int64_t>{1, 2, 101, 102}));
    EXPECT_EQ(interleave({1, 2}, {}, 0.1, 0, 0), (std::vector<int64_t>{1, 2}));
}

TEST(Audit, FollowingTheQueueDecidesTheShareOfIt)
{
    std::vector<int64_t> ranked(900);
    std::iota(ranked.begin(), ranked.end(), 1);
    std::vector<int64_t> audits(100);
    std::iota(audits.begin(), audits.end(), 10001);
    int64_t decidedAudits = 0;
    for (int64_t decided = 0; decided < 500; ++decided) {
        const int64_t next = interleave(ranked, audits, 0.08, decided, decidedAudits).front();
        decidedAudits += next > 10000 ? 1 : 0;
        std::erase(next > 10000 ? audits : ranked, next);
        ASSERT_LE(static_cast<double>(decidedAudits), 0.08 * static_cast<double>(decided + 1) + 1e-9);
        ASSERT_GT(static_cast<double>(decidedAudits), 0.08 * static_cast<double>(decided + 1) - 1);
    }
}

TEST(StopEstimate, CountsTheUnbrokenRunAndTakesOffWhatIsKnown)
{
    std::vector<AuditedItem> items;
    for (int i = 0; i < 8; ++i) // a run of 8, two of them wrong
        items.push_back(item(0.001 * i, i % 4 == 3 ? Verdict::Wrong : Verdict::Right));
    items.push_back(item(0.010, Verdict::Unclear)); // counts nowhere and breaks nothing
    items.push_back(item(0.020, Verdict::Open)); // the gap
    items.push_back(item(0.030, Verdict::Wrong)); // behind it: known, but no part of the run
    for (int i = 0; i < 10; ++i) // by the queue, more wrong than usual
        items.push_back(item(0.5, i < 6 ? Verdict::Wrong : Verdict::Right));
    for (int i = 0; i < 40; ++i)
        items.push_back(item(0.6, Verdict::Open));
    const StopEstimate estimate = stopEstimate(items, 0.05);
    EXPECT_EQ(estimate.proposals, 8 + 2 + 10 + 40);
    EXPECT_EQ(estimate.open, 41);
    EXPECT_EQ(estimate.audits, 10);
    EXPECT_EQ(estimate.openAudits, 1);
    EXPECT_EQ(estimate.precision.clips, 8);
    EXPECT_EQ(estimate.precision.correct, 6);
    // 52 are outside the run, a quarter of them wrong: 13, of which 7 are known.
    EXPECT_NEAR(estimate.wrong, 6, 1e-12);
    // Wilson by hand with 8 x 52 / 60 looks and a share of 3/4 right.
    const double looks = 8.0 * 52 / 60;
    const double z2 = 3.841458820694124;
    const double centre = (0.75 + z2 / 2 / looks) / (1 + z2 / looks);
    const double half = std::sqrt(z2) * std::sqrt(0.1875 / looks + z2 / 4 / looks / looks) / (1 + z2 / looks);
    EXPECT_NEAR(estimate.wrongHigh, 52 * (1 - centre + half) - 7, 1e-9);
    EXPECT_DOUBLE_EQ(estimate.wrongLow, 0) << "below what is known already";
    EXPECT_LT(52 * (1 - centre - half) - 7, 0);
}

TEST(StopEstimate, KnowsNothingWithoutAnAuditAndAllWhenAllIsDecided)
{
    const std::vector<AuditedItem> none{item(0.01, Verdict::Open), item(0.5, Verdict::Open)};
    StopEstimate estimate = stopEstimate(none, 0.05);
    EXPECT_TRUE(std::isnan(estimate.wrong));
    EXPECT_DOUBLE_EQ(estimate.wrongLow, 0);
    EXPECT_DOUBLE_EQ(estimate.wrongHigh, 2);
    EXPECT_EQ(estimate.toHalve, 0);
    const std::vector<AuditedItem> all{item(0.01, Verdict::Right), item(0.5, Verdict::Wrong)};
    estimate = stopEstimate(all, 0.05);
    EXPECT_DOUBLE_EQ(estimate.wrongHigh, 0);
    EXPECT_EQ(estimate.open, 0);
    EXPECT_EQ(stopEstimate({}, 0.05).proposals, 0);
}

TEST(StopEstimate, SaysHowManyMoreLooksHalveTheInterval)
{
    std::vector<AuditedItem> items;
    for (int i = 0; i < 20; ++i)
        items.push_back(item(0.001 * i, i < 5 ? Verdict::Wrong : Verdict::Right));
    const StopEstimate estimate = stopEstimate(items, 0.05);
    const auto width = [](int64_t looks) {
        const ShareInterval ends = wilsonEnds(0.75, static_cast<double>(looks));
        return ends.high - ends.low;
    };
    int64_t counted = 0; // the first that is enough, one by one
    while (width(20 + counted) > width(20) / 2)
        ++counted;
    EXPECT_EQ(estimate.toHalve, counted);
    EXPECT_NEAR(static_cast<double>(counted), 60, 15) << "about four times as many in all";
}

TEST(StopEstimate, TheIntervalHoldsTheTruthAboutAsOftenAsItSays)
{
    // The queue shows the doubtful first, and audit items by their places; at some moment the person stops.
    int held = 0;
    int naive = 0;
    double bias = 0;
    constexpr int kRuns = 400;
    for (uint64_t seed = 1; seed <= kRuns; ++seed) {
        Class world(seed, 600);
        Random random(seed * 7919);
        const auto ranked = world.by(false, 0.1);
        const auto audits = world.by(true, 0.1);
        const auto looked = static_cast<size_t>(random.below(300));
        for (size_t i = 0; i < looked; ++i)
            ranked[i]->decided = true;
        const size_t done = std::min(audits.size(), 10 + static_cast<size_t>(random.below(40)));
        for (size_t i = 0; i < done; ++i)
            audits[i]->decided = true;
        for (Class::Proposal* one : audits) // and some are decided out of turn, because they look doubtful
            one->decided = one->decided || one->doubt > 0.8;
        const StopEstimate estimate = stopEstimate(world.items(), 0.1);
        const double truth = world.wrongLeft();
        held += truth >= estimate.wrongLow - 0.5 && truth <= estimate.wrongHigh + 0.5 ? 1 : 0;
        bias += estimate.wrong - truth;
        // What the precision of everything decided would say of what is open, the trap to be avoided.
        double decided = 0;
        double wrong = 0;
        for (const auto& one : world.all) {
            decided += one.decided ? 1 : 0;
            wrong += one.decided && !one.right ? 1 : 0;
        }
        const ShareInterval ends = wilsonEnds(wrong / decided, decided);
        const auto open = static_cast<double>(estimate.open);
        naive += truth >= open * ends.low - 0.5 && truth <= open * ends.high + 0.5 ? 1 : 0;
    }
    EXPECT_GE(held, kRuns * 0.91);
    EXPECT_LT(naive, held / 2) << "if this fails, the sample is too easy to tell an honest estimate apart";
    // Some 210 of 600 are wrong; a tenth of that would be a bias worth the name.
    EXPECT_LT(std::abs(bias / kRuns), 8);
}

} // namespace telltale
