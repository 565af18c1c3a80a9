// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "damage.h"
#include "data/safety/diagnosis.h"
#include "data/safety/walfile.h"
#include "editstream.h"
#include "smalldisk.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariant>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;

namespace {

ProgressSink quiet;

/// Healthy projects to be damaged, and snapshots in a folder of their own.
class Diagnosing : public testing::Test {
protected:
    void SetUp() override { setenv("TELLTALE_SNAPSHOTS", (m_scratch / "snapshots").c_str(), 1); }
    void TearDown() override { unsetenv("TELLTALE_SNAPSHOTS"); }

    /// A closed project: everything is in project.db.
    fs::path closedProject(int edits)
    {
        Random random(21);
        const auto document = makeSmallProject(m_scratch / "p");
        for (int i = 0; i < edits; ++i)
            EXPECT_TRUE(randomEdit(*document, random).ok());
        return m_scratch / "p";
    }

    /// As a crash leaves it: the first edits are in project.db, the last ones in the write-ahead file.
    fs::path crashedProject(int edits)
    {
        closedProject(edits);
        const auto document = Document::open(m_scratch / "p");
        for (int i = 0; i < edits; ++i)
            EXPECT_TRUE((*document)->addAnnotation(makeSpan(1, {i, i + 5}, 1)).ok());
        fs::create_directories(m_scratch / "crashed");
        for (const char* suffix : {"", "-wal"})
            fs::copy_file((m_scratch / "p/project.db").string() + suffix,
                (m_scratch / "crashed/project.db").string() + suffix);
        m_lastSequence = (*document)->summary().edits;
        return m_scratch / "crashed";
    }

