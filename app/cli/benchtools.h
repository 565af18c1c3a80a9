// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <QProcess>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// What something took, in milliseconds. `cpu` is of all threads of the process that did it.
struct Cost {
    double cpu = 0;
    double wall = 0;
};

/// Runs `work` in this process.
Cost costOf(const std::function<void()>& work);
double median(std::vector<double> values);
/// The value below which `share` of the values lie.
double quantile(std::vector<double> values, double share);
/// Median of a[i] / b[i]: drift of a busy machine hits both sides of a pair alike.
double medianRatio(const std::vector<Cost>& ours, const std::vector<Cost>& theirs, double Cost::*figure);
std::vector<double> figures(const std::vector<Cost>& costs, double Cost::*figure);

/// Another engine in a process of its own (telltale-bench-peers beside this program). Belongs to one thread.
class BenchPeer {
public:
    /// `engine`: ffms2, opencv, mpv. The error says why it cannot be measured.
    static Result<std::unique_ptr<BenchPeer>> start(const std::string& engine);
    ~BenchPeer();
    BenchPeer(const BenchPeer&) = delete;
    BenchPeer& operator=(const BenchPeer&) = delete;

    /// Opens from nothing, with indexing.
    Result<Cost> open(const std::filesystem::path& file);
    /// Returns when picture `index` was decoded.
    Result<Cost> frame(int64_t index);

private:
    BenchPeer() = default;
    Result<std::string> answer();
    Result<Cost> order(const std::string& line);
    QProcess m_process;
    std::string m_engine;
};

/// What a child of this process took. Only while this process has one thread.
struct ChildUsage {
    double cpuMs = 0;
    int64_t residentBytes = 0; ///< when `work` was done, before its objects went
    int64_t peakBytes = 0;
};
/// Forks, runs `work` in the child, and calls `work`'s argument at the moment that is to be measured. Io
/// where the child failed.
Result<ChildUsage> inChild(const std::function<Status(const std::function<void()>& measure)>& work);

/// CPU time of a program without its output. NotFound where there is no such program, Io where it failed.
Result<double> programCpuMs(const std::vector<std::string>& command);

/// Bytes that this process has read from files so far; nothing where the system does not tell.
std::optional<int64_t> bytesRead();

} // namespace telltale
