// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/diskfiles.h"
#include "base/descriptor.h"
#include <QCryptographicHash>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPieceBytes = size_t{1} << 20;

/// Hands the file's bytes to `take` piece by piece, until it returns false.
template <typename Take> Status forEachPiece(const fs::path& file, ProgressSink& progress, Take take)
{
    const Descriptor in(file, O_RDONLY);
    if (!in.ok())
        return ioError(file, "cannot be read, check its permissions");
    std::vector<char> piece(kPieceBytes);
    for (;;) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, file.string() + ": reading was stopped"};
        const ssize_t n = ::read(in.get(), piece.data(), piece.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ioError(file, "cannot be read, check the disk");
        if (n == 0 || !take(std::string_view(piece.data(), static_cast<size_t>(n))))
            return {};
    }
}

} // namespace

Status flushToDisk(const fs::path& file)
{
    const Descriptor out(file, O_RDWR);
    if (!out.ok() || ::fsync(out.get()) != 0)
        return ioError(file, "could not be written completely");
    ::posix_fadvise(out.get(), 0, 0, POSIX_FADV_DONTNEED);
    return {};
}

Status renameDurably(const fs::path& from, const fs::path& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        return ioError(to, "could not be given its name");
    const Descriptor folder(to.parent_path(), O_RDONLY | O_DIRECTORY);
    if (folder.ok())
        ::fsync(folder.get()); // some file systems cannot: then the rename is as sure as they make it
    return {};
}

Status copyDurably(const fs::path& from, const fs::path& to, ProgressSink& progress)
{
    const Descriptor out(to, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.ok())
        return ioError(to, "cannot be written, check the permissions of the folder");
    Status written;
    int64_t at = 0;
    const Status read = forEachPiece(from, progress, [&](std::string_view bytes) {
        if (!out.writeAt(at, {bytes}))
            written = ioError(to, "could not be written completely, make room");
        at += static_cast<int64_t>(bytes.size());
        return written.ok();
    });
    if (written && ::fsync(out.get()) != 0)
        written = ioError(to, "could not be written completely, make room");
    if (read && written)
        return {};
    ::unlink(to.c_str());
    return read ? written : read;
}

Result<std::string> fileDigest(const fs::path& file, ProgressSink& progress)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const Status read = forEachPiece(file, progress, [&](std::string_view bytes) {
        hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
        return true;
    });
    if (!read)
        return read.error();
    return hash.result().toHex().toStdString();
}

} // namespace telltale
