// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/statisticsviews.h"
#include <QLabel>
#include <QtTest>
#include <limits>

using namespace telltale;

namespace {

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
    void emptyViewsSayWhatIsMissing()
    {
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
        TrainingPlot plot;
        show(plot);
        plot.addPoint(QStringLiteral("joint"), 1, std::numeric_limits<double>::quiet_NaN(), 0.3);
        plot.addPoint(QStringLiteral("joint"), 2, 0.5, std::numeric_limits<double>::quiet_NaN());
        QVERIFY(!plot.grab().isNull());
    }
};

QTEST_MAIN(TestStatisticsViews)
#include "test_statisticsviews.moc"
