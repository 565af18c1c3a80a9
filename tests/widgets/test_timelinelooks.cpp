// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What the pixels of the timeline tell: origin, uncertain boundaries, rounds, the lane that keys are about.
#include "base/random.h"
#include "widgets/timeline/overviewstrip.h"
#include "widgets/timeline/timelineview.h"
#include <QHelpEvent>
#include <QSet>
#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

using namespace telltale;

namespace {

constexpr int64_t kFrames = 1000;

TimelineSpan spanOf(int64_t id, int64_t first, int64_t last)
{
    return {id, {first, last}, {}, QColor(0x56, 0xb4, 0xe9), SpanState::Accepted, 1};
}

class Fixture {
public:
    explicit Fixture(std::vector<TimelineSpan> spans)
    {
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)));
        TimelineLane lane;
        lane.title = QStringLiteral("Lane");
        lane.spans = std::move(spans);
        lane.height = 30;
        view.setLanes({lane});
        view.resize(1100, 160);
        view.fitSpan({20, 180});
    }
    QImage painted() { return view.grab().toImage().convertToFormat(QImage::Format_RGB32); }
    /// The box of the only span, without its rim.
    QImage inside(int64_t first, int64_t last)
    {
        const QRectF lane = view.laneRect(0);
        const int left = static_cast<int>(view.xOf(first)) + 6;
        return painted().copy(left, static_cast<int>(lane.top()) + 4,
            static_cast<int>(view.xOf(last)) - 6 - left, static_cast<int>(lane.height()) - 8);
    }

    TimelineView view;
};

QSet<QRgb> colorsOf(const QImage& image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            colors.insert(image.pixel(x, y));
    return colors;
}

QImage gray(const QImage& image) { return image.convertToFormat(QImage::Format_Grayscale8); }

QImage pattern(const QImage& image)
{
    // Which pixels differ from their left neighbours: what is left without any colour.
    QImage edges(image.width() - 1, image.height(), QImage::Format_Mono);
    edges.fill(0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 1; x < image.width(); ++x)
            edges.setPixel(x - 1, y, image.pixel(x, y) != image.pixel(x - 1, y) ? 1 : 0);
    return edges;
}

} // namespace

