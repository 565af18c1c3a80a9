// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "widgets/video/viewtransform.h"
#include <QtTest>

using namespace telltale;

namespace {

struct Case {
    ViewTransform transform;
    QSize picture;
};

/// Any picture in any view, zoomed and panned.
Case anyCase(Random& random)
{
    const auto between
        = [&random](int least, int most) { return least + static_cast<int>(random.below(most - least + 1)); };
    constexpr double kAspects[] = {1, 1, 64.0 / 45, 8.0 / 9, 2};
    Case made;
    made.picture = QSize(between(1, 4000), between(1, 2200));
    made.transform.setView(QSize(between(1, 2500), between(1, 1500)));
    made.transform.setPicture(made.picture, kAspects[between(0, 4)]);
    for (int step = between(0, 6); step > 0; --step) {
        made.transform.zoomAbout(
            QPointF(between(0, 2500), between(0, 1500)), made.transform.zoom() * between(5, 40) / 16.0);
        made.transform.pan(QPointF(between(-900, 900), between(-900, 900)));
    }
    return made;
}

PictureRegion regionOf(int x, int y, int width, int height) { return {x, y, width, height}; }

} // namespace

class TestViewTransform : public QObject {
    Q_OBJECT
private slots:
    void whatIsAskedForLiesInThePictureAndCoversWhatIsSeen()
    {
        Random random(11);
        for (int i = 0; i < 3000; ++i) {
            const auto [transform, picture] = anyCase(random);
            const PictureView wanted = transform.wanted(0.125);
            const PictureRegion& part = wanted.region;
            QVERIFY(part.x >= 0 && part.y >= 0 && part.width > 0 && part.height > 0);
            QVERIFY(part.x + part.width <= picture.width() && part.y + part.height <= picture.height());
            QVERIFY(part.x % 2 == 0 && part.y % 2 == 0);
            const QRect place = transform.placeOf(part);
            QVERIFY(place.contains(transform.visible()));
            QCOMPARE(place.size(), QSize(wanted.outputWidth, wanted.outputHeight));
            QVERIFY(transform.serves(wanted));
        }
    }
    void noMoreIsAskedForThanIsSeenAndTheMargin()
    {
        Random random(12);
        for (int i = 0; i < 1000; ++i) {
            const auto [transform, picture] = anyCase(random);
            const PictureView tight = transform.wanted(0);
            const QRectF seen(transform.toPicture(transform.visible().topLeft()),
                transform.toPicture(transform.visible().bottomRight() + QPointF(1, 1)));
            QVERIFY(tight.region.width <= std::ceil(seen.width()) + 4);
            QVERIFY(tight.region.height <= std::ceil(seen.height()) + 4);
        }
    }
    void fittedAsksForTheWholePictureInTheSizeItIsSeen()
    {
        ViewTransform transform;
        transform.setView({800, 600});
        transform.setPicture({1920, 1080});
        const PictureView wanted = transform.wanted(0.125);
        QCOMPARE(wanted.region, regionOf(0, 0, 1920, 1080));
        QCOMPARE(QSize(wanted.outputWidth, wanted.outputHeight), QSize(800, 450));
    }
    void atZoomOnePixelsAreNotScaled()
    {
        ViewTransform transform;
        transform.setView({801, 601});
        transform.setPicture({1921, 1081});
        transform.zoomAbout({400, 300}, 1);
        for (int i = 0; i < 50; ++i) {
            transform.pan({i * 3.7 - 80, i * 2.3 - 60});
            const PictureView wanted = transform.wanted(0.125);
            QCOMPARE(QSize(wanted.outputWidth, wanted.outputHeight),
                QSize(wanted.region.width, wanted.region.height));
        }
    }
    void smallMovesAreServedByWhatCameAndLargeOnesAreNot()
    {
        ViewTransform transform;
        transform.setView({800, 600});
        transform.setPicture({1920, 1080});
        transform.zoomAbout({400, 300}, 2);
        const PictureView came = transform.wanted(0.125);
        transform.pan({-90, 60});
        QVERIFY(transform.serves(came));
        transform.pan({-90, 60});
        QVERIFY(!transform.serves(came));
        ViewTransform closer = transform;
        closer.pan({90, -60});
        closer.zoomAbout({400, 300}, 2.2);
        QVERIFY(!closer.serves(came));
    }
    void partsThatTouchDoSoOnTheScreen()
    {
        Random random(13);
        for (int i = 0; i < 300; ++i) {
            const auto [transform, picture] = anyCase(random);
            const int cut = picture.width() / 3;
            const QRect left = transform.placeOf({0, 0, cut, picture.height()});
            const QRect right = transform.placeOf({cut, 0, picture.width() - cut, picture.height()});
            QCOMPARE(left.left(), transform.rect().left());
            QCOMPARE(left.left() + left.width(), right.left());
            QCOMPARE(right.left() + right.width(), transform.rect().left() + transform.rect().width());
        }
    }
    void pixelsThatAreNotSquareAreStretchedAndNeverShrunk()
    {
        ViewTransform transform;
        transform.setView({1024, 576});
        transform.setPicture({720, 576}, 64.0 / 45); // PAL in 16:9
        QCOMPARE(transform.rect(), QRect(0, 0, 1024, 576));
        QCOMPARE(transform.zoom(), 1.0);
        QCOMPARE(transform.toView({360, 288}), QPointF(512, 288));
        transform.setView({720, 648});
        transform.setPicture({720, 576}, 8.0 / 9); // narrow pixels
        QCOMPARE(transform.rect(), QRect(0, 0, 720, 648));
        QCOMPARE(transform.zoom(), 1.0);
    }
    void pointsGoThereAndBack()
    {
        Random random(14);
        for (int i = 0; i < 500; ++i) {
            const auto [transform, picture] = anyCase(random);
            const QPointF point(picture.width() * 0.3, picture.height() * 0.8);
            const QPointF back = transform.toPicture(transform.toView(point));
            QVERIFY(std::hypot(back.x() - point.x(), back.y() - point.y()) < 1e-6);
        }
    }
    void nothingIsAskedForWithoutAPictureOrAView()
    {
        ViewTransform transform;
        QCOMPARE(transform.wanted(0.125), PictureView());
        transform.setPicture({640, 480});
        QCOMPARE(transform.wanted(0.125), PictureView());
    }
};

QTEST_APPLESS_MAIN(TestViewTransform)
#include "test_viewtransform.moc"
