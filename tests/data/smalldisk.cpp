// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "smalldisk.h"
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr const char* kElsewhere = "TELLTALE_TEST_IN_NAMESPACE";

int run(const std::string& command)
{
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

SmallDisk::SmallDisk(int64_t bytes) : m_bytes(bytes)
{
    std::string pattern = (fs::temp_directory_path() / "telltale_disk_XXXXXX").string();
    m_path = ::mkdtemp(pattern.data());
    const std::string options = "mode=0755,size=" + std::to_string(bytes);
    m_mounted = ::mount("tmpfs", m_path.c_str(), "tmpfs", 0, options.c_str()) == 0;
    if (m_mounted)
        return;
    m_reason = std::string("no small disk can be mounted here (") + std::strerror(errno) + ")";
    if (!std::getenv(kElsewhere))
        runElsewhere();
}

SmallDisk::~SmallDisk()
{
    std::error_code ec;
    if (m_mounted)
        ::umount2(m_path.c_str(), MNT_DETACH);
    fs::remove(m_path, ec);
}

void SmallDisk::runElsewhere()
{
    if (run("unshare -Urm true 2>/dev/null") != 0) {
        m_reason += ", nor in a name space";
        return;
    }
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string program = fs::read_symlink("/proc/self/exe").string();
    m_ranElsewhere = true;
    const int status = run(std::string(kElsewhere) + "=1 unshare -Urm '" + program + "' --gtest_filter='"
        + test->test_suite_name() + "." + test->name() + "' 1>&2");
    EXPECT_EQ(status, 0) << "in a name space of its own, see above";
}

void SmallDisk::fill(int64_t leave) const
{
    const fs::path filler = m_path / "filler";
    const int fd = ::open(filler.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    ASSERT_GE(fd, 0);
    const std::array<char, 4096> zeros{};
    while (::write(fd, zeros.data(), zeros.size()) > 0) { }
    const auto size = static_cast<int64_t>(fs::file_size(filler));
    EXPECT_EQ(::ftruncate(fd, std::max<int64_t>(size - leave, 0)), 0);
    ::close(fd);
}

void SmallDisk::makeRoom() const { fs::remove(m_path / "filler"); }

bool SmallDisk::setReadOnly(bool readOnly) const
{
    const std::string options = "size=" + std::to_string(m_bytes);
    return ::mount("tmpfs", m_path.c_str(), "tmpfs", MS_REMOUNT | (readOnly ? MS_RDONLY : 0), options.c_str())
        == 0;
}

} // namespace telltale
