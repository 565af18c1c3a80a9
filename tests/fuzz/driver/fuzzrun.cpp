// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "fuzzrun.h"
#include "../../media/videosamples.h"
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
// A small quarantine, so that growth of memory is growth of ours.
extern "C" const char* __asan_default_options();
const char* __asan_default_options()
{
    return "quarantine_size_mb=16:allocator_may_return_null=1:max_allocation_size_mb=3000:detect_odr_"
           "violation=0";
}
#endif

namespace telltale::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kNumbersOfAChild = 400;
constexpr uint64_t kWarmUp = 100; ///< numbers after which memory should not grow
constexpr double kHangCpuSeconds = 10;
constexpr int kHangWallSeconds = 180;
constexpr int kLeakStatus = 3; ///< of a child
constexpr int64_t kGrowthBytes = int64_t{96} << 20;

struct Options {
    long seconds = 60;
    uint64_t run = 1;
    fs::path keep = "fuzz_findings";
    fs::path file;
};

/// From child to parent, before each number and after the last one.
struct Sign {
    uint64_t number;
    int64_t residentBytes;
    std::array<char, 200> wrong; ///< Findings of the number before
    std::array<char, 200> unsteady;
};

enum class End { Done, Crashed, Hung };

int64_t residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    int64_t total = 0;
    int64_t resident = 0;
    statm >> total >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

bool leaked()
{
#if defined(__SANITIZE_ADDRESS__)
    return __lsan_do_recoverable_leak_check() != 0;
#else
    return false;
#endif
}

[[noreturn]] void childWork(const Target& target, const Options& options, uint64_t first, int out)
{
    Findings findings;
    for (uint64_t number = first;; ++number) {
        Sign sign{number, residentBytes(), {}, {}};
        findings.wrong.copy(sign.wrong.data(), sign.wrong.size() - 1);
        findings.unsteady.copy(sign.unsteady.data(), sign.unsteady.size() - 1);
        if (write(out, &sign, sizeof sign) != static_cast<ssize_t>(sizeof sign)
            || number == first + kNumbersOfAChild)
            break;
        findings = target.exercise(mutant(target.seeds, options.run, number), number);
        if (leaked())
            _exit(kLeakStatus);
    }
    _exit(0);
}

/// What one run found, and the books about it.
class Run {
public:
    Run(const Options& options, const Target& target) : m_options(options), m_target(target) { }

    int go()
    {
        const time_t end = time(nullptr) + m_options.seconds;
        uint64_t number = 0;
        while (time(nullptr) < end)
            number = child(number, end);
        std::printf("%llu files in %ld s:", static_cast<unsigned long long>(number), m_options.seconds);
        for (const auto& [kind, count] : m_found)
            std::printf(" %s %d", kind.c_str(), count);
        std::printf("%s\n", m_found.empty() ? " nothing found" : "");
        return m_found.size() == m_found.count("unsteady") ? 0 : 1;
    }

private:
    uint64_t child(uint64_t first, time_t end);
    void keep(const std::string& kind, uint64_t number, const std::string& words)
    {
        ++m_found[kind];
        const SeedFile harmed = mutant(m_target.seeds, m_options.run, number);
        fs::create_directories(m_options.keep);
        const fs::path file = m_options.keep / (kind + "_" + std::to_string(number) + "_" + harmed.name);
        sample::writeBytes(file, harmed.bytes);
        std::printf("%s %s\n", file.c_str(), words.c_str());
        std::fflush(stdout);
    }

    const Options m_options;
    const Target& m_target;
    std::map<std::string, int> m_found;
};

double cpuSeconds(pid_t process)
{
    clockid_t clock{};
    timespec spent{};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &spent) != 0)
        return 0;
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

/// Number to go on with.
uint64_t Run::child(uint64_t first, time_t end)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        std::abort();
    const pid_t process = fork();
    if (process == 0)
        childWork(m_target, m_options, first, ends[1]);
    close(ends[1]);
    uint64_t number = first;
    int64_t warm = 0;
    int64_t latest = 0;
    double cpuBefore = 0;
    time_t signBefore = time(nullptr);
    End how = End::Crashed;
    for (;;) {
        pollfd waiting{ends[0], POLLIN, 0};
        if (poll(&waiting, 1, 1000) == 0) {
            const bool hung = cpuSeconds(process) - cpuBefore > kHangCpuSeconds
                || time(nullptr) - signBefore > kHangWallSeconds;
            if (!hung)
                continue;
            how = End::Hung;
            break;
        }
        Sign sign{};
        if (read(ends[0], &sign, sizeof sign) != static_cast<ssize_t>(sizeof sign))
            break;
        if (sign.wrong[0] != '\0')
            keep("wrong", sign.number - 1, sign.wrong.data());
        if (sign.unsteady[0] != '\0')
            keep("unsteady", sign.number - 1, sign.unsteady.data());
        number = sign.number;
        latest = sign.residentBytes;
        warm = number == first + kWarmUp ? latest : warm;
        cpuBefore = cpuSeconds(process);
        signBefore = time(nullptr);
        if (number == first + kNumbersOfAChild || signBefore >= end) {
            how = End::Done;
            if (signBefore >= end)
                break;
        }
    }
    if (how == End::Hung || time(nullptr) >= end)
        kill(process, SIGKILL);
    int status = 0;
    waitpid(process, &status, 0);
    close(ends[0]);
    std::printf("numbers %llu to %llu, resident %lld MiB after %llu, %lld MiB at the end\n",
        static_cast<unsigned long long>(first), static_cast<unsigned long long>(number),
        static_cast<long long>(warm >> 20), static_cast<unsigned long long>(kWarmUp),
        static_cast<long long>(latest >> 20));
    std::fflush(stdout);
    if (how == End::Done && warm > 0 && latest > warm + kGrowthBytes)
        keep("growth", number, std::to_string((latest - warm) >> 20) + " MiB");
    if (how == End::Done)
        return number;
    const bool leak = WIFEXITED(status) && WEXITSTATUS(status) == kLeakStatus;
    keep(how == End::Hung ? "hang"
            : leak        ? "leak"
                          : "crash",
        number, WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "see the sanitizer's words");
    return number + 1;
}

} // namespace

int fuzzFor(int argc, char** argv, const Target& target)
{
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        if (name == "--seconds")
            options.seconds = std::atol(argv[i + 1]);
        else if (name == "--run")
            options.run = std::strtoull(argv[i + 1], nullptr, 10);
        else if (name == "--keep")
            options.keep = argv[i + 1];
        else if (name == "--file")
            options.file = argv[i + 1];
    }
    if (!options.file.empty()) {
        const Findings findings
            = target.exercise({options.file.filename().string(), sample::bytesOf(options.file)}, 1);
        std::printf("wrong: %s\nunsteady: %s\n", findings.wrong.c_str(), findings.unsteady.c_str());
        return findings.wrong.empty() ? 0 : 1;
    }
    return Run(options, target).go();
}

} // namespace telltale::fuzz
