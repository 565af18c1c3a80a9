// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Edits that return at once: durability, undo after a restart, other programs, conflicts.
#include "base/files.h"
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QUndoStack>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;

namespace {

std::unique_ptr<Document> openAs(const fs::path& folder, const std::string& annotator, bool background = true)
{
    DocumentOptions options;
    options.background = background;
    options.annotator = annotator;
    auto document = Document::open(folder, options);
    EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
    return document ? std::move(*document) : nullptr;
}

/// Lets events come in until `done`; a test that waits in vain fails after a minute.
template <typename Condition> bool waitUntil(Condition done)
{
    QElapsedTimer clock;
    for (clock.start(); !done() && clock.elapsed() < 60000;)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 1000);
    return done();
}

void expectSound(const fs::path& folder)
{
    ProgressSink quiet;
    const auto report = checkProject(folder, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_THAT(report->problems, testing::IsEmpty());
    EXPECT_EQ(report->stateHash, report->replayHash);
    EXPECT_FALSE(report->stateHash.empty());
}

} // namespace

TEST(Background, EditsReturnAtOnceAndAreDurableAfterFlush)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    auto document = openAs(scratch / "p", "anna");
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {i, i + 5}, 1)).ok());
    EXPECT_EQ(document->annotations(1).size(), 50U);
    ASSERT_TRUE(document->flush().ok());
    EXPECT_EQ(document->health().pending, 0);
    const auto other = openAs(scratch / "p", "bert", false);
    EXPECT_EQ(other->annotations(1).size(), 50U);
    document.reset();
    expectSound(scratch / "p");
}

TEST(Background, EveryStepCanBeUndoneAndRedoneAfterARestart)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    auto document = openAs(scratch / "p", "anna");
    const std::string empty = describe(*document);
    Random random(7);
    for (int i = 0; i < 400; ++i)
        ASSERT_TRUE(randomEdit(*document, random).ok());
    const std::string full = describe(*document);
    const int steps = document->undoStack()->index();
    ASSERT_GT(steps, 100);
    document.reset();
    document = openAs(scratch / "p", "anna");
    EXPECT_TRUE(describe(*document) == full);
    ASSERT_EQ(document->undoStack()->index(), steps);
    document->undoStack()->setIndex(steps / 2);
    const std::string half = describe(*document);
    document.reset();
    document = openAs(scratch / "p", "anna");
    EXPECT_TRUE(describe(*document) == half);
    EXPECT_EQ(document->undoStack()->index(), steps / 2);
    document->undoStack()->setIndex(steps);
    EXPECT_TRUE(describe(*document) == full);
    document->undoStack()->setIndex(0);
    EXPECT_TRUE(describe(*document) == empty);
    document.reset();
    expectSound(scratch / "p");
}

TEST(Background, StepsOfOtherAnnotatorsAreNotUndone)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    auto document = openAs(scratch / "p", "anna");
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    document.reset();
    document = openAs(scratch / "p", "bert");
    EXPECT_FALSE(document->undoStack()->canUndo());
    ASSERT_TRUE(document->relabel(1, 2).ok());
    document.reset();
    document = openAs(scratch / "p", "anna");
    ASSERT_EQ(document->undoStack()->index(), 1);
    QString sentence;
    QObject::connect(document.get(), &Document::editFailed, [&](const QString& text) { sentence = text; });
    document->undoStack()->undo(); // the span is not what anna made any more
    EXPECT_THAT(sentence.toStdString(), HasSubstr("somebody has changed"));
    EXPECT_EQ(document->annotation(1)->classId, 2);
    EXPECT_EQ(document->undoStack()->index(), 1);
}

TEST(Background, ADragIsOneStepAlsoAfterARestart)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    auto document = openAs(scratch / "p", "anna");
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {100, 200}, 1)).ok());
    for (int i = 1; i < 20; ++i)
        ASSERT_TRUE(document->setSpan(1, {100 + i, 200}, 4).ok());
    document.reset();
    document = openAs(scratch / "p", "anna");
    document->undoStack()->undo();
    EXPECT_EQ(document->annotation(1)->span, (FrameSpan{100, 200}));
    document->undoStack()->redo();
    EXPECT_EQ(document->annotation(1)->span, (FrameSpan{119, 200}));
}