class TestTimelineLooks : public QObject {
    Q_OBJECT
private slots:
    void eachOriginHasAPatternAndAColourOfItsOwn()
    {
        std::vector<QImage> looks;
        for (const TimelineOrigin origin : {TimelineOrigin::Human, TimelineOrigin::Imported,
                 TimelineOrigin::Model, TimelineOrigin::PseudoLabel}) {
            TimelineSpan span = spanOf(1, 50, 150);
            span.origin = origin;
            Fixture f({span});
            looks.push_back(f.inside(50, 150));
        }
        for (size_t a = 0; a < looks.size(); ++a)
            for (size_t b = a + 1; b < looks.size(); ++b) {
                QVERIFY(gray(looks[a]) != gray(looks[b]));
                QVERIFY(pattern(looks[a]) != pattern(looks[b]));
                QVERIFY(colorsOf(looks[a]) != colorsOf(looks[b]));
            }
        QVERIFY(pattern(looks[0]) != pattern(looks[1]));
        QCOMPARE(colorsOf(looks[0]).size(), qsizetype(1)); // what a person marked is plain
    }
    void eachStateHasAPatternOfItsOwn()
    {
        std::vector<QImage> looks;
        for (int state = 0; state < 6; ++state) {
            TimelineSpan span = spanOf(1, 50, 150);
            span.state = static_cast<SpanState>(state);
            Fixture f({span});
            const QRectF lane = f.view.laneRect(0);
            const int left = static_cast<int>(f.view.xOf(50)) - 1;
            looks.push_back(f.painted().copy(left, static_cast<int>(lane.top()),
                static_cast<int>(f.view.xOf(150)) + 2 - left, static_cast<int>(lane.height())));
        }
        for (size_t a = 0; a < looks.size(); ++a)
            for (size_t b = a + 1; b < looks.size(); ++b)
                QVERIFY2(pattern(looks[a]) != pattern(looks[b]),
                    qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
    }
    void anUncertainBoundaryIsASoftEdgeAsWideAsItIsUncertain()
    {
        TimelineSpan span = spanOf(1, 60, 140);
        Fixture hard({span});
        span.startSpread = 8;
        Fixture soft({span});
        const auto y = static_cast<int>(hard.view.laneRect(0).center().y());
        const QImage before = hard.painted();
        const QImage after = soft.painted();
        const auto blue = [y](const QImage& image, double x) { // how much of the class colour is there
            const QColor color = image.pixelColor(static_cast<int>(x), y);
            return color.blue() - color.red();
        };
        const double perFrame = hard.view.xOf(1) - hard.view.xOf(0);
        const double edge = hard.view.xOf(60);
        const int full = blue(before, edge + 10 * perFrame);
        QVERIFY(full > 60);
        QVERIFY(blue(before, edge - 3) < full / 8);
        QCOMPARE(blue(after, edge + 10 * perFrame), full);
        // It comes evenly from 8 frames before to 8 frames after the boundary.
        QVERIFY(blue(after, edge - 9 * perFrame) < full / 8);
        for (const double frame : {-6.0, -3.0, 3.0, 6.0}) {
            const double share = (frame + 8) / 16;
            const double there = blue(after, edge + frame * perFrame);
            QVERIFY2(std::abs(there - share * full) < full * 0.12, qPrintable(QString::number(there)));
        }
        // The other edge is hard in both.
        const double end = hard.view.xOf(140);
        for (int x = static_cast<int>(end) - 12; x < static_cast<int>(end) + 12; ++x)
            QCOMPARE(after.pixel(x, y), before.pixel(x, y));
    }
    void whatBecameOfASpanInARoundIsMarkedAndTold()
    {
        QSet<QByteArray> marks;
        for (int change = 0; change < 6; ++change) {
            TimelineSpan span = spanOf(1, 50, 150);
            span.change = static_cast<RoundChange>(change);
            span.origin = TimelineOrigin::PseudoLabel;
            Fixture f({span});
            const QImage look = f.inside(50, 150);
            marks.insert(QByteArray(reinterpret_cast<const char*>(look.constBits()), look.sizeInBytes()));
            const QPoint at(
                static_cast<int>(f.view.xOf(100)), static_cast<int>(f.view.laneRect(0).center().y()));
            QHelpEvent help(QEvent::ToolTip, at, f.view.mapToGlobal(at));
            QCoreApplication::sendEvent(&f.view, &help);
            QVERIFY(QToolTip::text().contains(QStringLiteral("pseudo-label")));
            QCOMPARE(QToolTip::text().contains(QStringLiteral("round")), change != 0);
        }
        QCOMPARE(marks.size(), qsizetype(6));
    }
    void aCollapsedLaneIsSlimAndStillShowsItsSpans()
    {
        TimelineView view;
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)));
        TimelineLane lane;
        lane.title = QStringLiteral("Lane");
        lane.key = QStringLiteral("a");
        lane.spans = {spanOf(1, 100, 300), spanOf(2, 200, 400), spanOf(3, 600, 700)};
        view.resize(1000, 200);
        view.setLanes({lane});
        const double full = view.laneRect(0).height();
        lane.collapsed = true;
        view.setLanes({lane});
        QVERIFY(view.laneRect(0).height() < full / 2);
        const QImage picture = view.grab().toImage();
        const auto y = static_cast<int>(view.laneRect(0).center().y());
        const QRgb empty = picture.pixel(static_cast<int>(view.xOf(500)), y);
        for (const int frame : {150, 250, 390, 650})
            QVERIFY(picture.pixel(static_cast<int>(view.xOf(frame)), y) != empty);
        QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(static_cast<int>(view.xOf(650)), y));
        QCOMPARE(view.selected(), int64_t{3});
    }
    void theLaneOfTheKeysIsMarkedAtItsNameAndScrolledTo()
    {
        TimelineView view;
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)));
        std::vector<TimelineLane> lanes(12);
        for (size_t i = 0; i < lanes.size(); ++i)
            lanes[i].title = QStringLiteral("Lane %1").arg(i);
        view.resize(800, 190);
        view.setLanes(lanes);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy moved(&view, &TimelineView::currentLaneChanged);
        QCOMPARE(view.currentLane(), -1);
        const QImage before = view.grab().toImage();
        view.selectLane(1);
        QCOMPARE(view.currentLane(), 0);
        const QImage marked = view.grab().toImage();
        const QRect name(0, static_cast<int>(view.laneRect(0).top()), static_cast<int>(view.xOf(0)) - 2, 20);
        QVERIFY(before.copy(name) != marked.copy(name));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.currentLane(), 1);
        view.selectLane(100);
        QCOMPARE(view.currentLane(), 11);
        QVERIFY(view.laneRect(11).bottom() <= view.overview().geometry().top());
        view.selectLane(1);
        QCOMPARE(view.currentLane(), 11);
        view.selectLane(-100);
        QCOMPARE(view.currentLane(), 0);
        QVERIFY(view.laneRect(0).top() > 0);
        QCOMPARE(moved.count(), 4);
        view.setLanes({});
        QCOMPARE(view.currentLane(), -1);
        view.selectLane(1);
        QCOMPARE(view.currentLane(), -1);
    }
    void curvesOfAMillionFramesShowTheirPeaks()
    {
        std::vector<float> curve(1'000'000, 0.1F);
        curve[700'000] = 1.0F; // far less than a pixel wide
        TimelineView view;
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(1'000'000, 25)));
        view.resize(1000, 160);
        TimelineLane lane;
        lane.curve = curve;
        lane.color = Qt::red;
        view.setLanes({lane});
        const QImage picture = view.grab().toImage();
        const auto y = static_cast<int>(view.laneRect(0).top()) + 5;
        const auto redAt = [&](double x) {
            const QColor color = picture.pixelColor(static_cast<int>(x), y);
            return color.red() - color.green();
        };
        int highest = 0;
        for (int x = -1; x <= 1; ++x)
            highest = std::max(highest, redAt(view.xOf(700'000) + x));
        QVERIFY(highest > 100);
        QVERIFY(redAt(view.xOf(600'000)) < 20);
        lane.curve[700'000] = 0.1F;
        view.setLanes({lane});
        QVERIFY(view.grab().toImage() != picture); // another curve under the same name is another curve
    }
    void aPileOfOverlappingSpansIsPaintedOnceAndTheChosenOneLiesOnTop()
    {
        std::vector<TimelineSpan> pile;
        for (int64_t id = 1; id <= 9; ++id) {
            pile.push_back(spanOf(id, 40, 160));
            pile.back().color = QColor::fromHsv(static_cast<int>(id * 39), 200, 200);
        }
        Fixture f(pile);
        const QImage picture = f.painted();
        const auto x = static_cast<int>(f.view.xOf(100));
        QSet<QRgb> rows;
        for (int y = static_cast<int>(f.view.laneRect(0).top()); y < f.view.laneRect(0).bottom(); ++y)
            rows.insert(picture.pixel(x, y));
        f.view.setSelected(9); // in the ninth row, folded onto the first
        const QImage chosen = f.painted();
        QVERIFY(chosen.pixel(x, static_cast<int>(f.view.laneRect(0).top()) + 12)
            != picture.pixel(x, static_cast<int>(f.view.laneRect(0).top()) + 12));
    }
};

QTEST_MAIN(TestTimelineLooks)
#include "test_timelinelooks.moc"
