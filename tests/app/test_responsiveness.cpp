// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actionset.h"
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/messagebar.h"
#include "base/files.h"
#include "loopwatchdog.h"
#include "pipeline/demo.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QDialog>
#include <QSignalSpy>
#include <QWheelEvent>
#include <ctime>

namespace telltale {

constexpr double kLongestBlocked = 100; // milliseconds
constexpr int64_t kProposals = 80;

/// A whole review of the demo by keys while the heads retrain, and how long each event of it kept the event
/// loop from taking the next. What other programs did with the processor meanwhile does not count.
class TestResponsiveness : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void theWatchdogSeesAnEventThatBlocks();
    void theLoopIsNeverBlockedInAWholeReview();

private:
    WatchedApplication& application() { return *static_cast<WatchedApplication*>(qApp); }
    void trigger(const char* action) { m_window->actions().action(action)->trigger(); }
    /// A key, and what it takes until the window is painted anew.
    void timedPress(int key, Qt::KeyboardModifiers modifiers = {});
    void openDemo();
    void look();
    void decide(int round);
    void walkThroughPanels();
    void openAndCloseDialogs();

    std::vector<double> m_latencies;
};

void TestResponsiveness::initTestCase()
{
    if (!std::filesystem::exists(dataFolder() / "models" / "demo" / "joint.safetensors"))
        QSKIP("models/demo holds no weights");
    prepare();
    m_folder = std::make_unique<QTemporaryDir>();
    m_project = toPath(m_folder->filePath(QStringLiteral("demo")));
    ProgressSink sink;
    const Status made = makeDemo(m_project, "tiny", 1, sink);
    QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
    // What the demo's models found is five spans; here is more to decide on.
    auto document = Document::open(m_project);
    QVERIFY(document);
    const VideoEntry video = (*document)->videos().front();
    std::vector<Prediction> predictions;
    for (int64_t i = 0; i < kProposals; ++i) {
        const int64_t first = i * (video.frameCount - 20) / kProposals;
        predictions.push_back(sample::prediction(video.id, {first, first + 8}, static_cast<int>(i % 12),
            0.9F - 0.005F * static_cast<float>(i), (*document)->scheme().classCount()));
    }
    const std::vector<float> curve(static_cast<size_t>(video.frameCount), 0.5F);
    const Status added = sample::importPredictions(**document, m_project, video.id, curve, predictions);
    QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
}

