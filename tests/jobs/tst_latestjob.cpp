// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "jobs/latestjob.h"
#include <QSemaphore>
#include <QTest>
#include <memory>
#include <stdexcept>

using namespace telltale;

class TestLatestJob : public QObject {
    Q_OBJECT
private slots:
    void resultArrivesOnTheOwnersThread();
    void newestRequestWins();
    void destroyedOwnerIsNotCalled();
    void cancelIsSeenByTheWork();
    void exceptionsBecomeErrors();
    void progressReachesTheOwner();
    void aSecondPhaseBeginsAtNothingAgain();

private:
    QThreadPool m_pool;
};

void TestLatestJob::resultArrivesOnTheOwnersThread()
{
    LatestJob<int> job(m_pool);
    int got = 0;
    QThread* thread = nullptr;
    job.start([](ProgressSink&) -> Result<int> { return 42; },
        [&](const Result<int>& result) {
            got = *result;
            thread = QThread::currentThread();
        });
    QTRY_COMPARE(got, 42);
    QCOMPARE(thread, QThread::currentThread());
    QVERIFY(!job.running());
}

void TestLatestJob::newestRequestWins()
{
    LatestJob<int> job(m_pool);
    QSemaphore go;
    QList<int> got;
    const auto done = [&](const Result<int>& result) { got << *result; };
    job.start(
        [&](ProgressSink&) -> Result<int> {
            go.acquire();
            return 1;
        },
        done);
    job.start([](ProgressSink&) -> Result<int> { return 2; }, done);
    go.release();
    QTRY_VERIFY(!got.isEmpty());
    m_pool.waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(got, QList<int>{2});
}

void TestLatestJob::destroyedOwnerIsNotCalled()
{
    QSemaphore go;
    bool called = false;
    {
        LatestJob<int> job(m_pool);
        job.start(
            [&](ProgressSink&) -> Result<int> {
                go.acquire();
                return 1;
            },
            [&](const Result<int>&) { called = true; });
    }
    go.release();
    m_pool.waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestLatestJob::cancelIsSeenByTheWork()
{
    const auto sawCancel = std::make_shared<QSemaphore>();
    QSemaphore started;
    LatestJob<int> job(m_pool);
    job.start(
        [&started, sawCancel](ProgressSink& sink) -> Result<int> {
            started.release();
            while (!sink.cancelled())
                QThread::yieldCurrentThread();
            sawCancel->release();
            return Error{ErrorCode::Cancelled, "stopped"};
        },
        [](const Result<int>&) { QFAIL("a cancelled job must not report"); });
    started.acquire();
    job.cancel();
    sawCancel->acquire();
    m_pool.waitForDone();
    QCoreApplication::processEvents();
}

void TestLatestJob::exceptionsBecomeErrors()
{
    LatestJob<int> job(m_pool);
    std::string message;
    job.start([](ProgressSink&) -> Result<int> { throw std::runtime_error("the library gave up"); },
        [&](const Result<int>& result) { message = result.ok() ? "no error" : result.error().message; });
    QTRY_COMPARE(message, std::string("the library gave up"));
}

void TestLatestJob::progressReachesTheOwner()
{
    LatestJob<int> job(m_pool);
    QSemaphore go;
    int permille = -1;
    QString what;
    job.start(
        [&](ProgressSink& sink) -> Result<int> {
            sink.report(1, 4, "pose");
            go.acquire();
            return 0;
        },
        [](const Result<int>&) {},
        [&](int value, const QString& text) {
            permille = value;
            what = text;
        });
    QTRY_COMPARE(permille, 250);
    QCOMPARE(what, QStringLiteral("pose"));
    go.release();
    QTRY_VERIFY(!job.running());
}

void TestLatestJob::aSecondPhaseBeginsAtNothingAgain()
{
    LatestJob<int> job(m_pool);
    QSemaphore go;
    int permille = -1;
    QString what;
    job.start(
        [&](ProgressSink& sink) -> Result<int> {
            sink.report(4, 4, "pose");
            go.acquire();
            sink.report(1, 4, "networks");
            go.acquire();
            return 0;
        },
        [](const Result<int>&) {},
        [&](int value, const QString& text) {
            permille = value;
            what = text;
        });
    QTRY_COMPARE(permille, 1000);
    go.release();
    QTRY_COMPARE(permille, 250);
    QCOMPARE(what, QStringLiteral("networks"));
    go.release();
    QTRY_VERIFY(!job.running());
}

QTEST_GUILESS_MAIN(TestLatestJob)
#include "tst_latestjob.moc"
