// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/statisticsviews.h"
#include <QLabel>
#include <QSignalSpy>
#include <QtTest>
#include <limits>

using namespace telltale;

namespace {

QStringList fourClasses()
{
    return {QStringLiteral("neck"), QStringLiteral("hands"), QStringLiteral("arms"), QStringLiteral("lips")};
}

bool showsText(const QWidget& widget, const QString& part)
{
    const auto labels = widget.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
        [&part](const QLabel* label) { return label->isVisible() && label->text().contains(part); });
}

void show(QWidget& widget)
{
    widget.resize(500, 480);
    widget.show();
    (void)QTest::qWaitForWindowExposed(&widget);
}

} // namespace

class TestStatisticsViews : public QObject {
    Q_OBJECT
private slots:
    void confusionShowsOnlyClassesThatOccur()
    {
        ConfusionView view;
        show(view);
        view.setMatrix({{5, 0, 1, 0}, {0, 0, 0, 0}, {2, 0, 3, 0}, {0, 0, 0, 0}}, fourClasses(), {});
        QCOMPARE(view.shownClasses(), (QStringList{QStringLiteral("neck"), QStringLiteral("arms")}));
        QVERIFY(view.cellRect(1, 1).isEmpty());
        QVERIFY(!view.cellRect(2, 0).isEmpty());
        view.setMatrix({{0, 0, 0, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}}, fourClasses(), {});
        QCOMPARE(view.shownClasses(), (QStringList{QStringLiteral("neck"), QStringLiteral("lips")}));
    }
    void aClickOnACellNamesItsClasses()
    {
        ConfusionView view;
        show(view);
        view.setMatrix({{5, 0, 1, 0}, {0, 0, 0, 0}, {2, 0, 3, 0}, {0, 0, 0, 0}}, fourClasses(), {});
        QCoreApplication::processEvents();
        QSignalSpy clicked(&view, &ConfusionView::cellClicked);
        const QPoint at = view.cellRect(2, 0).center();
        QWidget* under = view.childAt(at);
        QVERIFY(under);
        QTest::mouseClick(under, Qt::LeftButton, {}, under->mapFrom(&view, at));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(0).toInt(), 2);
        QCOMPARE(clicked.at(0).at(1).toInt(), 0);
    }
    void theStrongerTheShareTheStrongerTheCell()
    {
        ConfusionView view;
        show(view);
        view.setMatrix(
            {{90, 10}, {45, 55}}, {QStringLiteral("a"), QStringLiteral("b")}, QStringLiteral("summary"));
        const auto darkness = [&view](int truth, int predicted) {
            const QRect cell = view.cellRect(truth, predicted);
            const QColor color = view.grab().toImage().pixelColor(cell.topLeft() + QPoint(6, 6));
            return 765 - color.red() - color.green() - color.blue();
        };
        QVERIFY(darkness(0, 0) > darkness(1, 1));
        QVERIFY(darkness(1, 0) > darkness(0, 1));
        QVERIFY(showsText(view, QStringLiteral("summary")));
    }
    void emptyViewsSayWhatIsMissing()
    {
        ConfusionView confusion;
        show(confusion);
        confusion.setMatrix(
            {{0, 0}, {0, 0}}, {QStringLiteral("a"), QStringLiteral("b")}, QStringLiteral("nothing"));
        QVERIFY(showsText(confusion, QStringLiteral("no confusion matrix")));
        confusion.setEmptyText(QStringLiteral("Retrain first"));
        QVERIFY(showsText(confusion, QStringLiteral("Retrain first")));
        TrainingPlot plot;
        show(plot);
        QVERIFY(showsText(plot, QStringLiteral("retraining")));
        plot.addPoint(QStringLiteral("joint"), 1, 1.0, 0.1);
        QVERIFY(!showsText(plot, QStringLiteral("retraining")));
        plot.reset();
        QVERIFY(showsText(plot, QStringLiteral("retraining")));
    }
    void damagedInputIsHarmless()
    {
        ConfusionView confusion;
        show(confusion);
        confusion.setMatrix({{1}, {}}, fourClasses(), {});
        QCOMPARE(confusion.shownClasses(), QStringList{QStringLiteral("neck")});
        QVERIFY(!confusion.grab().isNull());
        TrainingPlot plot;
        show(plot);
        plot.addPoint(QStringLiteral("joint"), 1, std::numeric_limits<double>::quiet_NaN(), 0.3);
        plot.addPoint(QStringLiteral("joint"), 2, 0.5, std::numeric_limits<double>::quiet_NaN());
        QVERIFY(!plot.grab().isNull());
    }
};

QTEST_MAIN(TestStatisticsViews)
#include "test_statisticsviews.moc"
