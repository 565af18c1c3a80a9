// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/mappedfile.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& file)
{
    const auto failed = [&](const char* what) {
        return Error{ErrorCode::Io, file.string() + ": " + what + " (" + std::strerror(errno) + ")"};
    };
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR
            ? Error{ErrorCode::NotFound, file.string() + ": there is no such file"}
            : failed("cannot be read, check its permissions");
    struct stat info { };
    Result<std::shared_ptr<const MappedFile>> result = failed("cannot be read");
    if (::fstat(fd, &info) == 0 && !S_ISREG(info.st_mode)) {
        result = Error{ErrorCode::BadFormat,
            file.string() + ": is " + (S_ISDIR(info.st_mode) ? "a folder" : "no plain file")
                + ", a file was expected"};
    } else if (info.st_size == 0) {
        result = std::shared_ptr<const MappedFile>(new MappedFile({}));
    } else {
        const auto size = static_cast<size_t>(info.st_size);
        void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
        result = address == MAP_FAILED
            ? Result<std::shared_ptr<const MappedFile>>(failed("cannot be mapped into memory"))
            : std::shared_ptr<const MappedFile>(new MappedFile({static_cast<const char*>(address), size}));
    }
    ::close(fd);
    return result;
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<char*>(m_bytes.data()), m_bytes.size());
}

} // namespace telltale
