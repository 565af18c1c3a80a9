// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <QtConcurrentRun>
#include <exception>
#include <utility>

namespace telltale {

/// Lets work on a pool thread ask for cancellation and report progress through its QPromise.
/// Progress text is "what"; value runs from 0 to 1000.
template <typename T> class PromiseSink final : public ProgressSink {
public:
    explicit PromiseSink(QPromise<Result<T>>& promise) : m_promise(promise)
    {
        promise.setProgressRange(0, 1000);
    }
    bool cancelled() const override { return m_promise.isCanceled(); }
    void report(int64_t done, int64_t total, std::string_view what) override
    {
        const int permille = total > 0 ? static_cast<int>(done * 1000 / total) : 0;
        m_promise.setProgressValueAndText(
            permille, QString::fromUtf8(what.data(), static_cast<qsizetype>(what.size())));
    }

private:
    QPromise<Result<T>>& m_promise;
};

/// Runs `work(ProgressSink&) -> Result<T>` on `pool`; an exception becomes an Error.
template <typename T, typename Work> QFuture<Result<T>> runJob(QThreadPool& pool, Work work)
{
    return QtConcurrent::run(&pool, [work = std::move(work)](QPromise<Result<T>>& promise) mutable {
        PromiseSink<T> sink(promise);
        try {
            promise.addResult(work(sink));
        } catch (const std::exception& e) {
            promise.addResult(Result<T>(Error{ErrorCode::Internal, e.what()}));
        }
    });
}

/// Runs at most one current job; `done` is called on the owner's thread, never after the owner is gone, and
/// never for a job that was cancelled or overtaken. The work may run on for a moment after cancel(), so it
/// owns (has copied) everything it touches.
template <typename T> class LatestJob {
public:
    explicit LatestJob(QThreadPool& pool) : m_pool(pool) { }
    ~LatestJob() { cancel(); }
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;

    /// `progress(int permille, QString what)` runs on the owner's thread.
    template <typename Work, typename Done, typename Progress>
    void start(Work work, Done done, Progress progress)
    {
        cancel();
        m_watcher = new QFutureWatcher<Result<T>>;
        QObject::connect(m_watcher, &QFutureWatcherBase::progressTextChanged, m_watcher,
            [watcher = m_watcher, progress](
                const QString& what) { progress(watcher->progressValue(), what); });
        QObject::connect(m_watcher, &QFutureWatcherBase::progressValueChanged, m_watcher,
            [watcher = m_watcher, progress](int value) { progress(value, watcher->progressText()); });
        QObject::connect(m_watcher, &QFutureWatcherBase::finished, m_watcher, [this, done = std::move(done)] {
            auto* const watcher = std::exchange(m_watcher, nullptr);
            watcher->deleteLater(); // `done` may start the next job
            if (watcher->future().resultCount() > 0)
                done(watcher->result());
        });
        m_watcher->setFuture(runJob<T>(m_pool, std::move(work)));
    }
    template <typename Work, typename Done> void start(Work work, Done done)
    {
        start(std::move(work), std::move(done), [](int, const QString&) {});
    }
    bool running() const { return m_watcher != nullptr; }
    void cancel()
    {
        if (!m_watcher)
            return;
        m_watcher->disconnect();
        m_watcher->cancel();
        std::exchange(m_watcher, nullptr)->deleteLater();
    }

private:
    QThreadPool& m_pool;
    QFutureWatcher<Result<T>>* m_watcher = nullptr;
};

} // namespace telltale
