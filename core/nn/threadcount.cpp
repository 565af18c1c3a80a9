// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/threadcount.h"
#include <ATen/Config.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <thread>
#if AT_PARALLEL_OPENMP && !AT_MKL_ENABLED() && defined(_OPENMP)
#include <omp.h>
#endif

namespace telltale {

// at::set_num_threads also starts a second pool of threads, that of XNNPACK, which nothing here uses and
// whose threads spin for tens of milliseconds on the cores that are wanted. With OpenMP alone LibTorch and
// OpenBLAS both ask OpenMP how many there are.
void setThreadCount(int threads)
{
    if (threads <= 0)
        threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (threads == at::get_num_threads()) // asking also lets LibTorch read its environment first
        return;
#if AT_PARALLEL_OPENMP && !AT_MKL_ENABLED() && defined(_OPENMP)
    omp_set_num_threads(threads);
#else
    at::set_num_threads(threads);
#endif
}

ThreadCount::ThreadCount(int threads) : m_before(at::get_num_threads()) { setThreadCount(threads); }

ThreadCount::~ThreadCount() { setThreadCount(m_before); }

} // namespace telltale
