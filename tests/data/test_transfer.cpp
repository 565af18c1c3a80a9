// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A project moves to a server and back without loss.
#include "base/files.h"
#include "checkedproject.h"
#include "data/projectlocation.h"
#include "data/store/transfer.h"
#include "teamclient.h"
#include <QUndoStack>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;

namespace {

void editAtRandom(const fs::path& project, uint64_t seed, int edits)
{
    auto document = Document::open(project);
    ASSERT_TRUE(document.ok()) << document.error().message;
    Random random(seed);
    for (int i = 0; i < edits; ++i)
        ASSERT_TRUE(randomEdit(**document, random).ok());
}

/// Everything but the name of the project's folder.
std::string described(const std::string& project)
{
    auto document = Document::open(project);
    EXPECT_TRUE(document.ok());
    return document ? describe(**document) : std::string();
}

class CancelAt final : public ProgressSink {
public:
    explicit CancelAt(int call) : m_left(call) { }
    bool cancelled() const override { return --m_left < 0; }

private:
    mutable int m_left;
};

} // namespace

TEST(Transfer, AProjectGoesToAServerAndBackWithoutLoss)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ::setenv("XDG_DATA_HOME", (team / "data").c_str(), 1);
    const fs::path folder = team / "p";
    makeSmallProject(folder).reset();
    editAtRandom(folder, 1, 300);
    ASSERT_TRUE(fs::create_directories(folder / "tracks"));
    ASSERT_TRUE(writeFileAtomically(folder / "models/heads.safetensors", "weights \x01\x02").ok());
    ASSERT_TRUE(writeFileAtomically(folder / "tracks/v1.ttps", std::string(100000, 'p')).ok());
    {
        auto document = Document::open(folder);
        ASSERT_TRUE((*document)->setTrack(1, "tracks/v1.ttps").ok());
        ASSERT_TRUE((*document)->addModel(makeHeads("models/heads.safetensors")).ok());
        // An import that was undone can be redone on the other side too.
        PredictionRun run;
        run.videoId = 1;
        Prediction prediction;
        prediction.span = {77, 99};
        prediction.fused = {0.125F};
        ASSERT_TRUE((*document)->importRun(run, {prediction}).ok());
        (*document)->undoStack()->undo();
    }
    ProgressSink quiet;
    const std::string url = team.server()->url("moved");
    const auto server = ProjectLocation::parse(url);
    ASSERT_TRUE(server.ok());

    // A push or pull that is stopped half way leaves nothing.
    for (const int call : {0, 3, 25}) {
        CancelAt cancel(call);
        const auto stopped = pushProject(folder, *server, cancel);
        ASSERT_FALSE(stopped.ok());
        EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
        EXPECT_FALSE(checkProject(url, quiet).ok());
    }
    const auto pushed = pushProject(folder, *server, quiet);
    ASSERT_TRUE(pushed.ok()) << pushed.error().message;
    EXPECT_TRUE(pushed->made);
    const CheckReport here = checked(folder.string());
    const CheckReport there = checked(url);
    EXPECT_EQ(pushed->edits, here.edits);
    EXPECT_EQ(there.edits, here.edits);
    EXPECT_EQ(there.stateHash, here.stateHash);
    EXPECT_EQ(described(url), described(folder));

    for (const int call : {0, 3, 25}) {
        CancelAt cancel(call);
        EXPECT_EQ(pullProject(*server, team / "back", cancel).error().code, ErrorCode::Cancelled);
        EXPECT_FALSE(fs::exists(team / "back/project.db"));
    }
    const auto pulled = pullProject(*server, team / "back", quiet);
    ASSERT_TRUE(pulled.ok()) << pulled.error().message;
    const CheckReport back = checked((team / "back").string());
    EXPECT_EQ(back.stateHash, here.stateHash);
    EXPECT_EQ(back.edits, here.edits);
    EXPECT_EQ(described(team / "back"), described(folder));
    EXPECT_EQ(*readFile(team / "back/models/heads.safetensors"), "weights \x01\x02");
    EXPECT_EQ(*readFile(team / "back/tracks/v1.ttps"), std::string(100000, 'p'));
    {
        auto document = Document::open(team / "back");
        (*document)->undoStack()->redo();
        const auto runs = (*document)->runs(1);
        ASSERT_FALSE(runs.empty());
        const auto prediction = (*document)->prediction(runs.back().firstPrediction);
        ASSERT_TRUE(prediction);
        EXPECT_EQ(prediction->fused, std::vector<float>{0.125F});
    }

    // What is newer follows, in both directions.
    editAtRandom(team / "back", 2, 100);
    const auto more = pushProject(team / "back", *server, quiet);
    ASSERT_TRUE(more.ok()) << more.error().message;
    EXPECT_FALSE(more->made);
    EXPECT_EQ(checked(url).stateHash, checked((team / "back").string()).stateHash);
    editAtRandom(url, 3, 100);
    const auto newer = pullProject(*server, folder, quiet);
    ASSERT_TRUE(newer.ok()) << newer.error().message;
    EXPECT_GT(newer->edits, 0);
    EXPECT_EQ(checked(url).stateHash, checked(folder.string()).stateHash);
    EXPECT_EQ(described(url), described(folder));
    const auto behind = pushProject(team / "back", *server, quiet);
    ASSERT_TRUE(behind.ok());
    EXPECT_TRUE(behind->targetAhead);

    // Edits on both sides: neither is touched.
    editAtRandom(team / "back", 4, 200);
    const CheckReport before = checked(url);
    const CheckReport own = checked((team / "back").string());
    for (const auto& refused :
        {pushProject(team / "back", *server, quiet), pullProject(*server, team / "back", quiet)}) {
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
        EXPECT_THAT(refused.error().message, HasSubstr("both have edits"));
    }
    EXPECT_EQ(checked(url).stateHash, before.stateHash);
    EXPECT_EQ(checked((team / "back").string()).stateHash, own.stateHash);
}

