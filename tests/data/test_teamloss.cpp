// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Servers that crash, go away and freeze lose no edit.
#include "base/files.h"
#include "data/document.h"
#include "teamclient.h"
#include <QUndoStack>
#include <array>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

/// The next `lines` lines of what the process writes.
bool readLines(int from, int64_t lines, std::string& text)
{
    int64_t seen = 0;
    for (char c = 0; seen < lines && ::read(from, &c, 1) == 1; text += c)
        seen += c == '\n' ? 1 : 0;
    return seen == lines;
}

void readRest(int from, std::string& text)
{
    std::array<char, 4096> part{};
    for (ssize_t size = 0; (size = ::read(from, part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<size_t>(size));
}

/// The window's way of making edits while the server does what it likes.
void editAtRandom(Document& document, Random& random, int edits)
{
    for (int i = 0; i < edits; ++i) {
        const Status done = randomEdit(document, random);
        ASSERT_TRUE(done.ok()) << done.error().message;
        QCoreApplication::processEvents();
    }
}

} // namespace

TEST(TeamLoss, EditsWaitForAServerThatCrashesStopsOrThrowsEverybodyOut)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.create("wait"));
    auto document = team.client("wait", "anna").open();
    ASSERT_TRUE(document);
    Random random(1);
    editAtRandom(*document, random, 60);
    ASSERT_TRUE(team.server()->dropConnections().ok());
    editAtRandom(*document, random, 60);
    ASSERT_TRUE(waitUntil([&] { return document->health().pending == 0; }));

    ASSERT_TRUE(team.server()->crash().ok());
    // Nothing is being written, and yet it is noticed.
    ASSERT_TRUE(waitUntil([&] { return !document->health().trouble.empty(); }));
    EXPECT_THAT(document->health().trouble, HasSubstr("server"));
    editAtRandom(*document, random, 60);
    EXPECT_GT(document->health().pending, 0);
    EXPECT_FALSE(document->flush().ok());
    EXPECT_FALSE(document->pseudoLabel(1).has_value());
    ASSERT_TRUE(team.server()->start().ok());
    ASSERT_TRUE(waitUntil([&] { return document->health().pending == 0; }));
    ASSERT_TRUE(waitUntil([&] { return document->health().trouble.empty(); }));

    ASSERT_TRUE(team.server()->restart().ok());
    editAtRandom(*document, random, 60);
    ASSERT_TRUE(waitUntil([&] { return document->health().pending == 0; }));
    EXPECT_TRUE(document->conflicts().empty());
    const std::string before = describe(*document);
    document.reset();
    document = team.client("wait", "anna").open();
    EXPECT_TRUE(describe(*document) == before);
    document.reset();
    team.expectSound("wait");
}

TEST(TeamLoss, NobodyWaitsForAFrozenServerForEver)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.create("frozen"));
    const TeamClient anna = team.client("frozen", "anna");
    auto document = anna.open();
    ASSERT_TRUE(document);
    Random random(2);
    editAtRandom(*document, random, 20);
    ASSERT_TRUE(document->flush().ok());
    ASSERT_TRUE(team.server()->freeze().ok());
    editAtRandom(*document, random, 20); // the window goes on
    EXPECT_GT(document->health().pending, 0);
    EXPECT_FALSE(document->pseudoLabel(1).has_value());
    const std::string before = describe(*document);
    document.reset(); // and can be closed
    ASSERT_TRUE(team.server()->thaw().ok());
    document = anna.open();
    ASSERT_TRUE(document);
    EXPECT_TRUE(describe(*document) == before);
    EXPECT_TRUE(document->conflicts().empty());
    document.reset();
    team.expectSound("frozen");
}

TEST(TeamLoss, AProgramThatIsKilledWhileTheServerIsAwayLosesNothing)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.create("killed"));
    const TeamClient anna = team.client("killed", "anna");
    for (const uint64_t seed : {11U, 12U, 13U}) {
        const Victim victim = startEditStream(anna.folder(), seed, "background");
        std::string text;
        ASSERT_TRUE(readLines(victim.output, 40, text));
        ASSERT_TRUE(team.server()->crash().ok());
        ASSERT_TRUE(readLines(victim.output, 200, text)); // more than numbers have been reserved for
        ASSERT_EQ(::kill(victim.process, SIGKILL), 0);
        readRest(victim.output, text);
        ::close(victim.output);
        ASSERT_EQ(::waitpid(victim.process, nullptr, 0), victim.process);
        ASSERT_TRUE(team.server()->start().ok());

        const auto acknowledged = acknowledgedIn(text);
        ASSERT_GE(acknowledged.size(), 200U);
        const auto document = anna.open();
        ASSERT_TRUE(document);
        const auto& [last, digest] = *acknowledged.rbegin();
        const int64_t edits = document->summary().edits;
        // One more may have been made but not told before the kill.
        ASSERT_GE(edits, last);
        ASSERT_LE(edits, last + 1);
        if (edits == last) {
            EXPECT_EQ(contentDigest(describe(*document)), digest);
        }
        EXPECT_TRUE(document->conflicts().empty());
    }
    team.expectSound("killed");
}
