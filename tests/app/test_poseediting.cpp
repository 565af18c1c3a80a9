// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/messagebar.h"
#include "app/gui/poseactions.h"
#include "app/gui/smoothdialog.h"
#include "pose/layout.h"
#include "pose/tracks/trackquality.h"
#include "sampletrack.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QUndoStack>

namespace telltale {
namespace {

constexpr int kWrist = 9;
constexpr int kAnkle = 15; // missing
constexpr int64_t kGap = 40; // a frame without the wrist of the first person

/// Two persons who stand still, one beside the other; a whole body but for the ankles.
PoseTrack makeTrack()
{
    return sample::poseTrack(sample::kFrames, 2, [](int64_t frame, int person, int point) {
        const bool there
            = point != kAnkle && point != kAnkle + 1 && !(frame == kGap && person == 0 && point == kWrist);
        const auto x = static_cast<float>(20 + person * 70 + (point % 9) * 5);
        const auto y = static_cast<float>(15 + (point / 9) * 11);
        return there ? PosePoint{x, y, 0.75F} : PosePoint{};
    });
}

} // namespace

/// Points, persons and crops are corrected in the real window.
class TestPoseEditing : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        makeProject();
        std::filesystem::create_directories(m_project / "tracks");
        QVERIFY(writeTrack(m_project / "tracks" / "t.npz", makeTrack()));
        {
            auto document = Document::open(m_project);
            QVERIFY(document);
            QVERIFY((*document)->setTrack(1, "tracks/t.npz"));
        }
        openWindow();
        QTRY_VERIFY(session().track() && m_window->videoView().showsExactly());
        seek(50);
        m_steps = stack().index();
    }
    void cleanup() { close(); }

    void aDragIsOneUndoStepThatPutsThePointThereAndUndoTakesItBack()
    {
        trigger("correct-points");
        QVERIFY(poses().on() && poses().tool()->active());
        const QPointF before = placed(50, 0, kWrist);
        const QPointF goal = before + QPointF(12, 7);
        drag(view().fromPicture(before), view().fromPicture(goal));
        QCOMPARE(stack().index(), m_steps + 1);
        QVERIFY(near(placed(50, 0, kWrist), goal));
        QCOMPARE(placed(51, 0, kWrist), before);
        QTRY_VERIFY(near(inTrack(50, 0, kWrist), goal)); // the whole track follows
        stack().undo();
        QCOMPARE(placed(50, 0, kWrist), before);
        QTRY_COMPARE(inTrack(50, 0, kWrist), before);
        stack().redo();
        QVERIFY(near(placed(50, 0, kWrist), goal));
        QTest::keyClick(&view(), Qt::Key_Escape); // the point, then the mode
        QTest::keyClick(&view(), Qt::Key_Escape);
        QVERIFY(!poses().on());
        QVERIFY(!action("correct-points")->isChecked());
    }
    void theRootOfAHandThatLiesOnTheWristGoesWithIt()
    {
        const QPointF place = placed(50, 0, kWrist);
        correct(50, kLeftHandStart, place);
        m_steps = stack().index();
        trigger("correct-points");
        drag(view().fromPicture(place), view().fromPicture(place + QPointF(9, 5)));
        QVERIFY(near(placed(50, 0, kWrist), place + QPointF(9, 5)));
        QCOMPARE(placed(50, 0, kLeftHandStart), placed(50, 0, kWrist));
        QCOMPARE(placed(50, 0, kLeftHandStart + 1), placed(51, 0, kLeftHandStart + 1));
        QCOMPARE(stack().index(), m_steps + 1);
    }
    void whileItIsDraggedThePictureFollowsAndTheProjectDoesNot()
    {
        trigger("correct-points");
        const QPointF before = placed(50, 0, kWrist);
        const QPointF from = view().fromPicture(before);
        const QImage still = view().grab().toImage();
        send(QEvent::MouseButtonPress, from, true);
        send(QEvent::MouseMove, from + QPointF(40, 30), true);
        QVERIFY(view().grab().toImage() != still);
        QCOMPARE(stack().index(), m_steps);
        QTest::keyClick(&view(), Qt::Key_Escape);
        send(QEvent::MouseButtonRelease, from + QPointF(40, 30), false);
        QCOMPARE(stack().index(), m_steps);
        QCOMPARE(placed(50, 0, kWrist), before);
    }
    void arrowKeysMoveTheSelectedPointAndOtherwiseThePlayhead()
    {
        trigger("correct-points");
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key_Right);
        QTRY_COMPARE(view().shownFrame(), 51);
        QTRY_VERIFY(poses().tool()->active());
        poses().tool()->setPoint(kWrist);
        const QPointF before = placed(51, 0, kWrist);
        QTest::keyClick(&view(), Qt::Key_Right);
        QTest::keyClick(&view(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(placed(51, 0, kWrist), before + QPointF(11, 0));
        QCOMPARE(stack().index(), m_steps + 1); // together
        QCOMPARE(m_window->bench().player.frame(), int64_t{51});
    }
    void aMissingPointIsPutFromTheMenuAndRemovedAgain()
    {
        trigger("correct-points");
        const QPointF place(80, 100);
        send(QEvent::MouseButtonDblClick, view().fromPicture(place), true);
        auto* menu = view().findChild<QMenu*>(QStringLiteral("points"));
        QVERIFY(menu);
        QAction* wanted = nullptr;
        for (QMenu* list : menu->findChildren<QMenu*>())
            for (QAction* each : list->actions())
                if (each->text() == QLatin1String("Left ankle"))
                    wanted = each;
        QVERIFY(wanted);
        wanted->trigger();
        menu->close();
        QVERIFY(near(placed(50, 0, kAnkle), place));
        QCOMPARE(stack().index(), m_steps + 1);
        QCOMPARE(poses().tool()->point(), kAnkle);
        QTest::keyClick(&view(), Qt::Key_Delete);
        QVERIFY(!(session().poses().pointsAt(50)[kAnkle].score > 0));
        QCOMPARE(stack().index(), m_steps + 2);
    }
    void pointsAreCopiedFromTheFrameBeforeInOneStep()
    {
        correct(49, kWrist, {33, 44});
        m_steps = stack().index();
        trigger("copy-points");
        QVERIFY(near(placed(50, 0, kWrist), {33, 44}));
        QCOMPARE(stack().index(), m_steps + 1);
        QVERIFY(!(session().poses().pointsAt(50)[kAnkle].score > 0)); // missing there too
        trigger("uncorrect-points");
        QCOMPARE(placed(50, 0, kWrist), placed(60, 0, kWrist));
        QCOMPARE(stack().index(), m_steps + 2);
        stack().undo();
        QVERIFY(near(placed(50, 0, kWrist), {33, 44}));
    }
    void framesBetweenCorrectedOnesAreInterpolatedInOneStep()
    {
        const QPointF elbow = placed(45, 0, 7);
        correct(40, kWrist, {30, 40});
        correct(60, kWrist, {50, 80});
        m_steps = stack().index();
        seek(45);
        trigger("interpolate-points");
        QCOMPARE(stack().index(), m_steps + 1);
        for (const int64_t frame : {41, 45, 50, 59}) {
            const double share = static_cast<double>(frame - 40) / 20;
            QVERIFY(near(placed(frame, 0, kWrist), {30 + 20 * share, 40 + 40 * share}));
        }
        QCOMPARE(placed(45, 0, 7), elbow); // only what was corrected
        QVERIFY(near(placed(60, 0, kWrist), {50, 80}));
        stack().undo();
        QCOMPARE(placed(45, 0, kWrist), placed(70, 0, kWrist));
        seek(70); // nothing behind it
        trigger("interpolate-points");
        QVERIFY(m_window->messages().text().contains(QStringLiteral("Person 1")));
    }
    void correctedFramesAreFound()
    {
        correct(40, kWrist, {30, 40});
        correct(60, kWrist, {50, 80});
        trigger("previous-corrected");
        QCOMPARE(m_window->bench().player.frame(), int64_t{40});
        trigger("next-corrected");
        QCOMPARE(m_window->bench().player.frame(), int64_t{60});
    }
    void playbackShowsNoHandles()
    {
        trigger("correct-points");
        QVERIFY(poses().tool()->active());
        m_window->bench().player.play(1);
        QVERIFY(!poses().tool()->active());
        const QPointF place = view().fromPicture(placed(50, 0, kWrist));
        drag(place, place + QPointF(40, 40));
        QCOMPARE(stack().index(), m_steps);
        m_window->bench().player.stop();
        seek(52);
        QVERIFY(poses().tool()->active());
    }
    void theOtherPersonIsCorrectedAfterAClickOnThem()
    {
        trigger("correct-points");
        const QPointF before = placed(50, 1, kWrist);
        drag(view().fromPicture(before), view().fromPicture(before + QPointF(-6, 5)));
        QCOMPARE(poses().person(), 1);
        QVERIFY(near(placed(50, 1, kWrist), before + QPointF(-6, 5)));
        QCOMPARE(placed(50, 0, kWrist), placed(51, 0, kWrist));
    }
    void personsSwapSplitJoinAndGoInOneStepEach()
    {
        const QPointF first = placed(50, 0, 5);
        const QPointF second = placed(50, 1, 5);
        trigger("swap-persons");
        QTRY_VERIFY(session().poses().settled());
        QCOMPARE(placed(50, 0, 5), second);
        QCOMPARE(placed(49, 0, 5), first);
        QCOMPARE(stack().index(), m_steps + 1);
        stack().undo();
        QTRY_COMPARE(placed(50, 0, 5), first);
        trigger("split-person");
        QTRY_COMPARE(poses().persons(), 3);
        QVERIFY(!(session().poses().pointsAt(50)[5].score > 0));
        QCOMPARE(placed(50, 2, 5), first);
        QCOMPARE(stack().index(), m_steps + 1);
        auto* dialog = qobject_cast<PersonsDialog*>(joinPersons(m_window->bench()));
        QVERIFY(dialog);
        dialog->findChildren<QComboBox*>().constFirst()->setCurrentIndex(1); // the third person
        QCOMPARE(dialog->other(), 2);
        dialog->accept();
        QTRY_VERIFY(session().poses().settled());
        QCOMPARE(placed(50, 0, 5), first);
        QCOMPARE(stack().index(), m_steps + 2);
        removePerson(m_window->bench())->accept();
        QTRY_VERIFY(session().poses().settled() && !(session().poses().pointsAt(20)[5].score > 0));
        QCOMPARE(stack().index(), m_steps + 3);
    }
    void cropsAreFoundShownAndCorrectedInOneStepEach()
    {
        QVERIFY(!action("correct-crops")->isEnabled());
        trigger("crops");
        QVERIFY(m_window->messages().text().contains(QStringLiteral("no crops yet")));
        trigger("find-crops");
        QTRY_VERIFY(m_window->bench().crops.available());
        QCOMPARE(stack().index(), m_steps + 1);
        trigger("correct-crops");
        BoxTool* tool = m_window->bench().crops.tool();
        QVERIFY(tool->active());
        const OverlayBox box = tool->boxes().front();
        tool->select(0);
        const QPointF from = view().fromPicture(box.rect.center());
        drag(from, view().fromPicture(box.rect.center() + QPointF(9, -4)));
        QCOMPARE(stack().index(), m_steps + 2);
        const OverlayBox moved = tool->boxes().front();
        QVERIFY(moved.corrected);
        QVERIFY(near(moved.rect.center(), box.rect.center() + QPointF(9, -4)));
        trigger("uncorrect-crops");
        QCOMPARE(stack().index(), m_steps + 3);
        QVERIFY(near(tool->boxes().front().rect.center(), box.rect.center()));
        stack().undo();
        stack().undo();
        QVERIFY(!tool->boxes().front().corrected);
        stack().undo();
        QVERIFY(!m_window->bench().crops.available());
    }
    void aSmoothedSkeletonIsANewTrackAndUndoBringsTheOldOneBack()
    {
        correct(50, kWrist, {33, 44});
        m_steps = stack().index();
        QTRY_VERIFY(near(inTrack(50, 0, kWrist), {33, 44}));
        const std::string old = session().video()->track;
        auto* dialog = qobject_cast<SmoothDialog*>(smoothPoses(m_window->bench()));
        QVERIFY(dialog);
        dialog->findChild<QComboBox*>()->setCurrentIndex(0); // only the gap
        QTRY_VERIFY(dialog->result());
        QCOMPARE(dialog->result()->filled, 1);
        QCOMPARE(dialog->result()->moved, 0);
        QTRY_VERIFY(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
        dialog->accept();
        QTRY_VERIFY(session().video()->track != old);
        QCOMPARE(stack().index(), m_steps + 1);
        QTRY_VERIFY(session().track() && session().poses().settled());
        QVERIFY(session().poses().pointsAt(kGap)[kWrist].score > 0);
        QVERIFY(near(placed(50, 0, kWrist), {33, 44})); // what was corrected is part of it
        QVERIFY(session().poses().corrections().empty());
        stack().undo();
        QCOMPARE(session().video()->track, old);
        QTRY_VERIFY(session().track() && !(session().poses().pointsAt(kGap)[kWrist].score > 0));
        QCOMPARE(session().poses().corrections().size(), size_t{1});
    }
    void theTimelineShowsHowSureEachPartOfTheChosenPersonIs()
    {
        // A lane of sound stands there until the video is known to have none: neither window shows it.
        m_window->setTimelineLanes(false, false);
        const int before = shownLanes();
        Settings settings;
        settings.timelinePictures = false;
        settings.timelineSound = false;
        settings.timelineQuality = true;
        m_window->bench().session.closeProject();
        m_window = std::make_unique<MainWindow>(settings, false);
        m_window->show();
        m_window->commands().openProject(toQString(m_project));
        QTRY_VERIFY(session().track());
        QTRY_COMPARE(shownLanes(), before + kBodyParts);
    }

private:
    PoseEditing& poses() { return m_window->bench().poses; }
    VideoView& view() { return m_window->videoView(); }
    QUndoStack& stack() { return *session().document()->undoStack(); }
    QAction* action(const char* id) { return m_window->actions().action(id); }
    int shownLanes()
    {
        int lanes = 0;
        while (m_window->timeline().laneRect(lanes).isValid())
            ++lanes;
        return lanes;
    }
    void trigger(const char* id)
    {
        QVERIFY2(action(id)->isEnabled(), id);
        action(id)->trigger();
    }
    void seek(int64_t frame)
    {
        m_window->bench().player.stop();
        m_window->bench().player.seek(frame);
        QTRY_VERIFY(view().shownFrame() == frame && view().showsExactly());
    }
    void correct(int64_t frame, int point, const QPointF& at)
    {
        PoseCorrection correction;
        correction.frame = frame;
        correction.points = {{point, at.x(), at.y(), 1}};
        QVERIFY(session().document()->correctPoses(1, {correction}));
    }
    QPointF placed(int64_t frame, int person, int point)
    {
        const PosePoint at
            = session().poses().pointsAt(frame)[static_cast<size_t>(person * kPointCount + point)];
        return {static_cast<double>(at.x), static_cast<double>(at.y)};
    }
    QPointF inTrack(int64_t frame, int person, int point)
    {
        const auto track = session().track();
        const PosePoint at = track->at(track->rowOf(frame), person)[point];
        return {static_cast<double>(at.x), static_cast<double>(at.y)};
    }
    static bool near(const QPointF& a, const QPointF& b)
    {
        return std::hypot(a.x() - b.x(), a.y() - b.y()) < 1e-3;
    }
    void send(QEvent::Type type, const QPointF& place, bool held)
    {
        QMouseEvent event(type, place, view().mapToGlobal(place),
            type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, held ? Qt::LeftButton : Qt::NoButton,
            Qt::NoModifier);
        QCoreApplication::sendEvent(&view(), &event);
    }
    void drag(const QPointF& from, const QPointF& to)
    {
        send(QEvent::MouseButtonPress, from, true);
        send(QEvent::MouseMove, (from + to) / 2, true);
        send(QEvent::MouseMove, to, true);
        send(QEvent::MouseButtonRelease, to, false);
    }

    int m_steps = 0;
};

} // namespace telltale

QTEST_MAIN(telltale::TestPoseEditing)
#include "test_poseediting.moc"
