// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/classrowsview.h"
#include "widgets/plot/decimate.h"
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>
#include <limits>
#include <numeric>

using namespace telltale;

namespace {

std::vector<ClassBarsView::Row> threeBars()
{
    return {{{7, QStringLiteral("often"), QStringLiteral("often: 20 and 30")}, Qt::darkGreen, 20, 30,
                QStringLiteral("20 + 30"), false},
        {{3, QStringLiteral("some"), QStringLiteral("some: 9")}, Qt::blue, 0, 9, QStringLiteral("9"), false},
        {{5, QStringLiteral("rare"), QStringLiteral("rare: 1")}, Qt::red, 1, 0, QStringLiteral("1"), true}};
}

ClassPointsView::Figure threePoints()
{
    ClassPointsView::Figure figure;
    figure.x = {QStringLiteral("rank"), true, 0, 0, true};
    figure.y = {QStringLiteral("spans"), true, 0, 0, false};
    for (int i = 0; i < 3; ++i) {
        ClassPointsView::Point point;
        point.classId = 10 + i;
        point.name = QStringLiteral("class %1").arg(i);
        point.note = point.name + QStringLiteral(" note");
        point.color = Qt::darkBlue;
        point.x = i + 1;
        point.y = 100.0 / (i + 1);
        figure.points.push_back(point);
    }
    return figure;
}

template <typename View> void show(View& view)
{
    view.resize(500, 400);
    view.show();
    (void)QTest::qWaitForWindowExposed(&view);
}

/// The part of a view that has the keyboard.
QWidget* plotIn(QWidget& view)
{
    for (QWidget* child : view.findChildren<QWidget*>())
        if (child->inherits("QCustomPlot"))
            return child;
    return nullptr;
}

bool showsText(const QWidget& widget, const QString& part)
{
    const auto labels = widget.findChildren<QLabel*>();
    return std::ranges::any_of(
        labels, [&part](const QLabel* label) { return label->isVisible() && label->text().contains(part); });
}

int darkPixels(const QImage& image, const QColor& near)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            count += std::abs(color.red() - near.red()) + std::abs(color.green() - near.green())
                        + std::abs(color.blue() - near.blue())
                    < 60
                ? 1
                : 0;
        }
    return count;
}

} // namespace

