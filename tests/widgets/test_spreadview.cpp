// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/spreadview.h"
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace telltale {

class TestSpreadView : public QObject {
    Q_OBJECT
private slots:
    void withoutRowsASentenceIsRead()
    {
        SpreadView view;
        view.setEmptyText(QStringLiteral("Decide on some spans."));
        QVERIFY(view.isEmpty());
        QCOMPARE(view.message(), QStringLiteral("Decide on some spans."));
        view.setRows(rows(3), QStringLiteral("seconds"));
        QVERIFY(!view.isEmpty());
        QVERIFY(view.message().isEmpty());
    }

    void theKeyboardWalksReadsAndChooses()
    {
        SpreadView view;
        view.setRows(rows(3), QStringLiteral("seconds"));
        view.resize(500, 300);
        view.show();
        QSignalSpy chosen(&view, &SpreadView::rowChosen);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(chosen.count(), 0); // none is marked
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.readout(), QStringLiteral("note 0"));
        QTest::keyClick(&view, Qt::Key_End);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.readout(), QStringLiteral("note 2"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toInt(), 12);
        // The marked row stays the same one when figures are shown anew in another order.
        auto others = rows(3);
        std::swap(others[0], others[2]);
        view.setRows(others, QStringLiteral("seconds"));
        QCOMPARE(view.readout(), QStringLiteral("note 2"));
        view.setRows(rows(1), QStringLiteral("seconds"));
        QVERIFY(view.readout().isEmpty());
    }

    void boxAndMedianStandWhereTheNumbersSay()
    {
        SpreadView view;
        view.setFigure(QStringLiteral("spread"), QStringLiteral("Spread"));
        auto one = rows(1);
        one[0].color = QColor(0xff, 0, 0);
        view.setRows(one, QStringLiteral("seconds"));
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("spread.png"));
        QVERIFY(view.save(file, QSize(600, 200)).ok());
        const QImage image(file);
        QVERIFY(!image.isNull());
        // In the row of the box: red from the 25th to the 75th percentile, with the median between.
        const auto isRed = [&](QPoint at) {
            return image.pixelColor(at).red() > 200 && image.pixelColor(at).green() < 60;
        };
        int widest = 0;
        int first = 0;
        int last = 0;
        for (int y = 0; y < image.height(); ++y) {
            int left = -1;
            int right = -1;
            for (int x = 0; x < image.width(); ++x)
                if (isRed({x, y})) {
                    left = left < 0 ? x : left;
                    right = x;
                }
            if (left >= 0 && right - left > widest) {
                widest = right - left;
                first = left;
                last = right;
            }
        }
        QVERIFY(widest > 50);
        int dark = -1;
        for (int y = 0; y < image.height() && dark < 0; ++y)
            if (isRed({first + 1, y}))
                for (int x = first; x < last; ++x)
                    if (image.pixelColor(x, y).lightness() < 40)
                        dark = x;
        // quarter 2, median 3, three quarters 6: the median is at a quarter of the box.
        QVERIFY(dark > 0);
        const double share = static_cast<double>(dark - first) / (last - first);
        QVERIFY2(std::abs(share - 0.25) < 0.04, qPrintable(QString::number(share)));
    }

private:
    static std::vector<SpreadView::Row> rows(int count)
    {
        std::vector<SpreadView::Row> made;
        for (int i = 0; i < count; ++i) {
            SpreadView::Row row;
            row.id = 10 + i;
            row.name = QStringLiteral("row %1").arg(i);
            row.color = QColor(0x56, 0xb4, 0xe9);
            row.text = QStringLiteral("3.0 s (31)");
            row.note = QStringLiteral("note %1").arg(i);
            row.fifth = 1;
            row.quarter = 2;
            row.median = 3;
            row.threeQuarters = 6;
            row.ninetyFifth = 9;
            row.medianLow = 2.5;
            row.medianHigh = 4;
            made.push_back(row);
        }
        return made;
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestSpreadView)
#include "test_spreadview.moc"