void TestResponsiveness::timedPress(int key, Qt::KeyboardModifiers modifiers)
{
    const auto start = std::chrono::steady_clock::now();
    const int64_t before = application().repaints();
    press(key, modifiers);
    const auto milliseconds = [&start] {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    };
    while (application().repaints() == before && milliseconds() < 2000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    m_latencies.push_back(milliseconds());
}

void TestResponsiveness::openDemo()
{
    m_window = std::make_unique<MainWindow>(Settings{}, false);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QCoreApplication::processEvents(); // what it takes to start is not part of a review
    application().watch();
    QMetaObject::invokeMethod(
        m_window.get(), [this] { m_window->commands().openProject(toQString(m_project)); },
        Qt::QueuedConnection);
    QTRY_VERIFY_WITH_TIMEOUT(
        session().document() && session().shownFrame() >= 0 && !session().loading(), 60000);
}

/// Through the video and the timeline as a person goes who makes up their mind.
void TestResponsiveness::look()
{
    timedPress(Qt::Key_Z);
    for (int i = 0; i < 4; ++i)
        timedPress(Qt::Key_Right);
    QWidget* const timeline = &m_window->timeline();
    const QPointF middle(timeline->width() / 2.0, timeline->height() / 2.0);
    for (const int turn : {120, 120, -120, -120}) {
        QWheelEvent wheel(middle, timeline->mapToGlobal(middle), {}, {0, turn}, Qt::NoButton,
            Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(timeline, &wheel);
        QCoreApplication::processEvents();
    }
    const int64_t from = m_window->bench().player.frame();
    press(Qt::Key_Space);
    QTRY_VERIFY(m_window->bench().player.frame() != from);
    press(Qt::Key_Space);
    timedPress(Qt::Key_Z, Qt::ShiftModifier);
}

void TestResponsiveness::decide(int round)
{
    switch (round % 6) {
    case 0:
        return timedPress(Qt::Key_A);
    case 1:
        return timedPress(Qt::Key_2);
    case 2:
        timedPress(Qt::Key_BracketLeft);
        timedPress(Qt::Key_BracketRight);
        return timedPress(Qt::Key_A);
    case 3:
        return timedPress(Qt::Key_X);
    case 4:
        timedPress(Qt::Key_Q, Qt::ShiftModifier);
        timedPress(Qt::Key_F);
        timedPress(Qt::Key_Z, Qt::ControlModifier);
        timedPress(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        return;
    default:
        timedPress(Qt::Key_B);
        timedPress(Qt::Key_Z, Qt::ControlModifier);
        return timedPress(Qt::Key_Tab);
    }
}

void TestResponsiveness::walkThroughPanels()
{
    for (const char* panel : {"statistics", "history", "videos", "retrain", "inspector", "review"}) {
        QMetaObject::invokeMethod(
            m_window.get(), [this, panel] { m_window->showPanel(panel); }, Qt::QueuedConnection);
        QVERIFY(QTest::qWaitFor([this] { return !session().loading(); }));
        QCoreApplication::processEvents();
        if (qstrcmp(panel, "statistics") == 0)
            for (AnalysisPage* const page : m_window->analysisPanel().pages()) {
                m_window->analysisPanel().showPage(page);
                QCoreApplication::processEvents();
            }
        timedPress(Qt::Key_Tab);
    }
    for (const int key : {Qt::Key_P, Qt::Key_H, Qt::Key_T, Qt::Key_V}) {
        timedPress(key);
        timedPress(key);
    }
}

void TestResponsiveness::openAndCloseDialogs()
{
    for (const char* action : {"shortcuts", "scheme", "subjects", "export", "import"}) {
        QMetaObject::invokeMethod(
            m_window.get(), [this, action] { trigger(action); }, Qt::QueuedConnection);
        QDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = qobject_cast<QDialog*>(QApplication::activeWindow())));
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
}

void TestResponsiveness::theWatchdogSeesAnEventThatBlocks()
{
    application().watch();
    QMetaObject::invokeMethod(
        this,
        [] {
            const std::clock_t until = std::clock() + CLOCKS_PER_SEC / 5; // of the processor's time
            while (std::clock() < until) { }
        },
        Qt::QueuedConnection);
    QTRY_VERIFY(!application().worst().empty());
    QVERIFY(application().worst().front().own > kLongestBlocked);
    application().forget();
}

void TestResponsiveness::theLoopIsNeverBlockedInAWholeReview()
{
    openDemo();
    if (QTest::currentTestFailed())
        return;
    Retraining& retraining = m_window->bench().retraining;
    QSignalSpy finished(&retraining, &Retraining::finished);
    QSignalSpy failed(&retraining, &Retraining::failed);
    for (int round = 0; round < 12; ++round)
        decide(round);
    QMetaObject::invokeMethod(
        m_window.get(), [this] { trigger("retrain"); }, Qt::QueuedConnection);
    QTRY_VERIFY(retraining.running());
    m_latencies.clear();
    size_t during = 0;
    for (int round = 0; round < 60; ++round) {
        if (round % 10 == 0)
            look();
        decide(round);
        if (retraining.running())
            during = m_latencies.size();
    }
    std::vector<double> latencies(m_latencies.begin(), m_latencies.begin() + static_cast<ptrdiff_t>(during));
    walkThroughPanels();
    openAndCloseDialogs();
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 120000);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.front().front().toString()));
    for (void (Retraining::*const change)() : {&Retraining::promote, &Retraining::rollBack}) {
        QMetaObject::invokeMethod(
            &retraining, [&retraining, change] { (retraining.*change)(); }, Qt::QueuedConnection);
        QCoreApplication::processEvents();
        timedPress(Qt::Key_Tab);
    }
    QVERIFY(during > 20);
    std::ranges::sort(latencies);
    std::printf("key press to repaint while the heads retrain: %zu presses, median %.1f ms, p95 %.1f ms\n",
        during, latencies[during / 2], latencies[during * 95 / 100]);
    QVERIFY(!application().worst().empty());
    std::printf("longest blocked interval: %.1f ms\n", application().worst().front().own);
    printWorst(application());
    std::fflush(stdout);
    // A sanitizer makes everything several times slower, and finds other things.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY(application().worst().front().own <= kLongestBlocked);
#endif
}

} // namespace telltale

int main(int argc, char** argv)
{
    telltale::WatchedApplication application(argc, argv);
    telltale::TestResponsiveness test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_responsiveness.moc"
