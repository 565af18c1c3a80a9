// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/exclusions.h"
#include <gtest/gtest.h>

namespace telltale {
namespace {

LabelScheme schemeOfThree()
{
    LabelScheme scheme;
    for (const char* name : {"nod", "shake", "wave"})
        scheme.classes.push_back({name, {}, {}, {}, {}});
    scheme.classes[0].excludes = {1};
    return scheme;
}

Annotation span(int64_t id, FrameSpan frames, int classId)
{
    Annotation made;
    made.id = id;
    made.videoId = 1;
    made.span = frames;
    made.classId = classId;
    return made;
}

TEST(Exclusions, HoldBothWays)
{
    EXPECT_TRUE(exclude(schemeOfThree(), 0, 1));
    EXPECT_TRUE(exclude(schemeOfThree(), 1, 0));
    EXPECT_FALSE(exclude(schemeOfThree(), 0, 2));
    EXPECT_FALSE(exclude(schemeOfThree(), -1, 7));
}

TEST(Exclusions, OverlapOnOnePersonIsAContradictionOfBoth)
{
    const auto found
        = contradictions(schemeOfThree(), {span(1, {0, 10}, 0), span(2, {9, 20}, 1), span(3, {0, 20}, 2)});
    EXPECT_EQ(found, (std::unordered_map<int64_t, int64_t>{{1, 2}, {2, 1}}));
}

TEST(Exclusions, NeighboursOtherPeopleOtherVideosAndOtherLayersAreNone)
{
    Annotation other = span(2, {0, 10}, 1);
    other.person = 1;
    Annotation elsewhere = span(3, {0, 10}, 1);
    elsewhere.videoId = 2;
    Annotation coder = span(4, {0, 10}, 1);
    coder.layer = "anna";
    EXPECT_TRUE(
        contradictions(schemeOfThree(), {span(1, {0, 10}, 0), other, elsewhere, coder, span(5, {10, 20}, 1)})
            .empty());
}

TEST(Exclusions, WhatWasRejectedOrSkippedDoesNotCount)
{
    for (const SpanState state : {SpanState::Rejected, SpanState::Skipped}) {
        Annotation gone = span(2, {0, 10}, 1);
        gone.state = state;
        EXPECT_TRUE(contradictions(schemeOfThree(), {span(1, {0, 10}, 0), gone}).empty());
    }
}

TEST(Exclusions, ALongSpanContradictsAllThatItCovers)
{
    const auto found = contradictions(schemeOfThree(),
        {span(4, {50, 60}, 1), span(1, {0, 100}, 0), span(2, {10, 20}, 1), span(3, {30, 40}, 2)});
    EXPECT_EQ(found, (std::unordered_map<int64_t, int64_t>{{1, 2}, {2, 1}, {4, 1}}));
}

} // namespace
} // namespace telltale
