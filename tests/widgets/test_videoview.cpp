// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/frameserver.h"
#include "media/videowriter.h"
#include "samplecontent.h"
#include "widgets/video/heatblend.h"
#include "widgets/video/strokes.h"
#include "widgets/video/videoview.h"
#include "widgets/video/viewtransform.h"
#include <QDragEnterEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <numbers>

using namespace telltale;

namespace {

QImage painted(VideoView& view) { return view.grab().toImage().convertToFormat(QImage::Format_RGB32); }

int differing(const QImage& a, const QImage& b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    return count;
}

/// Every pixel tells where it lies.
QImage coordinates(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x % 256, y % 256, (x * 7 + y * 13) % 256));
    return image;
}

/// What a frame thread delivers for `view` of a video that looks like `video`, in colours that tell apart
/// pictures that were stretched from ones that came as they are shown.
std::shared_ptr<const VideoFrame> delivered(const PictureView& view, int64_t index)
{
    auto frame = std::make_shared<VideoFrame>(
        *sample::frameOf(coordinates(view.outputWidth, view.outputHeight), index));
    frame->region = view.region;
    return frame;
}

OverlayOptions noOverlays()
{
    OverlayOptions options;
    options.skeleton = false;
    options.labels = false;
    return options;
}

} // namespace