    const ScratchFolder m_scratch;
    int64_t m_lastSequence = 0;
};

/// The diagnosis, and that it has changed nothing.
Diagnosis diagnose(const fs::path& folder)
{
    const auto before = everythingIn(folder);
    Diagnosis found = diagnoseProject(folder, quiet);
    EXPECT_EQ(everythingIn(folder), before) << "the diagnosis changed the project";
    return found;
}

/// Every row of every table, as the database tells it.
std::string allRows(const fs::path& database)
{
    std::string text;
    {
        auto connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("reader"));
        connection.setDatabaseName(QStringLiteral("file:") + QString::fromStdString(database.string())
            + QStringLiteral("?immutable=1"));
        connection.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_OPEN_READONLY"));
        connection.open();
        for (const QString& table : connection.tables()) {
            QSqlQuery query(QStringLiteral("SELECT * FROM ") + table, connection);
            while (query.next())
                for (int i = 0; i < query.record().count(); ++i)
                    text += query.value(i).toByteArray().toStdString() + "|";
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("reader"));
    return text;
}

void execute(const fs::path& database, const QString& statement)
{
    {
        auto connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        connection.setDatabaseName(QString::fromStdString(database.string()));
        EXPECT_TRUE(connection.open());
        QSqlQuery query(connection);
        EXPECT_TRUE(query.exec(statement));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
}

struct Damage {
    std::string name;
    std::function<void(const fs::path& folder)> inflict;
    ProjectHealth expected;
    std::string says; ///< in the sentence
};

std::vector<Damage> damages()
{
    const auto db = [](const fs::path& folder) { return folder / "project.db"; };
    return {
        {"nothing", [](const fs::path&) {}, ProjectHealth::Sound, ""},
        {"no folder", [](const fs::path& p) { fs::remove_all(p); }, ProjectHealth::NoFolder,
            "no such folder"},
        {"no database", [=](const fs::path& p) { fs::remove(db(p)); }, ProjectHealth::NotAProject,
            "project new"},
        {"a folder in its place",
            [=](const fs::path& p) {
                fs::remove(db(p));
                fs::create_directories(db(p) / "x");
            },
            ProjectHealth::NotAProject, "not a Telltale project"},
        {"of a team",
            [=](const fs::path& p) {
                fs::remove(db(p));
                EXPECT_TRUE(writeFileAtomically(p / "team.json", "{}").ok());
            },
            ProjectHealth::TeamProject, "server"},
        {"text",
            [=](const fs::path& p) { EXPECT_TRUE(writeFileAtomically(db(p), std::string(9000, 'x')).ok()); },
            ProjectHealth::NotAProject, "not a Telltale project"},
        {"a few bytes of text",
            [=](const fs::path& p) { EXPECT_TRUE(writeFileAtomically(db(p), "hello").ok()); },
            ProjectHealth::NotAProject, "not a Telltale project"},
        {"no bytes", [=](const fs::path& p) { truncateFile(db(p), 0); }, ProjectHealth::Empty, "0 bytes"},
        {"half a header", [=](const fs::path& p) { truncateFile(db(p), 50); }, ProjectHealth::Truncated,
            "cut short"},
        {"one byte less",
            [=](const fs::path& p) { truncateFile(db(p), static_cast<int64_t>(fs::file_size(db(p))) - 1); },
            ProjectHealth::Truncated, "1 page is missing"},
        {"half",
            [=](const fs::path& p) { truncateFile(db(p), static_cast<int64_t>(fs::file_size(db(p))) / 2); },
            ProjectHealth::Truncated, "pages are missing"},
        {"bytes too many",
            [=](const fs::path& p) {
                overwriteFile(db(p), static_cast<int64_t>(fs::file_size(db(p))), "more");
            },
            ProjectHealth::Damaged, "longer"},
        {"a page of zeros", [=](const fs::path& p) { overwriteFile(db(p), 8192, std::string(4096, '\0')); },
            ProjectHealth::Damaged, "is damaged"},
        {"first bytes", [=](const fs::path& p) { overwriteFile(db(p), 3, "xx"); }, ProjectHealth::Damaged,
            "first 16 bytes"},
        {"another program's database",
            [=](const fs::path& p) { overwriteFile(db(p), 68, std::string("\x0f\x05\x51\x12", 4)); },
            ProjectHealth::NotAProject, "not a Telltale project"},
        {"newer schema", [=](const fs::path& p) { overwriteFile(db(p), 60, std::string("\0\0\0\x63", 4)); },
            ProjectHealth::NewerSchema, "schema 99"},
        {"stopped restore",
            [=](const fs::path& p) { fs::rename(db(p), db(p).string() + ".before-restore-x"); },
            ProjectHealth::Interrupted, "stopped half-way"},
    };
}

} // namespace

TEST_F(Diagnosing, TellsWhichKindOfTroubleItIsAndChangesNothing)
{
    for (const Damage& damage : damages()) {
        const fs::path project = closedProject(150);
        damage.inflict(project);
        const Diagnosis found = fs::exists(project) ? diagnose(project) : diagnoseProject(project, quiet);
        EXPECT_EQ(nameOf(found.health), nameOf(damage.expected)) << damage.name << ": " << found.sentence;
        EXPECT_THAT(found.sentence, HasSubstr(damage.says)) << damage.name;
        if (found.health != ProjectHealth::Sound) {
            EXPECT_THAT(found.sentence, HasSubstr(project.string())) << damage.name;
        }
        fs::remove_all(project);
    }
}

TEST_F(Diagnosing, ASoundProjectHasItsFactsToldWithAndWithoutAWriteAheadFile)
{
    const Diagnosis crashed = diagnose(crashedProject(30));
    EXPECT_EQ(crashed.health, ProjectHealth::Sound) << crashed.sentence;
    EXPECT_EQ(crashed.lastSequence, m_lastSequence);
    EXPECT_TRUE(crashed.sentence.empty());
    const Diagnosis closed = diagnose(m_scratch / "p");
    EXPECT_EQ(closed.health, ProjectHealth::Sound) << closed.sentence;
    EXPECT_EQ(closed.lastSequence, m_lastSequence);
    EXPECT_EQ(closed.fileBytes, closed.expectedBytes);
    EXPECT_GE(closed.schema, 1);
}

TEST_F(Diagnosing, NamesTheNewestGoodSnapshotWhereOneHelps)
{
    const fs::path project = closedProject(20);
    truncateFile(project / "project.db", 9000);
    EXPECT_FALSE(diagnose(project).snapshot.has_value());
    fs::remove_all(project);
    closedProject(20);
    const auto snapshot = takeSnapshot(project / "project.db", defaultSnapshotFolder(project), quiet);
    ASSERT_TRUE(snapshot.ok());
    truncateFile(project / "project.db", 9000);
    const Diagnosis found = diagnose(project);
    ASSERT_TRUE(found.snapshot.has_value());
    EXPECT_EQ(found.snapshot->file, snapshot->file);
    EXPECT_THAT(found.sentence,
        testing::AllOf(HasSubstr("project repair"), HasSubstr(describeTime(*snapshot)),
            HasSubstr("edit " + std::to_string(snapshot->sequence))));
}

TEST_F(Diagnosing, WorksWhereNothingMayBeWritten)
{
    const SmallDisk disk(8 << 20);
    if (disk.ranElsewhere())
        return;
    if (!disk.ok())
        GTEST_SKIP() << disk.reason();
    fs::copy(crashedProject(20), disk / "p");
    if (!disk.setReadOnly(true))
        GTEST_SKIP() << "the system makes nothing read-only";
    const Diagnosis found = diagnose(disk / "p");
    EXPECT_EQ(found.health, ProjectHealth::Sound) << found.sentence;
    EXPECT_EQ(found.lastSequence, m_lastSequence);
}

TEST_F(Diagnosing, AFileCutAnywhereIsCutShort)
{
    const fs::path file = closedProject(100) / "project.db";
    const std::string whole = *readFile(file);
    Random random(3);
    for (int i = 0; i < 60; ++i) {
        const int64_t size = 1 + random.below(static_cast<int64_t>(whole.size()) - 1);
        ASSERT_TRUE(writeFileAtomically(file, whole.substr(0, static_cast<size_t>(size))).ok());
        EXPECT_EQ(nameOf(diagnoseProject(m_scratch / "p", quiet).health), nameOf(ProjectHealth::Truncated))
            << size;
    }
}

TEST_F(Diagnosing, PagesThatOnlyTheWriteAheadFileHasAreNotMissing)
{
    const fs::path project = crashedProject(400);
    const auto wal = readWal(project / "project.db-wal");
    ASSERT_TRUE(wal.ok());
    ASSERT_GT(wal->pageCount * 4096, static_cast<int64_t>(fs::file_size(project / "project.db")));
    EXPECT_EQ(diagnose(project).health, ProjectHealth::Sound);
    truncateFile(project / "project.db", 3 * 4096);
    EXPECT_EQ(diagnose(project).health, ProjectHealth::Truncated);
}

TEST_F(Diagnosing, EveryFlippedBitInTheHeaderIsFoundExceptWhereNothingReadsIt)
{
    const fs::path project = closedProject(20);
    const fs::path file = project / "project.db";
    for (int64_t bit = 0; bit < 800; ++bit) {
        const int64_t byte = bit / 8;
        // The counter that tells connections to read the schema anew, and which SQLite wrote last.
        if ((byte >= 40 && byte < 44) || byte >= 96)
            continue;
        flipBit(file, bit);
        EXPECT_NE(diagnoseProject(project, quiet).health, ProjectHealth::Sound) << "byte " << byte;
        flipBit(file, bit);
    }
    EXPECT_EQ(diagnose(project).health, ProjectHealth::Sound);
}

TEST_F(Diagnosing, AFlippedBitInAPagesDirectoryIsFoundOrChangesNoRow)
{
    constexpr int64_t kPage = 4096;
    const fs::path project = closedProject(60);
    const fs::path file = project / "project.db";
    const std::string rows = allRows(file);
    const auto pages = static_cast<int64_t>(fs::file_size(file)) / kPage;
    Random random(17);
    int found = 0;
    for (int64_t page = 1; page < pages; ++page) {
        const std::string head = bytesAt(file, page * kPage, 8);
        const int cells = static_cast<uint8_t>(head[3]) * 256 + static_cast<uint8_t>(head[4]);
        if (head[0] != 0x0d && head[0] != 0x0a) // leaves of tables and indexes
            continue;
        for (int i = 0; i < 10; ++i) {
            const int64_t bit = page * kPage * 8 + random.below((8 + 2 * cells) * 8);
            flipBit(file, bit);
            const bool sound = diagnoseProject(project, quiet).health == ProjectHealth::Sound;
            EXPECT_TRUE(!sound || allRows(file) == rows) << "bit " << bit;
            found += sound ? 0 : 1;
            flipBit(file, bit);
        }
    }
    EXPECT_GT(found, 50);
}

TEST_F(Diagnosing, AFlippedBitInTheWriteAheadFileIsFound)
{
    const fs::path project = crashedProject(12);
    const fs::path wal = project / "project.db-wal";
    const auto bits = static_cast<int64_t>(fs::file_size(wal)) * 8;
    Random random(19);
    for (int i = 0; i < 120; ++i) {
        const int64_t bit = i < 40 ? random.below(56 * 8) : random.below(bits);
        flipBit(wal, bit);
        const Diagnosis found = diagnoseProject(project, quiet);
        EXPECT_TRUE(found.health == ProjectHealth::Damaged || found.health == ProjectHealth::Torn)
            << "byte " << bit / 8 << ": " << nameOf(found.health);
        flipBit(wal, bit);
    }
    EXPECT_EQ(diagnose(project).health, ProjectHealth::Sound);
}

TEST_F(Diagnosing, ATransactionThatACrashCutOffIsNoDamage)
{
    const fs::path project = crashedProject(12);
    const fs::path wal = project / "project.db-wal";
    const auto size = static_cast<int64_t>(fs::file_size(wal));
    truncateFile(wal, size - 100);
    const Diagnosis found = diagnose(project);
    EXPECT_EQ(found.health, ProjectHealth::Sound) << found.sentence;
    EXPECT_EQ(found.lastSequence, m_lastSequence - 1);
}

TEST_F(Diagnosing, ACopyThatChangedWhileItWasMadeIsMadeAnew)
{
    closedProject(5);
    const auto document = Document::open(m_scratch / "p");
    ASSERT_TRUE(document.ok());
    const auto edit = [&](int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE((*document)->addAnnotation(makeSpan(1, {i, i + 5}, 1)).ok());
    };
    edit(150);
    // Between the copies of the database and of the write-ahead file, what was in the latter goes to the
    // former.
    class Meddler : public ProgressSink {
    public:
        explicit Meddler(std::function<void()> call) : m_call(std::move(call)) { }
        void report(int64_t, int64_t, std::string_view what) override
        {
            if (what.starts_with("copying") && m_calls++ == 0)
                m_call();
        }

    private:
        std::function<void()> m_call;
        int m_calls = 0;
    } meddler([&] {
        execute(m_scratch / "p/project.db", QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
        edit(3);
    });
    const Diagnosis found = diagnoseProject(m_scratch / "p", meddler);
    EXPECT_EQ(nameOf(found.health), nameOf(ProjectHealth::Sound))
        << found.sentence << testing::PrintToString(found.problems);
    EXPECT_EQ(found.lastSequence, (*document)->summary().edits);
}

TEST_F(Diagnosing, AProjectThatOthersWriteToIsSound)
{
    closedProject(5);
    std::atomic<bool> stop = false;
    std::jthread writer([&] {
        const auto document = Document::open(m_scratch / "p");
        for (int i = 0; !stop; ++i)
            EXPECT_TRUE((*document)->addAnnotation(makeSpan(1, {i % 9000, i % 9000 + 5}, 1)).ok());
    });
    for (int i = 0; i < 40; ++i) {
        const Diagnosis found = diagnoseProject(m_scratch / "p", quiet);
        EXPECT_EQ(nameOf(found.health), nameOf(ProjectHealth::Sound))
            << found.sentence << testing::PrintToString(found.problems);
    }
    stop = true;
}
