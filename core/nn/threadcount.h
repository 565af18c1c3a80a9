// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

namespace telltale {

/// How many threads LibTorch computes with in the calling thread (and in those that begin later) as long as
/// this lives; then as before. Sums depend on how many threads share them, so what must be repeatable says
/// it.
class ThreadCount {
public:
    /// 0: one a core.
    explicit ThreadCount(int threads);
    ~ThreadCount();
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;

private:
    int m_before;
};

} // namespace telltale
