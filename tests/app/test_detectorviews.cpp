// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/augmentationpage.h"
#include "app/gui/analysis/augmentationpanel.h"
#include "app/gui/messagebar.h"
#include "pipeline/retrain.h"
#include "sampledetector.h"
#include "widgets/models/spanscores.h"
#include "widgets/plot/courseplot.h"
#include "windowtest.h"
#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

namespace telltale {

/// What a detector of the project shows of itself, and of the spans that it found.
class TestDetectorViews : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        makeProject();
        openWindow();
    }
    void cleanup() { close(); }

    void withoutADetectorTheViewSaysHowToTrainOne()
    {
        showAugmentation();
        QVERIFY(shownText(panel()).contains(QStringLiteral("telltale-cli train PROJECT --system track2")));
    }

    void classesStandRarestFirstWithTheirFinalIntensity()
    {
        addDetector({{40, 3, 20, 9}});
        showAugmentation();
        QTableWidget& table = panel().table();
        QCOMPARE(table.rowCount(), document()->scheme().classCount());
        QCOMPARE(table.item(0, 0)->text(), classText(document()->scheme(), 1));
        QCOMPARE(table.item(0, 1)->text(), QStringLiteral("3"));
        QCOMPARE(table.item(table.rowCount() - 1, 0)->text(), classText(document()->scheme(), 0));
        const auto number = [](double value) { return QLocale().toString(value, 'f', 2); };
        const double rarity = 1 - 3 / 40.0;
        const double difficulty = 0.2 + 0.6 * std::exp(-12 / 3.0);
        QCOMPARE(table.item(0, 2)->text(), number(rarity));
        QCOMPARE(table.item(0, 3)->text(), number(difficulty));
        QCOMPARE(table.item(0, 4)->text(), number(1 - (1 - rarity) * (1 - difficulty)));
    }

    void theLinesAreMeansOfThirdsUntilClassesAreChosen()
    {
        addDetector({{40, 3, 20, 9}});
        showAugmentation();
        QCOMPARE(panel().plot().shownLines().size(), 3);
        QTableWidget& table = panel().table();
        table.setFocus();
        table.setCurrentCell(1, 0, QItemSelectionModel::NoUpdate);
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(panel().plot().shownLines(), QStringList{table.item(1, 0)->text()});
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(panel().plot().shownLines().size(), 3);
        table.selectAll();
        QCOMPARE(panel().plot().shownLines().size(), 6);
    }

    void thePointerReadsTheNumbers()
    {
        addDetector({{40, 3, 20, 9}});
        showAugmentation();
        panel().table().selectRow(0);
        const CoursePlot& plot = panel().plot();
        const QPoint place = plot.placeOf(0, 6);
        QVERIFY(plot.rect().contains(place));
        const QString read = plot.readAt(place + QPoint(1, 1));
        QVERIFY2(read.contains(plot.shownLines().front()), qPrintable(read));
        QVERIFY2(read.contains(QStringLiteral("rarity 0.9")), qPrintable(read)); // 1 - 3 / 40
        QVERIFY(plot.readAt({-50, -50}).isEmpty());
    }

    void anotherDetectorInUseIsShownInstead()
    {
        addDetector({{40, 3, 20, 9}});
        showAugmentation();
        addDetector({{2, 3, 20, 9}, 12, 9, false}, 2);
        m_window->analysisPanel().refreshNow();
        QTRY_COMPARE(panel().table().item(0, 0)->text(), classText(document()->scheme(), 0));
        QVERIFY(shownText(panel()).contains(QStringLiteral("varied alike")));
    }

    void aDamagedDetectorSaysWhichFileItIs()
    {
        addDetector({{40, 3}});
        QVERIFY(writeFileAtomically(m_project / "models" / "track2-1" / "track2.json", "{}"));
        showAugmentation();
        QVERIFY2(shownText(panel()).contains(QStringLiteral("track2.json")), qPrintable(shownText(panel())));
    }

    void theInspectorTellsDetectorEnsembleAndBothApart()
    {
        addDetections();
        selectAt(10);
        const QString agreed = shownText(verdicts());
        QVERIFY2(agreed.contains(percentText(0.5)), qPrintable(agreed)); // detector
        QVERIFY2(agreed.contains(percentText(0.9)), qPrintable(agreed)); // ensemble
        QVERIFY2(agreed.contains(percentText(0.45)), qPrintable(agreed)); // their product
        QVERIFY(!mark().isVisible());
        selectAt(40);
        QVERIFY(shownText(verdicts()).contains(classText(document()->scheme(), 4)));
        QVERIFY(mark().isVisible());
        selectAt(60); // the detector was alone
        const QString alone = shownText(verdicts());
        QVERIFY2(alone.contains(QStringLiteral("has not named it")), qPrintable(alone));
        QVERIFY(!alone.contains(QStringLiteral("Together")));
    }

    void theInspectorSaysWhatTheHeadsInUseSayNow()
    {
        addDetections();
        selectAt(10);
        QVERIFY(!shownText(verdicts()).contains(QStringLiteral("Now")));
        std::vector<float> shares(static_cast<size_t>(document()->scheme().classCount()), 0.0F);
        shares[6] = 0.75F;
        review().setRescored({{review().selectedSpan()->predictionId, shares}});
        const QString text = shownText(verdicts());
        QVERIFY2(text.contains(QStringLiteral("Now")), qPrintable(text));
        QVERIFY2(text.contains(classText(document()->scheme(), 6)), qPrintable(text));
        QVERIFY2(text.contains(percentText(0.75)), qPrintable(text));
        QVERIFY2(text.contains(percentText(0.9)), qPrintable(text)); // what was said then stands beside it
        review().setRescored({});
        QVERIFY(!shownText(verdicts()).contains(QStringLiteral("Now")));
    }

    void theQueueIsSortedByEachScore()
    {
        addDetections();
        auto* table = m_window->findChild<QTableView*>(QStringLiteral("queue"));
        SpanListFilter& queue = review().queue();
        const auto starts = [&queue] {
            QList<int> all;
            for (int row = 0; row < queue.rowCount(); ++row)
                all.append(queue.index(row, 0).data(SpanListModel::StartRole).toInt());
            return all;
        };
        const auto choose = [this](const QString& text) {
            for (QComboBox* box : m_window->findChildren<QComboBox*>())
                if (const int index = box->findText(text); index >= 0)
                    box->setCurrentIndex(index);
        };
        choose(QStringLiteral("By detector score")); // 0.5, 0.95, 0.7
        QCOMPARE(starts(), (QList<int>{40, 60, 10}));
        QVERIFY(!table->isColumnHidden(SpanListModel::DetectorColumn));
        QVERIFY(table->isColumnHidden(SpanListModel::ScoreColumn));
        choose(QStringLiteral("By ensemble score")); // 0.9, 0.4, none
        QCOMPARE(starts(), (QList<int>{10, 40, 60}));
        QVERIFY(!table->isColumnHidden(SpanListModel::ScoreColumn));
        choose(QStringLiteral("By both together")); // 0.45, 0.38, none
        QCOMPARE(starts(), (QList<int>{10, 40, 60}));
        QCOMPARE(queue.index(0, SpanListModel::TogetherColumn).data().toString(), percentText(0.45));
        QVERIFY(queue.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("together")));
    }

    void whatADetectorSaysIsNothingToRetrainOn()
    {
        addDetections();
        selectAt(10);
        review().accept();
        selectAt(60);
        review().accept();
        QVERIFY(document()->flush());
        const auto request = makeRetrainRequest(*document(), 1, false);
        QVERIFY2(request.ok(), request ? "" : request.error().message.c_str());
        int seen = 0;
        for (const HeadSample& sample : request->samples) {
            QVERIFY(!sample.embeddings.contains("detector"));
            seen += sample.embeddings.contains("joint") ? 1 : 0;
        }
        QCOMPARE(seen, 2); // those that the ensemble named
    }

