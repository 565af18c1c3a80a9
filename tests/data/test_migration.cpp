// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Projects of older schemas, written here as the programs of their time wrote them.
#include "base/files.h"
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include <QCryptographicHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUndoStack>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace telltale;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kTables[] = {"PRAGMA journal_mode = WAL", "PRAGMA application_id = 1413827660",
    "CREATE TABLE schemes(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)",
    "CREATE TABLE videos(id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, name TEXT NOT NULL UNIQUE,"
    " subject TEXT NOT NULL, role TEXT NOT NULL, fingerprint TEXT NOT NULL, frame_count INTEGER NOT NULL,"
    " duration_us INTEGER NOT NULL, fps REAL NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,"
    " offline INTEGER NOT NULL, track TEXT NOT NULL)",
    "CREATE TABLE runs(id INTEGER PRIMARY KEY AUTOINCREMENT, video_id INTEGER NOT NULL REFERENCES videos(id),"
    " time TEXT NOT NULL, model TEXT NOT NULL, recipe TEXT NOT NULL, seed TEXT NOT NULL, curves TEXT NOT "
    "NULL)",
    "CREATE TABLE payloads(digest TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
    "CREATE TABLE predictions(id INTEGER PRIMARY KEY AUTOINCREMENT, run_id INTEGER NOT NULL REFERENCES "
    "runs(id),"
    " video_id INTEGER NOT NULL REFERENCES videos(id), person INTEGER NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, score REAL NOT NULL, pseudo_label INTEGER NOT NULL, birth TEXT NOT NULL,"
    " payload TEXT NOT NULL REFERENCES payloads(digest))",
    "CREATE TABLE annotations(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " video_id INTEGER NOT NULL REFERENCES videos(id), person INTEGER NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, class_id INTEGER NOT NULL, state TEXT NOT NULL, origin TEXT NOT NULL,"
    " annotator TEXT NOT NULL, prediction_id INTEGER REFERENCES predictions(id), start_us INTEGER,"
    " end_us INTEGER, CHECK(first >= 0 AND last > first))",
    "CREATE TABLE models(id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, file TEXT NOT NULL,"
    " kind TEXT NOT NULL, recipe TEXT NOT NULL, metrics TEXT NOT NULL, active INTEGER NOT NULL)",
    "CREATE TABLE edits(sequence INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, annotator TEXT NOT "
    "NULL,"
    " kind TEXT NOT NULL, command TEXT NOT NULL, changes TEXT NOT NULL,"
    " undo_of INTEGER REFERENCES edits(sequence))",
    "CREATE TRIGGER edits_remain BEFORE DELETE ON edits BEGIN SELECT RAISE(ABORT, 'the log only grows'); "
    "END"};
constexpr const char* kSyncs
    = "CREATE TABLE syncs(id INTEGER PRIMARY KEY AUTOINCREMENT, video_id INTEGER NOT NULL"
      " UNIQUE REFERENCES videos(id), session INTEGER NOT NULL, offset_us INTEGER NOT NULL)";

