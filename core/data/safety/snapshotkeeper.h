// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/safety/snapshots.h"
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace telltale {

/// Takes snapshots of an open project on a thread of its own: one at the beginning if there is none of the
/// last edit, then one now and then where edits were made, and one at the end.
class SnapshotKeeper {
public:
    struct Plan {
        std::filesystem::path projectDb;
        std::filesystem::path folder;
        std::chrono::milliseconds every = std::chrono::minutes(10);
        /// Both are called on the keeper's thread. The same failure is told once.
        std::function<void(const SnapshotInfo&)> taken{};
        std::function<void(const Error&)> failed{};
    };
    explicit SnapshotKeeper(Plan plan);
    /// Takes the last one and waits for it.
    ~SnapshotKeeper();
    SnapshotKeeper(const SnapshotKeeper&) = delete;
    SnapshotKeeper& operator=(const SnapshotKeeper&) = delete;

    /// Now instead of at the next time; nothing happens if nothing was edited since the last one.
    void takeSoon();
    /// Leaves the one that is being taken, and takes none at the end.
    void abandon();

private:
    void work(const std::stop_token& stop);
    void takeIfEdited();
    void tell(const Error& error);

    Plan m_plan;
    CancelFlag m_abandoned;
    std::string m_lastFailure; ///< of the keeper's thread alone
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_wanted = true; ///< under the mutex
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace telltale
