// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/sprintpages.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telltale {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SprintPages, ComeOneAfterTheOtherAndNoneTwice)
{
    SprintPages pages({1, 2, 3, 4, 5, 6, 7}, 3);
    EXPECT_THAT(pages.page(), ElementsAre(1, 2, 3));
    EXPECT_THAT(pages.nextPage(), ElementsAre(4, 5, 6));
    EXPECT_EQ(pages.after(), 4U);
    pages.advance();
    pages.advance();
    EXPECT_THAT(pages.page(), ElementsAre(7));
    EXPECT_THAT(pages.nextPage(), IsEmpty());
    EXPECT_EQ(pages.passed(), 6U);
    EXPECT_EQ(pages.after(), 0U);
    pages.advance();
    EXPECT_THAT(pages.page(), IsEmpty());
    EXPECT_EQ(pages.passed(), 7U);
    pages.advance();
    EXPECT_EQ(pages.passed(), 7U);
}

TEST(SprintPages, MarksToggleAndReplaceEachOther)
{
    SprintPages pages({1, 2, 3}, 9);
    pages.toggle(0, SprintMark::Accept);
    pages.toggle(1, SprintMark::Accept);
    pages.toggle(1, SprintMark::Accept);
    pages.toggle(2, SprintMark::Accept);
    pages.toggle(2, SprintMark::Reject);
    pages.toggle(3, SprintMark::Accept); // there is none
    EXPECT_THAT(pages.marked(SprintMark::Accept), ElementsAre(1));
    EXPECT_THAT(pages.marked(SprintMark::Leave), ElementsAre(2));
    EXPECT_THAT(pages.marked(SprintMark::Reject), ElementsAre(3));
    EXPECT_EQ(pages.mark(3), SprintMark::Leave);
}

TEST(SprintPages, GoingBackShowsThePageAsItWasMarked)
{
    SprintPages pages({1, 2, 3, 4}, 3);
    pages.toggle(1, SprintMark::Reject);
    pages.advance();
    EXPECT_EQ(pages.mark(1), SprintMark::Leave) << "marks belong to the spans and not to the places";
    pages.advance(); // behind the short last page
    pages.goBack();
    EXPECT_THAT(pages.page(), ElementsAre(4));
    pages.goBack();
    EXPECT_THAT(pages.page(), ElementsAre(1, 2, 3));
    EXPECT_EQ(pages.mark(1), SprintMark::Reject);
    pages.goBack();
    EXPECT_THAT(pages.page(), ElementsAre(1, 2, 3));
}

TEST(SprintPages, WithoutAnythingAreEmpty)
{
    SprintPages pages;
    EXPECT_THAT(pages.page(), IsEmpty());
    EXPECT_THAT(pages.marked(SprintMark::Leave), IsEmpty());
    EXPECT_EQ(pages.after(), 0U);
    EXPECT_EQ(pages.passed(), 0U);
}

} // namespace telltale