/// Writes rows and the entries of the log that explain them.
class OldProject {
public:
    OldProject(const fs::path& folder, int version)
    {
        fs::create_directories(folder);
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("older"));
        m_database.setDatabaseName(QString::fromStdString((folder / "project.db").string()));
        EXPECT_TRUE(m_database.open());
        for (const char* statement : kTables)
            execute(statement);
        if (version >= 2)
            execute(kSyncs);
        execute(("PRAGMA user_version = " + std::to_string(version)).c_str());
    }
    ~OldProject()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(QStringLiteral("older"));
    }
    OldProject(const OldProject&) = delete;
    OldProject& operator=(const OldProject&) = delete;

    void edit(const char* command, const std::vector<std::tuple<std::string, int64_t, json>>& rows)
    {
        json changes = json::array();
        for (const auto& [table, id, row] : rows) {
            insert(table, id, row);
            changes.push_back({{"table", table}, {"id", id}, {"before", nullptr}, {"after", row}});
        }
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral("INSERT INTO edits(time, annotator, kind, command, changes)"
                                     " VALUES('2026-11-01T10:00:00.000Z', 'anna', 'do', ?, ?)"));
        query.addBindValue(QString::fromLatin1(command));
        query.addBindValue(QString::fromStdString(changes.dump()));
        EXPECT_TRUE(query.exec()) << query.lastError().text().toStdString();
    }

    std::string payload(const std::vector<float>& fused)
    {
        std::string bytes
            = json{{"fused", fused.size()}, {"modalities", json::array({{"joint", fused.size(), 0}})}}.dump()
            + "\n";
        for (int i = 0; i < 2; ++i) {
            const size_t at = bytes.size();
            bytes.resize(at + fused.size() * sizeof(float));
            std::memcpy(bytes.data() + at, fused.data(), fused.size() * sizeof(float));
        }
        const QByteArray content(bytes.data(), static_cast<qsizetype>(bytes.size()));
        const QByteArray digest = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral("INSERT INTO payloads VALUES(?, ?)"));
        query.addBindValue(QString::fromLatin1(digest));
        query.addBindValue(content);
        EXPECT_TRUE(query.exec());
        return digest.toStdString();
    }

private:
    void execute(const char* statement)
    {
        QSqlQuery query(m_database);
        EXPECT_TRUE(query.exec(QString::fromLatin1(statement))) << statement;
    }

    void insert(const std::string& table, int64_t id, const json& row)
    {
        QStringList names{QStringLiteral("id")};
        QStringList places{QStringLiteral("?")};
        QVariantList values{QVariant::fromValue<qlonglong>(id)};
        for (const auto& [name, value] : row.items()) {
            names << QString::fromStdString(name);
            places << QStringLiteral("?");
            values << (value.is_null()        ? QVariant()
                    : value.is_string()       ? QVariant(QString::fromStdString(value.get<std::string>()))
                    : value.is_number_float() ? QVariant(value.get<double>())
                                              : QVariant::fromValue<qlonglong>(value.get<int64_t>()));
        }
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral("INSERT INTO %1(%2) VALUES(%3)")
                          .arg(QString::fromStdString(table), names.join(QLatin1Char(',')),
                              places.join(QLatin1Char(','))));
        for (const QVariant& value : values)
            query.addBindValue(value);
        EXPECT_TRUE(query.exec()) << query.lastError().text().toStdString();
    }

    QSqlDatabase m_database;
};

json oldVideo(const char* name, const char* subject, const char* role, const char* track)
{
    return {{"path", std::string(name) + ".mp4"}, {"name", name}, {"subject", subject}, {"role", role},
        {"fingerprint", "f"}, {"frame_count", 1000}, {"duration_us", 40000000}, {"fps", 25.0}, {"width", 64},
        {"height", 48}, {"offline", 0}, {"track", track}};
}

json oldSpan(int first, int last, int classId, const char* state, const json& prediction)
{
    return {{"video_id", 1}, {"person", 0}, {"first", first}, {"last", last}, {"class_id", classId},
        {"state", state}, {"origin", prediction.is_null() ? "human" : "model"},
        {"annotator", prediction.is_null() ? "anna" : ""}, {"prediction_id", prediction},
        {"start_us", nullptr}, {"end_us", nullptr}};
}

void writeOldProject(const fs::path& folder, int version)
{
    OldProject old(folder, version);
    const json scheme{{"name", "own"}, {"title", "Own"}, {"version", 1}, {"fixed", false},
        {"classes", {{{"name", "a"}, {"color", "#112233"}}, {{"name", "b"}, {"color", "#445566"}}}}};
    old.edit("create", {{"schemes", 1, {{"body", scheme.dump()}}}});
    old.edit("add_video", {{"videos", 1, oldVideo("v1", "s1", "train", "cache/tracks/t.npz")}});
    old.edit("add_video", {{"videos", 2, oldVideo("v2", "s1", "test", "")}});
    old.edit("add_annotation", {{"annotations", 1, oldSpan(10, 20, 1, "accepted", nullptr)}});
    const std::string digest = old.payload({0.25F, 0.75F});
    old.edit("import_run",
        {{"runs", 3,
             {{"video_id", 1}, {"time", "t"}, {"model", "m"}, {"recipe", "r"},
                 {"seed", "18446744073709551615"}, {"curves", "c"}}},
            {"predictions", 7,
                {{"run_id", 3}, {"video_id", 1}, {"person", 0}, {"first", 50}, {"last", 70}, {"score", 0.5},
                    {"pseudo_label", 1},
                    {"birth", R"({"label":1,"votes":{"joint":{"class":1},"rgb":{"class":0}},"digest":"d"})"},
                    {"payload", digest}}},
            {"annotations", 4, oldSpan(50, 70, 1, "proposed", 7)}});
    if (version >= 2)
        old.edit("synchronize",
            {{"syncs", 1, {{"video_id", 1}, {"session", 1}, {"offset_us", 0}}},
                {"syncs", 2, {{"video_id", 2}, {"session", 1}, {"offset_us", 500}}}});
}

} // namespace

