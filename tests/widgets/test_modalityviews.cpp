// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Calibration and modalities as figures: what is drawn where, what is read, what a click or a key leads to.
#include "widgets/plot/spotsview.h"
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace telltale;

namespace {

QImage grabbed(QWidget& widget)
{
    QImage image(widget.size(), QImage::Format_RGB32);
    widget.render(&image);
    return image;
}

/// Pixels that are not of the ground.
int inked(const QImage& image, const QRect& part)
{
    const QRgb ground = image.pixel(0, 0);
    int count = 0;
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x)
            count += image.valid(x, y) && image.pixel(x, y) != ground ? 1 : 0;
    return count;
}

void show(QWidget& widget, QSize size = {480, 420})
{
    widget.resize(size);
    widget.show();
    (void)QTest::qWaitForWindowExposed(&widget);
}

/// Sure and nearly right, and what it was before: too sure.
ReliabilityView::Panel panel()
{
    ReliabilityView::Line before{QStringLiteral("Before"), true, {}};
    before.points = {{9, 0.64, 0.4, 0.2, 0.6, 10, QStringLiteral("4 of 10")},
        {14, 0.97, 0.7, 0.5, 0.85, 30, QStringLiteral("21 of 30")}};
    ReliabilityView::Line after{QStringLiteral("Fused"), false, {}};
    after.points = {{6, 0.45, 0.4, 0.2, 0.6, 10, QStringLiteral("4 of 10, after")},
        {11, 0.77, 0.72, 0.55, 0.85, 30, QStringLiteral("22 of 30, after")}};
    return {QStringLiteral("Fused"), QStringLiteral("ECE 0.05"), 15, {before, after}};
}

GroupedBarsView::Row barRow(int id, const QString& name, double first, double second)
{
    return {id, name, QStringLiteral("12"),
        {{first, first - 0.1, first + 0.1, name + QStringLiteral(" first")},
            {second, 1, 0, name + QStringLiteral(" second")}}};
}

} // namespace

class TestModalityViews : public QObject {
    Q_OBJECT
private slots:
    void anEmptyViewSaysWhatToDo()
    {
        ReliabilityView view;
        view.setFigure(QStringLiteral("reliability"), QStringLiteral("Reliability"));
        view.setEmptyText(QStringLiteral("Decide audit items."));
        show(view);
        QVERIFY(view.isEmpty());
        QCOMPARE(view.accessibleDescription(), QStringLiteral("Decide audit items."));
        QVERIFY(inked(grabbed(view), view.rect()) > 50);
        view.setPanels({{QStringLiteral("Fused"), {}, 15, {{QStringLiteral("Fused"), false, {}}}}});
        QVERIFY2(view.isEmpty(), "a line without points shows nothing");
        view.setPanels({panel()});
        QVERIFY(!view.isEmpty());
    }

    void binsLieWhereTheirConfidenceAndShareAre()
    {
        ReliabilityView view;
        view.setPanels({panel()});
        show(view);
        const QRect low = view.spotRect(ReliabilityView::spotId(0, 1, 6));
        const QRect high = view.spotRect(ReliabilityView::spotId(0, 1, 11));
        QVERIFY(!low.isEmpty() && !high.isEmpty());
        QVERIFY2(high.left() > low.left() && high.top() < low.top(), "surer and more often right");
        const QRect before = view.spotRect(ReliabilityView::spotId(0, 0, 14));
        QVERIFY(before.left() > high.left());
        QVERIFY2(view.spotRect(ReliabilityView::spotId(0, 1, 3)).isEmpty(), "nobody was so unsure");
    }

    void aClickOnABinNamesIt()
    {
        ReliabilityView view;
        view.setPanels({panel(), panel()});
        show(view, {900, 420});
        QSignalSpy chosen(&view, &ReliabilityView::binChosen);
        QTest::mouseClick(
            &view, Qt::LeftButton, {}, view.spotRect(ReliabilityView::spotId(1, 1, 11)).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toInt(), 1);
        QCOMPARE(chosen[0][1].toInt(), 1);
        QCOMPARE(chosen[0][2].toInt(), 11);
        QCOMPARE(view.readout(), QStringLiteral("22 of 30, after"));
    }