TEST(Transfer, NoPasswordIsKeptAnywhere)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ::setenv("XDG_DATA_HOME", (team / "data").c_str(), 1);
    ASSERT_TRUE(team.server()->sql("CREATE ROLE carl LOGIN SUPERUSER PASSWORD 'S3cretWord'").ok());
    std::string url = team.server()->url("secret", "carl");
    url.replace(url.find("carl"), 4, "carl:S3cretWord");
    ProgressSink quiet;
    makeSmallProject(team / "p").reset();
    const auto server = ProjectLocation::parse(url);
    ASSERT_TRUE(server.ok());
    ASSERT_TRUE(pushProject(team / "p", *server, quiet).ok());
    ASSERT_TRUE(pullProject(*server, team / "q", quiet).ok());
    auto made = Document::create(
        url.substr(0, url.find("project=")) + "project=other", makeScheme("test", 2), {.background = true});
    ASSERT_TRUE(made.ok()) << made.error().message;
    ASSERT_TRUE((*made)->addVideo(makeVideo("v1", "v1.mp4")).ok());
    ASSERT_TRUE((*made)->flush().ok());
    // The local folder of a project that was opened by its address stands for it from then on.
    fs::path local;
    {
        const auto byAddress = Document::open(url);
        ASSERT_TRUE(byAddress.ok()) << byAddress.error().message;
        local = (*byAddress)->folder();
    }
    EXPECT_TRUE(Document::open(local).ok());
    for (const fs::path& root : {team / "p", team / "q", team / "data"})
        for (const auto& entry : fs::recursive_directory_iterator(root)) {
            if (!entry.is_regular_file())
                continue;
            const auto content = readFile(entry.path());
            ASSERT_TRUE(content.ok());
            EXPECT_EQ(content->find("S3cretWord"), std::string::npos) << entry.path();
        }
    for (const char* project : {"secret", "other"}) {
        const auto tables = team.server()->sql(
            std::string("SELECT tablename FROM pg_tables WHERE schemaname = '") + project + "'");
        ASSERT_TRUE(tables.ok());
        std::istringstream names(*tables);
        for (std::string table; names >> table;) {
            const auto rows
                = team.server()->sql("SELECT t::text FROM " + std::string(project) + "." + table + " t");
            ASSERT_TRUE(rows.ok());
            EXPECT_EQ(rows->find("S3cretWord"), std::string::npos) << table;
        }
    }
}
