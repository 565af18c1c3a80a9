// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "samplecontent.h"
#include "widgets/video/boxtool.h"
#include "widgets/video/pointnames.h"
#include "widgets/video/pointtool.h"
#include "widgets/video/videoview.h"
#include <QContextMenuEvent>
#include <QSet>
#include <QSignalSpy>
#include <QtTest>

using namespace telltale;

namespace {

constexpr int kLeftWrist = 9;
constexpr int kLeftAnkle = 15; // missing in the sample

EditablePerson samplePerson(int number = 0, double shift = 0)
{
    EditablePerson person;
    person.person = number;
    person.points = sample::person();
    for (PosePoint& point : person.points)
        if (point.score > 0)
            point.x += static_cast<float>(shift);
    return person;
}

QPointF at(const EditablePerson& person, int point)
{
    const PosePoint& place = person.points[static_cast<size_t>(point)];
    return {static_cast<double>(place.x), static_cast<double>(place.y)};
}

void send(VideoView& view, QEvent::Type type, const QPointF& place, bool held)
{
    QMouseEvent event(type, place, view.mapToGlobal(place),
        type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, held ? Qt::LeftButton : Qt::NoButton,
        Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &event);
}

/// Whole pixels of the mouse say nothing about exactness, so places are sent as they are.
void drag(VideoView& view, const QPointF& from, const QPointF& to)
{
    send(view, QEvent::MouseButtonPress, from, true);
    send(view, QEvent::MouseMove, (from + to) / 2, true);
    send(view, QEvent::MouseMove, to, true);
    send(view, QEvent::MouseButtonRelease, to, false);
}

double distance(const QPointF& a, const QPointF& b) { return std::hypot(a.x() - b.x(), a.y() - b.y()); }

struct Stage {
    VideoView view;
    PointTool tool{view};
    explicit Stage(QSize size = {640, 480})
    {
        view.resize(size);
        view.setFrame(sample::scene(5));
        view.setTool(&tool);
        tool.setPersons(5, {samplePerson()});
    }
};

} // namespace

