// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "review/rounddiff.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace telltale {
namespace {

RoundSpan at(int64_t first, int64_t last, int classId, int64_t video = 1, int person = 0)
{
    return {video, person, {first, last}, classId};
}

/// "fate before after" of each change, so that a failure can be read.
std::vector<std::string> told(const RoundDiff& diff)
{
    static constexpr std::array<const char*, kSpanFates> kNames{
        "kept", "new", "dropped", "relabelled", "moved"};
    std::vector<std::string> lines;
    for (const SpanChange& change : diff.changes)
        lines.push_back(std::string(kNames.at(static_cast<size_t>(change.fate)))
                            .append(" ")
                            .append(std::to_string(change.before))
                            .append(" ")
                            .append(std::to_string(change.after)));
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST(RoundDiff, TellsTheFiveFatesApart)
{
    const std::vector<RoundSpan> before{
        at(0, 10, 1), at(20, 30, 2), at(40, 50, 3), at(60, 80, 4), at(100, 110, 5)};
    const std::vector<RoundSpan> after{
        at(0, 10, 1), at(20, 30, 6), at(64, 84, 4), at(102, 111, 7), at(200, 210, 1)};
    const RoundDiff diff = diffRounds(before, after);
    // 102..111 shares 8 of 11 frames with 100..110: the same stretch under another name.
    EXPECT_EQ(told(diff),
        (Lines{"kept 0 0", "relabelled 1 1", "dropped 2 -1", "moved 3 2", "relabelled 4 3", "new -1 4"}));
    EXPECT_EQ(diff.count(SpanFate::Kept), 1);
    EXPECT_EQ(diff.count(SpanFate::New), 1);
    EXPECT_EQ(diff.count(SpanFate::Dropped), 1);
    EXPECT_EQ(diff.count(SpanFate::Relabelled), 2);
    EXPECT_EQ(diff.count(SpanFate::Moved), 1);
}

TEST(RoundDiff, AnotherClassNeedsHalfOfTheFramesAndTheSameClassAnyOfThem)
{
    // 5 of 15 frames in common: a third.
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 10, 1)}, std::vector{at(5, 15, 2)})),
        (Lines{"dropped 0 -1", "new -1 0"}));
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 10, 1)}, std::vector{at(9, 19, 1)})), (Lines{"moved 0 0"}));
    // Half of them: 10 of 20.
    EXPECT_EQ(
        told(diffRounds(std::vector{at(0, 20, 1)}, std::vector{at(10, 20, 2)})), (Lines{"relabelled 0 0"}));
    // Spans that only touch have no frame in common.
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 10, 1)}, std::vector{at(10, 20, 1)})),
        (Lines{"dropped 0 -1", "new -1 0"}));
}

TEST(RoundDiff, TheBestPartnerWinsWhateverItsClass)
{
    // The same frames under another name are nearer than two frames of the same class.
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 20, 1)}, std::vector{at(18, 40, 1), at(0, 20, 2)})),
        (Lines{"relabelled 0 1", "new -1 0"}));
    // On the same frames the class that stays goes before the one that changes.
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 20, 1)}, std::vector{at(0, 20, 2), at(0, 20, 1)})),
        (Lines{"kept 0 1", "new -1 0"}));
    // One span after cannot be the heir of two before.
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 10, 1), at(10, 20, 1)}, std::vector{at(0, 18, 1)})),
        (Lines{"moved 0 0", "dropped 1 -1"}));
}

TEST(RoundDiff, PeopleAndVideosAreKeptApart)
{
    EXPECT_EQ(told(diffRounds(std::vector{at(0, 10, 1, 1, 0), at(0, 10, 1, 2, 0)},
                  std::vector{at(0, 10, 1, 1, 1), at(0, 10, 1, 2, 0)})),
        (Lines{"dropped 0 -1", "new -1 0", "kept 1 1"}));
    EXPECT_TRUE(diffRounds({}, {}).changes.empty());
}

/// Against the same rule done the slow way: every span with every other, the best first.
TEST(RoundDiff, ManySpansGiveWhatComparingAllWithAllGives)
{
    for (uint64_t seed = 1; seed <= 30; ++seed) {
        Random random(seed);
        const auto some = [&random] {
            std::vector<RoundSpan> spans;
            for (int i = 0; i < 120; ++i) {
                const int64_t first = random.below(900);
                spans.push_back(at(first, first + 1 + random.below(60), static_cast<int>(random.below(3)),
                    1 + random.below(2), static_cast<int>(random.below(2))));
            }
            return spans;
        };
        const std::vector<RoundSpan> before = some();
        const std::vector<RoundSpan> after = some();
        double total = 0; // of the overlaps of a greedy pairing, which ties do not change
        std::set<size_t> usedBefore;
        std::set<size_t> usedAfter;
        for (;;) {
            double best = 0;
            std::pair<size_t, size_t> which;
            for (size_t i = 0; i < before.size(); ++i)
                for (size_t j = 0; j < after.size(); ++j) {
                    const RoundSpan& a = before[i];
                    const RoundSpan& b = after[j];
                    const double overlap = temporalIou(a.span, b.span);
                    if (usedBefore.contains(i) || usedAfter.contains(j) || a.video != b.video
                        || a.person != b.person || overlap <= best
                        || (a.classId != b.classId && overlap < 0.5))
                        continue;
                    best = overlap;
                    which = {i, j};
                }
            if (best == 0)
                break;
            total += best;
            usedBefore.insert(which.first);
            usedAfter.insert(which.second);
        }
        double found = 0;
        size_t spans = 0;
        for (const SpanChange& change : diffRounds(before, after).changes) {
            spans += (change.before >= 0 ? 1 : 0) + (change.after >= 0 ? 1 : 0);
            if (change.before >= 0 && change.after >= 0)
                found += temporalIou(before[static_cast<size_t>(change.before)].span,
                    after[static_cast<size_t>(change.after)].span);
        }
        EXPECT_EQ(spans, before.size() + after.size()) << seed;
        EXPECT_NEAR(found, total, 0.02 * total) << seed; // ties may fall otherwise
    }
}

} // namespace telltale