TEST(Migration, OlderProjectsOpenWithAllTheyHeldAndTheirWholeLog)
{
    for (const int version : {1, 2}) {
        SCOPED_TRACE(version);
        const ScratchFolder scratch;
        const fs::path folder = scratch / "p";
        writeOldProject(folder, version);
        const auto opened = Document::open(folder);
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        Document& document = **opened;
        ASSERT_EQ(document.videos().size(), 2U);
        EXPECT_EQ(document.video(1)->subject, "s1");
        EXPECT_EQ(document.video(1)->role, SubjectRole::Train);
        EXPECT_EQ(document.video(1)->track, "cache/tracks/t.npz");
        EXPECT_EQ(document.video(2)->subject, "s1 (test)"); // one person in two parts of the split
        EXPECT_EQ(document.video(2)->role, SubjectRole::Test);
        const auto spans = document.annotations(1);
        ASSERT_EQ(spans.size(), 2U);
        EXPECT_EQ(spans[0].span, (FrameSpan{10, 20}));
        EXPECT_EQ(spans[0].startUs, -1);
        const auto prediction = document.prediction(spans[1].predictionId);
        ASSERT_TRUE(prediction);
        EXPECT_EQ(prediction->fused, (std::vector<float>{0.25F, 0.75F}));
        EXPECT_EQ(prediction->runId, 3);
        const auto label = document.pseudoLabel(prediction->id);
        ASSERT_TRUE(label);
        EXPECT_EQ(label->voters, R"(["joint"])");
        EXPECT_EQ(document.runs(1).front().seed, UINT64_MAX);
        EXPECT_EQ(document.camerasOf(1).size(), version == 1 ? 0U : 2U);
        EXPECT_EQ(document.summary().edits, version == 1 ? 6 : 7);
        EXPECT_FALSE(document.undoStack()->canUndo()); // the rows of older entries look different
        const auto id = document.addAnnotation(makeSpan(2, {1, 2}, 0));
        ASSERT_TRUE(id.ok());
        EXPECT_EQ(*id, 5);
        ProgressSink quiet;
        const auto report = checkProject(folder, quiet);
        ASSERT_TRUE(report.ok()) << report.error().message;
        EXPECT_THAT(report->problems, testing::IsEmpty());
        EXPECT_EQ(report->stateHash, report->replayHash);
        EXPECT_TRUE(fs::exists(folder / ("project.db.schema" + std::to_string(version))));
    }
}

TEST(Migration, AnOlderProjectThatIsDamagedStaysAsItWas)
{
    const ScratchFolder scratch;
    const fs::path folder = scratch / "p";
    writeOldProject(folder, 2);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("harm"));
        database.setDatabaseName(QString::fromStdString((folder / "project.db").string()));
        ASSERT_TRUE(database.open());
        QSqlQuery query(database);
        ASSERT_TRUE(query.exec(QStringLiteral("UPDATE payloads SET bytes = x'00'")));
        ASSERT_TRUE(query.exec(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("harm"));
    const auto before = readFile(folder / "project.db");
    const auto opened = Document::open(folder);
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().message, testing::HasSubstr("prediction 7"));
    EXPECT_TRUE(*readFile(folder / "project.db") == *before);
}
