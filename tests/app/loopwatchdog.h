// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QEvent>
#include <QThread>
#include <QWidget>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace telltale {

/// How long the GUI thread has waited for a processor because other programs and threads had it, in
/// milliseconds since the thread began; 0 where the kernel does not tell (/proc/.../schedstat).
class RunQueueClock {
public:
    RunQueueClock()
    {
        const std::string name = std::string("/proc/self/task/")
                                     .append(std::to_string(::syscall(SYS_gettid)))
                                     .append("/schedstat");
        m_file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    }
    RunQueueClock(const RunQueueClock&) = delete;
    RunQueueClock& operator=(const RunQueueClock&) = delete;
    ~RunQueueClock()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    double milliseconds() const
    {
        char text[96] = {};
        if (m_file < 0 || ::pread(m_file, text, sizeof text - 1, 0) <= 0)
            return 0;
        char* end = nullptr;
        std::strtoull(text, &end, 10); // what it ran
        return static_cast<double>(std::strtoull(end, nullptr, 10)) * 1e-6;
    }

private:
    int m_file = -1;
};

/// An interval in which the event loop could not take an event.
struct Blocked {
    double wall = 0; ///< milliseconds
    double own = 0; ///< without the time in which other programs had the processor
    std::string what; ///< event and receiver
};

/// An application that knows how long each event held its loop, nested loops and processEvents() apart: those
/// take events meanwhile.
class WatchedApplication : public QApplication {
public:
    WatchedApplication(int& argc, char** argv) : QApplication(argc, argv)
    {
        auto* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { alive(); });
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { alive(); });
    }

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (!m_watching || QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        const QEvent::Type type = event->type();
        const char* const name = receiver->metaObject()->className();
        if (m_depth++ == 0) {
            m_type = type;
            m_name = name;
            begin();
        }
        const bool result = QApplication::notify(receiver, event);
        if (type == QEvent::UpdateRequest)
            ++m_repaints;
        if (--m_depth == 0)
            keep();
        return result;
    }

    void watch() { m_watching = true; }
    void forget() { m_worst.clear(); }
    /// The longest intervals since, the longest first.
    const std::vector<Blocked>& worst() const { return m_worst; }
    /// Windows that were painted anew.
    int64_t repaints() const { return m_repaints; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr size_t kKept = 8;

    void alive()
    {
        if (m_depth == 0)
            return;
        keep();
        begin();
    }
    void begin()
    {
        m_since = Clock::now();
        m_waited = m_queue.milliseconds();
    }
    void keep()
    {
        const double wall = std::chrono::duration<double, std::milli>(Clock::now() - m_since).count();
        if (m_worst.size() == kKept && wall <= m_worst.back().own)
            return;
        const double own = std::max(0.0, wall - (m_queue.milliseconds() - m_waited));
        m_worst.push_back({wall, own,
            std::string("event ")
                .append(std::to_string(static_cast<int>(m_type)))
                .append(" of ")
                .append(m_name)});
        std::ranges::sort(m_worst, std::greater(), &Blocked::own);
        m_worst.resize(std::min(m_worst.size(), kKept));
    }

    RunQueueClock m_queue;
    bool m_watching = false;
    int m_depth = 0;
    int64_t m_repaints = 0;
    QEvent::Type m_type = QEvent::None; ///< of the event that the loop itself handed out
    const char* m_name = "";
    Clock::time_point m_since;
    double m_waited = 0;
    std::vector<Blocked> m_worst;
};

inline void printWorst(const WatchedApplication& application)
{
    for (const Blocked& each : application.worst())
        std::printf("  %7.1f ms (wall %7.1f ms): %s\n", each.own, each.wall, each.what.c_str());
}

} // namespace telltale
