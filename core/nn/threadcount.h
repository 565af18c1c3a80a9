// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

namespace telltale {

/// How many threads LibTorch and its BLAS compute with in the calling thread; 0: one a core. What LibTorch
/// does not compute with OpenMP alone (MKL, its own pool) also changes for threads that begin later. Sums
/// depend on how many threads share them, so what must be repeatable says it.
void setThreadCount(int threads);

/// setThreadCount() as long as this lives; then as before.
class ThreadCount {
public:
    explicit ThreadCount(int threads);
    ~ThreadCount();
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;

private:
    int m_before;
};

} // namespace telltale
