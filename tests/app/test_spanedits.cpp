// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/acceptabovedialog.h"
#include "app/gui/messagebar.h"
#include "app/gui/reviewmarks.h"
#include "app/gui/schemedialog.h"
#include "app/gui/subjectsdialog.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHelpEvent>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTest>
#include <QToolTip>
#include <QUndoStack>

namespace telltale {

/// Splitting, merging, accepting in bulk, notes, reviewed ranges and the label scheme in the real window.
class TestSpanEdits : public WindowTest {
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

    void oneKeySplitsAtThePlayheadAndMergesAgain()
    {
        m_window->bench().player.seek(20);
        press(Qt::Key_B);
        QCOMPARE(spans().size(), size_t(5));
        QCOMPARE(spans()[0].span, (FrameSpan{10, 20}));
        QCOMPARE(spans()[1].span, (FrameSpan{20, 30}));
        QCOMPARE(review().selected(), spans()[0].id);
        press(Qt::Key_M);
        QCOMPARE(spans().size(), size_t(4));
        QCOMPARE(spans()[0].span, (FrameSpan{10, 30}));
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(spans()[0].span, (FrameSpan{10, 30}));
        QCOMPARE(spans()[0].state, SpanState::Proposed);
    }

    void splittingOutsideAndMergingTheLastSpanAreSentences()
    {
        m_window->bench().player.seek(80);
        press(Qt::Key_B);
        QVERIFY(m_window->messages().isVisible());
        QCOMPARE(spans().size(), size_t(4));
        review().select(spans()[3].id, true);
        press(Qt::Key_M);
        QVERIFY(m_window->messages().text().contains(QStringLiteral("No span follows")));
        QCOMPARE(spans().size(), size_t(4));
    }

    void acceptingAboveAThresholdSaysHowManyAndIsOneUndoStep()
    {
        trigger("accept-above");
        auto* dialog = m_window->findChild<AcceptAboveDialog*>();
        QVERIFY(dialog);
        auto* threshold = dialog->findChild<QDoubleSpinBox*>();
        threshold->setValue(75);
        QCOMPARE(dialog->wouldAccept(), 2); // 0.9 and 0.8 of 0.9, 0.8, 0.7, 0.6
        threshold->setValue(95);
        QCOMPARE(dialog->wouldAccept(), 0);
        threshold->setValue(65);
        QCOMPARE(dialog->wouldAccept(), 3);
        const int steps = document()->undoStack()->count();
        dialog->accept();
        QCOMPARE(document()->undoStack()->count(), steps + 1);
        QCOMPARE(document()->summary().byState["accepted"], 3);
        QCOMPARE(spans()[3].state, SpanState::Proposed);
        document()->undoStack()->undo();
        QCOMPARE(document()->summary().byState["accepted"], 0);
    }

    void acceptingCanBeLimitedToOneClass()
    {
        trigger("accept-above");
        auto* dialog = m_window->findChild<AcceptAboveDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QDoubleSpinBox*>()->setValue(0);
        QCOMPARE(dialog->wouldAccept(), 4);
        const auto combos = dialog->findChildren<QComboBox*>();
        combos.front()->setCurrentIndex(combos.front()->findData(spans()[2].classId));
        QCOMPARE(dialog->wouldAccept(), 1);
        dialog->accept();
        QCOMPARE(spans()[2].state, SpanState::Accepted);
        QCOMPARE(spans()[1].state, SpanState::Proposed);
    }

