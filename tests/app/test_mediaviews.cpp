// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/messagebar.h"
#include "widgets/models/texts.h"
#include "widgets/models/videolistmodel.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QDockWidget>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTableView>
#include <QToolTip>
#include <QtTest>

namespace telltale {

namespace {

constexpr int kPicturesLane = 3; // below annotations, proposals and what is reviewed

std::filesystem::path testData()
{
    const QByteArray given = qgetenv("TELLTALE_TESTDATA");
    return given.isEmpty() ? std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/testdata"
                           : std::filesystem::path(given.toStdString());
}

} // namespace

/// Pictures in the window's parts, from real files through the real threads.
class TestMediaViews : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { makeProject(); }
    void cleanup() { close(); }
    void picturesComeInThePixelsTheyAreShownOn()
    {
        std::shared_ptr<const VideoFrame> last;
        open();
        connect(&m_window->bench().session, &Session::frameReady, this,
            [&last](const std::shared_ptr<const VideoFrame>& frame) { last = frame; });
        VideoView& view = m_window->videoView();
        const auto fits = [&] {
            const PictureView wanted = view.pictureView();
            return last && last->exact && wanted.outputWidth > 160
                && QSize(last->picture.width, last->picture.height)
                == QSize(wanted.outputWidth, wanted.outputHeight)
                && last->region == wanted.region;
        };
        view.setZoom(view.zoom() * 3);
        QTRY_VERIFY(fits());
        QVERIFY(last->region.width < 160); // only what is seen
        view.fit();
        QTRY_VERIFY(fits());
        QCOMPARE(last->region, (PictureRegion{0, 0, 160, 120}));
    }
    void theListShowsAPictureOfEachVideoAndKeepsIt()
    {
        open();
        auto* table = m_window->findChild<QDockWidget*>(QStringLiteral("videos"))->findChild<QTableView*>();
        QVERIFY(table);
        const auto picture = [table] {
            return table->model()->index(0, 0).data(VideoListModel::PictureRole).value<QImage>();
        };
        QTRY_VERIFY(!picture().isNull());
        QVERIFY(picture().width() > picture().height());
        QVERIFY(std::filesystem::exists(m_project / "cache" / "thumbnails"));
    }
    void theTimelineShowsPicturesUntilTheyAreSwitchedOff()
    {
        open();
        TimelineView& timeline = m_window->timeline();
        const auto gray = [&timeline] { // the video's pictures are evenly gray, the lane is white
            const QImage painted = timeline.grab().toImage();
            const QPointF at(timeline.width() * 0.6, timeline.laneRect(kPicturesLane).center().y());
            const QColor color = painted.pixelColor((at * painted.devicePixelRatio()).toPoint());
            return color.saturation() < 20 && color.value() > 30 && color.value() < 190;
        };
        QTRY_VERIFY(gray());
        m_window->setTimelineLanes(false, false);
        QVERIFY(!gray());
        m_window->setTimelineLanes(true, false);
        QTRY_VERIFY(gray());
    }
    void aDamagedPlaceIsTold()
    {
        const auto file = testData() / "awkward" / "corrupted_decord.mp4";
        if (!std::filesystem::exists(file))
            QSKIP("the test videos are not there");
        {
            auto document = Document::open(m_project);
            QVERIFY(document);
            VideoEntry video;
            video.path = file.string();
            video.name = "damaged";
            video.frameCount = 49;
            video.fps = 10;
            video.width = 1280;
            video.height = 720;
            QVERIFY((*document)->addVideo(video));
        }
        open();
        Session& session = m_window->bench().session;
        session.openVideo(session.document()->videos().back().id);
        QTRY_VERIFY(session.info() && !session.info()->damaged.empty());
        const DamagedRange damage = session.info()->damaged.front();
        TimelineView& timeline = m_window->timeline();
        const QPoint at(static_cast<int>(timeline.xOf(damage.frames.first) + 4), 6);
        QHelpEvent help(QEvent::ToolTip, at, timeline.mapToGlobal(at));
        QCoreApplication::sendEvent(&timeline, &help);
        QVERIFY2(QToolTip::text().contains(QString::fromStdString(damage.reason).toHtmlEscaped()),
            qPrintable(QToolTip::text()));
    }

private:
    void open()
    {
        openWindow();
        QTRY_VERIFY(m_window->bench().session.shownFrame() >= 0);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestMediaViews)
#include "test_mediaviews.moc"
