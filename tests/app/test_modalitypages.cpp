// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/calibrationpage.h"
#include "app/gui/analysis/modalitypage.h"
#include "app/gui/messagebar.h"
#include "review/audit.h"
#include "widgets/plot/spotsview.h"
#include "windowtest.h"
#include <QTest>
#include <algorithm>

namespace telltale {

/// Calibration and modalities in the window: empty states, figures, and the way to the spans.
class TestModalityPages : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        {
            auto made = makeEmptyProject();
            QVERIFY(made.ok());
            QVERIFY(sample::addVideo(**made, m_project, "talk", sample::kFrames, 160, 120).ok());
        }
        openWindow();
        m_window->showPanel("statistics");
    }
    void cleanup() { close(); }

    void withoutAProjectOrAnswersThePagesSayWhatToDo()
    {
        showCalibration();
        QVERIFY(calibration().view().isEmpty());
        QVERIFY(calibration().view().message().contains(QStringLiteral("analyze a video")));
        QVERIFY(calibration().tables().empty());
        showModalities();
        QVERIFY(modalities().figures().front()->isEmpty());
    }

    void tooFewAuditItemsAreCounted()
    {
        propose();
        showCalibration();
        const QString message = calibration().view().message();
        QVERIFY2(message.contains(QString::number(kLeastAuditItems)), qPrintable(message));
        QVERIFY(message.contains(QStringLiteral("Random audit")));
    }

    void decidedAuditItemsBecomeADiagramWithoutADelay()
    {
        propose();
        decideAudits(kLeastAuditItems);
        showCalibration();
        QTRY_VERIFY(!calibration().view().isEmpty());
        QCOMPARE(calibration().analysis().items.size(), size_t{kLeastAuditItems});
        QCOMPARE(calibration().tables().size(), size_t{3});
        QTRY_VERIFY(calibration().analysis().voters.front().after.intervals.has_value());
        QVERIFY(!calibration().summary().isEmpty());
        const QString text = calibration().view().spotTexts().join(QLatin1Char('\n'));
        QVERIFY2(text.contains(QStringLiteral("24 of 30 like this were right")), qPrintable(text));
        savePictures(calibration(), QStringLiteral("calibration"), [] { QCoreApplication::processEvents(); });
    }

    void aBinLeadsToItsSpans()
    {
        propose();
        decideAudits(kLeastAuditItems);
        showCalibration();
        QTRY_VERIFY(!calibration().view().isEmpty());
        const std::vector<int64_t> expected = calibration().analysis().spansIn(
            calibration().analysis().voters.front().after, 13); // 0.9 lies in (13/15, 14/15]
        QVERIFY(!expected.empty());
        ReliabilityView& view = calibration().view();
        QTest::mouseClick(
            &view, Qt::LeftButton, {}, view.spotRect(ReliabilityView::spotId(0, 0, 13)).center());
        QVERIFY(std::ranges::find(expected, review().selected()) != expected.end());
    }

    void decidedSpansStandByClassAndModality()
    {
        propose();
        decideAudits(kLeastAuditItems);
        showModalities();
        QTRY_VERIFY(!modalities().figures().front()->isEmpty());
        QVERIFY(modalities().summary().contains(QStringLiteral("when they were proposed")));
        const auto voters = modalities().analysis().voters;
        QCOMPARE(voters, (std::vector<std::string>{"fused", "joint", "rgb"}));
        modalities().showLook(ModalityPage::Look::GainByClass);
        QVERIFY(modalities().figures()[2]->isEmpty());
        modalities().showLook(ModalityPage::Look::Agreement);
        QVERIFY(!modalities().figures()[1]->isEmpty());
        savePictures(modalities(), QStringLiteral("modalities"), [] { QCoreApplication::processEvents(); });
    }

    void aDecisionIsFollowed()
    {
        propose();
        decideAudits(kLeastAuditItems);
        showModalities();
        QTRY_COMPARE(modalities().analysis().decided, int64_t{24});
        for (const Annotation& span : spans())
            if (span.state == SpanState::Proposed) {
                QVERIFY(document()->setState(span.id, SpanState::Accepted).ok());
                break;
            }
        QTRY_COMPARE(modalities().analysis().decided, int64_t{25});
    }

private:
    std::vector<Annotation> spans() { return document()->allAnnotations(); }

    /// 900 spans of two frames, all said to be class 2 with 0.9; the pictures say class 3.
    void propose()
    {
        const int64_t video = document()->videos().front().id;
        const auto row = [&](int classId, float top) {
            std::vector<float> scores(static_cast<size_t>(document()->scheme().classCount()), 0.001F);
            scores[static_cast<size_t>(classId)] = top;
            return scores;
        };
        std::vector<Prediction> found;
        for (int person = 0; person < 60; ++person)
            for (int i = 0; i < 15; ++i) {
                Prediction one;
                one.person = person;
                one.span = {i * 3, i * 3 + 2};
                one.fused = row(2, 0.9F);
                one.modalities["joint"].probabilities = row(2, 0.8F);
                one.modalities["rgb"].probabilities = row(3, 0.6F);
                found.push_back(std::move(one));
            }
        PredictionRun run;
        run.videoId = video;
        run.model = "demo 1234";
        const auto entered = document()->importRun(run, found);
        QVERIFY2(entered.ok(), entered ? "" : entered.error().message.c_str());
    }

    /// The first audit items in their order, every fifth rejected.
    void decideAudits(int64_t count)
    {
        std::vector<Annotation> items;
        for (const Annotation& span : spans())
            if (auditPlace(span.predictionId) < review().spans().auditShare())
                items.push_back(span);
        std::ranges::sort(items, {}, [](const Annotation& span) { return auditPlace(span.predictionId); });
        QVERIFY2(static_cast<int64_t>(items.size()) >= count, "too few proposals for so many audit items");
        std::vector<int64_t> accepted;
        std::vector<int64_t> rejected;
        for (size_t i = 0; i < static_cast<size_t>(count); ++i)
            (i % 5 == 0 ? rejected : accepted).push_back(items[i].id);
        QVERIFY(document()->decideProposals(accepted, rejected).ok());
    }

    template <typename Page> Page& showPage()
    {
        AnalysisPanel& panel = m_window->analysisPanel();
        Page& page = *panel.page<Page>();
        panel.showPage(&page);
        panel.refreshNow();
        (void)QTest::qWaitFor([&page] { return !page.busy(); });
        return page;
    }
    void showCalibration() { showPage<CalibrationPage>(); }
    void showModalities() { showPage<ModalityPage>(); }
    CalibrationPage& calibration() { return *m_window->analysisPanel().page<CalibrationPage>(); }
    ModalityPage& modalities() { return *m_window->analysisPanel().page<ModalityPage>(); }
};

} // namespace telltale

QTEST_MAIN(telltale::TestModalityPages)
#include "test_modalitypages.moc"
