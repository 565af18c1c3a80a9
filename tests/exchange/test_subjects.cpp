// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchangetest.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST_F(ExchangeTest, TheRoleOfASubjectThatTheProjectKnowsHoldsAgainstTheFile)
{
    const auto document = project("p", "own");
    addOffline(*document, "known", 100, 25);
    ASSERT_TRUE(document->setSubjectRole("s1", SubjectRole::Test).ok());
    write("a.json", R"({"database": {
        "new": {"subset": "training", "subject": "s1", "duration": 4, "annotations": []},
        "other": {"subset": "validation", "subject": "s2", "duration": 4, "annotations": []}}})");
    const auto report = import(*document, "activitynet", path("a.json"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(document->videoByName("new")->role, SubjectRole::Test);
    EXPECT_EQ(document->videoByName("other")->role, SubjectRole::Validation);
    EXPECT_THAT(report->notes, Contains(HasSubstr("theirs in the project stay: 's1 (test)'")));
}

TEST_F(ExchangeTest, VideosWithoutANamedSubjectAreSubjectsOfTheirOwn)
{
    const auto document = project("p", "own");
    write("a.json", R"({"database": {
        "one": {"subset": "training", "duration": 4, "annotations": []},
        "two": {"subset": "validation", "duration": 4, "annotations": []}}})");
    const auto report = import(*document, "activitynet", path("a.json"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(document->videoByName("one")->subject, "one");
    EXPECT_EQ(document->videoByName("one")->role, SubjectRole::Train);
    EXPECT_EQ(document->videoByName("two")->role, SubjectRole::Validation);
    EXPECT_THAT(report->notes, Contains(HasSubstr("without a named subject")));
}

TEST_F(ExchangeTest, AnActivityNetFileSaysWhichPartsAreReviewed)
{
    const auto document = project("p", "smg");
    const int64_t seen = addOffline(*document, "seen", 100, 25);
    addOffline(*document, "unseen", 100, 25);
    ASSERT_TRUE(document->markReviewed(seen, {25, 75}).ok());
    const auto notes = exportTo(*document, "activitynet", path("out.json"));
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(*notes, Contains(HasSubstr("1 of the videos have no part that is marked as reviewed")));
    const auto file = nlohmann::json::parse(*readFile(path("out.json")));
    EXPECT_EQ(file["database"]["seen"]["reviewed"], nlohmann::json::parse("[[1.0, 3.0]]"));
    EXPECT_FALSE(file["database"]["unseen"].contains("reviewed"));
}

} // namespace
} // namespace telltale