TEST(Background, EditsOfAnotherProgramComeIn)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    const auto watching = openAs(scratch / "p", "anna");
    const auto writing = openAs(scratch / "p", "bert", false);
    ASSERT_TRUE(writing->addAnnotation(makeSpan(1, {10, 20}, 3)).ok());
    EXPECT_TRUE(waitUntil([&] { return watching->annotations(1).size() == 1; }));
    EXPECT_EQ(watching->annotations(1).front().annotator, "bert");
    // Numbers of new rows never meet.
    ASSERT_TRUE(watching->addAnnotation(makeSpan(1, {30, 40}, 1)).ok());
    ASSERT_TRUE(watching->flush().ok());
    ASSERT_TRUE(writing->addAnnotation(makeSpan(1, {50, 60}, 1)).ok());
    EXPECT_EQ(writing->annotations(1).size(), 3U);
}

TEST(Background, AConflictKeepsBothVersionsUntilSomebodyChooses)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    const auto writing = openAs(scratch / "p", "bert", false);
    ASSERT_TRUE(writing->addAnnotation(makeSpan(1, {10, 20}, 0)).ok());
    const auto anna = openAs(scratch / "p", "anna");
    ASSERT_TRUE(writing->relabel(1, 3).ok());
    // No events have come in, so anna still sees the old name.
    int found = 0;
    QObject::connect(anna.get(), &Document::conflictFound, [&] { ++found; });
    ASSERT_TRUE(anna->relabel(1, 4).ok());
    EXPECT_TRUE(waitUntil([&] { return found == 1; }));
    ASSERT_TRUE(anna->flush().ok());
    EXPECT_EQ(anna->annotation(1)->classId, 3);
    ASSERT_EQ(anna->conflicts().size(), 1U);
    const EditConflict conflict = anna->conflicts().front();
    EXPECT_EQ(conflict.annotator, "anna");
    EXPECT_EQ(conflict.other, "bert");
    EXPECT_THAT(conflict.mine, HasSubstr("\"class_id\":4"));
    EXPECT_THAT(conflict.theirs, HasSubstr("\"class_id\":3"));
    expectSound(scratch / "p");

    ASSERT_TRUE(anna->resolveConflict(conflict.id, Document::Side::Mine).ok());
    ASSERT_TRUE(anna->flush().ok());
    EXPECT_EQ(anna->annotation(1)->classId, 4);
    EXPECT_TRUE(anna->conflicts().empty());
    anna->undoStack()->undo();
    EXPECT_EQ(anna->annotation(1)->classId, 3);
    EXPECT_EQ(anna->conflicts().size(), 1U);
    ASSERT_TRUE(anna->resolveConflict(conflict.id, Document::Side::Theirs).ok());
    EXPECT_EQ(anna->annotation(1)->classId, 3);
    ASSERT_TRUE(anna->flush().ok());
    expectSound(scratch / "p");
}

TEST(Background, WhoWaitsForAnEditGetsTheConflictAsAnError)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    const auto a = openAs(scratch / "p", "a", false);
    ASSERT_TRUE(a->addAnnotation(makeSpan(1, {10, 20}, 0)).ok());
    const auto b = openAs(scratch / "p", "b", false);
    ASSERT_TRUE(a->relabel(1, 3).ok());
    const Status refused = b->relabel(1, 4);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(b->annotation(1)->classId, 3);
    EXPECT_TRUE(b->conflicts().empty());
    EXPECT_TRUE(b->relabel(1, 4).ok());
}

TEST(Background, AnythingAtRandomIsWhatTheLogSays)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p").reset();
    for (const uint64_t seed : {1U, 2U, 3U}) {
        auto document = openAs(scratch / "p", "anna");
        Random random(seed);
        for (int i = 0; i < 500; ++i)
            ASSERT_TRUE(randomEdit(*document, random).ok());
        const std::string before = describe(*document);
        document.reset();
        document = openAs(scratch / "p", "anna");
        EXPECT_TRUE(describe(*document) == before);
        document.reset();
        expectSound(scratch / "p");
    }
}
