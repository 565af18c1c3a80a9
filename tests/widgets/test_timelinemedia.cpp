// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "samplecontent.h"
#include <QHelpEvent>
#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

using namespace telltale;

namespace {

constexpr int64_t kFrames = 1000;

TimelineLane mediaLane(TimelineLane::Content content, const QString& note = {})
{
    TimelineLane lane;
    lane.title = QStringLiteral("Media");
    lane.content = content;
    lane.height = 40;
    lane.color = Qt::darkCyan;
    lane.note = note;
    return lane;
}

/// Sound that is loud in [from, to) and silent elsewhere.
TimelineSound burst(MediaTime from, MediaTime to)
{
    return [from, to](MediaTime first, MediaTime last, int columns) {
        std::vector<TimelinePeak> peaks(static_cast<size_t>(columns));
        for (int i = 0; i < columns; ++i) {
            const MediaTime middle = first + (last - first) * (2 * i + 1) / (2 * columns);
            if (middle >= from && middle < to)
                peaks[static_cast<size_t>(i)] = {-0.8f, 0.8f, 0.4f};
        }
        return peaks;
    };
}

class Fixture {
public:
    explicit Fixture(std::vector<TimelineLane> lanes,
        std::shared_ptr<const FrameTimes> times
        = std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)))
    {
        view.resize(1100, 200);
        view.setVideo(std::move(times));
        view.setLanes(std::move(lanes));
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }
    QImage painted() { return view.grab().toImage().convertToFormat(QImage::Format_RGB32); }
    QString toolTipAt(double frame, double y)
    {
        QToolTip::hideText();
        const double perFrame = view.xOf(1) - view.xOf(0);
        const QPoint at(static_cast<int>(view.xOf(0) + frame * perFrame), static_cast<int>(y));
        QHelpEvent help(QEvent::ToolTip, at, view.mapToGlobal(at));
        QCoreApplication::sendEvent(&view, &help);
        return QToolTip::text();
    }

    TimelineView view;
};

/// Columns where two pictures differ within `rows`.
std::pair<int, int> differingColumns(const QImage& a, const QImage& b, const QRect& rows)
{
    int first = a.width();
    int last = -1;
    for (int x = 0; x < a.width(); ++x)
        for (int y = rows.top(); y <= rows.bottom(); ++y)
            if (a.pixel(x, y) != b.pixel(x, y)) {
                first = std::min(first, x);
                last = x;
            }
    return {first, last};
}

} // namespace