class TestClassViews : public QObject {
    Q_OBJECT
private slots:
    void barsStandInTheOrderGivenAndSayWhatIsMissing()
    {
        ClassBarsView view;
        show(view);
        view.setEmptyText(QStringLiteral("nothing yet"));
        QVERIFY(view.isEmpty());
        QVERIFY(showsText(view, QStringLiteral("nothing yet")));
        view.setRows(threeBars(), QStringLiteral("all of them"), {});
        QVERIFY(!view.isEmpty());
        QCOMPARE(view.shownClasses(),
            (QStringList{QStringLiteral("often"), QStringLiteral("some"), QStringLiteral("rare")}));
        QVERIFY(showsText(view, QStringLiteral("all of them")));
        QVERIFY(!showsText(view, QStringLiteral("nothing yet")));
    }
    void theLongerTheValueTheLongerTheBar()
    {
        ClassBarsView view;
        show(view);
        view.setRows(threeBars(), {}, {});
        QTest::qWait(0);
        const QImage shown = view.grab().toImage();
        const int green = darkPixels(shown, Qt::darkGreen);
        const int red = darkPixels(shown, Qt::red);
        QVERIFY2(red > 0 && green > 10 * red, qPrintable(QStringLiteral("%1 and %2").arg(green).arg(red)));
    }
    void keysWalkThroughTheRowsAndChooseOne()
    {
        ClassBarsView view;
        show(view);
        view.setRows(threeBars(), {}, {});
        QWidget* plot = plotIn(view);
        QVERIFY(plot);
        QSignalSpy clicked(&view, &ClassRowsView::classClicked);
        QTest::keyClick(plot, Qt::Key_Down);
        QCOMPARE(view.readout(), QStringLiteral("often: 20 and 30"));
        QTest::keyClick(plot, Qt::Key_End);
        QCOMPARE(view.readout(), QStringLiteral("rare: 1"));
        QTest::keyClick(plot, Qt::Key_Down); // stays at the last
        QTest::keyClick(plot, Qt::Key_Return);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(0).toInt(), 5);
        auto rows = threeBars();
        std::swap(rows[0], rows[2]);
        view.setRows(rows, {}, {}); // the class stays chosen, not the place
        QCOMPARE(view.readout(), QStringLiteral("rare: 1"));
        QTest::keyClick(plot, Qt::Key_Return);
        QCOMPARE(clicked.at(1).at(0).toInt(), 5);
    }
    void aClickChoosesTheRowUnderThePointer()
    {
        ClassBarsView view;
        show(view);
        view.setRows(threeBars(), {}, {});
        QCoreApplication::processEvents();
        QWidget* plot = plotIn(view);
        QSignalSpy clicked(&view, &ClassRowsView::classClicked);
        const QRect row = view.rowRect(3);
        QVERIFY(!row.isEmpty());
        QTest::mouseClick(plot, Qt::LeftButton, {}, plot->mapFrom(&view, row.center()));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(0).toInt(), 3);
        QVERIFY(view.rowRect(99).isEmpty());
    }
    void manyRowsAreScrolledToTheOneThatTheKeysReach()
    {
        ClassBarsView view;
        show(view);
        std::vector<ClassBarsView::Row> rows;
        for (int i = 0; i < 52; ++i)
            rows.push_back({{i, QString::number(i), QStringLiteral("note %1").arg(i)}, Qt::blue,
                static_cast<double>(52 - i), 0, QString::number(52 - i), false});
        view.setRows(rows, {}, {});
        QCoreApplication::processEvents();
        auto* scroll = view.findChild<QScrollBar*>();
        QCOMPARE(scroll->value(), 0);
        QVERIFY(!view.rowRect(0).isEmpty());
        QVERIFY(view.rowRect(51).isEmpty());
        QTest::keyClick(plotIn(view), Qt::Key_End);
        QCOMPARE(view.readout(), QStringLiteral("note 51"));
        QVERIFY(scroll->value() > 0);
        QVERIFY(view.rowRect(0).isEmpty());
        QVERIFY(view.rect().contains(view.rowRect(51).center()));
        QTest::keyClick(plotIn(view), Qt::Key_Home);
        QCOMPARE(scroll->value(), 0);
    }
    void cellsSayWhereAClassIsMissing()
    {
        ClassCellsView view;
        show(view);
        const std::vector<ClassCellsView::Row> rows{
            {{1, QStringLiteral("a"), QStringLiteral("a everywhere")}, Qt::darkGreen,
                {{1, QStringLiteral("9"), false}, {0.5, QStringLiteral("2"), false}}},
            {{2, QStringLiteral("b"), QStringLiteral("b not in test")}, Qt::darkGreen,
                {{1, QStringLiteral("4"), false}, {0, QStringLiteral("-"), true}}}};
        view.setRows(rows, {QStringLiteral("train"), QStringLiteral("test")}, {}, {});
        QCoreApplication::processEvents();
        const QImage shown = view.grab().toImage();
        const QRect first = view.rowRect(1);
        const QRect second = view.rowRect(2);
        const QColor full = shown.pixelColor(first.topLeft() + QPoint(6, 5));
        const QColor half = shown.pixelColor(first.center() + QPoint(8, -first.height() / 2 + 5));
        const QColor none = shown.pixelColor(second.center() + QPoint(8, -second.height() / 2 + 5));
        QVERIFY(full.lightness() < half.lightness());
        QVERIFY(half.lightness() < none.lightness());
        QTest::keyClick(plotIn(view), Qt::Key_End);
        QCOMPARE(view.readout(), QStringLiteral("b not in test"));
    }
    void pointsAreReadByPointerAndKeyboard()
    {
        ClassPointsView view;
        show(view);
        view.setEmptyText(QStringLiteral("no points"));
        QVERIFY(showsText(view, QStringLiteral("no points")));
        view.setContent(threePoints());
        QCoreApplication::processEvents();
        QWidget* plot = plotIn(view);
        QSignalSpy clicked(&view, &ClassPointsView::classClicked);
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(view.readout(), QStringLiteral("class 0 note"));
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(view.readout(), QStringLiteral("class 1 note"));
        QTest::keyClick(plot, Qt::Key_Enter);
        QCOMPARE(clicked.at(0).at(0).toInt(), 11);
        const QPoint place = view.placeOf(12);
        QTest::mouseMove(plot, plot->mapFrom(&view, place));
        QCOMPARE(view.readout(), QStringLiteral("class 2 note"));
        QTest::mouseClick(plot, Qt::LeftButton, {}, plot->mapFrom(&view, place));
        QCOMPARE(clicked.at(1).at(0).toInt(), 12);
        QTest::mouseClick(plot, Qt::LeftButton, {}, plot->mapFrom(&view, place) + QPoint(0, -90));
        QCOMPARE(clicked.count(), 2); // beside all points
    }
    void logarithmsMakeAPowerLawStraightAndLeaveOutWhatHasNone()
    {
        ClassPointsView view;
        show(view);
        auto figure = threePoints(); // y = 100 / x
        view.setContent(figure);
        QCoreApplication::processEvents();
        const QPointF a = view.placeOf(10);
        const QPointF b = view.placeOf(11);
        const QPointF c = view.placeOf(12);
        QVERIFY(std::abs((b.y() - a.y()) / (b.x() - a.x()) - (c.y() - a.y()) / (c.x() - a.x())) < 0.05);
        figure.points[1].y = 0;
        view.setContent(figure);
        QCOMPARE(view.shownPoints(), 2);
        figure.x.logarithmic = figure.y.logarithmic = false;
        view.setContent(figure);
        QCOMPARE(view.shownPoints(), 3);
    }
    void figuresOnPaperLeaveTheScreenAsItWas()
    {
        ClassBarsView bars;
        show(bars);
        bars.setFigure(QStringLiteral("bars"), QStringLiteral("Bars"));
        bars.setRows(threeBars(), {}, {});
        QTest::qWait(0);
        const QImage before = bars.grab().toImage();
        const QPicture paper = bars.picture(bars.paperSize());
        QVERIFY(!paper.isNull());
        QTest::qWait(0);
        QCOMPARE(bars.grab().toImage(), before);
    }
    void decimationKeepsWhatPixelsShow()
    {
        // One spike up and one down in a column each, among 100,000 points over ten columns.
        std::vector<double> x(100000);
        std::iota(x.begin(), x.end(), 0.0);
        std::vector<double> y(x.size(), 1.0);
        y[12345] = 9;
        y[67890] = -9;
        y[50000] = std::numeric_limits<double>::quiet_NaN();
        const auto kept = decimated(x, y, 0, 99999, 10);
        QVERIFY(kept.size() <= 10 * 5 + 2);
        QVERIFY(std::ranges::is_sorted(kept));
        for (const size_t index : {size_t{0}, size_t{12345}, size_t{50000}, size_t{67890}, size_t{99999}})
            QVERIFY2(std::ranges::binary_search(kept, index), qPrintable(QString::number(index)));
    }
    void decimationLooksOnlyAtWhatIsInSight()
    {
        std::vector<double> x(1000);
        std::iota(x.begin(), x.end(), 0.0);
        const std::vector<double> y(x.size(), 1.0);
        const auto kept = decimated(x, y, 100, 110, 500);
        // All of them, and a neighbour on either side, so that the line runs to the edges.
        QCOMPARE(kept.front(), size_t{99});
        QCOMPARE(kept.back(), size_t{111});
        QCOMPARE(kept.size(), size_t{13});
        QVERIFY(decimated({}, {}, 0, 1, 10).empty());
        QVERIFY(decimated(x, y, 5, 5, 10).empty());
        QCOMPARE(decimated(x, y, 2000, 3000, 10).size(), size_t{1});
    }
};

QTEST_MAIN(TestClassViews)
#include "test_classviews.moc"
