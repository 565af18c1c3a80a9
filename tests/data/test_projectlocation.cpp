// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/projectlocation.h"
#include "editstream.h"
#include "postgresserver.h"
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

ProjectLocation parsed(const std::string& text)
{
    auto place = ProjectLocation::parse(text);
    EXPECT_TRUE(place.ok()) << text << ": " << (place ? "" : place.error().message);
    return place ? *place : ProjectLocation{};
}

std::string parseError(const std::string& text)
{
    const auto place = ProjectLocation::parse(text);
    return place ? "it was understood" : place.error().message;
}

/// Data of the account in a folder of the test's own.
class OwnDataFolder {
public:
    OwnDataFolder() : m_before(qgetenv("XDG_DATA_HOME"))
    {
        qputenv("XDG_DATA_HOME", m_scratch.path().c_str());
    }
    ~OwnDataFolder() { m_before.isEmpty() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", m_before); }
    OwnDataFolder(const OwnDataFolder&) = delete;
    OwnDataFolder& operator=(const OwnDataFolder&) = delete;
    const fs::path& path() const { return m_scratch.path(); }

private:
    ScratchFolder m_scratch;
    QByteArray m_before;
};

} // namespace

TEST(ProjectLocation, AUrlIsTakenApartIntoItsFields)
{
    const auto place = parsed(
        "postgresql://anna:s%40fe%2F1@db.example.org:5433/lab%20one?project=smg_2026&sslmode=require");
    EXPECT_TRUE(place.isTeam());
    EXPECT_EQ(place.user, "anna");
    EXPECT_EQ(place.password, "s@fe/1");
    EXPECT_EQ(place.host, "db.example.org");
    EXPECT_EQ(place.port, 5433);
    EXPECT_EQ(place.database, "lab one");
    EXPECT_EQ(place.project, "smg_2026");
    EXPECT_EQ(place.settings.at("sslmode"), "require");
}

TEST(ProjectLocation, WhatAUrlLeavesOutHasADefault)
{
    const auto place = parsed("postgres:///lab");
    EXPECT_EQ(place.host, "");
    EXPECT_EQ(place.port, 0);
    EXPECT_EQ(place.user, "");
    EXPECT_EQ(place.password, "");
    EXPECT_EQ(place.project, "telltale");
}

TEST(ProjectLocation, SocketsAndIPv6AddressesAreHosts)
{
    EXPECT_EQ(parsed("postgresql://anna@/lab?host=/var/run/pg%20x").host, "/var/run/pg x");
    EXPECT_EQ(parsed("postgresql://%2Fvar%2Frun/lab").host, "/var/run");
    const auto place = parsed("postgresql://anna@[fe80::1%25eth0]:5433/lab");
    EXPECT_EQ(place.port, 5433);
    EXPECT_EQ(place.host, "fe80::1%eth0");
    EXPECT_EQ(parsed("postgresql://[::1]/lab").host, "::1");
    EXPECT_EQ(
        parsed("postgresql://[::1]/lab").textWithoutPassword(), "postgresql://[::1]/lab?project=telltale");
}

TEST(ProjectLocation, TextAndFieldsSayTheSame)
{
    for (const std::string& text : std::initializer_list<std::string>{
             "postgresql://anna@db.example.org:5433/lab%20one?project=smg_2026&sslmode=require",
             "postgresql://a%40b@/lab?host=/tmp/x%26y&project=telltale",
             "postgresql://[::1]:1/%C3%A9?project=p", "postgresql://[fe80::1%25eth0]/lab?project=p",
             "postgresql:///lab?host=/tmp/a:b&project=p", "postgresql:///lab?project=telltale"}) {
        EXPECT_EQ(parsed(text).textWithoutPassword(), text);
    }
}

TEST(ProjectLocation, APasswordIsNeverShown)
{
    const std::string secret = "gehe1m";
    EXPECT_THAT(
        parsed("postgresql://anna:" + secret + "@h/lab").textWithoutPassword(), Not(HasSubstr(secret)));
    EXPECT_THAT(
        parsed("postgresql://h/lab?password=" + secret).textWithoutPassword(), Not(HasSubstr(secret)));
    EXPECT_THAT(parsed("postgresql://anna:" + secret + "@h/lab").connectOptions(), Not(HasSubstr(secret)));
    for (const std::string& url : std::initializer_list<std::string>{"postgresql://anna:" + secret + "@h",
             "postgresql://anna:" + secret + "@h:x/lab", "postgresql://anna:" + secret + "@h/lab?nonsense=1",
             "postgresql://anna:" + secret + "@h/lab?project=A", "postgresql://anna:x/" + secret + "@h/lab",
             "postgresql://anna:x?" + secret + "@h/lab", "postgresql://anna:x@" + secret + "%@h/lab",
             "postgresql://anna:" + secret, "postgresql://anna:" + secret + "/lab",
             "postgresql://anna:%" + secret + "@h/lab", "postgresql://h?password=" + secret + "&project=A",
             "postgresql://anna:" + secret + "@[::1/lab", "mysql://anna:" + secret + "@h/lab",
             std::string("postgresql://anna:19840101")}) {
        EXPECT_THAT(parseError(url),
            AllOf(Not(HasSubstr(secret)), Not(HasSubstr("it was understood")), Not(HasSubstr("19840101"))))
            << url;
    }
}

