// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "postgresserver.h"
#include "base/files.h"
#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <map>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Waits until standard input closes, wakes frozen processes, stops the server and removes the folder.
constexpr const char* kWatchdog = R"(
read -r wait
pid=$(head -n1 cluster/postmaster.pid)
for stat in /proc/[0-9]*/stat; do
    read -r child name state parent rest <$stat
    [ "$parent" = "$pid" ] && kill -CONT $child
done
kill -CONT $pid
"$0" stop -D cluster -m immediate -w
cd /
rm -rf "$1"
)";

Error failure(const std::string& what) { return {ErrorCode::Internal, "PostgreSQL for the tests: " + what}; }

Error systemFailure(const std::string& what) { return failure(what + " (" + std::strerror(errno) + ")"); }

/// The newest version that Debian's packages put on this machine, or the folder on the PATH.
Result<fs::path> findTools()
{
    std::map<int, fs::path> versions;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ec))
        versions[std::atoi(entry.path().filename().c_str())] = entry.path() / "bin";
    std::vector<fs::path> candidates;
    for (const auto& [version, folder] : versions)
        candidates.insert(candidates.begin(), folder);
    const char* const path = std::getenv("PATH");
    std::string rest = path ? path : "";
    for (char* folder = std::strtok(rest.data(), ":"); folder; folder = std::strtok(nullptr, ":"))
        candidates.emplace_back(folder);
    for (const fs::path& folder : candidates)
        if (::access((folder / "initdb").c_str(), X_OK) == 0
            && ::access((folder / "pg_ctl").c_str(), X_OK) == 0)
            return folder;
    return Error{ErrorCode::NotFound,
        "PostgreSQL is not installed, so team projects are not tested: install Debian's postgresql-15"};
}

std::vector<char*> pointers(std::vector<std::string>& words)
{
    std::vector<char*> all;
    all.reserve(words.size() + 1);
    for (std::string& word : words)
        all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

/// In the child between fork and exec: nothing here allocates.
void becomeUser(uid_t user, gid_t group)
{
    if (::getuid() == user)
        return;
    if (::setgroups(0, nullptr) != 0 || ::setgid(group) != 0 || ::setuid(user) != 0)
        ::_exit(126);
}

/// The server's tools see nothing of the caller's settings (PGHOST, PGOPTIONS, ...).
std::vector<std::string> plainEnvironment(const fs::path& folder)
{
    return {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "HOME=" + folder.string()};
}

Status waitFor(pid_t child, const std::string& name)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return systemFailure(name + " was lost");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return failure(name + " failed");
    return {};
}

/// Parent of a process, 0 if it is gone.
pid_t parentOf(pid_t process)
{
    std::ifstream in("/proc/" + std::to_string(process) + "/stat");
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const size_t name = text.rfind(')');
    return name == std::string::npos || name + 4 > text.size() ? 0 : std::atoi(text.c_str() + name + 4);
}

} // namespace

namespace {

struct Shared {
    std::unique_ptr<PostgresServer> server;
    std::string whyMissing;
};

Shared& sharedServer()
{
    static Shared shared = [] {
        auto made = PostgresServer::make({});
        return made ? Shared{std::move(*made), {}} : Shared{nullptr, made.error().message};
    }();
    return shared;
}

} // namespace

PostgresServer* PostgresServer::shared() { return sharedServer().server.get(); }

const std::string& PostgresServer::whyMissing() { return sharedServer().whyMissing; }

Result<std::unique_ptr<PostgresServer>> PostgresServer::make(const Options& options)
{
    std::unique_ptr<PostgresServer> server(new PostgresServer);
    if (auto status = server->prepare(options); !status)
        return status.error();
    return server;
}

PostgresServer::~PostgresServer()
{
    if (m_watchdog < 0 || m_owner != ::getpid())
        return;
    ::close(m_watchdog);
    char byte = 0;
    while (::read(m_watchdogDone, &byte, 1) > 0 || errno == EINTR)
        errno = 0;
    ::close(m_watchdogDone);
}

