// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <functional>
#include <string>
#include <vector>

namespace telltale {

/// Work that may run beside other work; it reports its own progress and asks its sink whether to stop.
struct SideJob {
    std::string name; ///< told with the progress
    std::function<Status(ProgressSink&)> run;
};

/// Runs the jobs on `workers` threads (0: one a core), each once, in their order. The first failure stops the
/// others and is returned; exceptions become Internal. Progress is that of all jobs together.
Status runSideBySide(const std::vector<SideJob>& jobs, int workers, ProgressSink& progress);

/// How many threads a job may use when `jobs` run on `workers`.
int threadsPerJob(int workers, size_t jobs);

} // namespace telltale