    void whatIsInSightIsMarkedAsReviewedAndTakenBack()
    {
        const TimelineView& timeline = m_window->timeline();
        m_window->fitTimeline(false);
        QCOMPARE(framesCovered(document()->reviewed(video())), 0);
        press(Qt::Key_R);
        QCOMPARE(document()->reviewed(video()).size(), size_t(1));
        QCOMPARE(document()->reviewed(video()).front().span, timeline.visibleFrames());
        QCOMPARE(framesCovered(document()->reviewed(video())), sample::kFrames);
        m_window->bench().player.seek(40);
        press(Qt::Key_I);
        m_window->bench().player.seek(59);
        press(Qt::Key_O);
        press(Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(!review().draft());
        QCOMPARE(framesCovered(document()->reviewed(video())), sample::kFrames - 20);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(framesCovered(document()->reviewed(video())), sample::kFrames);
    }

    void theReviewedLaneTellsTheShareAndExplainsWhereThereIsNone()
    {
        const TimelineLane nothing = reviewedLane(*document(), video(), sample::kFrames);
        QVERIFY(nothing.title.contains(QStringLiteral("0 %")));
        QVERIFY(nothing.ranges.empty());
        QVERIFY(nothing.note.contains(QStringLiteral("unknown")));
        QVERIFY(document()->markReviewed(video(), {0, sample::kFrames - 1}).ok());
        const TimelineLane most = reviewedLane(*document(), video(), sample::kFrames);
        QVERIFY2(
            most.title.contains(QStringLiteral("99 %")), qPrintable(most.title)); // never rounded up to all
        QCOMPARE(most.ranges.size(), size_t(1));
    }

    void notesOnSpanFrameAndVideoAreListedMarkedChangedAndDeleted()
    {
        writeNote("note-span", QStringLiteral("Is this a scratch?"));
        m_window->bench().player.seek(33);
        writeNote("note-frame", QStringLiteral("Camera shakes"));
        writeNote("note-video", QStringLiteral("Bad light"));
        const std::vector<Note> notes = document()->notes(video());
        QCOMPARE(notes.size(), size_t(3));
        QCOMPARE(notes[0].annotationId, spans()[0].id);
        QCOMPARE(notes[1].frame, 33);
        QCOMPARE(notes[2].frame, -1);
        auto* list = notesList();
        QCOMPARE(list->count(), 3);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("scratch"))); // the selected span's come first
        TimelineView& timeline = m_window->timeline();
        const QPoint at(static_cast<int>(timeline.xOf(33)), 8);
        QHelpEvent hover(QEvent::ToolTip, at, timeline.mapToGlobal(at));
        QApplication::sendEvent(&timeline, &hover);
        QVERIFY2(QToolTip::text().contains(QStringLiteral("Camera shakes")), qPrintable(QToolTip::text()));
        QVERIFY(document()->setNote(notes[1].id, "Camera is still").ok());
        QCOMPARE(noteMarks(*document(), video()).size(), size_t(3));
        QVERIFY(document()->setNote(notes[1].id, {}).ok());
        QCOMPARE(list->count(), 2);
    }

    void anEmptyNoteIsNoNote()
    {
        const int steps = document()->undoStack()->count();
        writeNote("note-video", QStringLiteral("  "));
        QCOMPARE(document()->undoStack()->count(), steps);
    }