Status PostgresServer::prepare(const Options& options)
{
    auto tools = findTools();
    if (!tools)
        return tools.error();
    m_tools = *tools;
    if (auto status = findServerUser(); !status)
        return status;
    // A socket's path has at most 107 bytes, and the server's user must reach it.
    std::error_code ec;
    fs::path parent = fs::temp_directory_path(ec);
    if (ec || ::geteuid() == 0 || parent.string().size() > 60)
        parent = "/tmp";
    std::string pattern = (parent / "telltale_pg_XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        return systemFailure(pattern + " cannot be made");
    m_folder = pattern;
    if (::chown(m_folder.c_str(), m_user, m_group) != 0)
        return systemFailure(m_folder.string() + " cannot be given to the server's user");
    if (auto status = startWatchdog(); !status)
        return status;
    const std::string cluster = (m_folder / "cluster").string();
    if (auto made = runTool(
            {"initdb", "-D", cluster, "-A", "trust", "-U", kOwner, "-E", "UTF8", "--locale=C", "--no-sync"});
        !made)
        return made.error();
    std::ofstream settings(m_folder / "cluster/postgresql.conf", std::ios::app);
    settings << "listen_addresses = ''\nunix_socket_directories = '" << m_folder.string()
             << "'\nfsync = " << (options.durable ? "on" : "off") << '\n';
    for (const std::string& setting : options.settings)
        settings << setting << '\n';
    settings.close();
    if (auto status = start(); !status)
        return status;
    if (auto made = runTool({"createdb", "-h", m_folder, "-U", kOwner, kDatabase}); !made)
        return made.error();
    return {};
}

Status PostgresServer::findServerUser()
{
    m_user = ::geteuid();
    m_group = ::getegid();
    if (m_user != 0)
        return {};
    const passwd* const entry = ::getpwnam("postgres");
    if (!entry)
        return Error{ErrorCode::NotFound,
            "PostgreSQL does not run as root and there is no user postgres, so team projects are not tested"};
    m_user = entry->pw_uid;
    m_group = entry->pw_gid;
    return {};
}

/// A shell that waits for the other end of a pipe to close, however the test program ends, and then clears
/// up. It is nobody's child, so that whoever kills the test program's children does not find it.
Status PostgresServer::startWatchdog()
{
    std::array<int, 2> life{};
    std::array<int, 2> done{};
    if (::pipe2(life.data(), O_CLOEXEC) != 0 || ::pipe2(done.data(), O_CLOEXEC) != 0)
        return systemFailure("no pipe");
    std::vector<std::string> words{"sh", "-c", kWatchdog, (m_tools / "pg_ctl").string(), m_folder.string()};
    std::vector<std::string> environment = plainEnvironment(m_folder);
    const std::vector<char*> arguments = pointers(words);
    const std::vector<char*> variables = pointers(environment);
    const pid_t between = ::fork();
    if (between < 0)
        return systemFailure("no process");
    if (between == 0) {
        ::setsid();
        if (::fork() != 0)
            ::_exit(0);
        becomeUser(m_user, m_group);
        const int nowhere = ::open("/dev/null", O_WRONLY);
        ::dup2(life[0], STDIN_FILENO);
        ::dup2(done[1], STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        if (::chdir(m_folder.c_str()) == 0)
            ::execve("/bin/sh", arguments.data(), variables.data());
        ::_exit(127);
    }
    ::close(life[0]);
    ::close(done[1]);
    m_watchdog = life[1];
    m_watchdogDone = done[0];
    m_owner = ::getpid();
    return waitFor(between, "the watchdog");
}

std::string PostgresServer::url(const std::string& project, const std::string& user) const
{
    return "postgresql://" + user + "@/" + kDatabase + "?host=" + m_folder.string() + "&project=" + project;
}

Status PostgresServer::start()
{
    m_frozen = false;
    return control({"start", "-l", (m_folder / "server.log").string()});
}

Status PostgresServer::stop() { return control({"stop", "-m", "fast"}); }

Status PostgresServer::crash() { return control({"stop", "-m", "immediate"}); }

Status PostgresServer::restart()
{
    return control({"restart", "-m", "fast", "-l", (m_folder / "server.log").string()});
}

Status PostgresServer::dropConnections() const
{
    const auto done = sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                          " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
    return done ? Status() : done.error();
}

Status PostgresServer::freeze()
{
    m_frozen = true;
    return signalAll(SIGSTOP);
}

Status PostgresServer::thaw()
{
    m_frozen = false;
    return signalAll(SIGCONT);
}

Result<std::string> PostgresServer::sql(const std::string& statements) const
{
    return runTool({"psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", m_folder.string(), "-U",
        kOwner, "-d", kDatabase, "-c", statements});
}

Status PostgresServer::control(const std::vector<std::string>& arguments)
{
    if (m_frozen && arguments.front() != "start")
        if (auto status = thaw(); !status)
            return status;
    std::vector<std::string> all{"pg_ctl", "-D", (m_folder / "cluster").string(), "-w"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto done = runTool(all);
    return done ? Status() : done.error();
}

Status PostgresServer::signalAll(int signal) const
{
    const auto file = readFile(m_folder / "cluster/postmaster.pid");
    if (!file)
        return file.error();
    const pid_t server = std::atoi(file->c_str());
    if (server <= 1 || ::kill(server, signal) != 0)
        return failure("the server does not run");
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const pid_t process = std::atoi(entry.path().filename().c_str());
        if (process > 1 && parentOf(process) == server)
            ::kill(process, signal);
    }
    return {};
}

/// Runs a program of PostgreSQL as the server's user and hands back what it printed.
Result<std::string> PostgresServer::runTool(const std::vector<std::string>& arguments) const
{
    std::vector<std::string> words = arguments;
    words.front() = (m_tools / arguments.front()).string();
    std::vector<std::string> environment = plainEnvironment(m_folder);
    environment.emplace_back("PGOPTIONS=-c client_min_messages=warning");
    const std::vector<char*> pointersToWords = pointers(words);
    const std::vector<char*> variables = pointers(environment);
    const std::string output = (m_folder / "output.txt").string();
    const pid_t child = ::fork();
    if (child < 0)
        return systemFailure("no process");
    if (child == 0) {
        becomeUser(m_user, m_group);
        const int in = ::open("/dev/null", O_RDONLY);
        const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(in, STDIN_FILENO);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(out, STDERR_FILENO);
        if (out >= 0 && ::chdir(m_folder.c_str()) == 0)
            ::execve(pointersToWords.front(), pointersToWords.data(), variables.data());
        ::_exit(127);
    }
    const Status status = waitFor(child, arguments.front());
    auto text = readFile(output);
    if (!status)
        return failure(arguments.front() + " failed: " + (text ? *text : status.error().message));
    return text;
}

} // namespace telltale
