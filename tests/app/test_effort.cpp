// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/effortpage.h"
#include "app/gui/effort/effortcounter.h"
#include "app/gui/effort/effortmeter.h"
#include "app/gui/keys/painting.h"
#include "app/gui/messagebar.h"
#include "app/gui/sprint/sprintdialog.h"
#include "base/random.h"
#include "widgets/plot/spreadview.h"
#include "windowtest.h"
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QUndoStack>
#include <cmath>

namespace telltale {

using namespace std::chrono_literals;

/// What edits cost: counted without looking at what is pressed, written with the edit, shown as figures.
class TestEffort : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void cleanup() { close(); }

    void pausesCountUpToTheIdleLimit()
    {
        EffortCounter counter;
        counter.begin(100s);
        counter.press(102s);
        counter.touch(102s + kIdleLimit + 40s); // somebody had a coffee
        counter.click(102s + kIdleLimit + 41s);
        const EditEffort effort = counter.take(102s + kIdleLimit + 41s + 500ms);
        QCOMPARE(effort.span.milliseconds, 2000 + kIdleLimit.count() / 1000 + 1000 + 500);
        QCOMPARE(effort.span.keys, int64_t(1));
        QCOMPARE(effort.span.clicks, int64_t(1));
        QVERIFY(effort.search.isNothing());
        QVERIFY(counter.take(102s + kIdleLimit + 41s + 500ms).span.isNothing());
    }

    void timeStandsStillWhileTheWindowIsNotInFront()
    {
        EffortCounter counter;
        counter.begin(0s);
        counter.leave(3s);
        counter.touch(9s); // the pointer passes over it
        counter.come(20s);
        counter.touch(21s);
        counter.leave(22s);
        counter.press(40s); // whoever presses a key is back
        counter.touch(41s);
        const EditEffort effort = counter.take(41s);
        QCOMPARE(effort.span.milliseconds, int64_t(3000 + 1000 + 1000 + 1000));
        QCOMPARE(effort.span.keys, int64_t(1));
    }

    void whatCameBeforeASpanWasChosenIsSearch()
    {
        EffortCounter counter;
        counter.begin(0s);
        counter.press(1s);
        counter.choose(2s);
        counter.click(4s);
        counter.choose(5s);
        counter.press(6s);
        counter.press(7s);
        const EditEffort effort = counter.take(8s);
        QCOMPARE(effort.span, (EffortPart{3000, 2, 0}));
        QCOMPARE(effort.search, (EffortPart{5000, 1, 1}));
    }

    void aDecisionInTheQueueIsWrittenWithItsKeys()
    {
        start();
        const int64_t first = review().selected();
        press(Qt::Key_A);
        QVERIFY(review().selected() != first);
        press(Qt::Key_Tab);
        press(Qt::Key_X);
        const std::vector<EffortEntry> log = entries();
        QCOMPARE(log.size(), size_t(2));
        QCOMPARE(log[0].spans.front().id, first);
        QCOMPARE(log[0].effort->span.keys, int64_t(1));
        QCOMPARE(log[0].effort->span.clicks, int64_t(0));
        QCOMPARE(log[0].effort->mode, EffortMode::List); // the sample's order
        QCOMPARE(log[1].effort->span.keys, int64_t(1));
        QCOMPARE(log[1].effort->search.keys, int64_t(1)); // the Tab that went there
    }