class TestVideoView : public QObject {
    Q_OBJECT
private slots:
    void atZoomOneEveryPixelIsThatOfThePicture()
    {
        const QImage image = coordinates(300, 200);
        VideoView view;
        view.resize(300, 200);
        view.setOverlays(noOverlays());
        view.setFrame(sample::frameOf(image, 4));
        QCOMPARE(view.shownFrame(), int64_t{4});
        QCOMPARE(painted(view), image);
    }
    void atZoomOneInASmallerViewTheMiddleIsShownPixelForPixel()
    {
        const QImage image = coordinates(600, 500);
        VideoView view;
        view.resize(200, 240);
        view.setOverlays(noOverlays());
        view.setFrame(sample::frameOf(image, 0));
        QVERIFY(view.zoom() < 0.5);
        view.show();
        view.setZoom(1);
        const QImage picture = painted(view).copy(0, 0, 200, 150); // the rest has the zoom written on it
        const QPoint corner(qRed(picture.pixel(0, 0)), qGreen(picture.pixel(0, 0))); // below 256 here
        QVERIFY((corner - QPoint(200, 130)).manhattanLength() < 5);
        QCOMPARE(picture, image.copy(QRect(corner, picture.size())));
    }
    void theLetterboxIsOneNeutralColour()
    {
        VideoView view;
        view.resize(400, 200);
        view.setOverlays(noOverlays());
        QImage red(100, 100, QImage::Format_RGB32);
        red.fill(Qt::red);
        view.setFrame(sample::frameOf(red, 0));
        const QImage picture = painted(view);
        for (const QPoint inside : {QPoint(200, 100), QPoint(102, 3)}) { // enlarging rounds
            const QColor color = picture.pixelColor(inside);
            QVERIFY2(color.red() > 250 && color.green() < 5 && color.blue() < 5, qPrintable(color.name()));
        }
        QCOMPARE(picture.pixelColor(50, 100), picture.pixelColor(350, 10));
        QVERIFY(picture.pixelColor(50, 100) != QColor(Qt::red));
    }
    void eachOverlayChangesThePicture_data()
    {
        QTest::addColumn<QString>("overlay");
        for (const char* name : {"skeleton", "heatmap", "labels", "crop", "identity-free"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void eachOverlayChangesThePicture()
    {
        QFETCH(QString, overlay);
        VideoView view;
        view.resize(640, 480);
        view.setFrame(sample::scene(9));
        view.setTrack(sample::track(9));
        view.setLabels({{QStringLiteral("Rubbing hands"), Qt::darkCyan, true}});
        view.setBoxes({{0, {}, QStringLiteral("Left hand"), Qt::yellow, QRectF(100, 100, 200, 200), false}});
        view.setOverlays(noOverlays());
        const QImage plain = painted(view);
        OverlayOptions options = noOverlays();
        options.skeleton = overlay == QLatin1String("skeleton");
        options.heatmap = overlay == QLatin1String("heatmap");
        options.labels = overlay == QLatin1String("labels");
        options.crop = overlay == QLatin1String("crop");
        options.picture = overlay != QLatin1String("identity-free");
        view.setOverlays(options);
        QVERIFY(differing(painted(view), plain) > 500);
        view.setOverlays(noOverlays());
        QCOMPARE(painted(view), plain);
    }
    void theSkeletonIsThatOfTheShownFrameOnly()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options = noOverlays();
        options.skeleton = options.heatmap = true;
        view.setOverlays(options);
        view.setTrack(sample::track(9));
        view.setFrame(sample::scene(8));
        const QImage other = painted(view);
        view.setTrack(nullptr);
        QCOMPARE(painted(view), other);
        view.setTrack(sample::track(8));
        QVERIFY(differing(painted(view), other) > 500);
    }
    void missingPointsAreNotDrawn()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options = noOverlays();
        options.skeleton = options.heatmap = true;
        view.setOverlays(options);
        view.setFrame(sample::scene(1));
        const QImage plain = painted(view);
        auto nobody = std::make_shared<PoseTrack>();
        nobody->persons = 1;
        nobody->pointCount = kPointCount;
        nobody->frames = {1};
        nobody->points.resize(kPointCount);
        view.setTrack(nobody);
        QCOMPARE(painted(view), plain);
    }
    void sideColoursTellLeftFromRight()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options = noOverlays();
        options.skeleton = true;
        options.picture = false;
        view.setOverlays(options);
        view.setFrame(sample::scene(1));
        view.setTrack(sample::track(1));
        const QImage picture = painted(view);
        const QColor left = picture.pixelColor(400, 260); // upper arms
        const QColor right = picture.pixelColor(237, 257);
        QVERIFY2(left.red() > left.blue() + 60, qPrintable(left.name()));
        QVERIFY2(right.blue() > right.red() + 60, qPrintable(right.name()));
    }
    void hiddenPartsAreNotDrawnAndTheOthersAre()
    {
        VideoView view;
        view.resize(640, 480);
        view.setFrame(sample::scene(1));
        view.setTrack(sample::track(1));
        OverlayOptions options = noOverlays();
        options.picture = false;
        view.setOverlays(options);
        const QImage plain = painted(view);
        options.skeleton = true;
        options.look.hiddenParts = 1U << static_cast<unsigned>(BodyPart::LeftArm);
        view.setOverlays(options);
        const QImage picture = painted(view);
        const QPoint leftArm(400, 260);
        const QPoint rightArm(237, 257);
        QCOMPARE(picture.pixel(leftArm), plain.pixel(leftArm));
        QVERIFY(picture.pixel(rightArm) != plain.pixel(rightArm));
        options.look.hiddenParts = 0xff;
        view.setOverlays(options);
        QCOMPARE(painted(view), plain);
    }
    void bothSidesMayHaveOneColour()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options = noOverlays();
        options.skeleton = true;
        options.picture = options.look.sideColors = false;
        view.setOverlays(options);
        view.setFrame(sample::scene(1));
        view.setTrack(sample::track(1));
        const QImage picture = painted(view);
        for (const QPoint arm : {QPoint(400, 260), QPoint(237, 257)}) {
            const QColor color = picture.pixelColor(arm);
            QVERIFY2(
                color.red() > 150 && std::abs(color.red() - color.blue()) < 30, qPrintable(color.name()));
        }
    }
    void unsurePointsAreTransparentOrNotAsIsWanted()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options = noOverlays();
        options.skeleton = true;
        options.picture = false;
        view.setOverlays(options);
        view.setFrame(sample::scene(1));
        view.setTrack(sample::track(1));
        const QPoint shin(382, 434); // of the left leg, whose ankle has a score of 0.3
        const int faint = painted(view).pixelColor(shin).red();
        options.look.scoreOpacity = false;
        view.setOverlays(options);
        const int full = painted(view).pixelColor(shin).red();
        QVERIFY2(full > 235, qPrintable(QString::number(full)));
        QVERIFY2(faint < full - 60, qPrintable(QString::number(faint)));
    }
    void everyColourMapRisesInLightness()
    {
        const auto lightness
            = [](QRgb c) { return 0.2126 * qRed(c) + 0.7152 * qGreen(c) + 0.0722 * qBlue(c); };
        NdArray map({3, 3});
        map.values[4] = 1;
        for (const HeatColors colors :
            {HeatColors::Inferno, HeatColors::Viridis, HeatColors::Cividis, HeatColors::White}) {
            for (int i = 1; i <= 20; ++i)
                QVERIFY(
                    lightness(heatColor(colors, i / 20.0)) > lightness(heatColor(colors, (i - 1) / 20.0)));
            QImage picture(300, 300, QImage::Format_RGB32);
            picture.fill(Qt::black);
            blendHeat(picture, picture.rect(), map, 1, colors);
            const QColor peak = picture.pixelColor(100, 100); // value (1, 1) of 3 x 3
            const QColor wanted(heatColor(colors, 1));
            QVERIFY2(std::abs(peak.red() - wanted.red()) < 12 && std::abs(peak.green() - wanted.green()) < 12
                    && std::abs(peak.blue() - wanted.blue()) < 12,
                qPrintable(peak.name()));
        }
    }
    void heatPeaksWhereTheMapDoes()
    {
        NdArray map({48, 64});
        map.values[24 * 64 + 32] = 1;
        QImage picture(640, 480, QImage::Format_RGB32);
        picture.fill(Qt::black);
        blendHeat(picture, picture.rect(), map, 1);
        QVERIFY(qGreen(picture.pixel(320, 240)) > 200);
        QCOMPARE(picture.pixel(300, 240), qRgb(0, 0, 0));
        QCOMPARE(picture.pixel(10, 10), qRgb(0, 0, 0));
        QImage part(100, 100, QImage::Format_RGB32);
        part.fill(Qt::black);
        blendHeat(part, QRect(-270, -190, 640, 480), map, 1); // a zoomed view of the same
        QCOMPARE(part, picture.copy(270, 190, 100, 100));
    }
    void zoomKeepsThePointUnderThePointer()
    {
        ViewTransform transform;
        transform.setView({800, 600});
        transform.setPicture({1600, 900});
        const QPointF at(250, 300);
        const QPointF before = transform.toPicture(at);
        for (int i = 0; i < 12; ++i) {
            transform.zoomAbout(at, transform.zoom() * 1.2);
            const QPointF error = transform.toPicture(at) - before;
            QVERIFY(std::hypot(error.x(), error.y()) < 12 / transform.zoom());
        }
        transform.zoomAbout(at, 0.01);
        QVERIFY(transform.fitted());
        QCOMPARE(transform.rect(), QRect(0, 75, 800, 450));
    }
    void theWheelZoomsADragPansAndADoubleClickFits()
    {
        VideoView view;
        view.resize(320, 240);
        view.setOverlays(noOverlays());
        view.setFrame(sample::scene(0));
        view.show();
        const QImage fitted = painted(view);
        QSignalSpy zooms(&view, &VideoView::zoomChanged);
        QWheelEvent wheel(QPointF(100, 100), view.mapToGlobal(QPointF(100, 100)), {}, QPoint(0, 960),
            Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
        QVERIFY(view.zoom() > 2);
        QCOMPARE(zooms.count(), 1);
        const QImage zoomed = painted(view);
        QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(160, 120));
        QTest::mouseMove(&view, QPoint(120, 90));
        QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(120, 90));
        QVERIFY(painted(view) != zoomed);
        QTest::mouseDClick(&view, Qt::LeftButton, {}, QPoint(160, 120));
        QCOMPARE(painted(view), fitted);
    }
    void aDroppedVideoIsAnnouncedAndOtherFilesAreRefused()
    {
        VideoView view;
        QSignalSpy dropped(&view, &VideoView::fileDropped);
        const auto drop = [&view](const QString& file) {
            QMimeData mime;
            mime.setUrls({QUrl::fromLocalFile(file)});
            QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            enter.setAccepted(false);
            QCoreApplication::sendEvent(&view, &enter);
            if (!enter.isAccepted())
                return false;
            QDropEvent event(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&view, &event);
            return true;
        };
        QVERIFY(!drop(QStringLiteral("/tmp/notes.txt")));
        QVERIFY(drop(QStringLiteral("/tmp/session 1.mp4")));
        QVERIFY(drop(QStringLiteral("/tmp/CAMERA.AVI")));
        QCOMPARE(dropped.count(), 2);
        QCOMPARE(dropped.at(0).at(0).toString(), QStringLiteral("/tmp/session 1.mp4"));
    }
    void aPictureThatComesAsAskedForIsShownPixelForPixel()
    {
        VideoView view;
        view.resize(400, 300);
        view.setOverlays(noOverlays());
        view.setPictureSize({1600, 900});
        for (const double zoom : {0.0, 0.9, 1.0, 2.7}) {
            if (zoom > 0)
                view.setZoom(zoom);
            const PictureView asked = view.pictureView();
            const auto frame = delivered(asked, 1);
            view.setFrame(frame);
            ViewTransform transform;
            transform.setView(view.size());
            transform.setPicture({1600, 900});
            if (zoom > 0)
                transform.zoomAbout(QRectF(view.rect()).center(), zoom);
            const QRect place = transform.placeOf(asked.region);
            const QRect seen = transform.visible().adjusted(0, 0, 0, zoom > 0 ? -40 : 0); // a note below
            const QImage sent = coordinates(asked.outputWidth, asked.outputHeight);
            QCOMPARE(painted(view).copy(seen), sent.copy(seen.translated(-place.topLeft())));
        }
    }
    void aPictureOfTheLastViewIsStretchedToItsPlaceMeanwhile()
    {
        VideoView view;
        view.resize(400, 300);
        view.setOverlays(noOverlays());
        view.setPictureSize({1600, 1200});
        QImage halves(400, 300, QImage::Format_RGB32);
        halves.fill(Qt::red);
        QPainter(&halves).fillRect(200, 0, 200, 300, Qt::blue);
        view.setFrame(sample::frameOf(halves, 1)); // whole, in the size of the view
        view.setZoom(2);
        const QImage picture = painted(view);
        for (const int y : {10, 150, 250}) {
            QVERIFY(qRed(picture.pixel(190, y)) > 240 && qBlue(picture.pixel(190, y)) < 15);
            QVERIFY(qBlue(picture.pixel(210, y)) > 240 && qRed(picture.pixel(210, y)) < 15);
        }
    }
    void itTellsWhatItWantsWhenThatChanges()
    {
        VideoView view;
        view.resize(400, 300);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
        QSignalSpy views(&view, &VideoView::viewChanged);
        view.setPictureSize({1600, 900});
        QCOMPARE(views.count(), 1); // at once
        QCOMPARE(views.at(0).at(0).value<PictureView>(), view.pictureView());
        for (int i = 0; i < 5; ++i)
            view.setZoom(1 + i * 0.3);
        QVERIFY(views.wait());
        QCOMPARE(views.count(), 2); // together
        QCOMPARE(views.at(1).at(0).value<PictureView>(), view.pictureView());
        view.resize(700, 420);
        QVERIFY(views.wait());
        QCOMPARE(views.at(2).at(0).value<PictureView>(), view.pictureView());
        const int64_t ratio = std::llround(view.devicePixelRatioF());
        QVERIFY(view.pictureView().outputWidth >= 700 * ratio);
        view.clear();
        QCOMPARE(view.pictureView(), PictureView());
    }
    void overlaysBelongToTheStandInThatIsShown()
    {
        VideoView view;
        view.resize(640, 480);
        OverlayOptions options = noOverlays();
        options.skeleton = true;
        view.setOverlays(options);
        auto standIn = std::make_shared<VideoFrame>(*sample::scene(5));
        standIn->exact = false;
        standIn->pending = true;
        standIn->wanted = 9;
        view.setFrame(standIn);
        const QImage plain = painted(view);
        view.setTrack(sample::track(9)); // of the picture that is still to come
        QCOMPARE(painted(view), plain);
        view.setTrack(sample::track(5));
        QVERIFY(differing(painted(view), plain) > 500);
    }
    void aStandInIsMarkedInACorner()
    {
        VideoView view;
        view.resize(640, 480);
        view.setOverlays(noOverlays());
        view.setFrame(sample::scene(5));
        const QImage exact = painted(view);
        auto standIn = std::make_shared<VideoFrame>(*sample::scene(5));
        standIn->exact = false;
        standIn->pending = true;
        view.setFrame(standIn);
        const QImage marked = painted(view);
        const QRect corner(0, 440, 200, 40);
        QVERIFY(differing(marked.copy(corner), exact.copy(corner)) > 100);
        QCOMPARE(marked.copy(0, 0, 640, 440), exact.copy(0, 0, 640, 440));
        QCOMPARE(marked.copy(200, 0, 440, 480), exact.copy(200, 0, 440, 480));
    }
    void aStrokeCoversItsArea()
    {
        for (const double angle : {0.0, 0.3, 1.1, 2.9}) {
            QImage picture(120, 120, QImage::Format_RGB32);
            picture.fill(Qt::black);
            const QPointF along(std::cos(angle) * 30, std::sin(angle) * 30);
            blendStroke(
                picture, {QPointF(60, 60) - along, QPointF(60, 60) + along, 4}, qRgb(255, 255, 255), 1);
            double covered = 0;
            for (int y = 0; y < 120; ++y)
                for (int x = 0; x < 120; ++x)
                    covered += qGreen(picture.pixel(x, y)) / 255.0;
            const double area = 60 * 8 + std::numbers::pi * 16;
            QVERIFY2(std::abs(covered - area) < area * 0.01, qPrintable(QString::number(covered)));
        }
        QImage picture(40, 40, QImage::Format_RGB32);
        picture.fill(Qt::black);
        const QImage before = picture;
        blendStroke(picture, {{-500, 20}, {-90, 3000}, 6}, qRgb(255, 255, 255), 1); // beside it
        blendStroke(picture, {{1e9, 20}, {20, 20}, 6}, qRgb(255, 255, 255), 1); // nonsense
        QCOMPARE(picture, before);
        blendStroke(picture, {{-4000, 20}, {4000, 20}, 3}, qRgb(255, 255, 255), 0.5);
        QVERIFY(std::abs(qGreen(picture.pixel(39, 20)) - 128) < 3);
    }
    void theDecodersPixelsReachTheScreen()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "v.mp4";
        VideoWriterOptions options;
        options.width = 320;
        options.height = 240;
        auto writer = createVideo(file, options);
        QVERIFY(writer);
        const QImage image = coordinates(320, 240);
        for (int i = 0; i < 3; ++i)
            QVERIFY((*writer)->writeBgra({image.constBits(), static_cast<size_t>(image.sizeInBytes())}));
        QVERIFY((*writer)->finish());
        auto source = openVideo(file);
        QVERIFY(source);
        const auto truth = (*source)->read(2);
        QVERIFY(truth);
        VideoView view;
        view.resize(200, 120);
        view.setOverlays(noOverlays());
        view.setPictureSize({320, 240});
        view.setZoom(1);
        FrameServer::Callbacks callbacks;
        callbacks.frame = [&view](const std::shared_ptr<const VideoFrame>& frame) {
            QMetaObject::invokeMethod(&view, [&view, frame] { view.setFrame(frame); });
        };
        FrameServer server(file, callbacks);
        server.setView(view.pictureView());
        server.request(2);
        QTRY_COMPARE(view.shownFrame(), int64_t{2});
        const QImage whole(truth->picture.bgra.data(), 320, 240, QImage::Format_RGB32);
        QCOMPARE(painted(view).copy(0, 0, 200, 90), whole.copy(60, 60, 200, 90));
    }
    void clearedItExplainsWhatToDo()
    {
        VideoView view;
        view.resize(400, 300);
        view.setFrame(sample::scene(3));
        view.clear();
        QCOMPARE(view.shownFrame(), int64_t{-1});
        const QImage before = painted(view);
        view.setPlaceholder(QStringLiteral("This video is offline\nFind the file to see it."));
        QVERIFY(painted(view) != before);
        QVERIFY(!view.accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestVideoView)
#include "test_videoview.moc"
