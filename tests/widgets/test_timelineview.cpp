// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "samplecontent.h"
#include "widgets/timeline/laneindex.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelinemapping.h"
#include <QSignalSpy>
#include <QtTest>

using namespace telltale;

namespace {

constexpr int64_t kFrames = 2000;

TimelineSpan spanOf(int64_t id, int64_t first, int64_t last)
{
    return {
        id, {first, last}, QStringLiteral("Rubbing hands"), QColor(0x56, 0xb4, 0xe9), SpanState::Accepted, 1};
}

/// A shown view of 2000 frames, frames 0 to 400 in it, one editable lane and one that is not.
class Fixture {
public:
    explicit Fixture(std::vector<TimelineSpan> spans, std::vector<TimelineSpan> fixed = {})
    {
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)));
        view.setLanes({{QStringLiteral("Annotations"), std::move(spans), {}, Qt::darkGreen, true, 24},
            {QStringLiteral("Model"), std::move(fixed), {}, Qt::darkRed, false, 24}});
        view.resize(1000, 240);
        view.fitSpan({33, 367});
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }
    QPoint at(double frame, int lane = 0)
    {
        const double perFrame = view.xOf(1) - view.xOf(0);
        return QPointF(view.xOf(0) + frame * perFrame, view.laneRect(lane).center().y()).toPoint();
    }
    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {}, bool release = true)
    {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, from);
        const int steps = 6;
        for (int i = 1; i <= steps; ++i) {
            const QPoint point = from + (to - from) * i / steps;
            QMouseEvent move(QEvent::MouseMove, point, view.mapToGlobal(QPointF(point)), Qt::NoButton,
                Qt::LeftButton, modifiers);
            QCoreApplication::sendEvent(&view, &move);
        }
        if (release)
            QTest::mouseRelease(&view, Qt::LeftButton, modifiers, to);
    }
    void wheel(const QPointF& at, int notches, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(at, view.mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton, modifiers,
            Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }

    TimelineView view;
};

} // namespace

