// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace telltale {

/// Hands values from the thread that makes them to one that cannot always keep up: only the newest waits, the
/// others are lost and counted. Any threads.
template <typename T> class NewestSlot {
public:
    void put(T value)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_lost += m_value ? 1 : 0;
            m_value = std::move(value);
        }
        m_changed.notify_one();
    }
    /// Nothing more comes; what waits can still be taken.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_changed.notify_all();
    }
    /// The newest value, waiting for it up to `patience`.
    std::optional<T> take(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, patience, [this] { return m_value || m_closed; });
        return std::exchange(m_value, std::nullopt);
    }
    bool isEmptied() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed && !m_value;
    }
    int64_t lost() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lost;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<T> m_value;
    bool m_closed = false;
    int64_t m_lost = 0;
};

} // namespace telltale
