// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/mainwindow.h"
#include "app/gui/player.h"
#include "app/gui/theme.h"
#include "base/random.h"
#include "sampleproject.h"
#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace telltale {
namespace {

using Times = std::shared_ptr<const FrameTimes>;

Times regular(int64_t frames, double fps)
{
    return std::make_shared<const FrameTimes>(FrameTimes::nominal(frames, fps));
}

/// Pictures of 1 to 120 ms.
Times irregular(int64_t frames)
{
    Random random(5);
    std::vector<MediaTime> starts;
    starts.reserve(static_cast<size_t>(frames));
    MediaTime at{0};
    for (int64_t i = 0; i < frames; ++i) {
        starts.push_back(at);
        at += MediaTime(1000 + random.below(119000));
    }
    return std::make_shared<const FrameTimes>(starts, at);
}

/// A player by a clock that only the test moves.
struct Bench {
    int64_t now = 1000;
    Player player{nullptr, [this] { return now; }};
};

} // namespace

class TestPlayback : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void anHourOfPlaybackNeverDrifts()
    {
        for (const Times& times : {regular(3600 * 30, 29.97), irregular(60000)}) {
            Bench bench;
            bench.player.setTimes(times);
            bench.player.play(1);
            Random random(3);
            const int64_t begin = bench.now;
            while (bench.now - begin < 3590 * int64_t{1000000}) {
                bench.now += 500 + random.below(40000); // ticks come when they come
                bench.player.tick();
                const MediaTime passed(bench.now - begin);
                if (passed >= times->duration())
                    break;
                QCOMPARE(bench.player.frame(), times->frameAt(passed));
                QCOMPARE(bench.player.time(), passed);
            }
        }
    }

    void changesOfSpeedLoseNoTime()
    {
        Bench bench;
        const Times times = regular(100000, 25);
        bench.player.setTimes(times);
        double expected = 0;
        double speed = 1;
        bench.player.play(speed);
        Random random(4);
        for (int i = 0; i < 2000; ++i) {
            const int64_t passed = 1000 + random.below(90000);
            bench.now += passed;
            expected += static_cast<double>(passed) * speed;
            speed = std::array{0.125, 0.5, 1.0, 2.0, 4.0}.at(static_cast<size_t>(random.below(5)));
            bench.player.play(speed);
        }
        QVERIFY(std::abs(static_cast<double>(bench.player.time().count()) - expected) < 2000);
    }

    void aLoopGoesRoundForAnHourWithoutDrift()
    {
        for (const double speed : {1.0, -1.0, 0.25, 4.0}) {
            Bench bench;
            const Times times = regular(1000, 30);
            bench.player.setTimes(times);
            const MediaTime first = times->timeOf(100);
            const MediaTime length = times->timeOf(117) - first;
            bench.player.setLoop(FrameSpan{100, 117});
            bench.player.play(speed);
            const int64_t begin = bench.now;
            const auto start = static_cast<double>((bench.player.time() - first).count());
            for (int64_t tick = 0; tick < 360000; ++tick) {
                bench.now += 10007;
                bench.player.tick();
                const auto passed = static_cast<int64_t>(
                    std::llround(start + static_cast<double>(bench.now - begin) * speed));
                const int64_t inside = (passed % length.count() + length.count()) % length.count();
                QCOMPARE(bench.player.frame(), times->frameAt(first + MediaTime(inside)));
            }
            QVERIFY(bench.player.playing());
        }
    }

    void anotherLoopTakesOverWhereItIs()
    {
        Bench bench;
        bench.player.setTimes(regular(1000, 25));
        bench.player.setLoop(FrameSpan{0, 10});
        bench.player.play(1);
        bench.now += 40000 * 25; // two and a half times round
        bench.player.setLoop(FrameSpan{0, 100});
        QCOMPARE(bench.player.frame(), 5);
        bench.now += 40000 * 20;
        bench.player.tick();
        QCOMPARE(bench.player.frame(), 25);
        bench.player.setLoop(FrameSpan{50, 60});
        QCOMPARE(bench.player.frame(), 50);
    }

    void theShuttleHasTheNotchesOfVideoEditors()
    {
        QCOMPARE(fasterSpeed(0, 1), 1.0);
        QCOMPARE(fasterSpeed(1, 1), 2.0);
        QCOMPARE(fasterSpeed(4, 1), 8.0);
        QCOMPARE(fasterSpeed(8, 1), 8.0);
        QCOMPARE(fasterSpeed(8, -1), -1.0);
        QCOMPARE(fasterSpeed(-4, -1), -8.0);
        QCOMPARE(fasterSpeed(0.125, 1), 0.25);
        QCOMPARE(slowerSpeed(0, 1), 0.5);
        QCOMPARE(slowerSpeed(0.5, 1), 0.25);
        QCOMPARE(slowerSpeed(0.25, 1), 0.125);
        QCOMPARE(slowerSpeed(0.125, 1), 0.125);
        QCOMPARE(slowerSpeed(8, 1), 0.5);
        QCOMPARE(slowerSpeed(0.25, -1), -0.5);
    }

    void afterAStopTheShuttleBeginsAtNormalSpeed()
    {
        Bench bench;
        bench.player.setTimes(regular(1000, 25));
        bench.player.shuttle(1);
        bench.player.shuttle(1);
        bench.player.stop();
        bench.player.shuttle(1);
        QCOMPARE(bench.player.speed(), 1.0);
    }

    void backwardsEndsAtTheFirstPicture()
    {
        Bench bench;
        bench.player.setTimes(regular(100, 25));
        bench.player.seek(10);
        bench.player.shuttle(-1);
        bench.now += 39000;
        bench.player.tick();
        QCOMPARE(bench.player.frame(), 10); // its own time first
        bench.now += 2000;
        bench.player.tick();
        QCOMPARE(bench.player.frame(), 9);
        bench.now += 10000000;
        bench.player.tick();
        QCOMPARE(bench.player.frame(), 0);
        QVERIFY(!bench.player.playing());
    }

    void picturesThatCameTooLateAreCounted()
    {
        Bench bench;
        bench.player.setTimes(regular(1000, 25));
        bench.player.pictureShown(0);
        bench.player.play(1);
        const QSignalSpy told(&bench.player, &Player::droppedChanged);
        for (int64_t frame = 1; frame <= 100; ++frame) {
            bench.now = 1000 + frame * 40000;
            bench.player.tick();
            if (frame % 4 == 0) // the decoder makes one in four
                bench.player.pictureShown(frame);
        }
        QCOMPARE(bench.player.dropped(), 75);
        QVERIFY(told.count() > 0);
        bench.player.stop();
        QCOMPARE(bench.player.dropped(), 75); // to be read afterwards
        bench.player.play(1);
        QCOMPARE(bench.player.dropped(), 0);
    }

    void aDecoderThatKeepsUpDropsNothingAtAnySpeed()
    {
        for (const double speed : {0.125, 1.0, 2.0, 8.0, -1.0, -8.0}) {
            Bench bench;
            bench.player.setTimes(regular(5000, 25));
            bench.player.seek(2500);
            bench.player.pictureShown(2500);
            bench.player.play(speed);
            for (int tick = 0; tick < 1000; ++tick) {
                bench.now += 8000;
                bench.player.tick();
                bench.player.pictureShown(bench.player.frame());
            }
            QCOMPARE(bench.player.dropped(), 0);
        }
    }

    void aLoopAndAJumpCountOnlyWhatIsMissing()
    {
        Bench bench;
        bench.player.setTimes(regular(1000, 25));
        bench.player.pictureShown(0);
        bench.player.setLoop(FrameSpan{0, 10});
        bench.player.play(1);
        for (int tick = 0; tick < 2000; ++tick) {
            bench.now += 10000;
            bench.player.tick();
            bench.player.pictureShown(bench.player.frame());
        }
        QCOMPARE(bench.player.dropped(), 0);
        bench.player.setLoop(std::nullopt);
        bench.player.seek(500);
        bench.player.pictureShown(7); // was on its way
        bench.player.pictureShown(500);
        QCOMPARE(bench.player.dropped(), 0);
    }

    void keysOfTheShuttleInTheWindow()
    {
        const QTemporaryDir folder;
        const auto project = std::filesystem::path(folder.path().toStdString()) / "p";
        const Status made = sample::makeProject(project);
        QVERIFY2(made, made ? "" : made.error().message.c_str());
        MainWindow window({}, false);
        window.show();
        const Status opened = window.bench().session.openProject(project);
        QVERIFY(opened);
        Player& player = window.bench().player;
        QTRY_VERIFY(window.bench().session.info() != nullptr);
        player.seek(60);
        VideoView* view = &window.videoView();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_L);
        QTest::keyClick(view, Qt::Key_L);
        QCOMPARE(player.speed(), 2.0);
        QTest::keyClick(view, Qt::Key_L, Qt::ShiftModifier);
        QCOMPARE(player.speed(), 0.5);
        QTest::keyClick(view, Qt::Key_L, Qt::ShiftModifier);
        QCOMPARE(player.speed(), 0.25);
        QTest::keyPress(view, Qt::Key_K);
        QVERIFY(!player.playing());
        // K and a tap: one picture.
        const int64_t frame = player.frame();
        QTest::keyClick(view, Qt::Key_L);
        QCOMPARE(player.frame(), frame + 1);
        QTest::keyClick(view, Qt::Key_J);
        QTest::keyClick(view, Qt::Key_J);
        QCOMPARE(player.frame(), frame - 1);
        QVERIFY(!player.playing());
        // K and J held: slowly, until a key goes up.
        QTest::keyPress(view, Qt::Key_J);
        QKeyEvent repeated(QEvent::KeyPress, Qt::Key_J, Qt::NoModifier, QString(), true);
        QCoreApplication::sendEvent(view, &repeated);
        QVERIFY(player.playing());
        QCOMPARE(player.speed(), -0.25);
        QTest::keyRelease(view, Qt::Key_J);
        QVERIFY(!player.playing());
        QTest::keyRelease(view, Qt::Key_K);
        QTest::keyClick(view, Qt::Key_L);
        QVERIFY(player.playing());
        QCOMPARE(player.speed(), 1.0);
    }

    void theTransportTellsWhatWasDropped()
    {
        const QTemporaryDir folder;
        const auto project = std::filesystem::path(folder.path().toStdString()) / "p";
        QVERIFY(sample::makeProject(project));
        MainWindow window({}, false);
        window.show();
        QVERIFY(window.bench().session.openProject(project));
        QTRY_VERIFY(window.bench().session.info() != nullptr);
        Player& player = window.bench().player;
        player.seek(0);
        player.pictureShown(0);
        player.play(1);
        QTRY_VERIFY(player.frame() >= 5);
        player.pictureShown(player.frame());
        QVERIFY(player.dropped() >= 0);
        const auto labels = window.findChildren<QLabel*>();
        const auto shown = [&](const QString& text) {
            return std::any_of(labels.begin(), labels.end(),
                [&](const QLabel* label) { return label->isVisible() && label->text() == text; });
        };
        const int64_t dropped = player.dropped();
        player.stop();
        QCOMPARE(shown(QStringLiteral("%1 dropped").arg(dropped)), dropped > 0);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestPlayback)
#include "test_playback.moc"