class TestTimelineView : public QObject {
    Q_OBJECT
private slots:
    void mappingGoesThereAndBackAtEveryZoom()
    {
        TimelineMapping mapping;
        mapping.setArea(100, 900, 64);
        mapping.setFrameCount(90000);
        for (int step = 0; step < 60; ++step) {
            for (const int64_t frame : {mapping.visible().first + 1, mapping.visible().last - 1}) {
                const double x = mapping.xOf(static_cast<double>(frame));
                QCOMPARE(mapping.boundaryAt(x), frame);
                QVERIFY(std::abs(mapping.positionAt(x) - static_cast<double>(frame)) < 1e-6);
            }
            mapping.zoomAbout(437, 1.25);
        }
        QCOMPARE(mapping.pixelsPerFrame(), 64.0);
        mapping.zoomAbout(437, 1e-9);
        QVERIFY(mapping.showsAll());
        QCOMPARE(mapping.visible(), (FrameSpan{0, 90000}));
    }
    void mappingNeverLeavesTheVideo()
    {
        TimelineMapping mapping;
        mapping.setArea(0, 500, 64);
        mapping.setFrameCount(1000);
        mapping.fit({-50, 20});
        QCOMPARE(mapping.visible().first, int64_t{0});
        mapping.pan(1e9);
        QCOMPARE(mapping.visible().last, int64_t{1000});
        mapping.pan(-1e9);
        QCOMPARE(mapping.visible().first, int64_t{0});
        QCOMPARE(mapping.frameAt(-100), int64_t{0});
        QCOMPARE(mapping.frameAt(1e6), int64_t{999});
        mapping.setFrameCount(0);
        QCOMPARE(mapping.frameAt(10), int64_t{0});
    }
    void framesOutOfViewLieOutsideTheLanesAndCannotBeHit()
    {
        Fixture f({spanOf(7, 1500, 1600)});
        QVERIFY(!f.view.visibleFrames().contains(1500));
        QVERIFY(f.view.xOf(1500) > f.view.width());
        QSignalSpy selected(&f.view, &TimelineView::selectionChanged);
        QTest::mouseClick(&f.view, Qt::LeftButton, {}, f.at(390));
        QCOMPARE(selected.count(), 0);
        f.view.fitSpan({1500, 1600});
        QTest::mouseClick(&f.view, Qt::LeftButton, {}, f.at(1550));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.at(0).at(0).toLongLong(), 7);
    }
    void overlappingSpansGetRowsOfTheirOwn()
    {
        LaneIndex index;
        index.build({{0, 100}, {50, 150}, {100, 200}, {140, 160}, {150, 151}});
        QCOMPARE(index.rows().size(), size_t{3});
        for (const LaneIndex::Row& row : index.rows())
            for (size_t i = 1; i < row.size(); ++i)
                QVERIFY(row[i - 1].span.last <= row[i].span.first);
        QCOMPARE(index.rowOf(0), 0);
        QCOMPARE(index.rowOf(1), 1);
        QCOMPARE(index.rowOf(2), 0);
        QCOMPARE(index.nearestBoundary(152, 4, -1), std::optional<int64_t>(151));
        QCOMPARE(index.nearestBoundary(180, 4, -1), std::optional<int64_t>());
    }
    void rulerLabelsGetFinerWithTheZoom()
    {
        const FrameTimes times = FrameTimes::nominal(90000, 25);
        TimelineMapping mapping;
        mapping.setArea(0, 1000, 64);
        mapping.setFrameCount(90000);
        const auto labels = [&] {
            QStringList texts;
            for (const RulerTick& tick : rulerTicks(mapping, times, 80))
                if (tick.labelled)
                    texts.append(tick.time);
            return texts;
        };
        QVERIFY(labels().contains(QStringLiteral("10:00")));
        QVERIFY(labels().size() <= 14);
        mapping.fit({0, 250});
        QVERIFY(labels().contains(QStringLiteral("0:02")));
        mapping.fit({0, 12});
        QVERIFY(labels().contains(QStringLiteral("0:00.080")));
        QCOMPARE(clockText(std::chrono::microseconds(3723004000), true), QStringLiteral("1:02:03.004"));
    }
    void draggingAnEdgeTellsEveryStepAndEndsOnceWithOneSerial()
    {
        Fixture f({spanOf(3, 100, 160), spanOf(4, 300, 340)});
        QSignalSpy dragged(&f.view, &TimelineView::spanDragged);
        f.drag(f.at(160) - QPoint(1, 0), f.at(200) - QPoint(1, 0), Qt::AltModifier);
        QVERIFY(dragged.count() >= 3);
        QSet<int> serials;
        for (int i = 0; i < dragged.count(); ++i) {
            QCOMPARE(dragged.at(i).at(0).toLongLong(), 3);
            QCOMPARE(dragged.at(i).at(1).toLongLong(), 100);
            serials.insert(dragged.at(i).at(3).toInt());
            QCOMPARE(dragged.at(i).at(4).toBool(), i == dragged.count() - 1);
        }
        QCOMPARE(serials.size(), 1);
        QCOMPARE(dragged.last().at(2).toLongLong(), 200);

        dragged.clear();
        f.drag(f.at(300) + QPoint(1, 0), f.at(280) + QPoint(1, 0), Qt::AltModifier);
        QCOMPARE(dragged.last().at(0).toLongLong(), 4);
        QCOMPARE(dragged.last().at(1).toLongLong(), 280);
        QCOMPARE(dragged.last().at(2).toLongLong(), 340);
        QVERIFY(!serials.contains(dragged.last().at(3).toInt()));
    }
    void draggingTheMiddleKeepsTheLengthAndStaysInTheVideo()
    {
        Fixture f({spanOf(3, 100, 160)});
        QSignalSpy dragged(&f.view, &TimelineView::spanDragged);
        f.drag(f.at(130), f.at(170), Qt::AltModifier);
        QCOMPARE(dragged.last().at(1).toLongLong(), 140);
        QCOMPARE(dragged.last().at(2).toLongLong(), 200);
        f.drag(f.at(130), QPoint(-2000, f.at(130).y()), Qt::AltModifier);
        QCOMPARE(dragged.last().at(1).toLongLong(), 0);
        QCOMPARE(dragged.last().at(2).toLongLong(), 60);
    }
    void edgesSnapToOtherBoundariesAndToThePlayheadUnlessAltIsHeld()
    {
        Fixture f({spanOf(3, 100, 160)}, {spanOf(9, 221, 260)});
        f.view.setCurrentFrame(50);
        QSignalSpy dragged(&f.view, &TimelineView::spanDragged);
        f.drag(f.at(160) - QPoint(1, 0), f.at(222) - QPoint(1, 0));
        QCOMPARE(dragged.last().at(2).toLongLong(), 221);
        f.drag(f.at(160) - QPoint(1, 0), f.at(223) - QPoint(1, 0), Qt::AltModifier);
        QCOMPARE(dragged.last().at(2).toLongLong(), 223);
        f.drag(f.at(100) + QPoint(1, 0), f.at(48.6) + QPoint(1, 0));
        QCOMPARE(dragged.last().at(1).toLongLong(), 50);
    }
    void escapeEndsADragWhereItBegan()
    {
        Fixture f({spanOf(3, 100, 160)});
        QSignalSpy dragged(&f.view, &TimelineView::spanDragged);
        f.drag(f.at(160) - QPoint(1, 0), f.at(200), Qt::AltModifier, false);
        QVERIFY(dragged.count() > 0);
        QTest::keyClick(&f.view, Qt::Key_Escape);
        QCOMPARE(dragged.last().at(1).toLongLong(), 100);
        QCOMPARE(dragged.last().at(2).toLongLong(), 160);
        QVERIFY(dragged.last().at(4).toBool());
        const qsizetype count = dragged.count();
        QTest::mouseRelease(&f.view, Qt::LeftButton, {}, f.at(200));
        QCOMPARE(dragged.count(), count);
    }
    void aClickSelectsWithoutDraggingAndFixedLanesDoNotMove()
    {
        Fixture f({spanOf(3, 100, 160)}, {spanOf(9, 220, 260)});
        QSignalSpy dragged(&f.view, &TimelineView::spanDragged);
        QSignalSpy selected(&f.view, &TimelineView::selectionChanged);
        QTest::mouseClick(&f.view, Qt::LeftButton, {}, f.at(130));
        QCOMPARE(f.view.selected(), int64_t{3});
        f.drag(f.at(240, 1), f.at(300, 1));
        QCOMPARE(f.view.selected(), int64_t{9});
        QCOMPARE(selected.count(), 2);
        QCOMPARE(dragged.count(), 0);
    }
    void lanesThatChangeDuringADragDoNotBreakIt()
    {
        Fixture f({spanOf(3, 100, 160)});
        QObject::connect(
            &f.view, &TimelineView::spanDragged, &f.view, [&f](qint64 id, qint64 first, qint64 last) {
                f.view.setLanes(
                    {{QStringLiteral("Annotations"), {spanOf(id, first, last)}, {}, {}, true, 24}});
            });
        QSignalSpy dragged(&f.view, &TimelineView::spanDragged);
        f.drag(f.at(160) - QPoint(1, 0), f.at(200) - QPoint(1, 0), Qt::AltModifier);
        QCOMPARE(dragged.last().at(1).toLongLong(), 100);
        QCOMPARE(dragged.last().at(2).toLongLong(), 200);
        QObject::connect(&f.view, &TimelineView::spanDragged, &f.view, [&f] { f.view.setLanes({}); });
        f.drag(f.at(130), f.at(180), Qt::AltModifier);
        QVERIFY(!dragged.last().at(4).toBool());
    }
    void zoomKeepsTheFrameUnderThePointer()
    {
        Fixture f({});
        const QPointF at(f.at(210));
        const double before = f.view.xOf(210);
        for (int i = 0; i < 5; ++i) {
            f.wheel(at, 1, Qt::ControlModifier);
            QVERIFY(std::abs(f.view.xOf(210) - before) < 1.5 * std::pow(1.25, i + 1));
        }
        QVERIFY(f.view.visibleFrames().length() < 200);
        f.wheel(at, -40, Qt::ControlModifier);
        QCOMPARE(f.view.visibleFrames(), (FrameSpan{0, kFrames}));
    }
    void clicksOnTheRulerAndOnEmptyPlacesSeek()
    {
        Fixture f({spanOf(3, 100, 160)});
        QSignalSpy seeks(&f.view, &TimelineView::seekRequested);
        QTest::mouseClick(&f.view, Qt::LeftButton, {}, f.at(300.5));
        QCOMPARE(seeks.last().at(0).toLongLong(), 300);
        f.drag(QPoint(f.at(50.5).x(), 5), QPoint(f.at(120.5).x(), 5));
        QCOMPARE(seeks.last().at(0).toLongLong(), 120);
        QVERIFY(seeks.count() > 3);
        QTest::keyClick(&f.view, Qt::Key_End);
        QCOMPARE(seeks.last().at(0).toLongLong(), kFrames - 1);
        QTest::keyClick(&f.view, Qt::Key_Home);
        QCOMPARE(seeks.last().at(0).toLongLong(), 0);
    }
    void thePlayheadRunsTheViewAlongButLeavesAMovedOneAlone()
    {
        Fixture f({});
        const FrameSpan before = f.view.visibleFrames();
        f.view.setCurrentFrame(before.last - 1);
        f.view.setCurrentFrame(before.last);
        QVERIFY(f.view.visibleFrames().contains(before.last));
        QVERIFY(!f.view.visibleFrames().contains(before.first));
        f.view.fitSpan({1000, 1100});
        const FrameSpan moved = f.view.visibleFrames();
        f.view.setCurrentFrame(before.last + 1);
        QCOMPARE(f.view.visibleFrames(), moved);
    }
    void bothOfTwoOverlappingSpansCanBeClicked()
    {
        Fixture f({spanOf(3, 100, 160), spanOf(4, 110, 150)});
        const QRectF lane = f.view.laneRect(0);
        QSet<int64_t> hit;
        for (double y = lane.top() + 3; y < lane.bottom() - 2; y += 2) {
            QTest::mouseClick(&f.view, Qt::LeftButton, {}, QPoint(f.at(130).x(), static_cast<int>(y)));
            hit.insert(f.view.selected());
        }
        QVERIFY(hit.contains(3));
        QVERIFY(hit.contains(4));
    }
    void aHundredThousandSpansArePainted()
    {
        Random random(5);
        std::vector<TimelineSpan> spans;
        for (int64_t i = 0; i < 100000; ++i) {
            const auto first = static_cast<int64_t>(random.uniform() * 2e6);
            spans.push_back(spanOf(i + 1, first, first + 1 + static_cast<int64_t>(random.uniform() * 40)));
        }
        TimelineView view;
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(2000100, 25)));
        view.resize(1200, 200);
        const auto paint = [&view] { return view.grab().toImage().convertToFormat(QImage::Format_RGB32); };
        const QImage empty = paint();
        view.setLanes({{QStringLiteral("All"), std::move(spans), {}, Qt::darkGreen, true, 24}});
        const QImage all = paint();
        QVERIFY(all != empty);
        const auto y = static_cast<int>(view.laneRect(0).top()) + 8;
        int filled = 0;
        for (int x = static_cast<int>(view.xOf(0)); x < view.width() - 8; ++x)
            filled += all.pixelColor(x, y).blue() > all.pixelColor(x, y).red() + 30 ? 1 : 0;
        QVERIFY2(filled > (view.width() - static_cast<int>(view.xOf(0))) * 9 / 10,
            qPrintable(QString::number(filled)));
        view.fitSpan({1000000, 1000400});
        QVERIFY(paint() != all);
    }
    void withoutAVideoNothingCanGoWrong()
    {
        TimelineView view;
        view.resize(400, 120);
        view.setPlaceholder(QStringLiteral("Nothing here"));
        view.show();
        view.setCurrentFrame(10);
        view.fitAll();
        view.fitSpan({0, 10});
        QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(200, 60));
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(!view.grab().isNull());
        QVERIFY(view.visibleFrames().empty());
    }
};

QTEST_MAIN(TestTimelineView)
#include "test_timelineview.moc"