class TestTimelineMedia : public QObject {
    Q_OBJECT
private slots:
    void damageIsMarkedWhereItIsAndSaysWhy()
    {
        Fixture f({mediaLane(TimelineLane::Content::Data)});
        const QRect lane = f.view.laneRect(0).toRect();
        const QImage sound = f.painted();
        f.view.setDamage(
            {{{300, 340}, QStringLiteral("12 pictures are <missing>")}, {{700, 701}, QStringLiteral("cut")}});
        const QImage marked = f.painted();
        const auto [first, last] = differingColumns(sound, marked, lane);
        QVERIFY(std::abs(first - f.view.xOf(300)) <= 2);
        QVERIFY(std::abs(last - f.view.xOf(701)) <= 2);
        const QRect between(static_cast<int>(f.view.xOf(342)), lane.top(), 300, lane.height());
        QCOMPARE(marked.copy(between), sound.copy(between));
        const QString text = f.toolTipAt(320, lane.center().y());
        QVERIFY2(text.contains(QStringLiteral("12 pictures are &lt;missing&gt;")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("300 to 339 (40)")), qPrintable(text));
        QVERIFY(f.toolTipAt(320, 5).contains(QStringLiteral("missing"))); // on the ruler too
        QVERIFY(f.toolTipAt(700.5, lane.center().y()).contains(QStringLiteral("cut"))); // one frame wide
        f.toolTipAt(500, lane.center().y());
        QTRY_VERIFY(QToolTip::text().isEmpty()); // it goes slowly
        f.view.setDamage({});
        QCOMPARE(f.painted(), sound);
    }
    void aDamagedPlaceStillTellsOfTheSpanOnIt()
    {
        TimelineLane lane;
        lane.spans = {{7, {290, 360}, QStringLiteral("Rubbing hands"), Qt::darkCyan, SpanState::Accepted, 1}};
        Fixture f({lane});
        f.view.setDamage({{{300, 340}, QStringLiteral("missing")}});
        const QString text = f.toolTipAt(320, f.view.laneRect(0).center().y());
        QVERIFY2(text.contains(QStringLiteral("Rubbing hands")), qPrintable(text));
    }
    void soundIsDrawnWhereItIsHeard()
    {
        Fixture f({mediaLane(TimelineLane::Content::Sound)});
        const QRect lane = f.view.laneRect(0).toRect();
        using namespace std::chrono_literals;
        f.view.setSound(burst(0s, 0s), 1);
        const QImage silent = f.painted();
        f.view.setSound(burst(10s, 12s), 1); // frames 250 to 300
        const auto [first, last] = differingColumns(silent, f.painted(), lane);
        QVERIFY2(std::abs(first - f.view.xOf(250)) <= 2, qPrintable(QString::number(first)));
        QVERIFY2(std::abs(last - f.view.xOf(300)) <= 2, qPrintable(QString::number(last)));
        f.view.fitSpan({240, 310});
        f.view.setSound(burst(0s, 0s), 1);
        const QImage close = f.painted();
        f.view.setSound(burst(10s, 12s), 1);
        const auto [left, right] = differingColumns(close, f.painted(), lane);
        QVERIFY2(std::abs(left - f.view.xOf(250)) <= 2, qPrintable(QString::number(left)));
        QVERIFY2(std::abs(right - f.view.xOf(300)) <= 2, qPrintable(QString::number(right)));
    }
    void soundFollowsTheTimesOfAVariableRate()
    {
        using namespace std::chrono_literals;
        std::vector<MediaTime> starts; // 500 frames of 10 ms, then 500 of 90 ms
        starts.reserve(kFrames);
        for (int64_t i = 0; i < kFrames; ++i)
            starts.push_back(i < 500 ? i * 10ms : 5s + (i - 500) * 90ms);
        Fixture f(
            {mediaLane(TimelineLane::Content::Sound)}, std::make_shared<FrameTimes>(starts, MediaTime(50s)));
        f.view.setSound(burst(0s, 0s), 1);
        const QImage silent = f.painted();
        f.view.setSound(burst(23s, 32s), 1); // frames 700 to 800
        const auto [first, last] = differingColumns(silent, f.painted(), f.view.laneRect(0).toRect());
        QVERIFY2(std::abs(first - f.view.xOf(700)) <= 3, qPrintable(QString::number(first)));
        QVERIFY2(std::abs(last - f.view.xOf(800)) <= 3, qPrintable(QString::number(last)));
    }
    void aQuietRecordingFillsTheLaneByItsLoudestPlace()
    {
        using namespace std::chrono_literals;
        Fixture f({mediaLane(TimelineLane::Content::Sound)});
        const auto height = [&](float loudest) {
            f.view.setSound(burst(10s, 12s), loudest);
            const QImage picture = f.painted();
            const QRect lane = f.view.laneRect(0).toRect();
            const int x = static_cast<int>(f.view.xOf(275));
            int inked = 0;
            for (int y = lane.top() + 1; y < lane.bottom() - 1; ++y)
                inked += picture.pixel(x, y) != picture.pixel(static_cast<int>(f.view.xOf(600)), y) ? 1 : 0;
            return inked;
        };
        QVERIFY(height(0.8f) > height(4.0f) * 3);
    }
    void picturesStandOverTheirFrames()
    {
        Fixture f({mediaLane(TimelineLane::Content::Pictures)});
        std::vector<TimelinePicture> pictures;
        const auto [range, count] = f.view.picturesWanted(16 / 9.0);
        QCOMPARE(range, (FrameSpan{0, kFrames}));
        const double width = f.view.xOf(kFrames) - f.view.xOf(0);
        const double tile = width / count;
        QVERIFY(std::abs(tile / (f.view.laneRect(0).height()) - 16 / 9.0) < 0.25);
        for (int i = 0; i < count; ++i) {
            QImage image(64, 36, QImage::Format_RGB32);
            const int64_t frame = kFrames * (2 * i + 1) / (2 * count);
            image.fill(frame < 500 ? Qt::red : Qt::blue);
            pictures.push_back({frame, image});
        }
        f.view.setPictures(pictures);
        const QImage picture = f.painted();
        const auto y = static_cast<int>(f.view.laneRect(0).center().y());
        int red = 0;
        int blue = 0;
        for (int x = static_cast<int>(f.view.xOf(0)); x < static_cast<int>(f.view.xOf(kFrames)); ++x) {
            const QColor color = picture.pixelColor(x, y);
            red += color.red() > 200 && color.blue() < 60 ? 1 : 0;
            blue += color.blue() > 200 && color.red() < 60 ? 1 : 0;
            if (x < f.view.xOf(500) - tile)
                QVERIFY(color.blue() < 200 || color.red() > 60);
            if (x > f.view.xOf(500) + tile)
                QVERIFY(color.red() < 200 || color.blue() > 60);
        }
        QVERIFY(red > width * 0.4);
        QVERIFY(blue > width * 0.4);
    }
    void picturesAreWantedAgainWhenTheViewMoves()
    {
        Fixture f({mediaLane(TimelineLane::Content::Pictures)});
        QSignalSpy moved(&f.view, &TimelineView::viewMoved);
        if (f.view.visibleFrames() == FrameSpan{0, kFrames})
            moved.wait(400);
        const auto before = moved.count();
        f.view.fitSpan({400, 500});
        QVERIFY(moved.wait());
        QCOMPARE(moved.count(), before + 1);
        const auto [range, count] = f.view.picturesWanted(1.5);
        const FrameSpan visible = f.view.visibleFrames();
        QVERIFY(range.first <= visible.first && range.last >= visible.last);
        QVERIFY(range.length() < 200 && count > 5);
    }
    void anEmptyLaneExplainsItself()
    {
        for (const auto content :
            {TimelineLane::Content::Pictures, TimelineLane::Content::Sound, TimelineLane::Content::Data}) {
            Fixture silent({mediaLane(content)});
            Fixture telling({mediaLane(content, QStringLiteral("This video has no sound."))});
            const auto [first, last]
                = differingColumns(silent.painted(), telling.painted(), telling.view.laneRect(0).toRect());
            QVERIFY(last > first + 50);
            if (content != TimelineLane::Content::Sound)
                continue;
            using namespace std::chrono_literals;
            silent.view.setSound(burst(1s, 2s), 1);
            telling.view.setSound(burst(1s, 2s), 1);
            const auto lane = [](Fixture& f) { return f.painted().copy(f.view.laneRect(0).toRect()); };
            QCOMPARE(lane(telling), lane(silent)); // and is quiet once there is something
        }
    }
};

QTEST_MAIN(TestTimelineMedia)
#include "test_timelinemedia.moc"
