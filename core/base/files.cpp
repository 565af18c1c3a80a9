// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/descriptor.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

std::string hex(uint64_t value)
{
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
    return text.data();
}

/// Puts `made` where `folder` is.
Status putInPlace(const fs::path& made, const fs::path& folder)
{
    std::error_code error;
    const fs::path former = made.string() + ".former";
    fs::remove_all(former, error);
    if (fs::exists(folder)) {
        fs::rename(folder, former, error);
        if (error)
            return Error{ErrorCode::Io, folder.string() + ": cannot be replaced: " + error.message() + "."};
    }
    fs::rename(made, folder, error);
    if (error) {
        const std::string why = error.message();
        fs::rename(former, folder, error);
        return Error{ErrorCode::Io, folder.string() + ": cannot be written: " + why + "."};
    }
    fs::remove_all(former, error);
    return {};
}

} // namespace

Result<std::string> readFile(const fs::path& file)
{
    std::error_code ec;
    const auto status = fs::status(file, ec);
    if (!fs::exists(status))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such file"};
    if (fs::is_directory(status))
        return Error{ErrorCode::BadFormat, file.string() + ": is a folder, a file was expected"};
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return ioError(file, "cannot be read, check its permissions");
    std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad())
        return ioError(file, "reading stopped");
    return content;
}

Status writeFileAtomically(const fs::path& file, std::string_view content)
{
    return writeFileAtomically(file, std::span(&content, 1));
}

Status writeFileAtomically(const fs::path& file, std::span<const std::string_view> parts)
{
    const fs::path temporary = file.string() + ".part" + std::to_string(::getpid());
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return ioError(file, "cannot be written, choose another folder");
    const bool written = std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
        return writeAll(fd, part);
    }) && ::fsync(fd) == 0;
    const int failure = errno;
    ::close(fd);
    errno = failure;
    if (!written || ::rename(temporary.c_str(), file.c_str()) != 0) {
        const Error error = ioError(file, "could not be written completely, nothing was changed");
        ::unlink(temporary.c_str());
        return error;
    }
    return {};
}

Status ensureWritableFolder(const fs::path& folder)
{
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (!fs::is_directory(folder))
        return Error{ErrorCode::Io,
            folder.string() + ": the folder cannot be made" + (ec ? " (" + ec.message() + ")" : std::string())
                + ", choose another place"};
    // access() says yes to root on read-only file systems of some kinds, so try for real.
    const fs::path probe = folder / (".telltale-write-test" + std::to_string(::getpid()));
    const int fd = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return ioError(folder, "the folder is not writable, choose another place or change its permissions");
    ::close(fd);
    ::unlink(probe.c_str());
    return {};
}

Result<std::string> fileFingerprint(const fs::path& file)
{
    constexpr int64_t kEdge = 64 * 1024;
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in)
        return Error{ErrorCode::NotFound, file.string() + ": cannot be opened"};
    const auto size = static_cast<int64_t>(in.tellg());
    std::string edges(static_cast<size_t>(std::min(size, 2 * kEdge)), '\0');
    const int64_t head = std::min(size, kEdge);
    in.seekg(0);
    in.read(edges.data(), head);
    const auto tail = static_cast<int64_t>(edges.size()) - head;
    in.seekg(size - tail);
    in.read(edges.data() + head, tail);
    if (!in)
        return ioError(file, "cannot be read");
    return contentDigest(edges + "#" + std::to_string(size));
}

Status replaceFolder(const fs::path& folder, const std::function<Status(const fs::path& made)>& write)
{
    const fs::path whole = fs::absolute(folder).lexically_normal();
    const fs::path made = whole.parent_path()
        / std::string(".").append(whole.filename().string()).append(".new").append(std::to_string(getpid()));
    Status status = ensureWritableFolder(made);
    if (status)
        status = write(made);
    if (status)
        status = putInPlace(made, whole);
    std::error_code ignored;
    fs::remove_all(made, ignored);
    return status;
}

std::string contentDigest(std::string_view content)
{
    constexpr uint64_t kPrime = 0x100000001b3ULL; // FNV-1a, from two starts in one pass
    uint64_t first = 0xcbf29ce484222325ULL;
    uint64_t second = 0x84222325cbf29ce4ULL;
    for (const char c : content) {
        first = (first ^ static_cast<uint8_t>(c)) * kPrime;
        second = (second ^ static_cast<uint8_t>(c)) * kPrime;
    }
    return hex(first) + hex(second);
}

fs::path dataFolder()
{
    if (const char* folder = std::getenv("TELLTALE_DATA_DIR"))
        return folder;
    std::error_code ec;
    const fs::path program = fs::read_symlink("/proc/self/exe", ec);
    fs::path installed = program.parent_path().parent_path() / "share" / "telltale";
    if (!ec && fs::is_directory(installed / "models", ec))
        return installed;
    return TELLTALE_SOURCE_DIR;
}

std::string versionText() { return TELLTALE_VERSION; }

} // namespace telltale
