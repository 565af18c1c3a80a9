// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/overviewstrip.h"
#include "widgets/timeline/timelineview.h"
#include <QAction>
#include <QMainWindow>
#include <QSignalSpy>
#include <QtTest>

using namespace telltale;

namespace {

constexpr int64_t kFrames = 10000;

/// A shown view on frames 4000 to 5000 with two spans, the first tenth reviewed.
class Fixture {
public:
    Fixture()
    {
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)));
        TimelineLane lane;
        lane.title = QStringLiteral("Annotations");
        lane.editable = true;
        lane.spans = {{1, {2000, 2400}, {}, QColor(0x20, 0x60, 0xff), SpanState::Accepted, 1},
            {2, {8000, 8003}, {}, QColor(0xff, 0x60, 0x20), SpanState::Accepted, 1}};
        TimelineLane reviewed;
        reviewed.title = QStringLiteral("Reviewed");
        reviewed.ranges = {{0, 1000}};
        view.setLanes({lane, reviewed});
        view.resize(1100, 240);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
        look({4000, 5000});
    }
    void look(const FrameSpan& span)
    {
        const auto margin = static_cast<int64_t>(static_cast<double>(span.length()) / 12);
        view.fitSpan({span.first + margin, span.last - margin});
    }
    OverviewStrip& strip() { return view.overview(); }
    QPoint at(double frame) { return QPointF(strip().xOf(frame), strip().height() / 2.0).toPoint(); }
    void drag(double from, double to)
    {
        QTest::mousePress(&strip(), Qt::LeftButton, {}, at(from));
        for (int i = 1; i <= 4; ++i) {
            const QPoint point = at(from + (to - from) * i / 4);
            QMouseEvent move(QEvent::MouseMove, point, strip().mapToGlobal(QPointF(point)), Qt::NoButton,
                Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&strip(), &move);
        }
        QTest::mouseRelease(&strip(), Qt::LeftButton, {}, at(to));
    }

    TimelineView view;
};

bool near(int64_t a, int64_t b, int64_t by = 25) { return std::abs(a - b) <= by; }

} // namespace

class TestTimelineOverview : public QObject {
    Q_OBJECT
private slots:
    void theWindowLiesWhereTheViewIs()
    {
        Fixture f;
        const FrameSpan seen = f.view.visibleFrames();
        QVERIFY(near(seen.first, 4000) && near(seen.last, 5000));
        QVERIFY(std::abs(f.strip().windowRect().left() - f.strip().xOf(static_cast<double>(seen.first))) < 2);
        QVERIFY(std::abs(f.strip().windowRect().right() - f.strip().xOf(static_cast<double>(seen.last))) < 2);
        QVERIFY(std::abs(f.strip().xOf(0) + f.strip().x() - f.view.xOf(0) - 0) > 100); // not the same scale
        f.view.fitAll();
        QVERIFY(f.strip().windowRect().width() > f.strip().xOf(kFrames) - f.strip().xOf(0) - 3);
        f.look({7000, 7004}); // far too short to be held, were it drawn as it is
        QVERIFY(f.strip().windowRect().width() >= 6);
    }
    void draggingTheWindowPansAndKeepsTheZoom()
    {
        Fixture f;
        const int64_t length = f.view.visibleFrames().length();
        f.drag(4300, 6300);
        QVERIFY(near(f.view.visibleFrames().first, 6000));
        QVERIFY(near(f.view.visibleFrames().length(), length, 2));
        f.drag(6500, 60000);
        QCOMPARE(f.view.visibleFrames().last, kFrames);
    }
    void aClickBesideTheWindowBringsItThereAndADoubleClickSeeks()
    {
        Fixture f;
        QSignalSpy seeks(&f.view, &TimelineView::seekRequested);
        QTest::mouseClick(&f.strip(), Qt::LeftButton, {}, f.at(1500));
        QVERIFY(near(f.view.visibleFrames().first, 1000));
        QVERIFY(near(f.view.visibleFrames().last, 2000));
        QCOMPARE(seeks.count(), 0);
        QTest::mouseDClick(&f.strip(), Qt::LeftButton, {}, f.at(1700));
        QCOMPARE(seeks.count(), 1);
        QVERIFY(near(seeks.at(0).at(0).toLongLong(), 1700));
    }
    void keysMoveTheWindowAlthoughTheWindowHasShortcutsForThem()
    {
        QMainWindow window;
        Fixture f;
        window.setCentralWidget(&f.view);
        auto* step = new QAction(&window);
        step->setShortcut(Qt::Key_Right);
        window.addAction(step);
        QSignalSpy steps(step, &QAction::triggered);
        window.resize(1100, 260);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        f.look({4000, 5000});
        f.strip().setFocus();
        QVERIFY(f.strip().hasFocus());
        const auto first = [&f] { return f.view.visibleFrames().first; };
        const int64_t start = first();
        const int64_t length = f.view.visibleFrames().length();
        QTest::keyClick(&f.strip(), Qt::Key_Right);
        QVERIFY(near(first(), start + length / 10));
        QCOMPARE(steps.count(), 0);
        QTest::keyClick(&f.strip(), Qt::Key_Left);
        QVERIFY(near(first(), start));
        QTest::keyClick(&f.strip(), Qt::Key_PageDown);
        QVERIFY(near(first(), start + length));
        QTest::keyClick(&f.strip(), Qt::Key_PageUp);
        QTest::keyClick(&f.strip(), Qt::Key_End);
        QCOMPARE(f.view.visibleFrames().last, kFrames);
        QTest::keyClick(&f.strip(), Qt::Key_Home);
        QCOMPARE(first(), int64_t{0});
        QTest::keyClick(&f.strip(), Qt::Key_Plus);
        QVERIFY(f.view.visibleFrames().length() < length);
        f.view.setFocus();
        QTest::keyClick(&f.view, Qt::Key_Right);
        QCOMPARE(steps.count(), 1);
        window.takeCentralWidget();
    }
    void spansReviewedStretchesAndThePlayheadAreSeen()
    {
        Fixture f;
        f.view.fitAll();
        const QImage picture = f.strip().grab().toImage();
        const auto column = [&](double frame) {
            QSet<QRgb> colors;
            for (int y = 3; y < picture.height() - 3; ++y)
                colors.insert(picture.pixel(static_cast<int>(f.strip().xOf(frame)), y));
            return colors;
        };
        const QSet<QRgb> empty = column(6000);
        QVERIFY(column(2200) != empty);
        bool tiny = false; // three frames of ten thousand: less than a pixel, but there
        for (int x = -1; x <= 1; ++x)
            tiny = tiny || column(8001 + x * 10) != empty;
        QVERIFY(tiny);
        QVERIFY(column(500) != empty);
        f.view.setCurrentFrame(6000);
        QVERIFY(f.strip().grab().toImage() != picture);
        f.view.setCurrentFrame(0);
        QCOMPARE(f.strip().grab().toImage(), picture);
        QVERIFY(f.view.removeSpan(1));
        const QImage after = f.strip().grab().toImage();
        QVERIFY(after.pixel(static_cast<int>(f.strip().xOf(2200)), 8)
            != picture.pixel(static_cast<int>(f.strip().xOf(2200)), 8));
    }
    void withoutAVideoThereIsNoStrip()
    {
        Fixture f;
        QVERIFY(f.strip().isVisible());
        f.view.setVideo(nullptr);
        QVERIFY(!f.strip().isVisible());
        QTest::keyClick(&f.strip(), Qt::Key_Right);
    }
};

QTEST_MAIN(TestTimelineOverview)
#include "test_timelineoverview.moc"