class TestPoseTools : public QObject {
    Q_OBJECT
private slots:
    void everyPointHasANameOfItsOwn()
    {
        QSet<QString> names;
        for (int point = 0; point < kPointCount; ++point)
            names.insert(pointName(point));
        QCOMPARE(names.size(), qsizetype{kPointCount});
        QVERIFY(!names.contains(QString()));
        QCOMPARE(pointName(kLeftWrist), QStringLiteral("Left wrist"));
        QCOMPARE(pointName(kRightHandStart + 8), QStringLiteral("Right index finger 4"));
        QCOMPARE(personName(0), QStringLiteral("Person 1"));
    }
    void aDragMovesAPointExactlyAsFarAsThePointerInAnyZoomAndShapeOfPixels_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<double>("aspect");
        QTest::newRow("fitted") << 0.0 << 1.0;
        QTest::newRow("zoomed") << 2.3 << 1.0;
        QTest::newRow("wide pixels") << 0.0 << 1.4545;
        QTest::newRow("zoomed tall pixels") << 1.7 << 0.9091;
    }
    void aDragMovesAPointExactlyAsFarAsThePointerInAnyZoomAndShapeOfPixels()
    {
        QFETCH(double, zoom);
        QFETCH(double, aspect);
        Stage stage(QSize(500, 400));
        stage.view.setPictureSize({sample::kWidth, sample::kHeight}, aspect);
        if (zoom > 0)
            stage.view.setZoom(zoom);
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF before = at(samplePerson(), 18); // the neck stays in view
        const QPointF goal = before + QPointF(31.25, -17.5);
        const QPointF grab(2, -1.5); // beside its middle: that must not make it jump
        drag(stage.view, stage.view.fromPicture(before) + grab, stage.view.fromPicture(goal) + grab);
        QVERIFY(moves.count() >= 2);
        const QList<QVariant> last = moves.last();
        QCOMPARE(last[1].toInt(), 18);
        QVERIFY2(distance(last[2].toPointF(), goal) < 1e-6, qPrintable(QString::number(zoom)));
        QVERIFY(last[4].toBool());
        for (qsizetype i = 0; i < moves.count(); ++i) {
            QCOMPARE(moves.at(i)[3], last[3]); // one serial: one undo step
            QCOMPARE(moves.at(i)[4].toBool(), i + 1 == moves.count());
        }
    }
    void aClickOnAPointSelectsItAndMovesNothing()
    {
        Stage stage;
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF place = stage.view.fromPicture(at(samplePerson(), 7));
        send(stage.view, QEvent::MouseButtonPress, place, true);
        send(stage.view, QEvent::MouseButtonRelease, place, false);
        QCOMPARE(stage.tool.point(), 7);
        QCOMPARE(moves.count(), 0);
    }
    void aPointNeverLeavesThePicture()
    {
        Stage stage(QSize(900, 500)); // with bars beside the picture
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF place = stage.view.fromPicture(at(samplePerson(), 17));
        drag(stage.view, place, QPointF(place.x(), -200));
        QCOMPARE(moves.last()[2].toPointF().y(), 0.0);
        drag(stage.view, place, QPointF(-500, place.y()));
        QCOMPARE(moves.last()[2].toPointF().x(), 0.0);
    }
    void escapeDuringADragLeavesThePointWhereItWas()
    {
        Stage stage;
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF place = stage.view.fromPicture(at(samplePerson(), 7));
        send(stage.view, QEvent::MouseButtonPress, place, true);
        send(stage.view, QEvent::MouseMove, place + QPointF(40, 40), true);
        QTest::keyClick(&stage.view, Qt::Key_Escape);
        QCOMPARE(moves.last()[3].toInt(), 0); // no serial: no edit
        QCOMPARE(moves.last()[2].toPointF(), at(samplePerson(), 7));
        const auto count = moves.count();
        send(stage.view, QEvent::MouseButtonRelease, place + QPointF(40, 40), false);
        QCOMPARE(moves.count(), count);
    }
    void arrowKeysMoveByAPixelAndWithShiftByTenInOneStep()
    {
        Stage stage;
        stage.tool.setPoint(kLeftWrist);
        std::vector<std::pair<QPointF, int>> moves;
        EditablePerson person = samplePerson();
        connect(&stage.tool, &PointTool::pointMoved, this,
            [&](int, int point, const QPointF& place, int serial, bool finished) {
                QVERIFY(finished);
                moves.emplace_back(place, serial);
                person.points[static_cast<size_t>(point)].x = static_cast<float>(place.x());
                person.points[static_cast<size_t>(point)].y = static_cast<float>(place.y());
                stage.tool.setPersons(5, {person});
            });
        const QPointF before = at(person, kLeftWrist);
        QTest::keyClick(&stage.view, Qt::Key_Right);
        QTest::keyClick(&stage.view, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(at(person, kLeftWrist), before + QPointF(1, -10));
        QCOMPARE(moves[0].second, moves[1].second);
        stage.tool.setPoint(7);
        stage.tool.setPoint(kLeftWrist);
        QTest::keyClick(&stage.view, Qt::Key_Left);
        QVERIFY(moves[2].second != moves[0].second);
    }
    void tabGoesThroughThePointsThatAreThere()
    {
        Stage stage;
        QSet<int> seen;
        for (int i = 0; i < kPointCount; ++i) {
            QTest::keyClick(&stage.view, Qt::Key_Tab);
            seen.insert(stage.tool.point());
        }
        QVERIFY(seen.contains(kLeftWrist));
        QVERIFY(!seen.contains(kLeftAnkle));
        QCOMPARE(seen.size(), qsizetype{kPointCount} - qsizetype(stage.tool.missing(0).size()));
        const int here = stage.tool.point();
        QTest::keyClick(&stage.view, Qt::Key_Tab);
        QTest::keyClick(&stage.view, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(stage.tool.point(), here);
    }
    void deleteRemovesTheSelectedPoint()
    {
        Stage stage;
        QSignalSpy removed(&stage.tool, &PointTool::pointRemoved);
        QTest::keyClick(&stage.view, Qt::Key_Delete);
        QCOMPARE(removed.count(), 0);
        stage.tool.setPoint(kLeftWrist);
        QTest::keyClick(&stage.view, Qt::Key_Delete);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed[0][1].toInt(), kLeftWrist);
    }
    void aDoubleClickPutsTheOnlyMissingPointThereOrAsksWhich()
    {
        Stage stage;
        QSignalSpy menus(&stage.tool, &PointTool::menuWanted);
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF place(100, 60);
        send(stage.view, QEvent::MouseButtonDblClick, place, true);
        QCOMPARE(menus.count(), 1);
        QCOMPARE(menus[0][1].toPointF(), stage.view.toPicture(place));
        QCOMPARE(moves.count(), 0);
        EditablePerson person = samplePerson();
        for (PosePoint& point : person.points)
            if (!(point.score > 0))
                point = {10, 10, 0.5F};
        person.points[kLeftAnkle] = {};
        stage.tool.setPersons(5, {person});
        send(stage.view, QEvent::MouseButtonDblClick, place, true);
        QCOMPARE(menus.count(), 1);
        QCOMPARE(moves.count(), 1);
        QCOMPARE(moves[0][1].toInt(), kLeftAnkle);
        QCOMPARE(moves[0][2].toPointF(), stage.view.toPicture(place));
    }
    void thereAreNoHandlesOnAnyOtherPictureThanTheirOwn()
    {
        Stage stage;
        QVERIFY(stage.tool.active());
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF place = stage.view.fromPicture(at(samplePerson(), 7));
        const QImage with = stage.view.grab().toImage();
        auto standIn = std::make_shared<VideoFrame>(*sample::scene(5));
        standIn->exact = false;
        standIn->pending = true;
        for (const auto& frame : {std::shared_ptr<const VideoFrame>(standIn), sample::scene(6)}) {
            stage.view.setFrame(frame);
            QVERIFY(!stage.tool.active());
            drag(stage.view, place, place + QPointF(30, 30));
            QTest::keyClick(&stage.view, Qt::Key_Tab);
            QCOMPARE(stage.tool.point(), -1);
            QCOMPARE(moves.count(), 0);
            QVERIFY(stage.view.grab().toImage() != with);
        }
        stage.view.setFrame(sample::scene(5));
        QVERIFY(stage.tool.active());
    }
    void handlesAreThereWithoutThePersonsPicture()
    {
        Stage stage;
        OverlayOptions options;
        options.picture = false;
        stage.view.setOverlays(options);
        QVERIFY(stage.tool.active());
        QSignalSpy moves(&stage.tool, &PointTool::pointMoved);
        const QPointF place = stage.view.fromPicture(at(samplePerson(), 7));
        drag(stage.view, place, place + QPointF(30, 30));
        QVERIFY(moves.count() > 0);
    }
    void whoIsGrabbedIsTheChosenPerson()
    {
        Stage stage;
        const EditablePerson second = samplePerson(1, 150);
        stage.tool.setPersons(5, {samplePerson(), second});
        QSignalSpy chosen(&stage.tool, &PointTool::personChosen);
        const QPointF place = stage.view.fromPicture(at(second, 7));
        send(stage.view, QEvent::MouseButtonPress, place, true);
        send(stage.view, QEvent::MouseButtonRelease, place, false);
        QCOMPARE(stage.tool.person(), 1);
        QCOMPARE(chosen.count(), 1);
    }
    void escapeLetsGoOfThePointAndThenLeaves()
    {
        Stage stage;
        QSignalSpy left(&stage.tool, &PictureTool::leaveWanted);
        stage.tool.setPoint(3);
        QTest::keyClick(&stage.view, Qt::Key_Escape);
        QCOMPARE(stage.tool.point(), -1);
        QCOMPARE(left.count(), 0);
        QTest::keyClick(&stage.view, Qt::Key_Escape);
        QCOMPARE(left.count(), 1);
    }
    void correctedPointsLookDifferent()
    {
        Stage stage;
        const QImage before = stage.view.grab().toImage();
        EditablePerson person = samplePerson();
        person.origins.assign(kPointCount, PointOrigin::Model);
        person.origins[kLeftWrist] = PointOrigin::Placed;
        stage.tool.setPersons(5, {person});
        const QImage placed = stage.view.grab().toImage();
        QVERIFY(placed != before);
        person.origins[kLeftWrist] = PointOrigin::Between;
        stage.tool.setPersons(5, {person});
        QVERIFY(stage.view.grab().toImage() != placed);
    }
    void aBoxIsMovedAndResizedExactly()
    {
        VideoView view;
        view.resize(500, 400);
        view.setFrame(sample::scene(5));
        view.setPictureSize({sample::kWidth, sample::kHeight}, 1.25);
        BoxTool tool(view);
        view.setTool(&tool);
        const QRectF rect(150, 120, 200, 160);
        tool.setBoxes(5, {{0, QStringLiteral("face"), QStringLiteral("Face"), Qt::yellow, rect, false}});
        QSignalSpy changes(&tool, &BoxTool::boxChanged);
        const auto dragged = [&](const QPointF& from, const QPointF& by) {
            changes.clear();
            drag(view, view.fromPicture(from), view.fromPicture(from + by));
            return changes.isEmpty() ? QRectF() : changes.last()[2].toRectF();
        };
        const auto close = [](const QRectF& a, const QRectF& b) {
            return distance(a.topLeft(), b.topLeft()) < 1e-6
                && distance(a.bottomRight(), b.bottomRight()) < 1e-6;
        };
        const QPointF by(20.5, -12.25);
        QVERIFY(close(dragged(rect.center(), by), rect.translated(by)));
        QCOMPARE(changes.first()[3], changes.last()[3]);
        QVERIFY(changes.last()[4].toBool());
        QVERIFY(close(dragged(rect.bottomRight(), by), QRectF(rect.topLeft(), rect.bottomRight() + by)));
        QVERIFY(close(dragged({rect.left(), rect.center().y()}, by), rect.adjusted(by.x(), 0, 0, 0)));
        const QRectF small = dragged(rect.topLeft(), {5000, 5000}); // it never turns inside out
        QVERIFY(small.width() > 0 && small.height() > 0);
        QCOMPARE(small.bottomRight(), rect.bottomRight());
    }
    void boxesAreChosenMovedAndResetByKeys()
    {
        VideoView view;
        view.resize(640, 480);
        view.setFrame(sample::scene(5));
        BoxTool tool(view);
        view.setTool(&tool);
        const QRectF rect(150, 120, 200, 160);
        tool.setBoxes(5,
            {{0, QStringLiteral("face"), QStringLiteral("Face"), Qt::yellow, rect, false},
                {0, QStringLiteral("person"), QStringLiteral("Person"), Qt::white, rect, true}});
        QSignalSpy changes(&tool, &BoxTool::boxChanged);
        QSignalSpy resets(&tool, &BoxTool::boxReset);
        QTest::keyClick(&view, Qt::Key_Tab);
        QTest::keyClick(&view, Qt::Key_Tab);
        QCOMPARE(tool.selected(), 1);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(changes.last()[2].toRectF(), rect.translated(0, 10));
        QTest::keyClick(&view, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(changes.last()[2].toRectF(), rect.adjusted(0, 0, 1, 0));
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(resets.count(), 1);
        QCOMPARE(resets[0][1].toString(), QStringLiteral("person"));
        view.setFrame(sample::scene(6)); // another picture than theirs
        QVERIFY(!tool.active());
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(changes.count(), 2);
    }
    void pointsOfAFrameCanBeShownInsteadOfTheTracks()
    {
        VideoView view;
        view.resize(640, 480);
        view.setFrame(sample::scene(5));
        view.setTrack(sample::track(5));
        const QImage before = view.grab().toImage();
        view.setFramePoints(5, samplePerson(0, 40).points);
        QVERIFY(view.grab().toImage() != before);
        view.setFramePoints(5, {});
        QCOMPARE(view.grab().toImage(), before);
        view.setFramePoints(6, samplePerson(0, 40).points); // of another picture
        QCOMPARE(view.grab().toImage(), before);
    }
    void theHeatMapShowsTheGroupThatIsAskedFor()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options;
        options.skeleton = options.picture = false;
        options.heatmap = true;
        view.setFrame(sample::scene(5));
        view.setTrack(sample::track(5));
        const auto heatAt = [&](HeatGroup group, int point) {
            options.heatGroup = group;
            view.setOverlays(options);
            const QPointF place = view.fromPicture(at(samplePerson(), point));
            return qRed(view.grab().toImage().pixel(place.toPoint())) > 120;
        };
        constexpr int kNose = 0;
        constexpr int kElbow = 7;
        constexpr int kFinger = kLeftHandStart + 8;
        QVERIFY(heatAt(HeatGroup::All, kNose) && heatAt(HeatGroup::All, kElbow));
        QVERIFY(heatAt(HeatGroup::Head, kNose) && !heatAt(HeatGroup::Head, kElbow));
        QVERIFY(heatAt(HeatGroup::Arms, kElbow) && !heatAt(HeatGroup::Arms, kNose));
        QVERIFY(heatAt(HeatGroup::Hands, kFinger) && !heatAt(HeatGroup::Hands, kNose));
        QVERIFY(heatAt(HeatGroup::Body, kElbow) && !heatAt(HeatGroup::Body, kFinger));
    }
};

QTEST_MAIN(TestPoseTools)
#include "test_posetools.moc"