    void aChordAndAHeldKeyArePressedOnceAndModifiersAreNone()
    {
        start();
        QTest::keyPress(m_window.get(), Qt::Key_Shift, Qt::ShiftModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyRelease(m_window.get(), Qt::Key_Shift);
        for (const bool held : {false, true, true}) {
            QKeyEvent down(QEvent::KeyPress, Qt::Key_Right, {}, QString(), held);
            QApplication::sendEvent(&m_window->timeline(), &down);
        }
        QKeyEvent up(QEvent::KeyRelease, Qt::Key_Right, {});
        QApplication::sendEvent(&m_window->timeline(), &up);
        QTest::mouseClick(&m_window->videoView(), Qt::LeftButton);
        press(Qt::Key_A);
        const std::vector<EffortEntry> log = entries();
        QCOMPARE(log.size(), size_t(1));
        QCOMPARE(log[0].effort->span.keys, int64_t(3));
        QCOMPARE(log[0].effort->span.clicks, int64_t(1));
    }

    void theWayOfWorkingGoesWithIt()
    {
        start();
        review().queue().setOrder(QueueOrder::TailHunt);
        review().step(1);
        press(Qt::Key_A);
        for (const Annotation& span : document()->annotations(session().videoId()))
            if (span.id != review().selected()) {
                review().select(span.id, false); // as the timeline does
                break;
            }
        press(Qt::Key_F);
        for (const bool paint : {false, true}) {
            m_window->painting().setOn(paint);
            press(Qt::Key_Right); // an edit that cost nothing has no record
            review().setDraft(paint ? FrameSpan{97, 99} : FrameSpan{90, 95});
            review().createSpan(1);
        }
        m_window->painting().setOn(false);
        press(Qt::Key_Right);
        QVERIFY(document()->acceptAbove(0).ok());
        press(Qt::Key_Right);
        document()->undoStack()->undo();
        std::vector<EffortMode> modes;
        for (const EffortEntry& entry : entries())
            if (entry.effort)
                modes.push_back(entry.effort->mode);
        QCOMPARE(modes.size(), size_t(6));
        QCOMPARE(modes[0], EffortMode::TailHunt);
        QCOMPARE(modes[1], EffortMode::Timeline);
        QCOMPARE(modes[2], EffortMode::Timeline);
        QCOMPARE(modes[3], EffortMode::Paint);
        for (size_t i = 4; i < modes.size(); ++i)
            QCOMPARE(modes[i], EffortMode::Bulk);
    }

    void turnedOffNothingIsCountedOrWritten()
    {
        start();
        QAction* const action = m_window->actions().action("record-effort");
        QVERIFY(action->isChecked());
        action->trigger();
        QVERIFY(!m_window->effort().on());
        QVERIFY(!action->isChecked());
        press(Qt::Key_A);
        QCOMPARE(entries().size(), size_t(1));
        QVERIFY(!entries()[0].effort);
        EffortPage* const page = openPage();
        QTRY_VERIFY(!page->busy());
        QVERIFY2(page->view()->message().contains(QStringLiteral("Record effort")),
            qPrintable(page->view()->message()));
        QVERIFY(page->tables().empty());
        auto* box = page->findChild<QCheckBox*>();
        QVERIFY(!box->isChecked());
        box->click();
        QVERIFY(m_window->effort().on());
        QVERIFY(action->isChecked());
        QVERIFY2(page->view()->message().contains(QStringLiteral("from now on")),
            qPrintable(page->view()->message()));
    }

    void thePageFollowsDecisionsAndLeadsToTheCostliestSpans()
    {
        start();
        EffortPage* const page = openPage();
        QTRY_VERIFY(!page->busy());
        QVERIFY2(page->view()->message().contains(QStringLiteral("Nobody has decided")),
            qPrintable(page->view()->message()));
        QSignalSpy shown(page, &AnalysisPage::shown);
        const int64_t first = review().selected();
        press(Qt::Key_A);
        press(Qt::Key_X);
        QTRY_COMPARE(page->analysis().all.seconds.count, int64_t(2));
        QVERIFY(!page->view()->isEmpty());
        QCOMPARE(page->view()->rows().size(), size_t(1));
        QVERIFY(page->view()->rows()[0].note.contains(QStringLiteral("2 span")));
        QCOMPARE(page->figures().size(), size_t(4));
        QCOMPARE(page->tables().size(), size_t(2));
        QCOMPARE(page->spans()->rowCount(), 2);
        page->choose(1, 1);
        page->view()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(page->view(), Qt::Key_Return);
        QVERIFY(page->spans()->rowCount() >= 1);
        page->choose(0, 0);
        for (int row = 0; row < page->spans()->rowCount(); ++row)
            if (page->spans()->item(row, 0)->data(Qt::UserRole).toLongLong() == first)
                emit page->spans()->cellActivated(row, 0);
        QCOMPARE(review().selected(), first);
        session().closeProject();
        QTRY_VERIFY(page->view()->isEmpty());
    }

    void manyWaysAndClassesHaveARowEach()
    {
        start();
        EffortPage* const page = openPage();
        fill();
        page->refresh();
        QTRY_COMPARE(page->analysis().all.seconds.count, int64_t(240));
        QCOMPARE(page->view()->rows().size(), size_t(9));
        const auto settle = [page] {
            page->view()->setFocus(Qt::TabFocusReason);
            QTest::qWait(50);
        };
        savePictures(*page, QStringLiteral("effort-ways"), settle);
        page->choose(1, 1);
        QCOMPARE(page->view()->rows().size(), size_t(14));
        for (size_t i = 1; i < page->analysis().classes.size(); ++i)
            QVERIFY(
                page->analysis().classes[i - 1].seconds.count >= page->analysis().classes[i].seconds.count);
        savePictures(*page, QStringLiteral("effort-classes"), settle);
        savePicture(*m_window, QStringLiteral("effort-window"));
        const QString paper = m_folder->filePath(QStringLiteral("paper.png"));
        QVERIFY(page->view()->save(paper).ok());
        if (const QString folder = qEnvironmentVariable("TELLTALE_PICTURES"); !folder.isEmpty())
            QFile::copy(paper, QDir(folder).filePath(QStringLiteral("effort-paper.png")));
    }

private:
    void start()
    {
        makeProject();
        openWindow();
        QVERIFY(review().selected() != 0);
        m_before = document()->sequence();
    }

    /// What was written since.
    std::vector<EffortEntry> entries()
    {
        (void)document()->flush();
        const auto read = document()->effortLog(m_before, 1000);
        return read ? *read : std::vector<EffortEntry>();
    }

    EffortPage* openPage()
    {
        m_window->showPanel("statistics");
        AnalysisPanel* const panel = m_window->findChild<AnalysisPanel*>();
        panel->showPage(panel->page<EffortPage>());
        panel->refreshNow();
        return panel->page<EffortPage>();
    }

    /// Decisions of several classes and ways, with times as people have them.
    void fill()
    {
        Random random(5);
        EditEffort next;
        document()->setEffortSource([&next](const std::string&) { return formatEffort(next); });
        for (int i = 0; i < 240; ++i) {
            const int mode = static_cast<int>(random.below(9));
            const double slow = 1 + 0.4 * mode;
            next = {{static_cast<int64_t>(1000 * slow * std::exp(0.5 * random.normal())), 1 + random.below(3),
                        random.below(2)},
                {random.below(900), random.below(2), 0}, static_cast<EffortMode>(mode)};
            Annotation span;
            span.videoId = session().videoId();
            span.span = {random.below(100), 110 + random.below(10)};
            span.classId = static_cast<int>(random.below(14));
            QVERIFY(document()->addAnnotation(span).ok());
        }
        document()->setEffortSource({});
    }

    int64_t m_before = 0;
};

} // namespace telltale

QTEST_MAIN(telltale::TestEffort)
#include "test_effort.moc"
