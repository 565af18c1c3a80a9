// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A disk that is full and a folder that nobody may write to, while somebody works.
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include "smalldisk.h"
#include <QCoreApplication>
#include <QElapsedTimer>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;

namespace {

constexpr int64_t kDiskBytes = 24 << 20;

/// A project on a small disk of its own.
class Trouble : public testing::Test {
protected:
    /// False: the test has run elsewhere or cannot run here.
    bool prepare()
    {
        if (m_disk.ranElsewhere() || !m_disk.ok())
            return false;
        makeSmallProject(project()).reset();
        return true;
    }
    fs::path project() const { return m_disk / "p"; }

    static std::unique_ptr<Document> open(const fs::path& folder, bool background)
    {
        DocumentOptions options;
        options.background = background;
        auto document = Document::open(folder, options);
        EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
        return document ? std::move(*document) : nullptr;
    }
    static void addSpans(Document& document, int first, int count)
    {
        for (int i = first; i < first + count; ++i)
            ASSERT_TRUE(document.addAnnotation(makeSpan(1, {i, i + 5}, 1)).ok());
    }

    const SmallDisk m_disk{kDiskBytes};
};

template <typename Condition> bool waitUntil(Condition done)
{
    QElapsedTimer clock;
    for (clock.start(); !done() && clock.elapsed() < 60000;)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 1000);
    return done();
}

void expectSound(const fs::path& folder, size_t spans)
{
    ProgressSink quiet;
    const auto report = checkProject(folder, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_THAT(report->problems, testing::IsEmpty());
    const auto document = Document::open(folder);
    ASSERT_TRUE(document.ok()) << document.error().message;
    EXPECT_EQ((*document)->annotations(1).size(), spans);
}

} // namespace

#define PREPARE_OR_LEAVE()                                                                                   \
    if (!prepare()) {                                                                                        \
        if (m_disk.ranElsewhere())                                                                           \
            return;                                                                                          \
        GTEST_SKIP() << m_disk.reason();                                                                     \
    }

TEST_F(Trouble, WorkGoesOnWhenTheDiskIsFullAndIsWrittenOnceThereIsRoom)
{
    PREPARE_OR_LEAVE();
    auto document = open(project(), true);
    addSpans(*document, 0, 10);
    ASSERT_TRUE(document->flush().ok());
    m_disk.fill();
    addSpans(*document, 10, 300);
    EXPECT_TRUE(waitUntil([&] { return !document->health().trouble.empty(); }));
    EXPECT_THAT(document->health().trouble, testing::AllOf(HasSubstr("full"), HasSubstr("make room")));
    EXPECT_GT(document->health().pending, 0);
    EXPECT_FALSE(document->flush().ok());
    addSpans(*document, 310, 50);
    EXPECT_EQ(document->annotations(1).size(), 360U);
    m_disk.makeRoom();
    EXPECT_TRUE(waitUntil([&] { return document->health().pending == 0; })) << document->health().trouble;
    EXPECT_TRUE(waitUntil([&] { return document->health().trouble.empty(); }));
    document.reset();
    expectSound(project(), 360);
}

TEST_F(Trouble, AProgramThatIsKilledWhileTheDiskIsFullLosesNothingThatTheJournalHolds)
{
    PREPARE_OR_LEAVE();
    const pid_t victim = ::fork();
    if (victim == 0) {
        auto document = open(project(), true);
        addSpans(*document, 0, 10);
        (void)document->flush();
        m_disk.fill();
        addSpans(*document, 10, 300);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(victim, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    m_disk.makeRoom();
    expectSound(project(), 310);
}

TEST_F(Trouble, TheCommandLineSaysThatTheDiskIsFull)
{
    PREPARE_OR_LEAVE();
    auto document = open(project(), false);
    m_disk.fill();
    Status status;
    size_t written = 0;
    for (int i = 0; i < 3000 && status.ok(); ++i) {
        const auto id = document->addAnnotation(makeSpan(1, {i, i + 5}, 1));
        status = id ? Status() : Status(id.error());
        written += id ? 1 : 0;
    }
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::Io);
    EXPECT_THAT(status.error().message, HasSubstr("full"));
    EXPECT_EQ(document->annotations(1).size(), written) << "an edit that was refused changes nothing";
    m_disk.makeRoom();
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {4000, 4005}, 1)).ok());
    document.reset();
    expectSound(project(), written + 1);
}

TEST_F(Trouble, AFolderThatMayNotBeWrittenIsShownAndEditsWaitUntilItMay)
{
    PREPARE_OR_LEAVE();
    if (!m_disk.setReadOnly(true))
        GTEST_SKIP() << "the system makes nothing read-only";
    const auto refused = Document::open(project());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Io);
    EXPECT_THAT(refused.error().message, HasSubstr("permission"));
    auto document = open(project(), true);
    ASSERT_TRUE(document);
    EXPECT_THAT(document->health().trouble, HasSubstr("permission"));
    EXPECT_EQ(document->videos().size(), 1U);
    addSpans(*document, 0, 20);
    EXPECT_EQ(document->annotations(1).size(), 20U);
    EXPECT_FALSE(document->flush().ok());
    ASSERT_TRUE(m_disk.setReadOnly(false));
    EXPECT_TRUE(waitUntil([&] { return document->health().pending == 0; })) << document->health().trouble;
    document.reset();
    expectSound(project(), 20);
}
