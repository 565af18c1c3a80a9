// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The tests' own server keeps what it promises; otherwise the tests of team projects prove nothing.
#include "postgresserver.h"
#include <array>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;

TEST(PostgresServer, KeepsWhatWasCommittedThroughACrashAndARestart)
{
    PostgresServer* const server = PostgresServer::shared();
    if (!server)
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(server->sql("CREATE TABLE kept(x int); INSERT INTO kept VALUES (7), (8)").ok());
    ASSERT_TRUE(server->crash().ok());
    EXPECT_FALSE(server->sql("SELECT 1").ok());
    ASSERT_TRUE(server->start().ok());
    EXPECT_EQ(*server->sql("SELECT x FROM kept"), "7\n8\n");
    ASSERT_TRUE(server->restart().ok());
    EXPECT_EQ(*server->sql("SELECT count(*) FROM kept"), "2\n");
    EXPECT_EQ(*server->sql("SHOW fsync"), "on\n");
}

TEST(PostgresServer, GoesAwayWithItsFolderAlsoWhenTheTestProgramIsKilled)
{
    if (!PostgresServer::shared())
        GTEST_SKIP() << PostgresServer::whyMissing();
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto server = PostgresServer::make({});
        const std::string folder = server ? (*server)->socketFolder().string() : std::string();
        if (server && !(*server)->freeze().ok())
            ::_exit(1);
        if (::write(ends[1], folder.data(), folder.size()) < 0)
            ::_exit(1);
        ::kill(::getpid(), SIGKILL);
    }
    ::close(ends[1]);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    // The server's processes inherited the pipe: it ends when the last of them is gone.
    std::string folder;
    std::array<char, 256> part{};
    for (ssize_t size = 0; (size = ::read(ends[0], part.data(), part.size())) > 0;)
        folder.append(part.data(), static_cast<size_t>(size));
    ::close(ends[0]);
    ASSERT_FALSE(folder.empty());
    EXPECT_FALSE(fs::exists(folder));
    EXPECT_TRUE(PostgresServer::shared()->sql("SELECT 1").ok()) << "the other server still runs";
}
