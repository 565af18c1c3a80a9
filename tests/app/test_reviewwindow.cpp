// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/classpicker.h"
#include "app/gui/messagebar.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QTableView>
#include <QTest>
#include <QUndoStack>

namespace telltale {

/// The real window on a real project; nothing in between is replaced.
class TestReviewWindow : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void init()
    {
        makeProject();
        openWindow();
        QTRY_VERIFY(m_window->bench().session.shownFrame() == 10);
    }

    void cleanup() { close(); }

    void openingSelectsTheFirstProposalAndShowsItsFirstFrame()
    {
        QCOMPARE(spanAt(0).id, review().selected());
        QCOMPARE(m_window->bench().player.frame(), 10);
        QCOMPARE(m_window->videoView().shownFrame(), 10);
        QVERIFY(m_window->timeline().visibleFrames().contains(10));
    }

    void addedVideosAreIndexedBehindTheWindowAndABadOneIsNamed()
    {
        const QString copy = m_folder->filePath(QStringLiteral("second.mp4"));
        QVERIFY(QFile::copy(toQString(m_project / "clip.mp4"), copy));
        QDialog* dialog = m_window->commands().addVideos({QStringLiteral("/nowhere/none.mp4"), copy});
        dialog->accept();
        const Document* document = m_window->bench().session.document();
        QCOMPARE(document->videos().size(), 1U); // nothing was decoded on this thread
        QTRY_COMPARE(document->videos().size(), 2U);
        QCOMPARE(document->videos().back().name, std::string("second"));
        QVERIFY(m_window->messages().text().contains(QStringLiteral("none.mp4")));
    }

    void oneKeyAcceptsAndGoesToTheNextOne()
    {
        press(Qt::Key_A);
        QCOMPARE(spanAt(0).state, SpanState::Accepted);
        QCOMPARE(review().selected(), spanAt(1).id);
        QCOMPARE(m_window->bench().player.frame(), 40);
        QTRY_COMPARE(m_window->bench().session.shownFrame(), 40);
    }

    void oneKeyRejectsSkipsAndFlags()
    {
        press(Qt::Key_X);
        press(Qt::Key_S);
        press(Qt::Key_F);
        QCOMPARE(spanAt(0).state, SpanState::Rejected);
        QCOMPARE(spanAt(1).state, SpanState::Skipped);
        QCOMPARE(spanAt(2).state, SpanState::Flagged);
        QCOMPARE(review().selected(), spanAt(3).id);
    }

    void digitsTakeTheCandidates()
    {
        press(Qt::Key_1);
        QCOMPARE(spanAt(0).classId, 2);
        QCOMPARE(spanAt(0).state, SpanState::Accepted);
        press(Qt::Key_2);
        QCOMPARE(spanAt(1).classId, 6);
        QCOMPARE(spanAt(1).state, SpanState::Corrected);
    }

    void typingAPartOfANameFindsAnyClassAndDigitsStayText()
    {
        press(Qt::Key_C);
        ClassPicker* picker = nullptr;
        QTRY_VERIFY((picker = m_window->findChild<ClassPicker*>()));
        auto* edit = picker->findChild<QLineEdit*>();
        QTest::keyClicks(edit, QStringLiteral("1x"));
        QCOMPARE(edit->text(), QStringLiteral("1x"));
        QCOMPARE(spanAt(0).state, SpanState::Proposed);
        edit->clear();
        const auto& scheme = m_window->bench().session.document()->scheme();
        QTest::keyClicks(edit, QString::fromStdString(scheme.classes[11].name));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(spanAt(0).classId, 11);
        QCOMPARE(spanAt(0).state, SpanState::Corrected);
    }

    void draggingAnEdgeOnTheTimelineMovesItInOneUndoStep()
    {
        TimelineView& timeline = m_window->timeline();
        const int steps = m_window->bench().session.document()->undoStack()->count();
        const int y = static_cast<int>(timeline.laneRect(1).center().y());
        const QPoint from(static_cast<int>(timeline.xOf(30)) - 1, y);
        const QPoint to(static_cast<int>(timeline.xOf(34)) - 1, y);
        QTest::mousePress(&timeline, Qt::LeftButton, Qt::AltModifier, from);
        for (int i = 1; i <= 4; ++i) {
            const QPoint at = from + (to - from) * i / 4;
            QMouseEvent move(QEvent::MouseMove, at, timeline.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                Qt::AltModifier);
            QApplication::sendEvent(&timeline, &move);
        }
        QTest::mouseRelease(&timeline, Qt::LeftButton, Qt::AltModifier, to);
        QCOMPARE(spanAt(0).span.first, 10);
        QVERIFY(spanAt(0).span.last >= 33 && spanAt(0).span.last <= 35);
        QCOMPARE(spanAt(0).state, SpanState::Corrected);
        QCOMPARE(m_window->bench().session.document()->undoStack()->count(), steps + 1);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(spanAt(0).span, (FrameSpan{10, 30}));
        QCOMPARE(spanAt(0).state, SpanState::Proposed);
    }

