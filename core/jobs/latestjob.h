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
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace telltale {

/// Carries the newest progress of a job to the thread that made the relay; what was not shown yet when newer
/// progress came is dropped. A phase may begin at 0 again.
class ProgressRelay : public QObject {
public:
    using Handler = std::function<void(int permille, const QString& what)>;
    static std::shared_ptr<ProgressRelay> make(Handler handler)
    {
        return {new ProgressRelay(std::move(handler)), [](ProgressRelay* relay) { relay->deleteLater(); }};
    }
    /// From now on nothing is delivered. On the thread that made it.
    void mute() { m_handler = {}; }
    /// From any thread.
    void post(int permille, const QString& what)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_permille = permille;
            m_what = what;
            if (std::exchange(m_posted, true))
                return;
        }
        QMetaObject::invokeMethod(
            this, [this] { deliver(); }, Qt::QueuedConnection);
    }

private:
    explicit ProgressRelay(Handler handler) : m_handler(std::move(handler)) { }
    void deliver()
    {
        std::unique_lock lock(m_mutex);
        const int permille = m_permille;
        const QString what = m_what;
        m_posted = false;
        lock.unlock();
        if (m_handler)
            m_handler(permille, what);
    }

    Handler m_handler;
    std::mutex m_mutex;
    int m_permille = 0; ///< these are guarded by m_mutex
    QString m_what;
    bool m_posted = false;
};

/// Lets work on a pool thread ask for cancellation and report progress in thousandths.
template <typename T> class PromiseSink final : public ProgressSink {
public:
    PromiseSink(QPromise<Result<T>>& promise, ProgressRelay& relay) : m_promise(promise), m_relay(relay) { }
    bool cancelled() const override { return m_promise.isCanceled(); }
    void report(int64_t done, int64_t total, std::string_view what) override
    {
        const int permille = total > 0 ? static_cast<int>(done * 1000 / total) : 0;
        m_relay.post(permille, QString::fromUtf8(what.data(), static_cast<qsizetype>(what.size())));
    }

private:
    QPromise<Result<T>>& m_promise;
    ProgressRelay& m_relay;
};

/// Runs `work(ProgressSink&) -> Result<T>` on `pool`; an exception becomes an Error.
template <typename T, typename Work>
QFuture<Result<T>> runJob(QThreadPool& pool, Work work, std::shared_ptr<ProgressRelay> relay)
{
    return QtConcurrent::run(
        &pool, [work = std::move(work), relay = std::move(relay)](QPromise<Result<T>>& promise) mutable {
            PromiseSink<T> sink(promise, *relay);
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
        m_progress = ProgressRelay::make(std::move(progress));
        QObject::connect(m_watcher, &QFutureWatcherBase::finished, m_watcher, [this, done = std::move(done)] {
            auto* const watcher = std::exchange(m_watcher, nullptr);
            watcher->deleteLater();
            std::exchange(m_progress, nullptr)->mute(); // `done` may start the next job
            if (watcher->future().resultCount() > 0)
                done(watcher->result());
        });
        m_watcher->setFuture(runJob<T>(m_pool, std::move(work), m_progress));
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
        std::exchange(m_progress, nullptr)->mute();
    }

private:
    QThreadPool& m_pool;
    QFutureWatcher<Result<T>>* m_watcher = nullptr;
    std::shared_ptr<ProgressRelay> m_progress; ///< of the job that m_watcher watches
};

} // namespace telltale
