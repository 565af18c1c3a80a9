// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../media/videosamples.h"
#include "app/gui/cameragrid.h"
#include "app/gui/camerasdialog.h"
#include "app/gui/mainwindow.h"
#include "data/safety/projectcheck.h"
#include "media/videowriter.h"
#include "pipeline/project.h"
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

namespace telltale {
namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 96;

/// Picture i shows the number (i + first) / repeat, so that cameras that began at other times, or have
/// another rate, tell the same moment by the same number.
Status writeNumbers(const std::filesystem::path& file, int fps, int frames, int first, int repeat)
{
    VideoWriterOptions options;
    options.width = kWidth;
    options.height = kHeight;
    options.fpsNum = fps;
    options.gop = 20;
    auto writer = createVideo(file, options);
    if (!writer)
        return writer.error();
    for (int i = 0; i < frames; ++i)
        if (Status status
            = (*writer)->writeBgra(sample::numberedPixels((i + first) / repeat, kWidth, kHeight));
            !status)
            return status;
    return (*writer)->finish();
}

} // namespace

/// Four cameras: "a" at 28 pictures a second; "b" began ten pictures later; "c" has twice the rate and began
/// five pictures of "a" earlier, so it shows half numbers; "d" is no video.
class TestSynchronised : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        m_project = std::filesystem::path(m_folder.path().toStdString()) / "p";
        const auto scheme = loadLabelScheme("smg");
        QVERIFY(scheme);
        auto document = Document::create(m_project, *scheme);
        QVERIFY(document);
        struct Sample {
            const char* name;
            int fps;
            int frames;
            int first;
            int repeat;
        };
        for (const Sample& one :
            {Sample{"a", 28, 120, 0, 1}, Sample{"b", 28, 80, 10, 1}, Sample{"c", 56, 200, 0, 2}}) {
            const auto file = m_project / (std::string(one.name) + ".mp4");
            QVERIFY(writeNumbers(file, one.fps, one.frames, one.first, one.repeat));
            ProgressSink silent;
            const auto id = addVideoFile(**document, file, "s1", SubjectRole::Train, silent);
            QVERIFY2(id, id ? "" : id.error().message.c_str());
        }
        VideoEntry broken;
        broken.name = "d";
        broken.path = "d.mp4";
        broken.frameCount = 100;
        broken.fps = 25;
        sample::writeBytes(m_project / "d.mp4", "this is no video");
        QVERIFY((*document)->addVideo(broken));
        // b began 10/28 s after a; c began with a.
        QVERIFY((*document)->synchronize({{0, 1, 0, 0}, {0, 2, 0, 357143}, {0, 3, 0, 0}, {0, 4, 0, 0}}));
    }

    void init()
    {
        m_session = std::make_unique<Session>();
        m_player = std::make_unique<Player>(nullptr, [this] { return m_now; });
        m_cameras = std::make_unique<Cameras>(*m_session, *m_player);
        QVERIFY(m_session->openProject(m_project));
        connect(m_session.get(), &Session::timesChanged, m_player.get(),
            [this] { m_player->setTimes(m_session->times()); });
        connect(m_session.get(), &Session::frameReady, this,
            [this](const std::shared_ptr<const VideoFrame>& frame) { m_main = numberOf(frame); });
        connect(m_player.get(), &Player::frameChanged, this,
            [this](qint64 frame) { m_session->requestFrame(frame, m_player->playing()); });
        m_numbers.clear();
        m_session->openVideo(1);
        QCOMPARE(m_cameras->count(), 3);
        for (int i = 0; i < m_cameras->count(); ++i)
            connect(m_cameras->at(i).feed.get(), &VideoFeed::frameReady, this,
                [this, i](
                    const std::shared_ptr<const VideoFrame>& frame) { m_numbers[i] = numberOf(frame); });
        QTRY_VERIFY(m_session->info() && m_cameras->at(0).feed->times() && m_cameras->at(1).feed->times());
    }

    void cleanup()
    {
        m_session->closeProject();
        m_cameras.reset();
        m_player.reset();
        m_session.reset();
    }

    void camerasShowTheSameMomentAtAnyPlaceAlthoughOneIsBroken()
    {
        for (const int64_t frame : {12, 13, 45, 44, 87, 20, 60, 61, 62}) {
            m_player->seek(frame);
            QTRY_COMPARE(m_main, frame);
            QTRY_COMPARE(m_numbers[0], frame);
            QTRY_COMPARE(m_numbers[1], frame);
        }
        QTRY_VERIFY(!m_cameras->at(2).failure.isEmpty());
        QVERIFY(m_cameras->at(2).failure.contains(QLatin1String("d.mp4")));
    }

    void beforeACameraBeganAndAfterItEndedThereIsNoPicture()
    {
        m_player->seek(9);
        QCOMPARE(m_cameras->frameOf(0), -1);
        m_player->seek(10);
        QCOMPARE(m_cameras->frameOf(0), 0);
        m_player->seek(89);
        QCOMPARE(m_cameras->frameOf(0), 79);
        m_player->seek(90);
        QCOMPARE(m_cameras->frameOf(0), 80); // its number of frames: over
    }

    void whilePlayingAllFollowOneClockByTheirOwnTimeStamps()
    {
        m_player->seek(20);
        m_player->play(1);
        const MediaTime start = m_player->time();
        for (int tick = 1; tick < 200; ++tick) {
            m_now += 9000;
            m_player->tick();
            const MediaTime now = start + MediaTime(9000) * tick;
            QCOMPARE(m_player->time(), now);
            QCOMPARE(m_cameras->frameOf(0), m_cameras->at(0).feed->times()->frameAt(now - MediaTime(357143)));
            QCOMPARE(m_cameras->frameOf(1), m_cameras->at(1).feed->times()->frameAt(now));
        }
        m_player->stop();
        QTRY_COMPARE(m_numbers[0], m_player->frame());
        QTRY_COMPARE(m_numbers[1], m_player->frame());
    }

    void anOffsetIsSeenAtOnceAndUndone()
    {
        m_player->seek(50);
        QTRY_COMPARE(m_numbers[0], 50);
        m_cameras->nudge(0, 3); // three of its pictures later
        QTRY_COMPARE(m_numbers[0], 47);
        m_session->document()->undoStack()->undo();
        QTRY_COMPARE(m_numbers[0], 50);
        QCOMPARE(m_cameras->at(0).offset, MediaTime(357143));
    }

    void anOffsetSurvivesReopening()
    {
        m_cameras->setOffset(0, MediaTime(500000));
        QCOMPARE(m_cameras->at(0).offset, MediaTime(500000));
        cleanup();
        init();
        QCOMPARE(m_cameras->at(0).offset, MediaTime(500000));
        m_cameras->setOffset(0, MediaTime(357143));
        ProgressSink silent;
        const auto report = checkProject(m_project, silent);
        QVERIFY(report && report->problems.empty());
    }

    void anotherCameraBecomesTheMainOneAtTheSameMoment()
    {
        m_player->seek(50);
        m_cameras->makeMain(0);
        QCOMPARE(m_session->videoId(), 2);
        QTRY_COMPARE(m_main, 50);
        QCOMPARE(m_player->frame(), 40);
        QCOMPARE(m_cameras->at(0).videoId, 1);
        QCOMPARE(m_cameras->at(0).offset, MediaTime(-357143));
    }

    void theWindowShowsThemSideBySideAndTheBoxMovesThem()
    {
        MainWindow window({}, false);
        window.show();
        QVERIFY(window.bench().session.openProject(m_project));
        window.bench().session.openVideo(1);
        QCOMPARE(window.cameraGrid().panes().size(), 3);
        CameraPane* pane = window.cameraGrid().panes().front();
        QTRY_VERIFY(window.bench().session.info() && window.bench().cameras.at(0).feed->times());
        window.bench().player.seek(50);
        QTRY_COMPARE(pane->view().shownFrame(), 40);
        Document& document = *window.bench().session.document();
        const int steps = document.undoStack()->index();
        for (int i = 0; i < 36; ++i)
            pane->offset().stepBy(1); // 36 ms: one picture
        QTRY_COMPARE(pane->view().shownFrame(), 39);
        QCOMPARE(document.undoStack()->index(), steps + 1);
        document.undoStack()->undo();
        QCOMPARE(pane->offset().value(), 357.1);
        QTRY_COMPARE(pane->view().shownFrame(), 40);
    }

    void theDialogChoosesThem()
    {
        Document& document = *m_session->document();
        CamerasDialog dialog(document, 1);
        QCOMPARE(dialog.list().count(), 3);
        dialog.list().item(1)->setCheckState(Qt::Unchecked);
        dialog.list().item(2)->setCheckState(Qt::Unchecked);
        dialog.accept();
        QCOMPARE(m_cameras->count(), 1);
        QCOMPARE(m_cameras->at(0).offset, MediaTime(357143)); // kept
        document.undoStack()->undo();
        QCOMPARE(m_cameras->count(), 3);
    }

private:
    static int64_t numberOf(const std::shared_ptr<const VideoFrame>& frame)
    {
        return sample::numberIn(frame->picture.bgra, frame->picture.width);
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_project;
    int64_t m_now = 0;
    int64_t m_main = -1;
    std::map<int, int64_t> m_numbers;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Player> m_player;
    std::unique_ptr<Cameras> m_cameras;
};

} // namespace telltale

QTEST_MAIN(telltale::TestSynchronised)
#include "test_synchronised.moc"
