// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/benchtools.h"
#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace telltale {
namespace {

constexpr int kPatienceMs = 120'000;

double milliseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

double cpuMs(const rusage& usage)
{
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) * 1e-3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

int64_t residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    int64_t total = 0;
    int64_t resident = 0;
    statm >> total >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

} // namespace

Cost costOf(const std::function<void()>& work)
{
    const double cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    const double wall = milliseconds(CLOCK_MONOTONIC);
    work();
    return {milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, milliseconds(CLOCK_MONOTONIC) - wall};
}

double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

std::vector<double> figures(const std::vector<Cost>& costs, double Cost::*figure)
{
    std::vector<double> values(costs.size());
    std::transform(
        costs.begin(), costs.end(), values.begin(), [figure](const Cost& cost) { return cost.*figure; });
    return values;
}

double medianRatio(const std::vector<Cost>& ours, const std::vector<Cost>& theirs, double Cost::*figure)
{
    std::vector<double> ratios(std::min(ours.size(), theirs.size()));
    for (size_t i = 0; i < ratios.size(); ++i)
        ratios[i] = ours[i].*figure / std::max(1e-6, theirs[i].*figure);
    return median(std::move(ratios));
}

Result<std::unique_ptr<BenchPeer>> BenchPeer::start(const std::string& engine)
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/telltale-bench-peers");
    if (!QFileInfo(program).isExecutable())
        return Error{ErrorCode::NotFound, "telltale-bench-peers is not beside this program; build the tests"};
    std::unique_ptr<BenchPeer> peer(new BenchPeer);
    peer->m_engine = engine;
    peer->m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    peer->m_process.start(program, {QString::fromStdString(engine)});
    auto hello = peer->answer();
    if (!hello)
        return hello.error();
    if (*hello != "ready")
        return Error{ErrorCode::Unsupported, engine + " was not installed when this was built"};
    return peer;
}

BenchPeer::~BenchPeer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5000))
        m_process.kill();
    m_process.waitForFinished(5000);
}

Result<std::string> BenchPeer::answer()
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(kPatienceMs))
            return Error{ErrorCode::Io, m_engine + " gives no answer"};
    return m_process.readLine().trimmed().toStdString();
}

Result<Cost> BenchPeer::order(const std::string& line)
{
    m_process.write((line + "\n").c_str());
    auto said = answer();
    if (!said)
        return said.error();
    std::istringstream words(*said);
    std::string verdict;
    double cpu = 0;
    double wall = 0;
    words >> verdict >> cpu >> wall;
    if (verdict != "ok")
        return Error{ErrorCode::Io, m_engine + ": " + *said};
    return Cost{cpu * 1e-6, wall * 1e-6};
}

Result<Cost> BenchPeer::open(const std::filesystem::path& file) { return order("open " + file.string()); }

Result<Cost> BenchPeer::frame(int64_t index) { return order("frame " + std::to_string(index)); }

Result<ChildUsage> inChild(const std::function<Status(const std::function<void()>&)>& work)
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return Error{ErrorCode::Io, "no pipe for a child process"};
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        bool written = true;
        const Status status = work([&] {
            const int64_t bytes = residentBytes();
            written = write(ends[1], &bytes, sizeof bytes) == static_cast<ssize_t>(sizeof bytes);
        });
        if (!status)
            std::fprintf(stderr, "%s\n", status.error().message.c_str());
        _exit(status && written ? 0 : 1);
    }
    close(ends[1]);
    ChildUsage usage;
    const bool told = child > 0
        && read(ends[0], &usage.residentBytes, sizeof usage.residentBytes)
            == static_cast<ssize_t>(sizeof usage.residentBytes);
    close(ends[0]);
    int exit = 1;
    rusage spent{};
    if (child < 0 || wait4(child, &exit, 0, &spent) != child || exit != 0 || !told)
        return Error{ErrorCode::Io, "the child process that was to be measured failed"};
    usage.cpuMs = cpuMs(spent);
    usage.peakBytes = int64_t{spent.ru_maxrss} * 1024;
    return usage;
}

Result<double> programCpuMs(const std::vector<std::string>& command)
{
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str())); // which posix_spawn leaves as they are
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int failure = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0)
        return Error{ErrorCode::NotFound, "the program " + command[0] + " is not installed"};
    int exit = 1;
    rusage spent{};
    if (wait4(child, &exit, 0, &spent) != child || exit != 0)
        return Error{ErrorCode::Io, "the program " + command[0] + " failed"};
    return cpuMs(spent);
}

std::optional<int64_t> bytesRead()
{
    std::ifstream io("/proc/self/io");
    std::string name;
    int64_t bytes = 0;
    if (io >> name >> bytes && name == "rchar:")
        return bytes;
    return std::nullopt;
}

} // namespace telltale
