// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <atomic>
#include <cstdint>
#include <string_view>

namespace telltale {

/// What long work may ask and tell. Implementations are safe to call from any thread.
class ProgressSink {
public:
    virtual ~ProgressSink() = default;
    /// True once somebody asked to stop. The work then returns ErrorCode::Cancelled within a second.
    virtual bool cancelled() const { return false; }
    /// `done` of `total` steps of the stage `what`; total 0 means unknown.
    virtual void report(int64_t done, int64_t total, std::string_view what)
    {
        (void)done;
        (void)total;
        (void)what;
    }
};

/// Shows nothing, can be cancelled from another thread.
class CancelFlag : public ProgressSink {
public:
    bool cancelled() const override { return m_cancelled.load(std::memory_order_relaxed); }
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }

private:
    std::atomic<bool> m_cancelled = false;
};

} // namespace telltale
