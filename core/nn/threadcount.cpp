// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/threadcount.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <thread>

namespace telltale {

ThreadCount::ThreadCount(int threads) : m_before(at::get_num_threads())
{
    if (threads <= 0)
        threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (threads != m_before) // LibTorch would make its pool anew all the same
        at::set_num_threads(threads);
}

ThreadCount::~ThreadCount()
{
    if (at::get_num_threads() != m_before)
        at::set_num_threads(m_before);
}

} // namespace telltale