TEST(ProjectLocation, MalformedUrlsSayWhatIsWrong)
{
    const std::pair<const char*, const char*> cases[] = {
        {"", "no project is named"},
        {"http://h/lab", "begins with postgresql://"},
        {"postgresql://", "names no database"},
        {"postgresql://h", "names no database"},
        {"postgresql://h:0/lab", "from 1 to 65535"},
        {"postgresql://h:65536/lab", "from 1 to 65535"},
        {"postgresql://h:99999999999999999999/lab", "from 1 to 65535"},
        {"postgresql://h:-1/lab", "from 1 to 65535"},
        {"postgresql://::1/lab", "stands in brackets"},
        {"postgresql://[::1/lab", "has no ]"},
        {"postgresql://[::1]x/lab", "after ]"},
        {"postgresql://h/l%zz", "two hexadecimal digits"},
        {"postgresql://h/l%4", "two hexadecimal digits"},
        {"postgresql://h/l%", "two hexadecimal digits"},
        {"postgresql://h/l%00", "two hexadecimal digits"},
        {"postgresql://h/lab?projekt=x", "not known here"},
        {"postgresql://h/lab?host=/tmp", "names the host twice"},
        {"postgresql://h/lab?sslrootcert=a%3Bb", "a ; in sslrootcert"},
        {"postgresql://h/lab?project=", "lower-case letters"},
        {"postgresql://h/lab?project=SMG", "lower-case letters"},
        {"postgresql://h/lab?project=1st", "begins with a letter"},
        {"postgresql://h/lab?project=pg_x", "neither public nor pg_"},
        {"postgresql://h/lab?project=public", "neither public nor pg_"},
        {"postgresql://h/lab?project=a%22%3Bdrop", "lower-case letters"},
        {"postgresql://h/lab?project=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1 to 40"},
    };
    for (const auto& [text, sentence] : cases)
        EXPECT_THAT(parseError(text), HasSubstr(sentence)) << text;
}

TEST(ProjectLocation, AnyTextIsUnderstoodOrRefusedAndItsPasswordHidden)
{
    static constexpr std::string_view kPieces = "postgresql://:@/?&=%[]aA1;\\'\n#";
    Random random(20261121);
    for (int round = 0; round < 20000; ++round) {
        std::string text = random.below(4) == 0 ? "" : "postgresql://";
        for (uint64_t i = random.below(24); i > 0; --i)
            text += kPieces[random.below(kPieces.size())];
        const auto place = ProjectLocation::parse(text);
        if (!place || !place->isTeam())
            continue;
        const auto again = ProjectLocation::parse(place->textWithoutPassword());
        ASSERT_TRUE(again.ok()) << text << " became " << place->textWithoutPassword();
        EXPECT_EQ(again->textWithoutPassword(), place->textWithoutPassword()) << text;
        EXPECT_EQ(again->password, "") << text;
    }
}

TEST(ProjectLocation, EveryStoreAndEveryPersonHasALocalFolderOfItsOwn)
{
    const OwnDataFolder data;
    const auto folder = [](const std::string& text) { return parsed(text).folder; };
    const fs::path anna = folder("postgresql://anna@db.example.org/lab?project=smg");
    EXPECT_EQ(anna.parent_path(), data.path() / "Telltale/teams");
    EXPECT_THAT(anna.filename().string(), StartsWith("smg-on-db.example.org-"));
    EXPECT_EQ(folder("postgresql://anna:secret@DB.example.org:5432/lab?project=smg&sslmode=require"), anna);
    EXPECT_NE(folder("postgresql://bert@db.example.org/lab?project=smg"), anna);
    EXPECT_NE(folder("postgresql://anna@db.example.org:5433/lab?project=smg"), anna);
    EXPECT_NE(folder("postgresql://anna@db.example.org/lab2?project=smg"), anna);
    EXPECT_NE(folder("postgresql://anna@/lab?project=smg&host=/tmp/a"),
        folder("postgresql://anna@/lab?project=smg&host=/tmp/b"));
    EXPECT_EQ(folder("postgresql://anna@..%2F..%2Fx/lab").parent_path(), data.path() / "Telltale/teams");
}