private:
    void addDetector(const sample::TrainedDetector& trained, int number = 1)
    {
        const Status added = sample::addDetector(*document(), trained, number);
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
    }

    void addDetections()
    {
        const int64_t video = document()->videos().front().id;
        const int classes = document()->scheme().classCount();
        PredictionRun run;
        run.videoId = video;
        run.model = "by hand";
        Prediction alone = sample::prediction(video, {60, 80}, 7, 0.3f, classes);
        alone.modalities.clear();
        const auto entered = document()->importRun(run,
            {sample::detected(sample::prediction(video, {10, 30}, 2, 0.9f, classes), 2, 0.5),
                sample::detected(sample::prediction(video, {40, 55}, 5, 0.4f, classes), 4, 0.95),
                sample::detected(alone, 7, 0.7)});
        QVERIFY2(entered.ok(), entered ? "" : entered.error().message.c_str());
        QTRY_COMPARE(review().queue().rowCount(), 3);
    }

    void showAugmentation()
    {
        m_window->showPanel("statistics");
        m_window->analysisPanel().showPage(m_window->analysisPanel().page<AugmentationPage>());
        m_window->analysisPanel().refreshNow();
        QTRY_VERIFY(!panel().reading());
        QCoreApplication::processEvents();
    }

    void selectAt(int64_t start)
    {
        m_window->showPanel("inspector");
        SpanListModel& spans = review().spans();
        for (int row = 0; row < spans.rowCount(); ++row)
            if (const Annotation* span = spans.annotationAt(row);
                span->span.first == start && span->state == SpanState::Proposed)
                review().select(span->id, false);
        QCoreApplication::processEvents();
    }

    AugmentationPanel& panel() { return m_window->analysisPanel().page<AugmentationPage>()->panel(); }
    QWidget& verdicts() { return *m_window->findChild<QWidget*>(QStringLiteral("verdicts")); }
    QWidget& mark() { return *m_window->findChild<QWidget*>(QStringLiteral("disagreement")); }
    static QString shownText(const QWidget& widget)
    {
        QStringList texts;
        for (const QLabel* label : widget.findChildren<QLabel*>())
            if (label->isVisible())
                texts.append(label->text());
        return texts.join(QLatin1Char('\n'));
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestDetectorViews)
#include "test_detectorviews.moc"
