// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/descriptor.h"
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace telltale {

Descriptor::Descriptor(const std::filesystem::path& file, int flags, unsigned mode)
    : m_fd(::open(file.c_str(), flags | O_CLOEXEC, mode))
{
}

Descriptor::Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

Descriptor::~Descriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

int64_t Descriptor::size() const
{
    struct stat info { };
    return ::fstat(m_fd, &info) == 0 ? info.st_size : 0;
}

bool Descriptor::lock(bool wait) const
{
    int result = 0;
    do {
        result = ::flock(m_fd, LOCK_EX | (wait ? 0 : LOCK_NB));
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

bool Descriptor::liesAt(const std::filesystem::path& file) const
{
    struct stat mine { };
    struct stat there { };
    return ::fstat(m_fd, &mine) == 0 && ::stat(file.c_str(), &there) == 0 && mine.st_dev == there.st_dev
        && mine.st_ino == there.st_ino;
}

bool Descriptor::readAt(int64_t offset, void* out, size_t bytes) const
{
    auto* at = static_cast<char*>(out);
    while (bytes > 0) {
        const ssize_t n = ::pread(m_fd, at, bytes, offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        offset += n;
        bytes -= static_cast<size_t>(n);
    }
    return true;
}

bool Descriptor::writeAt(int64_t offset, const std::vector<std::string_view>& parts) const
{
    constexpr size_t kAtOnce = 4;
    std::array<iovec, kAtOnce> left{};
    size_t taken = 0; // of the parts
    size_t done = 0; // bytes of the part at `taken`
    for (;;) {
        while (taken < parts.size() && done >= parts[taken].size())
            done -= parts[taken++].size();
        if (taken == parts.size())
            return true;
        size_t count = 0;
        for (size_t i = taken; i < parts.size() && count < kAtOnce; ++i, ++count) {
            const std::string_view part = parts[i].substr(i == taken ? done : 0);
            left[count] = {const_cast<char*>(part.data()), part.size()};
        }
        const ssize_t n = ::pwritev(m_fd, left.data(), static_cast<int>(count), offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        offset += n;
        done += static_cast<size_t>(n);
    }
}

bool writeAll(int fd, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t n = ::write(fd, content.data(), content.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        content.remove_prefix(static_cast<size_t>(n));
    }
    return true;
}

Error ioError(const std::filesystem::path& file, const std::string& what)
{
    return {ErrorCode::Io, file.string() + ": " + what + " (" + std::strerror(errno) + ")"};
}

} // namespace telltale