TEST(ProjectLocation, AFolderWithADatabaseIsAProject)
{
    const ScratchFolder scratch;
    ASSERT_TRUE(writeFileAtomically(scratch / "project.db", "x").ok());
    for (const fs::path& named : {scratch.path(), scratch / "project.db"}) {
        const auto place = locate(named.string());
        ASSERT_TRUE(place.ok()) << place.error().message;
        EXPECT_FALSE(place->isTeam());
        EXPECT_EQ(place->folder, scratch.path());
        EXPECT_EQ(place->textWithoutPassword(), scratch.path().string());
    }
}

TEST(ProjectLocation, AFolderWithATeamFileLeadsToItsServer)
{
    const ScratchFolder scratch;
    auto place = parsed("postgresql://anna:secret@db.example.org/lab?project=smg");
    place.folder = scratch / "new/team";
    ASSERT_TRUE(writeTeamFile(place).ok());
    EXPECT_THAT(*readFile(place.folder / "team.json"), Not(HasSubstr("secret")));
    const auto found = locate(place.folder.string());
    ASSERT_TRUE(found.ok()) << found.error().message;
    EXPECT_EQ(found->folder, place.folder);
    EXPECT_EQ(found->textWithoutPassword(), place.textWithoutPassword());
    EXPECT_EQ(found->password, "");
}

TEST(ProjectLocation, FoldersThatAreNoProjectSayWhy)
{
    const ScratchFolder scratch;
    const auto sentence = [](const fs::path& folder) {
        const auto place = locate(folder.string());
        return place ? std::string("it was found") : place.error().message;
    };
    const auto withTeamFile = [&](const std::string& name, const std::string& content) {
        fs::create_directories(scratch / name);
        EXPECT_TRUE(writeFileAtomically(scratch / name / "team.json", content).ok());
        return sentence(scratch / name);
    };
    EXPECT_THAT(sentence(scratch / "nowhere"), HasSubstr("no such folder"));
    EXPECT_THAT(sentence(scratch.path()), HasSubstr("'project new'"));
    EXPECT_THAT(withTeamFile("cut", "{\"store\": \"postgr"), HasSubstr("is damaged"));
    EXPECT_THAT(withTeamFile("empty", ""), HasSubstr("is damaged"));
    EXPECT_THAT(withTeamFile("list", "[1]"), HasSubstr("is damaged"));
    EXPECT_THAT(withTeamFile("number", R"({"store": 7})"), HasSubstr("is damaged"));
    EXPECT_THAT(withTeamFile("folder", R"({"store": "/tmp"})"), HasSubstr("is a postgresql:// URL"));
    EXPECT_THAT(withTeamFile("url", R"({"store": "postgresql://h"})"),
        AllOf(HasSubstr("team.json"), HasSubstr("names no database")));
    EXPECT_THAT(withTeamFile("password", R"({"store": "postgresql://anna:secret@h/lab"})"),
        AllOf(HasSubstr("holds a password"), Not(HasSubstr("secret"))));
    ASSERT_TRUE(writeFileAtomically(scratch / "url" / "project.db", "x").ok());
    EXPECT_THAT(sentence(scratch / "url"), HasSubstr("holds both"));
    auto place = parsed("postgresql://h/lab");
    place.folder = scratch / "url";
    const auto refused = writeTeamFile(place);
    EXPECT_EQ(refused.ok() ? ErrorCode::Internal : refused.error().code, ErrorCode::Conflict);
}

TEST(ProjectLocation, TheConnectOptionsReachAServer)
{
    PostgresServer* const server = PostgresServer::shared();
    if (!server)
        GTEST_SKIP() << PostgresServer::whyMissing();
    const auto place = parsed(server->url("smg_2026") + "&sslmode=prefer");
    const QString name = QStringLiteral("location");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name);
        database.setHostName(QString::fromStdString(place.host));
        database.setDatabaseName(QString::fromStdString(place.database));
        database.setUserName(QString::fromStdString(place.user));
        database.setConnectOptions(QString::fromStdString(place.connectOptions()));
        ASSERT_TRUE(database.open()) << database.lastError().text().toStdString();
        QSqlQuery query(database);
        ASSERT_TRUE(query.exec(QStringLiteral(
            "SELECT current_setting('search_path'), current_setting('application_name'), session_user")));
        ASSERT_TRUE(query.next());
        EXPECT_EQ(query.value(0).toString().toStdString(), "smg_2026");
        EXPECT_EQ(query.value(1).toString().toStdString(), "telltale");
        EXPECT_EQ(query.value(2).toString().toStdString(), "telltale");
    }
    QSqlDatabase::removeDatabase(name);
}