    void theKeysWalkAndChoose()
    {
        ReliabilityView view;
        view.setPanels({panel()});
        show(view);
        QSignalSpy chosen(&view, &ReliabilityView::binChosen);
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY2(chosen.isEmpty(), "nothing is chosen yet");
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.readout(), QStringLiteral("4 of 10, after"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][2].toInt(), 6);
        for (int i = 0; i < 9; ++i)
            QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.readout(), QStringLiteral("4 of 10"));
    }

    void barsAreAsLongAsTheirValues()
    {
        GroupedBarsView view;
        view.setRows({QStringLiteral("Fused"), QStringLiteral("RGB")},
            {barRow(7, QStringLiteral("neck"), 0.8, 0.25),
                barRow(3, QStringLiteral("lips"), 0.5, std::nan(""))});
        show(view);
        QCOMPARE(view.spotTexts().size(), 3);
        const QImage image = grabbed(view);
        const QRect bar = view.spotRect(0);
        const auto filled = [&](const QRect& place, double share) {
            return image.pixel(
                place.left() + static_cast<int>(place.width() * share), place.center().y() + 2);
        };
        QVERIFY(filled(bar, 0.6) != filled(bar, 0.93));
        const QRect other = view.spotRect(1);
        QVERIFY(filled(other, 0.1) != filled(other, 0.35));
        QSignalSpy chosen(&view, &GroupedBarsView::barChosen);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.spotRect(16).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toInt(), 3);
        QCOMPARE(chosen[0][1].toInt(), 0);
    }

    void moreRowsNeedMoreHeight()
    {
        GroupedBarsView view;
        std::vector<GroupedBarsView::Row> rows;
        for (int i = 0; i < 52; ++i)
            rows.push_back(barRow(i, QString::number(i), 0.5, 0.5));
        view.setRows({QStringLiteral("a"), QStringLiteral("b")}, {rows[0]});
        const int one = view.minimumSizeHint().height();
        view.setRows({QStringLiteral("a"), QStringLiteral("b")}, rows);
        QVERIFY(view.minimumSizeHint().height() > one + 51 * view.fontMetrics().height());
        QVERIFY(view.paperSize().height() > 700);
    }

    void pairsAreReadAndTheDiagonalIsEmpty()
    {
        PairMatrixView view;
        const PairMatrixView::Cell cell{
            0.8, QStringLiteral("80 %"), QStringLiteral("k"), QStringLiteral("alike")};
        view.setCells({QStringLiteral("Fused"), QStringLiteral("RGB")}, {{cell, cell}, {cell, cell}});
        show(view);
        QCOMPARE(view.spotTexts().size(), 2);
        QSignalSpy chosen(&view, &PairMatrixView::cellChosen);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.spotRect(64).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toInt(), 1);
        QCOMPARE(chosen[0][1].toInt(), 0);
    }

    void changesLeadToTheirRows()
    {
        ChangeView view;
        view.setRows({{4, QStringLiteral("neck"), QStringLiteral("9"), 0.4, 0.7, QStringLiteral("up")},
                         {2, QStringLiteral("lips"), QStringLiteral("5"), 0.6, 0.5, QStringLiteral("down")}},
            QStringLiteral("Unadapted"), QStringLiteral("Adapted"));
        show(view);
        QSignalSpy chosen(&view, &ChangeView::rowChosen);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.spotRect(1).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toInt(), 2);
    }

    void figuresLeaveTheWindow()
    {
        QTemporaryDir folder;
        ReliabilityView view;
        view.setFigure(QStringLiteral("reliability"), QStringLiteral("Reliability"));
        view.setPanels({panel(), panel(), panel()});
        for (const char* suffix : {"svg", "pdf", "png"}) {
            const QString file = folder.filePath(QStringLiteral("a.") + QLatin1String(suffix));
            QVERIFY(view.save(file).ok());
            QVERIFY(QFileInfo(file).size() > 1000);
        }
        QFile svg(folder.filePath(QStringLiteral("a.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY2(svg.readAll().contains("ECE 0.05"), "letters stay letters");
    }
};

QTEST_MAIN(TestModalityViews)
#include "test_modalityviews.moc"
