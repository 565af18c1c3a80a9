// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/sidebyside.h"
#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace telltale {

namespace {

int coreCount() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

int workersFor(int workers, size_t jobs)
{
    return std::clamp(workers > 0 ? workers : coreCount(), 1, std::max(1, static_cast<int>(jobs)));
}

/// What the jobs share.
class Board {
public:
    Board(ProgressSink& progress, size_t jobs) : m_progress(progress), m_done(jobs) { }

    bool stopped() const { return m_failed || m_progress.cancelled(); }
    void fail(const Error& error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error)
            m_error = error;
        m_failed = true;
    }
    void report(size_t job, double share, const std::string& what)
    {
        const std::lock_guard lock(m_mutex);
        m_done[job] = share;
        double sum = 0;
        for (const double one : m_done)
            sum += one;
        constexpr double kSteps = 1000; // per job: fine enough for a progress bar
        m_progress.report(static_cast<int64_t>(sum * kSteps),
            static_cast<int64_t>(static_cast<double>(m_done.size()) * kSteps), what);
    }
    Status status() const
    {
        if (m_error)
            return *m_error;
        if (m_progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        return {};
    }

private:
    ProgressSink& m_progress;
    std::mutex m_mutex;
    std::vector<double> m_done; ///< share of each job
    std::atomic<bool> m_failed = false;
    std::optional<Error> m_error;
};

class JobSink : public ProgressSink {
public:
    JobSink(Board& board, size_t job, std::string name) : m_board(board), m_job(job), m_name(std::move(name))
    {
    }
    bool cancelled() const override { return m_board.stopped(); }
    void report(int64_t done, int64_t total, std::string_view what) override
    {
        const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
        m_board.report(m_job, std::clamp(share, 0.0, 1.0),
            what.starts_with(m_name) ? std::string(what) : m_name + ": " + std::string(what));
    }

private:
    Board& m_board;
    size_t m_job;
    std::string m_name;
};

Status runGuarded(const SideJob& job, ProgressSink& sink)
{
    try {
        return job.run(sink);
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, job.name + " failed: " + error.what() + "."};
    }
}

} // namespace

int threadsPerJob(int workers, size_t jobs) { return std::max(1, coreCount() / workersFor(workers, jobs)); }

Status runSideBySide(const std::vector<SideJob>& jobs, int workers, ProgressSink& progress)
{
    Board board(progress, jobs.size());
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        for (size_t i = next++; i < jobs.size() && !board.stopped(); i = next++) {
            JobSink sink(board, i, jobs[i].name);
            if (const Status status = runGuarded(jobs[i], sink); !status)
                board.fail(status.error());
            else
                board.report(i, 1, jobs[i].name);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < workersFor(workers, jobs.size()); ++i)
            threads.emplace_back(work);
    }
    return board.status();
}

} // namespace telltale