    void bracketsNudgeAndLettersSetTheEdges()
    {
        press(Qt::Key_BracketLeft);
        QCOMPARE(spanAt(0).span, (FrameSpan{9, 30}));
        press(Qt::Key_BracketRight, Qt::AltModifier);
        QCOMPARE(spanAt(0).span, (FrameSpan{9, 31}));
        m_window->bench().player.seek(15);
        press(Qt::Key_Q);
        QCOMPARE(spanAt(0).span, (FrameSpan{15, 31}));
        m_window->bench().player.seek(24);
        press(Qt::Key_W);
        QCOMPARE(spanAt(0).span, (FrameSpan{15, 25}));
        m_window->bench().player.seek(5);
        press(Qt::Key_W);
        QVERIFY(m_window->messages().isVisible());
        QCOMPARE(spanAt(0).span, (FrameSpan{15, 25}));
        QCOMPARE(review().selected(), spanAt(0).id); // stays in sight although it is no longer open
    }

    void marksAndEnterMakeANewSpan()
    {
        m_window->bench().player.seek(82);
        press(Qt::Key_I);
        m_window->bench().player.seek(87);
        press(Qt::Key_O);
        press(Qt::Key_Return);
        ClassPicker* picker = nullptr;
        QTRY_VERIFY((picker = m_window->findChild<ClassPicker*>()));
        QTest::keyClick(picker->findChild<QLineEdit*>(), Qt::Key_Return);
        const Annotation* made = review().selectedSpan();
        QVERIFY(made);
        QCOMPARE(made->span, (FrameSpan{82, 88}));
        QCOMPARE(made->origin, SpanOrigin::Human);
        QVERIFY(!review().draft());
    }

    void undoAndRedoRestore()
    {
        press(Qt::Key_A);
        press(Qt::Key_X);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(spanAt(1).state, SpanState::Proposed);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(spanAt(0).state, SpanState::Proposed);
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(spanAt(0).state, SpanState::Accepted);
    }

    void decisionsAreInAProjectThatIsOpenedAgain()
    {
        press(Qt::Key_A);
        press(Qt::Key_3);
        m_window->commands().openProject(toQString(m_project));
        QCOMPARE(spanAt(0).state, SpanState::Accepted);
        QCOMPARE(spanAt(1).state, SpanState::Corrected);
        QCOMPARE(spanAt(1).classId, 7);
        QCOMPARE(review().selected(), spanAt(2).id);
    }

    void tabWalksThroughTheQueue()
    {
        press(Qt::Key_Tab);
        QCOMPARE(review().selected(), spanAt(1).id);
        press(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(review().selected(), spanAt(0).id);
    }

    void clickingAndWalkingInTheListSelects()
    {
        auto* table = m_window->findChild<QTableView*>(QStringLiteral("queue"));
        QVERIFY(table);
        const QModelIndex third = table->model()->index(2, 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(third).center());
        QCOMPARE(review().selected(), spanAt(2).id);
        QTest::keyClick(table, Qt::Key_Up);
        QTRY_COMPARE(review().selected(), spanAt(1).id);
        press(Qt::Key_X);
        QCoreApplication::processEvents();
        QCOMPARE(spanAt(1).state, SpanState::Rejected);
        QCOMPARE(review().selected(), spanAt(2).id);
        QCOMPARE(table->currentIndex().row(), 1);
    }

    void arrowsStepAndSpacePlays()
    {
        press(Qt::Key_Right);
        QCOMPARE(m_window->bench().player.frame(), 11);
        press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(m_window->bench().player.frame(), 1);
        press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_window->bench().player.frame(), 26);
        QTRY_COMPARE(m_window->bench().session.shownFrame(), 26);
        press(Qt::Key_Space);
        QVERIFY(m_window->bench().player.playing());
        QTRY_VERIFY(m_window->bench().session.shownFrame() > 28);
        press(Qt::Key_Space);
        QVERIFY(!m_window->bench().player.playing());
    }

    void overlaysAreToggledByKeys()
    {
        QVERIFY(m_window->videoView().overlays().skeleton);
        press(Qt::Key_P);
        press(Qt::Key_H);
        QVERIFY(!m_window->videoView().overlays().skeleton);
        QVERIFY(m_window->videoView().overlays().heatmap);
        QVERIFY(m_window->actions().action("heatmap")->isChecked());
    }

    void aFolderWithoutAProjectIsASentenceAndKeepsWhatIsOpen()
    {
        m_window->commands().openProject(m_folder->path());
        QVERIFY(m_window->messages().isVisible());
        QVERIFY(m_window->messages().text().contains(m_folder->path()));
        QVERIFY(m_window->bench().session.document());
    }

    void closingAProjectLeavesTheWelcomePage()
    {
        press(Qt::Key_W, Qt::ControlModifier);
        QVERIFY(!m_window->bench().session.document());
        QVERIFY(!m_window->timeline().isVisible());
        QVERIFY(!m_window->actions().action("accept")->isEnabled());
        QVERIFY(m_window->actions().action("demo")->isEnabled());
    }

private:
    Annotation spanAt(size_t index)
    {
        return m_window->bench().session.document()->allAnnotations().at(index);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestReviewWindow)
#include "test_reviewwindow.moc"