    void aSubjectsRoleAndNameAreChangedAtOnceAndAnErrorIsASentence()
    {
        trigger("subjects");
        auto* dialog = m_window->findChild<SubjectsDialog*>();
        QVERIFY(dialog);
        auto* table = dialog->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 1);
        auto* roles = qobject_cast<QComboBox*>(table->cellWidget(0, 1));
        roles->setCurrentIndex(roles->findData(static_cast<int>(SubjectRole::Test)));
        emit roles->activated(roles->currentIndex());
        QCOMPARE(document()->videos().front().role, SubjectRole::Test);
        table->item(0, 0)->setText(QStringLiteral("anna"));
        QCOMPARE(document()->videos().front().subject, std::string("anna"));
        QCoreApplication::processEvents();
        table->item(0, 0)->setText(QString());
        QCOMPARE(document()->videos().front().subject, std::string("anna"));
        QTRY_COMPARE(table->item(0, 0)->text(), QStringLiteral("anna"));
    }

    void theSchemeIsChangedInOneStepAndTroubleKeepsTheDialogOpen()
    {
        trigger("scheme");
        auto* dialog = m_window->findChild<SchemeDialog*>();
        QVERIFY(dialog);
        QTableWidget& table = dialog->table();
        const int classes = document()->scheme().classCount();
        table.item(1, 0)->setText(table.item(0, 0)->text());
        QVERIFY2(dialog->hint().contains(QStringLiteral("both called")), qPrintable(dialog->hint()));
        dialog->accept();
        QVERIFY(dialog->isVisible());
        table.item(1, 0)->setText(QStringLiteral("Another name"));
        QVERIFY(dialog->hint().isEmpty());
        table.item(0, 4)->setText(QStringLiteral("A"));
        QVERIFY2(dialog->hint().contains(QStringLiteral("taken by \"Accept\"")), qPrintable(dialog->hint()));
        table.item(0, 4)->setText(QStringLiteral("G"));
        table.item(1, 4)->setText(QStringLiteral("G"));
        QVERIFY(dialog->hint().contains(QStringLiteral("taken by")));
        table.item(1, 4)->setText({});
        table.item(3, 5)->setCheckState(Qt::Checked);
        dialog->addClass();
        QVERIFY(!dialog->hint().isEmpty());
        table.item(classes, 0)->setText(QStringLiteral("Something new"));
        const int version = document()->scheme().version;
        dialog->accept();
        QCOMPARE(document()->scheme().version, version + 1);
        QCOMPARE(document()->scheme().classCount(), classes + 1);
        QCOMPARE(document()->scheme().classes[1].name, std::string("Another name"));
        QVERIFY(document()->scheme().classes[3].retired);
        document()->undoStack()->undo();
        QCOMPARE(document()->scheme().classCount(), classes);
    }

    void aSchemeThatWasChangedElsewhereIsNotWrittenOver()
    {
        trigger("scheme");
        auto* dialog = m_window->findChild<SchemeDialog*>();
        QVERIFY(dialog);
        dialog->table().item(1, 0)->setText(QStringLiteral("Mine"));
        LabelScheme theirs = document()->scheme();
        theirs.classes[0].name = "Theirs";
        QVERIFY(document()->setScheme(theirs).ok());
        dialog->accept();
        QVERIFY(dialog->isVisible());
        QVERIFY2(dialog->hint().contains(QStringLiteral("elsewhere")), qPrintable(dialog->hint()));
        QCOMPARE(document()->scheme().classes[0].name, std::string("Theirs"));
    }

    void aClassesKeyNamesTheSpanAndMarksAndANewSpansClass()
    {
        LabelScheme scheme = document()->scheme();
        scheme.classes[11].shortcut = "G";
        scheme.classes[12].shortcut = "A"; // an action has it
        QVERIFY(document()->setScheme(scheme).ok());
        press(Qt::Key_G);
        QCOMPARE(spans()[0].classId, 11);
        press(Qt::Key_A);
        QCOMPARE(spans()[1].state, SpanState::Accepted);
        QVERIFY(spans()[1].classId != 12);
        m_window->bench().player.seek(82);
        press(Qt::Key_I);
        m_window->bench().player.seek(86);
        press(Qt::Key_O);
        press(Qt::Key_G);
        const Annotation* made = review().selectedSpan();
        QVERIFY(made);
        QCOMPARE(made->span, (FrameSpan{82, 87}));
        QCOMPARE(made->classId, 11);
        review().select(0, false);
        review().setLastClass(-1);
        press(Qt::Key_G);
        QCOMPARE(review().lastClass(), 11);
    }

    void spansOfClassesThatExcludeEachOtherAreMarked()
    {
        LabelScheme scheme = document()->scheme();
        const int first = spans()[0].classId;
        const int second = spans()[1].classId;
        scheme.classes[static_cast<size_t>(first)].excludes = {second};
        QVERIFY(document()->setScheme(scheme).ok());
        QVERIFY(review().spans().contradiction(spans()[0].id).isEmpty());
        QVERIFY(document()->setSpan(spans()[0].id, {10, 45}).ok());
        for (const size_t i : {size_t(0), size_t(1)})
            QVERIFY(review().spans().contradiction(spans()[i].id).contains(QStringLiteral("excludes")));
        QVERIFY(review().spans().contradiction(spans()[2].id).isEmpty());
        review().select(spans()[0].id, false);
        auto* label = m_window->findChild<QLabel*>(QStringLiteral("contradiction"));
        QVERIFY(label && label->text().contains(QStringLiteral("frames 40 to 44")));
        QVERIFY(document()->setState(spans()[1].id, SpanState::Rejected).ok());
        QVERIFY(review().spans().contradiction(spans()[0].id).isEmpty());
    }

private:
    int64_t video() { return m_window->bench().session.videoId(); }
    std::vector<Annotation> spans() { return document()->annotations(video()); }
    void trigger(const char* action) { m_window->actions().action(action)->trigger(); }
    QListWidget* notesList()
    {
        for (auto* list : m_window->findChildren<QListWidget*>())
            if (list->accessibleName() == QStringLiteral("Notes on this video"))
                return list;
        return nullptr;
    }
    void writeNote(const char* action, const QString& text)
    {
        trigger(action);
        auto* dialog = m_window->findChild<QInputDialog*>();
        QVERIFY(dialog);
        dialog->setTextValue(text);
        dialog->accept();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestSpanEdits)
#include "test_spanedits.moc"
